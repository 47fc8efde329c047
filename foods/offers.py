"""What may help a person beside the verdict: which form it is, what they may have meant, and what to eat instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from foods.food import Finding, Food, FoodFinding, Verdict
from foods.rules import judge_all
from foods.sheets import Sheet
from foods.table import FoodTable


@dataclass(frozen=True)
class Offers:
    """Foods beside an answer, each with the verdict on it under this person's sheets. None of them is an answer."""

    forms: tuple[FoodFinding, ...] = ()
    near: tuple[FoodFinding, ...] = ()
    instead: tuple[FoodFinding, ...] = ()


def offers(table: FoodTable, finding: Finding, sheets: Sequence[Sheet] = ()) -> Offers:
    """What to offer beside the verdict on a phrase. Near names only where a word of it is not explained."""
    if finding.unexplained or not finding.decides:
        found = {one.food for one in finding.about}
        near = (table.foods[slug] for slug in table.names.near(finding.asked))
        return Offers(near=tuple(judge_all(table, (food for food in near if food not in found), sheets)))
    forms = table.forms(finding.about[0].food) if len(finding.about) == 1 else ()
    instead = instead_of(table, finding.decides.food, sheets) if finding.verdict is not Verdict.OK else ()
    return Offers(tuple(judge_all(table, forms, sheets)), (), instead)


def instead_of(table: FoodTable, food: Food, sheets: Sequence[Sheet] = ()) -> tuple[FoodFinding, ...]:
    """What to eat instead of a food, less what this person's sheets do not allow."""
    return tuple(one for one in judge_all(table, table.instead_of(food), sheets) if one.verdict is Verdict.OK)
