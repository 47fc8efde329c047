"""Can every recipe that we ship be planned, and are there enough of them for a week?"""

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


@pytest.mark.parametrize("slug", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_a_recipe_says_whether_it_fits_the_strictest_of_all_sheets(
    table: FoodTable, library: dict[str, LibraryRecipe], slug: str
) -> None:
    finding = check(table, library[slug], tuple(table.sheets.values()))
    if finding.verdict in (Verdict.OK, Verdict.COOK):
        assert not library[slug].not_under, f"take `not_under` out of {slug}.toml: every sheet allows it"
    else:
        assert "strict" in library[slug].not_under, f'{finding.why} Add `not_under = ["strict"]` to {slug}.toml.'
