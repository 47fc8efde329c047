"""What does it cost to read one ingredient line? Beside one bare regular-expression match over it, in the same run.

Run it with `.venv/bin/python bench/line.py`. It asserts nothing. The bare match finds the words of the line, the least
that any reading has to do. "Read" is amount, unit and food; "judged" is the verdict on it too. Microseconds of processor
time, the best of several rounds over the lines of our own recipes, and how many times the bare match that is.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from foods.table import read_table  # noqa: E402 (this file is run from anywhere)
from recipes.library import read_library  # noqa: E402
from recipes.lines import judge_line, read_line  # noqa: E402

ROUNDS = 7
WORDS = re.compile(r"[^\W_]+|[^\w\s]")


def best(work: Callable[[str], object], lines: list[str]) -> float:
    """Microseconds a line, the best round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for line in lines:
            work(line)
        rounds.append(time.process_time() - start)
    return min(rounds) / len(lines) * 1e6


def main() -> None:
    table, _ = read_table(ROOT / "data")
    library, _ = read_library(ROOT / "data" / "recipes", table)
    lines = [line.text for recipe in library.recipes.values() for line in recipe.ingredients]
    bare = best(WORDS.findall, lines)
    sys.stdout.write(f"{len(lines)} lines\nbare match {bare:7.2f} µs\n")
    for name, work in (("read", read_line), ("judged", lambda line: judge_line(table, read_line(line)))):
        spent = best(work, lines)
        sys.stdout.write(f"{name:10} {spent:7.2f} µs  {spent / bare:5.1f} × the bare match\n")


if __name__ == "__main__":
    main()
