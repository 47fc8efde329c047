"""Which words does a recipe use? schema.org's and ours: Ingredient, Recipe, and what we know of the recipes we ship."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Ingredient:
    """One line of a recipe's list, as written (`text`) and as read.

    `amount` to `amount_to` is a range ("2 to 3"); both are None where the line gives no amount. `unit` is our own name for
    it ("g", "ml", "tbsp", "tin" ...), empty for things counted. `food` is the line without its amounts, every other word
    kept, because "cooked", "soft" or "smoked" may stand anywhere in it. A heading ("For the sauce:") names no food.
    """

    text: str
    amount: Fraction | None = None
    amount_to: Fraction | None = None
    unit: str = ""
    food: str = ""
    is_heading: bool = False
    is_optional: bool = False


@dataclass(frozen=True)
class Recipe:
    """A recipe as schema.org describes one, from our library, a web page or a person's own words."""

    name: str
    ingredients: tuple[Ingredient, ...]
    steps: tuple[str, ...]
    servings: int | None = None
    source: str = ""


MEALS = ("breakfast", "lunch", "dinner", "snack")
DIETS = ("vegetarian", "vegan", "pescatarian")
TRAVELS = ("shelf", "flask", "cold bag", "microwave")
ALLERGENS = (
    "celery", "crustaceans", "eggs", "fish", "gluten", "lupin", "milk", "molluscs", "mustard", "nuts", "peanuts", "sesame",
    "soya", "sulphites",
)  # fmt: skip
EQUIPMENT = (
    "hob", "oven", "grill", "microwave", "toaster", "kettle", "slow cooker", "small saucepan", "saucepan", "large saucepan",
    "second saucepan", "frying pan", "large frying pan", "wok", "casserole dish", "ovenproof dish", "roasting tin",
    "baking tray", "second baking tray", "loaf tin", "cake tin", "muffin tin", "muffin cases", "ramekins", "baking paper",
    "foil", "mixing bowl", "microwave bowl", "whisk", "rolling pin", "potato masher", "stick blender", "sieve", "colander",
    "grater", "tin opener", "food thermometer", "lunch box", "flask", "cold bag", "jar with a lid",
)  # fmt: skip
"""What a kitchen may lack. Knives, boards, spoons, plates and scales go without saying."""
SETTINGS = ("strict",)
"""Stricter ways of planning that a recipe may not fit: `strict` is every hospital's sheet at once."""


@dataclass(frozen=True)
class LibraryRecipe(Recipe):
    """A recipe we ship, with what a planner needs to know of it.

    Minutes are whole minutes: `active_minutes` with the hands busy, `standing_minutes` of those on one's feet,
    `total_minutes` from start to table. `effort` runs from 1 (open a tin) to 5. `packs` says how a lunch travels, empty
    where it does not. `keeps_hours` is how long leftovers keep in the fridge, None where they do not. `queasy` is bland
    enough for a queasy day; `cook_ahead` is worth cooking and freezing before the infusions. `not_under` names the settings
    under which it cannot be planned; `paused` is one that cannot be planned at all. `others_only` are foods for
    the plates of those who are not on the diet.

    A household's own recipe that it wants in its weeks has the same words. It `is_own`: its verdict is worked out each time,
    and `told` says of some of its lines what somebody said they are: line, then words.
    """

    slug: str = ""
    description: str = ""
    meals: tuple[str, ...] = ()
    main_food: str = ""
    kind: str = ""
    active_minutes: int = 0
    standing_minutes: int = 0
    total_minutes: int = 0
    effort: int = 1
    packs: str = ""
    freezes: bool = False
    served_hot: bool = True
    keeps_hours: int | None = None
    diets: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    queasy: bool = False
    cook_ahead: bool = False
    not_under: tuple[str, ...] = ()
    paused: bool = False
    others_only: tuple[str, ...] = ()
    is_own: bool = False
    told: tuple[tuple[str, str], ...] = ()
