"""Do the week and its list say what to eat and buy, at an address that says nothing about a person?"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from foods.food import SheetSays, Verdict
from foods.sheets import Sheet
from planner.kitchen import kitchen_of
from planner.week import Candidate, Kitchen, Meal, Slot, Week, Wishes
from tests.conftest import GetPage
from tests.house_checks import words

WEEK = "/week/2026-11-30?servings=2&minutes=45&seed=1"
LIST = "/week/2026-11-30/list?servings=2&minutes=45&seed=1"


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [words(tag) for tag in page.select(selector)]


def recipes_in(page: BeautifulSoup) -> list[str]:
    return [link["href"] for link in page.select("a.app-meal__name")]


# ---- Asking for a week ----


def test_the_question_page_offers_today_and_usual_numbers(get_page: GetPage, client: FlaskClient) -> None:
    page = get_page("/week")
    offered = {box["name"]: box["value"] for box in page.select("main input:not([type=checkbox])")}
    asked_first = ["first_day-day", "first_day-month", "first_day-year", "servings", "minutes"]
    assert list(offered) == [*asked_first, "dislikes", "use_up"]
    assert (offered["servings"], offered["minutes"]) == ("2", "45")
    assert re.fullmatch(r"20\d\d", offered["first_day-year"])
    assert texts(page, "main button") == ["Make my week"]
    assert page.form["method"] == "get"


def test_the_answer_leads_to_the_weeks_own_address(client: FlaskClient) -> None:
    response = client.get(
        "/week?first_day-day=30&first_day-month=11&first_day-year=2026&servings=3&minutes=30", follow_redirects=False
    )
    assert response.status_code == 303
    address = urlsplit(response.headers["Location"])
    assert address.path == "/week/2026-11-30"
    assert parse_qs(address.query) == {"servings": ["3"], "minutes": ["30"], "seed": ["1"]}


WRONG = {
    "a day that does not exist": (
        "/week?first_day-day=31&first_day-month=2&first_day-year=2026",
        400,
        "First day of the week must be a real date, like 14 8 2026.",
    ),
    "no day": ("/week?servings=2", 400, "First day of the week must be a date, like 14 8 2026."),
    "half a day": ("/week?first_day-day=3", 400, "First day of the week must have a month and a year too, like 14 8 2026."),
    "a day in an address that does not exist": (
        "/week/2026-02-30",
        404,
        "First day of the week must be a real date, like 14 8 2026.",
    ),
    "a word for a day": ("/week/tomorrow", 404, "First day of the week must have a day and a month too, like 14 8 2026."),
    "a day of the list that does not exist": (
        "/week/2026-13-01/list",
        404,
        "First day of the week must be a real date, like 14 8 2026.",
    ),
    "a day far away": (
        "/week/1800-01-01",
        404,
        "First day of the week must have a year from 2000 to 2099, like 14 8 2026.",
    ),
    "nobody to eat": ("/week/2026-11-30?servings=0", 400, "People eating must be a number from 1 to 12."),
    "a coachload": ("/week/2026-11-30/list?servings=60", 400, "People eating must be a number from 1 to 12."),
    "minutes in words": ("/week/2026-11-30?minutes=few", 400, "Cooking minutes a day must be a whole number, like 45."),
    "a meal that is none": ("/week/2026-11-30?meals=tea", 400, "Meals to plan must be ticked from the list."),
    "a day that is none": ("/week/2026-11-30?away=someday", 400, "Lunch at work must be ticked from the list."),
    "an allergen that we do not know": (
        "/week/2026-11-30?without=milk&without=strawberries",
        400,
        "Leave out must be ticked from the list.",
    ),
    "an allergen that we do not know, on the list": (
        "/week/2026-11-30/list?without=Milk",
        400,
        "Leave out must be ticked from the list.",
    ),
    "a seed of 5,000 figures": (
        f"/week/2026-11-30?seed={'9' * 5000}",
        400,
        "Week number must be a whole number, like 1.",
    ),
}


@pytest.mark.parametrize(("address", "status", "sentence"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_said_with_what_to_do(get_page: GetPage, address: str, status: int, sentence: str) -> None:
    page = get_page(address, status=status)
    assert texts(page, ".app-error-summary__list a") == [sentence]
    assert words(page.title).startswith("Error: Make my week")


def test_what_was_typed_is_not_lost(get_page: GetPage) -> None:
    page = get_page("/week?first_day-day=31&first_day-month=2&first_day-year=2026&servings=4&minutes=soon", status=400)
    assert [box["value"] for box in page.select("main input:not([type=checkbox])")][:5] == ["31", "2", "2026", "4", "soon"]
    for link in page.select(".app-error-summary a"):
        assert page.find(id=link["href"].removeprefix("#")), f"{link['href']} leads nowhere"


def test_a_day_written_another_way_leads_to_its_address(client: FlaskClient) -> None:
    response = client.get("/week/2026-1-5?seed=4")
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/week/2026-01-05?")
    assert "seed=4" in response.headers["Location"]


# ---- The week ----


def test_a_week_has_seven_days_of_breakfast_lunch_and_dinner(get_page: GetPage) -> None:
    page = get_page(WEEK)
    assert words(page.h1) == "Your week from Monday 30 November 2026"
    assert texts(page, ".app-day__name")[::6] == ["Monday 30 November 2026", "Sunday 6 December 2026"]
    assert texts(page, ".app-meal__slot") == ["Breakfast", "Lunch", "Dinner"] * 7


def test_each_meal_has_its_recipe_minutes_effort_and_verdict(get_page: GetPage, app: Flask) -> None:
    page = get_page(WEEK)
    recipes = app.extensions["facts"].library.recipes
    for meal in page.select(".app-meal"):
        link = meal.select_one("a.app-meal__name")
        recipe = recipes[link["href"].removeprefix("/recipes/")]
        assert words(link) == recipe.name
        assert re.search(r"\d+ minutes", words(meal))
        assert meal.select_one(".app-verdict-line--ok, .app-verdict-line--recipe")
        assert bool(meal.select_one(".app-effort")) != ("Leftovers" in words(meal))


def test_leftovers_say_how_to_keep_them(get_page: GetPage) -> None:
    leftovers = [words(meal) for meal in get_page(WEEK).select(".app-meal") if "Leftovers" in words(meal)]
    assert leftovers
    assert all("Chill within 1 hour of cooking." in meal for meal in leftovers)


def test_the_same_address_is_the_same_week_and_the_next_seed_another(get_page: GetPage) -> None:
    page = get_page(WEEK)
    another = next(link["href"] for link in page.select("a.app-button") if words(link) == "Another week")
    assert recipes_in(page) == recipes_in(get_page(WEEK)) != recipes_in(get_page(another))
    assert "seed=2" in another


def test_the_last_seed_is_followed_by_the_first(get_page: GetPage) -> None:
    page = get_page("/week/2026-11-30?seed=999999")
    assert any(
        "seed=1" in link["href"].split("&") or link["href"].endswith("seed=1") for link in page.select("a.app-button")
    )


def test_it_says_what_it_balanced(get_page: GetPage) -> None:
    said = texts(get_page(WEEK), "main section li")
    assert said[0].startswith("Fish: ")
    assert said[-1].startswith("The longest day has ")


def test_no_day_holds_more_minutes_than_asked(get_page: GetPage) -> None:
    for minutes in (20, 45):
        page = get_page(f"/week/2026-11-30?minutes={minutes}")
        for day in page.select(".app-day"):
            meals = " ".join(words(facts) for facts in day.select("a + .app-meal__facts"))
            assert meals
            assert sum(int(number) for number in re.findall(r"(\d+) minutes", meals)) <= minutes


def test_an_empty_slot_says_why_and_is_never_filled(get_page: GetPage) -> None:
    page = get_page("/week/2026-11-30?minutes=5")
    empty = [words(meal) for meal in page.select(".app-meal") if not meal.select("a")]
    assert empty
    assert all("Empty" in meal and "minutes of cooking" in meal or "minutes of this day" in meal for meal in empty)
    assert "Some meals are empty" in words(page)


def test_the_hospital_on_this_device_decides_what_is_planned(
    get_page: GetPage, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    sheets = app.extensions["my_sheets"]
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: asked.append(1) or sheets())
    get_page(WEEK)
    assert asked


def test_nothing_about_a_person_stands_in_an_address(get_page: GetPage) -> None:
    for address in addresses(get_page(WEEK), get_page(LIST)):
        assert set(parse_qs(urlsplit(address).query)) <= {"servings", "minutes", "seed", "paper"}


def addresses(*pages: BeautifulSoup) -> Iterator[str]:
    for page in pages:
        yield from (link["href"] for link in page.select("a[href*='week']"))


# ---- The list ----


def test_the_list_is_one_step_from_the_week(get_page: GetPage) -> None:
    page = get_page(WEEK)
    assert [link["href"] for link in page.select("a.app-button") if words(link) == "Shopping list"] == [LIST]
    assert LIST in [link["href"] for link in page.select(".app-places__link")]


def test_the_list_carries_its_date_and_who_it_is_for(get_page: GetPage) -> None:
    page = get_page(LIST)
    assert words(page.h1) == "Shopping list for Monday 30 November 2026"
    assert "for 2 people" in words(page.main)
    assert "For the seven days to Sunday 6 December 2026" in words(page.main)


def test_the_list_goes_by_aisle_with_frozen_last_and_the_cupboard_apart(get_page: GetPage) -> None:
    aisles = texts(get_page(LIST), ".app-aisle__name")
    assert aisles[0] == "Fruit and vegetables (whole, not cut)"
    assert aisles[-2:] == ["Frozen", "In the cupboard already?"]


def test_every_line_has_a_square_to_tick_and_words(get_page: GetPage) -> None:
    lines = get_page(LIST).select(".app-line")
    assert len(lines) > 20
    for line in lines:
        assert line.select_one("input[type=checkbox]")
        assert words(line.select_one(".app-line__food"))


def test_milk_says_what_its_label_must_say_and_how_long_it_must_last(get_page: GetPage) -> None:
    lines = [line for line in texts(get_page(LIST), ".app-line") if re.search(r"\bmilk\b", line) and "coconut" not in line]
    assert lines
    for milk in lines:
        assert 'The label must say "pasteurised"' in milk
        assert re.search(r"Use-by: \w+ \d+ \w+ 2026 or later", milk)


def test_no_line_is_water_from_the_tap(get_page: GetPage) -> None:
    assert not [line for line in texts(get_page(LIST), ".app-line__food") if "water" in line and "spring water" not in line]


def test_the_list_for_more_people_asks_for_more(get_page: GetPage) -> None:
    two, six = (get_page(LIST.replace("servings=2", f"servings={number}")) for number in (2, 6))
    assert texts(two, ".app-line__food") != texts(six, ".app-line__food")
    assert "for 6 people" in words(six.main)


def test_the_list_leads_back_to_its_week_by_its_button_and_by_the_places(get_page: GetPage) -> None:
    for links in ("a.app-button", "a.app-places__link"):
        assert WEEK in [link["href"] for link in get_page(LIST).select(links)]


def test_a_week_without_meals_has_an_empty_list_that_says_so(
    get_page: GetPage, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.one_week_views.kitchen_of", lambda *facts: Kitchen({}))
    assert "there is nothing to buy" in words(get_page(LIST).main)
    assert "We have no dinner that is fine for you." in words(get_page(WEEK).main)


# ---- What the planner knows about a week and its list ----


def test_every_meal_says_on_request_why_it_was_picked(get_page: GetPage) -> None:
    for meal in get_page(WEEK).select(".app-meal"):
        why = meal.select_one("details")
        assert words(why.summary) == f"Why this? Change it {words(meal.select_one('a.app-meal__name'))}"
        assert texts(why, "li")
        if "Leftovers" in words(meal):
            assert re.match(r"It is left over from dinner on \w+day: nothing to cook\.", texts(why, "li")[0])


def test_the_week_says_which_wishes_it_gave_up(get_page: GetPage) -> None:
    assert "Use up some quinoa: we could not keep to that." in texts(
        get_page(f"{WEEK}&use_up=some+quinoa"), "main section li"
    )
    section = "What we could not keep to"
    tight = get_page("/week/2026-11-30?minutes=10&seed=1")
    assert "Vegetables every day: we could not keep to that." in texts(tight, "main section li")
    assert section in texts(tight, "h2")
    assert section not in texts(get_page(WEEK), "h2")


@pytest.fixture
def thawed_salmon(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week whose one meal is salmon on Sunday, too late for salmon that was bought fresh on the Thursday."""
    recipes = app.extensions["facts"].library.recipes
    dinner = next(slug for slug, recipe in recipes.items() if "salmon fillet" in str(recipe))
    salmon = Candidate(dinner, Verdict.COOK, ("dinner",), 10, fresh=frozenset({"salmon"}))
    monkeypatch.setattr("planner.one_week_views.kitchen_of", lambda *facts: Kitchen({dinner: salmon}))
    monkeypatch.setattr("planner.plan.best_week", _thawed_on_sunday)


def _thawed_on_sunday(kitchen: Kitchen, wishes: Wishes) -> Week:
    (recipe,) = kitchen.candidates
    sunday = Slot(wishes.days[-1], "dinner")
    return Week(wishes.days, (Meal(sunday, recipe, Verdict.COOK, 10, thaw=True),))


@pytest.mark.usefixtures("thawed_salmon")
def test_what_is_frozen_is_said_on_the_list_and_the_evening_before(get_page: GetPage) -> None:
    week = get_page(WEEK)
    name = words(week.select_one("a.app-meal__name"))
    saturday = week.select(".app-day")[5]
    put = "Put the salmon from the freezer into the fridge on Saturday evening. Thaw it there, never outside."
    assert texts(saturday, ".app-day__evening") == [f"This evening: {put} It is for: {name}."]
    (salmon,) = [line for line in texts(get_page(LIST), ".app-line") if "salmon fillet" in line]
    assert "Buy it on Thursday 3 December 2026" in salmon
    assert "Use-by: Thursday 3 December 2026 or later" in salmon
    assert "Freeze it on the day you buy it" in salmon
    assert "If the shop has none: trout" in salmon


def test_both_pages_name_the_days_that_meat_and_fish_are_bought(get_page: GetPage) -> None:
    said = "Meat and fish are planned for shopping on Monday 30 November 2026 and Thursday 3 December 2026."
    for address in (WEEK, LIST):
        assert said in texts(get_page(address), "main > p")


def test_the_list_says_the_pack_and_to_buy_whole(get_page: GetPage) -> None:
    lines = texts(get_page(LIST), ".app-line__label")
    assert [line for line in lines if "bananas" in line] == ["2 bananas Buy it whole, not cut"]
    (peas,) = [line.replace("\u00a0", " ") for line in lines if "frozen peas" in line]
    said = "frozen peas Buy 1 bag of 900 g If the shop has none: sweetcorn or frozen green beans"
    assert re.fullmatch(rf"\d+ g {said}", peas)
    assert not any("whole, not cut" in line for line in lines if "bottled" in line)


def test_the_list_says_how_old_its_facts_are_and_three_rules_for_the_shop(get_page: GetPage, app: Flask) -> None:
    page, checked_on = get_page(LIST), app.extensions["facts"].table.checked_on
    assert f"Facts checked on {checked_on.day} {checked_on:%B %Y}." in words(page.main)
    assert len(texts(page, ".app-shop-rules li")) == 3


def test_what_the_sheet_forbids_is_off_the_list_with_its_reason(
    get_page: GetPage, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where a week holds a meal that the sheet forbids: the list goes by the sheet itself."""
    facts = app.extensions["facts"]
    source = next(iter(facts.table.sources.values()))
    no_peas = SheetSays("test", "frozen-peas", Verdict.AVOID, "This sheet says no peas.", "", source, date(2026, 11, 21))
    sheet = Sheet("test", {"frozen-peas": no_peas}, {}, {})
    kitchen = kitchen_of(facts.table, facts.library.recipes.values(), ())
    monkeypatch.setattr("planner.one_week_views.kitchen_of", lambda *facts: kitchen)
    assert any("frozen peas" in line for line in texts(get_page(LIST), ".app-line"))
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: (sheet,))
    page = get_page(LIST)
    assert not any("frozen peas" in line for line in texts(page, ".app-line"))
    assert "This sheet says no peas." in words(page.select_one(".app-notice"))


# ---- Asking for more ----

MORE = "servings=2&minutes=45&seed=1&meals=lunch&meals=dinner&away=tuesday&without=milk&without=gluten"


def test_what_is_ticked_goes_into_the_address_and_comes_back(get_page: GetPage, client: FlaskClient) -> None:
    typed = f"first_day-month=11&first_day-year=2026&{MORE}"
    response = client.get(f"/week?first_day-day=30&{typed}")
    assert parse_qs(urlsplit(response.headers["Location"]).query) == parse_qs(MORE)
    wrong = get_page(f"/week?first_day-day=31&{typed}", status=400)
    assert wrong.select_one("main details")["open"] == ""
    assert get_page("/week").select_one("main details").get("open") is None
    assert [box["value"] for box in wrong.select("main input[checked]")] == ["lunch", "dinner", "tuesday", "gluten", "milk"]


def test_a_day_written_another_way_keeps_every_tick(client: FlaskClient) -> None:
    response = client.get(f"/week/2026-11-3?{MORE}")
    assert parse_qs(urlsplit(response.headers["Location"]).query) == parse_qs(MORE)


def test_only_the_meals_asked_for_are_planned_and_nothing_has_what_is_left_out(get_page: GetPage, app: Flask) -> None:
    page = get_page(f"/week/2026-11-30?{MORE}")
    assert {*texts(page, ".app-meal__slot")} == {"Lunch", "Dinner"}
    facts = app.extensions["facts"]
    cooked = [facts.library.recipes[address.removeprefix("/recipes/")] for address in recipes_in(page)]
    candidates = kitchen_of(facts.table, cooked, ()).candidates
    assert candidates
    assert not [one.recipe for one in candidates.values() if one.allergens is None or one.allergens & {"milk", "gluten"}]
    assert "We left out every recipe with milk and gluten." in words(page.main)
    for link in page.select("a.app-button")[:2]:
        assert "without=milk&without=gluten" in link["href"]


def test_a_lunch_at_work_can_travel(get_page: GetPage) -> None:
    page = get_page("/week/2026-11-30?away=tuesday&away=friday")
    for day in (page.select(".app-day")[number] for number in (1, 4)):
        lunch = day.select(".app-meal")[1]
        assert re.search("keeps in a bag|stays hot in a flask|travels in a cold bag|heat it there", words(lunch.details))


def test_the_list_offers_nothing_instead_where_something_is_left_out(get_page: GetPage) -> None:
    assert "If the shop has none" in words(get_page(LIST).main)
    page = get_page(f"/week/2026-11-30/list?{MORE}")
    assert "If the shop has none" not in words(page.main)
    assert "food without gluten and milk. Read each label for them." in words(page.main)
