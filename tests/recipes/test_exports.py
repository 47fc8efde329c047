"""Is what we hand on read again as the same recipe, by us and in schema.org's words?"""

import json

import pytest

from foods.table import FoodTable
from recipes.exports import all_as_json, as_json, as_schema_org
from recipes.imports import read_file, read_one
from recipes.library import read_library
from recipes.lines import read_line
from recipes.recipe import Recipe
from recipes.webpage import read_json
from tests.recipes.conftest import DATA


def made(*ingredients: str, steps: tuple[str, ...] = ("Boil.",), name: str = "Leek pot", servings: int | None = 4) -> Recipe:
    return Recipe(name, tuple(map(read_line, ingredients)), steps, servings)


ROUND = {
    "plain": made("2 leeks", "salt"),
    "headings": made("For the pot:", "2 leeks", "For the top:", "1 egg", steps=("Pot: Boil.", "Top: Fry the egg.")),
    "many letters": made("½ tsp crème fraîche", "2–3 æbler", "1 “small” leek", name="Jamie’s “pot” & pan"),
    "signs that look like tags": made("1 l water at < 70 °C", "2 leeks (<100 g)", steps=("Heat to > 70 °C & < 100 °C.",)),
    "nothing but ingredients": made("2 leeks", steps=(), servings=None),
    "amounts with dots": made("1.5 kg leeks", "2. 5 beets", steps=("1.5 hours in the oven.", "2. Serve.")),
    "thousands": made(*["2 leeks"] * 2_000, steps=("Boil.",) * 50),
}


@pytest.mark.parametrize("recipe", ROUND.values(), ids=ROUND)
def test_what_we_write_we_read_again(recipe: Recipe) -> None:
    assert read_json(as_json(recipe), "") == recipe
    assert read_one(as_json(recipe).encode(), "soup.json") == recipe


def test_many_are_read_again_too() -> None:
    recipes = [recipe for name, recipe in ROUND.items() if name != "thousands"]
    assert [one.recipe for one in read_file(all_as_json(recipes).encode(), "all.json").recipes] == recipes


def test_every_recipe_of_ours_is_read_again(table: FoodTable) -> None:
    library, mistakes = read_library(DATA / "recipes", table)
    assert not mistakes and library.recipes
    for ours in library.recipes.values():
        read = read_json(as_json(ours), ours.source)
        assert (read.name, read.servings) == (ours.name, ours.servings)
        assert (read.ingredients, read.steps) == (ours.ingredients, ours.steps), ours.slug


def test_it_speaks_schema_orgs_words() -> None:
    recipe = Recipe("Leek pot", (read_line("2 leeks"),), ("Boil.",), 4, "https://soup.example/leek")
    assert as_schema_org(recipe) == {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": "Leek pot",
        "recipeIngredient": ["2 leeks"],
        "recipeInstructions": [{"@type": "HowToStep", "text": "Boil."}],
        "recipeYield": "4",
        "isBasedOn": "https://soup.example/leek",
    }


def test_a_source_that_is_no_web_address_is_not_handed_on() -> None:
    recipe = Recipe("Leek pot", (read_line("2 leeks"),), ("Boil.",), 4, "javascript:alert(1)")
    assert "javascript" not in json.dumps(as_schema_org(recipe))
