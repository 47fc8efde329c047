"""Does a checked recipe stand beside the same recipe made safe, each change marked in words, both to be downloaded?"""

import json

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.conftest import GetPage
from tests.house_checks import words

SALAD = """Brie and steak salad

Ingredients
100 g brie, sliced
2 sirloin steaks
1 round lettuce, washed

Method
Fry the steaks for 3 minutes until medium rare.
Toss with the lettuce and lay the brie on top.
"""
MAYONNAISE = """Mayonnaise

Ingredients
2 egg yolks
200 ml sunflower oil

Method
Whisk the egg yolks, then whisk in the oil drop by drop.
"""


def open_salad(get_page: GetPage) -> BeautifulSoup:
    return get_page("/recipes/check", method="post", data={"text": SALAD})


def test_both_recipes_stand_under_their_own_headings(get_page: GetPage) -> None:
    page = open_salad(get_page)
    sides = page.select(".app-side")
    assert [words(side.h2) for side in sides if side.h2] == ["As written", "Made safe"]
    headlines = [words(side.select_one(".app-verdict-line, .app-verdict__headline")) for side in sides]  # type: ignore[arg-type]
    assert headlines == ["Do not eat this as it is written", "Safe if you cook it as it says, steaming hot right through"]


def test_what_changed_is_said_in_words_with_what_it_said_before(get_page: GetPage) -> None:
    page = open_salad(get_page)
    changed = [words(one) for one in page.select(".app-side--safe .app-changed")]
    assert changed == [
        "Changed. It said: 100 g brie, sliced",
        "Changed. It said: Fry the steaks for 3 minutes until medium rare.",
        "Changed. It said: Toss with the lettuce and lay the brie on top.",
    ]
    assert not page.select(".app-side:not(.app-side--safe) .app-changed")
    assert len(page.select(".app-side--safe .app-changed svg")) == len(changed)


def test_each_change_says_why(get_page: GetPage) -> None:
    page = open_salad(get_page)
    first = words(page.select(".app-changes__one")[0])
    assert first.startswith("Ingredient 1 becomes: 100 g cheddar, sliced Why: ")


def test_both_are_downloaded_as_schema_org_recipes(get_page: GetPage, client: FlaskClient) -> None:
    forms = open_salad(get_page).select(".app-download")
    assert [form["method"] for form in forms] == ["post", "post"]
    lines = []
    for form in forms:
        box = form.select_one("input[name=recipe]")
        assert box
        answer = client.post(str(form["action"]), data={"recipe": str(box["value"])})
        assert "attachment" in answer.headers["Content-Disposition"]
        lines.append(json.loads(answer.get_data(as_text=True))["recipeIngredient"][0])
    assert lines == ["100 g brie, sliced", "100 g cheddar, sliced"]


def test_what_nothing_makes_safe_says_so_and_what_to_eat_instead(get_page: GetPage) -> None:
    page = get_page("/recipes/check", method="post", data={"text": MAYONNAISE})
    notice = words(page.select_one(".app-notice"))  # type: ignore[arg-type]
    assert notice.startswith("We found no way to make it safe")
    assert "2 egg yolks" in notice
    assert not page.select(".app-side")


def test_a_food_that_the_list_forgets_is_named_with_its_step_and_what_to_do(get_page: GetPage) -> None:
    text = SALAD.replace("100 g brie, sliced\n", "").replace(
        "3 minutes until medium rare", "15 minutes until no pink is left"
    )
    main = words(get_page("/recipes/check", method="post", data={"text": text}).main)  # type: ignore[arg-type]
    assert "Step 2 speaks of brie, which the list leaves out." in main
    assert "Write that food into the list of ingredients, or take it out of the step. Then check the recipe again." in main


def test_a_recipe_that_is_safe_is_left_as_it_is(get_page: GetPage) -> None:
    safe = SALAD.replace("brie", "cheddar").replace("until medium rare", "until no pink is left")
    page = get_page("/recipes/check", method="post", data={"text": safe.replace("3 minutes", "15 minutes")})
    assert not page.select(".app-side, .app-notice")
    assert words(page.main).count("How to make it safe") == 0  # type: ignore[arg-type]
