"""Does the library hold what we promise: enough recipes of every kind, each of which can be planned or says why not?"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from foods.datafile import Mistake
from foods.food import Verdict
from foods.table import FoodTable
from recipes.check import check
from recipes.recipe import LibraryRecipe

FEW_MINUTES = 10
"""Minutes with the hands busy that a tired person still finds."""


@dataclass(frozen=True)
class Kind:
    """A kind of recipe and the least number of them that we ship."""

    what: str
    least: int
    fits: Callable[[LibraryRecipe], bool]


KINDS = (
    Kind("recipes", 150, lambda recipe: True),
    Kind("breakfasts", 25, lambda recipe: "breakfast" in recipe.meals),
    Kind("lunches that travel", 40, lambda recipe: "lunch" in recipe.meals and bool(recipe.packs)),
    Kind("dinners", 65, lambda recipe: "dinner" in recipe.meals),
    Kind("snacks and puddings", 20, lambda recipe: "snack" in recipe.meals),
    Kind(f"with {FEW_MINUTES} active minutes or fewer", 40, lambda recipe: recipe.active_minutes <= FEW_MINUTES),
    Kind("that freeze", 40, lambda recipe: recipe.freezes),
    Kind("without meat or fish", 45, lambda recipe: "vegetarian" in recipe.diets),
    Kind("for queasy days", 15, lambda recipe: recipe.queasy),
    Kind("to cook before the infusions", 12, lambda recipe: recipe.cook_ahead),
)
"""What the library promises."""


@dataclass(frozen=True)
class Count:
    """How many recipes of a kind there are that can be planned."""

    kind: Kind
    found: int

    @property
    def is_enough(self) -> bool:
        """Are there as many as promised?"""
        return self.found >= self.kind.least

    def __str__(self) -> str:
        return f"{self.found} {self.kind.what} (at least {self.kind.least})"


def count(recipes: Collection[LibraryRecipe]) -> Iterator[Count]:
    """How many of each kind there are; a paused recipe counts for nothing."""
    for kind in KINDS:
        yield Count(kind, sum(not recipe.paused and kind.fits(recipe) for recipe in recipes))


def wrong_marks(table: FoodTable, recipe: LibraryRecipe) -> Iterator[Mistake]:
    """Where `paused` or `not_under` does not say what the food table and every sheet at once make of the recipe.

    It is asked when the facts are checked, not when the app starts: a corrected fact must not stop the app.
    """
    file = f"{recipe.slug}.toml"
    plainly = check(table, recipe)
    if plainly.verdict > Verdict.COOK and not recipe.paused:
        yield Mistake(file, 0, "paused", plainly.why, "mend the recipe, or add `paused = true` until it is mended")
    strictly = check(table, recipe, tuple(table.sheets.values()))
    if strictly.verdict > Verdict.COOK and not recipe.paused and "strict" not in recipe.not_under:
        yield Mistake(file, 0, "not_under", strictly.why, 'mend the recipe, or add `not_under = ["strict"]` to it')
    if strictly.verdict <= Verdict.COOK and recipe.not_under:
        yield Mistake(
            file, 0, "not_under", ", ".join(recipe.not_under), "take it out: every sheet at once allows this recipe"
        )
