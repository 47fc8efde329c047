"""How is a household's own recipe kept? As schema.org's words, with its first text and with what was told of its lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from foods.keeping import Said
from recipes.draft import Draft, draft_of
from recipes.exports import as_schema_org
from recipes.recipe import LibraryRecipe, Recipe

RECIPE, LIKE = "recipe", "like"
"""The kinds of what is kept."""
LONGEST_ANSWER = 60
"""Letters of what somebody says a food is."""
MOST_RECIPES = 2_000
LONGEST_KEY = 60
OWN_PREFIX = "mine-"
"""What stands before the key of an own recipe where recipes of ours stand beside it."""


@dataclass(frozen=True)
class InWeeks:
    """That a household wants its own recipe in its weeks: for which meals, and how many minutes it keeps the hands busy."""

    meals: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class OwnRecipe:
    """A recipe that a household keeps: as it is cooked here, as it was found, and what they said of foods we do not know.

    `found` is None while nothing was changed. `told` is line -> what it is, like "a spice". It changes no verdict.
    `in_weeks` is None for one that no week is to hold.
    """

    recipe: Recipe
    found: Recipe | None = None
    told: tuple[tuple[str, str], ...] = ()
    in_weeks: InWeeks | None = None

    def changed(self, recipe: Recipe) -> "OwnRecipe":
        """With another text. The first one is kept beside it, and answers about lines that are gone are not."""
        lines = {line.text for line in recipe.ingredients}
        before = self.found or self.recipe
        told = tuple((line, said) for line, said in self.told if line in lines)
        return OwnRecipe(recipe, None if before == recipe else before, told, self.in_weeks)

    def answered(self, told: Mapping[str, str]) -> "OwnRecipe":
        """With what somebody said of its lines. An empty answer takes one back; what is no line of it counts for nothing."""
        lines = [line.text for line in self.recipe.ingredients]
        known = {**dict(self.told), **{line: " ".join(said.split())[:LONGEST_ANSWER] for line, said in told.items()}}
        return replace(self, told=tuple((line, known[line]) for line in dict.fromkeys(lines) if known.get(line)))

    def as_said(self) -> Said:
        """What JSON can hold of it."""
        found = {"found": as_schema_org(self.found)} if self.found else {}
        weeks = {"in_weeks": {"meals": [*self.in_weeks.meals], "minutes": self.in_weeks.minutes}} if self.in_weeks else {}
        return {"recipe": as_schema_org(self.recipe), **found, "told": dict(self.told), **weeks}

    def planned(self, key: str) -> LibraryRecipe | None:
        """The recipe as a week takes it; None for one that no week is to hold.

        Nobody has said how long it keeps, whether it freezes or travels, so none of that is planned.
        """
        if self.in_weeks is None:
            return None
        slug = f"{OWN_PREFIX}{key}"
        return LibraryRecipe(
            self.recipe.name,
            self.recipe.ingredients,
            self.recipe.steps,
            self.recipe.servings,
            slug=slug,
            meals=self.in_weeks.meals,
            main_food=slug,
            kind=slug,
            active_minutes=self.in_weeks.minutes,
            effort=3,
            is_own=True,
            told=self.told,
        )


def own_recipe(said: Said) -> OwnRecipe:
    """The recipe that was kept. Raises NoRecipe for one that is too long to follow."""
    found = _recipe(said["found"]) if "found" in said else None
    weeks = InWeeks(tuple(said["in_weeks"]["meals"]), said["in_weeks"]["minutes"]) if "in_weeks" in said else None
    return OwnRecipe(_recipe(said["recipe"]), found, tuple(said.get("told", {}).items()), weeks)


def _recipe(node: Said) -> Recipe:
    return draft_of(node).recipe(str(node.get("isBasedOn", "")))


def typed_recipe(name: str, ingredients: str, steps: str, before: Recipe) -> Recipe:
    """The recipe as somebody changed it, a line each. Raises NoRecipe for one that is too long."""
    node = {"name": name, "recipeIngredient": ingredients.splitlines(), "recipeInstructions": steps.splitlines()}
    draft: Draft = draft_of(node)
    return replace(draft.recipe(before.source), servings=before.servings)


def key_of(name: str) -> str:
    """What stands in the address of an own recipe."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_KEY].strip("-") or "recipe"
