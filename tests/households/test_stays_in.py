"""With FETCH=off, does nothing go out, whatever a person asks for? And does it go out only for one who gives an address?"""

from collections.abc import Callable, Iterator
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

import recipes.fetch
from app import create_app
from tests.house_checks import complaints, words

PASTE = (
    "This server does not read pages on the web. Open the page yourself, copy its ingredients and method, and paste them."
)


@pytest.fixture
def stays_in(kept_app: Flask) -> Iterator[Flask]:
    """The app as FETCH=off makes it."""
    kept_app.config["FETCH"] = False
    yield kept_app
    kept_app.config["FETCH"] = True


@pytest.fixture
def went_out() -> Iterator[mock.Mock]:
    with mock.patch.object(recipes.fetch, "fetch") as went:
        yield went


def read(client: FlaskClient, **sent: str) -> BeautifulSoup:
    answer = client.post("/recipes/check", data=sent) if sent else client.get("/recipes/check")
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code in (200, 400) and not (found := complaints(page)), found
    return page


@pytest.mark.parametrize(("said", "is_on"), [("", True), ("on", True), ("off", False)])
def test_the_surroundings_say_whether_it_goes_out(monkeypatch: pytest.MonkeyPatch, said: str, is_on: bool) -> None:
    monkeypatch.setenv("FETCH", said)
    assert create_app({"DATABASE_URL": "sqlite://"}).config["FETCH"] is is_on


def test_with_it_off_the_page_asks_for_words_and_says_why(stays_in: Flask, browser_of: Callable[..., FlaskClient]) -> None:
    page = read(browser_of())
    assert not page.select("#address") and PASTE in words(page.main)
    assert [words(one) for one in page.select("main button")] == ["Check this recipe", "Check this file"]


@pytest.mark.parametrize("way", ["address", "text"])
def test_an_address_that_is_sent_all_the_same_fetches_nothing_and_is_not_lost(
    stays_in: Flask, browser_of: Callable[..., FlaskClient], went_out: mock.Mock, way: str
) -> None:
    page = read(browser_of(), **{way: "https://recipes.example/stew", "way": way})
    assert not went_out.called
    assert "This server does not read pages on the web." in words(page.select_one("#text-error"))  # type: ignore[arg-type]
    assert words(page.select_one("textarea#text")) == "https://recipes.example/stew"  # type: ignore[arg-type]


def test_with_it_off_a_pasted_recipe_is_checked(stays_in: Flask, browser_of: Callable[..., FlaskClient]) -> None:
    page = read(browser_of(), text="Brie toast\nIngredients\n100 g brie\nMethod\nSpread the brie.", way="text")
    assert "brie" in words(page.main).lower() and not page.select(".app-error-summary")


def test_with_it_off_nothing_given_is_asked_for_without_an_address(
    stays_in: Flask, browser_of: Callable[..., FlaskClient]
) -> None:
    assert "Paste a recipe, or choose a file." in words(read(browser_of(), way="text").main)


def test_with_it_off_the_command_goes_nowhere_either(stays_in: Flask, went_out: mock.Mock) -> None:
    said = FlaskCliRunner(stays_in).invoke(args=["recipes", "check", "https://recipes.example/stew"])
    assert not went_out.called and "This server does not read pages on the web." in said.output


def test_it_goes_out_only_when_a_person_gives_an_address(
    kept_app: Flask, browser_of: Callable[..., FlaskClient], went_out: mock.Mock
) -> None:
    """Every page that needs nothing but to be opened, as a stranger and signed in, then the one button."""
    for client in (browser_of(), browser_of("Robin")):
        for rule in kept_app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments:
                client.get(rule.rule).close()
        client.post("/recipes/check", data={"text": "Toast\n1 egg", "way": "text"})
    assert not went_out.called
    went_out.side_effect = recipes.fetch.NotThere
    browser_of().post("/recipes/check", data={"address": "https://recipes.example/stew", "way": "address"})
    assert went_out.called
