"""Which rules must every week keep, however it was made?

`broken_rules` reads a finished week, what was asked for and the facts about the recipes, nothing else. It shares no code
with `choices.py` and `best_week.py`, which make a week, so that a slip there is caught here. A meal that was eaten already
is a fact: it is judged no more, but what follows from it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from foods.food import Verdict
from planner.week import (
    BREAKFAST,
    DINNER,
    FRESH_DAYS,
    FROZEN_DAYS,
    LEFTOVER_HOURS,
    LONGER_HOURS,
    LUNCH,
    REHEAT_MINUTES,
    SATISFIES,
    Candidate,
    Kitchen,
    Meal,
    Portion,
    Slot,
    Week,
    Wishes,
)


def broken_rules(week: Week, wishes: Wishes, kitchen: Kitchen) -> list[str]:
    """Every rule that a finished week breaks, a sentence each; none for a week that may be shown."""
    if strangers := sorted({meal.recipe for meal in _planned(week, wishes)} - {*kitchen.candidates}):
        return [f"{recipe} is no recipe of this kitchen." for recipe in strangers]
    return [sentence for rule in RULES for sentence in rule(week, wishes, kitchen)]


def every_slot_once(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Each slot that was asked for holds one meal, or says why it holds none."""
    held = Counter([meal.slot for meal in week.meals] + [empty.slot for empty in week.empty])
    for slot in sorted({*held, *wishes.slots}):
        if held[slot] != (slot in wishes.slots):
            yield f"{_say(slot)} is planned {held[slot]} times."
    for meal in week.meals:
        if meal.slot in wishes.skipped and meal.slot not in {eaten.slot for eaten in wishes.eaten}:
            yield f"{_say(meal.slot)} was not to be planned."


def what_was_eaten_stands(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A meal that was eaten is shown as it was."""
    for eaten in _had(wishes):
        if eaten.slot in wishes.slots and week.by_slot.get(eaten.slot) != eaten:
            yield f"{_say(eaten.slot)}: {eaten.recipe} was eaten."


def nothing_refused(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What a person swapped away does not come back to that slot."""
    for meal in _planned(week, wishes):
        if (meal.slot, meal.recipe) in wishes.refused:
            yield f"{_say(meal.slot)}: {meal.recipe} was refused."


def only_fine_recipes(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Every recipe is OK or COOK on the day it is eaten, whenever it was cooked or frozen, and the week says which."""
    for meal, one in _with_facts(week, wishes, kitchen):
        recorded_free = meal.slot.day in wishes.free_days or not [eater for eater in wishes.eaters if eater.on_diet]
        counts = one.off_diet if recorded_free and one.off_diet is not None else one.verdict
        if counts not in (Verdict.OK, Verdict.COOK) or meal.verdict is not counts:
            yield f"{_say(meal.slot)}: {meal.recipe} is {counts.word}, shown as {meal.verdict.word}."


def nothing_paused(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A recipe that was taken back for now stands in no week."""
    for meal, candidate in _with_facts(week, wishes, kitchen):
        if candidate.paused:
            yield f"{_say(meal.slot)}: {meal.recipe} is paused."


def nothing_that_somebody_must_not_eat(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """No allergen that anybody avoids; a recipe whose allergens nobody has stated fits no one who avoids any."""
    for meal, one in _with_facts(week, wishes, kitchen):
        for avoided in sorted({allergen for eater in wishes.eaters for allergen in eater.allergens}):
            if one.allergens is None:
                yield f"{_say(meal.slot)}: nobody has said whether {meal.recipe} holds {avoided}."
            elif avoided in one.allergens:
                yield f"{_say(meal.slot)}: {meal.recipe} holds {avoided}."


def everybodys_diet(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A vegetarian at the table gets no meat."""
    for meal, one in _with_facts(week, wishes, kitchen):
        for diet in sorted({eater.diet for eater in wishes.eaters if eater.diet}):
            if not SATISFIES[diet] & one.diets:
                yield f"{_say(meal.slot)}: {meal.recipe} is not {diet}."


def nothing_disliked(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Nothing that somebody at the table does not eat."""
    for meal, one in _with_facts(week, wishes, kitchen):
        for disliked in sorted({name for eater in wishes.eaters for name in eater.dislikes}):
            if disliked in {meal.recipe, one.main_food, *one.foods}:
                yield f"{_say(meal.slot)}: somebody does not eat {disliked}."


def right_meal_of_the_day(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What is cooked fresh, or comes from the freezer, is meant for that meal; so are leftovers for breakfast."""
    for meal, candidate in _with_facts(week, wishes, kitchen):
        counts = meal.leftover_of is None or meal.slot.meal == BREAKFAST
        if counts and meal.slot.meal not in candidate.meals:
            yield f"{_say(meal.slot)}: {meal.recipe} is not meant for {meal.slot.meal}."


def within_the_minutes(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """No day holds more active cooking than it may, and each meal says its own minutes."""
    total: Counter[date] = Counter()
    for meal, candidate in _with_facts(week, wishes, kitchen):
        takes = REHEAT_MINUTES if meal.leftover_of or meal.frozen_on else candidate.minutes
        total[meal.slot.day] += takes
        if meal.minutes != takes:
            yield f"{_say(meal.slot)}: {meal.recipe} takes {takes} minutes, shown as {meal.minutes}."
    for day in sorted(total):
        spent = sum(meal.minutes for meal in _had(wishes) if meal.slot.day == day)
        if total[day] > max(0, wishes.minutes_on(day) - spent):
            yield f"{day} takes {total[day]} minutes."


def nothing_cooked_twice(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A recipe comes once in a week, but for its leftovers."""
    eaten_before = {meal.slot for meal in wishes.eaten if meal.slot not in wishes.slots}
    cooked = Counter(meal.recipe for meal in week.meals if meal.leftover_of is None and meal.slot not in eaten_before)
    planned = {meal.recipe for meal in _planned(week, wishes) if meal.leftover_of is None}
    for recipe, times in sorted(cooked.items()):
        if times > 1 and recipe in planned:
            yield f"{recipe} is cooked {times} times."


def leftovers_of_a_dinner_soon_enough(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Leftovers are those of a dinner that was cooked, eaten while they keep: usually at the next breakfast or lunch."""
    for meal, one in _with_facts(week, wishes, kitchen):
        if meal.leftover_of is None:
            continue
        dinner = _cooked_before(meal, week, wishes)
        if dinner is None or dinner.slot.meal != DINNER or meal.leftover_of != meal.recipe:
            yield f"{_say(meal.slot)}: {meal.recipe} was not cooked for a dinner before."
        elif meal.slot.at - dinner.slot.at >= timedelta(hours=_may_be_kept(one, kitchen)):
            yield f"{_say(meal.slot)}: {meal.recipe} was cooked on {dinner.slot.day}, too long ago."


def leftovers_keep_until_then(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Leftovers only of what keeps 24 hours, and only where the sheets let food be kept so long."""
    for meal, one in _with_facts(week, wishes, kitchen):
        if meal.leftover_of is not None and _may_be_kept(one, kitchen) < LEFTOVER_HOURS:
            yield f"{_say(meal.slot)}: {meal.recipe} may be kept for {_may_be_kept(one, kitchen)} hours only."


def rice_at_the_next_lunch(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Rice is eaten at the next lunch at the latest, whatever a sheet allows."""
    for meal, one in _with_facts(week, wishes, kitchen):
        dinner = _cooked_before(meal, week, wishes)
        if meal.leftover_of is None or dinner is None or not one.has_rice:
            continue
        if meal.slot.at > datetime.combine(dinner.slot.day + timedelta(days=1), time(13)):
            yield f"{_say(meal.slot)}: {meal.recipe} has rice in it, and waits too long."


def _may_be_kept(one: Candidate, kitchen: Kitchen) -> int:
    return min(one.keeps_hours or 0, kitchen.leftover_hours, LONGER_HOURS)


def _cooked_before(meal: Meal, week: Week, wishes: Wishes) -> Meal | None:
    """The last time that this recipe was cooked before a meal."""
    others = [
        other for other in (*wishes.eaten, *week.meals) if other.recipe == meal.recipe and other.slot.at < meal.slot.at
    ]
    cooked = [other for other in others if other.leftover_of is None and other.frozen_on is None]
    return max(cooked, key=lambda other: other.slot.at, default=None)


def never_reheated_again(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What is eaten hot is reheated once at most, and not at all where the sheets forbid it."""
    reheated = Counter(
        meal.recipe
        for meal, one in _with_facts(week, wishes, kitchen)
        if one.served_hot and (meal.leftover_of is not None or meal.frozen_on is not None)
    )
    most = min(kitchen.reheats, 1)
    yield from (f"{recipe} is reheated {times} times." for recipe, times in sorted(reheated.items()) if times > most)
    known = {meal.slot: meal for meal in (*wishes.eaten, *week.meals)}.values()
    dinners = Counter(_dinners_left_over(known, week, wishes))
    planned = {*_dinners_left_over(_planned(week, wishes), week, wishes)}
    yield from (f"{slot.day}'s dinner is left over {dinners[slot]} times." for slot in sorted(planned) if dinners[slot] > 1)


def _dinners_left_over(meals: Iterable[Meal], week: Week, wishes: Wishes) -> Iterator[Slot]:
    for meal in meals:
        dinner = _cooked_before(meal, week, wishes) if meal.leftover_of is not None else None
        if dinner is not None:
            yield dinner.slot


def frozen_portions_are_dated(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """From the freezer comes only what lies there with its date, freezes well, is not too old and may be reheated."""
    taken = Counter(
        Portion(had.recipe, had.frozen_on) for had in _had(wishes) if had.frozen_on and had.slot.day >= wishes.first_day
    )
    for meal, one in _with_facts(week, wishes, kitchen):
        if meal.frozen_on is None:
            continue
        portion = Portion(meal.recipe, meal.frozen_on)
        taken[portion] += 1
        if taken[portion] > wishes.freezer.count(portion):
            yield f"{_say(meal.slot)}: no such portion of {meal.recipe} is in the freezer."
        if not one.freezes or meal.leftover_of is not None:
            yield f"{_say(meal.slot)}: {meal.recipe} is nothing to freeze."
        if not 0 <= (meal.slot.day - meal.frozen_on).days <= FROZEN_DAYS:
            yield f"{_say(meal.slot)}: {meal.recipe} was frozen on {meal.frozen_on}."
        if kitchen.leftover_hours < LEFTOVER_HOURS:
            yield f"{_say(meal.slot)}: the sheets forbid to keep {meal.recipe}."


def extra_for_the_freezer_may_be_frozen(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Cooked double only where it was asked for, and only what keeps, freezes, and may be warmed again under the sheets."""
    for meal, one in _with_facts(week, wishes, kitchen):
        if not meal.freeze_extra:
            continue
        if (meal.slot, meal.recipe) not in wishes.cook_extra:
            yield f"{_say(meal.slot)}: nobody asked for more of {meal.recipe}."
        if meal.leftover_of is not None or meal.frozen_on is not None:
            yield f"{_say(meal.slot)}: {meal.recipe} was cooked before, and is never frozen then."
        if not one.freezes or (one.keeps_hours or 0) < LEFTOVER_HOURS:
            yield f"{_say(meal.slot)}: {meal.recipe} is nothing to freeze."
        if kitchen.leftover_hours < LEFTOVER_HOURS or (one.served_hot and kitchen.reheats < 1):
            yield f"{_say(meal.slot)}: the sheets forbid to keep {meal.recipe}, or to warm it again."


def fresh_food_soon_after_the_shop(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """Fresh fish, mince and poultry are cooked within two days of a shop day, or frozen on it."""
    for meal, one in _with_facts(week, wishes, kitchen):
        if not one.fresh or not meal.is_cooked or meal.thaw:
            continue
        bought = [shop for shop in wishes.shop_days if shop <= meal.slot.day]
        if not bought or (meal.slot.day - max(bought)).days > FRESH_DAYS:
            yield f"{_say(meal.slot)}: {sorted(one.fresh)[0]} would lie in the fridge for too long."


def what_is_thawed_was_bought_before(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What is taken from the freezer the evening before was bought by then, and is something to freeze."""
    for meal, one in _with_facts(week, wishes, kitchen):
        if meal.thaw and not (one.fresh and meal.is_cooked and min(wishes.shop_days) < meal.slot.day):
            yield f"{_say(meal.slot)}: nothing of {meal.recipe} can be thawed."


def an_evening_for_what_soaks_or_thaws(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What has to soak or to thaw in the night comes new only where the evening before is still to come."""
    if wishes.overnight_from is None:
        return
    stood = {(meal.slot, meal.recipe, meal.frozen_on) for meal in (*wishes.planned, *wishes.locked)}
    for meal, one in _with_facts(week, wishes, kitchen):
        in_the_night = meal.thaw or meal.frozen_on is not None or (one.soaks and meal.is_cooked)
        if in_the_night and meal.slot.day < wishes.overnight_from and (meal.slot, meal.recipe, meal.frozen_on) not in stood:
            yield f"{_say(meal.slot)}: the evening before is over for {meal.recipe}."


def opened_packs_used_in_time(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """What comes from an open pack is used within the hours that it keeps once opened."""
    opened = {food: datetime.combine(day, time()) for food, day in wishes.opened.items()}
    had = {meal.slot for meal in wishes.eaten}
    for meal in sorted(week.meals, key=lambda one: one.slot.at):
        one = kitchen.candidates.get(meal.recipe)
        if one is None or not meal.is_cooked:
            continue
        for food, hours in one.opens.items():
            if food not in meal.from_open:
                opened[food] = meal.slot.at
                continue
            keeps = hours if kitchen.opened_hours is None else min(hours, kitchen.opened_hours)
            too_old = food not in opened or not timedelta() <= meal.slot.at - opened[food] <= timedelta(hours=keeps)
            if too_old and meal.slot not in had:
                yield f"{_say(meal.slot)}: the open {food} is too old for {meal.recipe}."
        if {*meal.from_open} - {*one.opens} and meal.slot not in had:
            yield f"{_say(meal.slot)}: {meal.recipe} takes nothing from such a pack."


def packed_lunches_travel(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[str]:
    """A lunch away from home goes in a way that works there; in hospital without fridge and microwave."""
    for meal, one in _with_facts(week, wishes, kitchen):
        if meal.slot.meal != LUNCH:
            continue
        works = set(wishes.ways)
        if meal.slot.day in wishes.infusions:
            works -= {"cold bag", "microwave"}
        elif meal.slot.day not in wishes.away:
            continue
        if one.packs not in works:
            yield f"{_say(meal.slot)}: {meal.recipe} does not travel there."


RULES = (
    every_slot_once,
    what_was_eaten_stands,
    nothing_refused,
    only_fine_recipes,
    nothing_paused,
    nothing_that_somebody_must_not_eat,
    everybodys_diet,
    nothing_disliked,
    right_meal_of_the_day,
    within_the_minutes,
    nothing_cooked_twice,
    leftovers_of_a_dinner_soon_enough,
    leftovers_keep_until_then,
    rice_at_the_next_lunch,
    never_reheated_again,
    frozen_portions_are_dated,
    extra_for_the_freezer_may_be_frozen,
    fresh_food_soon_after_the_shop,
    what_is_thawed_was_bought_before,
    an_evening_for_what_soaks_or_thaws,
    opened_packs_used_in_time,
    packed_lunches_travel,
)


def _planned(week: Week, wishes: Wishes) -> Iterator[Meal]:
    """The meals that are still to be eaten."""
    eaten = {meal.slot for meal in wishes.eaten}
    return (meal for meal in week.meals if meal.slot not in eaten)


def _had(wishes: Wishes) -> list[Meal]:
    """What was eaten, once for each slot; the last word on a slot counts."""
    return [*{meal.slot: meal for meal in wishes.eaten}.values()]


def _with_facts(week: Week, wishes: Wishes, kitchen: Kitchen) -> Iterator[tuple[Meal, Candidate]]:
    return ((meal, kitchen.candidates[meal.recipe]) for meal in _planned(week, wishes))


def _say(slot: Slot) -> str:
    return f"{slot.meal.capitalize()} on {slot.day}"
