"""How long does it take to check a recipe, and does the time grow in proportion to its text?

Run it with `.venv/bin/python bench/method.py`. It asserts nothing: seconds differ between machines. It prints, for made-up
recipes of 1 to 100 kB, the seconds of one check and the microseconds for each byte, which stay about the same; then the
seconds for one long step, for 5,000 ingredients, and for a megabyte without a full stop.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from foods.table import FoodTable, read_table
from recipes.check import check
from recipes.lines import read_line
from recipes.recipe import Recipe

DATA = Path(__file__).parents[1] / "data"
INGREDIENTS = ("2 onions", "500g beef mince", "2 tins chopped tomatoes", "100g goat's cheese", "300g pasta", "2 eggs")
STEPS = (
    "Fry the onions in a large pan until soft, then add the mince and cook until browned, about 10 minutes.",
    "Stir in the tomatoes, bring to the boil and simmer for 20 minutes, stirring from time to time.",
    "Whisk the eggs in a bowl. Pour over the pasta, crumble over the goat's cheese and bake for 30 minutes until bubbling.",
)


def seconds(table: FoodTable, ingredients: Sequence[str], steps: Sequence[str]) -> float:
    """How long one check of this recipe takes, its lines already read."""
    recipe = Recipe("Supper", tuple(map(read_line, ingredients)), tuple(steps))
    start = time.perf_counter()
    check(table, recipe)
    return time.perf_counter() - start


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print a line for each size."""
    table, _ = read_table(DATA)
    seconds(table, INGREDIENTS, STEPS)
    for kilobytes in (1, 10, 50, 100):
        size = sum(map(len, STEPS))
        steps = STEPS * max(1, kilobytes * 1000 // size)
        took = seconds(table, INGREDIENTS, steps)
        length = sum(map(len, steps))
        say(f"{length:>9,} bytes of steps: {took:.3f} s, {took / length * 1e6:.2f} µs a byte")
    one_line = " ".join(STEPS * 330)
    say(f"{len(one_line):>9,} bytes in one step: {seconds(table, INGREDIENTS, [one_line]):.3f} s")
    say(f"    5,000 ingredients: {seconds(table, INGREDIENTS * 834, STEPS):.3f} s")
    say(f"1,000,000 bytes without a full stop: {seconds(table, INGREDIENTS, ['onion and ' * 100_000]):.3f} s")


if __name__ == "__main__":
    main()
