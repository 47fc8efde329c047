"""How far do hospitals differ, in dates and in food, for the same infusion days?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foods.food import FoodFinding
from foods.rules import judge_food
from foods.sheets import Sheet
from foods.table import FoodTable
from planner.protocol import ALEMTUZUMAB, TREATMENTS, Anchor, Protocol, offered
from planner.sentences import how_read, in_short
from planner.treatment import counts_from_courses

ASKED_ABOUT = (
    "stilton", "brie", "feta", "ham", "salami", "smoked-salmon", "cooked-prawns", "fresh-vegetables", "fresh-fruit",
    "cut-fruit", "bagged-salad", "melon", "probiotic-yoghurt-drink", "soft-serve", "leftovers", "hot-takeaway",
)  # fmt: skip
"""One food for each kind on which the published lists disagree most. A page shows those on which our sheets do."""


@dataclass(frozen=True)
class Says:
    """What one hospital makes of one food, and whether its sheet mentions it: if not, the general table speaks."""

    finding: FoodFinding
    is_mentioned: bool


@dataclass(frozen=True)
class Beside:
    """One protocol, to stand beside the others: when it starts and ends, and the foods on which the sheets differ.

    `rules` is what its sheet says about washing, leftovers and eating out, a sentence each.
    """

    protocol: Protocol
    doubts: tuple[str, ...]
    starts: str
    ends: str
    foods: tuple[Says, ...]
    rules: tuple[str, ...]


def side_by_side(
    protocols: Mapping[str, Protocol], table: FoodTable, days: Mapping[Anchor, date]
) -> list[tuple[str, list[Beside]]]:
    """Every protocol that can be chosen, by treatment, counted from the same days. A treatment without one is left out."""
    foods = contested(table)
    by_treatment = {
        treatment: [
            _beside(one, table, foods, days if counts_from_courses(one) else {})
            for one in offered(protocols)
            if one.treatment == treatment
        ]
        for treatment in TREATMENTS
    }
    return [(treatment, found) for treatment, found in by_treatment.items() if found]


def around_alemtuzumab(protocols: Mapping[str, Protocol]) -> list[Protocol]:
    """The protocols between which a person with infusions chooses."""
    return [protocol for protocol in offered(protocols) if protocol.treatment == ALEMTUZUMAB]


def contested(table: FoodTable) -> tuple[str, ...]:
    """The foods that people ask about on which not all sheets come to the same verdict."""
    return tuple(slug for slug in ASKED_ABOUT if len(set(_verdicts(table, slug))) > 1)


def _verdicts(table: FoodTable, slug: str) -> Iterator[object]:
    for sheet in table.sheets.values():
        yield judge_food(table, table.foods[slug], [sheet]).verdict


def _beside(protocol: Protocol, table: FoodTable, foods: Iterable[str], days: Mapping[Anchor, date]) -> Beside:
    sheet = table.sheets.get(protocol.slug)
    says = tuple(_says(table, slug, [sheet] if sheet else []) for slug in foods) if sheet else ()
    rules = tuple(rule.why for rule in sheet.rules.values()) if sheet else ()
    return Beside(protocol, tuple(how_read(protocol)), *in_short(protocol, days), foods=says, rules=rules)


def _says(table: FoodTable, slug: str, sheets: Sequence[Sheet]) -> Says:
    food = table.foods[slug]
    return Says(judge_food(table, food, sheets), any(sheet.says(food) for sheet in sheets))
