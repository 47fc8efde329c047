"""What may be cooked from these recipes under these sheets? Each recipe as the planner sees it, read from its own lines."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from zlib import crc32

from foods.food import Food, Verdict
from foods.rules import judge
from foods.sheets import PATIENT_REPORT, Sheet
from foods.table import FoodTable
from planner.week import LEFTOVER_HOURS, REHEATS, Candidate, Kitchen
from recipes.check import RecipeFinding
from recipes.contents import allergens_of, ruled_out
from recipes.lines import PACKS
from recipes.ours import check_ours
from recipes.recipe import Ingredient, LibraryRecipe

FISH = frozenset({"fish", "crustaceans", "molluscs"})
FRESH_CLASSES = frozenset({"poultry", "offal-game", "fish-raw", "fish-cooked", "shellfish-raw", "shellfish-cooked"})
FRESH_AISLES = frozenset({"meat", "fish"})
MINCED = ("mince", "burger", "sausage", "meatball")
"""What a slug says of minced meat. Fresh fish, poultry and mince spoil soonest, sausages among them."""
BY_THE_PACK = frozenset({"dairy", "deli", "chilled", "tins", "drinks"})
"""Aisles whose foods come in a pack that is opened, used in part and kept."""
VEGETABLE_CLASSES = frozenset({"frozen-veg", "mushroom-kinds", "produce-raw", "salad-bagged", "produce-cut", "sprouts"})
FRUIT = frozenset(
    {
        "apple", "banana", "pear", "orange", "lemon", "lime", "lemon-juice", "lime-juice", "citrus-zest", "berries", "grape",
        "mango", "kiwi", "pineapple", "rhubarb", "fig", "blueberry", "strawberry", "raspberry", "cooking-apple", "potato",
        "garlic", "ginger", "chilli",
    }
)  # fmt: skip
"""Of the fresh produce what makes no portion of vegetables."""
RICE = frozenset({"rice", "brown-rice", "cooked-rice", "microwave-rice", "risotto-rice", "grain-pouch"})
SOAKS = re.compile(r"\bsoak(?:ed|ing)?\b[^.]*\b(?:overnight|night before|evening before)\b|\bovernight\b[^.]*\bsoak", re.I)
"""What a step says of beans or oats that have to soak in the night."""
STAPLE_AISLES = frozenset({"baking", "spices", "sauces"})
PANS = frozenset(
    {
        "small saucepan", "saucepan", "large saucepan", "second saucepan", "frying pan", "large frying pan", "wok",
        "casserole dish", "ovenproof dish", "roasting tin", "baking tray", "second baking tray", "mixing bowl",
        "stick blender", "slow cooker", "loaf tin", "cake tin", "muffin tin",
    }
)  # fmt: skip


def kitchen_of(
    table: FoodTable, recipes: Iterable[LibraryRecipe], sheets: Sequence[Sheet], with_free_days: bool = False
) -> Kitchen:
    """What may be cooked from these recipes under these sheets, and how leftovers and opened packs may be kept.

    `with_free_days` also works out what is fine on a day without the diet; it costs a second check of each recipe.
    """
    candidates = {recipe.slug: _candidate(table, recipe, sheets, with_free_days) for recipe in recipes}
    opened = [int(sheet.rules["opened_hours"].value) for sheet in sheets if "opened_hours" in sheet.rules]
    return Kitchen(
        candidates,
        _strictest(sheets, "leftover_hours", LEFTOVER_HOURS),
        _strictest(sheets, "reheats", REHEATS),
        min(opened, default=None),
    )


def _strictest(sheets: Sequence[Sheet], about: str, usual: int) -> int:
    return min((_number(sheet, about, usual) for sheet in sheets), default=usual)


def _number(sheet: Sheet, about: str, usual: int) -> int:
    """What one sheet says. Where it is silent the usual number stands, and a patient's report may only tighten it."""
    rule = sheet.rules.get(about)
    if rule is None:
        return usual
    return min(usual, int(rule.value)) if rule.source.kind == PATIENT_REPORT else int(rule.value)


def _candidate(table: FoodTable, recipe: LibraryRecipe, sheets: Sequence[Sheet], with_free_days: bool) -> Candidate:
    finding = check_ours(table, recipe, sheets)
    verdict = _verdict(finding, _known_as(table, recipe, sheets))
    parts = [*_parts(finding)]
    ruled = {diet for line, food in parts for diet in ruled_out(food, line.text)}
    return Candidate(
        recipe=recipe.slug,
        verdict=verdict,
        meals=recipe.meals,
        minutes=recipe.active_minutes,
        effort=recipe.effort,
        main_food=recipe.main_food,
        kind=recipe.kind,
        packs=recipe.packs,
        keeps_hours=recipe.keeps_hours,
        served_hot=recipe.served_hot,
        is_fish="pescatarian" in recipe.diets and bool(FISH & {*recipe.allergens}),
        is_meatless=bool({"vegetarian", "vegan"} & {*recipe.diets}),
        paused=recipe.paused,
        off_diet=min(verdict, _without_sheets(table, recipe)) if with_free_days and sheets else None,
        foods=frozenset(word for _, food in parts for word in (food.slug, food.family, food.food_class.slug) if word),
        allergens=_allergens(recipe, finding),
        diets=frozenset(recipe.diets) - ruled,
        fresh=frozenset(food.slug for line, food in parts if _is_fresh(table, line, food)),
        opens={food.slug: food.keeps_hours for line, food in parts if food.keeps_hours and _leaves_a_rest(line, food)},
        freezes=recipe.freezes,
        has_rice=_has_rice(recipe, parts),
        has_vegetables=any(_is_vegetable(food) for _, food in parts),
        queasy=recipe.queasy,
        pans=len(PANS & {*recipe.equipment}),
        things=len({food.slug for _, food in parts if food.aisle not in STAPLE_AISLES}),
        facts=_mark(finding),
        soaks=any(SOAKS.search(step) for step in recipe.steps),
    )


def _mark(finding: RecipeFinding) -> str:
    """A mark that is another as soon as anything is that the recipe's verdict says: a word of a label, a reason, a rule."""
    said = [(one.verdict, one.why, one.finding.do_this, one.finding.label_says) for one in finding.ingredients]
    return f"{crc32(repr((finding.verdict, said)).encode()):08x}"


def _verdict(finding: RecipeFinding, told: Collection[str]) -> Verdict:
    """The recipe's verdict. A food that nobody knows keeps it out of a week, even where the recipe cooks it through.

    In a household's own recipe it may stay where it is cooked through and somebody said which food it is (`told`).
    """
    guessed = any(one.as_bought is Verdict.UNKNOWN and one.ingredient.text not in told for one in finding.ingredients)
    return max(finding.verdict, Verdict.UNKNOWN) if guessed else finding.verdict


def _without_sheets(table: FoodTable, recipe: LibraryRecipe) -> Verdict:
    return _verdict(check_ours(table, recipe, ()), _known_as(table, recipe, ()))


def _known_as(table: FoodTable, recipe: LibraryRecipe, sheets: Sequence[Sheet]) -> frozenset[str]:
    """The lines of which somebody said what they are, as far as that is a food that we know and that may be cooked."""
    return frozenset(line for line, said in recipe.told if judge(table, said, sheets).verdict in (Verdict.OK, Verdict.COOK))


def _allergens(recipe: LibraryRecipe, finding: RecipeFinding) -> frozenset[str] | None:
    """What a recipe is known to hold; None for an own one with a food in it that nobody knows."""
    if recipe.is_own and any(one.finding.unexplained or not one.finding.about for one in finding.ingredients):
        return None
    return frozenset(recipe.allergens).union(*(allergens_of(food, line.text) for line, food in _parts(finding)))


def _parts(finding: RecipeFinding) -> Iterator[tuple[Ingredient, Food]]:
    for one in finding.ingredients:
        for about in one.finding.about:
            yield one.ingredient, about.food


def _is_fresh(table: FoodTable, line: Ingredient, food: Food) -> bool:
    """Is it raw fish, poultry or mince that spoils within days, and not sold frozen?"""
    if food.aisle not in FRESH_AISLES or "frozen" in table.names.vocabulary.fold(line.text):
        return False
    return food.food_class.slug in FRESH_CLASSES or any(word in food.slug for word in MINCED)


def _leaves_a_rest(line: Ingredient, food: Food) -> bool:
    """May some of the pack be left? Eggs are counted out; whole packs are used up."""
    whole_packs = line.unit in PACKS and line.unit != "slice" and line.amount is not None and line.amount.denominator == 1
    return food.aisle in BY_THE_PACK and food.food_class.slug != "eggs" and not whole_packs


def _has_rice(recipe: LibraryRecipe, parts: Iterable[tuple[Ingredient, Food]]) -> bool:
    return recipe.kind in ("rice", "risotto", "congee") or any(
        food.slug in RICE or food.slug.endswith("-rice") for _, food in parts
    )


def _is_vegetable(food: Food) -> bool:
    return food.food_class.slug in VEGETABLE_CLASSES and food.slug not in FRUIT and food.family not in FRUIT
