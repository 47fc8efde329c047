"""Is each hospital's sheet read as it stands, and is a row that breaks the rules refused?"""

import datetime
from pathlib import Path

import pytest

from foods.food import SheetSays, Source, Verdict
from foods.sheets import GENERAL_RULES, Sheet
from foods.table import FoodTable
from tests.foods.builders import SOURCES, Row, food, food_class, make_table, mistakes_in, sheet_row

CLASSES = (
    food_class("fish", "cook"),
    food_class("fish", "avoid", name="", floor="avoid"),
)
FOODS = (food("trout", "cook", "fish"), food("sushi", "avoid", "fish"), food("toast", "ok"))


def small_table(folder: Path, rows: list[Row]) -> FoodTable:
    return make_table(folder, foods=FOODS, classes=CLASSES, sheets=rows)


def says(verdict: Verdict, kind: str = "hospital") -> SheetSays:
    """A row however it came about, so that the verdict is tested apart from the reading."""
    cells = {key: value for key, value in SOURCES[0].items() if key not in ("source", "kind")}
    origin = Source(slug="sheet", kind=kind, address="", dated="", **cells)
    return SheetSays("harbour", "a food", verdict, "why", "do this", origin, datetime.date(2026, 11, 1))


def test_a_sheet_holds_what_it_says_about_foods_classes_and_keeping(tmp_path: Path) -> None:
    rows = [
        sheet_row("trout", "avoid"),
        sheet_row("fish", "avoid"),
        sheet_row("leftover_hours", "24", seen_on=""),
        sheet_row("toast", "cook", protocol="hill", source="hill-sheet"),
    ]
    sheets = small_table(tmp_path, rows).sheets
    assert list(sheets) == ["harbour", "hill"]
    assert list(sheets["harbour"].foods) == ["trout"]
    assert list(sheets["harbour"].classes) == ["fish"]
    assert sheets["harbour"].rules["leftover_hours"].value == "24"
    assert list(sheets["hill"].foods) == ["toast"]
    assert sheets["hill"].foods["toast"].source.authority == "Hill Hospital"


def test_a_food_that_no_row_is_about_is_silence(tmp_path: Path) -> None:
    table = small_table(tmp_path, [sheet_row("trout", "avoid")])
    harbour, toast = table.sheets["harbour"], table.foods["toast"]
    assert harbour.says(toast) is None
    assert harbour.verdict(toast, toast.verdict) is Verdict.OK


@pytest.mark.parametrize("base", [Verdict.OK, Verdict.COOK, Verdict.AVOID])
@pytest.mark.parametrize("said", [Verdict.OK, Verdict.COOK, Verdict.AVOID])
def test_a_class_row_is_never_looser_than_the_table(tmp_path: Path, base: Verdict, said: Verdict) -> None:
    toast = small_table(tmp_path, []).foods["toast"]
    sheet = Sheet("harbour", foods={}, classes={"larder": says(said)}, rules={})
    assert sheet.verdict(toast, base) is max(base, said)


@pytest.mark.parametrize("base", [Verdict.OK, Verdict.COOK, Verdict.AVOID])
@pytest.mark.parametrize("said", [Verdict.OK, Verdict.COOK, Verdict.AVOID])
def test_a_patients_report_is_never_looser_than_the_table(tmp_path: Path, base: Verdict, said: Verdict) -> None:
    toast = small_table(tmp_path, []).foods["toast"]
    sheet = Sheet("harbour", foods={"toast": says(said, "patient report")}, classes={}, rules={})
    assert sheet.verdict(toast, base) is max(base, said)


@pytest.mark.parametrize("said", [Verdict.OK, Verdict.COOK, Verdict.AVOID])
def test_nothing_goes_under_the_floor(tmp_path: Path, said: Verdict) -> None:
    sushi = small_table(tmp_path, []).foods["sushi"]
    sheet = Sheet("harbour", foods={"sushi": says(said)}, classes={}, rules={})
    assert sheet.verdict(sushi, sushi.verdict) is Verdict.AVOID


@pytest.mark.parametrize(("about", "value"), [("leftover_hours", "0"), ("eating_out", "ask"), ("washing", "peel")])
def test_a_general_rule_keeps_its_value_in_its_own_words(tmp_path: Path, about: str, value: str) -> None:
    table = small_table(tmp_path, [sheet_row(about, value)])
    assert table.sheets["harbour"].rules[about].value == value


@pytest.mark.parametrize("about", GENERAL_RULES)
def test_a_general_rule_must_say_something(tmp_path: Path, about: str) -> None:
    found = mistakes_in(tmp_path, sheets=[sheet_row(about, "")])
    assert "verdict" in {mistake.column for mistake in found}


MISTAKES = [
    pytest.param([sheet_row("bread", "ok", protocol="")], 2, "protocol", "must not be empty", id="no protocol"),
    pytest.param([sheet_row("", "cook")], 2, "about", "must not be empty", id="about nothing"),
    pytest.param([sheet_row("moss", "cook")], 2, "about", "must be", id="about a food we do not know"),
    pytest.param([sheet_row("bread", "fine")], 2, "verdict", "must be one of avoid, cook, ok", id="no such verdict"),
    pytest.param([sheet_row("bread", "unknown")], 2, "verdict", "must be one of avoid, cook, ok", id="unknown"),
    pytest.param([sheet_row("bread", "cook", why="")], 2, "why", "must not be empty", id="no reason"),
    pytest.param([sheet_row("bread", "cook", source="rumour")], 2, "source", "must be a source", id="no such source"),
    pytest.param([sheet_row("bread", "cook", source="")], 2, "source", "must be a source", id="no source"),
    pytest.param([sheet_row("bread", "cook", seen_on="")], 2, "seen_on", "the day the sheet was read", id="never seen"),
    pytest.param([sheet_row("bread", "cook", seen_on="May")], 2, "seen_on", "must be a day", id="seen on no day"),
    pytest.param([sheet_row("larder", "ok")], 2, "verdict", "may only tighten", id="class row that loosens"),
    pytest.param([sheet_row("sushi", "ok")], 2, "verdict", "below avoid", id="food row under the floor"),
    pytest.param(
        [sheet_row("trout", "ok", source="patient")], 2, "verdict", "a patient's report may only tighten", id="patient"
    ),
    pytest.param(
        [sheet_row("bread", "cook"), sheet_row("bread", "avoid")], 3, "about", "a row about it already", id="row twice"
    ),
    pytest.param([sheet_row("leftover_hours", "a day")], 2, "verdict", "must be a whole number", id="hours in words"),
    pytest.param([sheet_row("eating_out", "never")], 2, "verdict", "must be one of ask, avoid, hot", id="eating out"),
    pytest.param([sheet_row("washing", "rinse")], 2, "verdict", "must be one of cook, peel", id="washing"),
]


@pytest.mark.parametrize(("rows", "row", "column", "allowed"), MISTAKES)
def test_a_mistake_says_where_and_what_is_allowed(
    tmp_path: Path, rows: list[Row], row: int, column: str, allowed: str
) -> None:
    found = mistakes_in(tmp_path, foods=FOODS, classes=CLASSES, sheets=rows)
    assert {mistake.file for mistake in found} == {"sheets.csv"}
    assert any((one.row, one.column) == (row, column) and allowed in one.allowed for one in found), found


def test_a_verdict_that_is_no_verdict_does_not_blame_the_date(tmp_path: Path) -> None:
    found = mistakes_in(tmp_path, sheets=[sheet_row("bread", "fine")])
    assert [mistake.column for mistake in found] == ["verdict"]


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    rows = [sheet_row("moss", "cook"), sheet_row("larder", "ok"), sheet_row("bread", "cook", why="")]
    found = mistakes_in(tmp_path, sheets=rows)
    assert [(mistake.row, mistake.column) for mistake in sorted(found)] == [(2, "about"), (3, "verdict"), (4, "why")]
