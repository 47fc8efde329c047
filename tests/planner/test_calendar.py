"""Is every entry on its day, with its source, under a mark that outlives a move, and readable by two calendars?"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from foods.food import Source
from planner.calendar import (
    ABOUT,
    TEAM_FIRST,
    Item,
    Kind,
    by_month,
    chosen,
    follow_up_days,
    items_of,
    sequence_at,
    sources_in_words,
    to_ical,
    uid,
)
from planner.course import Course, course_of, plan_course
from planner.protocol import Anchor, Protocol
from planner.window import months_from

STAMP = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
JUNE = course_of((), [date(2025, 6, day) for day in (2, 3, 4, 5, 6)])
NEXT_JUNE = course_of((), [date(2026, 6, day) for day in (8, 9, 10)])
THIRD = plan_course(date(2027, 6, 14), 3)


@pytest.fixture(scope="module")
def sources(app: Flask) -> dict[str, Source]:
    found: dict[str, Source] = app.extensions["facts"].table.sources
    return found


@pytest.fixture(scope="module")
def protocols(app: Flask) -> dict[str, Protocol]:
    found: dict[str, Protocol] = app.extensions["facts"].protocols
    return found


def of(items: tuple[Item, ...], kind: Kind, part: str = "") -> list[date]:
    return [item.first_day for item in items if item.kind is kind and item.part == part]


def item(items: tuple[Item, ...], kind: Kind, part: str = "", course: int = 1) -> Item:
    [found] = [one for one in items if (one.kind, one.part, one.course) == (kind, part, course)]
    return found


# ---- The days ----


def test_the_days_of_one_course(protocols: dict[str, Protocol]) -> None:
    items = items_of([JUNE], protocols["german-ms-page"], {})
    assert of(items, Kind.INFUSION) == [date(2025, 6, day) for day in (2, 3, 4, 5, 6)]
    assert of(items, Kind.DIET, "start") == [date(2025, 5, 19)]
    assert of(items, Kind.FRIDGE) == [date(2025, 5, 18)]
    assert of(items, Kind.DIET, "last") == [date(2025, 7, 4)]
    assert of(items, Kind.DIET, "without") == [date(2025, 7, 5)]
    assert of(items, Kind.VACCINES) == [date(2025, 4, 21)]
    assert of(items, Kind.NEXT_COURSE) == [date(2026, 6, 6)]
    assert [(one.first_day, one.last_day) for one in items if one.kind is Kind.STROKE] == [
        (date(2025, 6, 2), date(2025, 6, 9))
    ]
    blood, thyroid = of(items, Kind.BLOOD), of(items, Kind.THYROID)
    assert (len(blood), blood[0], blood[-1]) == (48, date(2025, 7, 6), date(2029, 6, 6))
    assert (len(thyroid), thyroid[0], thyroid[-1]) == (16, date(2025, 9, 6), date(2029, 6, 6))
    yearly = [date(year, 6, 2) for year in (2026, 2027, 2028, 2029)]
    assert of(items, Kind.SKIN) == of(items, Kind.HPV) == yearly


@pytest.mark.parametrize(
    ("last", "after", "test_day"),
    [
        pytest.param(date(2025, 10, 31), 4, date(2026, 2, 28), id="a month that is too short moves back"),
        pytest.param(date(2025, 10, 31), 5, date(2026, 3, 31), id="and the next one does not stay there"),
        pytest.param(date(2024, 1, 31), 1, date(2024, 2, 29), id="a leap year"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="a leap day, a year on"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="a leap day, four years on"),
        pytest.param(date(2025, 12, 31), 2, date(2026, 2, 28), id="across the new year"),
        pytest.param(date(2025, 6, 6), 48, date(2029, 6, 6), id="the last one"),
    ],
)
def test_a_monthly_test_is_one_step_from_the_last_dose(last: date, after: int, test_day: date) -> None:
    assert follow_up_days([course_of((), [last])], 1)[after - 1] == test_day


@pytest.mark.parametrize(
    ("last", "earliest"),
    [(date(2025, 6, 6), date(2026, 6, 6)), (date(2024, 2, 29), date(2025, 3, 1))],
    ids=["a year on", "a leap day moves on"],
)
def test_the_earliest_next_course(last: date, earliest: date) -> None:
    assert of(items_of([course_of((), [last])], None, {}), Kind.NEXT_COURSE) == [earliest]


@pytest.mark.parametrize(
    ("courses", "blood", "last"),
    [
        pytest.param([JUNE], 48, date(2029, 6, 6), id="one course"),
        pytest.param([JUNE, NEXT_JUNE], 13 + 48, date(2030, 6, 10), id="a second course starts the 48 months again"),
        pytest.param([JUNE, NEXT_JUNE, THIRD], 13 + 13 + 48, date(2031, 6, 16), id="and so does a third"),
        pytest.param([JUNE, course_of((), [date(2031, 1, 6)])], 48 + 48, date(2035, 1, 6), id="a course years later"),
    ],
)
def test_each_course_starts_the_clock_of_the_tests_again(courses: list[Course], blood: int, last: date) -> None:
    days = follow_up_days(courses, 1)
    assert (len(days), days[-1]) == (blood, last)
    assert days == sorted(set(days))


def test_a_second_course_has_infusions_but_no_second_vaccination_and_the_yearly_check_goes_on(
    protocols: dict[str, Protocol],
) -> None:
    items = items_of([JUNE, NEXT_JUNE], protocols["german-ms-page"], {})
    assert of(items, Kind.INFUSION)[-3:] == [date(2026, 6, day) for day in (8, 9, 10)]
    assert len(of(items, Kind.VACCINES)) == 1
    assert of(items, Kind.SKIN) == [date(year, 6, 2) for year in range(2026, 2031)]
    assert of(items, Kind.DIET, "start") == [date(2025, 5, 19), date(2026, 5, 25)]


def test_a_rest_day_makes_no_gap_in_the_watch_but_a_week_does() -> None:
    near = course_of((), [date(2025, 6, 2), date(2025, 6, 5)])
    far = course_of((), [date(2025, 6, 2), date(2025, 6, 9)])
    assert len(of(items_of([near], None, {}), Kind.STROKE)) == 1
    assert of(items_of([far], None, {}), Kind.STROKE) == [date(2025, 6, 2), date(2025, 6, 9)]


def test_no_diet_and_no_hospital_still_give_the_tests(protocols: dict[str, Protocol]) -> None:
    for protocol in (protocols["abn-antibiotic"], None):
        items = items_of([JUNE], protocol, {})
        assert not of(items, Kind.FRIDGE) and not [one for one in items if one.kind is Kind.DIET]
        assert len(of(items, Kind.BLOOD)) == 48


def test_a_sheet_that_gives_no_day_makes_no_day_up(protocols: dict[str, Protocol]) -> None:
    assert not [one for one in items_of([JUNE], protocols["us-label"], {}) if one.kind is Kind.DIET]
    [start] = [one for one in items_of([JUNE], protocols["barts-pack"], {}) if one.kind is Kind.DIET]
    assert start.part == "start"


def test_an_end_that_counts_from_another_day_waits_for_it(protocols: dict[str, Protocol]) -> None:
    london = protocols["london-patient-2019"]
    assert not of(items_of([JUNE], london, {}), Kind.DIET, "last")
    assert of(items_of([JUNE], london, {Anchor.DISCHARGE: date(2025, 6, 7)}), Kind.DIET, "last") == [date(2025, 9, 7)]


def test_nothing_starts_or_ends_inside_a_longer_stretch_of_diet_days(protocols: dict[str, Protocol]) -> None:
    soon = course_of((), [date(2025, 9, 1)])
    items = items_of([JUNE, soon], protocols["uk-patient-2018"], {})
    assert of(items, Kind.DIET, "start") == [date(2025, 4, 2)]
    assert of(items, Kind.DIET, "last") == [date(2026, 1, 1)]
    assert of(items, Kind.FRIDGE) == [date(2025, 4, 1)]


def test_a_course_without_days_keeps_the_number_of_the_next(protocols: dict[str, Protocol]) -> None:
    items = items_of([course_of((), ()), NEXT_JUNE], protocols["german-ms-page"], {})
    assert {one.course for one in items if one.kind is Kind.INFUSION} == {2}
    assert not of(items, Kind.VACCINES)
    assert items_of([course_of((), ())], protocols["german-ms-page"], {}) == ()


def test_planned_infusions_are_marked_in_all_that_hangs_on_them(protocols: dict[str, Protocol]) -> None:
    planned = items_of([plan_course(date(2027, 6, 7), 1)], protocols["german-ms-page"], {})
    assert all("make the calendar again" in one.says for one in planned)
    assert not any("make the calendar again" in one.says for one in items_of([JUNE], protocols["german-ms-page"], {}))


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(first=DAYS, gaps=st.lists(st.integers(20, 2_000), max_size=2), every=st.sampled_from([1, 3]))
def test_nobody_waits_longer_for_a_test_than_the_source_says(first: date, gaps: list[int], every: int) -> None:
    starts = [first]
    for gap in gaps:
        starts.append(starts[-1] + timedelta(days=gap))
    courses = [plan_course(start, number) for number, start in enumerate(starts, start=1)]
    days = follow_up_days(courses, every)
    doses = [course.last_day for course in courses if course.last_day]
    assert days[-1] == months_from(doses[-1], 48, move_on=False)
    for before, after in zip(days, days[1:], strict=False):
        followed_up = max(months_from(dose, 48, move_on=False) for dose in doses if dose <= before)
        assert after <= months_from(before, every, move_on=True) + timedelta(days=3) or before == followed_up


# ---- What the entries say ----


def everything(protocols: dict[str, Protocol]) -> list[Item]:
    courses = [JUNE, NEXT_JUNE, THIRD]
    days = {Anchor.DISCHARGE: date(2027, 6, 18), Anchor.DECISION: date(2025, 1, 6)}
    return [one for protocol in (*protocols.values(), None) for one in items_of(courses, protocol, days)]


def test_no_entry_tells_anyone_to_stop_the_diet(protocols: dict[str, Protocol]) -> None:
    parts = Counter(one.part for one in everything(protocols))
    assert parts["without"] and parts["last"]
    for one in everything(protocols):
        said = f"{one.title}. {one.says}".lower()
        for never in ("you can stop", "you may stop", "diet ends", "diet is over", "finished the diet", "end of the diet"):
            assert never not in said, said
        if one.part in ("last", "without"):
            assert "ask your ms team before you stop" in said or "until your team has said yes" in said
        if one.part == "without":
            assert one.title == "Ask your MS team before you stop the diet"


def test_every_entry_has_a_source_that_we_hold(protocols: dict[str, Protocol], sources: dict[str, Source]) -> None:
    for one in everything(protocols):
        assert one.sources and set(one.sources) <= set(sources), one
    assert set(ABOUT) == set(Kind)


def test_plain_titles_say_nothing_about_anybodys_health(protocols: dict[str, Protocol]) -> None:
    telling = (
        "diet",
        "listeria",
        "infusion",
        "dose",
        "ms ",
        "stroke",
        "blood",
        "urine",
        "thyroid",
        "hpv",
        "skin",
        "vaccin",
        "course",
    )
    for one in everything(protocols):
        assert not [word for word in telling if word in one.plain_title.lower()], one.plain_title


def test_a_source_says_how_it_was_read(sources: dict[str, Source]) -> None:
    said = sources_in_words(("us-label-checks", "us-checks"), sources)
    assert said == (
        "Who says so: Lemtrada patient label, United States (read in full); "
        "Lemtrada prescribing information, United States (read second-hand)."
    )
    assert sources_in_words(("own-harbour",), sources) == "Who says so: the sheet that you entered."


def test_the_list_goes_by_month(protocols: dict[str, Protocol]) -> None:
    months = by_month(items_of([JUNE], protocols["german-ms-page"], {}))
    assert [month for month, _ in months][:3] == [date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)]
    assert [month for month, _ in months] == sorted({month for month, _ in months})


# ---- The marks ----


def test_every_entry_has_a_mark_of_its_own(protocols: dict[str, Protocol]) -> None:
    for protocol in protocols.values():
        marks = [uid(one, "") for one in items_of([JUNE, NEXT_JUNE, THIRD], protocol, {})]
        assert len(marks) == len(set(marks))


MOVES = {
    "the first day a week later": [course_of((), [day.day + timedelta(days=7) for day in JUNE.infusions])],
    "one day moved, after a rest day": [course_of((), [date(2025, 6, day) for day in (2, 3, 4, 5, 9)])],
    "a second course added": [JUNE, NEXT_JUNE],
    "a second course, then moved a month on": [JUNE, plan_course(date(2026, 7, 13), 2)],
    "a leap day": [course_of((), [date(2024, 2, 29 - back) for back in range(5)])],
}


@pytest.mark.parametrize("moved", MOVES.values(), ids=MOVES)
def test_a_move_updates_the_entries_and_doubles_none(protocols: dict[str, Protocol], moved: list[Course]) -> None:
    """Nothing that is in the older file is missing from the newer one, so that nothing old stays in the calendar."""
    old = {uid(one, "") for one in items_of([JUNE], protocols["german-ms-page"], {})}
    new = {uid(one, "") for one in items_of(moved, protocols["german-ms-page"], {})}
    stale = old - new
    # The watch falls into two stretches where a rest day is long; it never leaves one behind.
    assert not stale


def test_a_change_of_hospital_updates_the_days_of_the_diet(protocols: dict[str, Protocol]) -> None:
    before, after = (items_of([JUNE], protocols[slug], {}) for slug in ("german-ms-page", "sanofi-sweden-2019"))
    for part in ("start", "last", "without"):
        assert uid(item(before, Kind.DIET, part), "") == uid(item(after, Kind.DIET, part), "")
    assert item(before, Kind.DIET, "last").first_day != item(after, Kind.DIET, "last").first_day


def test_two_people_in_one_calendar_stay_apart_and_a_mark_tells_nothing(protocols: dict[str, Protocol]) -> None:
    one = items_of([JUNE], protocols["german-ms-page"], {})[0]
    assert len({uid(one, whose) for whose in ("", "AB", "CD")}) == 3
    assert uid(one, "ab ") == uid(one, "AB")
    assert "vaccin" not in uid(one, "AB").lower() and "AB" not in uid(one, "AB")


def test_a_mark_is_the_same_for_ever(protocols: dict[str, Protocol]) -> None:
    """Written down once: with another mark, everybody's calendar would show each entry twice."""
    items = items_of([JUNE], protocols["german-ms-page"], {})
    assert uid(item(items, Kind.DIET, "start"), "") == "00a3110f-ad85-5533-823d-d0772ac35b0b@piping-hot"
    assert uid(item(items, Kind.NEXT_COURSE), "") == "4f10d58a-ac78-5e11-ba45-a1c14b96362f@piping-hot"
    assert uid(next(one for one in items if one.kind is Kind.BLOOD), "") == "d7237cae-e681-5e91-9011-f4f184ea9507@piping-hot"


# ---- The file, read back by two parsers that know nothing of each other ----


def ical(items: tuple[Item, ...], sources: dict[str, Source], **changes: object) -> bytes:
    settings: dict[str, object] = {"stamp": STAMP, "sequence": 7, "plain": False, **changes}
    return to_ical(items, sources, **settings)  # type: ignore[arg-type]


def read_by_icalendar(file: bytes) -> dict[str, tuple[date, date, str, int]]:
    events = icalendar.Calendar.from_ical(file).walk("VEVENT")
    return {
        str(one["uid"]): (one.decoded("dtstart"), one.decoded("dtend"), str(one["summary"]), int(one["sequence"]))
        for one in events
    }


def read_by_vobject(file: bytes) -> dict[str, tuple[date, date, str, int]]:
    events = vobject.readOne(file.decode()).vevent_list
    return {
        one.uid.value: (one.dtstart.value, one.dtend.value, one.summary.value, int(one.sequence.value)) for one in events
    }


@pytest.mark.parametrize("read", [read_by_icalendar, read_by_vobject])
def test_the_file_reads_back_whole(protocols: dict[str, Protocol], sources: dict[str, Source], read: object) -> None:
    items = items_of([JUNE, NEXT_JUNE, THIRD], protocols["german-ms-page"], {})
    found = read(ical(items, sources))  # type: ignore[operator]
    one_day = timedelta(days=1)
    assert found == {uid(one, ""): (one.first_day, one.last_day + one_day, one.title, 7) for one in items}
    assert all(type(start) is date for start, *_ in found.values())


def test_the_file_keeps_to_the_standard(protocols: dict[str, Protocol], sources: dict[str, Source]) -> None:
    file = ical(items_of([JUNE], protocols["german-ms-page"], {}), sources)
    lines = file.split(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR" and b"VERSION:2.0" in lines
    starts = [line for line in lines if line.startswith(b"DTSTART")]
    assert starts and all(line.startswith(b"DTSTART;VALUE=DATE:") for line in starts)
    assert all(line == b"DTSTAMP:20261125T140000Z" for line in lines if line.startswith(b"DTSTAMP"))
    assert file == ical(items_of([JUNE], protocols["german-ms-page"], {}), sources)


def test_every_entry_says_that_the_team_comes_first_and_who_says_so(
    protocols: dict[str, Protocol], sources: dict[str, Source]
) -> None:
    file = ical(items_of([JUNE], protocols["german-ms-page"], {}), sources)
    for event in icalendar.Calendar.from_ical(file).walk("VEVENT"):
        assert TEAM_FIRST in event["description"] and "Who says so: " in event["description"]
        assert event["class"] == "PRIVATE"


def test_plain_titles_stand_in_the_file_when_asked_for(protocols: dict[str, Protocol], sources: dict[str, Source]) -> None:
    items = items_of([JUNE], protocols["german-ms-page"], {})
    titles = {title for _, _, title, _ in read_by_icalendar(ical(items, sources, plain=True)).values()}
    assert titles == {one.plain_title for one in items}


def test_only_what_was_chosen(protocols: dict[str, Protocol]) -> None:
    items = items_of([JUNE], protocols["german-ms-page"], {})
    assert {one.kind for one in chosen(items, {Kind.SKIN, Kind.DIET})} == {Kind.SKIN, Kind.DIET}
    assert chosen(items, ()) == ()


def test_the_sequence_grows() -> None:
    assert sequence_at(STAMP) + 1 == sequence_at(STAMP + timedelta(minutes=1)) < 2**31


def test_far_off_days_do_no_harm(protocols: dict[str, Protocol], sources: dict[str, Source]) -> None:
    items = items_of([plan_course(date(2099, 12, 31), 1)], protocols["uk-patient-2018"], {})
    assert read_by_icalendar(ical(items, sources))
