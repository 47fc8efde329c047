"""Why does a slot stay empty? The true cause in a sentence, and which wish to give up for a meal there."""

from collections.abc import Sequence
from dataclasses import replace

from foods.food import Verdict
from planner.choices import Choices
from planner.week import Candidate, Eater, Meal, Slot, Wishes

DIETS = {"pescatarian": "without meat", "vegetarian": "without meat and fish", "vegan": "that is vegan"}
"""A diet -> how a meal that keeps it is called."""
KNOWN_FINE = "Eat something that you know is fine."


def why_empty(slot: Slot, planned: Sequence[Meal], table: Choices) -> str:
    """Why nothing stands in this slot, beside the meals that are planned."""
    wishes = table.wishes
    kind = f"{slot.meal} to take with you" if wishes.is_packed(slot) else slot.meal
    fits = [one for one in table.fits(slot) if (slot, one.recipe) not in wishes.refused]
    used = {meal.recipe for meal in (*planned, *wishes.eaten)}
    minutes = wishes.minutes_on(slot.day)
    if not fits:
        return _nothing_fits(slot, kind, table)
    if min(one.minutes for one in fits) > minutes:
        return f"Every {kind} we have takes more than {minutes} minutes of cooking. {_more_minutes(slot, wishes)}"
    if all(one.fresh for one in fits) and not any(shop <= slot.day for shop in wishes.shop_days):
        return f"Every {kind} we have needs fresh food, and you have not shopped by then. Add a shop day."
    if all(one.recipe in used for one in fits):
        return f"Every {kind} that fits is in this week already. Eat one of them again, or something you know is fine."
    return f"No {kind} fits the {minutes} minutes of this day beside its other meals. {_more_minutes(slot, wishes)}"


def _more_minutes(slot: Slot, wishes: Wishes) -> str:
    """How to get a meal here. It names no infusion: whoever reads the week may not know of any."""
    if slot.day not in wishes.energy and wishes.minutes_on(slot.day) < wishes.minutes:
        return "We plan less cooking on this day, so that you can rest. You can give it more minutes."
    return "Allow more minutes a day."


# ---- Nothing at all may be cooked there ----


def _nothing_fits(slot: Slot, kind: str, table: Choices) -> str:
    """Refused by the person, by the rules of the diet, by the way, or by what somebody at the table leaves out."""
    if table.fits(slot):
        return f"You asked for another meal than every {kind} we have. {KNOWN_FINE}"
    fine = [one for one in table.kitchen.candidates.values() if _is_fine(one, slot, table.wishes)]
    if not fine:
        return f"We have no {slot.meal} that is fine for you."
    if not _has_any(slot, table, diet="", allergens=frozenset(), dislikes=frozenset()):
        return f"We have no {kind} that can travel there. {KNOWN_FINE}"
    return _by_wish(slot, kind, table)


def _is_fine(one: Candidate, slot: Slot, wishes: Wishes) -> bool:
    verdict = one.verdict_on(wishes.is_diet_day(slot.day))
    return slot.meal in one.meals and not one.paused and verdict in (Verdict.OK, Verdict.COOK)


def _by_wish(slot: Slot, kind: str, table: Choices) -> str:
    """The wish that stands in the way alone. An allergen is never one to give up."""
    eaters = table.wishes.eaters
    if _has_any(slot, table, dislikes=frozenset()):
        return f"Every {kind} we have holds a food that somebody here does not eat. Allow one of them."
    diets = {eater.diet for eater in eaters if eater.diet}
    if diets and _has_any(slot, table, diet=""):
        which = DIETS[max(diets, key=[*DIETS].index)]
        return f"We have no {kind} {which} that fits the rest. {KNOWN_FINE}"
    if _has_any(slot, table, allergens=frozenset()):
        return f"Every {kind} we have may hold an allergen that you leave out. {KNOWN_FINE}"
    return f"No {kind} we have keeps to all that you leave out. {KNOWN_FINE}"


def _has_any(slot: Slot, table: Choices, **given_up: object) -> bool:
    """Would something fit if everybody at the table gave up these wishes?"""
    eaters: tuple[Eater, ...] = tuple(replace(eater, **given_up) for eater in table.wishes.eaters)  # type: ignore[arg-type]
    return bool(Choices(table.kitchen, replace(table.wishes, eaters=eaters), table.score).fits(slot))
