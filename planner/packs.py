"""What does a shop sell so much of a food in? Usual British packs: "1 bulb" for five cloves of garlic, "1 pack of 500 g".

Also what one of a food weighs, and what does the same job where the shop has none.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

Sold = tuple[str, int, str]
"""The unit that a pack is counted out in, how many of it one holds, and what the pack is called."""

SOLD: Mapping[str, tuple[Sold, ...]] = {
    "garlic": (("clove", 10, "bulb"),),
    "celery": (("stick", 8, "head of celery"),),
    "spring-onion": (("", 8, "bunch"),),
    "parsley": (("tsp", 18, "bunch"),),
    "lemon-juice": (("tsp", 6, "lemon"),),
    "egg": (("", 6, "box of 6"),),
    "butter": (("g", 250, "pack of 250 g"),),
    "pasteurised-milk": (("ml", 1136, "bottle of 2 pints"),),
    "pasteurised-juice": (("ml", 1000, "carton of 1 litre"),),
    "oats": (("g", 500, "bag of 500 g"),),
    "granola": (("g", 500, "bag of 500 g"),),
    "breakfast-cereal": (("", 24, "box of 24"),),
    "rice": (("g", 500, "bag of 500 g"),),
    "pasta": (("g", 500, "pack of 500 g"),),
    "egg-noodles": (("g", 250, "pack of 250 g"),),
    "rice-noodles": (("g", 250, "pack of 250 g"),),
    "lasagne-sheets": (("", 20, "box of 500 g"),),
    "couscous": (("g", 500, "pack of 500 g"),),
    "bulgur": (("g", 500, "bag of 500 g"),),
    "lentils": (("g", 500, "bag of 500 g"),),
    "split-peas": (("g", 500, "bag of 500 g"),),
    "gnocchi": (("g", 500, "pack of 500 g"),),
    "breadcrumbs": (("g", 175, "tub of 175 g"),),
    "dried-vegetables": (("g", 120, "pack of 120 g"),),
    "minced-beef": (("g", 500, "pack of 500 g"),),
    "lamb-mince": (("g", 500, "pack of 500 g"),),
    "pork-mince": (("g", 500, "pack of 500 g"),),
    "turkey-mince": (("g", 500, "pack of 500 g"),),
    "sausage": (("", 8, "pack of 8"),),
    "bacon": (("rasher", 8, "pack of 8"),),
    "cream-cheese": (("g", 180, "tub of 180 g"),),
    "yoghurt": (("g", 500, "pot of 500 g"),),
    "sour-cream": (("ml", 150, "pot of 150 ml"),),
    "ricotta": (("g", 250, "tub of 250 g"),),
    "mozzarella": (("g", 125, "ball of 125 g"),),
    "halloumi": (("g", 225, "pack of 225 g"),),
    "paneer": (("g", 225, "pack of 225 g"),),
    "cheddar": (("g", 350, "block of 350 g"),),
    "tofu": (("g", 280, "pack of 280 g"),),
    "crumpet": (("", 6, "pack of 6"),),
    "sweet-bun": (("", 4, "pack of 4"),),
    "burger-bun": (("", 4, "pack of 4"),),
    "pitta": (("", 6, "pack of 6"),),
    "naan": (("", 2, "pack of 2"),),
    "tortilla-wrap": (("", 6, "pack of 6"),),
    "oatcake": (("", 24, "pack of 24"),),
    "crackers": (("", 24, "pack"),),
    "breadstick": (("", 20, "pack"),),
    "frozen-peas": (("g", 900, "bag of 900 g"),),
    "frozen-sweetcorn": (("g", 900, "bag of 900 g"),),
    "frozen-spinach": (("g", 900, "bag of 900 g"),),
    "frozen-green-beans": (("g", 900, "bag of 900 g"),),
    "frozen-broccoli": (("g", 900, "bag of 900 g"),),
    "frozen-onions": (("g", 500, "bag of 500 g"),),
    "frozen-squash": (("g", 500, "bag of 500 g"),),
    "frozen-berries": (("g", 500, "bag of 500 g"),),
    "frozen-vegetables": (("g", 1000, "bag of 1 kg"),),
    "oven-chips": (("g", 900, "bag of 900 g"),),
    "fish-fingers": (("", 10, "box of 10"),),
    "vegetarian-sausage": (("", 6, "pack of 6"),),
    "tomato-puree": (("g", 200, "tube of 200 g"),),
    "roasted-peppers-jar": (("g", 280, "jar"),),
    "pickled-vegetables": (("g", 280, "jar"),),
    "coconut-milk": (("ml", 400, "tin of 400 ml"),),
    "tinned-fruit": (("", 15, "tin"),),
    "dates": (("", 25, "bag of 250 g"), ("g", 250, "bag of 250 g")),
    "dried-apricots": (("g", 250, "bag of 250 g"),),
    "raisins": (("g", 500, "bag of 500 g"),),
    "ground-almonds": (("g", 150, "bag of 150 g"),),
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

GRAMS_EACH: Mapping[str, int] = {
    "carrot": 100,
    "parsnip": 150,
    "onion": 150,
    "potato": 250,
    "baking potato": 350,
    "sweet potato": 300,
    "tomato": 100,
    "courgette": 250,
    "apple": 150,
    "banana": 150,
    "pear": 180,
    "chicken breast": 200,
    "chicken thigh": 150,
    "cod fillet": 150,
    "haddock fillet": 150,
    "salmon fillet": 150,
}
"""What a good-sized one weighs in grams, rounded up: added to what is weighed, it leaves nothing short."""

SAME_JOB: Mapping[str, tuple[str, ...]] = {
    "apple": ("pear",),
    "pear": ("apple",),
    "satsuma": ("orange",),
    "carrot": ("parsnip",),
    "parsnip": ("carrot",),
    "cauliflower": ("broccoli",),
    "broccoli": ("cauliflower",),
    "sweet-potato": ("butternut-squash",),
    "butternut-squash": ("sweet-potato",),
    "cannellini-beans": ("butter-beans", "tinned-chickpeas"),
    "butter-beans": ("cannellini-beans", "tinned-chickpeas"),
    "tinned-chickpeas": ("cannellini-beans", "butter-beans"),
    "black-beans": ("tinned-kidney-beans",),
    "tinned-kidney-beans": ("black-beans",),
    "tinned-tomatoes": ("passata",),
    "tinned-tuna": ("tinned-salmon",),
    "tinned-salmon": ("tinned-tuna",),
    "tinned-sardines": ("tinned-mackerel",),
    "tinned-pineapple": ("tinned-fruit",),
    "couscous": ("bulgur",),
    "minced-beef": ("lamb-mince", "turkey-mince"),
    "lamb-mince": ("minced-beef",),
    "turkey-mince": ("minced-beef",),
    "cod": ("haddock", "pollock"),
    "haddock": ("cod", "pollock"),
    "salmon": ("trout",),
    "cheddar": ("red-leicester", "double-gloucester"),
    "sour-cream": ("creme-fraiche",),
    "pasteurised-milk": ("uht-milk",),
    "frozen-peas": ("frozen-sweetcorn", "frozen-green-beans"),
    "frozen-green-beans": ("frozen-peas",),
    "frozen-sweetcorn": ("frozen-peas",),
    "frozen-broccoli": ("frozen-green-beans",),
    "frozen-squash": ("sweet-potato",),
}
"""Food -> foods that do the same job in a recipe, cooked in the same way and time, the best first.

A food that is not here has no stand-in: eggs in a cake do what nothing else in a shop does.
"""


def sold_as(slug: str, food_class: str, unit: str, amount: Fraction) -> str:
    """The packs that hold an amount, like "2 packs of 500 g"; empty where a shop sells it loose or we do not know.

    What is spooned out of something sold by weight is weighed first.
    """
    packs = (*SOLD.get(slug, ()), *BY_CLASS.get(food_class, ()))
    for counted_in, holds, pack in packs:
        if unit == counted_in:
            return _packs(ceil(amount / holds), pack)
    for counted_in, holds, pack in packs:
        if unit == "tsp" and counted_in in ("g", "ml"):
            return _packs(ceil(amount * (grams_in_tsp(slug) if counted_in == "g" else 5) / holds), pack)
    return ""


def grams_in_tsp(slug: str) -> int:
    """What a teaspoon of a food weighs, in grams, rounded up."""
    return GRAMS_IN_TSP.get(slug, USUAL_GRAMS_IN_TSP)


def grams_each(name: str) -> int:
    """What one of a food weighs, in grams, rounded up, by its name in a shop; 0 where we do not know."""
    known = [one for one in GRAMS_EACH if name == one or name.endswith(f" {one}")]
    return GRAMS_EACH[max(known, key=len)] if known else 0


def _packs(count: int, pack: str) -> str:
    return f"{count} {_several(pack) if count > 1 else pack}"


def _several(pack: str) -> str:
    first, *rest = pack.split(" of ", 1)
    plural = {"loaf": "loaves"}.get(first, first + ("es" if first.endswith(("x", "ch")) else "s"))
    return " of ".join([plural, *rest])
