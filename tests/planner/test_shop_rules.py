"""Are the three rules at the top of a list those of the person's own sheet, and none that names a hospital?"""

from pathlib import Path

import pytest

from foods.table import FoodTable, read_table
from planner.shop_rules import ASKED_ABOUT, GENERAL, HOW_MANY, shop_rules


@pytest.fixture(scope="module")
def table() -> FoodTable:
    return read_table(Path(__file__).parents[2] / "data")[0]


def test_without_a_sheet_the_rules_are_general(table: FoodTable) -> None:
    assert shop_rules(table) == GENERAL


RULES = {
    "what the sheet forbids": ("german-ms-page", "Buy no sliced cooked meat such as ham."),
    "what the sheet wants cooked": ("us-label", "Buy soft cheese with a rind such as brie only to cook it."),
    "general rules where a sheet says too little": ("uk-patient-2018", GENERAL[0]),
}


@pytest.mark.parametrize(("protocol", "rule"), RULES.values(), ids=RULES)
def test_a_sheet_has_its_own_rules(table: FoodTable, protocol: str, rule: str) -> None:
    assert rule in shop_rules(table, [table.sheets[protocol]])


def test_every_sheet_has_three_short_rules_that_name_nobody(table: FoodTable) -> None:
    named = {word for source in table.sources.values() for word in source.authority.split() if word[:1].isupper()}
    for sheets in ([sheet] for sheet in table.sheets.values()):
        rules = shop_rules(table, sheets)
        assert len({*rules}) == HOW_MANY
        for rule in rules:
            assert len(rule.split()) <= 14
            assert not named & {*rule.removesuffix(".").split()[1:]}, rule


def test_with_several_sheets_the_strictest_decides(table: FoodTable) -> None:
    both = shop_rules(table, [table.sheets["us-label"], table.sheets["german-ms-page"]])
    assert both[0] == "Buy no sliced cooked meat such as ham."


def test_the_foods_that_stand_for_many_are_all_in_the_table(table: FoodTable) -> None:
    assert {*ASKED_ABOUT} <= {*table.foods}
