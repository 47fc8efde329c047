"""Is every line of every meal accounted for, in full, whatever the week? Checked by code that is not the list's own."""

import functools
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foods.food import Verdict
from foods.names import singular
from foods.rules import judge
from foods.sheets import Sheet
from foods.table import FoodTable, read_table
from planner.packs import grams_each, grams_in_tsp
from planner.shopping import AISLE_NAMES, COLD, Line, ShoppingList, shopping_list
from planner.week import BREAKFAST, DINNER, LUNCH, Meal, Slot, Week, Wishes
from recipes.library import read_library
from recipes.lines import judge_line, read_line
from recipes.recipe import Ingredient, LibraryRecipe
from tests.planner.kitchens import MONDAY

DATA = Path(__file__).parents[2] / "data"
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(7))


@functools.cache
def the_table() -> FoodTable:
    return read_table(DATA)[0]


@functools.cache
def the_recipes() -> Mapping[str, LibraryRecipe]:
    return read_library(DATA / "recipes", the_table())[0].recipes


@st.composite
def shoppings(draw: st.DrawFn) -> "Shopping":
    """A week of any of our recipes, fine or not, under up to two sheets, for up to 12 people."""
    dice = random.Random(draw(st.integers(0, 10**6)))
    sheets = tuple(dice.sample(list(the_table().sheets.values()), dice.choice([0, 1, 1, 2])))
    slots = [Slot(day, meal) for day in DAYS for meal in (BREAKFAST, LUNCH, DINNER) if dice.random() < 0.8]
    meals = [Meal(slot, dice.choice([*the_recipes()]), Verdict.COOK, 20, thaw=dice.random() < 0.2) for slot in slots]
    wishes = Wishes(MONDAY, shops=frozenset(dice.sample(DAYS[:5], 2)), eaten=tuple(dice.sample(meals, min(2, len(meals)))))
    return Shopping(Week(DAYS, tuple(meals)), wishes, sheets, dice.randint(1, 12))


class Shopping:
    """A week and the list for it."""

    def __init__(self, week: Week, wishes: Wishes, sheets: Sequence[Sheet], servings: int) -> None:
        self.wishes, self.sheets, self.servings = wishes, sheets, servings
        self.meals = [meal for meal in week.meals if meal not in wishes.eaten]
        self.list: ShoppingList = shopping_list(week, the_recipes(), the_table(), servings, sheets, wishes)
        self.lines: list[Line] = [*(line for aisle in self.list.aisles for line in aisle.lines), *self.list.staples]

    def needed(self) -> Iterator[tuple[str, Ingredient, Fraction, date]]:
        """Each line of each meal to be cooked: the food it names first, the line, how often over, and the day."""
        for meal in self.meals:
            recipe = the_recipes()[meal.recipe]
            for one in recipe.ingredients:
                slug = food_of(one.text, one.food)
                if not one.is_heading and slug not in ("water", "tap-water"):
                    yield slug, one, Fraction(self.servings, recipe.servings or 1), meal.slot.day


@functools.cache
def food_of(text: str, food: str) -> str:
    about = judge_line(the_table(), Ingredient(text, food=food)).about
    return about[0].food.slug if about else text


@functools.cache
def food_on_list(name: str, aisle: str, by_the_pouch: bool) -> str:
    """The food that a name means in an aisle: "tuna" among the tins is tinned."""
    phrases = [f"pouch {name}"] if by_the_pouch else [name, f"tinned {name}"]
    ways = [judge(the_table(), phrase).about for phrase in phrases]
    foods = [about[0].food for about in ways if about]
    if by_the_pouch and foods:
        return foods[0].slug
    return next((food.slug for food in foods if food.aisle == aisle), foods[0].slug if foods else name)


# ---- The amounts on the list, read back ----

SIGNS = {"¼": Fraction(1, 4), "⅓": Fraction(1, 3), "½": Fraction(1, 2), "⅔": Fraction(2, 3), "¾": Fraction(3, 4)}
UNITS = {"kg": ("g", 1000), "litre": ("ml", 1000), "litres": ("ml", 1000), "tbsp": ("tsp", 3)}


def amounts(text: str) -> dict[str, Fraction]:
    """What a list promises at the most, by unit: "1.5 kg" is 1500 g, "2 tins of 400 g" are 2 tins."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for part in text.replace(" and a little more", "").split(" and "):
        most = re.sub(r"^.* to ", "", part)
        number, _, rest = most.partition(" ")
        unit, times = UNITS.get(rest, (singular(rest.split(" of ")[0]), 1))
        found[unit] += (SIGNS.get(number[-1], 0) + Fraction(number.rstrip("".join(SIGNS)) or 0)) * times
    return found


def in_grams(by_unit: Mapping[str, Fraction], slug: str, name: str) -> Fraction:
    """Everything that can be weighed or poured, as grams."""
    each = {"g": 1, "ml": 1, "tsp": grams_in_tsp(slug), "": grams_each(name), "pinch": Fraction(1, 8) * grams_in_tsp(slug)}
    return sum((Fraction(each[unit]) * many for unit, many in by_unit.items() if unit in each), Fraction(0))


# ---- What a list must keep to ----


def complaints(shopping: Shopping) -> Iterator[str]:
    yield from forbidden_on(shopping)
    yield from short_of(shopping)
    yield from dated_too_early(shopping)
    order = [[*AISLE_NAMES.values()].index(aisle.name) for aisle in shopping.list.aisles]
    cold = [list(AISLE_NAMES)[place] in COLD | {"frozen"} for place in order]
    if order != sorted(order) or cold != sorted(cold):
        yield "cold things do not come last"


def forbidden_on(shopping: Shopping) -> Iterator[str]:
    for line in shopping.lines:
        finding = judge(the_table(), line.food, shopping.sheets)
        if finding.verdict is Verdict.AVOID and finding.if_cooked is Verdict.AVOID:
            yield f"{line.food} is forbidden"


def short_of(shopping: Shopping) -> Iterator[str]:
    """Foods of which the list has less than the recipes need, or nothing at all."""
    needed: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for slug, one, times, _ in shopping.needed():
        unit, factor = {"kg": ("g", 1000), "l": ("ml", 1000), "tbsp": ("tsp", 3)}.get(one.unit, (one.unit, 1))
        first = one.food.split()[0].lower()
        unit = first if first in ("pouch", "rasher") else "rasher" if first == "rashers" else unit
        needed[slug][unit] += (one.amount_to or one.amount or Fraction(0)) * factor * times
    listed: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    names: dict[str, str] = defaultdict(str)
    left_out = {food_on_list(name, "", False) for name in shopping.list.left_out}
    for line in shopping.lines:
        slug = food_on_list(line.food, line.aisle, "pouch" in line.amount)
        names[slug] = line.food
        for unit, many in (amounts(line.amount) if line.amount else {}).items():
            listed[slug][unit] += many
    for slug, by_unit in needed.items():
        if slug in left_out:
            continue
        if slug not in names:
            yield f"{slug} is not on the list"
        weighed = {"g", "ml", "tsp", "", "pinch"}
        if in_grams(listed[slug], slug, names[slug]) < in_grams(by_unit, slug, names[slug]) and "" not in by_unit:
            yield f"{slug}: {dict(by_unit)} needed, {dict(listed[slug])} listed"
        for unit in {*by_unit} - (weighed - {""} if len({*by_unit} & weighed) == 1 else weighed):
            if listed[slug][unit] < by_unit[unit]:
                yield f"{slug}: {by_unit[unit]} {unit} needed, {listed[slug][unit]} listed"


def dated_too_early(shopping: Shopping) -> Iterator[str]:
    by_food: dict[tuple[str, date | None], list[Line]] = defaultdict(list)
    for line in shopping.lines:
        by_food[food_on_list(line.food, line.aisle, "pouch" in line.amount), line.buy_on].append(line)
    fresh = {slug for slug, buy_on in by_food if buy_on}
    for slug, day in ((slug, day) for slug, one, _, day in shopping.needed() if "frozen" not in one.food):
        shop = max((one for one in shopping.wishes.shop_days if one <= day), default=None)
        lines = by_food[slug, shop if slug in fresh else None]
        if lines and all(line.last_day and not line.freeze and line.last_day < day for line in lines):
            yield f"{slug} is dated before {day}, when it is cooked"


@given(shoppings())
@settings(max_examples=15)
def test_a_week_is_bought_for_in_full_and_nothing_else(shopping: Shopping) -> None:
    assert [*complaints(shopping)] == []


@pytest.mark.long
@given(shoppings())
def test_any_week_is_bought_for_in_full_and_nothing_else(shopping: Shopping) -> None:
    assert [*complaints(shopping)] == []


@given(
    st.lists(st.fractions(min_value="1/8", max_value=5000, max_denominator=8), min_size=1, max_size=6),
    st.integers(1, 12),
    st.integers(1, 12),
)
def test_weights_are_scaled_exactly_and_rounded_up_once(weights: list[Fraction], serves: int, servings: int) -> None:
    line = replace(read_line("100 g rice"))
    lines = tuple(replace(line, amount=weight) for weight in weights)
    recipes = {"stew": replace(next(iter(the_recipes().values())), ingredients=lines, servings=serves)}
    week = Week((MONDAY,), (Meal(Slot(MONDAY, DINNER), "stew", Verdict.COOK, 20),))
    found = shopping_list(week, recipes, the_table(), servings)
    ((unit, grams),) = amounts(found.aisles[0].lines[0].amount).items()
    exact = sum(weights) * servings / serves
    step = 1 if exact <= 50 else 5 if exact < 1000 else 50
    assert unit == "g" and 0 <= grams - exact < step


BROKEN = {
    "a line that was lost": lambda lines: lines[1:],
    "half of an amount": lambda lines: [replace(lines[0], amount="1 g"), *lines[1:]],
    "a date that is too early": lambda lines: [
        *lines[1:],
        replace(lines[0], aisle="chilled", days=(MONDAY - timedelta(days=1),)),
    ],
    "a forbidden food": lambda lines: [*lines, replace(lines[0], food="pickled herring", amount="")],
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_the_checker_sees(broken: object) -> None:
    week = Week(DAYS, (Meal(Slot(MONDAY, DINNER), "red-lentil-and-tomato-soup", Verdict.COOK, 20),))
    shopping = Shopping(week, Wishes(MONDAY), (), 6)
    assert [*complaints(shopping)] == []
    lines = sorted(shopping.lines, key=lambda line: line.food != "dried red lentils" and line.food != "red lentils")
    shopping.lines = broken(lines)  # type: ignore[operator]
    assert [*complaints(shopping)] != []
