"""Does `flask recipes check` take files of every kind, and addresses?"""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from recipes.fetch import Page, Refused
from tests.recipes.test_imports import NEXTCLOUD, PAPRIKA, paprika, zipped

SOUP = {"@type": "Recipe", "name": "Pea pot", "recipeIngredient": ["150 g frozen peas"]}
SOUP_AS_JSON = json.dumps(SOUP | {"recipeInstructions": ["Boil the peas for 20 minutes."]}).encode()


def answers(runner: FlaskCliRunner, *inputs: str) -> list[dict[str, object]]:
    result = runner.invoke(args=["recipes", "check", "--json", *inputs])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_page_is_read_at_its_address(runner: FlaskCliRunner, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "fetch", lambda address: Page(address, SOUP_AS_JSON))
    (answer,) = answers(runner, "https://soup.example/pea")
    assert (answer["source"], answer["name"], answer["verdict"]) == ("https://soup.example/pea", "Pea pot", "cook")


def test_a_page_that_does_not_come_is_unknown_and_the_next_is_read(
    runner: FlaskCliRunner, app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(address: str) -> Page:
        raise Refused

    monkeypatch.setitem(app.extensions, "fetch", refuse)
    (tmp_path / "soup.json").write_bytes(SOUP_AS_JSON)
    refused, read = answers(runner, "https://soup.example/pea", str(tmp_path / "soup.json"))
    assert (refused["verdict"], refused["why"]) == ("unknown", str(Refused()))
    assert read["verdict"] == "cook"


def test_a_private_address_is_not_asked(runner: FlaskCliRunner) -> None:
    (answer,) = answers(runner, "http://127.0.0.1:9/soup")
    assert answer["verdict"] == "unknown" and "open to everyone" in str(answer["why"])


def test_a_file_of_another_planner_is_read_when_it_holds_one_recipe(runner: FlaskCliRunner, tmp_path: Path) -> None:
    (tmp_path / "one.paprikarecipes").write_bytes(paprika(PAPRIKA))
    (tmp_path / "two.zip").write_bytes(zipped({"1.json": json.dumps(NEXTCLOUD), "2.json": json.dumps(NEXTCLOUD)}))
    (tmp_path / "pot.cook").write_text("Boil the @frozen peas{150%g} for ~{20%minutes}.", "utf-8")
    one, two, pot = answers(runner, *(str(tmp_path / name) for name in ("one.paprikarecipes", "two.zip", "pot.cook")))
    assert (one["name"], pot["name"], pot["verdict"]) == ("Leek pie", "pot", "cook")
    assert (two["verdict"], "more than one recipe" in str(two["why"])) == ("unknown", True)


def test_a_file_that_is_not_there_is_said_in_a_sentence(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["recipes", "check", "no-such-file.json"])
    assert result.exit_code == 2 and "Check its name." in result.output
