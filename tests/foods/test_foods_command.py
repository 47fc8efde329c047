"""Does `flask foods check` answer every phrase, in order, and say what to do when it is used wrongly?"""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from foods.commands import foods
from foods.table import FoodTable, read_table
from tests.foods.builders import food, food_class, make_table, sheet_row, source

Ask = Callable[..., Result]


def asking(table: FoodTable, protocols: tuple[str, ...] = ()) -> Ask:
    """Runs `flask foods check` over a table, so that a test needs no more of the app than that."""
    app = Flask("foods")
    app.extensions["facts"] = SimpleNamespace(table=table, protocols=dict.fromkeys(protocols))
    app.cli.add_command(foods)
    runner = app.test_cli_runner()
    return lambda *words, **given: runner.invoke(args=["foods", "check", *words], **given)


@pytest.fixture(scope="module")
def ask() -> Ask:
    """Over the table we ship."""
    return asking(read_table(Path(__file__).parents[2] / "data")[0])


@pytest.fixture
def ask_small(tmp_path: Path) -> Ask:
    """Over a made-up table with the sheet of one hospital, and a second hospital that has dates only."""
    page = source("cheese-office", authority="Office for Cheese", title="On cheese", address="https://cheese.example/")
    cheese = food_class(
        "cheese", "cook", why="Germs grow in it.", do_this="Bake it.", label_says="baked", source=page["source"]
    )
    rows = [
        sheet_row("brie", "avoid", why="Not here.", do_this="Leave it."),
        sheet_row("brie", "ok", protocol="hill", source="hill-sheet", why="We tested it."),
    ]
    table = make_table(tmp_path, sources=[page], classes=[cheese], foods=[food("brie", "cook", "cheese")], sheets=rows)
    return asking(table, ("harbour", "dates-only"))


def answers(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_six_phrases_that_show_what_the_check_is_for(ask: Ask) -> None:
    verdicts = {
        "brie": "cook",
        "unpasteurised milk": "avoid",
        "moon brie": "unknown",
        "cream cracker": "ok",
        "steak medium rare": "avoid",
        "frumious bandersnatch": "unknown",
    }
    said = answers(ask("--json", "-", input="".join(f"{phrase}\n" for phrase in verdicts)))
    assert {answer["asked"]: answer["verdict"] for answer in said} == verdicts
    assert [answer["asked"] for answer in said] == list(verdicts)


def test_json_is_one_object_with_the_verdict_its_reasons_and_who_says_so(ask_small: Ask) -> None:
    assert answers(ask_small("--json", " Brie "))[0] == {
        "asked": " Brie ",
        "verdict": "cook",
        "food": "brie",
        "why": "Germs grow in it.",
        "do_this": "Bake it.",
        "label_says": "baked",
        "base": "cook",
        "sheet": [],
        "differs": [
            {"protocol": "harbour", "about": "brie", "verdict": "avoid", "why": "Not here."},
            {"protocol": "hill", "about": "brie", "verdict": "ok", "why": "We tested it."},
        ],
        "sources": [
            {
                "authority": "Office for Cheese",
                "title": "On cheese",
                "address": "https://cheese.example/",
                "read": "full",
            }
        ],
    }


def test_the_hospitals_sheet_is_used_when_it_is_named(ask_small: Ask) -> None:
    said = answers(ask_small("--json", "--protocol", "harbour", "brie"))[0]
    assert (said["verdict"], said["base"], said["why"], said["do_this"]) == ("avoid", "cook", "Not here.", "Leave it.")
    assert said["sheet"] == [{"protocol": "harbour", "about": "brie", "verdict": "avoid", "why": "Not here."}]
    assert [other["protocol"] for other in said["differs"]] == ["hill"]


def test_a_hospital_that_gives_dates_only_answers_from_the_table(ask_small: Ask) -> None:
    assert answers(ask_small("--json", "--protocol", "dates-only", "brie"))[0]["verdict"] == "cook"


def test_an_unknown_phrase_has_no_food(ask: Ask) -> None:
    said = answers(ask("--json", "frumious bandersnatch"))[0]
    assert said["food"] is None
    assert (said["base"], said["label_says"], said["sources"]) == ("unknown", "", [])
    assert said["why"] and said["do_this"]


@pytest.mark.parametrize("phrase", ["", "  ", "brie\tand\u00a0ham", "pâté", "😀", "x" * 10_000, "'; drop table foods --"])
def test_whatever_is_asked_is_echoed_exactly(ask: Ask, phrase: str) -> None:
    assert answers(ask("--json", "--", phrase))[0]["asked"] == phrase


def test_arguments_and_lines_are_answered_in_order(ask: Ask) -> None:
    said = answers(ask("--json", "tea", "-", "brie", input="honey\nsushi\n"))
    assert [answer["asked"] for answer in said] == ["tea", "honey", "sushi", "brie"]


def test_windows_line_ends_are_no_part_of_a_phrase(ask: Ask) -> None:
    said = answers(ask("--json", "-", input="brie\r\nhoney\r\n"))
    assert [answer["verdict"] for answer in said] == ["cook", "ok"]


def test_people_are_told_in_words(ask_small: Ask) -> None:
    result = ask_small("brie", "blorp")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "brie: Only if cooked until steaming hot all the way through.",
        "  Why: Germs grow in it.",
        "  Do: Bake it.",
        "  The label must say: baked",
        "  Sheets on brie: Harbour Hospital: avoid; Hill Hospital: ok",
        "  Source: Office for Cheese, On cheese",
        "blorp: We do not know this food. Leave it until your MS team says yes.",
        "  Why: We cannot tell what it is, so we cannot say that it is fine.",
        "  Do: Leave it until your MS team says yes.",
    ]


def test_a_near_name_is_offered_and_not_answered_for(ask_small: Ask) -> None:
    lines = ask_small("bri").stdout.splitlines()
    assert lines[0] == "bri: We do not know this food. Leave it until your MS team says yes."
    assert "  Did you mean: brie?" in lines


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param((), "give at least one PHRASE, or - to read them", id="nothing asked"),
        pytest.param(("--protocol", "atlantis", "brie"), "there is no protocol called 'atlantis'", id="no such protocol"),
        pytest.param(("--protocol", "", "brie"), "there is no protocol called ''", id="protocol without a name"),
        pytest.param(("--colour", "brie"), "No such option", id="no such option"),
    ],
)
def test_wrong_use_exits_2_and_says_what_to_do(ask_small: Ask, words: tuple[str, ...], says: str) -> None:
    result = ask_small(*words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not result.stdout


def test_a_protocol_that_does_not_exist_is_answered_with_those_that_do(ask_small: Ask) -> None:
    assert "Choose one of: dates-only, harbour, hill" in ask_small("--protocol", "atlantis", "brie").stderr


def test_no_lines_on_standard_input_say_what_to_do(ask_small: Ask) -> None:
    assert ask_small("-", input="").exit_code == 2
