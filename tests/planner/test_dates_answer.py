"""Does the answer say where a person stands, what changes when a course moves, and what to ask the team about?"""

from dataclasses import replace
from datetime import date

import pytest

from planner.answer import GOES_ON, KEEP_GOING, START_NOW, Answer, answer
from planner.course import CannotMove, Course, course_of
from planner.protocol import Anchor, Phase, Protocol, read_bound
from planner.timeline import Kind, moments_of, timeline_of
from planner.treatment import Treatment, parts_of
from planner.window import TeamStop

DAY = date(2026, 1, 1)
JUNE = course_of([date(2025, 6, day) for day in range(2, 7)], ())


def a_protocol(starts: str, ends: str, slug: str = "invented", ends_when: str = "") -> Protocol:
    phases = (Phase("diet", read_bound(starts), read_bound(ends), ends_when),)
    return Protocol(slug, f"Hospital {slug}", "x", "UK", "hospital", "2026", False, phases, ("x",), "full", DAY, DAY)


USUAL = a_protocol("2 weeks before first infusion", "4 weeks after last infusion")
AT_LEAST = a_protocol("at least 2 weeks before first infusion", "at least 4 weeks after last infusion")
OPEN = a_protocol("not given", "when your team says")


def say(
    treatment: Treatment,
    today: date,
    protocol: Protocol = USUAL,
    asked: date | None = None,
    move: tuple[int, date] | None = None,
) -> Answer:
    return answer([protocol], treatment, today, asked, move)


TWO_PARTS = replace(
    USUAL,
    phases=(
        Phase("strict", read_bound("2 weeks before first infusion"), read_bound("4 weeks after last infusion"), "ask"),
        Phase("lighter", read_bound("4 weeks after last infusion"), read_bound("3 months after last infusion"), "ring"),
    ),
)
LONGER = a_protocol("2 weeks before first infusion", "4 months after last infusion", slug="longer")


@pytest.mark.parametrize(
    ("protocols", "first", "last"),
    [
        pytest.param(
            [TWO_PARTS],
            [
                ("First day of the diet", "Monday 19 May 2025 (2 weeks before the first infusion)."),
                ("Last day of this part", "Friday 4 July 2025 (4 weeks after the last infusion)."),
                ("The day after", "the diet goes on."),
                ("Before this part ends", "ask."),
            ],
            [
                ("First day of this part", "Friday 4 July 2025 (4 weeks after the last infusion)."),
                ("Last day of the diet", "Saturday 6 September 2025 (3 months after the last infusion)."),
                ("First day without it", "Sunday 7 September 2025."),
                ("Before you stop", "ring."),
            ],
            id="a lighter part follows",
        ),
        pytest.param(
            [USUAL, LONGER],
            [
                ("First day of the diet", "Monday 19 May 2025 (2 weeks before the first infusion)."),
                ("Last day of this part", "Friday 4 July 2025 (4 weeks after the last infusion)."),
                ("The day after", "the diet goes on."),
            ],
            [
                ("First day of the diet", "Monday 19 May 2025 (2 weeks before the first infusion)."),
                ("Last day of the diet", "Monday 6 October 2025 (4 months after the last infusion)."),
                ("First day without it", "Tuesday 7 October 2025."),
            ],
            id="a second sheet is longer",
        ),
    ],
)
def test_a_part_that_another_follows_never_tells_of_a_day_without_the_diet(
    protocols: list[Protocol], first: list[tuple[str, str]], last: list[tuple[str, str]]
) -> None:
    found = answer(protocols, Treatment((JUNE,)), DAY, None, (0, date(2025, 6, 9)))
    assert [list(part.pairs) for part in found.parts] == [first, last]
    assert found.move
    assert sum("First day without it" in change.question for change in found.move.changes) == 1


@pytest.mark.parametrize(
    ("today", "says"),
    [
        pytest.param(
            date(2025, 5, 18),
            (
                "Today, Sunday 18 May 2025: the diet starts later. Keep it if you have started.",
                "It starts on Monday 19 May 2025.",
            ),
            id="the day before the first",
        ),
        pytest.param(
            date(2025, 5, 19), ("Today, Monday 19 May 2025: on the diet.", "This is day 1 of 47."), id="the first day"
        ),
        pytest.param(
            date(2025, 5, 23),
            ("Today, Friday 23 May 2025: on the diet.", "This is day 5 of 47.", START_NOW),
            id="edge 8: a start already past, the infusions still to come",
        ),
        pytest.param(
            date(2025, 7, 4), ("Today, Friday 4 July 2025: on the diet.", "This is day 47 of 47."), id="the last day"
        ),
        pytest.param(
            date(2025, 7, 5), ("Today, Saturday 5 July 2025: ask your MS team before you stop.",), id="the day after"
        ),
    ],
)
def test_where_a_person_stands_today(today: date, says: tuple[str, ...]) -> None:
    assert say(Treatment((JUNE,)), today).today == says


def test_on_the_diet_with_no_date_known() -> None:
    found = say(Treatment(started_on=DAY), DAY)
    assert found.today == (
        "Today, Thursday 1 January 2026: on the diet.",
        "Your dates do not ask for it on this day. You said that you have started, so keep going.",
    )
    assert found.timeline is None


def test_an_end_that_only_the_team_knows() -> None:
    found = say(Treatment((JUNE,)), date(2025, 6, 10), OPEN)
    assert found.today == ("Today, Tuesday 10 June 2025: on the diet.", "The last day is not known yet.")


def test_a_day_that_is_asked_about_is_answered_beside_today() -> None:
    found = say(Treatment((JUNE,)), date(2025, 5, 1), asked=date(2025, 7, 5))
    assert found.asked == ("On Saturday 5 July 2025: ask your MS team before you stop.",)
    assert say(Treatment((JUNE,)), date(2025, 5, 1)).asked == ()


def test_the_teams_word_is_said_with_who_and_when() -> None:
    found = say(Treatment((JUNE,), stop=TeamStop(date(2025, 7, 10), "my MS nurse")), date(2025, 7, 12))
    assert found.today == (
        "Today, Saturday 12 July 2025: off the diet, because your MS team said so.",
        "You recorded on Thursday 10 July 2025 that my MS nurse said stop.",
    )


def test_a_word_that_was_said_before_an_infusion_says_that_the_diet_goes_on() -> None:
    found = say(Treatment((JUNE,), stop=TeamStop(date(2025, 5, 20), "my MS nurse")), date(2025, 6, 3))
    assert found.today[0] == "Today, Tuesday 3 June 2025: on the diet."
    assert found.today[-2:] == ("You recorded on Tuesday 20 May 2025 that my MS nurse said stop.", GOES_ON)


# ---- What if it moves? ----


def test_a_move_shows_each_day_before_and_after() -> None:
    move = say(Treatment((JUNE,)), date(2025, 5, 1), move=(0, date(2025, 6, 9))).move
    assert move
    assert [(one.question, one.before, one.after, one.moves) for one in move.changes] == [
        ("First infusion", "Monday 2 June 2025", "Monday 9 June 2025", "7 days later"),
        ("Last infusion", "Friday 6 June 2025", "Friday 13 June 2025", "7 days later"),
        ("First day of the diet", "Monday 19 May 2025", "Monday 26 May 2025", "7 days later"),
        ("Last day of the diet", "Friday 4 July 2025", "Friday 11 July 2025", "7 days later"),
        ("First day without it", "Saturday 5 July 2025", "Saturday 12 July 2025", "7 days later"),
    ]


@pytest.mark.parametrize(
    ("today", "to", "says"),
    [
        pytest.param(date(2025, 5, 20), date(2025, 8, 4), KEEP_GOING, id="on the diet, and it moves far away"),
        pytest.param(date(2025, 5, 20), date(2025, 5, 26), KEEP_GOING, id="on the diet, and it comes nearer"),
        pytest.param(
            date(2025, 5, 10),
            date(2025, 5, 20),
            f"With the new days you are on the diet today. {START_NOW}",
            id="not yet on it, and it comes so near that the diet is on",
        ),
        pytest.param(
            date(2025, 7, 10),
            date(2025, 9, 1),
            "Ask your MS team before you stop. A new day does not end the diet.",
            id="past the last day",
        ),
        pytest.param(
            date(2025, 5, 1), date(2025, 6, 9), "Tell your MS team that you have these new days.", id="long before"
        ),
    ],
)
def test_a_move_says_what_to_do_today_and_never_to_stop(today: date, to: date, says: str) -> None:
    move = say(Treatment((JUNE,)), today, move=(0, to)).move
    assert move
    assert move.says[0] == says


def test_a_move_of_one_of_two_courses_shows_that_one() -> None:
    second = course_of([date(2026, 6, 8)], ())
    move = say(Treatment((JUNE, second)), date(2025, 5, 1), move=(1, date(2026, 6, 9))).move
    assert move and move.course == 2
    assert [one.question for one in move.changes] == [
        "First infusion",
        "Last infusion",
        "Course 2: First day of the diet",
        "Course 2: Last day of the diet",
        "Course 2: First day without it",
    ]
    assert {one.moves for one in move.changes} == {"1 day later"}


def test_a_move_too_close_to_the_course_before_is_warned_about() -> None:
    second = course_of([date(2026, 6, 8)], ())
    treatment = Treatment((JUNE, second))
    assert say(treatment, DAY).warnings == ()
    move = say(treatment, DAY, move=(1, date(2026, 6, 5))).move
    assert move and move.warnings[0].startswith("Course 2 starts on Friday 5 June 2026. That is too soon")


def test_a_move_into_the_next_course_is_refused() -> None:
    second = course_of([date(2026, 6, 8)], ())
    with pytest.raises(CannotMove, match="With this day, course 1 runs into course 2. Move the other course first."):
        say(Treatment((JUNE, second)), DAY, move=(0, date(2026, 6, 4)))


# ---- Courses ----


@pytest.mark.parametrize(
    ("second", "warned"),
    [
        pytest.param(date(2026, 6, 5), True, id="the day before 12 months are over"),
        pytest.param(date(2026, 6, 6), False, id="12 months to the day"),
    ],
)
def test_a_course_within_12_months_of_the_last_dose_is_warned_about(second: date, warned: bool) -> None:
    found = say(Treatment((JUNE, course_of([second], ()))), DAY).warnings
    assert bool(found) is warned
    if warned:
        first, then = found
        assert first == "Course 2 starts on Friday 5 June 2026. That is too soon after the course before it."
        assert then.startswith("A course starts at least 12 months after the last dose before it: Saturday 6 June 2026")


def test_a_third_course_counts_from_the_second() -> None:
    second, third = course_of((), [date(2026, 6, 8)]), course_of([date(2027, 6, 7)], ())
    (first, _) = say(Treatment((JUNE, second, third)), DAY).warnings
    assert first.startswith("Course 3 starts on Monday 7 June 2027.")


def test_a_day_a_year_after_the_one_before_it_may_be_a_slip() -> None:
    slip = course_of([date(2025, 6, 2), date(2026, 6, 3)], ())
    assert say(Treatment((slip,)), DAY).warnings == (
        "Course 1: Wednesday 3 June 2026 is 366 days after the infusion before it. Check the day.",
    )


def test_windows_that_run_into_each_other_say_why_they_are_one() -> None:
    long = a_protocol("2 months before first infusion", "12 months after last infusion")
    second = course_of([date(2026, 6, 8)], ())
    assert say(Treatment((JUNE, second)), DAY, long).joined == (
        "These leave no free day between them, so they are one diet.",
        "It runs from Wednesday 2 April 2025 to Tuesday 8 June 2027.",
    )


def test_headings_tell_sheets_and_courses_apart_only_where_there_are_several() -> None:
    treatment = Treatment((JUNE, course_of([date(2026, 6, 8)], ())))
    assert [one.heading for one in say(Treatment((JUNE,)), DAY).parts] == [""]
    assert [one.heading for one in say(treatment, DAY).parts] == ["Course 1", "Course 2"]
    small = replace(USUAL, name="fokus-ms.de")
    other = a_protocol("not given", "not given", slug="other")
    assert [one.heading for one in answer([small, other], treatment, DAY, None, None).parts][0] == "fokus-ms.de, course 1"
    both = answer([USUAL, a_protocol("not given", "not given", slug="other")], Treatment((JUNE,)), DAY, None, None)
    assert [one.heading for one in both.parts] == ["Hospital invented", "Hospital other"]


# ---- The timeline ----


def kinds(protocol: Protocol, treatment: Treatment, today: date = date(2025, 5, 1)) -> list[tuple[Kind, date | None]]:
    return [(one.kind, one.day) for one in moments_of(parts_of([protocol], treatment), treatment, today)]


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        pytest.param(
            USUAL,
            [
                (Kind.TODAY, date(2025, 5, 1)),
                (Kind.START, date(2025, 5, 19)),
                (Kind.INFUSIONS, date(2025, 6, 2)),
                (Kind.END, date(2025, 7, 4)),
                (Kind.FREE, date(2025, 7, 5)),
            ],
            id="a first and a last day",
        ),
        pytest.param(
            AT_LEAST,
            [
                (Kind.TODAY, date(2025, 5, 1)),
                (Kind.START, date(2025, 5, 19)),
                (Kind.INFUSIONS, date(2025, 6, 2)),
                (Kind.END_AT_LEAST, date(2025, 7, 4)),
                (Kind.FREE, date(2025, 7, 5)),
            ],
            id="at least",
        ),
        pytest.param(
            OPEN,
            [
                (Kind.TODAY, date(2025, 5, 1)),
                (Kind.START_UNKNOWN, None),
                (Kind.INFUSIONS, date(2025, 6, 2)),
                (Kind.END_TEAM, None),
            ],
            id="no start given, and only the team ends it",
        ),
    ],
)
def test_the_line_holds_everything_in_order(protocol: Protocol, expected: list[tuple[Kind, date | None]]) -> None:
    assert kinds(protocol, Treatment((JUNE,))) == expected


@pytest.mark.parametrize(
    ("today", "after"),
    [
        pytest.param(date(2025, 5, 19), None, id="the first day: before the start that it stands on"),
        pytest.param(date(2025, 5, 20), Kind.START, id="on the diet"),
        pytest.param(date(2025, 6, 3), Kind.INFUSIONS, id="among the infusions"),
        pytest.param(date(2025, 7, 4), Kind.INFUSIONS, id="the last day: before the end that it stands on"),
        pytest.param(date(2026, 7, 4), Kind.FREE, id="a year later"),
    ],
)
def test_today_stands_where_it_belongs(today: date, after: Kind | None) -> None:
    found = [kind for kind, _ in kinds(USUAL, Treatment((JUNE,)), today)]
    place = found.index(Kind.TODAY)
    assert (found[place - 1] if place else None) is after


def test_the_ends_are_drawn_differently() -> None:
    bands = {}
    for name, protocol in (("given", USUAL), ("at least", AT_LEAST), ("team", OPEN)):
        drawn = timeline_of(parts_of([protocol], Treatment((JUNE,))), Treatment((JUNE,)), DAY)
        assert drawn
        bands[name] = [band.kind for band in drawn.bands]
    assert bands == {"given": ["diet"], "at least": ["diet", "at-least"], "team": ["unknown", "diet", "team"]}


def test_each_infusion_is_a_dot_that_says_whether_it_was_given() -> None:
    treatment = Treatment((course_of([date(2025, 6, 4)], [date(2025, 6, 2)], [date(2025, 6, 3)]),))
    drawn = timeline_of(parts_of([USUAL], treatment), treatment, DAY)
    assert drawn
    (infusions,) = (label for label in drawn.labels if label.dots)
    assert [dot.is_given for dot in infusions.dots] == [True, False]


def test_the_drawing_runs_down_without_overlaps_and_stays_on_its_ground() -> None:
    courses = (JUNE, course_of([date(2026, 6, day) for day in (8, 9, 10)], ()))
    stop = TeamStop(date(2025, 8, 1), "my MS nurse, whose name is long enough for a second line of words")
    treatment = Treatment(courses, stop=stop)
    for protocol in (USUAL, AT_LEAST, OPEN):
        drawn = timeline_of(parts_of([protocol], treatment), treatment, DAY)
        assert drawn
        for above, below in zip(drawn.labels, drawn.labels[1:], strict=False):
            assert below.y - above.y >= 21 * len(above.lines)
        assert all(band.top < band.bottom <= drawn.height for band in drawn.bands)
        assert all(len(line) <= 36 for label in drawn.labels for line in label.lines)


@pytest.mark.parametrize(
    ("protocol", "said", "expected"),
    [
        pytest.param(OPEN, date(2025, 8, 1), [Kind.START_UNKNOWN, Kind.INFUSIONS, Kind.STOP], id="it ends the diet"),
        pytest.param(
            USUAL,
            date(2025, 8, 1),
            [Kind.START, Kind.INFUSIONS, Kind.END, Kind.FREE, Kind.STOP],
            id="it comes after the last day",
        ),
        pytest.param(USUAL, date(2025, 6, 20), [Kind.START, Kind.INFUSIONS, Kind.STOP], id="it comes before the last day"),
        pytest.param(
            OPEN,
            date(2025, 6, 4),
            [Kind.START_UNKNOWN, Kind.INFUSIONS, Kind.STOP_NOTED, Kind.END_TEAM],
            id="infusions were still to come, so the diet goes on",
        ),
    ],
)
def test_the_teams_word_ends_the_line(protocol: Protocol, said: date, expected: list[Kind]) -> None:
    treatment = Treatment((JUNE,), stop=TeamStop(said, "my MS nurse"))
    assert [kind for kind, _ in kinds(protocol, treatment, date(2024, 1, 1))][1:] == expected
    drawn = timeline_of(parts_of([protocol], treatment), treatment, date(2024, 1, 1))
    assert drawn
    (diet,) = (band for band in drawn.bands if band.kind == "diet")
    ends = next(label for label in drawn.labels if label.kind in (Kind.END, Kind.END_TEAM, Kind.STOP))
    assert diet.bottom == ends.y


def test_a_course_after_the_teams_word_is_a_diet_again_even_where_nothing_else_ended_the_first() -> None:
    second = course_of([date(2026, 6, 8)], ())
    treatment = Treatment((JUNE, second), stop=TeamStop(date(2025, 8, 1), "my MS nurse"))
    drawn = timeline_of(parts_of([OPEN], treatment), treatment, DAY)
    assert drawn and [band.kind for band in drawn.bands] == ["unknown", "diet", "unknown", "diet", "team"]
    assert say(treatment, DAY, OPEN).joined == ()


def test_nothing_is_drawn_where_no_day_is_known() -> None:
    for treatment in (Treatment(), Treatment((Course(()),)), Treatment(others={Anchor.TRANSPLANT: DAY})):
        assert timeline_of(parts_of([USUAL], treatment), treatment, DAY) is None


def test_two_courses_are_two_bands_with_the_words_to_ask_between_them() -> None:
    treatment = Treatment((JUNE, course_of([date(2026, 6, 8)], ())))
    drawn = timeline_of(parts_of([USUAL], treatment), treatment, DAY)
    assert drawn and [band.kind for band in drawn.bands] == ["diet", "diet"]
    names = [moment.name for moment in drawn.moments]
    assert names[:4] == ["First day of the diet", "Infusions, course 1", "Last day of the diet", "First day without it"]


def test_a_provisional_end_says_so() -> None:
    given = course_of((), [date(2025, 6, 2)])
    for course, says in ((JUNE, "If all goes as planned. It is a diet day too."), (given, "It is a diet day too.")):
        treatment = Treatment((course,))
        (end,) = (one for one in moments_of(parts_of([USUAL], treatment), treatment, DAY) if one.kind is Kind.END)
        assert end.says == says


def test_a_discharge_that_moves_with_the_course_moves_the_end() -> None:
    london = a_protocol("from decision", "3 months after discharge")
    course = replace(JUNE, decision=date(2025, 1, 6), discharge=date(2025, 6, 7))
    move = say(Treatment((course,)), DAY, london, move=(0, date(2025, 6, 9))).move
    assert move
    ends = {one.question: one.after for one in move.changes}
    assert ends["Last day of the diet"] == "Sunday 14 September 2025"
    assert ends["First day of the diet"] == "Monday 6 January 2025"
