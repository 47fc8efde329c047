"""Can a person narrow our recipes on the page, share what they see, and see what to drop when nothing is left?"""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.conftest import GetPage
from tests.house_checks import words


def names(page: BeautifulSoup) -> list[str]:
    return [words(card) for card in page.select(".app-card__title")]


def counted(page: BeautifulSoup) -> list[int]:
    """The numbers of the heading: how many were found, of how many."""
    heading = page.select_one("#found")
    assert heading
    return [int(number) for number in re.findall(r"\d+", words(heading))]


def test_each_recipe_stands_there_once_and_the_count_is_right(get_page: GetPage, app: Flask) -> None:
    page = get_page("/recipes")
    shown = names(page)
    assert len(shown) == len(set(shown)) == counted(page)[0]
    assert counted(page)[0] <= len(app.extensions["facts"].library.recipes)


@pytest.mark.parametrize("allergen", ["milk", "fish", "gluten"])
def test_none_with_the_allergen_remains_and_the_count_says_so(get_page: GetPage, app: Flask, allergen: str) -> None:
    page = get_page(f"/recipes?without={allergen}")
    by_name = {recipe.name: recipe for recipe in app.extensions["facts"].library.recipes.values()}
    assert names(page)
    assert not [name for name in names(page) if allergen in by_name[name].allergens]
    assert counted(page) == [len(names(page)), len(names(get_page("/recipes")))]


def test_what_was_chosen_stands_in_the_form_again(get_page: GetPage) -> None:
    page = get_page("/recipes?meal=lunch&packs=flask&without=milk&freezes=y&uses=carrots")
    assert [words(option) for option in page.select("option[selected]") if option.get("value")] == [
        "Lunch",
        "In a flask, filled boiling",
    ]
    assert {box["name"] for box in page.select("input[checked]")} == {"without", "freezes"}
    assert page.select_one("#uses[value=carrots]")
    assert words(page.summary) == "More to choose by (3 chosen)"  # type: ignore[arg-type]


def test_what_was_chosen_is_dropped_by_one_tap(get_page: GetPage) -> None:
    page = get_page("/recipes?meal=lunch&without=milk&without=eggs&freezes=y")
    chips = {words(chip): str(chip["href"]) for chip in page.select(".app-chip")}
    assert list(chips) == ["Meal: Lunch", "Freezes", "Without milk, eggs"]
    assert chips["Meal: Lunch"] == "/recipes?without=milk&without=eggs&freezes=y"


def test_a_recipe_that_uses_what_is_in_the_fridge_says_so(get_page: GetPage) -> None:
    page = get_page("/recipes?uses=leeks")
    assert names(page)
    assert all("Uses your leeks." in words(card) for card in page.select(".app-card"))


def test_nothing_left_says_what_to_drop_and_the_link_drops_it(get_page: GetPage) -> None:
    page = get_page("/recipes?meal=breakfast&kind=curry&queasy=y")
    assert counted(page)[0] == 0
    assert "No recipe fits all of that." in words(page.main)  # type: ignore[arg-type]
    link = page.select_one("#found ~ ul a")
    assert link
    assert dict(parse_qsl(urlsplit(str(link["href"])).query)).keys() < {"meal", "kind", "queasy"}
    assert counted(get_page(str(link["href"])))[0] > 0


def test_a_food_we_do_not_know_cannot_be_left_out(get_page: GetPage) -> None:
    page = get_page("/recipes?leave_out=nightshades")
    assert names(page) == []
    assert "We do not know “nightshades”" in words(page.main)  # type: ignore[arg-type]


MENDED = [
    pytest.param("/recipes?meal=supper", "Choose one from the list.", id="a meal that is none"),
    pytest.param("/recipes?without=moonlight", "Choose one from the list.", id="an allergen that is none"),
    pytest.param(f"/recipes?uses={'x' * 201}", "Name fewer foods at a time.", id="very many words"),
]


@pytest.mark.parametrize(("address", "sentence"), MENDED)
def test_what_cannot_be_chosen_is_said_beside_its_box(get_page: GetPage, address: str, sentence: str) -> None:
    page = get_page(address, status=400)
    assert sentence in words(page.select_one(".app-error-summary"))  # type: ignore[arg-type]
    assert names(page) == []


def test_an_attack_in_the_address_is_only_text(get_page: GetPage) -> None:
    page = get_page("/recipes?uses=%3Cscript%3Ealert(1)%3C/script%3E&leave_out=%27%22%3E")
    assert not page.select("main script")
