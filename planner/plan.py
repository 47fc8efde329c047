"""What has become of a week since it was asked for? Its meals as they stand, and what the people at the table did with them.

A plan names slots and recipes, never a verdict: that is worked out anew each time the week is shown. It stands in the
address of a week, or is kept by a household, in the same words; `3d` is the dinner of the third day.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zlib import crc32

from foods.food import Verdict
from planner.best_week import BrokenPlan, as_it_stands, best_week
from planner.week import (
    BREAKFAST,
    DAYS,
    DINNER,
    LEFTOVER_HOURS,
    LUNCH,
    MEALS_OF_A_DAY,
    ONE_DAY,
    REHEAT_MINUTES,
    Candidate,
    Empty,
    Kitchen,
    Meal,
    Slot,
    Week,
    Wishes,
)

TIRED_MINUTES = 10
"""Minutes of cooking that a day holds at most once somebody is too tired."""
SKIPPED = {
    "out": "You eat out.",
    "else": "You have something else.",
    "none": "You need no meal here.",
    "over": "This day is over.",
}
"""Why a slot needs no meal: in an address, and in words."""
LETTERS = {"b": BREAKFAST, "l": LUNCH, "d": DINNER}
_SLOT = "([1-7])([bld])"
_RECIPE = "[a-z0-9][a-z0-9-]{0,79}"
_HOW = r"again|frozen-(\d{4}-\d\d-\d\d)"
MEAL = re.compile(rf"{_SLOT}:({_RECIPE})(?::({_HOW}))?", re.ASCII)
REFUSED = re.compile(rf"{_SLOT}:({_RECIPE})", re.ASCII)
SKIP = re.compile(rf"{_SLOT}:({'|'.join(SKIPPED)})", re.ASCII)
SLOT = re.compile(_SLOT, re.ASCII)
DAY = re.compile("[1-7]", re.ASCII)
FACTS = re.compile("[0-9a-f]{8}", re.ASCII)
MOST_REFUSED = 60
"""How many meals that were swapped away are remembered; the oldest of them may come back."""
PARTS = {
    "meal": MEAL,
    "lock": SLOT,
    "had": SLOT,
    "skip": SKIP,
    "no": REFUSED,
    "tired": DAY,
    "extra": SLOT,
    "facts": FACTS,
    "new": SLOT,
}
"""The names in an address -> how each of their values is written."""


class NotAPlan(ValueError):
    """What stands in the address is no plan of a week: it was cut short or changed, or says what cannot have been."""


@dataclass(frozen=True)
class Pick:
    """The meal that stands in a slot: a recipe that is cooked, eaten `again`, or taken from the freezer."""

    slot: Slot
    recipe: str
    is_again: bool = False
    frozen_on: date | None = None

    @classmethod
    def of(cls, meal: Meal) -> "Pick":
        """What a meal of a week says of itself, without its verdict."""
        return cls(meal.slot, meal.recipe, meal.leftover_of is not None, meal.frozen_on)

    def meal(self, kitchen: Kitchen, is_diet_day: bool) -> Meal | None:
        """The same as a meal of today's kitchen; None when the recipe is gone."""
        one = kitchen.candidates.get(self.recipe)
        if one is None:
            return None
        minutes = REHEAT_MINUTES if self.is_again or self.frozen_on else one.minutes
        left_over = self.recipe if self.is_again else None
        return Meal(self.slot, self.recipe, one.verdict_on(is_diet_day), minutes, left_over, self.frozen_on)


@dataclass(frozen=True)
class Plan:
    """What stands in the slots of a week, and what was done with it: locked, eaten, skipped (why), refused, tired days.

    `extra` are the slots whose meal is cooked double, for the freezer.

    `facts` is the mark of the facts behind it when it was made, empty where nobody has noted them. `new` are the slots that
    the last change gave another meal.
    """

    first_day: date
    picks: tuple[Pick, ...] = ()
    locked: frozenset[Slot] = frozenset()
    eaten: frozenset[Slot] = frozenset()
    skipped: Mapping[Slot, str] = field(default_factory=dict)
    refused: tuple[tuple[Slot, str], ...] = ()
    tired: frozenset[date] = frozenset()
    facts: str = ""
    new: frozenset[Slot] = frozenset()
    extra: frozenset[Slot] = frozenset()

    @property
    def by_slot(self) -> Mapping[Slot, Pick]:
        """The meal that stands in each slot."""
        return {pick.slot: pick for pick in self.picks}

    # ---- In an address, or as it is kept ----

    def as_params(self) -> dict[str, list[str]]:
        """The plan as names and values; empty ones are left out."""
        said = {
            "meal": [self._pick_in_words(pick) for pick in self.picks],
            "lock": [self.name(slot) for slot in _sorted(self.locked)],
            "had": [self.name(slot) for slot in _sorted(self.eaten)],
            "skip": [f"{self.name(slot)}:{self.skipped[slot]}" for slot in _sorted(self.skipped)],
            "no": [f"{self.name(slot)}:{recipe}" for slot, recipe in self.refused],
            "tired": [str(self._number(day)) for day in sorted(self.tired)],
            "extra": [self.name(slot) for slot in _sorted(self.extra)],
            "facts": [self.facts] if self.facts else [],
            "new": [self.name(slot) for slot in _sorted(self.new)],
        }
        return {name: values for name, values in said.items() if values}

    @classmethod
    def of(cls, first_day: date, params: Mapping[str, Sequence[str]]) -> "Plan":
        """The plan that these names and values say; other names are not its business. Raises NotAPlan."""
        found = {name: _read(form, params.get(name, ())) for name, form in PARTS.items()}

        def slot(one: re.Match[str]) -> Slot:
            return Slot(first_day + (int(one[1]) - 1) * ONE_DAY, LETTERS[one[2]])

        picks = {slot(one): Pick(slot(one), one[3], one[4] == "again", _day(one[5])) for one in found["meal"]}
        if len(picks) != len(found["meal"]):
            raise NotAPlan("two meals in one slot")
        return cls(
            first_day,
            tuple(picks[one] for one in _sorted(picks)),
            frozenset(map(slot, found["lock"])),
            frozenset(map(slot, found["had"])),
            {slot(one): one[3] for one in found["skip"]},
            tuple((slot(one), one[3]) for one in found["no"])[-MOST_REFUSED:],
            frozenset(first_day + (int(one[0]) - 1) * ONE_DAY for one in found["tired"]),
            found["facts"][0][0] if found["facts"] else "",
            frozenset(map(slot, found["new"])),
            frozenset(map(slot, found["extra"])),
        )

    def _pick_in_words(self, pick: Pick) -> str:
        how = ":again" if pick.is_again else f":frozen-{pick.frozen_on}" if pick.frozen_on else ""
        return f"{self.name(pick.slot)}:{pick.recipe}{how}"

    def _number(self, day: date) -> int:
        return (day - self.first_day).days + 1

    def slot(self, name: str) -> Slot | None:
        """The slot that a name like `3d` means."""
        found = SLOT.fullmatch(name)
        return Slot(self.first_day + (int(found[1]) - 1) * ONE_DAY, LETTERS[found[2]]) if found else None

    def name(self, slot: Slot) -> str:
        """What a slot is called in an address: `3d` is the dinner of the third day."""
        return f"{self._number(slot.day)}{slot.meal[0]}"

    # ---- What a person does with it ----

    def swapping(self, slot: Slot) -> "Plan":
        """Another meal, please: what stands there does not come back."""
        pick = self.by_slot.get(slot)
        refused = (*self.refused, (slot, pick.recipe)) if pick else self.refused
        return replace(self._waiting(slot), refused=refused[-MOST_REFUSED:], locked=self.locked - {slot})

    def locking(self, slot: Slot, is_locked: bool) -> "Plan":
        """This meal stays, whatever else changes; or it may move again."""
        return replace(self, locked=self.locked | {slot} if is_locked else self.locked - {slot})

    def eating(self, slot: Slot, is_eaten: bool) -> "Plan":
        """This meal was eaten as it was planned; or it was not after all."""
        return replace(self, eaten=self.eaten | {slot} if is_eaten else self.eaten - {slot})

    def doubling(self, slot: Slot, is_double: bool) -> "Plan":
        """Cook twice as much of it and freeze half; or only what is eaten."""
        return replace(self, extra=self.extra | {slot} if is_double else self.extra - {slot})

    def skipping(self, slot: Slot, why: str) -> "Plan":
        """No meal is needed here, for one of the reasons of SKIPPED."""
        return replace(
            self._waiting(slot),
            skipped={**self.skipped, slot: why},
            locked=self.locked - {slot},
            eaten=self.eaten - {slot},
        )

    def wanting(self, slot: Slot) -> "Plan":
        """A meal is needed here after all."""
        return replace(self, skipped={other: why for other, why in self.skipped.items() if other != slot})

    def resting(self, day: date, is_tired: bool) -> "Plan":
        """Too tired to cook on this day; or well again."""
        return replace(self, tired=self.tired | {day} if is_tired else self.tired - {day})

    def starting_anew(self, today: date) -> "Plan":
        """Other meals for the whole week, but for those that are locked or eaten and the days that are over."""
        stays = [pick for pick in self.picks if pick.slot in self.locked | self.eaten or pick.slot.day < today]
        return replace(self, picks=tuple(stays))

    def exchanging(self, slot: Slot, other: Slot) -> "Plan":
        """What stands in these two slots changes places; each stays where it was put."""
        moved = {slot: other, other: slot}
        picks = [replace(pick, slot=moved.get(pick.slot, pick.slot)) for pick in self.picks]
        fresh = {pick.slot for pick in picks if pick.slot in moved}
        refused = tuple(one for one in self.refused if one[0] not in moved)
        return replace(
            self,
            picks=tuple(sorted(picks, key=lambda pick: pick.slot.in_order)),
            locked=self.locked | fresh,
            skipped={one: why for one, why in self.skipped.items() if one not in moved},
            refused=refused,
        )

    def without(self, slots: Collection[Slot]) -> "Plan":
        """The plan without what stood in these slots, and without a lock on them."""
        return replace(
            self, picks=tuple(pick for pick in self.picks if pick.slot not in slots), locked=self.locked - {*slots}
        )

    def beginning_on(self, today: date) -> "Plan":
        """A plan in which nothing stands yet, without the days that are over: nobody ate there what was never cooked."""
        over = [Slot(day, meal) for day in self._days if day < today for meal in MEALS_OF_A_DAY]
        return self if self.picks else replace(self, skipped={**dict.fromkeys(over, "over"), **self.skipped})

    @property
    def _days(self) -> list[date]:
        return [self.first_day + number * ONE_DAY for number in range(DAYS)]

    def _waiting(self, slot: Slot) -> "Plan":
        return replace(self, picks=tuple(pick for pick in self.picks if pick.slot != slot))

    # ---- As wishes for the maker of weeks ----

    def wishes(self, asked: Wishes, kitchen: Kitchen, today: date) -> Wishes:
        """What was asked of the week together with what became of it. Days that are over were eaten as planned."""
        meals = {
            pick.slot: meal
            for pick in self.picks
            if (meal := pick.meal(kitchen, asked.is_diet_day(pick.slot.day))) is not None
        }
        over = {slot for slot in meals if slot in self.eaten or slot.day < today}
        stands = {slot: meal for slot, meal in meals.items() if slot not in over and slot not in self.skipped}
        tired = {day: min(TIRED_MINUTES, asked.minutes_on(day)) for day in self.tired}
        skipped = {slot: SKIPPED[why] for slot, why in self.skipped.items()}
        gone = {slot: "This day is over." for slot in asked.slots if self.picks and slot.day < today and slot not in meals}
        return replace(
            asked,
            energy={**asked.energy, **tired},
            eaten=(*asked.eaten, *(meals[slot] for slot in _sorted(over - {*self.skipped}))),
            skipped={**gone, **skipped},
            locked=tuple(stands[slot] for slot in _sorted(self.locked & {*stands})),
            planned=tuple(stands[slot] for slot in _sorted(stands)),
            refused=asked.refused | {*self.refused},
            cook_extra=frozenset((slot, pick.recipe) for slot, pick in self.by_slot.items() if slot in self.extra),
            overnight_from=(today if self.picks else self._begins) + ONE_DAY,
        )

    @property
    def _begins(self) -> date:
        """The first day that is not over, as the plan itself says: what has no meals yet finds the same ones tomorrow."""
        return next((day for day in self._days if self.skipped.get(Slot(day, DINNER)) != "over"), self.first_day)


@dataclass(frozen=True)
class Gone:
    """A meal that stood in a plan and may stand there no longer, and why, in a sentence without its name.

    `is_unsafe`: it is no longer fine; else it only fits no more.
    """

    slot: Slot
    recipe: str
    why: str
    is_unsafe: bool = False


@dataclass(frozen=True)
class Standing:
    """A plan as it stands under today's facts, without what had to go: its wishes, the week, and what that was.

    `has_changed` says that a fact behind one of its meals is another than when it was made.
    """

    plan: Plan
    wishes: Wishes
    week: Week
    gone: tuple[Gone, ...] = ()
    has_changed: bool = False


def stands(plan: Plan, asked: Wishes, kitchen: Kitchen, today: date) -> Standing:
    """The week of a plan, made now if nothing stands in it yet. What no longer fits is taken out and said.

    Raises NotAPlan where what it says was eaten contradicts itself, such as leftovers of a dinner still to be cooked.
    """
    wishes = plan.wishes(asked, kitchen, today)
    if not plan.picks:
        week = _kept_to_the_rules(best_week, kitchen, wishes)
        return Standing(replace(plan, picks=tuple(map(Pick.of, week.meals))), wishes, week)
    week = _kept_to_the_rules(as_it_stands, kitchen, wishes)
    out = [pick for pick in plan.picks if pick.slot not in week.by_slot and pick.slot not in plan.skipped]
    gone = tuple(_gone(pick, kitchen, wishes) for pick in out)
    has_changed = bool(plan.facts) and plan.facts != facts_behind(plan.picks, kitchen)
    return Standing(plan.without({one.slot for one in gone}), wishes, _said(week, gone), gone, has_changed)


def _said(week: Week, gone: Sequence[Gone]) -> Week:
    """The week, in which the slots of meals that had to go say so: nothing was searched for them yet."""
    slots = {one.slot for one in gone}
    empty = (Empty(one.slot, "The meal that stood here had to go.") if one.slot in slots else one for one in week.empty)
    return replace(week, empty=tuple(empty))


def _kept_to_the_rules(make: Callable[[Kitchen, Wishes], Week], kitchen: Kitchen, wishes: Wishes) -> Week:
    """The week, which the independent rules have read. Without a plan in the wishes a broken one is a fault of ours."""
    try:
        return make(kitchen, wishes)
    except BrokenPlan as error:
        if wishes.eaten or wishes.planned:
            raise NotAPlan(str(error)) from error
        raise


def changed_to(plan: Plan, asked: Wishes, kitchen: Kitchen, today: date) -> Plan:
    """The plan once what waits is filled, with as few other meals moved as can be. Raises NotAPlan as `stands` does."""
    week = _kept_to_the_rules(best_week, kitchen, plan.wishes(asked, kitchen, today))
    found, stood = {meal.slot: Pick.of(meal) for meal in week.meals}, plan.by_slot
    extra = frozenset(meal.slot for meal in week.meals if meal.freeze_extra)
    new = frozenset(slot for slot, pick in found.items() if stood.get(slot) != pick)
    kept = frozenset(slot for slot in plan.locked if slot in found and slot not in new)
    return noted(
        replace(plan, picks=tuple(found[slot] for slot in _sorted(found)), locked=kept, new=new, extra=extra), kitchen
    )


def noted(plan: Plan, kitchen: Kitchen) -> Plan:
    """The plan with the mark of the facts behind its meals."""
    return replace(plan, facts=facts_behind(plan.picks, kitchen))


def facts_behind(picks: Iterable[Pick], kitchen: Kitchen) -> str:
    """A mark of every fact behind these meals: it is another as soon as one of them is."""
    known = sorted({pick.recipe for pick in picks})
    facts = [(recipe, one.facts if (one := kitchen.candidates.get(recipe)) else "gone") for recipe in known]
    return f"{crc32(repr(facts).encode()):08x}"


def _gone(pick: Pick, kitchen: Kitchen, wishes: Wishes) -> Gone:
    one = kitchen.candidates.get(pick.recipe)
    if one is None:
        return Gone(pick.slot, pick.recipe, "We no longer have that recipe.")
    if one.paused or one.verdict_on(wishes.is_diet_day(pick.slot.day)) not in (Verdict.OK, Verdict.COOK):
        return Gone(pick.slot, pick.recipe, "It is no longer fine for you by today's facts. Do not cook it.", True)
    if (pick.is_again or pick.frozen_on) and _forbids_to_keep(kitchen, one):
        return Gone(pick.slot, pick.recipe, "Your sheet does not let it be kept or reheated now. Do not eat it.", True)
    return Gone(pick.slot, pick.recipe, _why_it_fits_no_more(pick, one, wishes))


def _forbids_to_keep(kitchen: Kitchen, one: Candidate) -> bool:
    return kitchen.leftover_hours < LEFTOVER_HOURS or (one.served_hot and kitchen.reheats < 1)


def _why_it_fits_no_more(pick: Pick, one: Candidate, wishes: Wishes) -> str:
    if wishes.is_packed(pick.slot) and one.packs not in wishes.ways_on(pick.slot.day):
        return "That lunch has to travel now, and this one cannot."
    if any(eater.dislikes & {one.recipe, one.main_food, *one.foods} for eater in wishes.eaters):
        return "Somebody here avoids something that is in it."
    if any(eater.allergens and (one.allergens is None or eater.allergens & one.allergens) for eater in wishes.eaters):
        return "It may hold an allergen that somebody here avoids."
    return "It no longer fits what you asked for, or a rule of the days around it."


def _read(form: re.Pattern[str], values: Sequence[str]) -> list[re.Match[str]]:
    most = MOST_REFUSED if form is REFUSED else DAYS * len(MEALS_OF_A_DAY)
    found = [match for value in values[:most] if (match := form.fullmatch(value))]
    if len(found) != len(values):
        raise NotAPlan("a part that is no plan's")
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotAPlan("a day that does not exist") from None


def _sorted(slots: Iterable[Slot]) -> list[Slot]:
    return sorted(slots, key=lambda slot: slot.in_order)
