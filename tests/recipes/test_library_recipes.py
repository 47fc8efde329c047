"""Can every recipe that we ship be planned, and are there enough of them for a week?"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foods.table import FoodTable
from recipes.counts import KINDS, Kind, count, wrong_marks
from recipes.library import read_library
from recipes.lines import read_line
from recipes.recipe import LibraryRecipe

FOLDER = Path(__file__).parents[2] / "data" / "recipes"


@pytest.fixture(scope="module")
def library(table: FoodTable) -> dict[str, LibraryRecipe]:
    read, mistakes = read_library(FOLDER, table)
    assert not mistakes, f"mend the recipe files first: {mistakes[0]}"
    return dict(read.recipes)


@pytest.mark.parametrize("slug", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_a_recipe_can_be_planned_or_says_that_it_cannot(
    table: FoodTable, library: dict[str, LibraryRecipe], slug: str
) -> None:
    assert list(map(str, wrong_marks(table, library[slug]))) == []


MARKED = {
    "a fine recipe": ({}, []),
    "marked without need": ({"not_under": ("strict",)}, ["not_under"]),
    "forbidden on one sheet": ({"ingredients": (read_line("200 g raw prawns"),)}, ["not_under"]),
    "forbidden on one sheet, and marked": (
        {"ingredients": (read_line("200 g raw prawns"),), "not_under": ("strict",)},
        [],
    ),
    "never cooked": ({"steps": ("Cut up the leeks and beef.",)}, ["paused", "not_under"]),
    "never cooked, and paused": ({"steps": ("Cut up the leeks and beef.",), "paused": True}, []),
}


@pytest.mark.parametrize(("changed", "columns"), MARKED.values(), ids=MARKED)
def test_a_mark_that_is_not_true_is_a_mistake(table: FoodTable, changed: dict[str, Any], columns: list[str]) -> None:
    boil = ("Boil the prawns, beef and leeks for 30 minutes until steaming hot and no pink is left.",)
    ingredients = (read_line("500 g beef mince"), read_line("2 leeks, washed"))
    recipe = LibraryRecipe("Stew", ingredients, boil, slug="stew")
    assert [one.column for one in wrong_marks(table, replace(recipe, **changed))] == columns


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_there_are_enough_of_every_kind(library: dict[str, LibraryRecipe], kind: Kind) -> None:
    counted = next(one for one in count(library.values()) if one.kind is kind)
    assert counted.is_enough, f"only {counted}"
