"""Can a week be changed with buttons, without an account, at an address that says nothing about a person?"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from foods.food import Verdict
from planner.week import Candidate, Kitchen
from tests.conftest import GetPage
from tests.house_checks import words

WEEK = "/week/2026-11-30?servings=2&minutes=45&seed=1"


@pytest.fixture(autouse=True)
def _some_days_before() -> Iterator[None]:
    with time_machine.travel("2026-11-25 12:00", tick=False):
        yield


def meals(page: BeautifulSoup) -> dict[str, str]:
    """slot -> the recipe that stands there."""
    return {
        slot["data-slot"]: link["href"].removeprefix("/recipes/")
        for slot in page.select(".app-meal")
        for link in slot.select("a.app-meal__name")
    }


def button(page: BeautifulSoup, slot: str, text: str) -> str:
    """What a button of one meal sends."""
    (found,) = [one for one in page.select(f"[data-slot='{slot}'] button") if words(one) == text]
    return str(found["value"])


def press(client: FlaskClient, page: BeautifulSoup, value: str, status: int = 303, **more: str) -> str:
    """Press a button that changes the week; the address it leads to."""
    response = client.post(page.select_one("#change")["action"], data={"do": value, **more})
    assert response.status_code == status, response.get_data(as_text=True)[:3000]
    return str(response.headers.get("Location", ""))


def a_dinner(page: BeautifulSoup) -> str:
    """A dinner that nobody eats the rest of."""
    found = meals(page)
    return next(slot for slot in found if slot.endswith("d") and list(found.values()).count(found[slot]) == 1)


def test_another_meal_is_one_press_and_moves_no_other(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    slot, before = a_dinner(page), meals(page)
    address = press(client, page, button(page, slot, "Another meal"))
    assert address.endswith(f"#day-{slot[0]}")
    after = get_page(address)
    changed = {one for one in before if before[one] != meals(after).get(one)}
    assert changed == {slot}
    assert [words(tag) for tag in after.select(".app-tag--new")] == ["New"]


def test_the_address_of_a_changed_week_says_meals_and_no_more(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    query = parse_qs(urlsplit(press(client, page, button(page, a_dinner(page), "Another meal"))).query)
    assert set(query) == {"servings", "minutes", "seed", "meal", "no", "facts", "new"}


def test_a_meal_that_is_kept_stays_when_the_day_gets_tired(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    slot = next(one for one in meals(page) if one.endswith("b"))
    locked = get_page(press(client, page, button(page, slot, "Keep it here")))
    assert "Stays here" in words(locked.select_one(f"[data-slot='{slot}']"))
    tired = get_page(press(client, locked, f"tired {slot[0]}"))
    assert meals(tired)[slot] == meals(page)[slot]
    assert "Tired: little cooking" in words(tired.select_one(f"#day-{slot[0]}"))
    assert "Not so tired" in words(tired.select_one(f"#day-{slot[0]}"))


SKIPS = {
    "We eat out": "You eat out.",
    "Something else": "You have something else.",
    "No meal needed": "You need no meal here.",
}


@pytest.mark.parametrize(("text", "said"), SKIPS.items(), ids=SKIPS)
def test_a_meal_that_is_not_needed_leaves_its_slot_empty(
    client: FlaskClient, get_page: GetPage, text: str, said: str
) -> None:
    page = get_page(WEEK)
    slot = a_dinner(page)
    after = get_page(press(client, page, button(page, slot, text)))
    assert slot not in meals(after)
    assert said in words(after.select_one(f"[data-slot='{slot}']"))
    assert "Nothing we have fits them" not in words(after.main)
    again = get_page(press(client, after, button(after, slot, "Plan a meal here")))
    assert slot in meals(again)


def test_two_breakfasts_change_places(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    before = meals(page)
    after = meals(get_page(press(client, page, button(page, "1b", "Change places"), **{"to-1b": "7b"})))
    assert (after["1b"], after["7b"]) == (before["7b"], before["1b"])


REFUSED = {
    "no meal chosen": ("move 1b {1b}", {}, "Choose the meal that it should change places with."),
    "a dinner for breakfast": ("move 1b {1b}", {"to-1b": "3d"}, "That cannot be: a meal would not fit"),
    "what somebody changed meanwhile": ("swap 1b another-meal", {}, "Somebody changed this week while you did."),
    "a button that is none": ("explode 1b {1b}", {}, "That button is not known here."),
    "a slot that is none": ("swap 9z {1b}", {}, "That button is not known here."),
    "no button": ("", {}, "That button is not known here."),
}


@pytest.mark.parametrize(("value", "more", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    client: FlaskClient, get_page: GetPage, value: str, more: dict[str, str], said: str
) -> None:
    page = get_page(WEEK)
    before = meals(page)
    after = get_page(page.select_one("#change")["action"], 409, "post", {"do": value.replace("{1b}", before["1b"]), **more})
    assert said in words(after.select_one(".app-notice"))
    assert meals(after) == before


def test_an_address_that_was_cut_short_leads_to_the_questions(get_page: GetPage) -> None:
    page = get_page(f"{WEEK}&meal=1d:", status=400)
    assert "The address of that week is not whole" in words(page.main)


def test_what_was_asked_can_be_changed_and_few_meals_move(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    (asks,) = [link["href"] for link in page.select("a.app-button") if words(link) == "Change what I asked"]
    form = get_page(asks)
    assert form.select_one("#first_day-day")["value"] == "30"
    sent = {
        "first_day-day": "30",
        "first_day-month": "11",
        "first_day-year": "2026",
        "servings": "4",
        "minutes": "45",
        "seed": "1",
    }
    response = client.post(form.form["action"], data={**sent, "wednesday": "out"})
    assert response.status_code == 303
    after = get_page(response.headers["Location"])
    assert "for 4 people" in words(after.main)
    assert "Out all day" in words(after.select_one("#day-3"))
    assert words(after.select_one("[data-slot='3l']")).count("Packed:") == 1
    before = meals(page)
    assert {slot[0] for slot in before if before[slot] != meals(after).get(slot)} <= {"3", "4"}


def test_wrong_answers_are_said_and_the_week_is_not_lost(get_page: GetPage) -> None:
    page = get_page(WEEK)
    (asks,) = [link["href"] for link in page.select("a.app-button") if words(link) == "Change what I asked"]
    form = get_page(asks)
    sent = {"first_day-day": "30", "first_day-month": "11", "first_day-year": "2026", "servings": "40", "minutes": "45"}
    again = get_page(form.form["action"], 400, "post", sent)
    assert words(again.select_one(".app-error-summary__list a")) == "People eating must be a number from 1 to 12."
    assert again.form["action"] == form.form["action"]


def test_of_days_that_are_over_only_what_was_eaten_can_be_put_right(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    address = press(client, page, button(page, a_dinner(page), "Another meal"))
    with time_machine.travel("2026-12-02 12:00", tick=False):
        later = get_page(address)
        offered = {words(one) for one in later.select("#day-1 button")}
        assert offered == {"We ate out", "Something else", "No meal"}, "what was eaten can be put right, and nothing else"
        assert "Another meal" in words(later.select_one("#day-3")) and "Too tired to cook" in words(
            later.select_one("#day-7")
        )
        assert len(meals(later)) == 21


def test_the_questions_hold_energy_shop_days_and_diet(client: FlaskClient) -> None:
    sent = "first_day-day=30&first_day-month=11&first_day-year=2026&servings=2&minutes=45&monday=low&shop=friday&diet=vegan"
    response = client.get(f"/week?{sent}&dislikes=mushrooms&use_up=carrots")
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    said = {"monday": ["low"], "shop": ["friday"], "diet": ["vegan"], "dislikes": ["mushrooms"], "use_up": ["carrots"]}
    assert query == {"servings": ["2"], "minutes": ["45"], "seed": ["1"], **said}


def test_a_low_day_holds_little_cooking_and_a_vegan_week_no_meat(get_page: GetPage, app: object) -> None:
    page = get_page("/week/2026-11-30?monday=low&diet=vegan")
    facts = app.extensions["facts"]  # type: ignore[attr-defined]
    found = meals(page)
    assert len(found) > 15
    assert all("vegan" in facts.library.recipes[recipe].diets for recipe in found.values())
    assert "15 minutes at most" in words(page.select_one("#day-1"))


def test_the_meals_can_be_put_into_a_calendar(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    (link,) = [one["href"] for one in page.select("a.app-button") if words(one) == "Put the meals in my calendar"]
    response = client.get(link)
    assert response.mimetype == "text/calendar"
    first = words(page.select_one("a.app-meal__name"))
    assert f"SUMMARY:Breakfast: {first}" in response.get_data(as_text=True).replace("\r\n ", "")


def test_a_meal_that_freezes_can_be_cooked_double(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page(WEEK)
    slot = next(one["data-slot"] for one in page.select(".app-meal") if "Cook double, freeze half" in words(one))
    doubled = get_page(press(client, page, button(page, slot, "Cook double, freeze half")))
    assert meals(doubled) == meals(page)
    assert "Cook double Chill half within 1 hour, then freeze it." in words(doubled.select_one(f"[data-slot='{slot}']"))
    once = get_page(press(client, doubled, button(doubled, slot, "Cook it once only")))
    assert "Chill half" not in words(once.main)


def test_an_address_that_says_what_cannot_have_been_leads_to_the_questions(get_page: GetPage, app: object) -> None:
    recipes = app.extensions["facts"].library.recipes  # type: ignore[attr-defined]
    keeps = next(slug for slug, one in recipes.items() if "dinner" in one.meals and one.keeps_hours)
    page = get_page(f"{WEEK}&meal=6d:{keeps}&meal=7l:{keeps}:again&meal=7d:{keeps}:again&had=7d", status=400)
    assert "The address of that week is not whole" in words(page.main)


def test_a_meal_that_was_eaten_and_is_no_longer_fine_is_not_said_to_be(
    get_page: GetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse = Candidate("fish-pie", Verdict.AVOID, ("dinner",), 20)
    monkeypatch.setattr("planner.one_week_views.kitchen_of", lambda *facts: Kitchen({"fish-pie": worse}))
    said = words(get_page(f"{WEEK}&meal=1d:fish-pie&had=1d").main)
    assert "1 meal for 2 people." in said and "Every one is fine" not in said
    assert "A meal that counts as eaten is not fine" in said


def test_a_meal_that_is_eaten_out_is_not_called_empty_and_leads_to_what_to_order(get_page: GetPage) -> None:
    days = "".join(f"&skip={number}{meal}:out" for number in range(1, 8) for meal in "bld")
    week = get_page(f"{WEEK}{days}&facts=00000000")
    assert {words(meal) for meal in week.select("p.app-meal__facts")} == {"You eat out. What to order"}
    assert {link["href"] for link in week.select("p.app-meal__facts a")} == {"/eating-out"}
    assert "No meals for 2 people." in words(week.main)


def test_what_is_warmed_again_always_says_steaming_hot(get_page: GetPage, app: Flask) -> None:
    recipes = app.extensions["facts"].library.recipes
    warmed = [
        meal
        for seed in range(1, 8)
        for meal in get_page(f"/week/2026-11-30?seed={seed}").select(".app-meal")
        if "Leftovers" in words(meal) and recipes[meal["data-recipe"]].served_hot
    ]
    assert len(warmed) > 5
    assert all("steaming hot right through" in words(meal.select_one(".app-verdict-line")) for meal in warmed)
