"""Can a person go the whole way: check a food, check a recipe, get a week, print its list, see their dates?"""

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_every_page import ask_for_dates, hand_in_a_recipe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def headline(page: "Page") -> str:
    return page.locator(".app-verdict__headline").first.inner_text()


def pages_of(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


def test_a_food_a_recipe_a_week_and_its_list_on_paper(page: "Page", tmp_path: Path) -> None:
    page.goto("/")
    page.keyboard.type("smoked salmon")
    page.keyboard.press("Enter")
    assert headline(page) == "Only if cooked until steaming hot all the way through"

    hand_in_a_recipe(page)
    assert headline(page) == "Do not eat this as it is written"
    assert "goat's cheese" in page.get_by_role("main").inner_text()

    page.get_by_role("link", name="Week").first.click()
    page.get_by_role("button", name="Make my week").click()
    assert page.locator(".app-meal__name").count() >= 15
    page.get_by_role("link", name="List").first.click()
    assert page.locator(".app-line").count() >= 10

    pdf = tmp_path / "list.pdf"
    page.pdf(path=pdf, format="A4", print_background=False)
    words = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "Shopping list" in words and "Fruit and vegetables" in words
    assert "Recipes" not in words, "the navigation must not be printed"
    assert pages_of(pdf) <= 3


def test_the_dates_of_a_hospital(page: "Page") -> None:
    ask_for_dates(page)
    said = page.get_by_role("main").inner_text()
    assert "2026" in said and "Ask your MS team before you stop" in said
    assert "2026" not in page.url, "no infusion day may stand in an address"


def test_the_answer_fits_the_first_screen_of_a_small_phone(page: "Page") -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/foods?q=goats+cheese")
    box = page.locator(".app-verdict").bounding_box()
    bar = page.locator(".app-places").bounding_box()
    assert box and bar and box["y"] + box["height"] <= bar["y"], "the verdict runs below the first screen"


def test_a_verdict_on_paper_keeps_its_words(page: "Page", tmp_path: Path) -> None:
    page.goto("/foods?q=pâté")
    pdf = tmp_path / "pate.pdf"
    page.pdf(path=pdf, format="A4")
    words = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "Do not eat this" in words
