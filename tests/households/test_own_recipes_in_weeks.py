"""Does a household's own recipe come into its weeks only when it asks for that, and only while it is fine for them?"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from foods.food import SheetSays, Verdict
from foods.sheets import Sheet
from tests.house_checks import complaints, words

BrowserOf = Callable[..., FlaskClient]
STEW = (
    "Bean stew of ours\n\nIngredients\n400 g tinned chopped tomatoes\n1 onion\n2 tins kidney beans{more}\n\nMethod\n{method}"
)
BOIL = "Boil everything together for 30 minutes, until steaming hot right through. Serve at once."
TOSS = "Toss everything together and serve."
ASKED = {
    "first_day-day": "30",
    "first_day-month": "11",
    "first_day-year": "2026",
    "servings": "2",
    "minutes": "60",
    "meals": ["dinner"],
}
ADDRESS, MINE = "/week/2026-11-30", "/recipes/mine/bean-stew-of-ours"


@pytest.fixture(autouse=True)
def _some_days_before() -> Iterator[None]:
    with time_machine.travel("2026-11-25 12:00"):
        yield


@pytest.fixture
def robin(browser_of: BrowserOf) -> FlaskClient:
    return browser_of("Robin")


def page_of(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    assert not (found := complaints(page)), found
    return page


def save(client: FlaskClient, more: str = "", method: str = BOIL) -> None:
    text = STEW.format(more=f"\n{more}" if more else "", method=method)
    page = client.post("/recipes/check", data={"text": text, "way": "text"}).get_data(as_text=True)
    recipe = BeautifulSoup(page, "html.parser").select_one("form[action='/recipes/mine'] input[name=recipe]")["value"]
    assert client.post("/recipes/mine", data={"recipe": recipe}).headers["Location"] == MINE
    assert client.post(f"{MINE}/weeks", data={"meals": ["dinner"], "minutes": "10"}).status_code == 303
    client.post("/recipes/like", data={"about": "mine:bean-stew-of-ours"})


def offered(client: FlaskClient, **more: str) -> bool:
    """May a week of theirs hold the stew? It is liked, so a week that may hold it does."""
    client.post(f"{ADDRESS}/drop")
    assert client.post("/week", data={**ASKED, **more}).status_code == 303
    return "Bean stew of ours" in words(page_of(client, ADDRESS).main)


def test_a_recipe_of_their_own_comes_into_their_week_and_onto_its_list(robin: FlaskClient) -> None:
    save(robin)
    assert offered(robin)
    page = page_of(robin, ADDRESS)
    (link,) = [one for one in page.select("a.app-meal__name") if words(one) == "Bean stew of ours"]
    assert link["href"] == MINE
    assert "You can eat this" in words(link.find_parent(class_="app-meal"))
    assert "kidney beans" in words(page_of(robin, f"{ADDRESS}/list").main)


def test_it_comes_only_if_they_ask_for_it(robin: FlaskClient) -> None:
    save(robin)
    robin.post(f"{MINE}/weeks", data={"minutes": "10"})
    assert not offered(robin)


def test_another_kitchen_never_gets_it(robin: FlaskClient, browser_of: BrowserOf) -> None:
    save(robin)
    assert not offered(browser_of("Sam", "Other kitchen"))


NEVER = {
    "a food that must not be eaten, never heated": ("100 g raw oysters", TOSS),
    "a food that nobody knows, never heated": ("2 tbsp zoog", TOSS),
    "a food that nobody knows, cooked, and nobody said what it is": ("2 tbsp zoog", BOIL),
}


@pytest.mark.parametrize(("more", "method"), NEVER.values(), ids=NEVER)
def test_what_is_not_fine_is_never_planned(robin: FlaskClient, more: str, method: str) -> None:
    save(robin, more, method)
    assert not offered(robin)


@pytest.mark.parametrize("said", ["no idea", "a root like carrot", "raw oysters", "glorp", "."])
def test_words_that_name_no_food_we_know_as_fine_are_no_answer(robin: FlaskClient, said: str) -> None:
    save(robin, "2 tbsp zoog")
    robin.post(f"{MINE}/tell", data={"line": "2 tbsp zoog", "said": said})
    assert not offered(robin)


def test_an_unknown_food_that_is_cooked_through_may_stay_once_somebody_says_what_it_is(robin: FlaskClient) -> None:
    save(robin, "2 tbsp zoog")
    robin.post(f"{MINE}/tell", data={"line": "2 tbsp zoog", "said": "ground cumin"})
    assert offered(robin)


def test_nobody_who_avoids_an_allergen_gets_a_food_that_nobody_knows(robin: FlaskClient) -> None:
    save(robin, "2 tbsp zoog")
    robin.post(f"{MINE}/tell", data={"line": "2 tbsp zoog", "said": "ground cumin"})
    assert not offered(robin, without="sesame")


def test_what_somebody_does_not_like_keeps_it_out(robin: FlaskClient) -> None:
    save(robin)
    assert not offered(robin, dislikes="kidney beans")


def test_a_sheet_that_forbids_a_food_in_it_takes_it_out_of_a_week_that_stands(
    robin: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(robin)
    assert offered(robin)
    table = app.extensions["facts"].table
    source = next(iter(table.sources.values()))
    says = {"onion": SheetSays("test", "onion", Verdict.AVOID, "This sheet says no.", "", source, date(2026, 11, 21))}
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: (Sheet("test", says, {}, {}),))
    page = page_of(robin, ADDRESS)
    assert "Bean stew of ours" not in [words(one) for one in page.select("a.app-meal__name")]
    assert "Bean stew of ours" in words(page.select_one(".app-notice"))


def test_the_form_says_what_is_wrong_and_loses_nothing(robin: FlaskClient) -> None:
    save(robin)
    response = robin.post(f"{MINE}/weeks", data={"meals": ["dinner", "tea"], "minutes": "900"})
    assert response.status_code == 400
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    assert [words(one) for one in page.select(".app-error-summary__list a")] == [
        "For which meals? must be ticked from the list.",
        "Minutes with your hands busy must be a number from 1 to 240.",
    ]
    assert page.select_one("#minutes")["value"] == "900"
    assert offered(robin), "what was kept before still stands"
