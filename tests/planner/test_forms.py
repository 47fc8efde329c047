"""Does the dates form keep what was typed, and say beside the box what to do?"""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from planner.forms import DatesForm, as_filled, mistakes
from planner.protocol import Anchor, Protocol
from planner.treatment import Treatment
from planner.window import TeamStop

DAY = date(2026, 1, 1)


def a_protocol(slug: str, superseded: bool = False) -> Protocol:
    return Protocol(slug, f"Hospital {slug}", "x", "UK", "hospital", "2026", superseded, (), ("x",), "full", DAY, DAY)


PROTOCOLS = {"new": a_protocol("new"), "old": a_protocol("old", superseded=True)}


TODAY = date(2025, 6, 10)
FIRST = "courses-0-first"


def boxes(**typed: str) -> dict[str, str]:
    """What a browser sends for `courses_0_first="2 6 2025"`: three boxes, where "-" leaves one empty."""
    return {
        f"{field.replace('__', '-')}-{box}": value.replace("-", "")
        for field, text in typed.items()
        for box, value in zip(("day", "month", "year"), text.split(" "), strict=True)
    }


def form_with(protocol: str = "", also: dict[str, str] | None = None, **typed: str) -> DatesForm:
    """The form as sent: days as in `boxes`, and `also` whatever else stands in it."""
    sent = MultiDict({"protocol": protocol, **(also or {}), **boxes(**typed)})
    return DatesForm(sent, protocols=PROTOCOLS, today=TODAY)


def rows(*days: tuple[str, str]) -> dict[str, str]:
    """The rows of a first course: each a day and how it went."""
    sent: dict[str, str] = {}
    for number, (day, state) in enumerate(days):
        sent |= boxes(**{f"courses__0__days__{number}__on": day}) | {f"courses-0-days-{number}-state": state}
    return sent


def test_an_empty_form_is_fine_and_knows_no_day() -> None:
    form = form_with()
    assert form.press("") == Treatment()
    assert form.on.data is None


def test_a_page_that_was_not_sent_has_empty_boxes() -> None:
    form = DatesForm(protocols=PROTOCOLS, today=TODAY)
    assert form.courses[0].form.first.typed == {"day": "", "month": "", "year": ""}
    assert form.protocol.data == ""


def test_a_first_day_alone_stands_for_the_usual_plan() -> None:
    treatment = form_with(courses__0__first="2 6 2025", courses__1__first="8 6 2026").press("")
    assert treatment
    assert [(one.first_day, len(one.planned), one.given) for one in treatment.courses] == [
        (date(2025, 6, 2), 5, ()),
        (date(2026, 6, 8), 3, ()),
    ]


def test_rows_say_how_each_day_went() -> None:
    sent = rows(
        ("2 6 2025", "given"), ("3 6 2025", "missed"), ("4 6 2025", "given"), ("12 6 2025", "planned"), ("- - -", "")
    )
    (course,) = form_with(also={**sent, "courses-0-days-4-state": "planned"}).press("").courses  # type: ignore[union-attr]
    assert course.given == (date(2025, 6, 2), date(2025, 6, 4))
    assert (course.planned, course.missed) == ((date(2025, 6, 12),), (date(2025, 6, 3),))


def test_other_days_are_read_from_three_boxes() -> None:
    form = form_with("new", transplant="31 1 2025", courses__0__discharge="7 6 2025", on="1 7 2025")
    treatment = form.press("")
    assert treatment and treatment.others == {Anchor.TRANSPLANT: date(2025, 1, 31)}
    assert treatment.courses[0].anchors == {Anchor.DISCHARGE: date(2025, 6, 7)}
    assert form.on.data == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("typed", "sentence", "boxes"),
    [
        pytest.param("31 2 2026", "must be a real date, like 14 8 2026.", ("day", "month", "year"), id="no such day"),
        pytest.param("x y z", "must be a real date, like 14 8 2026.", ("day", "month", "year"), id="letters"),
        pytest.param("² 8 2026", "must be a real date, like 14 8 2026.", ("day", "month", "year"), id="a raised 2"),
        pytest.param("1 1 " + "9" * 5000, "must be a real date, like 14 8 2026.", ("day", "month", "year"), id="endless"),
        pytest.param("14 - 2026", "must have a month too, like 14 8 2026.", ("month",), id="no month"),
        pytest.param("14 - -", "must have a month and a year too, like 14 8 2026.", ("month", "year"), id="a day alone"),
        pytest.param("14 8 26", "must have a year from 2000 to 2099, like 14 8 2026.", ("year",), id="a short year"),
        pytest.param("1 1 1900", "must have a year from 2000 to 2099, like 14 8 2026.", ("year",), id="long ago"),
        pytest.param("31 12 9999", "must have a year from 2000 to 2099, like 14 8 2026.", ("year",), id="end of time"),
    ],
)
def test_a_day_that_cannot_be_gets_a_sentence_and_keeps_what_was_typed(
    typed: str, sentence: str, boxes: tuple[str, ...]
) -> None:
    form = form_with(courses__0__first=typed)
    assert form.press("") is None
    first = form.courses[0].form.first
    assert mistakes(form) == [(f"{FIRST}-{boxes[0]}", f"First infusion day {sentence}")]
    assert first.wrong_boxes == boxes
    assert list(first.typed.values()) == typed.replace("-", "").split(" ")


@pytest.mark.parametrize(
    ("form", "control", "sentence"),
    [
        pytest.param(
            form_with(also=rows(("2 6 2025", "given"), ("2 6 2025", "planned"))),
            "courses-0-days-1-on-day",
            "Day 2 is there already. Change it, or leave its boxes empty.",
            id="one day twice",
        ),
        pytest.param(
            form_with(also=rows(("9 6 2025", "given"), ("11 6 2025", "given"))),
            "courses-0-days-1-on-day",
            "Day 2 is still to come, so it must be planned or missed.",
            id="given tomorrow",
        ),
        pytest.param(
            form_with(also=rows(("9 6 2025", "moon"))),
            "courses-0-days-0-state",
            "How day 1 went must be planned, given or missed.",
            id="a state that is none",
        ),
        pytest.param(
            form_with(courses__0__first="2 6 2025", courses__1__first="5 6 2025"),
            "courses-1-first-day",
            "Course 2 must start after Friday 6 June 2025, the last day of the course before it.",
            id="a second course inside the first",
        ),
        pytest.param(
            form_with(courses__0__first="2 6 2025", courses__1__first="31 2 2026"),
            "courses-1-first-day",
            "Course 2: first infusion day must be a real date, like 14 8 2026.",
            id="a mistake says which course it is in",
        ),
        pytest.param(
            form_with(courses__0__first="2 6 2025", courses__0__discharge="4 6 2025"),
            "courses-0-discharge-day",
            "Discharge cannot be before the last infusion on Friday 6 June 2025. Check both days.",
            id="home before the last infusion",
        ),
        pytest.param(
            form_with(courses__0__first="2 6 2025", courses__0__decision="4 6 2025"),
            "courses-0-first-day",
            "The first infusion cannot be before the decision on Wednesday 4 June 2025. Check both days.",
            id="treated before deciding",
        ),
        pytest.param(
            form_with(also={"move_course": "7"}),
            "move_course",
            "Which course moves must be one of your courses.",
            id="a course that is not there",
        ),
    ],
)
def test_days_that_cannot_be_are_said_beside_their_boxes(form: DatesForm, control: str, sentence: str) -> None:
    assert form.press("") is None
    assert mistakes(form) == [(control, sentence)]


@pytest.mark.parametrize(
    "name",
    ["courses-²-first-day", "courses-99999-first-day", "courses--first-day", "courses-0-days-x-on-day", "courses-"],
)
def test_made_up_names_of_boxes_are_no_rows(name: str) -> None:
    assert form_with(also={name: "1"}).press("") == Treatment()


# ---- The buttons ----


def test_all_given_is_all_up_to_today() -> None:
    treatment = form_with(courses__0__first="9 6 2025").press("given-1")
    assert treatment and treatment.courses[0].given == (date(2025, 6, 9), TODAY)
    assert len(treatment.courses[0].planned) == 3


def test_a_course_can_be_taken_away() -> None:
    treatment = form_with(courses__0__first="2 6 2025", courses__1__first="8 6 2026").press("drop-1")
    assert treatment and [one.first_day for one in treatment.courses] == [date(2026, 6, 8)]


@pytest.mark.parametrize("button", ["drop-9", "given-²", "given-", "drop-99999999999999999999", "moon", "drop"])
def test_a_button_that_is_none_of_ours_changes_nothing(button: str) -> None:
    treatment = form_with(courses__0__first="2 6 2025").press(button)
    assert treatment and len(treatment.courses) == 1 and not treatment.courses[0].given


def test_the_new_days_of_a_move_are_taken_over() -> None:
    form = form_with("new", courses__0__first="16 6 2025", move_to="7 7 2025")
    assert form.press("").courses[0].first_day == date(2025, 6, 16)  # type: ignore[union-attr]
    assert form.press("use-move").courses[0].first_day == date(2025, 7, 7)  # type: ignore[union-attr]


def test_a_move_into_days_that_were_given_is_refused_beside_the_new_day() -> None:
    form = form_with("new", also=rows(("9 6 2025", "given"), ("12 6 2025", "planned")), move_to="8 6 2025")
    assert form.press("use-move") is None
    assert mistakes(form) == [("move_to-day", "The new day must be after Monday 9 June 2025, the last day that was given.")]


def test_the_teams_word_needs_who_and_when() -> None:
    form = form_with(also={"stopped": ""})
    assert form.press("stop") is None
    assert mistakes(form) == [
        ("stop_who", "Who said so must be filled in, like my MS nurse, in at most 80 letters."),
        ("stop_day-day", "Day they said so must be a date, like 14 8 2026."),
    ]


def test_the_teams_word_cannot_be_said_tomorrow() -> None:
    form = form_with(also={"stop_who": "my MS nurse"}, stop_day="11 6 2025")
    assert form.press("stop") is None
    assert mistakes(form) == [("stop_day-day", "Day they said so must be today or before.")]
    assert (form.stopped.data, form.stop_who.data) == ("", "my MS nurse"), "what was refused is not recorded, nor lost"


def test_the_teams_word_is_recorded_only_by_its_button_and_can_be_undone() -> None:
    said = {"stop_who": " my MS nurse "}
    assert form_with(also=said, stop_day="10 6 2025").press("").stop is None  # type: ignore[union-attr]
    recorded = form_with(also=said, stop_day="10 6 2025").press("stop")
    assert recorded and recorded.stop == TeamStop(TODAY, "my MS nurse")
    kept = form_with(also={**said, "stopped": "yes"}, stop_day="10 6 2025")
    assert kept.press("").stop == TeamStop(TODAY, "my MS nurse")  # type: ignore[union-attr]
    assert kept.press("undo-stop").stop is None  # type: ignore[union-attr]


def test_a_fresh_form_holds_the_same_treatment() -> None:
    sent = rows(("2 6 2025", "given"), ("3 6 2025", "missed"), ("12 6 2025", "planned"))
    form = form_with(
        "new",
        also={**sent, "stop_who": "my MS nurse", "started": "y"},
        courses__0__discharge="13 6 2025",
        stop_day="9 6 2025",
        transplant="1 1 2025",
        courses__1__first="8 6 2026",
    )
    treatment = form.press("stop")
    assert treatment
    fresh = DatesForm(protocols=PROTOCOLS, today=TODAY, filled=as_filled(form, treatment, True, "add-course"))
    assert fresh.treatment() == treatment
    assert fresh.chosen == form.chosen
    assert len(fresh.courses) == 3


def test_only_protocols_that_are_offered_can_be_chosen() -> None:
    assert [(one.value, one.label, one.optgroup) for one in form_with().protocol.choices] == [
        ("", "I have not chosen yet", None),
        ("new", "Hospital new", "Alemtuzumab"),
    ]
    for slug in ("moon-hospital", "old"):
        form = form_with(slug)
        assert form.press("") is None
        assert mistakes(form) == [("protocol", 'My hospital must be one from the list, or "I have not chosen yet".')]
