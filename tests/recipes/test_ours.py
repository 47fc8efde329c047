"""Is a remembered verdict the one that would be found anew, whatever was asked before?"""

import datetime
from dataclasses import replace

import pytest

from foods.food import SheetSays, Source, Verdict
from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.check import check
from recipes.lines import read_line
from recipes.ours import check_ours
from recipes.recipe import Recipe

SANDWICH = Recipe("Sandwich", (read_line("50 g cheddar"), read_line("2 slices bread")), ("Put the cheddar in the bread.",))
OMELETTE = Recipe("Omelette", (read_line("2 eggs"),), ("Fry the eggs for 5 minutes until firm.",))


def sheet_on_cheddar(verdict: Verdict) -> Sheet:
    mine = Source("mine", "Harbour Hospital", "hospital", "Your diet", "", "2026", "full")
    says = SheetSays("harbour", "cheddar", verdict, "It says so.", "Do so.", mine, datetime.date(2026, 11, 1))
    return Sheet("harbour", {"cheddar": says}, {}, {})


def test_a_second_question_gets_the_very_same_answer(table: FoodTable) -> None:
    assert check_ours(table, OMELETTE) is check_ours(table, OMELETTE)


@pytest.mark.parametrize("recipe", [SANDWICH, OMELETTE])
def test_it_answers_as_check_does_under_every_sheet(table: FoodTable, recipe: Recipe) -> None:
    for sheets in [(), *((sheet,) for sheet in table.sheets.values()), tuple(table.sheets.values())]:
        assert check_ours(table, recipe, sheets) == check(table, recipe, sheets)


def test_two_recipes_of_one_name_are_kept_apart(table: FoodTable) -> None:
    raw = replace(OMELETTE, steps=("Whisk the eggs and serve.",))
    assert check_ours(table, OMELETTE).verdict < check_ours(table, raw).verdict


def test_another_table_is_asked_anew(table: FoodTable) -> None:
    avoided = replace(table.foods["cheddar"], verdict=Verdict.AVOID)
    stricter = replace(table, foods={**table.foods, "cheddar": avoided})
    assert check_ours(table, SANDWICH).verdict < check_ours(stricter, SANDWICH).verdict


def test_a_sheet_of_ones_own_that_changes_is_asked_anew(table: FoodTable) -> None:
    lenient, strict = sheet_on_cheddar(Verdict.OK), sheet_on_cheddar(Verdict.AVOID)
    assert check_ours(table, SANDWICH, [lenient]).verdict < check_ours(table, SANDWICH, [strict]).verdict
