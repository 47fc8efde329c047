"""How long may what is left of a recipe be kept, and how often reheated, under this person's sheets?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foods.sheets import GeneralRule, Sheet
from recipes.recipe import LibraryRecipe

REHEATS = 1


@dataclass(frozen=True)
class Leftovers:
    """Hours in the fridge (None: eat it at once), and how often it may be reheated. `said_by`: who tightened it."""

    hours: int | None
    reheats: int
    said_by: tuple[str, ...] = ()


def leftovers(recipe: LibraryRecipe, sheets: Sequence[Sheet] = ()) -> Leftovers:
    """The strictest of the recipe's own hours and every sheet's. No sheet makes them longer than the recipe says."""
    hours, reheats = recipe.keeps_hours or 0, REHEATS
    said_by = []
    for rule in _rules(sheets, "leftover_hours"):
        if int(rule.value) < hours:
            hours = int(rule.value)
            said_by.append(rule.source.authority)
    for rule in _rules(sheets, "reheats"):
        if int(rule.value) < reheats:
            reheats = int(rule.value)
            said_by.append(rule.source.authority)
    if recipe.served_hot and not reheats:
        hours = 0
    return Leftovers(hours or None, reheats, tuple(dict.fromkeys(said_by)))


def _rules(sheets: Sequence[Sheet], about: str) -> Iterator[GeneralRule]:
    return (sheet.rules[about] for sheet in sheets if about in sheet.rules)
