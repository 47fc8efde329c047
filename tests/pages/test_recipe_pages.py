"""Do the recipe pages say what is fine, what is not, and at which step?"""

import io
import json
import time

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from recipes.fetch import NotFetched, NotThere, Page, Refused, TooSlow
from recipes.pasted import read_text
from recipes.webpage import read_json
from tests.conftest import GetPage
from tests.house_checks import complaints, words

SALAD = """Goat's cheese and chicken salad

Ingredients
100 g goat's cheese, crumbled
2 chicken breasts
1 round lettuce, washed

Method
Fry the chicken for 12 minutes until no pink is left.
Toss with the lettuce and top with the goat's cheese.
"""
SOUP = """Lentil soup

Ingredients
200 g red lentils
1 onion, washed, peeled and chopped
150 g frozen peas

Method
Simmer everything for 25 minutes until soft and bubbling.
"""


def headline(page: object) -> str:
    return words(page.select_one(".app-verdict__headline"))  # type: ignore[attr-defined]


def test_every_recipe_in_the_list_can_be_planned(get_page: GetPage) -> None:
    page = get_page("/recipes")
    shown = {words(line) for line in page.select(".app-verdict-line__words")}
    safe = "Safe if you cook it as it says, steaming hot right through"
    assert all(line == safe or line.startswith("You can eat this") for line in shown)
    assert "You can eat this if you wash what is eaten raw" in shown
    assert len(page.select(".app-card")) >= 40


def test_a_recipe_names_the_step_that_makes_it_fine(get_page: GetPage) -> None:
    page = get_page("/recipes/fish-pie")
    assert headline(page) == "Safe if you cook it as it says, steaming hot right through"
    assert "Do not cut it short." in words(page.select_one(".app-verdict__why"))
    assert page.select(".app-step__safety")
    assert "Eat them within 24 hours" in words(page.main)


def test_a_recipe_that_is_not_ours_is_not_found(get_page: GetPage) -> None:
    assert "If in doubt, do not eat it" in words(get_page("/recipes/moon-cake", status=404).main)


def test_a_pasted_recipe_is_followed_to_the_mouth(get_page: GetPage) -> None:
    page = get_page("/recipes/check", method="post", data={"text": SALAD})
    assert page.h1 and words(page.h1) == "Goat's cheese and chicken salad"
    assert headline(page) == "Do not eat this as it is written"
    lines = {words(line.select_one(".app-ingredient__line")): words(line) for line in page.select(".app-ingredient")}
    assert "Do not eat this as it is written" in lines["100 g goat's cheese, crumbled"]
    assert "Cooked through in step 1" in lines["2 chicken breasts"]
    assert "top with the goat's cheese" in words(page.main)


def test_a_pasted_recipe_that_is_cooked_through_is_safe_as_it_says(get_page: GetPage) -> None:
    page = get_page("/recipes/check", method="post", data={"text": SOUP})
    assert headline(page) == "Safe if you cook it as it says, steaming hot right through"


def test_a_file_is_read_like_pasted_words(get_page: GetPage) -> None:
    recipe = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": "Lentil soup",
        "recipeIngredient": ["200 g red lentils", "150 g frozen peas"],
        "recipeInstructions": [{"@type": "HowToStep", "text": "Simmer everything for 25 minutes until bubbling."}],
    }
    file = (io.BytesIO(json.dumps(recipe).encode()), "soup.json")
    page = get_page("/recipes/check", method="post", data={"file": file})
    assert headline(page) == "Safe if you cook it as it says, steaming hot right through"


NOTHING_TO_READ = [
    pytest.param({}, "Give an address, paste a recipe, or choose a file.", id="nothing at all"),
    pytest.param({"text": "   "}, "Give an address, paste a recipe, or choose a file.", id="only spaces"),
    pytest.param({"text": "<html><body><p>Hello</p></body></html>"}, "ingredients", id="a page without a recipe"),
    pytest.param({"file": (io.BytesIO(bytes(range(256)) * 40), "photo.jpg")}, "not text", id="a binary file"),
    pytest.param({"text": "x" * 200_001}, "very long", id="far too long"),
]


@pytest.mark.parametrize(("data", "sentence"), NOTHING_TO_READ)
def test_what_cannot_be_read_gets_a_sentence(get_page: GetPage, data: dict[str, object], sentence: str) -> None:
    page = get_page("/recipes/check", method="post", data=data, status=400)
    assert sentence in words(page.select_one(".app-error-summary"))
    assert page.title and words(page.title).startswith("Error: ")


@pytest.fixture
def web(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Page | NotFetched]:
    """A web of a few pages, address -> page: nothing here goes out. It keeps what it was asked for."""
    pages: dict[str, Page | NotFetched] = {}

    def fetch(address: str) -> Page:
        found = pages.get(address, NotThere())
        if isinstance(found, NotFetched):
            raise found
        return found

    monkeypatch.setitem(app.extensions, "fetch", fetch)
    return pages


SOUP_PAGE = (
    f"<html><body><h1>Lentil soup</h1><h2>Ingredients</h2><ul>{''.join(f'<li>{line}' for line in SOUP.splitlines()[3:6])}"
)
SOUP_PAGE += f"</ul><h2>Method</h2><ol><li>{SOUP.splitlines()[-1]}</ol></body></html>"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"address": "https://soup.example/lentil"}, id="in its box"),
        pytest.param({"address": " soup.example/lentil\n"}, id="without https, with spaces"),
        pytest.param({"text": "https://soup.example/lentil"}, id="pasted in the box for words"),
    ],
)
def test_a_page_is_read_at_its_address(get_page: GetPage, web: dict[str, Page], data: dict[str, str]) -> None:
    web["https://soup.example/lentil"] = Page("https://soup.example/lentil", SOUP_PAGE.encode())
    page = get_page("/recipes/check", method="post", data=data)
    assert page.h1 and words(page.h1) == "Lentil soup"
    assert headline(page) == "Safe if you cook it as it says, steaming hot right through"


@pytest.mark.parametrize(
    ("way", "name"),
    [("address", "Lentil soup"), ("text", "Goat's cheese and chicken salad"), ("file", "Pot"), ("", "Goat's")],
)
def test_the_button_that_was_pressed_counts(get_page: GetPage, web: dict[str, Page], way: str, name: str) -> None:
    web["https://soup.example/lentil"] = Page("https://soup.example/lentil", SOUP_PAGE.encode())
    pot = json.dumps({"name": "Pot", "ingredients": "150 g frozen peas", "directions": "Boil the peas for 20 minutes."})
    data = {
        "address": "https://soup.example/lentil",
        "text": SALAD,
        "file": (io.BytesIO(pot.encode()), "pot.json"),
        "way": way,
    }
    page = get_page("/recipes/check", method="post", data=data)
    assert page.h1 and words(page.h1).startswith(name)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(Refused(), "does not let us read", id="refused"),
        pytest.param(TooSlow(), "took too long", id="too slow"),
        pytest.param(Page("https://soup.example/", b"<html><p>Hello</p></html>"), "no recipe on this page", id="no recipe"),
    ],
)
def test_a_page_that_cannot_be_read_offers_the_box(
    get_page: GetPage, web: dict[str, object], answer: object, sentence: str
) -> None:
    web["https://soup.example/lentil"] = answer
    page = get_page("/recipes/check", method="post", data={"address": "https://soup.example/lentil"}, status=400)
    assert sentence in words(page.select_one("#address-error")) and page.select_one("textarea#text")
    assert page.select_one("#address")["value"] == "https://soup.example/lentil"
    web.clear()
    pasted = {"address": "https://soup.example/lentil", "text": SOUP}
    assert headline(get_page("/recipes/check", method="post", data=pasted)).startswith("Safe if you cook it")


def test_an_export_is_answered_recipe_by_recipe(get_page: GetPage) -> None:
    pot = {"name": "Pot", "ingredients": "150 g frozen peas", "directions": "Simmer the peas for 25 minutes until bubbling."}
    brie = {
        "name": "Brie <b>toast</b>",
        "ingredients": "100 g brie\n1 slice bread",
        "directions": "Top the bread with the brie.",
    }
    export = [pot, brie, {"name": "Nothing", "ingredients": "", "directions": ""}]
    page = get_page("/recipes/check", method="post", data={"file": (io.BytesIO(json.dumps(export).encode()), "all.json")})
    said = [words(one) for one in page.select(".app-card")]
    assert "We read 2 recipes from this file. We could not read 1: each says why." in words(page.main)
    assert "Pot Safe if you cook it as it says" in said[0] and "Brie toast Do not eat this as it is written" in said[1]
    assert said[2] == "Nothing Not read. It has no ingredients, so there is nothing to check. Add them, or paste the recipe."
    form = page.select(".app-card form")[1]
    opened = get_page(form["action"], method="post", data={one["name"]: one["value"] for one in form.select("input")})
    assert opened.h1 and words(opened.h1) == "Brie toast" and headline(opened) == "Do not eat this as it is written"


def test_a_recipe_without_a_method_says_so_in_the_report(get_page: GetPage) -> None:
    export = [{"name": name, "ingredients": "2 eggs", "directions": ""} for name in ("One", "Two")]
    page = get_page("/recipes/check", method="post", data={"text": json.dumps(export)})
    assert all("It has no method" in words(one) for one in page.select(".app-card"))


def test_a_checked_recipe_can_be_taken_to_another_planner(get_page: GetPage, client: FlaskClient) -> None:
    page = get_page("/recipes/check", method="post", data={"text": SALAD})
    form = page.select_one('form[action$="recipe.json"]')
    assert form
    answer = client.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})
    assert answer.mimetype == "application/ld+json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="goat-s-cheese-and-chicken-salad.json"'
    assert read_json(answer.get_data(as_text=True), "") == read_text(SALAD, "")


def test_only_a_recipe_can_be_downloaded(get_page: GetPage) -> None:
    for data in ({}, {"recipe": "words"}, {"recipe": "{"}):
        get_page("/recipes/check/recipe.json", method="post", data=data, status=400)


def test_our_recipes_can_be_taken_to_another_planner(app: Flask, client: FlaskClient) -> None:
    ours = app.extensions["facts"].library.recipes
    one = client.get("/recipes/fish-pie.json")
    assert one.mimetype == "application/ld+json" and one.get_json()["name"] == ours["fish-pie"].name
    assert [recipe["name"] for recipe in client.get("/recipes.json").get_json()] == [recipe.name for recipe in ours.values()]
    assert client.get("/recipes/moon-cake.json").status_code == 404


def test_an_address_is_not_logged(get_page: GetPage, web: dict[str, object], caplog: pytest.LogCaptureFixture) -> None:
    get_page("/recipes/check", method="post", data={"address": "https://soup.example/secret"}, status=400)
    assert "secret" not in caplog.text


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a style": "<style>*{display:none}</style>",
    "SVG": "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "a picture": "<img src=x onerror=alert(1)>",
    "an address that runs": "<a href='javascript:alert(1)'>leek</a> javascript:alert(1)",
    "data": "<iframe src='data:text/html,<script>alert(1)</script>'></iframe>",
    "an entity": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "an entity twice over": "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "out of an attribute": '"><script>alert(1)</script>',
    "out of an attribute, single": "' onfocus=alert(1) autofocus='",
    "a template": "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "half a tag": "<script src=//evil.example/x.js",
}


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE)
def test_nothing_in_a_recipe_runs(get_page: GetPage, client: FlaskClient, attack: str) -> None:
    described = {"@type": "Recipe", "name": f"Pot {attack}", "recipeIngredient": [f"2 leeks {attack}", "1 swede"]}
    described["recipeInstructions"] = [f"Boil. {attack}"]
    export = [described, {"name": attack, "ingredients": "", "directions": attack}]
    plain = get_page("/recipes/check")
    for text in (json.dumps(described), json.dumps(export), SALAD.replace("2 chicken", f"{attack} 2 chicken")):
        answer = client.post("/recipes/check", data={"text": text})
        page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        assert answer.status_code in (200, 400) and page.main and not complaints(page)
        assert {tag.name for tag in page.main.find_all(["script", "style", "iframe", "img", "object"])} == set()
        assert len(page.select("script")) == len(plain.select("script"))
        assert not any(link["href"].lower().startswith(("javascript:", "data:")) for link in page.select("a[href]"))
        assert "49" not in words(page.main)


def test_five_thousand_ingredients_are_answered(client: FlaskClient) -> None:
    text = "Pot\n\nIngredients\n" + "2 leeks, sliced\n" * 5_000 + "\nMethod\nBoil the leeks for 20 minutes.\n"
    began = time.process_time()
    answer = client.post("/recipes/check", data={"text": text})
    assert answer.status_code == 200 and answer.get_data(as_text=True).count("app-ingredient__line") == 5_000
    assert time.process_time() - began < 10


def test_nothing_typed_is_lost(get_page: GetPage) -> None:
    page = get_page("/recipes/check", method="post", data={"text": "just a few words"}, status=400)
    box = page.select_one("textarea")
    assert box and box.text.strip() == "just a few words"


def test_text_from_elsewhere_is_never_markup(client: FlaskClient) -> None:
    attack = SALAD.replace("2 chicken breasts", "2 chicken breasts <script>alert(1)</script> <img src=x onerror=alert(1)>")
    shown = client.post("/recipes/check", data={"text": attack}).get_data(as_text=True)
    assert "<script>alert" not in shown and "<img src=x" not in shown
