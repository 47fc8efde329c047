"""Do the recipe pages say what is fine, what is not, and at which step?"""

import io
import json

import pytest
from flask.testing import FlaskClient

from tests.conftest import GetPage
from tests.house_checks import words

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
    assert shown <= {"You can eat this", "Safe if you cook it as it says, steaming hot right through"}
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
    pytest.param({}, "Paste a recipe in the box, or choose a file.", id="nothing at all"),
    pytest.param({"text": "   "}, "Paste a recipe in the box, or choose a file.", id="only spaces"),
    pytest.param({"text": "<html><body><p>Hello</p></body></html>"}, "ingredients", id="a page without a recipe"),
    pytest.param({"file": (io.BytesIO(bytes(range(256)) * 40), "photo.jpg")}, "not text", id="a binary file"),
    pytest.param({"text": "x" * 200_001}, "very long", id="far too long"),
]


@pytest.mark.parametrize(("data", "sentence"), NOTHING_TO_READ)
def test_what_cannot_be_read_gets_a_sentence(get_page: GetPage, data: dict[str, object], sentence: str) -> None:
    page = get_page("/recipes/check", method="post", data=data, status=400)
    assert sentence in words(page.select_one(".app-error-summary"))
    assert page.title and words(page.title).startswith("Error: ")


def test_nothing_typed_is_lost(get_page: GetPage) -> None:
    page = get_page("/recipes/check", method="post", data={"text": "just a few words"}, status=400)
    box = page.select_one("textarea")
    assert box and box.text.strip() == "just a few words"


def test_text_from_elsewhere_is_never_markup(client: FlaskClient) -> None:
    attack = SALAD.replace("2 chicken breasts", "2 chicken breasts <script>alert(1)</script> <img src=x onerror=alert(1)>")
    shown = client.post("/recipes/check", data={"text": attack}).get_data(as_text=True)
    assert "<script>alert" not in shown and "<img src=x" not in shown
