"""Does a household's own recipe come back as it was kept, with its first text and with what was said of its lines?"""

import json

import pytest
from flask import Flask

from recipes.draft import Draft
from recipes.keeping import LONGEST_ANSWER, OwnRecipe, key_of, own_recipe, typed_recipe
from recipes.recipe import Recipe

PIE = Draft(
    "Fish pie 🥧",
    ("For the top:", "500g potatoes, peeled", "2 tbsp zoog", "½ a lemon"),
    ("Boil the potatoes for 20 minutes.", "Bake for 40 minutes at 200C until steaming hot."),
    4,
).recipe("https://recipes.example/pie")


def again(own: OwnRecipe) -> OwnRecipe:
    return own_recipe(json.loads(json.dumps(own.as_said())))


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(OwnRecipe(PIE), id="as it was found"),
        pytest.param(OwnRecipe(PIE).answered({"2 tbsp zoog": "a spice"}), id="with an answer"),
        pytest.param(OwnRecipe(PIE).changed(typed_recipe("Pie", "1 egg", "Boil it for 10 minutes.", PIE)), id="changed"),
        pytest.param(OwnRecipe(Recipe("Nothing", (), ())), id="with nothing in it"),
    ],
)
def test_what_is_kept_comes_back_the_same(own: OwnRecipe) -> None:
    assert again(own) == own


def test_every_recipe_of_ours_could_be_kept(app: Flask) -> None:
    for recipe in app.extensions["facts"].library.recipes.values():
        back = again(OwnRecipe(recipe)).recipe
        assert (back.name, back.ingredients, back.steps) == (recipe.name, recipe.ingredients, recipe.steps)


def test_the_first_text_stays_through_every_change_and_goes_when_it_is_back() -> None:
    once = OwnRecipe(PIE).changed(typed_recipe("Pie", "1 egg", "Boil it.", PIE))
    twice = once.changed(typed_recipe("Pie", "2 eggs", "Boil them.", PIE))
    assert (once.found, twice.found) == (PIE, PIE)
    assert twice.changed(PIE) == OwnRecipe(PIE)


def test_an_answer_is_about_a_line_that_is_there_and_can_be_taken_back() -> None:
    told = OwnRecipe(PIE).answered({"2 tbsp zoog": "  a \n spice ", "1 brick": "a food"})
    assert told.told == (("2 tbsp zoog", "a spice"),)
    assert told.answered({"2 tbsp zoog": " "}).told == ()
    assert told.changed(typed_recipe("Pie", "1 egg", "Boil it.", PIE)).told == ()
    assert len(OwnRecipe(PIE).answered({"2 tbsp zoog": "x" * 999}).told[0][1]) == LONGEST_ANSWER


@pytest.mark.parametrize(
    ("name", "key"),
    [("Fish pie 🥧", "fish-pie"), ("../../etc", "etc"), ("汤", "recipe"), ("x" * 500, "x" * 60)],
)
def test_what_stands_in_its_address_is_plain(name: str, key: str) -> None:
    assert key_of(name) == key
