"""Does the solver find the best choices, keep every rule, and answer the same in any process?"""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.solver import CLOSE_ENOUGH, Model, NoAnswer, Row, solve, worth_of

ROOT = Path(__file__).parents[2]

MODELS = {
    "nothing to choose": (Model({}, []), set(), 0),
    "all of it, when nothing forbids it": (Model({"a": 2, "b": 1}, []), {"a", "b"}, 3),
    "nothing that costs more than it brings": (Model({"a": 2, "b": -1}, []), {"a"}, 2),
    "the better of two that exclude each other": (
        Model({"a": 2, "b": 3}, [Row("one of them", {"a": 1, "b": 1}, at_most=1)]),
        {"b"},
        3,
    ),
    "a sum that must be reached": (
        Model({"a": -5, "b": -2, "c": -4}, [Row("two", {"a": 1, "b": 1, "c": 1}, at_least=2)]),
        {"b", "c"},
        -6,
    ),
    "a wish that is worth keeping": (
        Model({"a": 2, "b": 3}, [Row("rather one", {"a": 1, "b": 1}, at_most=1, price=4)]),
        {"b"},
        3,
    ),
    "a wish that is worth missing": (
        Model({"a": 2, "b": 3}, [Row("rather one", {"a": 1, "b": 1}, at_most=1, price=1)]),
        {"a", "b"},
        4,
    ),
    "a wish missed by two costs it twice": (
        Model({"a": 0, "b": 0}, [Row("no", {"a": 1, "b": 1}, at_most=0), Row("two", {"a": 1, "b": 1}, 2, price=3)]),
        set(),
        -6,
    ),
    "a row about nothing binds nothing": (Model({"a": 1}, [Row("empty", {}, at_least=1)]), {"a"}, 1),
}


@pytest.mark.parametrize(("model", "chosen", "worth"), MODELS.values(), ids=MODELS)
def test_it_makes(model: Model, chosen: set[str], worth: int) -> None:
    solution = solve(model)
    assert (solution.chosen, solution.worth) == (chosen, worth)
    assert solution.gap <= CLOSE_ENOUGH
    assert not solution.out_of_time


def test_the_wishes_that_were_missed_are_named_with_how_much() -> None:
    rows = [
        Row("both", {"a": 1, "b": 1}, at_least=2, price=1),
        Row("one", {"a": 1, "b": 1}, at_most=1),
        Row("kept", {"b": 1}, 1, price=1),
    ]
    assert solve(Model({"a": 1, "b": 1}, rows)).missed == {"both": 1}


@pytest.mark.parametrize(("model", "chosen", "worth"), MODELS.values(), ids=MODELS)
def test_any_choices_can_be_weighed_like_the_solvers_own(model: Model, chosen: set[str], worth: int) -> None:
    assert worth_of(model, frozenset(chosen)) == worth


def test_rules_that_contradict_each_other_have_no_answer() -> None:
    with pytest.raises(NoAnswer):
        solve(Model({"a": 1}, [Row("two of one", {"a": 1}, at_least=2)]))


def test_a_clock_that_ends_the_search_is_reported() -> None:
    names = [f"{number:03}" for number in range(60)]
    rows = [Row(f"sum {size}", {name: int(name) % size + 1 for name in names}, at_most=size * 9) for size in range(5, 30)]
    model = Model({name: int(name) % 7 + 10 for name in names}, rows)
    try:
        assert solve(model, most_seconds=0.0).out_of_time
    except NoAnswer as error:
        assert "Time limit" in str(error)


rows_of_numbers = st.lists(st.integers(-3, 3), min_size=5, max_size=5)


@given(worth=rows_of_numbers, first=rows_of_numbers, second=rows_of_numbers, most=st.integers(0, 5), wish=st.integers(0, 4))
def test_no_choice_is_better_than_the_one_it_makes(
    worth: list[int], first: list[int], second: list[int], most: int, wish: int
) -> None:
    names = list("abcde")
    rule = Row("rule", dict(zip(names, first, strict=True)), at_most=most)
    wished = Row("wish", dict(zip(names, second, strict=True)), at_least=wish, price=2)
    solution = solve(Model(dict(zip(names, worth, strict=True)), [rule, wished]))
    best = max(
        sum(w * on for w, on in zip(worth, made, strict=True))
        - 2 * max(0, wish - sum(s * on for s, on in zip(second, made, strict=True)))
        for made in product((0, 1), repeat=5)
        if sum(f * on for f, on in zip(first, made, strict=True)) <= most
    )
    assert solution.worth == best


SAME_ANYWHERE = """
from planner.solver import Model, Row, solve
names = {f"{letter}{number}" for letter in "abcdefgh" for number in range(6)}
rows = [Row(letter, {name: 1 for name in names if name[0] == letter}, at_most=1) for letter in set("abcdefgh")]
rows += [Row(str(n), {name: 1 for name in names if name[1] == str(n)}, at_most=1) for n in set(range(6))]
print(sorted(solve(Model({name: 10 for name in names}, rows)).chosen))
"""


def test_equally_good_answers_are_settled_the_same_way_in_any_process() -> None:
    answers = {run_with_hash_seed(SAME_ANYWHERE, seed) for seed in ("0", "1", "42")}
    assert len(answers) == 1
    assert len(answers.pop().split()) == 6


def run_with_hash_seed(script: str, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True).stdout
