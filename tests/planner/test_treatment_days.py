"""Is a day free of the diet only where the person said so, and does each day of a week say what the treatment says?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.food import Verdict
from planner.best_week import best_week, possible_meals
from planner.course import Course, course_of
from planner.keeping import Dates
from planner.protocol import Phase, Protocol, read_bound
from planner.treatment import Treatment
from planner.treatment_days import TIRED, TreatmentDays, treatment_days
from planner.week import DINNER, LUNCH, Meal, Portion, Slot, Wishes
from planner.week_rules import broken_rules
from planner.window import TeamStop
from tests.planner.kitchens import MONDAY, TUESDAY, a_candidate, a_kitchen, a_meal, some_wishes

DAY = date(2026, 1, 1)


def a_protocol(starts: str, ends: str, slug: str = "invented") -> Protocol:
    phase = Phase("diet", read_bound(starts), read_bound(ends))
    return Protocol(slug, "An invented hospital", "x", "UK", "hospital", "2026", False, (phase,), ("x",), "full", DAY, DAY)


USUAL = a_protocol("2 weeks before first infusion", "4 weeks after last infusion")
NO_START = a_protocol("not given", "4 weeks after last infusion", "no-start")
OPEN = a_protocol("2 weeks before first infusion", "when your team says", "open")
PROTOCOLS = {one.slug: one for one in (USUAL, NO_START, OPEN)}
FIVE = course_of([date(2026, 12, 14) + timedelta(days=n) for n in range(5)], ())
"""Monday 14 to Friday 18 December: the usual diet runs from 30 November 2026 to 15 January 2027."""
LAST_YEAR = course_of((), [date(2025, 12, 15)])


def said(
    first: date, *courses: Course, hospital: str = "invented", free_before: bool = False, **changes: object
) -> TreatmentDays:
    """What is said of the seven days from `first`."""
    dates = Dates(hospital, "", replace(Treatment(courses), **changes))
    return treatment_days(Wishes(first).days, dates, PROTOCOLS, free_before)


WEEK_BEFORE = date(2026, 11, 26)
STOP = TeamStop(date(2027, 1, 20), "the nurse")
WINTER_BEFORE = replace(STOP, day=date(2026, 2, 1))

FREE = {
    "before the diet, where nobody switched it off": (said(WEEK_BEFORE, FIVE), 0),
    "before the diet, switched off": (said(WEEK_BEFORE, FIVE, free_before=True), 4),
    "before the diet, for one who keeps it already": (
        said(WEEK_BEFORE, FIVE, free_before=True, started_on=date(2026, 11, 28)),
        2,
    ),
    "a sheet that does not say when to start": (said(WEEK_BEFORE, FIVE, hospital="no-start", free_before=True), 0),
    "no dates at all": (said(WEEK_BEFORE, free_before=True), 0),
    "no hospital": (said(WEEK_BEFORE, FIVE, hospital="", free_before=True), 0),
    "a hospital that we no longer list": (said(WEEK_BEFORE, FIVE, hospital="gone", free_before=True), 0),
    "inside the diet": (said(date(2026, 12, 14), FIVE, free_before=True), 0),
    "past the last day, where no team said stop": (said(date(2027, 2, 1), FIVE, free_before=True), 0),
    "past the last day, and the team said stop": (said(date(2027, 2, 1), FIVE, stop=STOP), 7),
    "the day of the team's word, and those after": (said(STOP.day, FIVE, stop=STOP), 6),
    "the team's word, with no hospital": (said(date(2027, 2, 1), FIVE, hospital="", stop=STOP), 7),
    "the team's word, with no hospital and infusions to come": (
        said(date(2026, 2, 2), FIVE, hospital="", stop=WINTER_BEFORE),
        0,
    ),
    "between two courses, where no team said stop": (said(WEEK_BEFORE, LAST_YEAR, FIVE, free_before=True), 0),
    "between two courses, after the team said stop": (said(WEEK_BEFORE, LAST_YEAR, FIVE, stop=WINTER_BEFORE), 4),
    "the next course, after the team said stop to the first": (
        said(date(2026, 12, 14), LAST_YEAR, FIVE, stop=WINTER_BEFORE, free_before=True),
        0,
    ),
    "a diet that only the team can end": (said(date(2028, 1, 1), FIVE, hospital="open"), 0),
}


@pytest.mark.parametrize(("found", "free"), FREE.values(), ids=FREE)
def test_how_many_days_of_a_week_are_free(found: TreatmentDays, free: int) -> None:
    assert len(found.free_days) == free


days_around = st.integers(-400, 400).map(lambda days: date(2026, 12, 14) + timedelta(days=days))


@given(first=days_around, planned=st.lists(days_around, max_size=5), given_on=st.lists(days_around, max_size=5))
def test_no_day_is_free_that_nobody_said_is_free(first: date, planned: list[date], given_on: list[date]) -> None:
    for hospital in PROTOCOLS:
        assert said(first, course_of(planned, given_on), hospital=hospital).free_days == frozenset()


MARKS = {
    "before the diet": (said(WEEK_BEFORE, FIVE), WEEK_BEFORE, ("Planned as a diet day.",)),
    "before the diet, switched off": (
        said(WEEK_BEFORE, FIVE, free_before=True),
        WEEK_BEFORE,
        ("Before the diet: no diet rules today.",),
    ),
    "the first day": (said(MONDAY, FIVE), MONDAY, ("Diet day 1 of 47, if all goes as planned.",)),
    "an infusion day": (
        said(date(2026, 12, 14), FIVE),
        date(2026, 12, 15),
        ("Diet day 16 of 47, if all goes as planned.", "Infusion day 2 of 5."),
    ),
    "three days after the last": (
        said(date(2025, 12, 15), LAST_YEAR),
        date(2025, 12, 18),
        ("Diet day 18 of 43.", "Day 3 since the last infusion."),
    ),
    "the dip": (
        said(date(2025, 12, 29), LAST_YEAR),
        date(2025, 12, 30),
        ("Diet day 30 of 43.", "Day 15 since the last infusion.", TIRED),
    ),
    "past the last day": (
        said(date(2026, 2, 2), LAST_YEAR),
        date(2026, 2, 2),
        ("On the diet still. Ask your MS team before you stop.",),
    ),
    "after the team said stop": (
        said(date(2026, 2, 2), LAST_YEAR, stop=WINTER_BEFORE),
        date(2026, 2, 2),
        ("Your team said stop: no diet rules today.",),
    ),
    "a start that no sheet gives": (
        said(date(2026, 12, 14), FIVE, hospital="no-start"),
        date(2026, 12, 14),
        ("On the diet.", "Infusion day 1 of 5."),
    ),
    "an end that only the team gives": (
        said(date(2025, 12, 15), LAST_YEAR, hospital="open"),
        date(2025, 12, 15),
        ("Diet day 15.", "Infusion day."),
    ),
}


@pytest.mark.parametrize(("found", "day", "marks"), MARKS.values(), ids=MARKS)
def test_what_is_said_of_a_day(found: TreatmentDays, day: date, marks: tuple[str, ...]) -> None:
    assert found.marks[day] == marks


def test_infusions_of_four_weeks_before_count_and_those_that_were_missed_do_not() -> None:
    course = course_of([date(2026, 11, 30)], [date(2026, 11, 2), date(2026, 11, 1)], missed=[date(2026, 11, 20)])
    assert said(MONDAY, course).infusions == {date(2026, 11, 2), date(2026, 11, 30)}


# ---- What is eaten on a diet day obeys its rules, whenever it was cooked ----

CHEESY = a_kitchen(a_candidate(verdict=Verdict.AVOID, off_diet=Verdict.COOK, freezes=True, meals=(LUNCH, DINNER)))
FREE_MONDAY = some_wishes(free_days=frozenset({MONDAY}))


def test_a_dinner_of_the_last_free_day_is_not_left_over_on_the_first_diet_day() -> None:
    week = best_week(CHEESY, FREE_MONDAY)
    assert {meal.slot.day for meal in week.meals} == {MONDAY}
    left_over = Meal(Slot(TUESDAY, LUNCH), "stew", Verdict.COOK, 5, leftover_of="stew")
    assert not any(meal.leftover_of for meal in possible_meals(CHEESY, FREE_MONDAY).values() if meal.slot.day == TUESDAY)
    planned = replace(week, meals=(a_meal(), left_over), empty=())
    assert "Lunch on 2026-12-01: stew is avoid, shown as cook." in broken_rules(planned, FREE_MONDAY, CHEESY)


def test_a_dinner_that_was_eaten_on_a_free_day_is_not_left_over_on_a_diet_day() -> None:
    sunday = a_meal(MONDAY - timedelta(days=1))
    assert possible_meals(CHEESY, some_wishes(eaten=(sunday,))) == {}


def test_a_portion_that_was_frozen_on_a_free_day_is_not_eaten_on_a_diet_day() -> None:
    wishes = replace(FREE_MONDAY, freezer=(Portion("stew", date(2026, 11, 1)),))
    frozen = {meal.slot.day for meal in possible_meals(CHEESY, wishes).values() if meal.frozen_on}
    assert frozen == {MONDAY}


def test_the_wishes_of_a_week_take_over_what_the_treatment_says() -> None:
    found = said(WEEK_BEFORE, FIVE, free_before=True)
    wishes = Wishes(WEEK_BEFORE, infusions=found.infusions, free_days=found.free_days)
    assert [wishes.is_diet_day(day) for day in wishes.days] == [False] * 4 + [True] * 3
