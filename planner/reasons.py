"""Why does this meal stand in the week? Plain sentences, read from the week itself, the wishes and the recipe's facts."""

from collections.abc import Iterator, Mapping

from planner.week import (
    BREAKFAST,
    DINNER,
    ONE_DAY,
    Candidate,
    Kitchen,
    Meal,
    Slot,
    Week,
    Wishes,
    foods_on_adjacent_days,
)
from recipes.keeping import OWN_PREFIX

LONG_AGO = 21
"""Days after which a recipe was not on the table for long."""
LITTLE_WORK = 15
"""Minutes of cooking that are few."""


def why_picked(meal: Meal, week: Week, wishes: Wishes, kitchen: Kitchen) -> tuple[str, ...]:
    """The reasons for one meal of a finished week, the weightiest first; always at least one."""
    one = kitchen.candidates.get(meal.recipe)
    if meal.slot in wishes.eaten_slots or one is None:
        return ("It counts as eaten.",)
    found = (*_locked(meal, wishes), *_what_it_is(meal, week, wishes), *_what_it_does(meal, one, week, wishes, kitchen))
    return found or (
        *_stood(meal, wishes),
        f"It takes {meal.minutes} of the {wishes.minutes_on(meal.slot.day)} minutes of this day.",
    )


def _locked(meal: Meal, wishes: Wishes) -> Iterator[str]:
    if any((kept.slot, kept.recipe) == (meal.slot, meal.recipe) for kept in wishes.locked):
        yield "You asked to keep it here."


def _stood(meal: Meal, wishes: Wishes) -> Iterator[str]:
    if any((stood.slot, stood.recipe) == (meal.slot, meal.recipe) for stood in wishes.planned):
        yield "It stood here before, and nothing asked for a change."


def _what_it_is(meal: Meal, week: Week, wishes: Wishes) -> Iterator[str]:
    if meal.leftover_of is not None:
        yield f"It is left over from dinner on {_cooked_on(meal, week, wishes)}: nothing to cook."
    if meal.frozen_on is not None:
        yield f"It comes from your freezer, frozen on {meal.frozen_on.day} {meal.frozen_on:%B}: nothing to cook."
    if meal.thaw:
        yield "Freeze its fresh meat or fish when you buy it. Take it out the evening before."


def _cooked_on(meal: Meal, week: Week, wishes: Wishes) -> str:
    for back in (1, 2):
        slot = Slot(meal.slot.day - back * ONE_DAY, DINNER)
        dinner = week.by_slot.get(slot) or wishes.eaten_slots.get(slot)
        if dinner and dinner.is_cooked and dinner.recipe == meal.recipe:
            return f"{slot.day:%A}"
    return "an evening before"


def _what_it_does(meal: Meal, one: Candidate, week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    if one.recipe in wishes.likes:
        yield "You like it."
    for food in wishes.uses_up(one) if meal.is_cooked else ():
        yield f"It uses up {food}."
    for food in meal.from_open:
        yield f"It takes the {food.replace('-', ' ')} from the pack that is open."
    if wishes.is_packed(meal.slot):
        yield _TRAVELS[one.packs]
    if one.queasy and wishes.is_dip(meal.slot.day):
        yield "It is mild and easy, for the tired weeks after an infusion."
    last = wishes.last_cooked.get(one.recipe)
    if last is not None and (meal.slot.day - last).days >= LONG_AGO:
        yield f"You have not had it for {(meal.slot.day - last).days // 7} weeks."
    if meal.is_cooked and meal.minutes <= LITTLE_WORK and one.effort <= 2:
        yield f"It is little work: {meal.minutes} minutes."
    if one.is_fish and meal.is_cooked:
        yield "It brings fish into the week."
    is_main = meal.is_cooked and meal.slot.meal != BREAKFAST and not one.main_food.startswith(OWN_PREFIX)
    if is_main and one.main_food not in foods_on_adjacent_days(week, kitchen):
        yield f"No meal close to it is made of {one.main_food}."


_TRAVELS = {
    "shelf": "It keeps in a bag without a fridge.",
    "flask": "It stays hot in a flask.",
    "cold bag": "It travels in a cold bag.",
    "microwave": "You can heat it there in a microwave.",
}


def evening_before(week: Week, kitchen: Kitchen, names: Mapping[str, str]) -> dict[Slot, str]:
    """What to do the evening before, for each meal that needs it: take out of the freezer, put to soak.

    `names` are those of the recipes.
    """
    found = {
        meal.slot: " ".join(_evening(meal, kitchen.candidates[meal.recipe], names.get(meal.recipe, meal.recipe)))
        for meal in week.meals
        if meal.recipe in kitchen.candidates
    }
    return {slot: says for slot, says in found.items() if says}


def _evening(meal: Meal, one: Candidate, name: str) -> Iterator[str]:
    evening = f"{meal.slot.day - ONE_DAY:%A} evening"
    if meal.thaw or meal.frozen_on:
        what = "the portion" if meal.frozen_on else f"the {' and the '.join(sorted(one.fresh)).replace('-', ' ')}"
        yield f"Put {what} from the freezer into the fridge on {evening}. Thaw it there, never outside. It is for: {name}."
    if one.soaks and meal.is_cooked:
        yield f"Put to soak what has to, in the fridge, on {evening}. It is for: {name}."
