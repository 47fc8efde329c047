"""Which three rules matter most in a shop? A person's own sheet's where one is chosen; general ones where none is.

No rule names a hospital: a list lies on the kitchen table, and goes to whoever shops.
"""

from collections.abc import Iterator, Sequence

from foods.food import Verdict
from foods.rules import judge_food
from foods.sheets import Sheet
from foods.table import FoodTable

HOW_MANY = 3
LABEL = "If a label does not say what it must, leave it there."
"""Said whatever the sheet says: without it nobody knows what to do with a word that a line asks for."""
GENERAL = ("Buy fruit and vegetables whole, not cut.", LABEL, "Take cold things last.")
ASKED_ABOUT = {
    "cold-cooked-meat": "sliced cooked meat such as ham",
    "brie": "soft cheese with a rind such as brie",
    "smoked-salmon": "smoked salmon",
    "pate": "pâté",
    "bagged-salad": "salad in a bag",
    "gorgonzola": "soft blue cheese",
    "coleslaw": "coleslaw or potato salad",
    "shop-sandwich": "ready-made sandwiches",
    "salami": "salami or chorizo",
    "raw-milk": "raw milk",
}
"""A food that stands for many like it -> what to call them in a shop. What is bought by mistake most comes first."""


def shop_rules(table: FoodTable, sheets: Sequence[Sheet] = ()) -> tuple[str, ...]:
    """Three sentences: what these sheets say to leave in the shop, then what to buy only for cooking, then general rules."""
    spoken_of = [
        slug for slug in ASKED_ABOUT if slug in table.foods and any(sheet.says(table.foods[slug]) for sheet in sheets)
    ]
    return tuple([*_of_the_sheets(table, spoken_of, sheets), *GENERAL][:HOW_MANY])


def _of_the_sheets(table: FoodTable, slugs: Sequence[str], sheets: Sequence[Sheet]) -> Iterator[str]:
    verdicts = {slug: judge_food(table, table.foods[slug], sheets).verdict for slug in slugs}
    for verdict, sentence in ((Verdict.AVOID, "Buy no {}."), (Verdict.COOK, "Buy {} only to cook it.")):
        yield from (sentence.format(ASKED_ABOUT[slug]) for slug, found in verdicts.items() if found is verdict)
