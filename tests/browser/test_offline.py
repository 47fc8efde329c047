"""Does the phone answer when the network is gone, as the server would have, and for this person's own sheet?"""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.browser.waiting import until
from tests.foods.test_offline import ANSWER, TABLE, Answer, Case, cases, compare, phrases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

FIVE_SHEETS = [[], ["barts-pack"], ["german-ms-page"], ["london-patient-2019"], ["us-label"]]
ASK = f"""async (asked) => {{
    const {{judge, offers}} = await import("/static/checker.js");
    const kept = await caches.open("piping-hot-facts");
    const [facts, rarer] = await Promise.all((await kept.keys()).map(async (key) => (await kept.match(key)).json()));
    facts.rarer = rarer;
    return asked.map(([phrase, protocols]) => {{
        const found = judge(facts, phrase, protocols);
        return ({ANSWER})(found, offers(facts, found, protocols));
    }});
}}"""
HEADLINES = ["brie", "mozzarella", "steak well done", "pâté", "frumious bandersnatch", "toast and brie", "goat's cheese"]


def ready(page: "Page") -> None:
    """Wait until the page's script has done all it does at the start."""
    page.locator("html[data-ready=yes]").wait_for(state="attached")


def open_check(page: "Page") -> None:
    """Open the check page once with a signal, and let the worker, its page and the facts settle on the device."""
    page.goto("/")
    ready(page)
    # Not merely registered: until the worker is activated and has claimed the page, Chromium may go past it.
    until(page, "navigator.serviceWorker.controller?.state === 'activated'")


def cut_network(page: "Page") -> None:
    page.context.set_offline(True)


def choose_hospital(page: "Page", address: str, slug: str) -> None:
    page.context.add_cookies([{"name": "hospital", "value": slug, "url": address, "httpOnly": True}])


def headline(page: "Page") -> str:
    return page.locator(".app-verdict__headline").first.inner_text()


def ask_here(page: "Page", asked: list[Case]) -> list[Answer]:
    answers: list[Answer] = page.evaluate(ASK, asked)
    return answers


def phrases_to_ask(how_many: int) -> list[str]:
    return [*phrases(random.Random(500), how_many)]


def test_five_hundred_phrases_by_five_sheets_answer_as_the_server_does(page: "Page") -> None:
    open_check(page)
    cut_network(page)
    asked: list[Case] = [(phrase, sheet) for phrase in phrases_to_ask(500) for sheet in FIVE_SHEETS]
    compare(TABLE, asked, ask_here(page, asked))


@pytest.mark.long
def test_ten_thousand_phrases_answer_as_the_server_does(page: "Page") -> None:
    open_check(page)
    cut_network(page)
    asked = cases(seed=3, how_many=10_000)
    compare(TABLE, asked, ask_here(page, asked))


@pytest.mark.parametrize("phrase", HEADLINES)
def test_the_page_says_the_same_with_and_without_a_signal(page: "Page", phrase: str) -> None:
    open_check(page)
    page.goto(f"/foods?q={phrase}")
    online = page.locator(".app-verdict").first.inner_text()
    cut_network(page)
    page.goto("/")
    page.get_by_label("Can I eat …?").fill(phrase)
    page.keyboard.press("Enter")
    page.wait_for_url("**/foods?*")
    ready(page)
    assert page.locator(".app-verdict").first.inner_text() == online
    assert "Answered on this device" in page.get_by_role("main").inner_text()


def test_my_hospitals_sheet_counts_without_a_signal_too(page: "Page", address: str) -> None:
    choose_hospital(page, address, "german-ms-page")
    open_check(page)
    page.goto("/foods?q=stilton")
    online = headline(page)
    assert online == "Do not eat this"
    cut_network(page)
    page.goto("/foods?q=stilton")
    ready(page)
    assert headline(page) == online
    assert "german" not in page.url
    assert "By your hospital's sheet" in page.get_by_role("main").inner_text()


def test_a_hospital_chosen_later_is_not_answered_for_by_the_page_of_before(page: "Page") -> None:
    """What is sent to the server may change whose sheet counts, so the kept page goes at once and comes back new."""
    open_check(page)
    page.goto("/dates")
    page.get_by_label("My hospital").select_option(index=1)
    page.get_by_role("button", name="Remember", exact=False).first.click()
    page.goto("/about")
    kept = "caches.match('/').then((found) => found && found.text())"
    until(page, f"{kept}.then((text) => text && !text.includes('data-sheets=\"\"'))")


def test_a_kept_page_that_names_another_sheet_is_thrown_away(page: "Page", address: str) -> None:
    open_check(page)
    choose_hospital(page, address, "german-ms-page")
    open_check(page)
    # It may be gone for a moment only, before the worker keeps the right one: what counts is that the wrong one is gone.
    wrong = (
        "caches.match('/').then((found) => found && found.text()).then((text) => text && text.includes('data-sheets=\"\"'))"
    )
    until(page, f"{wrong}.then((is_wrong) => !is_wrong)")
    page.goto("/foods?q=stilton")
    until(page, "caches.match('/').then((found) => found && true)")
    cut_network(page)
    page.goto("/foods?q=stilton")
    ready(page)
    assert headline(page) == "Do not eat this"


def test_it_says_that_there_is_no_signal_and_how_old_the_facts_are(page: "Page") -> None:
    open_check(page)
    cut_network(page)
    page.goto("/")
    ready(page)
    said = page.locator("#no-signal").inner_text()
    today = datetime.date.today()
    assert said.strip() == f"No signal. You can still check a food, from facts of {today.day} {today:%B %Y}, today."
    page.goto("/foods?q=brie")
    ready(page)
    said = page.locator("#no-signal").inner_text()
    assert f"Answered on this device, from facts of {today.day} {today:%B %Y}, today." in said
    assert "By our table: no hospital is chosen here." in said


def test_the_answer_without_a_signal_fits_the_first_screen_of_a_small_phone(page: "Page") -> None:
    open_check(page)
    cut_network(page)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/foods?q=goats+cheese")
    ready(page)
    headline_box = page.locator(".app-verdict__headline").bounding_box()
    bar = page.locator(".app-places").bounding_box()
    assert headline_box and bar and headline_box["y"] + headline_box["height"] <= bar["y"], "it is below the screen"


def test_facts_without_my_hospitals_sheet_answer_nothing(page: "Page", address: str) -> None:
    choose_hospital(page, address, "german-ms-page")
    open_check(page)
    page.evaluate(
        """async () => {
            const kept = await caches.open("piping-hot-facts"), [address] = await kept.keys();
            const facts = await (await kept.match(address)).json();
            delete facts.sheets["german-ms-page"];
            await kept.put(address, Response.json(facts));
        }"""
    )
    cut_network(page)
    page.goto("/foods?q=cheddar")
    ready(page)
    assert "do not hold your hospital's sheet" in page.locator("#no-signal").inner_text()
    assert page.locator(".app-verdict").count() == 0


def at_a_later_day(page: "Page", days: int) -> None:
    page.clock.install(time=datetime.datetime.now() + datetime.timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "phrase", "expected"),
    [
        pytest.param(60, "cheddar", "You can eat this", id="on the last day it still says fine"),
        pytest.param(61, "cheddar", "We do not know this food", id="a day later it does not"),
        pytest.param(61, "brie", "Only if cooked until steaming hot", id="what must be cooked must still be cooked"),
        pytest.param(61, "pâté", "Do not eat this", id="what is forbidden stays forbidden"),
        pytest.param(-3, "cheddar", "We do not know this food", id="a clock that runs behind the facts is not believed"),
    ],
)
def test_old_facts_stop_saying_that_a_food_is_fine(page: "Page", days: int, phrase: str, expected: str) -> None:
    open_check(page)
    cut_network(page)
    at_a_later_day(page, days)
    page.goto(f"/foods?q={phrase}")
    ready(page)
    assert headline(page).startswith(expected)


def test_without_a_signal_another_page_says_so_and_offers_the_check(page: "Page") -> None:
    open_check(page)
    cut_network(page)
    page.goto("/recipes")
    ready(page)
    assert "No signal, so that page cannot be shown." in page.locator("#no-signal").inner_text()
    assert page.get_by_label("Can I eat …?").is_visible()


def test_what_was_typed_is_shown_as_text_and_never_run(page: "Page") -> None:
    open_check(page)
    cut_network(page)
    page.goto("/foods?q=<img src=x onerror=document.body.remove()><b>brie</b>")
    ready(page)
    assert "<img src=x" in page.locator("#no-signal h2").first.inner_text()
    assert page.locator("#no-signal img, #no-signal b").count() == 0


def test_names_are_offered_while_somebody_types(page: "Page") -> None:
    open_check(page)
    page.get_by_label("Can I eat …?").press_sequentially("goat")
    page.locator("datalist option").first.wait_for(state="attached")
    offered = page.locator("datalist option").evaluate_all("(options) => options.map((option) => option.value)")
    assert 1 < len(offered) <= 8 and all("goat" in name.lower() for name in offered)


def test_what_was_asked_lately_is_kept_here_and_can_be_cleared(page: "Page") -> None:
    open_check(page)
    assert not page.locator("#asked-lately").is_visible()
    for phrase in ["brie", "ham", "brie", *(f"{number} eggs" for number in range(8))]:
        page.goto(f"/foods?q={phrase}")
        ready(page)
    page.goto("/")
    ready(page)
    links = page.locator("#asked-lately a")
    assert links.all_inner_texts() == [f"{number} eggs" for number in reversed(range(8))]
    page.get_by_role("button", name="Clear this list").click()
    assert not page.locator("#asked-lately").is_visible()
    assert page.evaluate("document.activeElement.id") == "q"


@pytest.fixture
def kept_file(client: FlaskClient, tmp_path: Path) -> str:
    """The checker as one file, as somebody keeps it on a phone."""
    file = tmp_path / "piping-hot-check.html"
    file.write_bytes(client.get("/check.html").data)
    return file.as_uri()


@pytest.fixture
def alone(browser: "Browser") -> "Iterator[Page]":
    """A window that has never had a network."""
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert not said, "\n".join(said)


@pytest.mark.parametrize("phrase", HEADLINES)
def test_the_checker_as_one_file_answers_as_the_server_does(app: Flask, alone: "Page", kept_file: str, phrase: str) -> None:
    alone.goto(kept_file)
    alone.get_by_label("One food").fill(phrase)
    alone.get_by_role("button", name="Check").click()
    page = BeautifulSoup(app.test_client().get("/foods", query_string={"q": phrase}).data, "html.parser")
    assert headline(alone) == " ".join(page.select_one(".app-verdict__headline").get_text().split())


def test_the_file_answers_by_the_sheet_that_is_chosen(alone: "Page", kept_file: str) -> None:
    alone.goto(kept_file)
    alone.get_by_label("One food").fill("stilton")
    alone.get_by_label("My hospital's sheet").select_option("german-ms-page")
    assert headline(alone) == "Do not eat this"
    alone.reload()
    alone.locator("#ask").wait_for()
    assert alone.locator("#sheet").input_value() in ("german-ms-page", ""), "a browser may keep nothing for a file"


def test_the_file_answers_on_the_first_screen_of_a_small_phone_and_asks_for_a_food(alone: "Page", kept_file: str) -> None:
    alone.set_viewport_size({"width": 360, "height": 640})
    alone.goto(kept_file)
    alone.locator("#ask").wait_for()
    alone.get_by_role("button", name="Check").click()
    assert alone.locator("#answer").inner_text() == "Enter the name of a food, like brie."
    alone.get_by_label("One food").fill("brie")
    alone.keyboard.press("Enter")
    box = alone.locator(".app-verdict").bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 640


def test_the_file_stops_saying_fine_when_it_is_old(alone: "Page", kept_file: str) -> None:
    at_a_later_day(alone, 61)
    alone.goto(kept_file)
    alone.get_by_label("One food").fill("cheddar")
    alone.keyboard.press("Enter")
    assert headline(alone).startswith("We do not know this food")


def test_the_file_is_a_list_where_scripts_are_off(browser: "Browser", kept_file: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(kept_file)
    assert not page.get_by_role("button").is_visible()
    assert page.get_by_role("heading", name="Do not eat these").is_visible()
    assert page.get_by_role("listitem").count() == len(TABLE.foods)
    context.close()


def test_axe_finds_nothing_in_the_file_nor_without_a_signal(page: "Page", kept_file: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    open_check(page)
    cut_network(page)
    for address in ("/foods?q=toast+and+brie", kept_file):
        page.goto(address)
        if address == kept_file:
            page.get_by_label("One food").fill("toast and brie")
            page.get_by_role("button", name="Check").click()
        else:
            ready(page)
        violations = Axe().run(page).response["violations"]
        told = [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']][:3]}" for one in violations]
        assert not told, f"{address}:\n" + "\n".join(told)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is wider than the screen"
