"""Does the card fit its paper for every sheet, and does the strict setting hold with no signal too?"""

from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.browser.test_offline import ask_here, cut_network, headline, open_check, phrases_to_ask, ready
from tests.browser.waiting import until
from tests.foods.test_offline import TABLE, Case, compare

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

OVERFLOWS = """() => [...document.querySelectorAll('.app-pocket__side')]
    .filter(side => side.scrollHeight > side.clientHeight + 1 || side.scrollWidth > side.clientWidth + 1)
    .map(side => side.innerText.slice(0, 60))"""


def turn_on_strict(page: "Page") -> None:
    page.goto("/strict")
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_text("It is on on this device").wait_for()


def test_no_line_falls_off_the_card_whatever_the_sheet(page: "Page", app: Flask, address: str) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    for slug in ["", *app.extensions["facts"].table.sheets]:
        page.context.add_cookies([{"name": "hospital", "value": slug, "url": address, "httpOnly": True}])
        page.goto("/card")
        assert page.evaluate(OVERFLOWS) == [], f"the card of {slug or 'nobody'} is too long"
    page.emulate_media(media="screen")
    turn_on_strict(page)
    page.emulate_media(media="print")
    page.goto("/card")
    assert page.evaluate(OVERFLOWS) == [], "the strictest card is too long"


def test_the_card_prints_on_one_sheet_of_paper(page: "Page") -> None:
    page.goto("/card")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.long
def test_the_strict_setting_answers_the_same_with_no_signal(page: "Page") -> None:
    open_check(page)
    turn_on_strict(page)
    open_check(page)
    page.goto("/foods?q=brie")
    online = headline(page)
    assert online == "Do not eat this"
    until(page, "caches.match('/').then(found => found && found.text()).then(text => text?.includes('data-strict'))")
    cut_network(page)
    page.goto("/foods?q=brie")
    ready(page)
    assert headline(page) == online
    asked: list[Case] = [(phrase, [*TABLE.sheets]) for phrase in phrases_to_ask(500)]
    compare(TABLE, asked, ask_here(page, asked))


def test_without_a_script_no_button_is_shown_that_only_a_script_can_press(browser: "Browser", address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    for path in ("/card", "/kitchen", "/already-eaten", "/dates/own-sheet"):
        page.goto(path)
        hidden = page.locator("main [hidden]")
        assert hidden.count() and not any(one.is_visible() for one in hidden.all()), path
    context.close()
