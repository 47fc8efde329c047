"""Does the dates form keep what was typed, and say beside the box what to do?"""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from planner.forms import DatesForm
from planner.protocol import Anchor, Protocol

DAY = date(2026, 1, 1)


def a_protocol(slug: str, superseded: bool = False) -> Protocol:
    return Protocol(slug, f"Hospital {slug}", "x", "UK", "hospital", "2026", superseded, (), ("x",), "full", DAY, DAY)


PROTOCOLS = {"new": a_protocol("new"), "old": a_protocol("old", superseded=True)}


def form_with(**typed: str) -> DatesForm:
    """The form as sent, where `first_infusion="2 6 2025"` fills its three boxes and "-" leaves a box empty."""
    sent = MultiDict({"protocol": typed.pop("protocol", "")})
    for field, text in typed.items():
        for box, value in zip(("day", "month", "year"), text.split(" "), strict=True):
            sent[f"{field}-{box}"] = value.replace("-", "")
    return DatesForm(sent, protocols=PROTOCOLS)


def test_an_empty_form_is_fine_and_knows_no_day() -> None:
    form = form_with()
    assert form.validate()
    assert form.days == {}
    assert form.on.data is None


def test_a_page_that_was_not_sent_has_empty_boxes() -> None:
    form = DatesForm(protocols=PROTOCOLS)
    assert form.first_infusion.typed == {"day": "", "month": "", "year": ""}
    assert form.protocol.data == ""


def test_days_are_read_from_three_boxes() -> None:
    form = form_with(
        protocol="new",
        first_infusion="2 6 2025",
        last_infusion="06 06 2025",
        discharge="7 6 2025",
        decision="1 1 2025",
        on="1 7 2025",
    )
    assert form.validate()
    assert form.days == {
        Anchor.FIRST_INFUSION: date(2025, 6, 2),
        Anchor.LAST_INFUSION: date(2025, 6, 6),
        Anchor.DISCHARGE: date(2025, 6, 7),
        Anchor.DECISION: date(2025, 1, 1),
    }
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
    form = form_with(first_infusion=typed)
    assert not form.validate()
    assert list(form.first_infusion.errors) == [f"First infusion day {sentence}"]
    assert form.first_infusion.wrong_boxes == boxes
    assert list(form.first_infusion.typed.values()) == typed.replace("-", "").split(" ")
    assert form.days == {}


def test_a_last_infusion_before_the_first_is_said_beside_the_last() -> None:
    form = form_with(first_infusion="6 6 2025", last_infusion="2 6 2025")
    assert not form.validate()
    assert form.errors == {
        "last_infusion": ["The last infusion cannot be before the first infusion on Friday 6 June 2025. Check both days."]
    }


def test_only_protocols_that_are_offered_can_be_chosen() -> None:
    assert form_with().protocol.choices == [("", "I have not chosen yet"), ("new", "Hospital new")]
    form = form_with(protocol="moon-hospital")
    assert not form.validate()
    assert form.errors == {"protocol": ['My hospital must be one from the list, or "I have not chosen yet".']}
