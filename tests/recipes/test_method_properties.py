"""What holds of every recipe, whatever its words? Shuffled, shortened and added to, by chance and one after another."""

import itertools
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.food import Verdict
from foods.table import FoodTable
from recipes.check import check
from recipes.lines import read_line
from recipes.recipe import Recipe
from recipes.steps import acts
from tests.recipes.test_attack import ATTACKS, HARMLESS, SAFE

pytestmark = pytest.mark.long

RAW = ("100g smoked salmon", "100g Parma ham", "100g brie", "2 egg yolks", "100g blue cheese", "100g cooked prawns")


def verdict(table: FoodTable, recipe: Mapping[str, Any], steps: Sequence[str], more: Sequence[str] = ()) -> Verdict:
    lines = map(read_line, [*recipe["ingredients"], *more])
    return check(table, Recipe(recipe["name"], tuple(lines), tuple(steps))).verdict


def heats(step: str) -> bool:
    return any(act.way is not None for act in acts([step]))


@given(recipe=st.sampled_from(ATTACKS + HARMLESS), data=st.data())
def test_shuffled_steps_are_read(table: FoodTable, recipe: Mapping[str, Any], data: st.DataObject) -> None:
    words = " ".join(recipe["steps"]).split()
    steps = data.draw(st.permutations(recipe["steps"]) | st.permutations(words).map(lambda found: [" ".join(found)]))
    assert verdict(table, recipe, steps) in Verdict


@pytest.mark.parametrize("recipe", HARMLESS, ids=lambda recipe: recipe["name"])
def test_what_is_scattered_over_at_the_end_is_not_cooked(table: FoodTable, recipe: Mapping[str, Any]) -> None:
    for line in RAW:
        food = line.partition(" ")[2]
        for end in (f"Scatter the {food} over to serve.", f"Serve with the {food}.", f"Stir in the {food} off the heat."):
            assert verdict(table, recipe, [*recipe["steps"], end], [line]) not in SAFE, end


KNOWN_TO_BE_FOOLED = 67
"""Of 1,788 made-up recipes: one that then says "put everything in the pot" may well mean the dip. Only lower it."""


def test_what_is_made_cold_beforehand_is_hardly_ever_taken_to_be_cooked(table: FoodTable) -> None:
    fooled = [
        (recipe["name"], line, start)
        for recipe, line in itertools.product(HARMLESS, RAW)
        for start in ("For the dip, mash the {} with the lemon juice.", "Whisk the {} with the garlic in a bowl.")
        if served_cold(table, recipe, line, start) in SAFE
    ]
    assert len(fooled) <= KNOWN_TO_BE_FOOLED, fooled


def served_cold(table: FoodTable, recipe: Mapping[str, Any], line: str, start: str) -> Verdict:
    food = line.partition(" ")[2]
    steps = [start.format(food), *recipe["steps"], f"Serve with the {food}."]
    return verdict(table, recipe, steps, [line, "1 lemon", "1 clove garlic"])


JUNK = {
    "no full stop": "onion and " * 100_000,
    "nothing but verbs": "stir " * 200_000,
    "water without end": "bring " + "large pot of " * 80_000,
    "numbers": "1 1/2 - 2 hours 30 " * 50_000,
    "temperatures": "at 100 °C " * 100_000,
    "spaces": " " * 1_000_000,
    "until": "until the " * 100_000,
}


@pytest.mark.parametrize("junk", JUNK)
def test_a_megabyte_of_junk_does_not_hang(table: FoodTable, junk: str) -> None:
    recipe = {"name": "Junk", "ingredients": ["1 egg", "100g brie"]}
    start = time.perf_counter()
    assert verdict(table, recipe, [JUNK[junk]]) not in SAFE
    assert time.perf_counter() - start < 60


def test_five_thousand_ingredients_do_not_hang(table: FoodTable) -> None:
    recipe = {"name": "Stew", "ingredients": ["1 egg", "100g brie", "2 onions", "500g beef mince", "1 tin tomatoes"] * 1000}
    start = time.perf_counter()
    assert verdict(table, recipe, ["Fry the onions.", "Add the mince and simmer for 20 minutes."]) in Verdict
    assert time.perf_counter() - start < 60


@pytest.mark.parametrize("recipe", HARMLESS, ids=lambda recipe: recipe["name"])
def test_without_any_heat_no_recipe_that_needs_it_is_safe(table: FoodTable, recipe: Mapping[str, Any]) -> None:
    if verdict(table, recipe, recipe["steps"]) is Verdict.COOK:
        cold = [step for step in recipe["steps"] if not heats(step)]
        assert verdict(table, recipe, cold) not in SAFE


@pytest.mark.parametrize("recipe", [one for one in ATTACKS if one["bad"]], ids=lambda recipe: recipe["name"])
def test_a_dangerous_recipe_with_less_heat_is_no_safer(table: FoodTable, recipe: Mapping[str, Any]) -> None:
    names = [word for word in re.findall("[a-z]{3,}", read_line(recipe["bad"]).food.lower()) if word != "finish"]
    named = [any(name[:4] in step.lower() for name in names) for step in recipe["steps"]]
    hot = [place for place, step in enumerate(recipe["steps"]) if heats(step) and not named[place]]
    for gone in itertools.chain.from_iterable(itertools.combinations(hot, count) for count in range(1, len(hot) + 1)):
        steps = [step for place, step in enumerate(recipe["steps"]) if place not in gone]
        assert verdict(table, recipe, steps) not in SAFE, steps
