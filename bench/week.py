"""How long does a week take, and how good is it? 21 meals from 179 to 5,000 recipes, a swap, and the shopping list.

Run it with `.venv/bin/python bench/week.py`, and with `--quality 100` for how far weeks of 100 random households lie below
the proven best, beside a random and a greedy choice. It prints tables and asserts nothing: seconds differ between machines.
"""

import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app import DATA, Facts, read_facts
from planner.best_week import best_week, choices_of, model_of, possible_meals, swapped
from planner.choices import Choices, name_of
from planner.day_minutes import DayMinutes
from planner.kitchen import kitchen_of
from planner.shopping import shopping_list
from planner.solver import Model, Row, solve, worth_of
from planner.week import Eater, Kitchen, Meal, Slot, Week, Wishes
from recipes.lines import read_line
from recipes.recipe import Recipe

MONDAY = date(2026, 11, 30)
MINUTES_A_DAY = (10, 15, 20, 30, 45, 90)
SIZES = (150, 500, 5000)
SEEDS = (1, 2, 3, 4, 5)
MOST_SECONDS = 120.0
"""The clock that guards the search for the proven best of the whole model."""


# ---- Seconds ----


def median_seconds(work: Callable[[Wishes], object], wishes: Iterable[Wishes]) -> float:
    """How long the work usually takes with these wishes: seconds of this process, whatever else the machine does."""
    return statistics.median(_seconds(work, one) for one in wishes)


def _seconds(work: Callable[[Wishes], object], wishes: Wishes) -> float:
    start = time.process_time()
    work(wishes)
    return time.process_time() - start


def speed(kitchen: Kitchen, minutes: int) -> str:
    """One row of the table: to build the model, to make a week and to swap one dinner."""
    wishes = [Wishes(MONDAY, minutes, seed) for seed in SEEDS]
    build = median_seconds(lambda one: model_of(possible_meals(kitchen, one), kitchen, one), wishes)
    week = median_seconds(lambda one: best_week(kitchen, one), wishes)
    changes = [_a_swap(kitchen, one) for one in wishes]
    swap = median_seconds(lambda one: best_week(kitchen, one), changes)
    ratios = f"{week / build:10.0f} {swap:7.3f} {swap / build:10.0f}"
    return f"{len(kitchen.candidates):7} {minutes:13} {build:8.4f} {week:7.3f} {ratios}\n"


def _a_swap(kitchen: Kitchen, wishes: Wishes) -> Wishes:
    week = best_week(kitchen, wishes)
    return swapped(week, wishes, week.meals[len(week.meals) // 2].slot)


def grown(kitchen: Kitchen, size: int) -> Kitchen:
    """A library of another size: our recipes, or some of them, and variants with other minutes and effort."""
    dice, ours = random.Random(size), sorted(kitchen.candidates.items())
    found = dict(dice.sample(ours, min(size, len(ours))))
    while len(found) < size:
        slug, one = dice.choice(ours)
        name = f"{slug}-{len(found)}"
        minutes = max(1, one.minutes + dice.randint(-5, 15))
        found[name] = replace(one, recipe=name, minutes=minutes, effort=dice.randint(1, 5))
    return replace(kitchen, candidates=found)


def list_speed(facts: Facts, week: Week) -> str:
    """One row of the table: a list against one pass over its lines, which reads each line of each meal's recipe once.

    Of our own recipes the list takes what the check of the week found; recipes as typed are read and judged on the spot.
    """
    ours = facts.library.recipes
    typed = {slug: Recipe(one.name, one.ingredients, one.steps, one.servings) for slug, one in ours.items()}
    lines = [line.text for meal in week.meals for line in ours[meal.recipe].ingredients if not line.is_heading]
    once = best_seconds(lambda: [read_line(line) for line in lines])
    known, judged = (
        best_seconds(lambda recipes=recipes: shopping_list(week, recipes, facts.table, 2)) for recipes in (ours, typed)
    )
    ratios = f"{known:12.4f} {known / once:6.1f} {judged:9.4f} {judged / once:6.1f}"
    return f"{len(week.meals):5} {len(lines):5} {once:7.4f} {ratios}\n"


def best_seconds(work: Callable[[], object], times: int = 9) -> float:
    """How long the work takes at best: seconds of this process."""
    return min(_seconds(lambda _: work(), Wishes(MONDAY)) for _ in range(times))


# ---- How good ----


def any_household(dice: random.Random, kitchen: Kitchen) -> Wishes:
    """A household and its week, drawn at random: minutes, days away, infusions, diet, likes and what was had lately."""
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    recipes = sorted(kitchen.candidates)
    return Wishes(
        MONDAY,
        minutes=dice.choice([15, 20, 30, 45, 60]),
        seed=dice.randint(1, 999),
        away=frozenset(dice.sample(days, dice.choice([0, 2, 5]))),
        likes=frozenset(dice.sample(recipes, 10)),
        eaters=(Eater(diet=dice.choice(["", "", "", "vegetarian", "pescatarian"])),),
        infusions=frozenset({days[0] - timedelta(days=dice.choice([3, 15, 90]))}),
        shops=frozenset(dice.sample(days[:4], dice.choice([0, 1, 2]))),
        last_cooked={recipe: MONDAY - timedelta(days=dice.randint(1, 60)) for recipe in dice.sample(recipes, 40)},
    )


def quality(kitchen: Kitchen, cases: int) -> Iterator[str]:
    """A row a case: how far the week, a greedy and a random one lie below the bound that was proven for the whole model."""
    below: dict[str, list[float]] = defaultdict(list)
    for number in range(cases):
        dice = random.Random(number)
        wishes = any_household(dice, kitchen)
        table = choices_of(kitchen, wishes, keep_all=True)
        everything = table.by_name()
        model = model_of(everything, kitchen, wishes)
        best = solve(model, most_nodes=1_000_000, most_seconds=MOST_SECONDS)
        bound = best.worth * (1 + best.gap)
        ours = frozenset(name_of(meal) for meal in best_week(kitchen, wishes).meals)
        greedy = step_by_step(model, everything, table)
        plans = {"ours": ours, "greedy": greedy, "random": step_by_step(model, everything, table, dice)}
        for who, plan in plans.items():
            below[who].append(100 * (1 - worth_of(model, plan) / bound))
        yield f"{number:4} bound {bound:7.0f} " + " ".join(f"{who} {below[who][-1]:6.2f}" for who in plans) + "\n"
    for who, shares in below.items():
        within = f"within 1 %: {sum(one <= 1 for one in shares)}, within 3 %: {sum(one <= 3 for one in shares)}"
        yield f"{who:8} % below the bound: median {statistics.median(shares):6.2f}, worst {max(shares):6.2f}; {within}\n"


def step_by_step(
    model: Model, choices: Mapping[str, Meal], table: Choices, dice: random.Random | None = None
) -> frozenset[str]:
    """A week made slot by slot without looking ahead: the choice that is worth most now, or any that keeps the rules."""
    # What only helps the solver to see how a day shares its minutes is no choice of a meal: here their sum says the same.
    rules = [row for row in model.rows if row.price is None and row.terms.keys() <= choices.keys()]
    for day in table.wishes.days:
        meals = {name: meal for name, meal in choices.items() if meal.slot.day == day}
        rules.append(DayMinutes(day, table.minutes_left(day), meals).plain)
    chosen: frozenset[str] = frozenset()
    by_slot: dict[Slot, list[str]] = defaultdict(list)
    for name, meal in choices.items():
        by_slot[meal.slot].append(name)
    for slot in sorted(by_slot, key=lambda one: one.in_order):
        fits = [name for name in by_slot[slot] if all(_keeps(row, chosen | {name}) for row in rules if name in row.terms)]
        if fits and dice:
            chosen |= {dice.choice(fits)}
        elif fits:
            chosen |= {max(fits, key=lambda name: (_gain(model, chosen, name), name))}
    return chosen


def _gain(model: Model, chosen: frozenset[str], name: str) -> int:
    near = Model({one: model.worth[one] for one in chosen | {name}}, [row for row in model.rows if name in row.terms])
    return worth_of(near, chosen | {name}) - worth_of(near, chosen)


def _keeps(row: Row, chosen: frozenset[str]) -> bool:
    return row.at_most is None or sum(row.terms.get(name, 0) for name in chosen) <= row.at_most


# ---- Tables ----


def main() -> None:
    """Print the tables: speed and the list, or with `--quality N` how good N weeks are."""
    facts, _ = read_facts(DATA)
    recipes = facts.library.recipes
    kitchen = kitchen_of(facts.table, recipes.values(), ())
    if "--quality" in sys.argv:
        for row in quality(kitchen, int(sys.argv[-1])):
            sys.stdout.write(row)
            sys.stdout.flush()
        return
    sys.stdout.write("recipes minutes a day  build s  week s  week/build  swap s swap/build\n")
    for minutes in MINUTES_A_DAY:
        sys.stdout.write(speed(kitchen, minutes))
    for size in SIZES:
        sys.stdout.write(speed(grown(kitchen, size), 45))
    sys.stdout.write(
        "\nlist of one week: seconds, the best of 9\nmeals lines    pass  our recipes  ratio  as typed  ratio\n"
    )
    for seed in SEEDS:
        sys.stdout.write(list_speed(facts, best_week(kitchen, Wishes(MONDAY, seed=seed))))


if __name__ == "__main__":
    main()
