"""Builders for tests of the week: invented recipes with defaults, so that a test states only what it is about."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

from foods.food import Verdict
from planner.week import DINNER, LUNCH, MEALS_OF_A_DAY, Candidate, Kitchen, Meal, Slot, Wishes

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


def any_kitchen(dice: random.Random, size: int) -> Kitchen:
    """A library of so many recipes of every sort, fine or not."""
    return a_kitchen(
        *(any_candidate(dice, f"r{number:03}") for number in range(size)),
        leftover_hours=dice.choice([0, 12, 24, 24, 48]),
        reheats=dice.choice([0, 1, 1, 2]),
    )


def any_candidate(dice: random.Random, recipe: str) -> Candidate:
    main_food = dice.choice(["chicken", "lentils", "cod", "eggs", "beef", "oats", "cheese", "beans"])
    return Candidate(
        recipe=recipe,
        verdict=dice.choice([Verdict.OK, Verdict.COOK, Verdict.COOK, Verdict.COOK, Verdict.UNKNOWN, Verdict.AVOID]),
        meals=tuple(dice.sample(MEALS_OF_A_DAY, dice.randint(1, 3))),
        minutes=dice.randint(0, 40),
        effort=dice.randint(1, 5),
        main_food=main_food,
        kind=dice.choice(["soup", "pie", "pasta", "stew"]),
        packs=dice.choice(["", "", "flask", "shelf"]),
        keeps_hours=dice.choice([None, 12, 24, 48]),
        served_hot=dice.random() < 0.7,
        is_fish=main_food == "cod",
        is_meatless=main_food in ("lentils", "eggs", "oats", "cheese", "beans"),
        paused=dice.random() < 0.1,
    )
