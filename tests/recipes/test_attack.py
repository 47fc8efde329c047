"""Is a recipe with something dangerous in it never called safe, and one that is plainly cooked never refused?

attack.toml and safe.toml hold recipes of our own, worded as cooks word them. Add one to attack.toml whenever a wording is
found that could slip through.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from foods.food import Verdict
from foods.table import FoodTable
from recipes.check import RecipeFinding, check
from recipes.lines import read_line
from recipes.method import Eaten
from recipes.recipe import Recipe

HERE = Path(__file__).parent
SAFE = (Verdict.OK, Verdict.COOK)
COOKED = (Eaten.COOKED, Eaten.COLD)


def invented(file: str) -> list[Mapping[str, Any]]:
    recipes: list[Mapping[str, Any]] = tomllib.loads((HERE / file).read_text(encoding="utf-8"))["recipe"]
    return recipes


ATTACKS, HARMLESS = invented("attack.toml"), invented("safe.toml")


def checked(table: FoodTable, recipe: Mapping[str, Any]) -> RecipeFinding:
    return check(table, Recipe(recipe["name"], tuple(map(read_line, recipe["ingredients"])), tuple(recipe["steps"])))


@pytest.mark.parametrize("recipe", ATTACKS, ids=lambda recipe: recipe["name"])
def test_a_dangerous_recipe_is_never_called_safe(table: FoodTable, recipe: Mapping[str, Any]) -> None:
    assert checked(table, recipe).verdict not in SAFE


@pytest.mark.parametrize("recipe", [one for one in ATTACKS if one["bad"]], ids=lambda recipe: recipe["name"])
def test_what_makes_it_dangerous_is_never_called_cooked(table: FoodTable, recipe: Mapping[str, Any]) -> None:
    (bad,) = [one for one in checked(table, recipe).ingredients if one.ingredient.text.startswith(recipe["bad"])]
    assert bad.followed.eaten not in COOKED, f"said to be cooked by: {bad.followed.quote}"


@pytest.mark.parametrize("recipe", HARMLESS, ids=lambda recipe: recipe["name"])
def test_a_recipe_that_is_plainly_cooked_is_safe(table: FoodTable, recipe: Mapping[str, Any]) -> None:
    finding = checked(table, recipe)
    assert finding.verdict in SAFE, finding.why


def test_there_are_enough_of_both() -> None:
    assert len(ATTACKS) >= 300
    assert len(HARMLESS) >= 105


def test_no_name_stands_twice() -> None:
    names = [recipe["name"] for recipe in ATTACKS + HARMLESS]
    assert sorted(set(names)) == sorted(names)
