"""Which meals make the best week? The wishes as a model of choices, and the solver's answer as a week.

Every meal that could stand in a slot is a choice. Rules are rows without a price; wishes are rows with one, or points on
a choice. A recipe that is not fine under the sheets is never a choice at all. Points are whole numbers: sums are exact.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from foods.food import Verdict
from planner.solver import Model, Row, solve
from planner.week import (
    BREAKFAST,
    LEFTOVER_HOURS,
    LUNCH,
    MOST_OF_A_FOOD,
    ONE_DAY,
    REHEAT_MINUTES,
    Candidate,
    Empty,
    Kitchen,
    Meal,
    Slot,
    Week,
    Wishes,
    broken_rules,
)

FILLED = 200
"""Points for a slot with a meal in it: more than all wishes together can cost that one meal."""
LIKED = 15
EFFORT = 3
"""Points lost for each step of effort, 1 to 5."""
TASTE = 12
MOOD = 4
"""The seed gives each recipe up to so many points, and each recipe in each slot: another seed, another week."""

FOOD_NEXT_DAY, FOOD_TOO_OFTEN = 40, 30
KIND_NEXT_DAY, BREAKFAST_NEXT_DAY = 8, 8
FISH_WANTED, FISH_MISSED = 2, 25
MEATLESS_WANTED, MEATLESS_MISSED = 4, 15
MOST_LEFTOVERS, ONE_MORE_LEFTOVER = 3, 15
"""What is wanted of a week, and the points it costs to miss it by one."""


class BrokenPlan(RuntimeError):
    """The maker of weeks made one that breaks a rule. It is never shown."""


Choices = Mapping[str, Meal]


def best_week(kitchen: Kitchen, wishes: Wishes) -> Week:
    """The best week for these wishes; the same one each time. A slot that nothing can fill stays empty and says why."""
    choices = possible_meals(kitchen, wishes)
    solution = solve(model_of(choices, kitchen, wishes))
    meals = sorted((choices[name] for name in solution.chosen), key=lambda meal: meal.slot.in_order)
    filled = {meal.slot for meal in meals}
    empty = tuple(Empty(slot, _why_empty(slot, meals, kitchen, wishes)) for slot in wishes.slots if slot not in filled)
    week = Week(wishes.days, tuple(meals), empty, solution.gap, solution.out_of_time)
    if broken := broken_rules(week, wishes, kitchen):
        raise BrokenPlan(" ".join(broken))
    return week


# ---- The choices ----


def possible_meals(kitchen: Kitchen, wishes: Wishes) -> dict[str, Meal]:
    """Every meal that could stand in a slot, by a name that sorts by day."""
    found = [meal for slot in wishes.slots for meal in (*_fresh(slot, kitchen, wishes), *_again(slot, kitchen, wishes))]
    return {_name(meal): meal for meal in found}


def _name(meal: Meal) -> str:
    return f"{meal.slot.day} {meal.slot.meal} {'again' if meal.leftover_of else 'fresh'} {meal.recipe}"


def _fresh(slot: Slot, kitchen: Kitchen, wishes: Wishes) -> Iterator[Meal]:
    for one in _fits(slot, kitchen, wishes):
        if one.minutes <= wishes.minutes:
            yield Meal(slot, one.recipe, one.verdict, one.minutes)


def _fits(slot: Slot, kitchen: Kitchen, wishes: Wishes) -> list[Candidate]:
    """The recipes that may be cooked for a slot, however long they take."""
    return [
        one
        for _, one in sorted(kitchen.candidates.items())
        if _is_plannable(one) and slot.meal in one.meals and (one.packs or not wishes.is_packed(slot))
    ]


def _is_plannable(one: Candidate) -> bool:
    return one.verdict in (Verdict.OK, Verdict.COOK) and not one.paused


def _again(slot: Slot, kitchen: Kitchen, wishes: Wishes) -> Iterator[Meal]:
    if slot.meal != LUNCH or slot.dinner_before not in wishes.slots:
        return
    for one in _fits(slot.dinner_before, kitchen, wishes):
        if _may_be_kept(one, kitchen) and (one.packs or not wishes.is_packed(slot)) and one.minutes <= wishes.minutes:
            yield Meal(slot, one.recipe, one.verdict, REHEAT_MINUTES, leftover_of=one.recipe)


def _may_be_kept(one: Candidate, kitchen: Kitchen) -> bool:
    keeps = one.keeps_hours is not None and one.keeps_hours >= LEFTOVER_HOURS <= kitchen.leftover_hours
    return keeps and (not one.served_hot or kitchen.reheats > 0)


# ---- What a choice is worth ----


def model_of(choices: Choices, kitchen: Kitchen, wishes: Wishes) -> Model:
    """The choices with their points, the rules and the wishes, ready for the solver."""
    return Model(_worth(choices, kitchen, wishes), [*_rules(choices, wishes), *_wishes(choices, kitchen)])


def _worth(choices: Choices, kitchen: Kitchen, wishes: Wishes) -> dict[str, int]:
    dice = random.Random(wishes.seed)
    taste = {recipe: dice.randrange(TASTE + 1) for recipe in sorted(kitchen.candidates)}
    worth = {}
    for name, meal in sorted(choices.items()):
        effort = 0 if meal.leftover_of else kitchen.candidates[meal.recipe].effort
        liked = LIKED if meal.recipe in wishes.likes else 0
        worth[name] = FILLED + taste[meal.recipe] + dice.randrange(MOOD + 1) + liked - EFFORT * effort
    return worth


# ---- The rules ----


def _rules(choices: Choices, wishes: Wishes) -> Iterator[Row]:
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for name, meal in choices.items():
        groups[f"one meal at {meal.slot.meal} on {meal.slot.day}"][name] = 1
        if meal.leftover_of is None:
            groups[f"{meal.recipe} cooked once"][name] = 1
    yield from (Row(group, terms, at_most=1) for group, terms in groups.items())
    for day in wishes.days:
        minutes = {name: meal.minutes for name, meal in choices.items() if meal.slot.day == day}
        yield Row(f"minutes on {day}", minutes, at_most=wishes.minutes)
    for name, meal in choices.items():
        if meal.leftover_of is not None:
            dinner = _name(Meal(meal.slot.dinner_before, meal.recipe, meal.verdict, 0))
            yield Row(f"{name} was cooked", {name: 1, dinner: -1}, at_most=0)


# ---- The wishes ----


def _wishes(choices: Choices, kitchen: Kitchen) -> Iterator[Row]:
    cooked = {name: meal for name, meal in choices.items() if meal.leftover_of is None}
    main = {name: meal for name, meal in cooked.items() if meal.slot.meal != BREAKFAST}
    food_of = {name: kitchen.candidates[meal.recipe].main_food for name, meal in cooked.items()}
    kind_of = {name: kitchen.candidates[meal.recipe].kind for name, meal in cooked.items()}
    breakfasts = {name: meal for name, meal in cooked.items() if meal.slot.meal == BREAKFAST}
    yield from _apart("food", main, food_of, FOOD_NEXT_DAY)
    yield from _seldom(main, food_of)
    yield from _apart("kind", main, kind_of, KIND_NEXT_DAY)
    yield from _apart("breakfast food", breakfasts, food_of, BREAKFAST_NEXT_DAY)
    fish = [name for name, meal in main.items() if kitchen.candidates[meal.recipe].is_fish]
    yield Row("fish", _each(fish), at_least=FISH_WANTED, price=FISH_MISSED)
    meatless = [name for name, meal in main.items() if kitchen.candidates[meal.recipe].is_meatless]
    yield Row("meatless", _each(meatless), at_least=MEATLESS_WANTED, price=MEATLESS_MISSED)
    again = [name for name, meal in choices.items() if meal.leftover_of is not None]
    yield Row("leftovers", _each(again), at_most=MOST_LEFTOVERS, price=ONE_MORE_LEFTOVER)


def _apart(about: str, choices: Choices, trait: Mapping[str, str], price: int) -> Iterator[Row]:
    """The same trait not twice on one day, nor on two days running."""
    days = sorted({meal.slot.day for meal in choices.values()})
    for value, names in _grouped(choices, trait):
        for day in days:
            near = [name for name in names if choices[name].slot.day in (day, day + ONE_DAY)]
            yield Row(f"{about} {value} on {day} and the day after", _each(near), at_most=1, price=price)


def _seldom(choices: Choices, food_of: Mapping[str, str]) -> Iterator[Row]:
    for food, names in _grouped(choices, food_of):
        yield Row(f"food {food} in the week", _each(names), at_most=MOST_OF_A_FOOD, price=FOOD_TOO_OFTEN)


def _grouped(choices: Choices, trait: Mapping[str, str]) -> Iterable[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(choices):
        groups[trait[name]].append(name)
    return sorted(groups.items())


def _each(names: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys(names, 1)


# ---- Why a slot is empty ----


def _why_empty(slot: Slot, meals: Iterable[Meal], kitchen: Kitchen, wishes: Wishes) -> str:
    kind = f"{slot.meal} to take with you" if wishes.is_packed(slot) else slot.meal
    fits = _fits(slot, kitchen, wishes)
    used = {meal.recipe for meal in meals}
    if not fits:
        return f"We have no {kind} that is fine for you."
    if min(one.minutes for one in fits) > wishes.minutes:
        return f"Every {kind} we have takes more than {wishes.minutes} minutes of cooking. Allow more minutes a day."
    if all(one.recipe in used for one in fits):
        return f"Every {kind} that fits is in this week already. Eat one of them again, or something you know is fine."
    return f"No {kind} fits the {wishes.minutes} minutes of this day beside its other meals. Allow more minutes a day."
