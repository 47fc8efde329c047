"""Does window.py land on the right day, on the side of more diet, and never say that the diet is over?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.course import course_of, earliest_next_course, is_far_off, plan_course
from planner.protocol import NOT_GIVEN, WHEN_TEAM_SAYS, Anchor, Bound, Phase, Protocol, Unit, read_bound
from planner.window import (
    RunsBackwards,
    Stage,
    TeamStop,
    Window,
    first_day,
    joined,
    last_day,
    months_from,
    say_day,
    stage,
    stands,
    window_of,
    windows_of,
)


def on(text: str) -> date:
    """The day in "Mon 2 Jun 2025"; the weekday in it must be true, so that a person can check a row by eye."""
    weekday, number, month, year = text.split()
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    day = date(int(year), months.index(month) + 1, int(number))
    assert f"{day:%a}" == weekday, f"{text} is a {day:%A}"
    return day


def infusions(first: str, last: str) -> dict[Anchor, date]:
    return {Anchor.FIRST_INFUSION: on(first), Anchor.LAST_INFUSION: on(last)}


def a_phase(starts: str, ends: str, ends_when: str = "", name: str = "diet") -> Phase:
    return Phase(name, read_bound(starts), read_bound(ends), ends_when)


def a_window(starts: str, ends: str, days: dict[Anchor, date], ends_when: str = "") -> Window:
    return window_of(a_phase(starts, ends, ends_when), days)


def a_protocol(*phases: Phase) -> Protocol:
    return Protocol(
        slug="invented",
        name="An invented hospital",
        authority="An invented hospital",
        country="UK",
        kind="hospital",
        version="2026",
        superseded=False,
        phases=phases,
        sources=("invented",),
        read_how="full",
        checked_on=date(2026, 1, 1),
        review_by=date(2027, 1, 1),
    )


STARTS = ("7 days", "14 days", "2 months", "8 weeks")
ENDS = ("28 days", "1 month", "3 months", "4 months", "16 weeks", "100 days")

WORKED = {
    "5 days in one week": (
        infusions("Mon 2 Jun 2025", "Fri 6 Jun 2025"),
        ("Mon 26 May 2025", "Mon 19 May 2025", "Wed 2 Apr 2025", "Mon 7 Apr 2025"),
        ("Fri 4 Jul 2025", "Sun 6 Jul 2025", "Sat 6 Sep 2025", "Mon 6 Oct 2025", "Fri 26 Sep 2025", "Sun 14 Sep 2025"),
    ),
    "last day on the 31st; 4 months on there is no 31 February, so the end moves on to 1 March": (
        infusions("Mon 27 Oct 2025", "Fri 31 Oct 2025"),
        ("Mon 20 Oct 2025", "Mon 13 Oct 2025", "Wed 27 Aug 2025", "Mon 1 Sep 2025"),
        # 1 month: there is no 31 November, so the end moves on to 1 December.
        ("Fri 28 Nov 2025", "Mon 1 Dec 2025", "Sat 31 Jan 2026", "Sun 1 Mar 2026", "Fri 20 Feb 2026", "Sun 8 Feb 2026"),
    ),
    "over a weekend; 2 months before 30 April there is no 30 February, so the start moves back to the 28th": (
        infusions("Thu 30 Apr 2026", "Mon 4 May 2026"),
        ("Thu 23 Apr 2026", "Thu 16 Apr 2026", "Sat 28 Feb 2026", "Thu 5 Mar 2026"),
        ("Mon 1 Jun 2026", "Thu 4 Jun 2026", "Tue 4 Aug 2026", "Fri 4 Sep 2026", "Mon 24 Aug 2026", "Wed 12 Aug 2026"),
    ),
    "a later course of 3 days in a leap year; no 31 February or 31 April, so both ends move on to the 1st": (
        infusions("Mon 29 Jan 2024", "Wed 31 Jan 2024"),
        ("Mon 22 Jan 2024", "Mon 15 Jan 2024", "Wed 29 Nov 2023", "Mon 4 Dec 2023"),
        (
            "Wed 28 Feb 2024",
            "Fri 1 Mar 2024",
            "Wed 1 May 2024",
            "Fri 31 May 2024",
            "Wed 22 May 2024",
            "Fri 10 May 2024",
        ),
    ),
    "across a month's end": (
        infusions("Mon 30 Mar 2026", "Fri 3 Apr 2026"),
        ("Mon 23 Mar 2026", "Mon 16 Mar 2026", "Fri 30 Jan 2026", "Mon 2 Feb 2026"),
        ("Fri 1 May 2026", "Sun 3 May 2026", "Fri 3 Jul 2026", "Mon 3 Aug 2026", "Fri 24 Jul 2026", "Sun 12 Jul 2026"),
    ),
}


@pytest.mark.parametrize(
    ("days", "before", "day"),
    [
        pytest.param(days, before, day, id=f"{before} before, {case}")
        for case, (days, starts, _) in WORKED.items()
        for before, day in zip(STARTS, starts, strict=True)
    ],
)
def test_a_start_counts_back_from_the_first_infusion(days: dict[Anchor, date], before: str, day: str) -> None:
    assert first_day(read_bound(f"{before} before first infusion"), days) == on(day)


@pytest.mark.parametrize(
    ("days", "after", "day"),
    [
        pytest.param(days, after, day, id=f"{after} after, {case}")
        for case, (days, _, ends) in WORKED.items()
        for after, day in zip(ENDS, ends, strict=True)
    ],
)
def test_an_end_counts_on_from_the_last_infusion(days: dict[Anchor, date], after: str, day: str) -> None:
    assert last_day(read_bound(f"{after} after last infusion"), days) == on(day)


@pytest.mark.parametrize(
    ("starts", "first", "day"),
    [
        pytest.param("1 month", "Mon 30 Mar 2026", "Sat 28 Feb 2026", id="no 30 February: the start moves back"),
        pytest.param("6 weeks", "Mon 2 Jun 2025", "Mon 21 Apr 2025", id="6 weeks before, as for vaccines"),
        pytest.param("4 days", "Mon 2 Jun 2025", "Thu 29 May 2025", id="4 days before, as for an antibiotic"),
        pytest.param("1 month", "Fri 31 Mar 2028", "Tue 29 Feb 2028", id="back into a leap February"),
        pytest.param("2 months", "Thu 1 Jan 2026", "Sat 1 Nov 2025", id="back over the new year"),
    ],
)
def test_further_starts(starts: str, first: str, day: str) -> None:
    assert first_day(read_bound(f"{starts} before first infusion"), {Anchor.FIRST_INFUSION: on(first)}) == on(day)


@pytest.mark.parametrize(
    ("ends", "last", "day"),
    [
        pytest.param("48 months", "Fri 6 Jun 2025", "Wed 6 Jun 2029", id="48 months of tests"),
        pytest.param("8 months", "Fri 6 Jun 2025", "Fri 6 Feb 2026", id="8 months, the latest infection reported"),
        pytest.param("1 month", "Wed 31 Dec 2025", "Sat 31 Jan 2026", id="on over the new year"),
        pytest.param("12 months", "Thu 29 Feb 2024", "Sat 1 Mar 2025", id="a leap day in a year without one"),
        pytest.param("48 months", "Thu 29 Feb 2024", "Tue 29 Feb 2028", id="a leap day in the next leap year"),
    ],
)
def test_further_ends(ends: str, last: str, day: str) -> None:
    assert last_day(read_bound(f"{ends} after last infusion"), {Anchor.LAST_INFUSION: on(last)}) == on(day)


JUNE = infusions("Mon 2 Jun 2025", "Fri 6 Jun 2025")


@pytest.mark.parametrize(
    ("one", "other"),
    [("4 weeks", "1 month"), ("16 weeks", "4 months"), ("100 days", "3 months"), ("8 weeks", "2 months")],
)
def test_edge_1_units_are_never_turned_into_each_other(one: str, other: str) -> None:
    assert last_day(read_bound(f"{one} after last infusion"), JUNE) != last_day(
        read_bound(f"{other} after last infusion"), JUNE
    )


def test_edge_2_a_month_too_short_makes_the_diet_longer_at_both_ends() -> None:
    days = infusions("Thu 30 Apr 2026", "Sun 31 May 2026")
    window = a_window("2 months before first infusion", "1 month after last infusion", days)
    assert (window.first_day, window.last_day) == (on("Sat 28 Feb 2026"), on("Wed 1 Jul 2026"))


def test_edge_3_months_are_one_step_and_do_not_drift() -> None:
    assert months_from(on("Fri 31 Oct 2025"), 3, move_on=False) == on("Sat 31 Jan 2026")
    assert months_from(on("Fri 31 Oct 2025"), 3, move_on=True) == on("Sat 31 Jan 2026")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("Sun 18 May 2025", Stage.STARTS_LATER, id="the day before the first"),
        pytest.param("Mon 19 May 2025", Stage.ON_DIET, id="the first day"),
        pytest.param("Fri 4 Jul 2025", Stage.ON_DIET, id="the boundary day itself is a diet day"),
        pytest.param("Sat 5 Jul 2025", Stage.ASK_TEAM, id="the first free day asks the team"),
        pytest.param("Mon 5 Jul 2060", Stage.ASK_TEAM, id="many years later it still asks the team"),
    ],
)
def test_edge_4_both_ends_are_diet_days(day: str, expected: Stage) -> None:
    window = a_window("2 weeks before first infusion", "4 weeks after last infusion", JUNE)
    assert window.first_free_day == on("Sat 5 Jul 2025")
    assert window.stage(on(day)) is expected


def test_edge_5_at_least_is_carried_with_each_end() -> None:
    window = a_window("at least 2 weeks before first infusion", "at least 4 weeks after last infusion", JUNE)
    assert (window.starts_at_least, window.ends_at_least) == (True, True)
    plain = a_window("2 weeks before first infusion", "4 weeks after last infusion", JUNE)
    assert (plain.starts_at_least, plain.ends_at_least) == (False, False)
    assert (window.first_day, window.last_day) == (plain.first_day, plain.last_day)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        pytest.param("not given", "not given", id="nothing given"),
        pytest.param("before first infusion", "not given", id="before, with no number"),
        pytest.param("from decision", "when your team says", id="a decision day that is not known"),
    ],
)
def test_edge_6_an_unspecified_end_is_no_date(starts: str, ends: str) -> None:
    window = a_window(starts, ends, JUNE)
    assert (window.first_day, window.last_day, window.first_free_day) == (None, None, None)
    assert window.stage(on("Sun 1 Jun 2025")) is Stage.NO_DATE


def test_edge_6_from_the_infusions_on_a_diet_without_dates_is_still_a_diet() -> None:
    window = a_window("not given", "not given", JUNE)
    assert window.stage(on("Mon 2 Jun 2025")) is Stage.ON_DIET
    assert window.stage(on("Wed 2 Jun 2027")) is Stage.ON_DIET


def test_edge_7_no_infusion_day_yet_is_no_date() -> None:
    window = a_window("2 weeks before first infusion", "4 weeks after last infusion", {})
    assert (window.first_day, window.last_day) == (None, None)
    assert window.stage(on("Mon 2 Jun 2025")) is Stage.NO_DATE


def test_edge_7_a_first_infusion_alone_gives_a_start_and_no_end() -> None:
    window = a_window(
        "2 weeks before first infusion", "4 weeks after last infusion", {Anchor.FIRST_INFUSION: on("Mon 2 Jun 2025")}
    )
    assert (window.first_day, window.last_day) == (on("Mon 19 May 2025"), None)
    assert window.stage(on("Wed 2 Jun 2027")) is Stage.ON_DIET


def test_edge_8_a_start_already_past_is_still_shown_and_the_diet_is_on() -> None:
    window = a_window("2 months before first infusion", "4 months after last infusion", JUNE)
    assert window.first_day == on("Wed 2 Apr 2025")
    assert window.stage(on("Fri 23 May 2025")) is Stage.ON_DIET


def test_edge_9_a_postponed_infusion_never_stops_a_diet_that_is_on() -> None:
    today = on("Tue 20 May 2025")
    before = [a_window("2 weeks before first infusion", "4 weeks after last infusion", JUNE)]
    later = infusions("Mon 4 Aug 2025", "Fri 8 Aug 2025")
    after = [a_window("2 weeks before first infusion", "4 weeks after last infusion", later)]
    assert (stage(before, today), stage(after, today)) == (Stage.ON_DIET, Stage.STARTS_LATER)
    assert stands(after, today, started_on=today) is Stage.ON_DIET


def test_edge_9_a_move_of_three_days_moves_both_ends_by_three_days() -> None:
    thursday = infusions("Thu 5 Jun 2025", "Mon 9 Jun 2025")
    window = a_window("2 weeks before first infusion", "4 weeks after last infusion", thursday)
    assert (window.first_day, window.last_day) == (on("Thu 22 May 2025"), on("Mon 7 Jul 2025"))


def test_edge_10_the_end_counts_from_the_last_day_given_and_never_from_the_first_plus_four() -> None:
    stopped_early = course_of((), [on("Mon 2 Jun 2025"), on("Tue 3 Jun 2025")])
    one_late = course_of((), [on("Mon 2 Jun 2025"), on("Thu 12 Jun 2025")], missed=[on("Tue 3 Jun 2025")])
    ends = read_bound("4 weeks after last infusion")
    assert last_day(ends, stopped_early.anchors) == on("Tue 1 Jul 2025")
    assert last_day(ends, one_late.anchors) == on("Thu 10 Jul 2025")


@pytest.mark.parametrize(
    ("number", "ends"),
    [
        pytest.param(1, "Fri 4 Jul 2025", id="the first course has 5 days"),
        pytest.param(2, "Wed 2 Jul 2025", id="the second has 3"),
        pytest.param(3, "Wed 2 Jul 2025", id="the third has 3"),
    ],
)
def test_edge_11_a_later_course_has_3_days_and_a_window_of_its_own(number: int, ends: str) -> None:
    course = plan_course(on("Mon 2 Jun 2025"), number)
    assert last_day(read_bound("4 weeks after last infusion"), course.anchors) == on(ends)


def test_edge_12_the_next_course_counts_from_the_last_dose() -> None:
    assert earliest_next_course(on("Fri 6 Jun 2025")) == on("Sat 6 Jun 2026")


def test_edge_12_after_a_leap_day_the_next_course_is_rounded_on() -> None:
    assert earliest_next_course(on("Thu 29 Feb 2024")) == on("Sat 1 Mar 2025")


def test_edge_13_courses_a_year_apart_stay_two_stretches() -> None:
    second = infusions("Mon 8 Jun 2026", "Wed 10 Jun 2026")
    phase = a_phase("2 months before first infusion", "4 months after last infusion")
    stretches = joined([window_of(phase, second), window_of(phase, JUNE)])
    assert [one.first_day for one in stretches] == [on("Wed 2 Apr 2025"), on("Wed 8 Apr 2026")]
    assert not any(one.is_joined for one in stretches)


@pytest.mark.parametrize(
    ("first", "last", "joins"),
    [
        pytest.param("Wed 1 Jan 2025", "Fri 10 Jan 2025", False, id="one free day between: two stretches"),
        pytest.param("Wed 1 Jan 2025", "Sat 11 Jan 2025", True, id="the next begins on the first free day: they touch"),
        pytest.param("Wed 1 Jan 2025", "Mon 20 Jan 2025", True, id="they overlap"),
        pytest.param("Wed 1 Jan 2025", "Mon 31 Mar 2025", True, id="one lies inside the other"),
    ],
)
def test_edge_13_windows_that_touch_become_one(first: str, last: str, joins: bool) -> None:
    one, next_one = Window(on(first), on(last)), Window(on("Sun 12 Jan 2025"), on("Fri 31 Jan 2025"))
    stretches = joined([next_one, one])
    assert (len(stretches) == 1) is joins
    assert max(stretch.last_day for stretch in stretches if stretch.last_day) == max(on(last), on("Fri 31 Jan 2025"))


def test_edge_13_a_window_that_only_the_team_ends_runs_into_the_next() -> None:
    (stretch,) = joined([Window(on("Mon 8 Jun 2026"), on("Wed 8 Jul 2026")), Window(on("Mon 2 Jun 2025"), None)])
    assert stretch.is_joined
    assert (stretch.first_day, stretch.last_day, stretch.first_free_day) == (on("Mon 2 Jun 2025"), None, None)


def test_edge_13_a_window_without_any_day_joins_nothing() -> None:
    stretches = joined([Window(None, None), Window(on("Mon 2 Jun 2025"), on("Fri 4 Jul 2025"))])
    assert [one.is_joined for one in stretches] == [False, False]


def test_edge_14_two_sheets_at_once_are_the_union_of_their_windows() -> None:
    one = a_window("1 week before first infusion", "4 months after last infusion", JUNE)
    other = a_window("2 months before first infusion", "4 weeks after last infusion", JUNE)
    (stretch,) = joined([one, other])
    assert (stretch.first_day, stretch.last_day) == (on("Wed 2 Apr 2025"), on("Mon 6 Oct 2025"))
    assert stage([one, other], on("Fri 1 Aug 2025")) is Stage.ON_DIET


def test_edge_15_two_phases_are_two_windows_and_one_stretch() -> None:
    protocol = a_protocol(
        a_phase("from transplant", "6 months after transplant", name="strict"),
        a_phase("6 months after transplant", "9 months after transplant", name="basic hygiene"),
    )
    windows = windows_of(protocol, {Anchor.TRANSPLANT: on("Mon 6 Jan 2025")})
    assert [(window.phase, window.first_day, window.last_day) for window in windows] == [
        ("strict", on("Mon 6 Jan 2025"), on("Sun 6 Jul 2025")),
        ("basic hygiene", on("Sun 6 Jul 2025"), on("Mon 6 Oct 2025")),
    ]
    assert len(joined(windows)) == 1
    assert stage(windows, on("Mon 7 Jul 2025")) is Stage.ON_DIET


def test_edge_16_a_window_that_a_blood_test_ends_never_ends_on_its_own() -> None:
    dated = a_window("not given", "3 months after last infusion", JUNE, ends_when="ask about your white blood cells")
    assert dated.ends_when == "ask about your white blood cells"
    assert dated.stage(on("Sun 7 Sep 2025")) is Stage.ASK_TEAM
    undated = a_window("2 weeks before first infusion", "when your team says", JUNE)
    assert undated.stage(on("Thu 6 Jun 2030")) is Stage.ON_DIET


def test_edge_17_a_diet_can_begin_again() -> None:
    again = infusions("Mon 8 Jun 2026", "Wed 10 Jun 2026")
    phase = a_phase("2 weeks before first infusion", "4 weeks after last infusion")
    windows = [window_of(phase, JUNE), window_of(phase, again)]
    assert stage(windows, on("Thu 1 Jan 2026")) is Stage.ASK_TEAM
    assert stage(windows, on("Mon 25 May 2026")) is Stage.ON_DIET


def test_edge_18_no_diet_has_no_windows_and_no_date() -> None:
    windows = windows_of(a_protocol(), JUNE)
    assert windows == ()
    assert stage(windows, on("Tue 3 Jun 2025")) is Stage.NO_DATE


@pytest.mark.parametrize("anchor", [anchor for anchor in Anchor if anchor is not Anchor.TEAM])
def test_edge_19_any_anchor_can_start_and_end_a_window(anchor: Anchor) -> None:
    window = a_window(f"from {anchor}", f"3 months after {anchor}", {anchor: on("Sun 10 Feb 2019")})
    assert (window.first_day, window.last_day) == (on("Sun 10 Feb 2019"), on("Fri 10 May 2019"))
    assert window.first_free_day == on("Sat 11 May 2019")


def test_edge_21_a_change_of_the_clocks_moves_no_day() -> None:
    days = infusions("Mon 24 Mar 2025", "Fri 28 Mar 2025")
    assert last_day(read_bound("2 days after last infusion"), days) == on("Sun 30 Mar 2025")
    assert last_day(read_bound("3 days after last infusion"), days) == on("Mon 31 Mar 2025")


def test_a_window_cannot_be_built_backwards() -> None:
    with pytest.raises(RunsBackwards, match="cannot end on Sunday 1 June 2025, before it starts on Monday 2 June 2025"):
        Window(on("Mon 2 Jun 2025"), on("Sun 1 Jun 2025"))


def test_a_window_of_one_day_is_a_window() -> None:
    assert on("Mon 2 Jun 2025") in Window(on("Mon 2 Jun 2025"), on("Mon 2 Jun 2025"))


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param([Stage.STARTS_LATER, Stage.ON_DIET], Stage.ON_DIET, id="on the diet beats everything"),
        pytest.param([Stage.ASK_TEAM, Stage.ON_DIET], Stage.ON_DIET, id="on the diet beats a course that is past"),
        pytest.param([Stage.ASK_TEAM, Stage.STARTS_LATER], Stage.ASK_TEAM, id="between courses: ask before you stop"),
        pytest.param([Stage.NO_DATE, Stage.STARTS_LATER], Stage.NO_DATE, id="a start nobody knows may be past"),
        pytest.param([], Stage.NO_DATE, id="nothing known"),
    ],
)
def test_the_most_cautious_stage_wins(windows: list[Stage], expected: Stage) -> None:
    today = on("Mon 2 Jun 2025")
    each = {
        Stage.NO_DATE: Window(None, None),
        Stage.STARTS_LATER: Window(today + timedelta(days=1), None),
        Stage.ON_DIET: Window(today, today),
        Stage.ASK_TEAM: Window(None, today - timedelta(days=1)),
    }
    assert stage([each[one] for one in windows], today) is expected


def test_no_stage_says_finished_but_the_teams_word() -> None:
    assert {one.value for one in Stage} == {"no_date", "starts_later", "on_diet", "ask_team", "team_stopped"}


# ---- The team's word, the only way off the diet ----

NURSE = TeamStop(date(2025, 7, 10), "my MS nurse")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("Wed 9 Jul 2025", Stage.ASK_TEAM, id="the day before it was said"),
        pytest.param("Thu 10 Jul 2025", Stage.TEAM_STOPPED, id="the day it was said"),
        pytest.param("Mon 10 Jul 2028", Stage.TEAM_STOPPED, id="years later"),
    ],
)
def test_the_teams_word_ends_a_diet_from_its_day_on(day: str, expected: Stage) -> None:
    window = a_window("2 weeks before first infusion", "4 weeks after last infusion", JUNE)
    assert stands([window], on(day), stop=NURSE) is expected


def test_the_teams_word_ends_a_diet_that_no_date_ends() -> None:
    window = a_window("2 weeks before first infusion", "when your team says", JUNE)
    assert stands([window], on("Thu 10 Jul 2025")) is Stage.ON_DIET
    assert stands([window], on("Thu 10 Jul 2025"), stop=NURSE) is Stage.TEAM_STOPPED


def test_the_teams_word_is_not_about_a_later_course() -> None:
    phase = a_phase("2 weeks before first infusion", "4 weeks after last infusion")
    windows = [window_of(phase, JUNE), window_of(phase, infusions("Mon 8 Jun 2026", "Wed 10 Jun 2026"))]
    assert stands(windows, on("Thu 1 Jan 2026"), stop=NURSE) is Stage.STARTS_LATER
    assert stands(windows, on("Mon 25 May 2026"), stop=NURSE) is Stage.ON_DIET


def test_the_teams_word_is_not_about_infusions_still_to_come() -> None:
    window = a_window("2 months before first infusion", "4 weeks after last infusion", JUNE)
    too_early = TeamStop(on("Thu 5 Jun 2025"), "my MS nurse")
    assert stands([window], on("Sat 7 Jun 2025"), stop=too_early) is Stage.ON_DIET
    assert stands([window], on("Sat 7 Jun 2025"), stop=TeamStop(on("Fri 6 Jun 2025"), "a nurse")) is Stage.TEAM_STOPPED


def test_who_keeps_the_diet_already_stays_on_it_whatever_the_dates_say() -> None:
    started = on("Thu 1 May 2025")
    window = a_window("2 weeks before first infusion", "4 weeks after last infusion", JUNE)
    assert stands([window], on("Wed 30 Apr 2025"), started) is Stage.STARTS_LATER
    assert stands([window], started, started) is Stage.ON_DIET
    assert stands([], started, started) is Stage.ON_DIET
    assert stands([window], on("Sat 5 Jul 2025"), started) is Stage.ASK_TEAM
    assert stands([window], on("Thu 10 Jul 2025"), started, NURSE) is Stage.TEAM_STOPPED


def test_a_stretch_ends_as_its_longest_window_does() -> None:
    short = a_window("1 week before first infusion", "at least 4 weeks after last infusion", JUNE)
    long = a_window("2 months before first infusion", "4 months after last infusion", JUNE)
    (stretch,) = joined([short, long])
    assert (stretch.begun_by, stretch.ends_with) == (on("Wed 2 Apr 2025"), long)
    (open_ended,) = joined([long, Window(on("Mon 5 May 2025"), None)])
    assert open_ended.ends_with.last_day is None


def test_a_day_is_said_with_its_weekday() -> None:
    assert say_day(on("Mon 6 Oct 2025")) == "Monday 6 October 2025"


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COUNTS = st.integers(1, 60)
FIRST_BOUNDS = st.one_of(
    st.just(NOT_GIVEN),
    st.just(WHEN_TEAM_SAYS),
    st.builds(Bound, COUNTS.map(int.__neg__), st.sampled_from(Unit), st.just(Anchor.FIRST_INFUSION), st.booleans()),
)
LAST_BOUNDS = st.one_of(
    st.just(NOT_GIVEN),
    st.just(WHEN_TEAM_SAYS),
    st.builds(Bound, COUNTS, st.sampled_from(Unit), st.just(Anchor.LAST_INFUSION), st.booleans()),
)
PHASES = st.builds(Phase, st.just("diet"), FIRST_BOUNDS, LAST_BOUNDS)
LENGTHS = st.integers(0, 40).map(lambda days: timedelta(days=days))
FEW = settings(max_examples=200)


def course(first: date, length: timedelta) -> dict[Anchor, date]:
    return {Anchor.FIRST_INFUSION: first, Anchor.LAST_INFUSION: first + length}


@FEW
@given(PHASES, DAYS, LENGTHS)
def test_a_window_never_runs_backwards_and_holds_every_infusion(phase: Phase, first: date, length: timedelta) -> None:
    window = window_of(phase, course(first, length))
    assert not (window.first_day and window.last_day) or window.first_day <= window.last_day
    assert first in window
    assert first + length in window


@FEW
@given(PHASES, DAYS, LENGTHS, LENGTHS)
def test_a_later_last_infusion_never_ends_the_diet_earlier(
    phase: Phase, first: date, length: timedelta, more: timedelta
) -> None:
    sooner = window_of(phase, course(first, length)).last_day
    later = window_of(phase, course(first, length + more)).last_day
    assert (sooner is None and later is None) or (sooner and later and sooner <= later)


@FEW
@given(DAYS, st.integers(-60, 60))
def test_a_month_step_lands_on_the_same_day_or_just_beside_a_short_month(day: date, months: int) -> None:
    back, on_ = months_from(day, months, move_on=False), months_from(day, months, move_on=True)
    exact = back == on_ and back.day == day.day
    moved = on_ - back == timedelta(days=1) and on_.day == 1 and back.day < day.day
    assert exact or moved
    assert (back.year - day.year) * 12 + back.month - day.month == months


@FEW
@given(st.lists(st.tuples(PHASES, DAYS, LENGTHS), max_size=4), st.tuples(PHASES, DAYS, LENGTHS), DAYS)
def test_one_more_course_never_shortens_the_diet(
    courses: list[tuple[Phase, date, timedelta]], one_more: tuple[Phase, date, timedelta], day: date
) -> None:
    windows = [window_of(phase, course(first, length)) for phase, first, length in courses]
    more = [*windows, window_of(one_more[0], course(*one_more[1:]))]
    assert stage(windows, day) is not Stage.ON_DIET or stage(more, day) is Stage.ON_DIET
    assert sum(len(stretch.windows) for stretch in joined(more)) == len(more)


def test_days_that_a_person_may_give_can_always_be_counted_from() -> None:
    assert not is_far_off(date(2099, 12, 31))
    assert last_day(read_bound("999 months after discharge"), {Anchor.DISCHARGE: date(2099, 12, 31)})
    assert first_day(read_bound("999 months before discharge"), {Anchor.DISCHARGE: date(2000, 1, 1)})
