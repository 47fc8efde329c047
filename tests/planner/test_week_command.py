"""Does `flask planner week` print the week that it promises, the same each time?"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from recipes.library import Library

ROOT = Path(__file__).parents[2]


def ask(runner: FlaskCliRunner, *words: str) -> Result:
    return runner.invoke(args=["planner", "week", *words])


def test_json_is_one_object_of_seven_days(runner: FlaskCliRunner, app: Flask) -> None:
    result = ask(runner, "--from", "2026-11-30", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == ["from", "days", "gap"]
    assert found["from"] == "2026-11-30"
    assert [day["date"] for day in found["days"]] == [str(date(2026, 11, 30) + timedelta(days=n)) for n in range(7)]
    meals = [meal for day in found["days"] for meal in day["meals"]]
    assert {tuple(meal) for meal in meals} == {("slot", "recipe", "verdict", "minutes", "leftover_of")}
    assert {meal["verdict"] for meal in meals} <= {"ok", "cook"}
    assert {meal["recipe"] for meal in meals} <= set(app.extensions["facts"].library.recipes)
    assert 0 <= found["gap"] < 0.01


def test_a_week_from_the_recipes_we_ship_is_full(runner: FlaskCliRunner) -> None:
    found = json.loads(ask(runner, "--from", "2026-11-30", "--json").stdout)
    assert [[meal["slot"] for meal in day["meals"]] for day in found["days"]] == [["breakfast", "lunch", "dinner"]] * 7


def test_leftovers_name_the_dinner_of_the_day_before(runner: FlaskCliRunner) -> None:
    days = json.loads(ask(runner, "--from", "2026-11-30", "--json").stdout)["days"]
    again = [(number, meal) for number, day in enumerate(days) for meal in day["meals"] if meal["leftover_of"]]
    assert again
    for number, meal in again:
        assert meal["slot"] == "lunch"
        assert meal["recipe"] == meal["leftover_of"] == days[number - 1]["meals"][-1]["recipe"]


def test_another_seed_prints_another_week(runner: FlaskCliRunner) -> None:
    one, two = (ask(runner, "--from", "2026-11-30", "--seed", seed, "--json").stdout for seed in ("1", "2"))
    assert one != two
    assert one == ask(runner, "--from", "2026-11-30", "--seed", "1", "--json").stdout


@pytest.mark.long
def test_the_same_week_comes_out_of_any_process() -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "planner", "week", "--from", "2026-11-30", "--json"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True)
        for seed in ("1", "2")
    ]
    outputs = {process.communicate()[0] for process in started}
    assert [process.returncode for process in started] == [0, 0]
    assert len(outputs) == 1


def test_words_are_for_people(runner: FlaskCliRunner) -> None:
    lines = ask(runner, "--from", "2026-11-30").stdout.splitlines()
    assert lines[0] == "Monday 30 November 2026:"
    assert lines[1].startswith("  breakfast: ")
    assert "The longest day has " in lines[-1]


@pytest.fixture
def every_third_recipe(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough for a week and quick to check under every sheet; whether each recipe fits each, its own test says."""
    facts = app.extensions["facts"]
    few = {slug: facts.library.recipes[slug] for slug in sorted(facts.library.recipes)[::3]}
    monkeypatch.setitem(app.extensions, "facts", replace(facts, library=Library(few)))


@pytest.mark.usefixtures("every_third_recipe")
def test_every_hospitals_sheet_gives_a_week_or_says_why_not(runner: FlaskCliRunner, app: Flask) -> None:
    for protocol in app.extensions["facts"].protocols:
        result = ask(runner, "--protocol", protocol, "--from", "2026-11-30", "--json")
        meals = [meal for day in json.loads(result.stdout)["days"] for meal in day["meals"]]
        assert len(meals) + len(result.stderr.splitlines()) == 21


def test_a_slot_left_empty_says_why_on_the_other_channel(runner: FlaskCliRunner) -> None:
    result = ask(runner, "--from", "2026-11-30", "--minutes", "5", "--json")
    meals = [meal for day in json.loads(result.stdout)["days"] for meal in day["meals"]]
    assert len(meals) + len(result.stderr.splitlines()) == 21
    assert "Allow more minutes a day." in result.stderr


USAGE = {
    "no first day": ([], "Missing option '--from'"),
    "a day that does not exist": (["--from", "2026-02-30"], "--from must be a real date, like 2026-08-14"),
    "a day far away": (["--from", "1850-01-01"], "--from must lie between"),
    "a hospital we do not know": (["--from", "2026-11-30", "--protocol", "moon"], "there is no protocol called 'moon'"),
    "a seed that is no number": (["--from", "2026-11-30", "--seed", "x"], "--seed"),
    "too few minutes to cook anything": (["--from", "2026-11-30", "--minutes", "4"], "--minutes"),
}


@pytest.mark.parametrize(("words", "sentence"), USAGE.values(), ids=USAGE)
def test_bad_usage_says_what_to_do(runner: FlaskCliRunner, words: list[str], sentence: str) -> None:
    result = ask(runner, *words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""
