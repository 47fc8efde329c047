"""How is a recipe handed on? As schema.org's JSON-LD, which other planners read; and so do we, to the same recipe."""

import json
from collections.abc import Sequence

from recipes.recipe import LibraryRecipe, Recipe

Value = str | int | list[str] | list[dict[str, str]]
_DIETS = {"vegetarian": "https://schema.org/VegetarianDiet", "vegan": "https://schema.org/VeganDiet"}


def as_json(recipe: Recipe) -> str:
    """One recipe as JSON-LD."""
    return json.dumps(as_schema_org(recipe), ensure_ascii=False, indent=2) + "\n"


def all_as_json(recipes: Sequence[Recipe]) -> str:
    """Many recipes as JSON-LD, in one list."""
    return json.dumps([as_schema_org(recipe) for recipe in recipes], ensure_ascii=False, indent=2) + "\n"


def as_schema_org(recipe: Recipe) -> dict[str, Value]:
    """A recipe in schema.org's words. A heading among the ingredients stays a line that ends in a colon.

    No verdict goes with it: a verdict holds for one person's sheet, and only until the facts change.
    """
    said: dict[str, Value] = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": recipe.name,
        "recipeIngredient": [line.text for line in recipe.ingredients],
        "recipeInstructions": [{"@type": "HowToStep", "text": step} for step in recipe.steps],
    }
    if recipe.servings:
        said["recipeYield"] = str(recipe.servings)
    if recipe.source.startswith(("http://", "https://")):
        said["isBasedOn"] = recipe.source
    return said | _of_ours(recipe) if isinstance(recipe, LibraryRecipe) else said


def _of_ours(recipe: LibraryRecipe) -> dict[str, Value]:
    """What we know of our own recipes, where schema.org has a word for it."""
    return {
        "description": recipe.description,
        "totalTime": f"PT{recipe.total_minutes}M",
        "recipeCategory": list(recipe.meals),
        "suitableForDiet": [_DIETS[diet] for diet in recipe.diets if diet in _DIETS],
        "tool": list(recipe.equipment),
    }
