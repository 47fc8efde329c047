"""Is every phrase on our list of dangers and look-alikes answered as it must be?

The phrases are our own. One that fails shows a fault in the table, its words or its states: mend that, never the phrase.
"""

import csv
from pathlib import Path

import pytest

from foods.rules import judge
from foods.table import FoodTable, read_table

with (Path(__file__).parent / "critical_phrases.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
HAZARDS = [row for row in ROWS if "ok" not in row["allowed"].split("|")]
VERDICTS = {"ok", "cook", "unknown", "avoid"}


@pytest.fixture(scope="module")
def table() -> FoodTable:
    return read_table(Path(__file__).parents[2] / "data")[0]


@pytest.mark.parametrize(
    ("phrase", "allowed", "note"),
    [pytest.param(*row.values(), id=f"{row['phrase'] or 'nothing'}: {row['note']}") for row in ROWS],
)
def test_the_verdict_on_a_phrase_is_one_of_those_allowed(table: FoodTable, phrase: str, allowed: str, note: str) -> None:
    finding = judge(table, phrase)
    about = ", ".join(one.food.slug for one in finding.about) or "no food"
    said = f"{phrase!r} ({note}) is answered {finding.verdict.word}, about {about}, unexplained {finding.unexplained}"
    assert finding.verdict.word in allowed.split("|"), said


def test_the_list_is_long_enough_and_half_of_it_is_dangers() -> None:
    assert len(ROWS) >= 240
    assert len(ROWS) // 2 <= len(HAZARDS) <= 2 * len(ROWS) // 3
    assert all(set(row["allowed"].split("|")) <= VERDICTS and row["note"] for row in ROWS)
    assert len({row["phrase"] for row in ROWS}) == len(ROWS)
