"""Builders for tests of the week: invented recipes with defaults, so that a test states only what it is about."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from foods.food import Verdict
from planner.best_week import change_of, swapped
from planner.week import (
    DINNER,
    LUNCH,
    MEALS_OF_A_DAY,
    Candidate,
    Eater,
    Kitchen,
    Meal,
    Portion,
    Slot,
    Week,
    Wishes,
)
from recipes.recipe import ALLERGENS, TRAVELS

MONDAY = date(2026, 11, 30)
TUESDAY = date(2026, 12, 1)
WEDNESDAY = date(2026, 12, 2)


def a_candidate(recipe: str = "stew", **changes: Any) -> Candidate:
    """A dinner of 20 minutes that keeps a day."""
    usual = Candidate(recipe, Verdict.COOK, (LUNCH, DINNER), 20, main_food=recipe, kind=recipe, keeps_hours=24)
    return replace(usual, **changes)


def a_kitchen(*candidates: Candidate, leftover_hours: int = 24, reheats: int = 1) -> Kitchen:
    return Kitchen({one.recipe: one for one in candidates}, leftover_hours, reheats)


def some_wishes(**changes: Any) -> Wishes:
    """A week from Monday 30 November 2026 with lunch and dinner."""
    return replace(Wishes(MONDAY, meals=(LUNCH, DINNER)), **changes)


def a_meal(day: date = MONDAY, meal: str = DINNER, recipe: str = "stew", **changes: Any) -> Meal:
    return replace(Meal(Slot(day, meal), recipe, Verdict.COOK, 20), **changes)


def again(day: date = TUESDAY, recipe: str = "stew", meal: str = LUNCH, **changes: Any) -> Meal:
    """The leftovers of the dinner before."""
    return replace(Meal(Slot(day, meal), recipe, Verdict.COOK, 5, leftover_of=recipe), **changes)


MAIN_FOODS = ("chicken", "lentils", "cod", "eggs", "beef", "oats", "cheese", "beans")


def any_kitchen(dice: random.Random, size: int) -> Kitchen:
    """A library of so many recipes of every sort, fine or not, under any sheet's rules of keeping."""
    kitchen = a_kitchen(
        *(any_candidate(dice, f"r{number:03}") for number in range(size)),
        leftover_hours=dice.choice([0, 12, 24, 24, 48, 72]),
        reheats=dice.choice([0, 1, 1, 2]),
    )
    return replace(kitchen, opened_hours=dice.choice([None, None, 0, 24]))


def any_candidate(dice: random.Random, recipe: str) -> Candidate:
    main_food = dice.choice(MAIN_FOODS)
    any_verdict = [Verdict.OK, Verdict.COOK, Verdict.COOK, Verdict.COOK, Verdict.UNKNOWN, Verdict.AVOID]
    return Candidate(
        recipe=recipe,
        verdict=dice.choice(any_verdict),
        meals=tuple(dice.sample(MEALS_OF_A_DAY, dice.randint(1, 3))),
        minutes=dice.randint(0, 40),
        effort=dice.randint(1, 5),
        main_food=main_food,
        kind=dice.choice(["soup", "pie", "pasta", "stew"]),
        packs=dice.choice(["", *TRAVELS]),
        keeps_hours=dice.choice([None, 12, 24, 48, 72]),
        served_hot=dice.random() < 0.7,
        is_fish=main_food == "cod",
        is_meatless=main_food in ("lentils", "eggs", "oats", "cheese", "beans"),
        paused=dice.random() < 0.1,
        off_diet=dice.choice([None, *any_verdict]),
        foods=frozenset(dice.sample(["onion", "rice", "cream-cheese", "mushroom-kinds"], 2)),
        allergens=dice.choice([None, frozenset(), frozenset(dice.sample(ALLERGENS, 2))]),
        diets=frozenset(dice.sample(["vegetarian", "vegan", "pescatarian"], dice.randint(0, 3))),
        fresh=frozenset({main_food}) if main_food in ("chicken", "cod", "beef") and dice.random() < 0.7 else frozenset(),
        opens=dice.choice([{}, {"cream-cheese": 48}, {"cream-cheese": 24, "tinned-tomatoes": 24}]),
        freezes=dice.random() < 0.5,
        has_rice=dice.random() < 0.3,
        has_vegetables=dice.random() < 0.7,
        queasy=dice.random() < 0.2,
        pans=dice.randint(0, 3),
        things=dice.randint(1, 9),
        soaks=dice.random() < 0.15,
    )


def any_wishes(dice: random.Random, kitchen: Kitchen) -> Wishes:
    """Any household and any week of theirs."""
    around = [MONDAY + timedelta(days=number) for number in range(-20, 7)]
    week = around[-7:]
    recipes = sorted(kitchen.candidates) or ["gone"]
    return Wishes(
        MONDAY,
        minutes=dice.randint(0, 90),
        seed=dice.randint(1, 99),
        meals=tuple(meal for meal in MEALS_OF_A_DAY if dice.random() < 0.9),
        away=frozenset(dice.sample(week, dice.randint(0, 5))),
        likes=frozenset(dice.sample(recipes, 1)),
        eaters=tuple(any_eater(dice, recipes) for _ in range(dice.randint(1, 3))),
        energy=dict.fromkeys(dice.sample(week, dice.randint(0, 2)), dice.randint(0, 60)),
        infusions=frozenset(dice.sample(around, dice.choice([0, 1, 3]))),
        shops=frozenset(dice.sample(week, dice.randint(0, 2))),
        use_up={food: frozenset({food}) for food in dice.sample(["onion", "rice", "lentils"], 1)},
        opened={"cream-cheese": dice.choice(around[-9:])} if dice.random() < 0.5 else {},
        freezer=tuple(Portion(dice.choice(recipes), dice.choice(around)) for _ in range(dice.randint(0, 4))),
        ways=frozenset(dice.sample(TRAVELS, dice.randint(1, 4))),
        free_days=frozenset(dice.sample(week, dice.choice([0, 0, 3]))),
        eaten=(any_dinner(dice, dice.choice(recipes)),) if dice.random() < 0.5 else (),
        last_cooked={dice.choice(recipes): dice.choice(around[:20])},
        overnight_from=dice.choice([None, *week]),
    )


def any_eater(dice: random.Random, recipes: list[str]) -> Eater:
    return Eater(
        on_diet=dice.random() < 0.7,
        diet=dice.choice(["", "", "", "vegetarian", "pescatarian"]),
        allergens=frozenset(dice.sample(ALLERGENS, dice.choice([0, 0, 0, 1]))),
        dislikes=frozenset(dice.sample(["mushroom-kinds", "cod", *recipes[:3]], dice.choice([0, 0, 1]))),
    )


def any_dinner(dice: random.Random, recipe: str) -> Meal:
    """The dinner of the day before the week."""
    return a_meal(MONDAY - timedelta(days=1), recipe=recipe, minutes=dice.randint(0, 60))


def after_something_happened(dice: random.Random, week: Week, wishes: Wishes) -> Wishes:
    """The same wishes after a change: a swap, a lock, an evening out, a tired day, a moved infusion or shop, a meal eaten,
    more for the freezer, more in it, other free days, or a pack opened.
    """
    if not week.meals:
        return wishes
    meal = dice.choice(week.meals)
    day = dice.choice(week.days)
    free = frozenset(dice.sample(week.days, 3))
    put_in = tuple(Portion(one.recipe, dice.choice(week.days)) for one in dice.sample(week.meals, 1))
    return dice.choice(
        [
            change_of(week, wishes, cook_extra=frozenset((one.slot, one.recipe) for one in week.meals)),
            change_of(week, wishes, freezer=(*wishes.freezer, *put_in)),
            change_of(week, wishes, free_days=free),
            change_of(week, wishes, free_days=frozenset()),
            change_of(week, wishes, opened={"cream-cheese": day}),
            swapped(week, wishes, meal.slot),
            change_of(week, wishes, locked=(meal, dice.choice(week.meals))),
            change_of(week, wishes, skipped={meal.slot: "Eating out."}),
            change_of(week, wishes, energy={day: 5}),
            change_of(week, wishes, overnight_from=day),
            change_of(week, wishes, infusions=frozenset({day})),
            change_of(week, wishes, shops=frozenset({day})),
            change_of(week, wishes, eaten=(*wishes.eaten, *week.meals[: dice.randint(1, 9)])),
        ]
    )
