"""Does a recipe's page scale, convert, say how to keep what is left, and lead through the steps one at a time?"""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from foods.food import Source
from foods.sheets import GeneralRule, Sheet
from tests.conftest import GetPage
from tests.house_checks import words


def lines(page: BeautifulSoup) -> list[str]:
    return [words(line) for line in page.select(".app-ingredient__line")]


def test_twice_the_people_is_twice_of_everything(get_page: GetPage) -> None:
    page = get_page("/recipes/chicken-fajitas?for=8")
    assert "1000 g chicken breast, cut into thin strips" in lines(page)
    assert "2 tins (200 g) sweetcorn, drained" in lines(page)
    assert "8 tbsp water" in words(page.select(".app-step")[2])
    assert "For 8 people. The recipe is written for 4. A fuller pan takes longer." in words(page.main)  # type: ignore[arg-type]


def test_cups_and_fahrenheit_are_a_switch_in_the_address(get_page: GetPage) -> None:
    page = get_page("/recipes/fish-pie?measures=cups&heat=F")
    assert "2 3/4 cups semi-skimmed milk" in lines(page)
    assert "°C" not in words(page.select_one(".app-recipe"))  # type: ignore[arg-type]
    assert "390 °F" in words(page.main)  # type: ignore[arg-type]
    assert [words(option) for option in page.select("option[selected]")] == ["cups and ounces", "°F"]


@pytest.mark.parametrize("asked", ["for=0", "for=25", "for=many", "for=-4", "for=1.5", "measures=stones", "heat=K"])
def test_what_cannot_be_shown_is_said_and_the_recipe_stands_as_written(get_page: GetPage, asked: str) -> None:
    page = get_page(f"/recipes/fish-pie?{asked}", status=400)
    assert "Give a whole number of people from 1 to 24" in words(page.select_one(".app-error-summary"))  # type: ignore[arg-type]
    assert "75 g butter" in lines(page)


def test_what_only_the_others_may_have_says_so_first(get_page: GetPage) -> None:
    notice = get_page("/recipes/chicken-fajitas").select_one(".app-notice:not(.app-notice--safety)")
    assert notice
    assert words(notice).startswith("Only for the others Do not eat this on the diet: queso fresco, crumbled.")
    assert "with another spoon" in words(notice)
    assert "Allergens in queso fresco, crumbled: milk." in words(notice)


def test_leftovers_say_how_soon_until_when_and_how_often(get_page: GetPage) -> None:
    said = words(get_page("/recipes/fish-pie").select_one(".app-notice--safety"))  # type: ignore[arg-type]
    assert (
        "in the fridge within 1 hour. Eat them within 24 hours: what you cook for dinner today, by dinner tomorrow." in said
    )
    assert "Reheat them once only, until steaming hot all the way through." in said


def test_a_sheet_without_leftovers_is_obeyed_and_named(
    get_page: GetPage, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hill = Source("hill", "Hill Hospital", "hospital", "Your diet", "", "2026", "full")
    rule = GeneralRule("hill", "leftover_hours", "0", "It says so.", "Do so.", hill)
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: (Sheet("hill", {}, {}, {"leftover_hours": rule}),))
    said = words(get_page("/recipes/fish-pie").select_one(".app-notice--safety"))  # type: ignore[arg-type]
    assert "Keep none. Eat it when it is made" in said
    assert "So says your sheet: Hill Hospital." in said


CARRIED = [
    pytest.param("vegetable-tagine", "Chilled, in a cold bag with a frozen ice block.", id="a box from the fridge"),
    pytest.param("tuna-and-sweetcorn-jacket-at-work", "As it is: nothing in it needs chilling.", id="tins and a potato"),
    pytest.param("split-pea-soup", "In a flask. Fill it boiling hot.", id="a flask"),
    pytest.param("egg-sandwich", "In a cold bag with a frozen ice block", id="a cold bag"),
]


@pytest.mark.parametrize(("slug", "sentence"), CARRIED)
def test_a_lunch_says_how_it_is_carried(get_page: GetPage, slug: str, sentence: str) -> None:
    assert f"To carry {sentence}" in words(get_page(f"/recipes/{slug}").main)  # type: ignore[arg-type]


def test_the_cooking_view_holds_every_step_and_leads_from_each_to_the_next(get_page: GetPage) -> None:
    page = get_page("/recipes/chicken-fajitas/cook?for=8")
    parts = page.select(".app-cook__part")
    assert [words(part.h2) for part in parts if part.h2] == [
        "Get everything out",
        *(f"Step {number} of 5" for number in range(1, 6)),
        "To eat, and to keep",
    ]
    names = {part["id"] for part in parts}
    ways = [
        str(link["href"]) for link in page.select(".app-cook__onward a:not([hidden])") if str(link["href"]).startswith("#")
    ]
    assert {way.removeprefix("#") for way in ways} == names
    assert "1000 g chicken breast, cut into thin strips" in lines(page)
    assert "This heat is what makes it fine" in words(parts[3]), "the step that leaves everything steaming hot"
    assert [timer["data-minutes"] for timer in parts[2].select("[data-minutes]")] == ["8"]
    assert "Eat them within 24 hours" in words(parts[-1])


def test_a_recipe_that_my_sheet_forbids_has_no_cooking_view(
    get_page: GetPage, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = app.extensions["facts"].table.sheets
    banned = [slug for slug, recipe in app.extensions["facts"].library.recipes.items() if recipe.not_under]
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: tuple(sheets.values()))
    page = get_page(f"/recipes/{banned[0]}/cook")
    assert page.select(".app-verdict--avoid, .app-verdict--unknown") and not page.select(".app-cook")
    assert "one step at a time" not in words(get_page(f"/recipes/{banned[0]}").main)  # type: ignore[arg-type]


def test_a_recipe_that_my_sheet_forbids_says_how_to_make_it_safe(
    get_page: GetPage, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = tuple(app.extensions["facts"].table.sheets.values())
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: sheets)
    page = get_page("/recipes/prawn-and-pea-noodles")
    assert words(page.select_one(".app-verdict__headline")) == "Do not eat this as it is written"  # type: ignore[arg-type]
    assert "becomes: 250 g tinned tuna" in words(page.select(".app-changes__one")[0])


def test_no_such_recipe_to_cook(get_page: GetPage) -> None:
    assert "If in doubt, do not eat it" in words(get_page("/recipes/moon-cake/cook", status=404).main)  # type: ignore[arg-type]
