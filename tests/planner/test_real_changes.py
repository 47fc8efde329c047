"""How many meals move when something changes in a week of our own recipes? As few as can be."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from foods.food import Verdict
from foods.table import read_table
from planner.best_week import best_week, change_of, swapped
from planner.kitchen import kitchen_of
from planner.week import DINNER, Meal, Slot, Week, Wishes
from planner.week_rules import broken_rules
from recipes.library import read_library
from tests.planner.kitchens import MONDAY, WEDNESDAY

DATA = Path(__file__).parents[2] / "data"
TABLE = read_table(DATA)[0]
KITCHEN = kitchen_of(TABLE, read_library(DATA / "recipes", TABLE)[0].recipes.values(), ())
WISHES = Wishes(MONDAY)

Change = Callable[[Week, Wishes], Wishes]


@cache
def a_week_of_ours() -> Week:
    return best_week(KITCHEN, WISHES)


def a_dinner(week: Week) -> Slot:
    """A dinner that no other meal is left over from."""
    left_over = {meal.leftover_of for meal in week.meals}
    return next(meal.slot for meal in week.meals if meal.slot.meal == DINNER and meal.recipe not in left_over)


def another_dinner(week: Week) -> Meal:
    """A dinner that stands nowhere in this week, in place of one that does and takes as long."""
    planned, left_over = {meal.recipe for meal in week.meals}, {meal.leftover_of for meal in week.meals}
    others = [one for _, one in sorted(KITCHEN.candidates.items()) if DINNER in one.meals and one.recipe not in planned]
    for meal in week.meals:
        for one in others:
            fits = meal.slot.meal == DINNER and meal.recipe not in left_over and one.minutes <= meal.minutes
            if fits and not one.fresh and one.verdict in (Verdict.OK, Verdict.COOK):
                return Meal(meal.slot, one.recipe, one.verdict, one.minutes)
    raise LookupError("No other dinner is as quick as one of this week.")


def longest_day(week: Week, wishes: Wishes) -> Wishes:
    day = max(week.days, key=lambda one: sum(meal.minutes for meal in week.meals_on(one)))
    return change_of(week, wishes, energy={day: 15})


def shops_after_the_first_fresh_meal(week: Week, wishes: Wishes) -> Wishes:
    fresh = next(meal.slot.day for meal in week.meals if KITCHEN.candidates[meal.recipe].fresh and meal.is_cooked)
    return change_of(week, wishes, shops=frozenset({fresh + timedelta(days=1)}))


CHANGES: dict[str, tuple[Change, int]] = {
    "nothing": (lambda week, wishes: change_of(week, wishes), 0),
    "a swap": (lambda week, wishes: swapped(week, wishes, a_dinner(week)), 1),
    "a lock of what stands there": (lambda week, wishes: change_of(week, wishes, locked=week.meals[:3]), 0),
    "a lock of another dinner": (lambda week, wishes: change_of(week, wishes, locked=(another_dinner(week),)), 1),
    "eating out": (lambda week, wishes: change_of(week, wishes, skipped={a_dinner(week): "Eating out."}), 1),
    "extra for the freezer": (
        lambda week, wishes: change_of(week, wishes, cook_extra=frozenset((one.slot, one.recipe) for one in week.meals)),
        0,
    ),
    "too tired on the longest day": (longest_day, 3),
    "moved shop days": (shops_after_the_first_fresh_meal, 2),
    "an infusion that moves into the week": (
        lambda week, wishes: change_of(week, wishes, infusions=frozenset({WEDNESDAY})),
        2,
    ),
}


@pytest.mark.parametrize(("change", "most"), CHANGES.values(), ids=CHANGES)
def test_a_change_moves_few_meals(change: Change, most: int) -> None:
    week = a_week_of_ours()
    asked = change(week, WISHES)
    after = best_week(KITCHEN, asked)
    assert broken_rules(after, asked, KITCHEN) == []
    assert len(moved(week, after)) <= most
    assert bool(moved(week, after)) == bool(most)


def moved(before: Week, after: Week) -> list[Slot]:
    """The slots that hold another meal than before, or none."""
    return [slot for slot in before.by_slot if dish(before, slot) != dish(after, slot)]


def dish(week: Week, slot: Slot) -> str:
    return week.by_slot[slot].recipe if slot in week.by_slot else ""
