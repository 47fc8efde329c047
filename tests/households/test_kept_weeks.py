"""Does a household keep its weeks, may the right people change them, and is nothing of anybody's lost?"""

from collections.abc import Callable, Iterator
from datetime import date

import icalendar
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from foods.food import SheetSays, Verdict
from foods.sheets import Sheet
from tests.house_checks import words
from tests.households.conftest import PASSWORD

BrowserOf = Callable[..., FlaskClient]
ASKED = {"first_day-day": "30", "first_day-month": "11", "first_day-year": "2026", "servings": "2", "minutes": "45"}
ADDRESS = "/week/2026-11-30"


@pytest.fixture(autouse=True)
def _some_days_before() -> Iterator[None]:
    with time_machine.travel("2026-11-25 12:00"):
        yield


def page_of(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def meals(page: BeautifulSoup) -> dict[str, str]:
    return {
        slot["data-slot"]: link["href"].removeprefix("/recipes/")
        for slot in page.select(".app-meal")
        for link in slot.select("a.app-meal__name")
    }


def make(client: FlaskClient, **more: str) -> None:
    response = client.post("/week", data={**ASKED, **more})
    assert (response.status_code, response.headers["Location"]) == (303, ADDRESS)


def join(patient: FlaskClient, stranger: FlaskClient, role: str, name: str) -> FlaskClient:
    answer = BeautifulSoup(patient.post("/household/invite", data={"role": role}).get_data(as_text=True), "html.parser")
    link = words(answer.select_one(".app-address"))
    path = "/" + link.split("/", 3)[3]
    joined = stranger.post(path, data={"name": name, "password": PASSWORD})
    assert joined.status_code in (200, 303), joined.get_data(as_text=True)[:500]
    return stranger


def test_a_week_that_is_made_is_kept_at_an_address_that_says_nothing(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    page = page_of(robin, ADDRESS)
    assert len(meals(page)) == 21
    assert meals(page_of(robin, ADDRESS)) == meals(page)
    assert [link["href"] for link in page_of(robin, "/week").select(".app-list a")] == [ADDRESS, f"{ADDRESS}/list"]
    assert page.select_one("a.app-button")["href"] == f"{ADDRESS}/list"


def test_a_change_is_kept_and_can_be_taken_back(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    before = meals(page_of(robin, ADDRESS))
    assert robin.post(f"{ADDRESS}/change", data={"do": f"swap 2d {before['2d']}"}).headers["Location"] == f"{ADDRESS}#day-2"
    page = page_of(robin, ADDRESS)
    assert meals(page)["2d"] != before["2d"]
    version = page.select_one("input[name=version]")["value"]
    robin.post(f"{ADDRESS}/undo", data={"version": version})
    assert meals(page_of(robin, ADDRESS)) == before


def test_another_week_leaves_what_is_locked_and_can_be_taken_back(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    before = meals(page_of(robin, ADDRESS))
    robin.post(f"{ADDRESS}/change", data={"do": f"lock 2d {before['2d']}"})
    robin.post(f"{ADDRESS}/change", data={"do": "anew"})
    page = page_of(robin, ADDRESS)
    after = meals(page)
    assert after["2d"] == before["2d"]
    assert sum(before[slot] != after.get(slot) for slot in before) >= 7
    robin.post(f"{ADDRESS}/undo", data={"version": page.select_one("input[name=version]")["value"]})
    assert meals(page_of(robin, ADDRESS)) == before


def test_two_people_who_press_at_once_lose_nothing(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    before = meals(page_of(robin, ADDRESS))
    robin.post(f"{ADDRESS}/change", data={"do": f"swap 2d {before['2d']}"})
    robin.post(f"{ADDRESS}/change", data={"do": f"skip-out 5d {before['5d']}"})
    late = robin.post(f"{ADDRESS}/change", data={"do": f"swap 2d {before['2d']}"})
    assert late.status_code == 409
    assert "Somebody changed this week while you did" in late.get_data(as_text=True)
    after = meals(page_of(robin, ADDRESS))
    assert after["2d"] != before["2d"]
    assert "5d" not in after


def test_a_week_from_the_same_day_is_not_overwritten_unasked(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    first = meals(page_of(robin, ADDRESS))
    again = robin.post("/week", data={**ASKED, "minutes": "20"})
    assert again.status_code == 409
    assert meals(page_of(robin, ADDRESS)) == first
    page = BeautifulSoup(again.get_data(as_text=True), "html.parser")
    assert "You keep a week from that day already" in words(page.main)
    make(robin, minutes="20", version=page.select_one("input[name=version]")["value"])
    assert meals(page_of(robin, ADDRESS)) != first


def test_a_week_of_an_address_can_be_kept_and_asks_before_it_takes_anothers_place(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    page = page_of(robin, f"{ADDRESS}?servings=3&minutes=30&seed=7")
    (keep,) = [form for form in page.select("form") if words(form) == "Keep this week"]
    assert robin.post(keep["action"]).headers["Location"] == ADDRESS
    assert meals(page_of(robin, ADDRESS)) == meals(page)
    other = robin.post(f"{ADDRESS}/keep?seed=8")
    assert other.status_code == 409
    assert meals(page_of(robin, ADDRESS)) == meals(page)


def test_a_carer_changes_weeks_and_a_reader_only_looks(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    kim, lee = join(robin, browser_of(), "carer", "Kim"), join(robin, browser_of(), "reader", "Lee")
    before = meals(page_of(kim, ADDRESS))
    assert kim.post(f"{ADDRESS}/change", data={"do": f"swap 2d {before['2d']}"}).status_code == 303
    now = meals(page_of(lee, ADDRESS))
    assert now["2d"] != before["2d"]
    assert not page_of(lee, ADDRESS).select(".app-change")
    assert lee.post(f"{ADDRESS}/change", data={"do": f"swap 2d {now['2d']}"}).status_code == 403
    assert lee.post("/week", data=ASKED).status_code == 403
    assert lee.post(f"{ADDRESS}/drop").status_code == 403


def test_another_kitchen_sees_nothing_of_it(browser_of: BrowserOf) -> None:
    robin, sam = browser_of("Robin"), browser_of("Sam", "Other kitchen")
    make(robin)
    robin.post(f"{ADDRESS}/change", data={"do": f"skip-out 2d {meals(page_of(robin, ADDRESS))['2d']}"})
    assert "You eat out." not in words(page_of(sam, ADDRESS, 404).main)
    assert not page_of(sam, "/week").select(".app-list a")


def test_a_fact_that_changed_is_said_and_a_meal_that_is_no_longer_fine_goes(
    browser_of: BrowserOf, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    robin = browser_of("Robin")
    make(robin)
    facts = app.extensions["facts"]
    source = next(iter(facts.table.sources.values()))
    assert "A fact has changed" not in words(page_of(robin, ADDRESS).main)
    no_oats = {
        slug: SheetSays("test", slug, Verdict.AVOID, "This sheet says no.", "", source, date(2026, 11, 21))
        for slug in ("cheddar", "rice", "pasta", "lentils", "chickpeas", "potato")
    }
    monkeypatch.setitem(app.extensions, "my_sheets", lambda: (Sheet("test", no_oats, {}, {}),))
    page = page_of(robin, ADDRESS)
    assert "Some meals had to go" in words(page.main)
    assert "It is no longer fine for you by today's facts. Do not cook it." in words(page.select_one(".app-notice"))
    for slot in page.select(".app-meal"):
        if "Empty" in words(slot):
            assert not slot.select("a.app-meal__name")


def test_a_week_that_is_kept_no_longer_is_gone(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    assert robin.post(f"{ADDRESS}/drop").status_code == 303
    for address in (ADDRESS, f"{ADDRESS}/list"):
        # Meals that we would make anew are not those that somebody may hold on paper.
        assert "Your kitchen keeps no week from that day" in words(page_of(robin, address, 404).main)
    assert not page_of(robin, "/week").select(".app-list a")


def test_whoever_signed_out_is_told_to_sign_in_and_sees_no_other_week_in_its_place(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    robin.post("/household/sign-out")
    for address in (ADDRESS, f"{ADDRESS}/list"):
        page = page_of(robin, address, 404)
        assert "No week is kept here for you" in words(page.main) and not page.select(".app-meal, .app-line")
        assert page.select_one(".app-notice a")["href"] == "/household/sign-in"


def test_the_list_of_the_week_that_runs_is_one_press_away(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    assert robin.get("/list").headers["Location"] == "/week"
    make(robin)
    assert robin.get("/list").headers["Location"] == f"{ADDRESS}/list"
    with time_machine.travel("2026-12-06 12:00"):
        assert robin.get("/list").headers["Location"] == f"{ADDRESS}/list"
    with time_machine.travel("2026-12-07 12:00"):
        assert robin.get("/list").headers["Location"] == "/week"


def test_what_a_household_likes_comes_into_its_week(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    page = page_of(robin, ADDRESS)
    assert "You like it." not in words(page.main)
    for recipe in sorted({*meals(page).values()})[:5]:
        robin.post("/recipes/like", data={"about": f"ours:{recipe}"})
    assert words(page_of(robin, ADDRESS).main).count("You like it.") >= 5


# ---- What counts beside what was asked ----


def keep_dates(client: FlaskClient, day: str = "1") -> None:
    """Keep a first infusion on a day of December 2026."""
    page = page_of(client, "/dates")
    version = page.select_one("input[name=version]")["value"]
    first = {f"courses-0-first-{box}": said for box, said in (("day", day), ("month", "12"), ("year", "2026"))}
    sent = {"protocol": "barts-pack", "version": version, "agreed": "y", "do": "show", **first}
    response = client.post("/dates/keep", data=sent)
    assert response.status_code == 303, words(BeautifulSoup(response.get_data(as_text=True), "html.parser").main)[:400]


def test_who_eats_here_and_what_they_avoid_counts(browser_of: BrowserOf, app: Flask) -> None:
    robin = browser_of("Robin")
    sent = {
        "people-0-name": "Robin",
        "people-0-on_diet": "y",
        "people-1-name": "Kim",
        "people-1-avoids": "nuts, tuna, glorp",
        "agreed": "y",
    }
    assert robin.post("/household/eaters", data=sent).status_code == 303
    make(robin)
    page = page_of(robin, ADDRESS)
    recipes = app.extensions["facts"].library.recipes
    for recipe in meals(page).values():
        lines = " ".join(line.text for line in recipes[recipe].ingredients).lower()
        assert "tuna" not in lines and "nuts" not in recipes[recipe].allergens
    assert "Kim: We do not know “glorp”" in words(page.main)
    assert "for 2 people" in words(page.main)


def test_last_weeks_meals_come_back_only_after_others(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    first = {*meals(page_of(robin, ADDRESS)).values()}
    robin.post("/week", data={**ASKED, "first_day-day": "7", "first_day-month": "12"})
    second = {*meals(page_of(robin, "/week/2026-12-07")).values()}
    assert len(first & second) <= 3


def test_what_was_cooked_double_can_be_eaten_from_the_freezer_later(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    page = page_of(robin, ADDRESS)
    slot = next(one for one in page.select(".app-meal") if "Cook double, freeze half" in words(one))
    name, recipe = slot["data-slot"], slot["data-recipe"]
    assert robin.post(f"{ADDRESS}/change", data={"do": f"double {name} {recipe}"}).status_code == 303
    robin.post("/week", data={**ASKED, "first_day-day": "14", "first_day-month": "12"})
    later = page_of(robin, "/week/2026-12-14")
    assert "From the freezer" in words(later.main)
    assert recipe in meals(later).values()


def test_the_meals_can_be_fetched_by_a_calendar_and_say_nothing_of_health(browser_of: BrowserOf) -> None:
    robin, anybody = browser_of("Robin"), browser_of()
    make(robin)
    page = BeautifulSoup(robin.post("/week/feed").get_data(as_text=True), "html.parser")
    path = "/" + words(page.code).split("/", 3)[3]
    answer = anybody.get(path)
    assert answer.mimetype == "text/calendar" and "noindex" in answer.headers["X-Robots-Tag"]
    titles = [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]
    assert len(titles) == 23 and titles.count("Shop for the week") == 2
    robin.post("/week/feed/withdraw")
    assert anybody.get(path).status_code == 404


@pytest.mark.parametrize("has_meals", [True, False], ids=["with meals", "without"])
def test_the_calendar_of_the_dates_holds_the_meals_if_asked(browser_of: BrowserOf, has_meals: bool) -> None:
    robin, anybody = browser_of("Robin"), browser_of()
    make(robin)
    keep_dates(robin)
    sent = {"agreed": "y", **({"meals": "y"} if has_meals else {})}
    page = BeautifulSoup(robin.post("/dates/feed", data=sent).get_data(as_text=True), "html.parser")
    answer = anybody.get("/" + words(page.code).split("/", 3)[3])
    titles = [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]
    assert any(title.startswith("Dinner: ") for title in titles) is has_meals
    assert not any("nfusion" in title for title in titles)


def test_an_infusion_in_the_week_is_marked_for_the_patient_alone(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    kim = join(robin, browser_of(), "carer", "Kim")
    make(robin)
    keep_dates(robin)
    mine, theirs = page_of(robin, ADDRESS), page_of(kim, ADDRESS)
    assert "Infusion day" in words(mine.select_one("#day-2"))
    assert "app-screen-only" in mine.select_one("#day-2 .app-day__treatment")["class"]
    on_paper = page_of(robin, f"{ADDRESS}?marks=on")
    assert "app-screen-only" not in on_paper.select_one("#day-2 .app-day__treatment")["class"]
    for page in (theirs, page_of(kim, f"{ADDRESS}?marks=on")):
        assert not page.select(".app-day__treatment")
        assert "nfusion" not in words(page.main) and "Out all day" not in words(page.main)
    robin.post("/household/share-days", data={"share": "yes"})
    assert "Infusion day" in words(page_of(kim, ADDRESS).select_one("#day-2"))


def test_a_moved_infusion_says_which_meals_no_longer_fit_and_finds_others(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    before = meals(page_of(robin, ADDRESS))
    keep_dates(robin, "4")
    page = page_of(robin, ADDRESS)
    gone = {slot for slot in before if slot not in meals(page)}
    assert gone and {slot[0] for slot in gone} <= {"5", "6"}
    assert "Some meals had to go" in words(page.main)
    assert robin.post(f"{ADDRESS}/change", data={"do": "fill"}).status_code == 303
    after = meals(page_of(robin, ADDRESS))
    assert {slot for slot in before if before[slot] != after.get(slot)} <= {*gone, "5b", "5l", "5d"}
    assert "5l" in after


# ---- What must not go wrong beside each other ----


def infusion_and_lock(robin: FlaskClient) -> dict[str, str]:
    """A kept week with its meals of Friday locked, and an infusion that comes to stand there."""
    make(robin)
    before = meals(page_of(robin, ADDRESS))
    for slot in ("5b", "5l", "5d"):
        robin.post(f"{ADDRESS}/change", data={"do": f"lock {slot} {before[slot]}"})
    keep_dates(robin, "4")
    return before


def test_a_lock_on_a_meal_that_had_to_go_blocks_nothing(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    infusion_and_lock(robin)
    assert robin.post(f"{ADDRESS}/change", data={"do": "fill"}).status_code == 303
    assert "5l" in meals(page_of(robin, ADDRESS))


def test_a_meal_that_had_to_go_can_be_skipped(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    before = infusion_and_lock(robin)
    page = page_of(robin, ADDRESS)
    gone = next(slot for slot in before if slot not in meals(page))
    (value,) = [one["value"] for one in page.select(f"[data-slot='{gone}'] button") if words(one) == "We eat out"]
    assert robin.post(f"{ADDRESS}/change", data={"do": value}).status_code == 303
    assert "You eat out." in words(page_of(robin, ADDRESS).select_one(f"[data-slot='{gone}']"))


def test_a_meal_that_only_fits_no_more_is_not_called_unsafe_on_the_list(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    infusion_and_lock(robin)
    said = words(page_of(robin, f"{ADDRESS}/list").main)
    assert "Some meals no longer fit this week" in said and "no longer fine" not in said


def test_a_carer_who_sees_no_infusion_day_does_not_undo_what_it_needs(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    kim = join(robin, browser_of(), "carer", "Kim")
    keep_dates(robin)
    make(robin)
    assert kim.post(f"{ADDRESS}/change", data={"do": "anew"}).status_code == 303
    assert "Some meals had to go" not in words(page_of(robin, ADDRESS).main)
    assert "Packed: " in words(page_of(robin, ADDRESS).select_one("[data-slot='2l']"))


def test_a_week_that_runs_already_says_that_days_are_over_and_eats_nothing_from_them(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    with time_machine.travel("2026-12-02 12:00"):
        make(robin)
        page = page_of(robin, ADDRESS)
        assert [words(page.select_one(f"#day-{number}")).count("This day is over.") for number in (1, 2, 3)] == [3, 3, 0]
        assert "Leftovers" not in words(page.select_one("#day-3 [data-slot='3l']"))


def test_a_link_to_the_list_of_a_week_that_went_opens_nothing_of_the_next(browser_of: BrowserOf) -> None:
    robin, anybody = browser_of("Robin"), browser_of()
    make(robin)
    page = BeautifulSoup(robin.post(f"{ADDRESS}/list/share").get_data(as_text=True), "html.parser")
    link = "/" + words(page.code).split("/", 3)[3]
    assert anybody.get(link).status_code == 200
    robin.post(f"{ADDRESS}/list", data={"do": "add", "food": "plums"})
    robin.post(f"{ADDRESS}/drop")
    make(robin)
    assert anybody.get(link).status_code == 404
    assert "plums" not in words(page_of(robin, f"{ADDRESS}/list").main)


def test_two_weeks_that_overlap_have_one_entry_for_each_meal(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    robin.post("/week", data={**ASKED, "first_day-day": "4", "first_day-month": "12"})
    page = BeautifulSoup(robin.post("/week/feed").get_data(as_text=True), "html.parser")
    file = robin.get("/" + words(page.code).split("/", 3)[3]).data
    uids = [str(event["uid"]) for event in icalendar.Calendar.from_ical(file).walk("VEVENT")]
    assert len(uids) == len({*uids})
    with time_machine.travel("2026-12-05 12:00"):
        assert robin.get("/list").headers["Location"] == "/week/2026-12-04/list"


def test_another_first_day_makes_another_week_that_is_kept(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    sent = {**ASKED, "first_day-day": "7", "first_day-month": "12", "without": "milk"}
    answer = robin.post(f"{ADDRESS}/ask", data={**sent, "version": "1"})
    assert answer.headers["Location"] == "/week/2026-12-07"
    assert len(meals(page_of(robin, "/week/2026-12-07"))) > 10 and len(meals(page_of(robin, ADDRESS))) == 21
    assert robin.post(f"{ADDRESS}/ask", data=sent).status_code == 409


def test_answers_to_a_week_that_somebody_changed_meanwhile_are_not_lost(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    make(robin)
    robin.post(f"{ADDRESS}/change", data={"do": "tired 2"})
    answer = robin.post(f"{ADDRESS}/ask", data={**ASKED, "dislikes": "mushrooms", "version": "1"})
    assert answer.status_code == 409
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert page.select_one("#dislikes")["value"] == "mushrooms"
    assert "Somebody changed this week while you did" in words(page.main)


def test_a_reader_is_not_asked_what_they_may_not_change(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    lee = join(robin, browser_of(), "reader", "Lee")
    make(robin)
    assert "Change what I asked" not in words(page_of(lee, ADDRESS).main)
    assert lee.get(f"{ADDRESS}/ask").status_code == 403
    assert not page_of(lee, f"{ADDRESS}/list/aisles").select("main button")
