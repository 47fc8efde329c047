"""Can every recipe that we ship be planned, and are there enough of them for a week?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from foods.food import Verdict
from foods.table import FoodTable
from recipes.check import check
from recipes.library import read_library
from recipes.recipe import LibraryRecipe

FOLDER = Path(__file__).parents[2] / "data" / "recipes"


@pytest.fixture(scope="module")
def library(table: FoodTable) -> dict[str, LibraryRecipe]:
    read, mistakes = read_library(FOLDER, table)
    assert not mistakes, f"mend the recipe files first: {mistakes[0]}"
    return dict(read.recipes)


@pytest.mark.parametrize("slug", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_a_recipe_we_ship_can_be_planned_or_is_paused(
    table: FoodTable, library: dict[str, LibraryRecipe], slug: str
) -> None:
    recipe = library[slug]
    finding = check(table, recipe)
    plannable = finding.verdict in (Verdict.OK, Verdict.COOK)
    assert plannable or recipe.paused, f"{finding.why} Mend {slug}.toml, or add `paused = true` to it until it is mended."


def packs_for_lunch(recipe: LibraryRecipe) -> bool:
    return "lunch" in recipe.meals and bool(recipe.packs)


@pytest.mark.parametrize(
    ("what", "least", "fits"),
    [
        ("breakfasts", 8, lambda recipe: "breakfast" in recipe.meals),
        ("lunches that pack", 12, packs_for_lunch),
        ("dinners", 20, lambda recipe: "dinner" in recipe.meals),
    ],
)
def test_there_are_enough_for_a_week(
    library: dict[str, LibraryRecipe], what: str, least: int, fits: Callable[[LibraryRecipe], bool]
) -> None:
    ready = [slug for slug, recipe in library.items() if fits(recipe) and not recipe.paused]
    assert len(ready) >= least, f"only {len(ready)} {what} can be planned"
