"""Does the cooking view lead through the steps by keyboard, count minutes, and work with no script at all?"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

COOK = "/recipes/chicken-fajitas/cook"


def seen(page: "Page") -> list[str]:
    """The headings of the parts that are on the screen."""
    return [part.inner_text() for part in page.locator(".app-cook__part h2").all() if part.is_visible()]


def test_one_step_at_a_time_by_button_and_by_arrow_key(page: "Page") -> None:
    page.goto(COOK)
    assert seen(page) == ["Get everything out"]
    page.get_by_role("link", name="Begin", exact=True).click()
    assert seen(page) == ["Step 1 of 5"]
    page.keyboard.press("ArrowRight")
    assert seen(page) == ["Step 2 of 5"]
    assert page.evaluate("document.activeElement.id") == "part-2"
    page.keyboard.press("ArrowLeft")
    assert seen(page) == ["Step 1 of 5"]
    page.go_back()
    assert seen(page) == ["Step 2 of 5"]
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    assert seen(page) == ["To eat, and to keep"]


def test_a_timer_counts_down_and_asks_whether_it_is_hot(page: "Page") -> None:
    page.clock.install()
    page.goto(f"{COOK}#part-2")
    page.get_by_role("button", name="Start 8 minutes").click()
    assert page.locator("#part-2 .app-cook__left").inner_text().strip() == "8:00 left"
    page.clock.run_for(7 * 60_000)
    assert page.locator("#part-2 .app-cook__left").inner_text().strip() == "1:00 left"
    page.clock.run_for(61_000)
    assert page.locator("#part-2 [role=status]").inner_text().strip() == (
        "8 minutes are over. Is it steaming hot all the way through?"
    )
    page.get_by_role("button", name="Start 8 minutes").click()
    page.get_by_role("button", name="Stop 8 minutes").click()
    assert page.get_by_role("button", name="Start 8 minutes").is_visible()


def test_without_a_script_every_step_stands_there_with_its_links(browser: "Browser", address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(COOK)
    assert len(seen(page)) == 7
    page.locator("#part-2").get_by_role("link", name="Next").click()
    assert page.url.endswith("#part-3")
    context.close()


def test_a_usual_recipe_prints_on_one_page(page: "Page") -> None:
    for slug in ("chicken-fajitas", "fish-pie", "egg-sandwich"):
        page.goto(f"/recipes/{slug}")
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") == 1, f"{slug} does not fit on one A4 side"


def test_the_answer_to_a_choice_of_recipes_is_what_one_sees(page: "Page") -> None:
    page.goto("/recipes")
    page.get_by_label("Meal").select_option("lunch")
    page.get_by_role("button", name="Show these recipes").click()
    assert "meal=lunch" in page.url and page.url.endswith("#found")
    assert page.locator("#found").bounding_box()["y"] < 400  # type: ignore[index]
