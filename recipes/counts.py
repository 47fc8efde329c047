"""Do we ship enough recipes of every kind? What the library must hold, and how many there are."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

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
