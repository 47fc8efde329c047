"""Which foods are there? By kind and from A to Z, each with its verdict, and what the sheets say about a kind."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.food import Food, FoodClass, FoodFinding, SheetSays, Verdict
from foods.rules import judge_all
from foods.sheets import Sheet
from foods.table import FoodTable

WORST_FIRST = tuple(reversed(Verdict))


@dataclass(frozen=True)
class KindOfFood:
    """A class of food, and how many of its foods have each verdict, the worst first."""

    food_class: FoodClass
    counts: tuple[tuple[Verdict, int], ...]


@dataclass(frozen=True)
class Group:
    """The foods of a class with one verdict, and the reason that most of them share."""

    verdict: Verdict
    why: str
    foods: tuple[FoodFinding, ...]


@dataclass(frozen=True)
class SaidOfKind:
    """What one sheet says about a class, and about single foods of it."""

    whole: SheetSays | None
    single: tuple[tuple[Food, SheetSays], ...]

    @property
    def authority(self) -> str:
        """Who says so."""
        return (self.whole or self.single[0][1]).source.authority


def kinds_of_food(table: FoodTable, sheets: Sequence[Sheet] = ()) -> list[KindOfFood]:
    """Every class that holds a food, by name, with its verdicts under this person's sheets."""
    counted: dict[str, Counter[Verdict]] = {}
    for one in judge_all(table, table.foods.values(), sheets):
        counted.setdefault(one.food.food_class.slug, Counter())[one.verdict] += 1
    kinds = [
        KindOfFood(table.classes[slug], tuple((verdict, counts[verdict]) for verdict in WORST_FIRST if counts[verdict]))
        for slug, counts in counted.items()
    ]
    return sorted(kinds, key=lambda kind: kind.food_class.name.casefold())


def groups(table: FoodTable, food_class: FoodClass, sheets: Sequence[Sheet] = ()) -> list[Group]:
    """The foods of a class by verdict, the worst first, each group in the order of its names."""
    foods = [food for food in _by_name(table) if food.food_class == food_class]
    found = judge_all(table, foods, sheets)
    of_verdict = {verdict: [one for one in found if one.verdict is verdict] for verdict in WORST_FIRST}
    return [
        Group(verdict, Counter(one.why for one in ones).most_common(1)[0][0], tuple(ones))
        for verdict, ones in of_verdict.items()
        if ones
    ]


def said_of_kind(table: FoodTable, food_class: FoodClass) -> list[SaidOfKind]:
    """What each sheet we have read says about a class or its foods. A sheet that is silent is not in the list."""
    said = []
    for sheet in table.sheets.values():
        of_it = ((table.foods[slug], one) for slug, one in sheet.foods.items())
        single = tuple((food, one) for food, one in of_it if food.food_class == food_class)
        whole = sheet.classes.get(food_class.slug)
        said += [SaidOfKind(whole, single)] if whole or single else []
    return said


def by_letter(table: FoodTable) -> Mapping[str, list[Food]]:
    """Every food by the first letter of its name, A to Z; accents aside."""
    letters: dict[str, list[Food]] = {}
    for food in _by_name(table):
        letters.setdefault(_spoken(food)[0], []).append(food)
    return letters


def _by_name(table: FoodTable) -> list[Food]:
    return sorted(table.foods.values(), key=_spoken)


def _spoken(food: Food) -> str:
    plain = unicodedata.normalize("NFKD", food.name.casefold())
    return "".join(sign for sign in plain if sign.isalnum() or sign == " ").strip()
