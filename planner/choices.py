"""Which meals could stand in each slot? The rules that concern one meal alone, and the most promising of what is left.

A recipe that is not fine that day for everybody at the table is never a choice at all.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foods.food import Verdict
from planner.week import (
    BREAKFAST,
    DAYS,
    DINNER,
    FRESH_DAYS,
    FROZEN_DAYS,
    LEFTOVER_HOURS,
    LONGER_HOURS,
    LUNCH,
    ONE_DAY,
    REHEAT_MINUTES,
    SATISFIES,
    Candidate,
    Kitchen,
    Meal,
    Portion,
    Slot,
    Wishes,
)

OF_A_FOOD, OF_A_SLOT = 2, 24
"""How many recipes are weighed for one slot: the best of each main food, then the best of all."""
OF_A_SORT, QUICKEST = 4, 12
"""And so many more of each sort that a wish may need: fish, without meat, kept for another meal; and the quickest."""

Score = Callable[[Candidate], int]


@dataclass
class Choices:
    """The meals that a kitchen offers for a week. `score` says how good a recipe is for itself."""

    kitchen: Kitchen
    wishes: Wishes
    score: Score
    keep_all: bool = False
    _fits: dict[tuple[object, ...], tuple[Candidate, ...]] = field(default_factory=dict)
    _best: dict[tuple[object, ...], tuple[Candidate, ...]] = field(default_factory=dict)

    def by_name(self) -> dict[str, Meal]:
        """Every meal that could stand in a slot, by a name that sorts by day. With `keep_all` none is left out."""
        found = [meal for slot in self.wishes.open_slots for meal in self._for(slot)]
        return {name_of(meal): meal for meal in found if (meal.slot, meal.recipe) not in self.wishes.refused}

    def fits(self, slot: Slot) -> tuple[Candidate, ...]:
        """The recipes that may be cooked for a slot, however long they take."""
        key = self._sort_of(slot)
        if key not in self._fits:
            fine = (one for _, one in sorted(self.kitchen.candidates.items()) if self._is_fine(one, slot))
            self._fits[key] = tuple(one for one in fine if slot.meal in one.meals)
        return self._fits[key]

    def minutes_left(self, day: date) -> int:
        """The minutes of cooking that a day may still hold."""
        spent = sum(meal.minutes for meal in self.wishes.eaten_slots.values() if meal.slot.day == day)
        return max(0, self.wishes.minutes_on(day) - spent)

    # ---- One slot ----

    def _for(self, slot: Slot) -> Iterator[Meal]:
        yield from self._fresh(slot)
        yield from self._again(slot)
        yield from self._frozen(slot)

    def _sort_of(self, slot: Slot) -> tuple[object, ...]:
        """Slots of one sort have the same recipes to choose from."""
        ways = tuple(sorted(self.wishes.ways_on(slot.day))) if self.wishes.is_packed(slot) else None
        return slot.meal, ways, self.wishes.is_diet_day(slot.day)

    def _is_fine(self, one: Candidate, slot: Slot) -> bool:
        verdict = one.verdict_on(self.wishes.is_diet_day(slot.day))
        travels = not self.wishes.is_packed(slot) or one.packs in self.wishes.ways_on(slot.day)
        return verdict in (Verdict.OK, Verdict.COOK) and not one.paused and travels and self._suits_everybody(one)

    def _suits_everybody(self, one: Candidate) -> bool:
        return all(
            (not eater.allergens or (one.allergens is not None and not eater.allergens & one.allergens))
            and (not eater.diet or bool(SATISFIES[eater.diet] & one.diets))
            and not eater.dislikes & {one.recipe, one.main_food, *one.foods}
            for eater in self.wishes.eaters
        )

    def _meal(self, slot: Slot, one: Candidate, minutes: int) -> Meal:
        return Meal(slot, one.recipe, one.verdict_on(self.wishes.is_diet_day(slot.day)), minutes)

    def _fresh(self, slot: Slot) -> Iterator[Meal]:
        had = {
            meal.recipe
            for meal in self.wishes.eaten_slots.values()
            if meal.leftover_of is None and meal.slot in self.wishes.slots
        }
        for one in self._promising(slot):
            meal = self._meal(slot, one, one.minutes)
            bought = self._bought(slot.day)
            if one.recipe in had or (one.fresh and bought is None):
                continue
            late = bool(one.fresh) and bought is not None and slot.day - bought > FRESH_DAYS * ONE_DAY
            if not (one.soaks or late) or self._has_its_evening(slot, one):
                yield Meal(meal.slot, meal.recipe, meal.verdict, meal.minutes, thaw=late)

    def _has_its_evening(self, slot: Slot, one: Candidate, frozen_on: date | None = None) -> bool:
        """Is the evening before still to come, or was this very meal to stand here already?"""
        first = self.wishes.overnight_from
        stood = ((meal.slot, meal.recipe, meal.frozen_on) for meal in (*self.wishes.locked, *self.wishes.planned))
        return first is None or slot.day >= first or (slot, one.recipe, frozen_on) in stood

    def _bought(self, day: date) -> date | None:
        """The last shop day up to a day."""
        return max((shop for shop in self.wishes.shop_days if shop <= day), default=None)

    def _again(self, slot: Slot) -> Iterator[Meal]:
        """The leftovers that a slot may hold, of dinners that are eaten already or could be cooked."""
        offered: dict[str, Candidate] = {}
        for dinner in self._dinners_before(slot):
            for one in self._cooked_for(dinner):
                if self.may_wait(one, dinner, slot) and self._is_fine(one, slot):
                    offered[one.recipe] = one
        for _, one in sorted(offered.items()):
            meal = self._meal(slot, one, REHEAT_MINUTES)
            yield Meal(meal.slot, meal.recipe, meal.verdict, meal.minutes, leftover_of=one.recipe)

    def _dinners_before(self, slot: Slot) -> tuple[Slot, Slot]:
        return slot.dinner_before, Slot(slot.day - 2 * ONE_DAY, DINNER)

    def _cooked_for(self, dinner: Slot) -> Sequence[Candidate]:
        eaten = self.wishes.eaten_slots.get(dinner)
        if eaten is None:
            return self._promising(dinner) if dinner in self.wishes.open_slots else ()
        one = self.kitchen.candidates.get(eaten.recipe)
        return (one,) if one and eaten.is_cooked and not self.was_left_over(eaten) else ()

    def was_left_over(self, dinner: Meal) -> bool:
        """Were the leftovers of a dinner eaten already? There is one portion of them for everybody."""
        return any(
            meal.leftover_of == dinner.recipe and meal.slot.at > dinner.slot.at for meal in self.wishes.eaten_slots.values()
        )

    def may_wait(self, one: Candidate, dinner: Slot, slot: Slot) -> bool:
        """May what was cooked for a dinner be eaten in a later slot?"""
        keeps = min(one.keeps_hours or 0, self.kitchen.leftover_hours, LONGER_HOURS)
        if keeps < LEFTOVER_HOURS or (one.served_hot and self.kitchen.reheats < 1):
            return False
        if slot.meal == BREAKFAST and BREAKFAST not in one.meals:
            return False
        if one.has_rice and slot.in_order > Slot(dinner.day + ONE_DAY, LUNCH).in_order:
            return False
        return slot.at - dinner.at < timedelta(hours=keeps)

    def _frozen(self, slot: Slot) -> Iterator[Meal]:
        """The oldest good portion of each recipe in the freezer."""
        had = {
            meal.recipe
            for meal in self.wishes.eaten_slots.values()
            if meal.leftover_of is None and meal.slot in self.wishes.slots
        }
        taken: set[str] = set()
        fits = {one.recipe: one for one in self.fits(slot)} if self.wishes.freezer else {}
        for portion in sorted(self._in_the_freezer()):
            one = fits.get(portion.recipe)
            age = (slot.day - portion.frozen_on).days
            if one is None or portion.recipe in taken or not self._may_thaw(one) or not 0 <= age <= FROZEN_DAYS:
                continue
            if one.recipe in had or not self._has_its_evening(slot, one, portion.frozen_on):
                continue
            taken.add(portion.recipe)
            meal = self._meal(slot, one, REHEAT_MINUTES)
            yield Meal(meal.slot, meal.recipe, meal.verdict, meal.minutes, frozen_on=portion.frozen_on)

    def _in_the_freezer(self) -> Iterator[Portion]:
        here = (meal for meal in self.wishes.eaten_slots.values() if meal.slot in self.wishes.slots)
        eaten = Counter((meal.recipe, meal.frozen_on) for meal in here if meal.frozen_on)
        held = Counter(self.wishes.freezer)
        return (portion for portion in held if held[portion] > eaten[portion.recipe, portion.frozen_on])

    def may_freeze_extra(self, meal: Meal) -> bool:
        """May a meal be cooked double, and half of it frozen? Only what keeps, freezes, and was cooked for this slot."""
        one = self.kitchen.candidates[meal.recipe]
        return meal.is_cooked and (one.keeps_hours or 0) >= LEFTOVER_HOURS and self._may_thaw(one)

    def _may_thaw(self, one: Candidate) -> bool:
        allowed = self.kitchen.leftover_hours >= LEFTOVER_HOURS and (not one.served_hot or self.kitchen.reheats > 0)
        return one.freezes and allowed

    # ---- The most promising ----

    def _promising(self, slot: Slot) -> tuple[Candidate, ...]:
        """The recipes worth weighing for a slot: enough of each sort that the best week loses next to nothing."""
        minutes = self.minutes_left(slot.day)
        key = (*self._sort_of(slot), minutes)
        if key not in self._best:
            quick_enough = [one for one in self.fits(slot) if one.minutes <= minutes]
            self._best[key] = tuple(quick_enough) if self.keep_all else self._pick(quick_enough)
        asked = self._asked_for(slot)
        if not asked:
            return self._best[key]
        known = {one.recipe for one in self._best[key]}
        more = (one for one in self.fits(slot) if one.recipe in asked - known and one.minutes <= minutes)
        return (*self._best[key], *more)

    def _asked_for(self, slot: Slot) -> set[str]:
        """What is locked or stood here before is always weighed."""
        return {meal.recipe for meal in (*self.wishes.locked, *self.wishes.planned) if meal.slot == slot}

    def _pick(self, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        ranked = sorted(found, key=lambda one: (-self.score(one), one.recipe))
        taken: dict[str, Candidate] = {}
        of_a_food: Counter[str] = Counter()
        for one in ranked:
            of_a_food[one.main_food] += 1
            if len(taken) < OF_A_SLOT and of_a_food[one.main_food] <= OF_A_FOOD:
                taken[one.recipe] = one
        taken |= {one.recipe: one for one in sorted(ranked, key=lambda one: one.minutes)[:QUICKEST]}
        for sort in (*_sorts(ranked), *self._that_use_up(ranked)):
            taken |= {one.recipe: one for one in sort[:OF_A_SORT]}
        return tuple(one for _, one in sorted(taken.items()))

    def _that_use_up(self, ranked: Sequence[Candidate]) -> Iterator[list[Candidate]]:
        """The recipes that take each food which is to be used up, the best first."""
        for food in sorted(self.wishes.use_up):
            yield [one for one in ranked if food in self.wishes.uses_up(one)]


def _sorts(ranked: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """The recipes of each sort that a wish may need, the best first."""
    yield [*ranked]
    yield [one for one in ranked if one.is_fish]
    yield [one for one in ranked if one.is_meatless]
    yield [one for one in ranked if one.has_vegetables]
    yield [one for one in ranked if one.keeps_hours and one.packs]
    yield [one for one in ranked if not one.fresh]


def name_of(meal: Meal) -> str:
    """The name of a choice: no two choices of a week share one, and names sort by day."""
    how = "again" if meal.leftover_of else "frozen" if meal.frozen_on else "fresh"
    return f"{meal.slot.day} {meal.slot.meal} {how} {meal.recipe}"


def dinners_of(meal: Meal, choices: Mapping[str, Meal], table: Choices) -> list[str]:
    """The choices of a dinner that a choice of leftovers may be left from."""
    one = table.kitchen.candidates[meal.recipe]
    cooked = (Meal(Slot(meal.slot.day - back * ONE_DAY, DINNER), meal.recipe, meal.verdict, 0) for back in (1, 2))
    return [
        name_of(dinner) for dinner in cooked if name_of(dinner) in choices and table.may_wait(one, dinner.slot, meal.slot)
    ]


def was_cooked(meal: Meal, table: Choices) -> bool:
    """Was the dinner that a choice of leftovers is left from eaten already?"""
    one = table.kitchen.candidates[meal.recipe]
    return any(
        dinner.slot.meal == DINNER
        and dinner.recipe == meal.recipe
        and dinner.is_cooked
        and 0 < (meal.slot.day - dinner.slot.day).days < DAYS
        and not table.was_left_over(dinner)
        and table.may_wait(one, dinner.slot, meal.slot)
        for dinner in table.wishes.eaten_slots.values()
    )
