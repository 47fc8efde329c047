"""What does a shop sell so much of a food in? Usual British packs: "1 bulb" for five cloves of garlic, "1 pack of 500 g"."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

Sold = tuple[str, int, str]
"""The unit that a pack is counted out in, how many of it one holds, and what the pack is called."""

SOLD: Mapping[str, tuple[Sold, ...]] = {
    "garlic": (("clove", 10, "bulb"),),
    "celery": (("stick", 8, "head of celery"),),
    "egg": (("", 6, "box of 6"),),
    "butter": (("g", 250, "pack of 250 g"),),
    "pasteurised-milk": (("ml", 1136, "bottle of 2 pints"),),
    "oats": (("g", 500, "bag of 500 g"),),
    "rice": (("g", 500, "bag of 500 g"),),
    "pasta": (("g", 500, "pack of 500 g"),),
    "couscous": (("g", 500, "pack of 500 g"),),
    "lentils": (("g", 500, "bag of 500 g"),),
    "minced-beef": (("g", 500, "pack of 500 g"),),
    "lamb-mince": (("g", 500, "pack of 500 g"),),
    "pork-mince": (("g", 500, "pack of 500 g"),),
    "turkey-mince": (("g", 500, "pack of 500 g"),),
    "cream-cheese": (("g", 180, "tub of 180 g"),),
    "yoghurt": (("g", 500, "pot of 500 g"),),
    "ricotta": (("g", 250, "tub of 250 g"),),
    "mozzarella": (("g", 125, "ball of 125 g"),),
    "halloumi": (("g", 225, "pack of 225 g"),),
    "cheddar": (("g", 350, "block of 350 g"),),
    "tofu": (("g", 280, "pack of 280 g"),),
    "frozen-peas": (("g", 900, "bag of 900 g"),),
    "frozen-spinach": (("g", 900, "bag of 900 g"),),
    "frozen-vegetables": (("g", 1000, "bag of 1 kg"),),
    "tomato-puree": (("g", 200, "tube of 200 g"), ("tsp", 40, "tube of 200 g")),
    "coconut-milk": (("ml", 400, "tin of 400 ml"),),
}
"""Food -> the pack it is sold in. A food that is not here is bought loose, or by the amount on the list."""
BY_CLASS: Mapping[str, tuple[Sold, ...]] = {
    "bakery": (("slice", 18, "loaf"),),
    "canned": (("g", 400, "tin of 400 g"),),
    "herbs": (("sprig", 10, "bunch"), ("handful", 2, "bunch")),
    "produce-raw": (("sprig", 10, "bunch"), ("handful", 2, "bunch"), ("bunch", 1, "bunch")),
}

GRAMS_IN_TSP: Mapping[str, int] = {"honey": 7, "golden-syrup": 7, "maple-syrup": 7, "treacle": 7}
USUAL_GRAMS_IN_TSP = 5
"""A level teaspoon of most food weighs 5 g at most: added to what is weighed, it leaves nothing short."""


def sold_as(slug: str, food_class: str, unit: str, amount: Fraction) -> str:
    """The packs that hold an amount, like "2 packs of 500 g"; empty where a shop sells it loose or we do not know."""
    for counted_in, holds, pack in (*SOLD.get(slug, ()), *BY_CLASS.get(food_class, ())):
        if unit == counted_in:
            count = ceil(amount / holds)
            return f"{count} {_several(pack) if count > 1 else pack}"
    return ""


def grams_in_tsp(slug: str) -> int:
    """What a teaspoon of a food weighs, in grams, rounded up."""
    return GRAMS_IN_TSP.get(slug, USUAL_GRAMS_IN_TSP)


def _several(pack: str) -> str:
    first, *rest = pack.split(" of ", 1)
    plural = {"loaf": "loaves"}.get(first, first + ("es" if first.endswith(("x", "ch")) else "s"))
    return " of ".join([plural, *rest])
