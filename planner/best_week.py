"""Which meals make the best week? The wishes as a model of choices, and the solver's answer as a week.

Every meal that could stand in a slot is a choice. Rules are rows without a price; wishes are rows with one, or points on
a choice. Points are whole numbers: sums are exact. Whole packs stay outside the model; open packs are used up after it.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zlib import crc32

from planner.choices import Choices, dinners_of, name_of, was_cooked
from planner.day_minutes import DayMinutes
from planner.solver import MOST_NODES, Model, Row, Solution, solve
from planner.week import (
    BREAKFAST,
    MOST_OF_A_FOOD,
    ONE_DAY,
    Candidate,
    Empty,
    Kitchen,
    Meal,
    Slot,
    Week,
    Wishes,
)
from planner.week_rules import broken_rules
from planner.why_empty import why_empty

FILLED = 200
"""Points for a slot with a meal in it: more than all wishes together can cost that one meal."""
LOCKED, STAYS = 1000, 90
"""Points for a locked meal that stays, and for any other that stands where it stood: a change moves few others."""
LIKED = 15
OPEN = 15
QUEASY = 6
FROM_THE_FREEZER, THAWED = 4, -4
EFFORT, PAN, THINGS = 3, 1, 4
"""Points lost for each step of effort, 1 to 5, for each pan, and for so many things to buy."""
TASTE = 12
MOOD = 4
"""The seed gives each recipe up to so many points, and each recipe in each slot: another seed, another week."""
NOT_LATELY, LATELY_DAYS = 8, 28
"""Points for a recipe that was not on the table for four weeks, fewer for a shorter time."""

FOOD_NEXT_DAY, FOOD_TOO_OFTEN = 40, 30
KIND_NEXT_DAY, BREAKFAST_NEXT_DAY = 8, 8
FISH_WANTED, FISH_MISSED = 2, 25
MEATLESS_WANTED, MEATLESS_MISSED = 4, 15
MOST_LEFTOVERS, ONE_MORE_LEFTOVER = 3, 15
NO_VEGETABLES = 10
NOT_USED_UP = 40
"""What is wanted of a week, and the points it costs to miss it by one."""


class BrokenPlan(RuntimeError):
    """The maker of weeks made one that breaks a rule. It is never shown."""


Named = Mapping[str, Meal]


def best_week(kitchen: Kitchen, wishes: Wishes, most_nodes: int = MOST_NODES) -> Week:
    """The best week for these wishes; the same one each time. A slot that nothing can fill stays empty and says why.

    `most_nodes` is how long the solver may look for better weeks; with fewer it may stop at one that is less good.
    """
    table = choices_of(kitchen, wishes)
    return _best_of(table.by_name(), table, most_nodes)


def as_it_stands(kitchen: Kitchen, wishes: Wishes) -> Week:
    """The week that was planned, with nothing new in it. What a rule no longer allows is left out, and its slot is empty."""
    table = choices_of(kitchen, wishes)
    stand = {name_of(meal) for meal in (*wishes.planned, *wishes.locked)}
    return _best_of({name: meal for name, meal in table.by_name().items() if name in stand}, table, MOST_NODES)


def _best_of(choices: Named, table: Choices, most_nodes: int) -> Week:
    kitchen, wishes = table.kitchen, table.wishes
    model = model_of(choices, kitchen, wishes)
    solution = solve(model, most_nodes)
    chosen = sorted((choices[name] for name in solution.chosen if name in choices), key=lambda meal: meal.slot.in_order)
    planned = [_with_extra(meal, table) for meal in chosen]
    week = Week(
        days=wishes.days,
        meals=_with_what_was_eaten(_from_open_packs(planned, kitchen, wishes), wishes),
        empty=_empty(planned, table),
        gap=solution.gap,
        out_of_time=solution.out_of_time,
        given_up=(*_not_kept(solution, choices, wishes), *_not_frozen(planned, wishes), *_given_up(solution, model)),
    )
    if broken := broken_rules(week, wishes, kitchen):
        raise BrokenPlan(" ".join(broken))
    return week


def change_of(week: Week, wishes: Wishes, **changes: object) -> Wishes:
    """The wishes that change a week that stands: as `changes` say, with as few other meals moved as can be.

    To swap a meal refuse it; to eat out skip its slot; on a tired day give that day fewer minutes.
    """
    return replace(wishes, planned=week.meals, **changes)  # type: ignore[arg-type]


def swapped(week: Week, wishes: Wishes, slot: Slot) -> Wishes:
    """The wishes that bring another meal into one slot."""
    refused = wishes.refused | {(slot, week.by_slot[slot].recipe)}
    return change_of(week, wishes, refused=refused, locked=tuple(meal for meal in wishes.locked if meal.slot != slot))


def possible_meals(kitchen: Kitchen, wishes: Wishes) -> dict[str, Meal]:
    """Every meal worth weighing for a slot, by a name that sorts by day."""
    return choices_of(kitchen, wishes).by_name()


def choices_of(kitchen: Kitchen, wishes: Wishes, keep_all: bool = False) -> Choices:
    """The choices of a week; with `keep_all` also those that are worth little."""
    value = _values(kitchen, wishes)
    return Choices(kitchen, wishes, lambda one: value[one.recipe], keep_all)


# ---- What a choice is worth ----


def model_of(choices: Named, kitchen: Kitchen, wishes: Wishes) -> Model:
    """The choices with their points, the rules and the wishes, ready for the solver.

    It may hold further choices that are no meals and worth nothing: how a day shares its minutes.
    """
    rows = [*_rules(choices, kitchen, wishes), *_wishes(choices, kitchen, wishes)]
    worth = _worth(choices, kitchen, wishes)
    for minutes in _minutes(choices, choices_of(kitchen, wishes)):
        ways, shared = minutes.shared()
        worth |= dict.fromkeys(ways, 0)
        rows += shared or [minutes.plain]
    return Model(worth, rows)


def _values(kitchen: Kitchen, wishes: Wishes) -> dict[str, int]:
    """What each recipe is worth for itself, wherever it stands."""
    dice = random.Random(wishes.seed)
    return {recipe: dice.randrange(TASTE + 1) + _value(one, wishes) for recipe, one in sorted(kitchen.candidates.items())}


def _value(one: Candidate, wishes: Wishes) -> int:
    liked = LIKED if one.recipe in wishes.likes else 0
    last = wishes.last_cooked.get(one.recipe)
    days = LATELY_DAYS if last is None else max(0, min(LATELY_DAYS, (wishes.first_day - last).days))
    work = EFFORT * one.effort + PAN * one.pans + one.things // THINGS
    return liked + NOT_LATELY * days // LATELY_DAYS - work


def _worth(choices: Named, kitchen: Kitchen, wishes: Wishes) -> dict[str, int]:
    value = _values(kitchen, wishes)
    stays = {name_of(meal) for meal in wishes.planned}
    locked = {name_of(meal) for meal in wishes.locked}
    return {
        name: FILLED
        + value[meal.recipe]
        + _mood(name, wishes.seed)
        + _of_the_day(meal, kitchen.candidates[meal.recipe], wishes, kitchen)
        + (STAYS if name in stays else 0)
        + (LOCKED if name in locked else 0)
        for name, meal in sorted(choices.items())
    }


def _mood(name: str, seed: int) -> int:
    """Points from 0 to MOOD that hang on the seed and the choice alone, whatever else there is to choose from."""
    return crc32(f"{seed} {name}".encode()) % (MOOD + 1)


def _of_the_day(meal: Meal, one: Candidate, wishes: Wishes, kitchen: Kitchen) -> int:
    """Points for what depends on when and how it is eaten. Work is lost only once, when it is cooked."""
    no_work = 0 if meal.is_cooked else EFFORT * one.effort + PAN * one.pans + one.things // THINGS
    gentle = QUEASY if one.queasy and wishes.is_dip(meal.slot.day) else 0
    frozen = FROM_THE_FREEZER if meal.frozen_on else THAWED if meal.thaw else 0
    opened = OPEN if meal.is_cooked and any(_is_open(food, meal.slot, one, wishes, kitchen) for food in one.opens) else 0
    return no_work + gentle + frozen + opened


def _is_open(food: str, slot: Slot, one: Candidate, wishes: Wishes, kitchen: Kitchen) -> bool:
    opened = wishes.opened.get(food)
    return opened is not None and _still_good(datetime.combine(opened, time()), slot, one.opens[food], kitchen)


def _still_good(opened: datetime, slot: Slot, hours: int, kitchen: Kitchen) -> bool:
    keeps = hours if kitchen.opened_hours is None else min(hours, kitchen.opened_hours)
    return timedelta() <= slot.at - opened <= timedelta(hours=keeps)


# ---- The rules ----


def _rules(choices: Named, kitchen: Kitchen, wishes: Wishes) -> Iterator[Row]:
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for name, meal in choices.items():
        groups[f"one meal at {meal.slot.meal} on {meal.slot.day}"][name] = 1
        groups[f"{meal.recipe} {'cooked' if meal.leftover_of is None else 'left over'} once"][name] = 1
        if not meal.is_cooked:
            groups[f"{meal.recipe} warmed once"][name] = 1
    yield from (Row(group, terms, at_most=1) for group, terms in groups.items() if len(terms) > 1)
    table = choices_of(kitchen, wishes)
    for name, meal in choices.items():
        if meal.leftover_of is not None and was_cooked(meal, table):
            # Cooked anew in between, nobody could tell which of the two is left over.
            anew = [one for one, other in choices.items() if _is_anew(other, meal)]
            yield Row(f"{name} is the last of it", {name: 1, **_each(anew)}, at_most=1)
        elif meal.leftover_of is not None:
            dinners = dinners_of(meal, choices, table)
            yield Row(f"{name} was cooked", {name: 1, **dict.fromkeys(dinners, -1)}, at_most=0)


def _minutes(choices: Named, table: Choices) -> Iterator[DayMinutes]:
    for day in table.wishes.days:
        meals = {name: meal for name, meal in choices.items() if meal.slot.day == day}
        yield DayMinutes(day, table.minutes_left(day), meals)


def _is_anew(other: Meal, leftovers: Meal) -> bool:
    """Is it the same recipe, cooked again before its leftovers are eaten?"""
    return other.recipe == leftovers.recipe and other.is_cooked and other.slot.at < leftovers.slot.at


# ---- The wishes ----


def _wishes(choices: Named, kitchen: Kitchen, wishes: Wishes) -> Iterator[Row]:
    fresh = {name: meal for name, meal in choices.items() if meal.leftover_of is None}
    main = {name: meal for name, meal in fresh.items() if meal.slot.meal != BREAKFAST}
    food_of = {name: kitchen.candidates[meal.recipe].main_food for name, meal in fresh.items()}
    kind_of = {name: kitchen.candidates[meal.recipe].kind for name, meal in fresh.items()}
    breakfasts = {name: meal for name, meal in fresh.items() if meal.slot.meal == BREAKFAST}
    eaten = [meal for meal in wishes.eaten_slots.values() if meal.leftover_of is None and meal.slot.meal != BREAKFAST]
    yield from _apart("food", main, food_of, FOOD_NEXT_DAY)
    yield from _seldom(main, food_of)
    yield from _apart("kind", main, kind_of, KIND_NEXT_DAY)
    yield from _apart("breakfast food", breakfasts, food_of, BREAKFAST_NEXT_DAY)
    has_main = any(slot.meal != BREAKFAST for slot in wishes.open_slots)
    diets = {eater.diet for eater in wishes.eaters}
    if has_main and not diets & {"vegetarian", "vegan"}:
        yield from _often("fish", "Fish twice a week", main, eaten, kitchen, wishes, FISH_WANTED, FISH_MISSED)
    if has_main and diets == {""}:
        yield from _often("meatless", "Meals without meat", main, eaten, kitchen, wishes, MEATLESS_WANTED, MEATLESS_MISSED)
    if has_main:
        yield from _vegetables(choices, kitchen, wishes)
    yield from _use_up(choices, kitchen, wishes)
    again = [name for name, meal in choices.items() if meal.leftover_of is not None]
    yield Row("leftovers", _each(again), at_most=MOST_LEFTOVERS, price=ONE_MORE_LEFTOVER, says="Few meals of leftovers")


def _often(
    trait: str, says: str, main: Named, eaten: Sequence[Meal], kitchen: Kitchen, wishes: Wishes, wanted: int, price: int
) -> Iterator[Row]:
    has = {recipe for recipe, one in kitchen.candidates.items() if (one.is_fish if trait == "fish" else one.is_meatless)}
    had = sum(meal.recipe in has for meal in eaten if meal.slot in wishes.slots)
    names = [name for name, meal in main.items() if meal.recipe in has]
    yield Row(trait, _each(names), at_least=max(0, wanted - had), price=price, says=says)


def _vegetables(choices: Named, kitchen: Kitchen, wishes: Wishes) -> Iterator[Row]:
    for day in wishes.days:
        names = [
            name
            for name, meal in choices.items()
            if meal.slot.day == day and kitchen.candidates[meal.recipe].has_vegetables and meal.slot.meal != BREAKFAST
        ]
        yield Row(f"vegetables {day}", _each(names), at_least=1, price=NO_VEGETABLES, says="Vegetables every day")


def _use_up(choices: Named, kitchen: Kitchen, wishes: Wishes) -> Iterator[Row]:
    """Each food to use up in one meal that is cooked. More meals with it would have to be shopped for."""
    had = [meal for meal in wishes.eaten_slots.values() if meal.slot in wishes.slots]
    for food in sorted(wishes.use_up):
        uses = {recipe for recipe, one in kitchen.candidates.items() if food in wishes.uses_up(one)}
        names = [name for name, meal in choices.items() if meal.is_cooked and meal.recipe in uses]
        wanted = 0 if any(meal.is_cooked and meal.recipe in uses for meal in had) else 1
        yield Row(f"use up {food}", _each(names), at_least=wanted, price=NOT_USED_UP, says=f"Use up {food}")


def _apart(about: str, choices: Named, trait: Mapping[str, str], price: int) -> Iterator[Row]:
    """The same trait not twice on one day, nor on two days running."""
    days = sorted({meal.slot.day for meal in choices.values()})
    says = {
        "food": "No main food on two days running",
        "kind": "Another kind of dish every day",
        "breakfast food": "Another breakfast every day",
    }[about]
    for value, names in _grouped(choices, trait):
        on: dict[date, list[str]] = defaultdict(list)
        for name in names:
            on[choices[name].slot.day].append(name)
        for day in days:
            near = [*on.get(day, ()), *on.get(day + ONE_DAY, ())]
            if len({choices[name].recipe for name in near}) > 1:
                yield Row(f"{about} {value} on {day} and the day after", _each(near), at_most=1, price=price, says=says)


def _seldom(choices: Named, food_of: Mapping[str, str]) -> Iterator[Row]:
    says = "No main food more than twice a week"
    for food, names in _grouped(choices, food_of):
        if len({choices[name].recipe for name in names}) > MOST_OF_A_FOOD:
            yield Row(f"food {food} in the week", _each(names), at_most=MOST_OF_A_FOOD, price=FOOD_TOO_OFTEN, says=says)


def _grouped(choices: Named, trait: Mapping[str, str]) -> Iterable[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(choices):
        groups[trait[name]].append(name)
    return sorted(groups.items())


def _each(names: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys(names, 1)


# ---- From the answer to a week ----


def _with_extra(meal: Meal, table: Choices) -> Meal:
    """The meal, cooked double where that was asked for and it may be frozen."""
    asked = (meal.slot, meal.recipe) in table.wishes.cook_extra
    return replace(meal, freeze_extra=True) if asked and table.may_freeze_extra(meal) else meal


def _not_frozen(planned: Iterable[Meal], wishes: Wishes) -> Iterator[str]:
    for meal in planned:
        if (meal.slot, meal.recipe) in wishes.cook_extra and not meal.freeze_extra:
            yield f"We could not plan extra {_say_recipe(meal.recipe)} for the freezer: it must not be frozen and kept."


def _from_open_packs(planned: Sequence[Meal], kitchen: Kitchen, wishes: Wishes) -> list[Meal]:
    """The meals in order, each saying what it takes from a pack that is open and still good then."""
    opened = {food: datetime.combine(day, time()) for food, day in wishes.opened.items()}
    ready = {meal.slot for meal in planned}
    found = []
    for meal in sorted((*planned, *wishes.eaten_slots.values()), key=lambda one: one.slot.in_order):
        one = kitchen.candidates.get(meal.recipe)
        uses = one.opens if one and meal.is_cooked else {}
        if meal.slot in ready:
            open_now = [
                food for food in uses if food in opened and _still_good(opened[food], meal.slot, uses[food], kitchen)
            ]
            meal = replace(meal, from_open=tuple(sorted(open_now)))
            found.append(meal)
        opened |= {food: meal.slot.at for food in uses if food not in meal.from_open and meal.slot in wishes.slots}
    return found


def _with_what_was_eaten(planned: Iterable[Meal], wishes: Wishes) -> tuple[Meal, ...]:
    eaten = (meal for meal in wishes.eaten_slots.values() if meal.slot in wishes.slots)
    return tuple(sorted((*planned, *eaten), key=lambda meal: meal.slot.in_order))


def _empty(planned: Sequence[Meal], table: Choices) -> tuple[Empty, ...]:
    filled, wishes = {meal.slot for meal in planned}, table.wishes
    return tuple(
        Empty(slot, wishes.skipped.get(slot) or why_empty(slot, planned, table))
        for slot in wishes.slots
        if slot not in filled and slot not in wishes.eaten_slots
    )


def _not_kept(solution: Solution, choices: Named, wishes: Wishes) -> Iterator[str]:
    for meal in wishes.locked:
        name = name_of(meal)
        if name not in solution.chosen and meal.slot in wishes.open_slots:
            why = "it no longer fits beside the rest" if name in choices else "a rule forbids it there now"
            yield f"We could not keep {_say_recipe(meal.recipe)} for {meal.slot.meal} on {meal.slot.day:%A}: {why}."


def _say_recipe(slug: str) -> str:
    return slug.replace("-", " ")


def _given_up(solution: Solution, model: Model) -> Iterator[str]:
    """The wishes that cost least to miss, said once each."""
    missed = [row.says for row in model.rows if row.says and row.name in solution.missed]
    for says in dict.fromkeys(missed):
        times = missed.count(says)
        yield f"{says}: we could not keep to that{f', {times} times' if times > 1 else ''}."
