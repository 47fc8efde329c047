"""What is plainly in a food: which allergens, what it rules out for whom, and does it need the fridge?

It is asked of the recipes that we ship, to catch what their authors forgot. A pack's label may say more than this.
"""

import re
from collections.abc import Mapping

from foods.food import Food

MEAT = frozenset({"deli-meat", "cured-meats", "pates", "hot-dogs", "red-meat", "offal-game", "poultry", "sous-vide"})
FISH = frozenset(
    {
        "fish-raw", "fish-cold-smoked", "fish-hot-smoked", "fish-cooked", "fish-tinned", "roe", "surimi", "shellfish-raw",
        "shellfish-cooked",
    }
)  # fmt: skip
"""Classes of food that nobody who leaves meat, or fish, will eat."""
MEAT_FOODS = frozenset(
    {
        "lard", "suet", "gelatine", "beef-extract", "bacon-bits", "pork-scratchings", "tinned-ham", "tinned-meat", "spam",
        "tinned-corned-beef", "marshmallow", "jelly",
    }
)  # fmt: skip
FISH_FOODS = frozenset(
    {
        "fish-sauce",
        "oyster-sauce",
        "worcestershire-sauce",
        "anchovy-paste",
        "bonito-flakes",
        "dried-anchovies",
        "shrimp-paste",
    }
)
_RENNET = frozenset({"parmesan", "parmigiano-reggiano", "grana-padano"})
"""Cheeses that by their name are made with rennet from calves."""
_MEAT_WORDS = re.compile(r"\b(?:beef|chicken|lamb|meat|ham|pork) (?:stock|gravy)", re.I)
_NO_ANIMAL = re.compile(r"\b(?:vegan|vegetable suet|dairy[- ]free|plant|vegetarian)\b", re.I)

_CHEESES = frozenset(
    {
        "cheese-soft-mould", "cheese-soft-blue", "cheese-hard-blue", "cheese-washed-rind", "cheese-fresh", "cheese-hard",
        "cheese-processed", "cheese-deli-grated",
    }
)  # fmt: skip
_MILKY = _CHEESES | {
    "raw-dairy", "milk-cream", "yoghurt-kefir", "tzatziki", "sour-cream-and-chive-dip", "chocolate-spread", "jarred-pesto",
    "fresh-pesto", "white-sauce", "ice-cream-tub", "wrapped-ice-cream", "frozen-yoghurt", "brioche", "shortbread", "naan",
}  # fmt: skip
_NUTS = frozenset(
    {
        "almonds", "smoked-almonds", "cashews", "walnuts", "pecans", "hazelnuts", "pistachios", "other-nuts", "nut-butter",
        "ground-almonds", "marzipan", "macaron",
    }
)  # fmt: skip
_WHEAT = frozenset(
    {
        "pasta", "fresh-pasta", "lasagne-sheets", "fresh-lasagne-sheets", "cooked-pasta", "noodles", "egg-noodles",
        "fresh-noodles", "straight-to-wok-noodles", "boxed-macaroni-cheese", "couscous", "bulgur", "oats", "plain-flour",
        "self-raising-flour", "bread-flour", "semolina", "baking-mix", "gnocchi", "stuffing-mix", "bread-sauce-mix",
        "soy-sauce",
        "teriyaki-sauce", "hoisin-sauce", "gravy-granules", "filled-pasta", "fish-fingers", "fish-cakes", "chicken-nuggets",
        "breaded-prawns", "sausage", "beer", "tinned-pasta", "stock-cube", "pretzel", "yeast-extract",
    }
)  # fmt: skip
_FREE_BAKERY = frozenset({"taco-shell", "meringue-nest", "macaron", "posset", "mochi"})

PLAINLY: Mapping[str, frozenset[str]] = {
    "celery": frozenset({"celery", "celeriac", "celery-salt", "stock-cube"}),
    "crustaceans": frozenset(
        {"prawn", "cooked-prawns", "crab", "crab-meat", "lobster", "langoustine", "crayfish", "breaded-prawns",
         "prawn-cocktail", "dried-shrimp", "shrimp-paste", "prawn-crackers", "surimi"}
    ),
    "eggs": frozenset({"eggs", "egg-dish-raw", "egg-noodles", "jarred-mayonnaise", "aioli-jarred", "tartare-sauce",
                       "salad-cream", "meringue-nest", "lemon-curd", "brioche", "pancake", "ladyfinger"}),
    "fish": frozenset({"fish-raw", "fish-cold-smoked", "fish-hot-smoked", "fish-cooked", "fish-tinned", "roe", "surimi",
                       "fish-sauce", "worcestershire-sauce", "anchovy-paste", "dried-anchovies", "bonito-flakes"}),
    "gluten": _WHEAT | {"bakery"},
    "lupin": frozenset(),
    "milk": _MILKY,
    "molluscs": frozenset({"mussel", "clam", "scallop", "squid", "oyster", "cockles-and-whelks", "oyster-sauce", "seafood"}),
    "mustard": frozenset({"mustard", "mustard-seed", "salad-cream", "curry-powder", "curry-paste"}),
    "nuts": _NUTS,
    "peanuts": frozenset({"peanuts", "peanut-butter"}),
    "sesame": frozenset({"tahini", "sesame-seeds", "hummus", "home-made-hummus", "deli-hummus"}),
    "soya": frozenset({"soy-sauce", "tofu-soy", "textured-protein", "soya-yoghurt", "teriyaki-sauce", "hoisin-sauce"}),
    "sulphites": frozenset({"wine", "sausage", "dried-apricots"}),
}  # fmt: skip
"""Each allergen -> the classes of food, and single foods, that hold it whatever the brand."""

_NOT_THIS_ONE = {
    "celery": re.compile(r"celery[- ]free", re.I),
    "gluten": re.compile(r"gluten[- ]free|\brice (?:flour|noodle|cake)|\bcorn (?:tortilla|flake)|polenta", re.I),
    "milk": re.compile(r"dairy[- ]free|vegan|plant", re.I),
    "sulphites": re.compile(r"unsulphured", re.I),
    "eggs": re.compile(r"egg[- ]free|vegan", re.I),
}
"""Words on the line that say that the usual thing is not in it."""
_ALSO = {
    "sesame": re.compile(r"\bsesame\b", re.I),
    "sulphites": re.compile(r"\bsulphit|\bbottled (?:lemon|lime) juice|\bwine vinegar|\bbalsamic", re.I),
}

FRIDGE_OR_FREEZER = frozenset({"meat", "fish", "dairy", "deli", "chilled", "frozen"})
"""Aisles of the shop that are kept cold. Milk that keeps outside, tins and jars stand in others."""
_SPOILS_ONCE_COOKED = frozenset(
    {
        "rice", "pasta", "noodles", "egg-noodles", "rice-noodles", "couscous", "bulgur", "quinoa", "lentils", "split-peas",
        "mung-beans", "dried-chickpeas", "kidney-beans", "dried-beans", "polenta",
    }
)  # fmt: skip


def allergens_of(food: Food, line: str) -> frozenset[str]:
    """Which of the 14 allergens a food plainly holds, as a recipe's line speaks of it."""
    kinds = {food.slug, food.food_class.slug} - ({"bakery"} if food.slug in _FREE_BAKERY else set())
    found = {one for one, holders in PLAINLY.items() if kinds & holders}
    said = {one for one, words in _ALSO.items() if words.search(line)}
    denied = {one for one, words in _NOT_THIS_ONE.items() if words.search(line)}
    return frozenset((found | said) - denied)


def ruled_out(food: Food, line: str) -> frozenset[str]:
    """Which diets a food has no place in: `vegetarian`, `vegan`, `pescatarian`."""
    if _NO_ANIMAL.search(line):
        return frozenset()
    if food.food_class.slug in MEAT or food.slug in MEAT_FOODS or _MEAT_WORDS.search(line):
        return frozenset({"vegetarian", "vegan", "pescatarian"})
    if food.food_class.slug in FISH or food.slug in FISH_FOODS:
        return frozenset({"vegetarian", "vegan"})
    if food.slug in _RENNET:
        return frozenset({"vegetarian", "vegan"})
    from_animals = {"milk", "eggs"} & allergens_of(food, line) or food.slug in ("honey", "honey-raw")
    return frozenset({"vegan"}) if from_animals else frozenset()


def needs_chilling(food: Food) -> bool:
    """Is it sold from the fridge or the freezer, so that it spoils in a bag?"""
    return food.aisle in FRIDGE_OR_FREEZER


def spoils_once_cooked(food: Food) -> bool:
    """Is it dry as sold, but food for germs once it has been boiled and left: rice, pasta, lentils?"""
    return food.slug in _SPOILS_ONCE_COOKED
