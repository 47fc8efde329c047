"""Can a household keep its recipes, change them together, and show one to somebody without showing anything else?"""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.house_checks import complaints, words

BrowserOf = Callable[..., FlaskClient]
TEXT = """Goat's cheese tart

Ingredients
100 g soft goat's cheese
2 tbsp zoog
1 lettuce, washed

Method
Toss it all together."""


def read(answer: TestResponse, status: int = 200) -> BeautifulSoup:
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == status, words(page)
    assert not (found := complaints(page)), found
    return page


def save(client: FlaskClient) -> str:
    """Check the recipe and press "Save it to my recipes": its address."""
    page = read(client.post("/recipes/check", data={"text": TEXT, "way": "text"}))
    recipe = page.select_one("form[action='/recipes/mine'] input[name=recipe]")["value"]
    return str(client.post("/recipes/mine", data={"recipe": recipe}).headers["Location"])


@pytest.fixture
def robin(browser_of: BrowserOf) -> FlaskClient:
    return browser_of("Robin")


def test_a_checked_recipe_is_kept_and_listed_with_its_verdict(robin: FlaskClient) -> None:
    address = save(robin)
    assert address == "/recipes/mine/goat-s-cheese-tart"
    assert "Do not eat this as it is written" in words(read(robin.get(address)).main)
    listed = words(read(robin.get("/recipes/mine")).main)
    assert "Goat's cheese tart" in listed and "Do not eat this as it is written" in listed
    assert save(robin) == address + "-2", "the same again is another recipe, and overwrites nothing"


def test_a_stranger_is_told_how_to_keep_it(browser_of: BrowserOf) -> None:
    page = read(browser_of().post("/recipes/check", data={"text": TEXT, "way": "text"}))
    assert not page.select("form[action='/recipes/mine']") and page.select("main a[href='/household/begin']")


def sent(page: BeautifulSoup) -> dict[str, str]:
    form = page.select_one("main form")
    return {
        **{one["name"]: one.get("value", "") for one in form.select("input[name]")},
        **{one["name"]: one.get_text().lstrip("\n") for one in form.select("textarea")},
    }


def test_a_safe_version_is_kept_beside_the_first_text(robin: FlaskClient) -> None:
    address = save(robin)
    text = sent(read(robin.get(address + "/change")))
    text["ingredients"] = text["ingredients"].replace("soft goat's cheese", "cheddar").replace("2 tbsp zoog\n", "")
    assert robin.post(address + "/change", data=text).status_code == 303
    page = words(read(robin.get(address)).main)
    assert page.count("Do not eat this as it is written") == 1 and "As it was found" in page
    assert robin.post(address + "/back").status_code == 303
    assert "As it was found" not in words(read(robin.get(address)).main)


def test_two_who_change_the_text_at_once_choose_and_lose_nothing(robin: FlaskClient) -> None:
    address = save(robin)
    first = sent(read(robin.get(address + "/change")))
    assert robin.post(address + "/change", data={**first, "name": "Theirs"}).status_code == 303
    page = read(robin.post(address + "/change", data={**first, "name": "Ours & mine"}), 409)
    assert {"Theirs", "Ours & mine"} <= {words(h3) for h3 in page.select("h3")}
    assert words(read(robin.get(address)).h1) == "Theirs"
    assert robin.post(address + "/change", data=sent(page)).status_code == 303
    assert words(read(robin.get(address)).h1) == "Ours & mine"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 201}, {"ingredients": " "}, {"steps": "x" * 200_001}])
def test_what_cannot_be_a_recipe_is_said_and_changes_nothing(robin: FlaskClient, wrong: dict[str, str]) -> None:
    address = save(robin)
    text = sent(read(robin.get(address + "/change")))
    page = read(robin.post(address + "/change", data={**text, **wrong}), 400)
    assert page.select_one(".app-error-summary") and sent(page)["version"] == text["version"]
    assert words(read(robin.get(address)).h1) == "Goat's cheese tart"


def test_what_a_food_is_stays_with_the_recipe_and_changes_no_verdict(robin: FlaskClient) -> None:
    address = save(robin)
    before = words(read(robin.get(address)).select_one(".app-verdict"))
    robin.post(address + "/tell", data={"line": "2 tbsp zoog", "said": "a spice"})
    page = read(robin.get(address))
    assert page.select_one("input[name=said]")["value"] == "a spice"
    assert words(page.select_one(".app-verdict")) == before


@pytest.mark.parametrize("about", ["ours:fish-pie", "mine:goat-s-cheese-tart"])
def test_what_we_like_is_kept_until_it_is_taken_back(robin: FlaskClient, about: str) -> None:
    save(robin)
    robin.post("/recipes/like", data={"about": about, "do": "like"})
    assert "We like" in words(read(robin.get("/recipes/mine")).select_one(".app-cards, section")) or about[0] == "o"
    listed = words(read(robin.get("/recipes/mine")).main)
    assert "we like them" in listed if about[0] == "o" else "We like it." in listed
    robin.post("/recipes/like", data={"about": about, "do": "unlike"})
    assert "e like" not in words(read(robin.get("/recipes/mine")).main)


@pytest.mark.parametrize("about", ["", "mine:", "ours:no-such", "mine:no-such", "theirs:x"])
def test_only_a_recipe_that_is_there_can_be_shared(robin: FlaskClient, about: str) -> None:
    assert robin.post("/recipes/share", data={"about": about}).status_code == 404


@pytest.mark.parametrize("about", ["ours:fish-pie", "mine:goat-s-cheese-tart"])
def test_a_link_opens_one_recipe_to_anybody_until_it_is_withdrawn(
    robin: FlaskClient, browser_of: BrowserOf, about: str
) -> None:
    save(robin)
    page = read(robin.post("/recipes/share", data={"about": about}))
    address = words(page.select_one("code")).removeprefix("http://localhost")
    token = address.rsplit("/", 1)[1]
    assert len(token) >= 22, "128 bits are 22 letters of 64"
    stranger = browser_of()
    answer = stranger.get(address)
    assert words(read(answer).h1) in ("Fish pie", "Goat's cheese tart")
    said = answer.headers
    assert "noindex" in said["X-Robots-Tag"] and said["Referrer-Policy"] == "no-referrer" and "Set-Cookie" not in said
    assert "Rosehill" not in answer.get_data(as_text=True) and "Robin" not in answer.get_data(as_text=True)
    assert stranger.get(address[:-1]).status_code == 404
    kitchen = read(robin.get("/household"))
    withdraw = next(form["action"] for form in kitchen.select("form") if form["action"].endswith("/withdraw"))
    assert robin.post(withdraw).status_code == 303
    assert stranger.get(address).status_code == 404


def test_half_a_letter_in_a_recipe_breaks_nothing(robin: FlaskClient) -> None:
    recipe = (
        '{"@type": "Recipe", "name": "Pie \\ud83e", "recipeIngredient": ["1 egg \\ud800"], "recipeInstructions": "Boil."}'
    )
    address = robin.post("/recipes/mine", data={"recipe": recipe}).headers["Location"]
    assert words(read(robin.get(address)).h1) == "Pie"
    read(robin.post("/recipes/check", data={"text": recipe, "way": "text"}))


def test_a_recipe_that_is_gone_is_gone_from_its_links_too(robin: FlaskClient, browser_of: BrowserOf) -> None:
    mine = save(robin)
    address = words(read(robin.post("/recipes/share", data={"about": mine.replace("/recipes/mine/", "mine:")})).code)
    robin.post(mine + "/drop")
    save(robin)
    assert browser_of().get(address).status_code == 404, "another recipe under its name is not what was shared"


def test_another_household_opens_none_of_it(kept_app: Flask, robin: FlaskClient, browser_of: BrowserOf) -> None:
    mine, kim = save(robin), browser_of("Kim", kitchen="Other")
    assert kim.get(mine).status_code == kim.get(mine + "/change").status_code == 404
    for what in ("change", "tell", "back"):
        data = {"name": "x", "ingredients": "y", "version": "1"}
        assert kim.post(f"{mine}/{what}", data=data).status_code == 404
    kim.post(mine + "/drop")
    assert words(read(robin.get(mine)).h1) == "Goat's cheese tart"
    assert "Goat" not in words(read(kim.get("/recipes/mine")).main)


@pytest.mark.parametrize("recipe", ["", "{}", "[]", "x" * 300_000, '{"@type": "Recipe", "name": 4}'])
def test_what_is_no_recipe_is_not_kept(robin: FlaskClient, recipe: str) -> None:
    assert robin.post("/recipes/mine", data={"recipe": recipe}).status_code == 400
    assert "None yet" in words(read(robin.get("/recipes/mine")).main)


def test_many_recipes_are_listed_page_by_page(robin: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recipes.views.ON_A_PAGE", 2)
    for _ in range(3):
        save(robin)
    first, second = read(robin.get("/recipes/mine")), read(robin.get("/recipes/mine?page=2"))
    assert (len(first.select("h2 a[href^='/recipes/mine/']")), len(second.select("h2 a[href^='/recipes/mine/']"))) == (2, 1)
    assert first.select_one("main a[href='/recipes/mine?page=2']") and second.select_one(
        "main a[href='/recipes/mine?page=1']"
    )
    for odd in ("0", "-1", "99", "x", "9" * 400):
        read(robin.get(f"/recipes/mine?page={odd}"))
