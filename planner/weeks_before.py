"""What do the weeks before leave to this one? What was had when, dinners whose leftovers may wait, and the freezer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from planner.week import FROZEN_DAYS, ONE_DAY, Meal, Portion, Slot, Wishes

DAYS_OF_LEFTOVERS = 2
"""Leftovers come from the two days before at the most."""


def meals_before(meals: Iterable[Meal], day: date) -> tuple[Meal, ...]:
    """The meals before a day, one for each slot, in order. Of several the last that is given counts."""
    last: dict[Slot, Meal] = {meal.slot: meal for meal in meals if meal.slot.day < day}
    return tuple(sorted(last.values(), key=lambda meal: meal.slot.in_order))


def last_cooked(meals: Iterable[Meal], day: date) -> dict[str, date]:
    """When each recipe was last on the table before a day."""
    return {meal.recipe: meal.slot.day for meal in meals_before(meals, day)}


def eaten_lately(meals: Iterable[Meal], day: date) -> tuple[Meal, ...]:
    """The meals of the two days before: their dinners may be left over."""
    return tuple(meal for meal in meals_before(meals, day) if meal.slot.day >= day - DAYS_OF_LEFTOVERS * ONE_DAY)


def in_the_freezer(put_in: Iterable[Portion], meals: Iterable[Meal], day: date) -> tuple[Portion, ...]:
    """The portions in the freezer as a day begins, the oldest first.

    `put_in` are those that a person entered by hand; meals that were cooked double add theirs, meals from the freezer take
    theirs away. Those too old to be eaten are in it still: see `too_old`.
    """
    before = meals_before(meals, day)
    held = Counter(portion for portion in put_in if portion.frozen_on < day)
    held.update(Portion(meal.recipe, meal.slot.day) for meal in before if meal.freeze_extra)
    held.subtract(Portion(meal.recipe, meal.frozen_on) for meal in before if meal.frozen_on)
    return tuple(sorted(held.elements(), key=lambda portion: (portion.frozen_on, portion.recipe)))


def too_old(portions: Iterable[Portion], day: date) -> tuple[Portion, ...]:
    """The portions that must not be eaten on a day any more: they were frozen more than three months ago."""
    return tuple(portion for portion in portions if (day - portion.frozen_on).days > FROZEN_DAYS)


def after_these_weeks(wishes: Wishes, meals: Iterable[Meal], put_in: Iterable[Portion] = ()) -> Wishes:
    """The wishes of a week with what the weeks before leave to it. `meals` are those that were eaten, in any order.

    What was eaten in the week itself, or is known of the freezer already, stays as it is in the wishes.
    """
    known = tuple(meals)
    first = wishes.first_day
    return replace(
        wishes,
        last_cooked={**last_cooked(known, first), **wishes.last_cooked},
        eaten=(*eaten_lately(known, first), *wishes.eaten),
        freezer=(*wishes.freezer, *in_the_freezer(put_in, known, first)),
    )
