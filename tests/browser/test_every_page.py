"""Can everyone use every page: with a screen reader, in the dark, on the smallest phone, by keyboard alone?"""

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.browser.lists import open_list, ready, share_list

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
    "/foods/classes": 200,
    "/foods/classes/fish-cold-smoked": 200,
    "/card": 200,
    "/eating-out": 200,
    "/already-eaten?q=sushi": 200,
    "/strict": 200,
    "/recipes": 200,
    "/recipes?meal=lunch&without=milk&uses=carrots": 200,
    "/recipes?meal=breakfast&kind=curry&queasy=y": 200,
    "/recipes/chicken-fajitas?for=6&measures=cups&heat=F": 200,
    "/recipes/fish-pie/cook": 200,
    "/recipes/check": 200,
    "/week": 200,
    f"/week/{WEEK}": 200,
    f"/week/{WEEK.replace('?', '/list?')}": 200,
    "/week/2026-11-30/list/aisles": 200,
    "/week/2026-02-30": 404,
    "/dates": 200,
    "/dates/own-sheet": 200,
    "/dates/calendar": 200,
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
    page.get_by_label("Or paste the recipe here").fill(RECIPE)
    page.get_by_role("button", name="Check this recipe").click()


def hand_in_an_export(page: "Page") -> None:
    pot = {"name": "Pea pot", "ingredients": "150 g frozen peas", "directions": "Boil the peas for 20 minutes."}
    salad = {"name": "Brie salad", "ingredients": "100 g brie", "directions": "Top with the brie."}
    export = json.dumps([pot, salad, {"name": "Nothing", "ingredients": "", "directions": ""}])
    page.goto("/recipes/check")
    page.get_by_label("Or choose a file").set_input_files(
        {"name": "recipes.json", "mimeType": "application/json", "buffer": export.encode()}
    )
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("heading", name="Your recipes").wait_for()


def hand_in_nothing(page: "Page") -> None:
    page.goto("/recipes/check")
    page.get_by_role("button", name="Check this recipe").click()


def fill_in(page: "Page", group: str, day: str, month: str, year: str) -> None:
    boxes = page.get_by_role("group", name=group, exact=True)
    boxes.get_by_label("Day", exact=True).fill(day)
    boxes.get_by_label("Month").fill(month)
    boxes.get_by_label("Year").fill(year)


def ask_for_dates(page: "Page") -> None:
    page.goto("/dates")
    page.get_by_label("My hospital", exact=True).select_option("german-ms-page")
    fill_in(page, "First infusion day", "2", "11", "2026")
    page.get_by_role("button", name="Show my dates").click()
    page.get_by_text("Am I on the diet on").wait_for()


def ask_for_everything_about_dates(page: "Page") -> None:
    """Two courses too close, one sheet beside another, a move, the team's word, and everything that folds away opened."""
    ask_for_dates(page)
    page.get_by_role("button", name="Add another course").click()
    fill_in(page, "Course 2: first infusion day", "3", "5", "2027")
    page.get_by_text("I was given a second sheet").click()
    page.get_by_label("A second sheet that you were given").select_option("london-patient-2019")
    page.get_by_label("Which course moves").select_option("1")
    fill_in(page, "New first day", "10", "5", "2027")
    page.get_by_role("button", name="Show what changes").click()
    page.get_by_text("My team said I can stop").click()
    page.get_by_label("Who said so").fill("my MS nurse")
    fill_in(page, "Day they said so", "10", "11", "2026")
    page.get_by_role("button", name="Record that my team said stop").click()
    page.get_by_text("This is recorded in the dates above.").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def ask_for_a_day_that_is_none(page: "Page") -> None:
    page.goto("/dates")
    page.get_by_role("group", name="First infusion day").get_by_label("Day", exact=True).fill("32")
    page.get_by_role("button", name="Show my dates").click()


def read_a_label(page: "Page") -> None:
    page.goto("/label")
    page.get_by_label("The words on the label").fill("Fromage au lait cru. Keep refrigerated.")
    page.get_by_role("button", name="Read this label").click()


def keep_a_question(page: "Page") -> None:
    page.goto("/foods?q=blorp")
    page.get_by_role("button", name="Add to my questions").click()


def send_a_name_that_is_none(page: "Page") -> None:
    page.goto("/foods?q=12345678")
    page.get_by_role("button", name="Send this name").click()


def ask_for_the_strictest(page: "Page") -> None:
    page.goto("/strict")
    page.get_by_role("button", name="Turn it on").click()
    page.goto("/foods?q=brie")


def ask_about_a_sheet(page: "Page") -> None:
    page.goto("/dates/own-sheet")
    page.get_by_role("button", name="Start with the first question").click()
    page.get_by_role("button", name="Next").click()


def enter_a_sheet(page: "Page") -> None:
    page.goto("/dates/own-sheet")
    page.get_by_role("button", name="All questions on one page").click()
    page.get_by_label("Whose sheet is it?").fill("Harbour Hospital")
    page.get_by_role("group", name="Stilton and other hard blue cheese").get_by_label(
        "It says I can eat it as it is"
    ).check()
    page.get_by_label("Other foods that it says are fine").fill("raw milk")
    page.get_by_role("button", name="Show my sheet").click()
    page.get_by_label("Can I eat …?").fill("stilton")
    page.get_by_role("button", name="Check", exact=True).click()


def make_a_calendar(page: "Page") -> None:
    page.goto("/dates/calendar")
    page.get_by_label("My hospital").select_option("german-ms-page")
    page.get_by_label("Infusion days of course 1").fill("2 11 2026")
    page.get_by_role("button", name="Show my calendar").click()


def begin_a_kitchen(page: "Page") -> None:
    page.goto("/household/begin")
    page.get_by_label("A name for the kitchen").fill("Rosehill kitchen")
    page.get_by_label("Your user name").fill(f"robin {next(_kitchens)}")
    page.get_by_label("Password").fill("violet harbour stone")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", level=1).wait_for()


_kitchens = itertools.count()


def keep_my_dates(page: "Page") -> None:
    begin_a_kitchen(page)
    page.goto("/dates")
    page.get_by_label("My hospital", exact=True).select_option("german-ms-page")
    fill_in(page, "First infusion day", "2", "11", "2026")
    page.get_by_label("Yes, keep my hospital").check()
    page.get_by_role("button", name="Keep these dates").click()
    page.get_by_role("heading", name="My calendar, kept up to date").wait_for()


def keep_a_recipe_of_mine(page: "Page") -> None:
    begin_a_kitchen(page)
    hand_in_a_recipe(page)
    page.get_by_role("button", name="Save it to my recipes").click()
    page.get_by_role("button", name="Take it off my recipes").wait_for()


def say_who_eats(page: "Page") -> None:
    begin_a_kitchen(page)
    page.goto("/household/eaters")
    page.get_by_label("Person 1: name").fill("Kim")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("There is something to mend").wait_for()


def use_my_list(page: "Page", app: Flask) -> None:
    """A household's list with every sort of line by hand, an answer beside a line, and no signal."""
    open_list(page, app)
    page.locator("[data-line]").first.check()
    for food in ("plums", "brie", "pâté", "frumious bandersnatch"):
        page.get_by_label("Add a line").fill(food)
        page.get_by_role("button", name="Add it to the list").click()
    page.locator(".app-line").nth(1).get_by_text("Not there?").click()
    page.locator(".app-line").nth(1).get_by_label("They only have …").fill("feta")
    page.locator(".app-line").nth(1).get_by_role("button", name="Is it fine?").click()
    page.locator("[data-answer] .app-verdict").wait_for()
    page.locator("[data-added][data-verdict=unknown]").wait_for()
    page.get_by_label("Add a line").press_sequentially("ham")
    page.locator("[data-as-typed] .app-verdict-line").wait_for()
    page.context.set_offline(True)
    page.locator("[data-signal]").wait_for()


def share_my_list(page: "Page", app: Flask) -> None:
    share_list(page, app)


def open_a_shared_list(page: "Page", app: Flask) -> None:
    page.goto(share_list(page, app))
    ready(page)


def ask_at_a_list(page: "Page", app: Flask) -> None:
    """The answer as a page, as it comes where no script runs."""
    open_list(page, app)
    page.evaluate("document.querySelector('[data-ask-form]').submit()")
    page.get_by_role("heading", name="They only have …").wait_for()


WITH_APP = (use_my_list, share_my_list, open_a_shared_list, ask_at_a_list)
"""What needs a household that keeps a week."""


def open_my_kitchen(page: "Page") -> None:
    begin_a_kitchen(page)
    page.get_by_role("link", name="I have written them down").click()


def open_all_of_my_kitchen(page: "Page") -> None:
    open_my_kitchen(page)
    for folded in ("Change my password", "Make new recovery codes", "Erase this kitchen"):
        page.locator("summary", has_text=folded).click()


def go_on_with_an_older_sheet(page: "Page") -> None:
    page.goto("/dates")
    page.get_by_label("My hospital", exact=True).select_option("german-ms-page")
    fill_in(page, "First infusion day", "2", "11", "2026")
    page.locator("summary", has_text="I began on an older sheet").click()
    page.get_by_label("The sheet that you began on").select_option("eu-label-2017")
    page.get_by_role("button", name="Show my dates").click()
    page.get_by_text("You hold another sheet now.").wait_for()


ANSWERS = [
    *WITH_APP,
    begin_a_kitchen,
    open_my_kitchen,
    open_all_of_my_kitchen,
    go_on_with_an_older_sheet,
    keep_my_dates,
    keep_a_recipe_of_mine,
    say_who_eats,
    hand_in_a_recipe,
    hand_in_an_export,
    hand_in_nothing,
    ask_for_dates,
    ask_for_everything_about_dates,
    ask_for_a_day_that_is_none,
    ask_about_a_sheet,
    enter_a_sheet,
    make_a_calendar,
    read_a_label,
    keep_a_question,
    send_a_name_that_is_none,
    ask_for_the_strictest,
]

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


ALWAYS = ["/", "/foods?q=brie", "/recipes", f"/week/{WEEK}", "/dates", hand_in_a_recipe, ask_for_dates]
"""What every run of the tests opens. A browser takes a second for each look, so the rest waits for the longer run."""
LOOKED_AT = [
    pytest.param(one, id=one if isinstance(one, str) else one.__name__, marks=[] if one in ALWAYS else pytest.mark.long)
    for one in (*PAGES, *ANSWERS)
]


@pytest.fixture(params=LOOKED_AT)
def opened(page: "Page", request: pytest.FixtureRequest) -> "Page":
    """Each page: at its address, or as the answer to a form that was filled in."""
    if callable(request.param):
        request.param(page, *([request.getfixturevalue("app")] if request.param in WITH_APP else []))
        # A click comes back before the page that it asks for does.
        page.wait_for_load_state("networkidle")
    else:
        answer = page.goto(request.param)
        assert answer and answer.status == PAGES[request.param], f"{request.param} did not open as it should"
    return page


# In the dark only the colours differ, so that can wait for the longer run.
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
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
