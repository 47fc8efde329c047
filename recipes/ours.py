"""What is the verdict on a recipe of our own? Worked out once for each sheet and each set of facts, then remembered.

The facts do not change while the app runs, so neither does an answer. It is forgotten with the process, never written
down, and never shared between two sets of facts or two sheets.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.check import RecipeFinding, check
from recipes.holds import Holds, holds
from recipes.recipe import LibraryRecipe, Recipe

MOST_SHEETS = 24
"""Sets of sheets remembered at once, the one used longest ago forgotten first: every hospital's and some of people's own."""


def check_ours(table: FoodTable, recipe: Recipe, sheets: Sequence[Sheet] = ()) -> RecipeFinding:
    """What `check` says of a recipe that stays the same, such as one of the library's; the same answer, sooner.

    A household's own recipe is checked anew: nothing that people wrote is remembered here.
    """
    if isinstance(recipe, LibraryRecipe) and recipe.is_own:
        return check(table, recipe, sheets)
    known = _answers(_Facts(table, tuple(sheets)))
    if id(recipe) not in known:
        known[id(recipe)] = check(table, recipe, sheets)
    return known[id(recipe)]


def holds_ours(table: FoodTable, recipe: Recipe) -> Holds:
    """What a recipe of our own holds; the same under every sheet."""
    known = _contents(_Facts(table, ()))
    if id(recipe) not in known:
        known[id(recipe)] = recipe, holds(table, check_ours(table, recipe))
    return known[id(recipe)][1]


@dataclass(frozen=True, eq=False)
class _Facts:
    """One food table, this very one, and the sheets that apply. Sheets that say the same are the same."""

    table: FoodTable
    sheets: tuple[Sheet, ...]
    protocols: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "protocols", tuple(sheet.protocol for sheet in self.sheets))

    def __hash__(self) -> int:
        return hash((id(self.table), self.protocols))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and self.table is other.table and self.sheets == other.sheets


@functools.lru_cache(maxsize=MOST_SHEETS)
def _answers(facts: _Facts) -> dict[int, RecipeFinding]:
    """The answers found so far, by the recipe's identity. Each answer holds its recipe, so that no identity comes twice."""
    return {}


@functools.lru_cache(maxsize=2)
def _contents(facts: _Facts) -> dict[int, tuple[Recipe, Holds]]:
    """What recipes hold, as far as it was asked; with each recipe, so that no identity comes twice."""
    return {}
