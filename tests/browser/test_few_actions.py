"""How many actions does a new person need at phone width, from the home page to what they came for? And does dragging work?

An action is a tap, a text typed into a box, or a key: whatever a hand has to do.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser


@dataclass
class Hand:
    """Whoever holds the phone; it counts what they do."""

    page: "Page"
    actions: list[str] = field(default_factory=list)

    def tap(self, what: "Locator") -> None:
        self.actions.append(f"tap {what}")
        what.click()

    def type(self, text: str) -> None:
        self.actions.append(f"type {text}")
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.actions.append(f"press {key}")
        self.page.keyboard.press(key)


@pytest.fixture
def hand(page: "Page") -> Hand:
    page.goto("/")
    return Hand(page)


def test_a_verdict_is_two_actions_away(hand: Hand) -> None:
    hand.type("raw oysters")
    hand.press("Enter")
    assert hand.page.locator(".app-verdict__headline").first.inner_text() == "Do not eat this"
    assert len(hand.actions) <= 2


def make_a_week(hand: Hand) -> None:
    hand.tap(hand.page.get_by_role("link", name="Week", exact=True))
    hand.tap(hand.page.get_by_role("button", name="Make my week"))
    assert hand.page.locator(".app-meal__name").count() >= 15


def test_a_week_is_six_actions_away_at_most(hand: Hand) -> None:
    make_a_week(hand)
    assert len(hand.actions) <= 6


def test_a_printed_list_is_eight_actions_away_at_most(hand: Hand) -> None:
    hand.page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    make_a_week(hand)
    hand.tap(hand.page.get_by_role("main").get_by_role("link", name="Shopping list"))
    hand.page.wait_for_load_state()
    hand.tap(hand.page.get_by_role("button", name="Print"))
    assert hand.page.locator(".app-line").count() >= 10
    assert hand.page.locator("html").get_attribute("data-printed") == "yes"
    assert len(hand.actions) <= 8


# ---- The week on a wide screen ----


@pytest.fixture
def laptop(browser: "Browser", address: str) -> "Page":
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_meal_can_be_dragged_onto_another(laptop: "Page") -> None:
    laptop.goto("/week/2099-01-05?servings=2&minutes=45&seed=1")

    def breakfasts() -> list[str]:
        return laptop.locator("[data-slot$='b'] .app-meal__name").all_inner_texts()

    before = breakfasts()
    laptop.locator("[data-slot='1b']").drag_to(laptop.locator("[data-slot='5b']"))
    laptop.wait_for_url("**meal=**")
    after = breakfasts()
    assert (after[0], after[4]) == (before[4], before[0])
    assert after[1:4] + after[5:] == before[1:4] + before[5:]


def test_a_meal_cannot_be_dragged_where_it_does_not_belong(laptop: "Page") -> None:
    laptop.goto("/week/2099-01-05?servings=2&minutes=45&seed=1")
    laptop.locator("[data-slot='1b']").drag_to(laptop.locator("[data-slot='1d']"))
    assert "meal=" not in laptop.url


def test_on_a_phone_nothing_is_dragged_and_buttons_do_it(page: "Page") -> None:
    page.goto("/week/2099-01-05?servings=2&minutes=45&seed=1")
    assert page.locator("[draggable=true]").count() == 0
    first = page.locator("[data-slot='1b']")
    name = first.locator(".app-meal__name").inner_text()
    first.locator("summary").click()
    first.get_by_role("button", name="Another meal").click()
    assert page.locator("[data-slot='1b'] .app-meal__name").inner_text() != name
