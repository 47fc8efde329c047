"""Which of our recipes fit what a person wants? Every wish narrows; one that leaves something out never lets it through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from foods.food import Verdict
from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.check import RecipeFinding
from recipes.holds import Holds, Thing, things
from recipes.ours import check_ours, holds_ours
from recipes.recipe import LibraryRecipe

MINUTES = (5, 10, 15, 20, 30, 45)
"""Active minutes to choose from."""


@dataclass(frozen=True)
class Wanted:
    """What a person wants; whatever is empty does not matter. `minutes` are active, `effort` the most of 1 to 5."""

    meal: str = ""
    minutes: int | None = None
    effort: int | None = None
    packs: str = ""
    freezes: bool = False
    served_hot: bool = False
    queasy: bool = False
    cook_ahead: bool = False
    main_food: str = ""
    kind: str = ""
    diet: str = ""
    without: tuple[str, ...] = ()
    leave_out: str = ""
    uses: str = ""
    show_all: bool = False


@dataclass(frozen=True)
class Ours:
    """One of our recipes with its verdict under the person's sheets, and what it holds."""

    recipe: LibraryRecipe
    finding: RecipeFinding
    holds: Holds

    @property
    def is_plannable(self) -> bool:
        """Can it stand in this person's week?"""
        return self.finding.verdict <= Verdict.COOK and not self.recipe.paused


@dataclass(frozen=True)
class Chosen:
    """The recipes that fit, of how many; which wish to drop where none is left, with how many that would give.

    `unknown` are things to leave out that we do not know; then nothing fits. `used` are the things that each recipe uses.
    """

    found: tuple[Ours, ...]
    of: int
    to_drop: tuple[tuple[str, int], ...] = ()
    unknown: tuple[str, ...] = ()
    used: dict[str, tuple[str, ...]] = field(default_factory=dict)


Test = Callable[[Ours], bool]


def ours(table: FoodTable, recipes: Sequence[LibraryRecipe], sheets: Sequence[Sheet] = ()) -> list[Ours]:
    """Every recipe of ours with its verdict under these sheets."""
    return [Ours(recipe, check_ours(table, recipe, sheets), holds_ours(table, recipe)) for recipe in recipes]


def choose(table: FoodTable, recipes: Sequence[Ours], wanted: Wanted) -> Chosen:
    """The recipes that fit every wish, those that use up most first."""
    shown = [one for one in recipes if wanted.show_all or one.is_plannable]
    to_use, left_out = things(table, wanted.uses), things(table, wanted.leave_out)
    unknown = tuple(thing.said for thing in left_out if not thing.is_known)
    if unknown:
        return Chosen((), len(shown), unknown=unknown)
    tests = _tests(wanted, to_use, left_out)
    found = [one for one in shown if all(test(one) for test in tests.values())]
    used = {one.recipe.slug: tuple(thing.said for thing in to_use if one.holds.uses(thing)) for one in found}
    found.sort(key=lambda one: -len(used[one.recipe.slug]))
    to_drop = () if found else tuple(_worth_dropping(shown, tests))
    return Chosen(tuple(found), len(shown), to_drop, used=used)


def without_wish(wanted: Wanted, wish: str) -> Wanted:
    """The same wishes but one."""
    return replace(wanted, **{wish: getattr(Wanted(), wish)})


def _tests(wanted: Wanted, to_use: Sequence[Thing], left_out: Sequence[Thing]) -> dict[str, Test]:
    """A test for each wish that was made, by the name of its field."""
    tests: dict[str, Test] = {
        "meal": lambda one: wanted.meal in one.recipe.meals,
        "minutes": lambda one: one.recipe.active_minutes <= (wanted.minutes or 0),
        "effort": lambda one: one.recipe.effort <= (wanted.effort or 0),
        "packs": lambda one: one.recipe.packs == wanted.packs,
        "freezes": lambda one: one.recipe.freezes,
        "served_hot": lambda one: one.recipe.served_hot,
        "queasy": lambda one: one.recipe.queasy,
        "cook_ahead": lambda one: one.recipe.cook_ahead,
        "main_food": lambda one: one.recipe.main_food == wanted.main_food,
        "kind": lambda one: one.recipe.kind == wanted.kind,
        "diet": lambda one: not one.holds.may_break(wanted.diet),
        "without": lambda one: not any(map(one.holds.may_hold_allergen, wanted.without)),
        "leave_out": lambda one: not any(map(one.holds.may_hold, left_out)),
        "uses": lambda one: any(map(one.holds.uses, to_use)),
    }
    return {wish: test for wish, test in tests.items() if getattr(wanted, wish)}


def _worth_dropping(shown: Sequence[Ours], tests: dict[str, Test]) -> list[tuple[str, int]]:
    """Each wish without which something is left, the most first."""
    left = [(wish, sum(all(test(one) for other, test in tests.items() if other != wish) for one in shown)) for wish in tests]
    return sorted(((wish, count) for wish, count in left if count), key=lambda pair: (-pair[1], pair[0]))
