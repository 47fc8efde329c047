"""How long does a week take? 21 meals from the recipes we ship, beside the time it takes to build the model.

Run it with `.venv/bin/python bench/week.py`. It prints a table and asserts nothing: seconds differ between machines.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app import DATA, read_facts
from planner.best_week import best_week, model_of, possible_meals
from planner.kitchen import kitchen_of
from planner.shopping import shopping_list
from planner.week import Wishes

MONDAY = date(2026, 11, 30)
MINUTES_A_DAY = (10, 20, 30, 45, 90)
SEEDS = (1, 2, 3)


def median_seconds(work: Callable[[Wishes], object], wishes: Iterable[Wishes]) -> float:
    """How long the work usually takes with these wishes."""
    return statistics.median(_seconds(work, one) for one in wishes)


def _seconds(work: Callable[[Wishes], object], wishes: Wishes) -> float:
    start = time.perf_counter()
    work(wishes)
    return time.perf_counter() - start


def main() -> None:
    """Print one row for each allowance of minutes a day: medians over three seeds."""
    facts, _ = read_facts(DATA)
    recipes = facts.library.recipes
    kitchen = kitchen_of(facts.table, recipes.values(), ())
    sys.stdout.write(f"{len(recipes)} recipes\nminutes a day  build s  week s  week/build  list s  meals     gap\n")
    for minutes in MINUTES_A_DAY:
        wishes = [Wishes(MONDAY, minutes, seed) for seed in SEEDS]
        build = median_seconds(lambda one: model_of(possible_meals(kitchen, one), kitchen, one), wishes)
        solve = median_seconds(lambda one: best_week(kitchen, one), wishes)
        week = best_week(kitchen, wishes[0])
        shop = median_seconds(lambda _, week=week: shopping_list(week, recipes, facts.table, 2), wishes)
        row = f"{minutes:13} {build:8.4f} {solve:7.3f} {solve / build:11.0f} {shop:7.4f} {len(week.meals):6} {week.gap:7.4f}"
        sys.stdout.write(row + "\n")


if __name__ == "__main__":
    main()
