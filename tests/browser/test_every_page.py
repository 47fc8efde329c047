"""Can everyone use every page: with a screen reader, in the dark, on the smallest phone, by keyboard alone?"""

import itertools
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WEEK = "2026-11-30?servings=2&minutes=45&seed=1"
PAGES = {
    "/": 200,
    "/foods?q=cheddar": 200,
    "/foods?q=brie": 200,
    "/foods?q=moon+brie": 200,
    "/foods?q=pâté": 200,
    "/foods?q=": 400,
    "/foods/goats-cheese": 200,
    "/recipes": 200,
    "/recipes/fish-pie": 200,
    "/recipes/check": 200,
    "/week": 200,
    f"/week/{WEEK}": 200,
    f"/week/{WEEK.replace('?', '/list?')}": 200,
    "/week/2026-02-30": 404,
    "/dates": 200,
    "/about": 200,
    "/kitchen": 200,
    "/household/begin": 200,
    "/household/sign-in": 200,
    "/household/recover": 200,
    "/no-such-page": 404,
}
RECIPE = """Goat's cheese salad

Ingredients
100 g goat's cheese, crumbled
2 chicken breasts
1 lettuce, washed

Method
Fry the chicken for 12 minutes until no pink is left.
Toss with the lettuce and top with the goat's cheese."""


def hand_in_a_recipe(page: "Page") -> None:
    page.goto("/recipes/check")
    page.get_by_label("Paste the recipe here").fill(RECIPE)
    page.get_by_role("button", name="Check this recipe").click()


def hand_in_nothing(page: "Page") -> None:
    page.goto("/recipes/check")
    page.get_by_role("button", name="Check this recipe").click()


def ask_for_dates(page: "Page") -> None:
    page.goto("/dates")
    page.get_by_label("My hospital").select_option(index=1)
    for group, day in (("First infusion day", "2"), ("Last infusion day", "6")):
        boxes = page.get_by_role("group", name=group)
        boxes.get_by_label("Day").fill(day)
        boxes.get_by_label("Month").fill("11")
        boxes.get_by_label("Year").fill("2026")
    page.get_by_role("button", name="Show my dates").click()


def ask_for_a_day_that_is_none(page: "Page") -> None:
    page.goto("/dates")
    page.get_by_role("group", name="First infusion day").get_by_label("Day").fill("32")
    page.get_by_role("button", name="Show my dates").click()


def begin_a_kitchen(page: "Page") -> None:
    page.goto("/household/begin")
    page.get_by_label("A name for the kitchen").fill("Rosehill kitchen")
    page.get_by_label("Your user name").fill(f"robin {next(NUMBERS)}")
    page.get_by_label("Password").fill("violet harbour stone")
    page.get_by_role("button", name="Begin").click()
    assert page.get_by_role("heading", name="Write these codes down").is_visible()


def open_my_kitchen(page: "Page") -> None:
    begin_a_kitchen(page)
    page.get_by_role("link", name="I have written them down").click()


NUMBERS = itertools.count()
ANSWERS = [hand_in_a_recipe, hand_in_nothing, ask_for_dates, ask_for_a_day_that_is_none, begin_a_kitchen, open_my_kitchen]

WIDTH_ONCE_DRAWN = """() => new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(
    () => tell(document.documentElement.scrollWidth))))"""
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 120))"""

# Gives each control a number in the order of the page, and puts a stop of our own before the first, where the walk
# begins. One radio button stands for its group, because the arrow keys move within it.
NUMBER_CONTROLS = """() => {
    const stop = document.createElement('span');
    stop.tabIndex = 0;
    document.body.prepend(stop);
    const groups = new Set();
    const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(e => e !== stop && !e.disabled && e.type !== 'hidden' && e.checkVisibility({visibilityProperty: true}))
        .filter(e => {
            if (e.type !== 'radio') return true;
            const group = [...document.querySelectorAll(`input[type=radio][name="${e.name}"]`)];
            const stands_for_it = group.find(r => r.checked) || group[0];
            return e === stands_for_it;
        });
    controls.forEach((e, number) => e.dataset.walk = number);
    stop.focus();
    return controls.map(e => e.outerHTML.slice(0, 120));
}"""

FOCUSED = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const ringed = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    return {number: e.dataset.walk === undefined ? -1 : Number(e.dataset.walk),
            seen: ringed && box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0};
}"""


@pytest.fixture(params=[*PAGES, *ANSWERS], ids=lambda param: param if isinstance(param, str) else param.__name__)
def opened(page: "Page", request: pytest.FixtureRequest) -> "Page":
    """Each page: at its address, or as the answer to a form that was filled in."""
    if callable(request.param):
        request.param(page)
    else:
        answer = page.goto(request.param)
        assert answer and answer.status == PAGES[request.param], f"{request.param} did not open as it should"
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: "Page", scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    violations = Axe().run(opened).response["violations"]
    told = [f"{v['id']}: {v['help']}: {[node['html'] for node in v['nodes']]}" for v in violations]
    assert not violations, "\n".join(told)


def test_nothing_is_wider_than_the_smallest_phone(opened: "Page") -> None:
    opened.set_viewport_size({"width": 320, "height": 640})
    width = opened.evaluate(WIDTH_ONCE_DRAWN)
    assert width <= 320, f"the page is {width} px wide at 320 px: {opened.evaluate(TOO_WIDE)}"


def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is(opened: "Page") -> None:
    controls = opened.evaluate(NUMBER_CONTROLS)
    reached: list[int] = []
    # Some controls, such as a browser's own date box, take several presses.
    for _ in range(3 * len(controls) + 3):
        opened.keyboard.press("Tab")
        focused = opened.evaluate(FOCUSED)
        if focused["number"] in reached[:-1] or reached[-1:] == [len(controls) - 1]:
            break
        if focused["number"] >= 0 and reached[-1:] != [focused["number"]]:
            assert focused["seen"], f"focus cannot be seen on {controls[focused['number']]}"
            reached.append(focused["number"])
    missed = [control for number, control in enumerate(controls) if number not in reached]
    assert not missed, f"the Tab key never reaches {missed}"
    assert reached == sorted(reached), "the Tab key does not follow the order of the page"


def test_the_browser_has_nothing_to_complain_about(page: "Page") -> None:
    """A blocked script, a missing file or a mistake in a script would only be seen in the browser's console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for address, status in PAGES.items():
        if status == 200:
            page.goto(address, wait_until="load")
    open_my_kitchen(page)
    page.get_by_role("button", name="Make a link to invite somebody").click()
    page.get_by_role("link", name="Back to the kitchen").click()
    assert not said, "\n".join(said)
