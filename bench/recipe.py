"""Does the time to read and check a recipe grow no faster than its text? Run: .venv/bin/python bench/recipe.py

Prints, for texts of 10, 25, 50 and 100 kB, the seconds that reading and checking take, the best of three, and how many
times longer that is a letter than for the smallest. In proportion is 1.0; twice as long for twice the text is no worse.
The texts are a pasted recipe of many ingredients and steps, and one of few ingredients and a long method.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from foods.table import read_table  # noqa: E402 (this file is run from anywhere)
from recipes.check import check  # noqa: E402
from recipes.pasted import read_text  # noqa: E402

SIZES = (10_000, 25_000, 50_000, 100_000)
FOODS = ["200 g leeks, sliced", "2 chicken breasts", "1 tbsp olive oil", "100 g goat's cheese", "1 onion, peeled", "3 eggs"]
STEPS = [
    "Heat the oil in a large pan and fry the onion for 5 minutes until soft.",
    "Add the chicken and cook for 12 minutes until no pink is left.",
    "Stir in the leeks, cover, and simmer for 20 minutes until bubbling.",
    "Beat the eggs, pour them over, and bake at 200 °C for 25 minutes until set.",
    "Crumble the goat's cheese over the top and serve at once.",
]


def many_of_both(size: int) -> str:
    """A recipe whose ingredients and steps are half of its letters each."""
    return _recipe(_filled(FOODS, size // 2), _filled(STEPS, size // 2))


def long_method(size: int) -> str:
    """A recipe of six ingredients and as many steps as fit."""
    return _recipe(FOODS, _filled(STEPS, size))


def many_ingredients(size: int) -> str:
    """A recipe of five steps and as many ingredients as fit."""
    return _recipe(_filled(FOODS, size), STEPS)


def _filled(lines: list[str], size: int) -> list[str]:
    times = size // (sum(map(len, lines)) + len(lines)) + 1
    return lines * times


def _recipe(ingredients: list[str], steps: list[str]) -> str:
    return "\n".join(["Pot", "", "Ingredients", *ingredients, "", "Method", *steps])


def seconds(text: str) -> tuple[float, float]:
    """Reading and checking: the best of three."""
    reading, checking = [], []
    for _ in range(3):
        began = time.perf_counter()
        recipe = read_text(text, "")
        read = time.perf_counter()
        check(TABLE, recipe)
        reading.append(read - began)
        checking.append(time.perf_counter() - read)
    return min(reading), min(checking)


def measure(name: str, make: Callable[[int], str]) -> None:
    sys.stdout.write(f"{name}\n")
    first = 0.0
    for size in SIZES:
        text = make(size)
        read, checked = seconds(text)
        a_letter = (read + checked) / len(text)
        first = first or a_letter
        sys.stdout.write(
            f"  {len(text) / 1000:6.1f} kB  read {read:7.3f} s  check {checked:7.3f} s  x{a_letter / first:.1f}\n"
        )


TABLE, _ = read_table(ROOT / "data")

if __name__ == "__main__":
    for one in (many_of_both, long_method, many_ingredients):
        measure(str(one.__doc__), one)
