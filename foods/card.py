"""Which foods stand on the card that a person carries? The ones asked about most, each where their sheets put it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foods.food import Finding, Verdict
from foods.rules import judge
from foods.sheets import Sheet
from foods.table import FoodTable

CARD_FOODS = (
    "pâté", "sushi", "oysters", "raw milk cheese", "rare steak", "runny egg", "home-made mayonnaise", "bagged salad",
    "coleslaw", "shop sandwich", "fruit pot", "soft-serve ice cream", "buffet food", "cream cake", "tiramisu",
    "brie", "Stilton", "goat's cheese", "ham", "salami", "smoked salmon", "cooked prawns", "hot dogs", "chicken", "egg",
    "bean sprouts", "frozen peas", "frozen berries", "ready meal", "leftovers", "feta", "cheddar", "cream cheese",
    "mozzarella", "yoghurt", "pasteurised milk", "tinned tuna", "baked beans", "tinned fruit", "bread", "peanut butter",
    "banana", "crisps", "dark chocolate",
)  # fmt: skip
"""Phrases that the table understands. Where each stands on the card follows from the person's sheets, not from here."""


@dataclass(frozen=True)
class PocketCard:
    """Three lists to print. What nobody knows stands with what is to be left; foods fine on one condition stand together."""

    avoid: tuple[Finding, ...]
    only_hot: tuple[Finding, ...]
    fine: tuple[tuple[Finding, ...], ...]


def pocket_card(table: FoodTable, sheets: Sequence[Sheet] = ()) -> PocketCard:
    """The card under this person's sheets."""
    found = [judge(table, food, sheets) for food in CARD_FOODS]
    return PocketCard(
        avoid=tuple(one for one in found if one.verdict > Verdict.COOK),
        only_hot=tuple(one for one in found if one.verdict is Verdict.COOK),
        fine=_by_condition(one for one in found if one.verdict is Verdict.OK),
    )


def _by_condition(found: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    together: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for one in found:
        condition = (one.label_says, one.do_this)
        together[condition] = (*together.get(condition, ()), one)
    return tuple(together.values())
