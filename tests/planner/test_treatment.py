"""Do all of a person's windows follow from their days, and do random courses and protocols keep the promises about dates?"""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.answer import moved_treatment
from planner.course import CannotMove, Course, Infusion, course_of, moved
from planner.protocol import (
    ALEMTUZUMAB,
    NOT_GIVEN,
    WHEN_TEAM_SAYS,
    Anchor,
    Bound,
    Phase,
    Protocol,
    Unit,
    read_bound,
)
from planner.treatment import KEEPS_ON, Treatment, needed_days, parts_of
from planner.window import RunsBackwards, Stage, TeamStop, joined, months_from

DAY = date(2026, 1, 1)


def a_protocol(*phases: Phase, slug: str = "invented", treatment: str = ALEMTUZUMAB) -> Protocol:
    return Protocol(
        slug, "An invented hospital", "x", "UK", "hospital", "2026", False, phases, ("x",), "full", DAY, DAY, treatment
    )


def a_phase(starts: str, ends: str, name: str = "diet") -> Phase:
    return Phase(name, read_bound(starts), read_bound(ends))


USUAL = a_protocol(a_phase("2 weeks before first infusion", "4 weeks after last infusion"))
JUNE = course_of((), [date(2025, 6, day) for day in range(2, 7)])
NEXT_JUNE = course_of([date(2026, 6, day) for day in range(8, 11)], ())


def test_each_course_has_a_window_of_its_own() -> None:
    parts = parts_of([USUAL], Treatment((JUNE, NEXT_JUNE)))
    assert [(part.course, part.window.first_day, part.window.last_day) for part in parts] == [
        (1, date(2025, 5, 19), date(2025, 7, 4)),
        (2, date(2026, 5, 25), date(2026, 7, 8)),
    ]


def test_only_an_end_that_counts_from_a_planned_infusion_is_provisional() -> None:
    parts = parts_of([USUAL], Treatment((JUNE, NEXT_JUNE)))
    assert [part.window.is_provisional for part in parts] == [False, True]
    from_discharge = a_protocol(a_phase("from decision", "3 months after discharge"))
    (part,) = parts_of([from_discharge], Treatment((replace(NEXT_JUNE, discharge=date(2026, 6, 11)),)))
    assert not part.window.is_provisional


def test_no_course_yet_is_one_window_without_a_day() -> None:
    (part,) = parts_of([USUAL], Treatment())
    assert (part.window.first_day, part.window.last_day) == (None, None)


def test_a_transplant_has_its_window_once_whatever_the_courses() -> None:
    grafted = a_protocol(a_phase("from transplant", "100 days after transplant"), treatment="stem-cell transplant")
    parts = parts_of([grafted], Treatment((JUNE, NEXT_JUNE), {Anchor.TRANSPLANT: date(2025, 9, 1)}))
    assert [(part.course, part.window.first_day, part.window.last_day) for part in parts] == [
        (None, date(2025, 9, 1), date(2025, 12, 10))
    ]


def test_last_chemotherapy_course_and_laboratory_value_can_end_and_start_a_diet() -> None:
    sheet = a_protocol(
        a_phase("from laboratory value", "3 months after last chemotherapy course"), treatment="cancer treatment"
    )
    days = {Anchor.LABORATORY_VALUE: date(2025, 8, 1), Anchor.LAST_CHEMOTHERAPY: date(2025, 11, 30)}
    (part,) = parts_of([sheet], Treatment(others=days))
    assert (part.window.first_day, part.window.last_day) == (date(2025, 8, 1), date(2026, 3, 1))


def test_two_sheets_at_once_are_the_union_of_their_windows() -> None:
    longer = a_protocol(a_phase("2 months before first infusion", "2 weeks after last infusion"), slug="longer")
    parts = parts_of([USUAL, longer], Treatment((JUNE,)))
    (stretch,) = joined([part.window for part in parts])
    assert (stretch.first_day, stretch.last_day) == (date(2025, 4, 2), date(2025, 7, 4))
    assert Treatment((JUNE,)).stands(parts, date(2025, 4, 2)) is Stage.ON_DIET


def test_no_diet_beside_a_diet_is_the_diet() -> None:
    parts = parts_of([a_protocol(slug="antibiotic"), USUAL], Treatment((JUNE,)))
    assert len(parts) == 1


def test_the_days_that_are_asked_for_are_those_that_the_sheets_count_from() -> None:
    london = a_protocol(a_phase("from decision", "3 months after discharge"))
    assert needed_days([USUAL]) == frozenset()
    assert needed_days([USUAL, london]) == {Anchor.DECISION, Anchor.DISCHARGE}


@pytest.mark.parametrize(
    ("course", "to", "days"),
    [
        pytest.param(
            course_of([date(2025, 6, 2), date(2025, 6, 4)], ()),
            date(2025, 6, 9),
            [date(2025, 6, 9), date(2025, 6, 11)],
            id="all planned: the spaces between the days stay",
        ),
        pytest.param(
            course_of([date(2025, 6, 4), date(2025, 6, 5)], [date(2025, 6, 2)]),
            date(2025, 6, 9),
            [date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 10)],
            id="what was given stays where it was given",
        ),
        pytest.param(course_of([date(2025, 6, 9)], ()), date(2025, 6, 2), [date(2025, 6, 2)], id="it can come earlier too"),
    ],
)
def test_a_move_shifts_what_is_still_to_come(course: Course, to: date, days: list[date]) -> None:
    assert [infusion.day for infusion in moved(course, to).infusions] == days


def test_a_move_takes_the_day_of_going_home_along() -> None:
    course = replace(course_of([date(2025, 6, 2)], ()), decision=date(2025, 1, 6), discharge=date(2025, 6, 3))
    after = moved(course, date(2025, 6, 9))
    assert (after.decision, after.discharge) == (date(2025, 1, 6), date(2025, 6, 10))


@pytest.mark.parametrize(
    ("today", "before", "after"),
    [
        pytest.param(date(2025, 5, 20), Stage.ON_DIET, Stage.ON_DIET, id="edge 9: on the diet already"),
        pytest.param(date(2025, 9, 1), Stage.ASK_TEAM, Stage.ON_DIET, id="edge 9: past the last day, and nobody said stop"),
        pytest.param(date(2025, 5, 1), Stage.STARTS_LATER, Stage.STARTS_LATER, id="not yet on it"),
    ],
)
def test_a_course_that_moves_far_away_stops_nobodys_diet(today: date, before: Stage, after: Stage) -> None:
    planned = Treatment((course_of([date(2025, 6, day) for day in range(2, 7)], ()),))
    then = moved_treatment([USUAL], planned, 0, date(2026, 8, 3), today)
    assert planned.stands(parts_of([USUAL], planned), today) is before
    assert then.stands(parts_of([USUAL], then), today) is after


@pytest.mark.parametrize(
    ("course", "sentence"),
    [
        pytest.param(JUNE, "Every day of this course was given", id="all given"),
        pytest.param(Course(()), "There are no infusion days to move yet", id="no day"),
        pytest.param(
            course_of([date(2025, 6, 9)], [date(2025, 6, 6)]), "must be after Friday 6 June 2025", id="before a day given"
        ),
    ],
)
def test_a_course_that_cannot_move_says_why(course: Course, sentence: str) -> None:
    with pytest.raises(CannotMove, match=sentence):
        moved(course, date(2025, 6, 5))


# ---- Promises that any course and any protocol must keep ----

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
STARTS = st.one_of(
    st.sampled_from([NOT_GIVEN, WHEN_TEAM_SAYS, Bound(anchor=Anchor.FIRST_INFUSION)]),
    st.builds(Bound, st.integers(-60, -1), st.sampled_from(Unit), st.just(Anchor.FIRST_INFUSION), st.booleans()),
)
ENDS = st.one_of(
    st.sampled_from([NOT_GIVEN, WHEN_TEAM_SAYS]),
    st.builds(Bound, st.integers(1, 60), st.sampled_from(Unit), st.just(Anchor.LAST_INFUSION), st.booleans()),
)
PROTOCOLS = st.lists(st.builds(Phase, st.just("diet"), STARTS, ENDS), min_size=1, max_size=2).map(
    lambda all_: a_protocol(*all_)
)
GAPS = st.lists(st.integers(1, 20), max_size=4)


@st.composite
def courses(draw: st.DrawFn) -> tuple[Course, ...]:
    """1 to 3 courses of 1 to 5 days, one after the other, given up to some day and planned from then on."""
    day, until = draw(DAYS), draw(DAYS)
    found = []
    for between in draw(st.lists(st.integers(1, 800), min_size=1, max_size=3)):
        days = [day + timedelta(days=between)]
        for gap in draw(GAPS):
            days.append(days[-1] + timedelta(days=gap))
        found.append(Course(tuple(Infusion(one, one <= until) for one in days)))
        day = days[-1]
    return tuple(found)


def keeps_the_promises(protocol: Protocol, given_courses: tuple[Course, ...], today: date, later: int) -> None:
    """Every promise about dates, for one protocol, some courses and one day on which somebody looks."""
    treatment = Treatment(given_courses)
    parts = parts_of([protocol], treatment)
    for part in parts:
        window = part.window
        assert not (window.first_day and window.last_day) or window.first_day <= window.last_day, "it runs backwards"
        months_are_one_step(part.phase.ends, given_courses[(part.course or 1) - 1].last_day, window.last_day)
    stands = treatment.stands(parts, today)
    assert stands is not Stage.TEAM_STOPPED, "a date took somebody off the diet"

    # A later infusion, put in at the end or by moving the course.
    *before, last = given_courses
    assert last.last_day
    after = Treatment((*before, replace(last, infusions=(*last.infusions, Infusion(last.last_day + timedelta(days=later))))))
    for part, then in zip(parts, parts_of([protocol], after), strict=True):
        ends, ends_then = part.window.last_day, then.window.last_day
        assert (ends is None) == (ends_then is None) and (ends is None or ends_then >= ends), (
            "a later infusion, an earlier end"
        )

    # One course fewer never means more diet.
    fewer = Treatment(tuple(before))
    if before and fewer.stands(parts_of([protocol], fewer), today) is Stage.ON_DIET:
        assert stands is Stage.ON_DIET, "one more course shortened the diet"

    # Somebody who keeps the diet goes on with it when what is planned moves to any day.
    to = today + timedelta(days=later - 10)
    not_before = max(day for day in (date.min, last.last_given, *(course.last_day for course in before)) if day)
    if stands in KEEPS_ON and last.planned and to > not_before:
        then = moved_treatment([protocol], treatment, len(given_courses) - 1, to, today)
        found = then.stands(parts_of([protocol], then), today)
        assert found in KEEPS_ON, "a move told somebody to stop"


def months_are_one_step(ends: Bound, anchor: date | None, found: date | None) -> None:
    if ends.unit is Unit.MONTH and ends.count and anchor and ends.anchor is Anchor.LAST_INFUSION:
        assert found == months_from(anchor, ends.count, move_on=True)
        assert found.day in (anchor.day, 1), "it drifted"


@settings(max_examples=300)
@given(PROTOCOLS, courses(), st.integers(-100, 3_000), st.integers(1, 400))
def test_courses_and_protocols_keep_the_promises(
    protocol: Protocol, given_courses: tuple[Course, ...], since: int, later: int
) -> None:
    keeps_the_promises(protocol, given_courses, given_courses[0].infusions[0].day + timedelta(days=since), later)


def random_phase(dice: random.Random) -> Phase:
    starts, ends = [NOT_GIVEN, WHEN_TEAM_SAYS, Bound(anchor=Anchor.FIRST_INFUSION)], [NOT_GIVEN, WHEN_TEAM_SAYS]
    units = list(Unit)
    starts += [Bound(-dice.randint(1, 60), dice.choice(units), Anchor.FIRST_INFUSION, dice.random() < 0.5) for _ in range(9)]
    ends += [Bound(dice.randint(1, 60), dice.choice(units), Anchor.LAST_INFUSION, dice.random() < 0.5) for _ in range(6)]
    return Phase("diet", dice.choice(starts), dice.choice(ends))


def random_courses(dice: random.Random) -> tuple[Course, ...]:
    day = date(2000, 1, 1) + timedelta(days=dice.randrange(33_000))
    until = day + timedelta(days=dice.randint(-30, 900))
    found = []
    for _ in range(dice.randint(1, 3)):
        days = [day + timedelta(days=dice.randint(1, 800))]
        for _ in range(dice.randint(0, 4)):
            days.append(days[-1] + timedelta(days=dice.randint(1, 20)))
        found.append(Course(tuple(Infusion(one, one <= until) for one in days)))
        day = days[-1]
    return tuple(found)


@pytest.mark.long
def test_100_000_courses_and_protocols_keep_the_promises() -> None:
    """Made by a seeded dice, because a hundred thousand of them then take half a minute and not five."""
    dice, seen = random.Random(20261125), Counter[Stage]()
    for _ in range(100_000):
        some, later = random_courses(dice), dice.randint(1, 400)
        protocol = a_protocol(*(random_phase(dice) for _ in range(dice.randint(1, 2))))
        today = some[0].infusions[0].day + timedelta(days=dice.randint(-800, 2_500))
        keeps_the_promises(protocol, some, today, later)
        seen[Treatment(some).stands(parts_of([protocol], Treatment(some)), today)] += 1
    assert min(seen[one] for one in Stage if one is not Stage.TEAM_STOPPED) > 1_000, "a stage was hardly tried"


@settings(max_examples=300)
@given(PROTOCOLS, courses(), DAYS, DAYS)
def test_only_the_teams_word_ends_a_diet_and_only_from_its_day(
    protocol: Protocol, given_courses: tuple[Course, ...], said: date, day: date
) -> None:
    treatment = Treatment(given_courses, stop=TeamStop(said, "my MS nurse"))
    found = treatment.stands(parts_of([protocol], treatment), day)
    if found is Stage.TEAM_STOPPED:
        assert said <= day
        assert all(course.last_day <= said for course in given_courses if course.last_day)
    if day < said:
        without = replace(treatment, stop=None)
        assert found is without.stands(parts_of([protocol], without), day)


def test_days_that_contradict_each_other_are_refused() -> None:
    sheet = a_protocol(a_phase("from transplant", "1 month after last chemotherapy course"), treatment="cancer treatment")
    days = {Anchor.TRANSPLANT: date(2026, 5, 1), Anchor.LAST_CHEMOTHERAPY: date(2026, 1, 1)}
    with pytest.raises(RunsBackwards):
        parts_of([sheet], Treatment(others=days))
