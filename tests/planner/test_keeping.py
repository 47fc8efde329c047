"""Do a household's dates come back as they were kept, with every state that they had before?"""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from planner.course import Course, course_of, plan_course
from planner.keeping import CHANGES_KEPT, Dates, KeptDates, in_words, own_sheet, sheet_as_said
from planner.own_sheet import OwnSheet
from planner.protocol import Anchor
from planner.treatment import Treatment
from planner.window import TeamStop

MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COURSES = st.builds(course_of, st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=3))
STOPS = st.builds(TeamStop, DAYS, st.text(max_size=80))
TREATMENTS = st.builds(
    Treatment,
    st.lists(COURSES, max_size=4).map(tuple),
    st.dictionaries(st.sampled_from(Anchor), DAYS),
    st.none() | DAYS,
    st.none() | STOPS,
)
DATES = st.builds(Dates, st.sampled_from(["", "barts-pack"]), st.sampled_from(["", "german-ms-page"]), TREATMENTS)


def again(kept: KeptDates) -> KeptDates:
    return KeptDates.of(json.loads(json.dumps(kept.as_said())))


@given(DATES, DATES, DAYS)
def test_whatever_is_kept_comes_back_the_same(first: Dates, then: Dates, today: date) -> None:
    kept = KeptDates(first, today).changed(then, "Robin", today)
    assert again(kept) == kept


def test_a_course_comes_back_with_the_days_it_was_decided_and_left() -> None:
    course = Course(plan_course(MONDAY, 1).infusions, (), MONDAY - timedelta(30), MONDAY + timedelta(9))
    assert again(KeptDates(Dates(treatment=Treatment((course,))), MONDAY)).now.treatment.courses == (course,)


def test_a_change_keeps_what_was_before_and_nothing_for_no_change() -> None:
    first = KeptDates(Dates("barts-pack"), MONDAY)
    assert first.changed(Dates("barts-pack"), "Robin", MONDAY) == first
    then = first.changed(Dates("german-ms-page"), "Robin", MONDAY + timedelta(1))
    assert then.agreed_on == MONDAY
    assert [(one.until, one.by, one.was.hospital) for one in then.changes] == [(date(2026, 3, 3), "Robin", "barts-pack")]


def test_the_team_s_word_can_be_undone_and_stays_in_the_history() -> None:
    on_diet = Treatment((plan_course(MONDAY, 1),))
    stopped = Treatment(on_diet.courses, stop=TeamStop(date(2026, 9, 1), "my MS nurse"))
    kept = KeptDates(Dates(treatment=on_diet), MONDAY).changed(Dates(treatment=stopped), "Robin", MONDAY)
    undone = kept.changed(Dates(treatment=on_diet), "Robin", MONDAY)
    assert undone.now.treatment.stop is None
    assert undone.changes[-1].was.treatment.stop == TeamStop(date(2026, 9, 1), "my MS nurse")


def test_the_history_does_not_grow_without_end() -> None:
    kept = KeptDates(Dates(), MONDAY)
    for number in range(CHANGES_KEPT + 5):
        kept = kept.changed(Dates(treatment=Treatment(started_on=MONDAY - timedelta(number))), "Robin", MONDAY)
    assert len(kept.changes) == CHANGES_KEPT


@pytest.mark.parametrize(("since", "now", "kept"), [(9, 1, 9), (1, 9, 9), (None, 1, 1), (9, None, None)])
def test_who_keeps_the_diet_has_kept_it_since_they_first_said_so(since: int, now: int, kept: int) -> None:
    def ago(days: int | None) -> Dates:
        return Dates(treatment=Treatment(started_on=MONDAY - timedelta(days) if days else None))

    assert KeptDates(ago(since), MONDAY).changed(ago(now), "Robin", MONDAY).now == ago(kept)


def test_dates_in_words_name_everything_and_no_more(app: Flask) -> None:
    protocols = app.extensions["facts"].protocols
    assert [*in_words(Dates(), protocols)] == []
    stopped = Treatment((plan_course(MONDAY, 2),), stop=TeamStop(MONDAY, "my nurse"))
    said = dict(in_words(Dates("barts-pack", "gone", stopped), protocols))
    assert said["Hospital"] == protocols["barts-pack"].name and said["Second sheet"] == "one that we no longer list"
    assert said["Course 1"].startswith("planned: ") and said["Course 1"].count("2026") == 3
    assert said["The team said stop"].startswith("my nurse, on ")


def test_a_sheet_that_was_entered_comes_back_the_same() -> None:
    sheet = OwnSheet.of({"name": "Harbour Hospital 🏥", "others_fine": "stilton"}, MONDAY)
    assert own_sheet(json.loads(json.dumps(sheet_as_said(sheet, MONDAY)))) == sheet
