"""Do two phones with a list end the same, with the network cut and restored, and does the list work with no signal?"""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from planner.ticks import Ticks, is_ticked
from tests.browser.lists import LIST, kept_on_phone, open_list, ready, share_list
from tests.browser.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

CLICKS, AT_ONCE, LINES = 1_000, 10, 20
Click = tuple[str, dict[str, list[int]], dict[str, list[int]]]
"""A click on a box: which line, and its flag on that device before and after."""

RECORD = 'JSON.parse(localStorage.getItem("list " + document.getElementById("list").dataset.name))'
CLICK = f"""(places) => places.map((place) => {{
    const box = document.querySelectorAll("[data-line]")[place];
    const before = {RECORD}.state.ticks[box.value] || {{}};
    box.click();
    return [box.value, before, {RECORD}.state.ticks[box.value]];
}})"""
ALL_SENT = f"""(() => {{
    const {{state, sent}} = {RECORD};
    const flags = ({{ticks}}) => Object.keys(ticks).sort().map((line) => [line, Object.entries(ticks[line]).sort()]);
    return JSON.stringify(flags(state)) === JSON.stringify(flags(sent)) && document.querySelector("[data-signal]").hidden;
}})()"""


@pytest.fixture
def carer(browser: "Browser", address: str) -> "Iterator[Page]":
    """Another phone, on which nobody is signed in."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def model(clicks: list[Click]) -> set[str]:
    """The lines that are ticked: those with a tick that nobody who had seen it took back. It knows no merging."""
    ticks: set[tuple[str, str, int]] = set()
    taken_back: set[tuple[str, str, int]] = set()
    for line, before, after in clicks:
        seen = {(line, device, number + 1) for device, (count, _) in before.items() for number in range(count)}
        if any(count > back for count, back in before.values()):
            taken_back |= seen
        else:
            ticks |= {(line, device, count) for device, (count, _) in after.items() if count > before.get(device, [0, 0])[0]}
    return {line for line, _, _ in ticks - taken_back}


def record(page: "Page") -> Ticks:
    return Ticks.of(page.evaluate(f"() => {RECORD}.state"))


def settle(*pages: "Page") -> None:
    """Bring the network back and let every phone tell and hear all."""
    for page in pages:
        page.context.set_offline(False)
    for _ in range(2):
        for page in pages:
            page.evaluate("() => dispatchEvent(new Event('focus'))")
            page.wait_for_timeout(700)
            until(page, ALL_SENT)


def ticked(page: "Page") -> set[str]:
    boxes: list[str] = page.evaluate("() => [...document.querySelectorAll('[data-line]:checked')].map((box) => box.value)")
    return {*boxes}


def test_a_thousand_ticks_on_two_phones_with_a_network_that_comes_and_goes(page: "Page", carer: "Page", app: Flask) -> None:
    link = share_list(page, app)
    page.goto(LIST)
    carer.goto(link)
    dice, clicks, phones = random.Random(20261125), list[Click](), (page, carer)
    for one in phones:
        ready(one)
    cut = {page: False, carer: False}
    met_while_apart = 0
    for _ in range(CLICKS // AT_ONCE):
        one = dice.choice(phones)
        if dice.random() < 0.3:
            cut[one] = not cut[one]
            one.context.set_offline(cut[one])
        clicks += one.evaluate(CLICK, [dice.randrange(LINES) for _ in range(AT_ONCE)])
        met_while_apart += any(cut.values())
        one.wait_for_timeout(dice.choice((0, 0, 50, 300, 700)))
    assert len(clicks) == CLICKS and 20 < met_while_apart < CLICKS // AT_ONCE - 10, "the network was hardly cut, or always"
    settle(page, carer)
    ends = [record(one).as_said()["ticks"] for one in phones]
    assert ends[0] == ends[1]
    expected = model(clicks)
    assert 0 < len(expected) < LINES, "all or nothing ticked says little"
    for one in phones:
        assert record(one).ticked == expected == ticked(one)
    assert all(is_ticked(flag) == (line in expected) for line, flag in record(page).lines.items())
    devices = {device for flag in ends[0].values() for device in flag}
    assert len(devices) == 2, "each phone ticked under a name of its own"


def test_the_model_itself_tells_a_tick_that_was_seen_from_one_that_was_not() -> None:
    seen: list[Click] = [("milk", {}, {"a": [1, 0]}), ("milk", {"a": [1, 0]}, {"a": [1, 1]})]
    unseen: list[Click] = [("milk", {}, {"a": [1, 0]}), ("milk", {}, {"b": [1, 0]}), ("milk", {"b": [1, 0]}, {"b": [1, 1]})]
    assert model(seen) == set() and model(unseen) == {"milk"}


# ---- No signal ----


def signal(page: "Page") -> str:
    return page.locator("[data-signal]").inner_text() if page.locator("[data-signal]").is_visible() else ""


def test_a_list_that_was_opened_once_works_with_no_signal_and_tells_later(page: "Page", app: Flask) -> None:
    open_list(page, app)
    kept_on_phone(page)
    page.context.set_offline(True)
    page.reload()
    ready(page)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Shopping list for Monday")
    box = page.locator("[data-line]").nth(3)
    box.check()
    assert signal(page) == "No signal. Your ticks are kept on this phone and sent later. 1 change waits to be sent."
    page.reload()
    ready(page)
    assert box.is_checked(), "the tick was lost with the page"
    page.context.set_offline(False)
    until(page, ALL_SENT)
    page.reload()
    ready(page)
    assert box.is_checked() and not signal(page)


def test_a_strangers_ticks_stay_on_the_device_with_and_without_a_signal(page: "Page") -> None:
    page.goto(f"{LIST}?seed=1")
    ready(page)
    page.locator("[data-line]").nth(2).check()
    add(page, "plums")
    kept_on_phone(page)
    page.context.set_offline(True)
    page.goto(f"{LIST}?seed=1")
    ready(page)
    assert page.locator("[data-line]").nth(2).is_checked() and "plums" in page.locator("[data-added]").inner_text()
    assert signal(page) == "No signal. Your ticks are kept on this phone."


def test_signing_out_forgets_the_list_that_was_kept(page: "Page", app: Flask) -> None:
    open_list(page, app)
    until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    page.goto("/household")
    page.get_by_role("button", name="Sign out on this device").click()
    page.get_by_label("Can I eat …?").wait_for()
    until(page, "caches.open('piping-hot-lists').then((kept) => kept.keys()).then((found) => !found.length)")
    until(page, "caches.match('/').then((found) => found && true)")
    page.context.set_offline(True)
    page.goto(LIST)
    ready(page)
    assert "Shopping list" not in page.get_by_role("main").inner_text()
    assert "No signal, so that page cannot be shown." in page.locator("#no-signal").inner_text()


def test_another_household_on_the_same_phone_finds_nothing_of_the_first_one(page: "Page", app: Flask) -> None:
    open_list(page, app)
    page.locator("[data-line]").nth(3).check()
    add(page, "plums")
    until(page, ALL_SENT)
    page.context.clear_cookies()
    open_list(page, app)
    assert not ticked(page) and not page.locator("[data-added]").count()
    mine = "Object.keys(localStorage).filter((key) => key.startsWith('list '))"
    assert page.evaluate(f"() => {mine}.length") == 1
    assert "plums" not in page.evaluate(f"() => {mine}.map((key) => localStorage.getItem(key)).join()")


def test_a_link_that_was_withdrawn_leaves_nothing_on_the_phone(page: "Page", carer: "Page", app: Flask) -> None:
    carer.goto(share_list(page, app))
    ready(carer)
    page.goto(LIST)
    page.get_by_role("button", name="Withdraw the link").click()
    page.get_by_role("button", name="Make a link to this list").wait_for()
    carer.locator("[data-line]").first.check()
    carer.get_by_text("This link opens nothing any more.").wait_for()
    until(carer, "caches.open('piping-hot-lists').then((kept) => kept.keys()).then((found) => !found.length)")


def test_boxes_that_are_ticked_before_the_script_is_there_stay_ticked(
    browser: "Browser", page: "Page", app: Flask, address: str
) -> None:
    open_list(page, app)
    state: Any = page.context.storage_state()
    # Without a worker, which would fetch the script past the test.
    context = browser.new_context(base_url=address, storage_state=state, service_workers="block")
    slow, held = context.new_page(), list[Any]()
    slow.route("**/static/list.js", lambda route: held.append(route))
    slow.goto(LIST, wait_until="commit")
    for number in (1, 4):
        slow.locator("[data-line]").nth(number).check()
    assert len(held) == 1, "the script was not held back"
    held[0].continue_()
    slow.locator("[data-no-script]").wait_for(state="hidden")
    until(slow, ALL_SENT)
    assert len(ticked(slow)) == 2 == len(record(slow).ticked)
    context.close()


# ---- Lines by hand, and the question back ----


def add(page: "Page", food: str) -> "Locator":
    """Add a line by hand: the line, once it is checked."""
    page.get_by_label("Add a line").fill(food)
    page.get_by_role("button", name="Add it to the list").first.click()
    line = page.locator("[data-added][data-verdict]:not([data-verdict=''])").filter(has_text=food)
    line.wait_for()
    return line


def as_typed(page: "Page", food: str) -> str:
    """What is said of a food while it is typed."""
    page.get_by_label("Add a line").fill("")
    page.locator("[data-as-typed]:empty").wait_for(state="attached")
    page.get_by_label("Add a line").press_sequentially(food, delay=10)
    said = page.locator("[data-as-typed] .app-verdict-line")
    said.wait_for()
    return said.inner_text()


def ask_back(page: "Page", food: str) -> "Locator":
    """Ask at the second line what the shop has instead: the answer."""
    line = page.locator(".app-line").nth(1)
    if not line.get_by_label("They only have …").is_visible():
        line.get_by_text("Not there?").click()
    line.get_by_label("They only have …").fill(food)
    line.get_by_role("button", name="Is it fine?").click()
    line.locator("[data-answer] strong").get_by_text(food, exact=True).wait_for()
    return line.locator("[data-answer]")


@pytest.mark.parametrize("is_offline", [False, True], ids=["with a signal", "without"])
def test_a_household_s_lines_are_checked_as_they_are_typed_and_when_they_are_added(
    page: "Page", app: Flask, is_offline: bool
) -> None:
    open_list(page, app)
    page.context.set_offline(is_offline)
    assert "Do not eat this" in as_typed(page, "pâté")
    assert "Only if cooked" in as_typed(page, "brie")
    line = add(page, "brie")
    assert "Only if cooked" in line.inner_text() and line.locator("[data-line]").count() == 1
    assert "Do not buy" in add(page, "frumious bandersnatch").inner_text()
    answered = ask_back(page, "feta")
    assert 'the label says "pasteurised"' in answered.inner_text()
    answered.get_by_role("button", name="Add it to the list").click()
    page.locator("[data-added][data-verdict=ok]").filter(has_text="feta").wait_for()
    page.locator("[data-added]").filter(has_text="bandersnatch").get_by_role("button").click()
    assert page.locator("[data-added]").count() == 2
    page.context.set_offline(False)
    until(page, ALL_SENT)
    page.reload()
    ready(page)
    # What this phone knows and the page did not is asked for again, and stands there as not checked until then.
    until(page, "[...document.querySelectorAll('[data-added]')].every((line) => line.dataset.verdict !== '')")
    assert sorted(page.locator("[data-added] .app-line__food").all_inner_texts()) == ["brie", "feta"]


def test_a_shared_list_answers_alone_by_the_strictest_of_all_and_names_nobody(
    page: "Page", carer: "Page", app: Flask
) -> None:
    carer.goto(share_list(page, app))
    ready(carer)
    assert "Only if cooked" in ask_back(carer, "ham").inner_text(), "by the household's own rules"
    kept_on_phone(carer)
    carer.context.set_offline(True)
    said = ask_back(carer, "prawns").inner_text()
    assert "Do not eat this" in said and "No signal, so the strictest advice we know counts here." in said
    assert "until the team says yes" in ask_back(carer, "frumious").inner_text()
    assert "MS" not in carer.get_by_role("main").inner_text()


def test_without_a_script_the_ticks_are_kept_with_a_button(
    browser: "Browser", page: "Page", app: Flask, address: str
) -> None:
    open_list(page, app)
    state: Any = page.context.storage_state()
    context = browser.new_context(base_url=address, java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(LIST)
    plain.locator("[data-line]").nth(5).check()
    plain.get_by_role("button", name="Keep these ticks").click()
    assert plain.locator("[data-line]").nth(5).is_checked() and plain.locator("[data-line]:checked").count() == 1
    context.close()
