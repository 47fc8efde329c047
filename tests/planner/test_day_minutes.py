"""Does sharing a day's minutes among its meals allow what their sum allows, nothing more and nothing less?"""

import random
from collections.abc import Collection, Sequence
from itertools import product

import pytest

from planner.day_minutes import DayMinutes, ways_to_share
from planner.solver import Row
from planner.week import BREAKFAST, DINNER, LUNCH
from tests.planner.kitchens import MONDAY, a_meal

WAYS = {
    "one slot": ([[0, 5, 20]], 10, [(5,)]),
    "two slots, one of them long": ([[0, 5], [0, 5, 10]], 10, [(0, 10), (5, 5)]),
    "all at once, where that fits": ([[0, 5], [0, 5]], 10, [(5, 5)]),
    "nothing but nothing": ([[0, 5], [0, 5]], 4, [(0, 0)]),
    "no slot at all": ([], 10, []),
}


@pytest.mark.parametrize(("times", "most", "ways"), WAYS.values(), ids=WAYS)
def test_every_way_to_share_that_leaves_none_to_add(times: list[list[int]], most: int, ways: list[tuple[int, ...]]) -> None:
    assert ways_to_share(times, most) == ways


def a_day(dice: random.Random) -> DayMinutes:
    """A day that is short for its meals, some of which take no minutes at all."""
    names = [(meal, number) for meal in (BREAKFAST, LUNCH, DINNER) for number in range(dice.randint(1, 4))]
    meals = {f"{meal} {number}": a_meal(MONDAY, meal, minutes=dice.randint(0, 20)) for meal, number in names}
    return DayMinutes(MONDAY, dice.randint(0, 15), meals)


@pytest.mark.parametrize("number", range(5))
def test_it_binds_a_day_like_the_sum_of_its_minutes(number: int) -> None:
    dice = random.Random(number)
    for _ in range(10):
        day = a_day(dice)
        ways, rows = day.shared()
        for chosen in one_of_each(day):
            minutes = sum(day.meals[name].minutes for name in chosen)
            allowed = any(keeps({*chosen, way}, rows) for way in ways) if rows else keeps(chosen, [day.plain])
            assert allowed == (minutes <= day.most), (day, chosen)


def keeps(chosen: Collection[str], rows: Sequence[Row]) -> bool:
    return all(sum(count for name, count in row.terms.items() if name in chosen) <= (row.at_most or 0) for row in rows)


def one_of_each(day: DayMinutes) -> list[frozenset[str]]:
    """Every choice of at most one meal for each slot."""
    slots = {meal.slot for meal in day.meals.values()}
    options = [["", *(name for name, meal in day.meals.items() if meal.slot == slot)] for slot in sorted(slots)]
    return [frozenset(chosen) - {""} for chosen in product(*options)]


def test_a_day_that_is_long_enough_for_its_longest_meals_needs_no_more_than_the_sum() -> None:
    day = DayMinutes(MONDAY, 30, {"stew": a_meal(minutes=40), "pie": a_meal(minutes=60)})
    assert day.shared() == ([], [])
    assert day.plain.terms == {"stew": 40, "pie": 60}
