"""Do the wishes narrow the recipes as they say, and does what is to be left out never come through?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from foods.food import Verdict
from foods.table import FoodTable
from recipes.check import check
from recipes.choose import Chosen, Ours, Wanted, choose, ours, without_wish
from recipes.contents import allergens_of
from recipes.holds import holds, thing
from recipes.library import read_library
from recipes.lines import read_line
from recipes.recipe import ALLERGENS, LibraryRecipe

FOLDER = Path(__file__).parents[2] / "data" / "recipes"


@pytest.fixture(scope="module")
def library(table: FoodTable) -> list[Ours]:
    read, _ = read_library(FOLDER, table)
    return ours(table, [*read.recipes.values()])


def a_recipe(table: FoodTable, name: str, *lines: str, **facts: Any) -> Ours:
    """A recipe that bakes everything through; it claims no allergen, so that only its foods speak."""
    known = {"meals": ("dinner",), "diets": ("vegan",), **facts}
    recipe = LibraryRecipe(
        name, tuple(map(read_line, lines)), ("Bake everything for an hour until bubbling hot.",), slug=name, **known
    )
    finding = check(table, recipe)
    return Ours(recipe, finding, holds(table, finding))


def names(chosen: Chosen) -> list[str]:
    return [one.recipe.name for one in chosen.found]


def left(table: FoodTable, recipes: Sequence[Ours], **wishes: Any) -> list[str]:
    return names(choose(table, recipes, Wanted(**wishes)))


FITS = [
    pytest.param({"meal": "dinner"}, lambda recipe: "dinner" in recipe.meals, id="meal"),
    pytest.param({"minutes": 10}, lambda recipe: recipe.active_minutes <= 10, id="minutes"),
    pytest.param({"effort": 2}, lambda recipe: recipe.effort <= 2, id="effort"),
    pytest.param({"packs": "flask"}, lambda recipe: recipe.packs == "flask", id="how it travels"),
    pytest.param({"freezes": True}, lambda recipe: recipe.freezes, id="freezes"),
    pytest.param({"served_hot": True}, lambda recipe: recipe.served_hot, id="served hot"),
    pytest.param({"queasy": True}, lambda recipe: recipe.queasy, id="queasy days"),
    pytest.param({"cook_ahead": True}, lambda recipe: recipe.cook_ahead, id="before the infusions"),
    pytest.param({"main_food": "chicken"}, lambda recipe: recipe.main_food == "chicken", id="main food"),
    pytest.param({"kind": "soup"}, lambda recipe: recipe.kind == "soup", id="kind"),
]


@pytest.mark.parametrize(("wishes", "fits"), FITS)
def test_a_wish_keeps_those_that_fit_and_no_other(table: FoodTable, library: list[Ours], wishes: Any, fits: Any) -> None:
    expected = [one.recipe.name for one in library if one.is_plannable and fits(one.recipe)]
    assert expected and left(table, library, **wishes) == expected


@pytest.mark.parametrize("allergen", ALLERGENS)
def test_not_one_recipe_with_an_allergen_that_was_left_out_remains(
    table: FoodTable, library: list[Ours], allergen: str
) -> None:
    chosen = choose(table, library, Wanted(without=(allergen,)))
    for one in chosen.found:
        assert allergen not in one.recipe.allergens
        for found in one.finding.ingredients:
            assert all(allergen not in allergens_of(about.food, found.ingredient.text) for about in found.finding.about)
    held = [one for one in library if one.is_plannable and one.holds.may_hold_allergen(allergen)]
    assert len(chosen.found) == chosen.of - len(held)


LEAVE_OUT = {
    "milk": ("butter", "cheddar", "yoghurt", "milk"),
    "fish": ("tuna", "salmon", "cod", "sardines", "fish sauce"),
    "cheese": ("cheddar", "mozzarella", "halloumi", "cream cheese", "parmesan"),
    "meat": ("chicken", "beef", "ham", "bacon", "beef stock cube"),
    "egg": ("eggs", "jarred mayonnaise"),
    "mushrooms": ("mushrooms", "portobello mushrooms"),
    "nuts": ("almonds", "peanut butter"),
}


@pytest.mark.parametrize(("said", "line"), [(said, line) for said, lines in LEAVE_OUT.items() for line in lines])
def test_what_is_left_out_is_out_under_any_of_its_names(table: FoodTable, said: str, line: str) -> None:
    with_it, plain = a_recipe(table, "with it", f"100 g {line}", "2 potatoes"), a_recipe(table, "plain", "2 potatoes")
    assert left(table, [with_it, plain], leave_out=said, show_all=True) == ["plain"]


def test_a_line_that_nobody_can_read_may_hold_anything(table: FoodTable) -> None:
    riddle = a_recipe(table, "riddle", "100 g moonfruit", "2 potatoes")
    assert left(table, [riddle], show_all=True) == ["riddle"]
    for wishes in [{"without": ("milk",)}, {"leave_out": "fish"}, {"diet": "vegan"}]:
        assert left(table, [riddle], show_all=True, **wishes) == []


def test_what_we_do_not_know_cannot_be_left_out_so_nothing_is_shown(table: FoodTable, library: list[Ours]) -> None:
    chosen = choose(table, library, Wanted(leave_out="cheese, nightshades"))
    assert chosen.found == ()
    assert chosen.unknown == ("nightshades",)


def test_an_author_can_add_an_allergen_but_never_take_one_away(table: FoodTable) -> None:
    recipe = a_recipe(table, "toast", "2 slices bread", "50 g butter", allergens=("sesame",))
    assert {"gluten", "milk", "sesame"} <= recipe.holds.allergens


def test_a_diet_is_judged_by_the_foods_whatever_is_claimed(table: FoodTable) -> None:
    claims = a_recipe(table, "claims", "200 g chicken", "2 potatoes", diets=("vegan",))
    greens = a_recipe(table, "greens", "1 cabbage, washed")
    for diet in ("vegan", "vegetarian", "pescatarian"):
        assert left(table, [claims, greens], diet=diet) == ["greens"]


def test_every_recipe_that_uses_what_is_in_the_fridge_comes_those_that_use_most_first(table: FoodTable) -> None:
    soup = a_recipe(table, "soup", "3 carrots, washed and peeled")
    stew = a_recipe(table, "stew", "3 carrots, washed and peeled", "1 courgette, washed")
    mash = a_recipe(table, "mash", "4 potatoes")
    chosen = choose(table, [soup, mash, stew], Wanted(uses="carrot, zucchini"))
    assert names(chosen) == ["stew", "soup"]
    assert chosen.used["stew"] == ("carrot", "zucchini")


def test_only_what_can_be_planned_is_shown_unless_all_is_asked_for(table: FoodTable) -> None:
    raw = a_recipe(table, "pate", "100 g fresh pâté")
    paused = a_recipe(table, "paused", "2 potatoes", paused=True)
    assert raw.finding.verdict is not Verdict.OK
    assert left(table, [paused]) == []
    assert left(table, [paused], show_all=True) == ["paused"]


def test_where_none_is_left_it_says_which_wish_to_drop(table: FoodTable, library: list[Ours]) -> None:
    wanted = Wanted(meal="breakfast", packs="flask", kind="soup")
    chosen = choose(table, library, wanted)
    assert chosen.found == ()
    assert chosen.to_drop
    for wish, count in chosen.to_drop:
        assert len(choose(table, library, without_wish(wanted, wish)).found) == count


def test_a_name_in_the_plural_or_another_tongue_means_the_same(table: FoodTable) -> None:
    assert thing(table, "aubergines").foods == thing(table, "eggplant").foods != frozenset()
