"""Does the dates page answer in plain words, keep nothing unasked, and never say that the diet is over?"""

from http.cookies import SimpleCookie
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from planner.protocol import offered
from tests.conftest import GetPage
from tests.house_checks import words


def typed(protocol: str = "", do: str = "", also: dict[str, str] | None = None, **days: str) -> dict[str, str]:
    """The form as sent, where `courses__0__first="2 6 2025"` fills its three boxes and "-" leaves a box empty."""
    boxes = {
        f"{field.replace('__', '-')}-{box}": text.replace("-", "")
        for field, day in days.items()
        for box, text in zip(("day", "month", "year"), day.split(" "), strict=True)
    }
    return {"protocol": protocol, "do": do, **(also or {}), **boxes}


def answer(get_page: GetPage, status: int = 200, **sent: Any) -> BeautifulSoup:
    return get_page("/dates", method="post", status=status, data=typed(**sent))


def sent_again(page: BeautifulSoup, **changed: str) -> dict[str, str]:
    """Everything that stands in the page's form, as a browser would send it, and what the person changed."""
    form = page.form
    held = {box["name"]: box.get("value", "") for box in form.select("input[name]:not([type=checkbox])")}
    held |= {box["name"]: "y" for box in form.select("input[type=checkbox][checked]")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        held[select["name"]] = chosen["value"]
    return {**held, **changed}


JUNE = {"courses__0__first": "2 6 2025"}


def pairs(page: BeautifulSoup) -> dict[str, str]:
    return {words(dt): words(dt.find_next("dd")) for dt in page.select(".app-pairs dt")}


def test_the_page_asks_and_shows_every_hospital_side_by_side(get_page: GetPage) -> None:
    page = get_page("/dates")
    assert page.form["method"] == "post"
    assert "Nothing you type here is kept." in words(page.main)
    cards = [words(card) for card in page.select(".app-card")]
    assert len(cards) == len(page.select("#protocol option")) - 1
    assert any("1 week before the first infusion. That day is not known yet." in card for card in cards)
    assert (
        page.select_one("select [selected]") is None
        or words(page.select_one("select [selected]")) == "I have not chosen yet"
    )


def test_the_window_of_a_hospital_in_words(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", on="20 6 2025", **JUNE)
    assert {question: says for question, says in pairs(page).items() if question not in ("Starts", "Last day")} == {
        "First day of the diet": "Monday 19 May 2025 (2 weeks before the first infusion).",
        "Last day of the diet, at the earliest": "Friday 4 July 2025 (at least 4 weeks after the last infusion).",
        "First day without it, at the earliest": "Saturday 5 July 2025.",
    }
    assert "On Friday 20 June 2025: on the diet." in words(page.main)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("18 5 2025", "On Sunday 18 May 2025: the diet starts later. Keep it if you have started."),
        ("19 5 2025", "On Monday 19 May 2025: on the diet."),
        ("4 7 2025", "On Friday 4 July 2025: on the diet."),
        ("5 7 2025", "On Saturday 5 July 2025: ask your MS team before you stop."),
    ],
    ids=["day before", "first day", "last day", "day after"],
)
def test_where_a_person_stands_on_the_day_they_ask_about(get_page: GetPage, on: str, sentence: str) -> None:
    assert sentence in words(answer(get_page, protocol="german-ms-page", on=on, **JUNE).main)


def test_with_no_day_asked_about_it_is_today(get_page: GetPage) -> None:
    with time_machine.travel("2025-06-10 12:00", tick=False):
        page = answer(get_page, protocol="german-ms-page", **JUNE)
    assert "Today, Tuesday 10 June 2025: on the diet." in words(page.main)


def test_no_answer_ever_says_that_you_can_stop(app: Flask, client: FlaskClient) -> None:
    for protocol in offered(app.extensions["facts"].protocols):
        response = client.post("/dates", data=typed(protocol.slug, on="1 1 2030", move_to="1 9 2030", **JUNE))
        said = words(BeautifulSoup(response.text, "html.parser").main).lower()
        assert "ask your ms team before you stop" in said
        for never in ("you can stop", "you may stop", "diet is over", "finished"):
            assert never not in said, f"{protocol.slug} says {never!r}"


def test_only_a_first_day_fills_in_the_usual_days_and_marks_the_end_as_planned(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", on="1 6 2025", **JUNE)
    assert [words(day) for day in page.select(".app-infusions li")] == [
        "Monday 2 June 2025: planned",
        "Tuesday 3 June 2025: planned",
        "Wednesday 4 June 2025: planned",
        "Thursday 5 June 2025: planned",
        "Friday 6 June 2025: planned",
    ]
    assert "The last infusion is still planned. If it moves, these days move too." in words(page.main)


def test_a_hospital_without_days_is_no_date_and_never_today(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", on="1 6 2025")
    assert "no date given. Ask your MS team, and keep the diet if you have started." in words(page.main)
    assert not page.select(".app-timeline")


def test_on_the_diet_with_no_date_known(get_page: GetPage) -> None:
    said = words(answer(get_page, protocol="german-ms-page", also={"started": "y"}).main)
    assert ": on the diet. Your dates do not ask for it on this day. You said that you have started, so keep going." in said


def test_no_hospital_gives_the_range_and_no_window(get_page: GetPage) -> None:
    page = answer(get_page, **JUNE)
    assert set(pairs(page)) == {"Starts", "Last day"}, "only the cards beside each other"
    said = words(page.main)
    assert "You have not chosen a hospital" in said
    assert "The earliest start of a diet is Wednesday 2 April 2025" in said
    assert "Ask your nurse which is yours." in said


# ---- The picture ----


def test_the_picture_says_the_same_as_the_table_beside_it(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", **JUNE)
    picture, table = page.select_one("svg.app-timeline__drawing"), page.select_one("figure ~ details table")
    assert picture["aria-labelledby"] == "timeline-title timeline-words"
    described, drawn = words(picture.desc), words(picture)
    for row in table.select("tbody tr"):
        day, what = (words(cell) for cell in row.select("td"))
        name = words(row.strong).rstrip(".")
        assert name in described and name in drawn
        assert day in described and day in drawn
        assert what.removeprefix(words(row.strong)).strip() in f"{described} "


# ---- The days of a course ----


def test_days_that_were_given_are_recorded_with_one_button(get_page: GetPage) -> None:
    with time_machine.travel("2025-06-04 12:00", tick=False):
        page = answer(get_page, protocol="german-ms-page", **JUNE)
        page = get_page("/dates", method="post", data=sent_again(page, do="given-1"))
    states = [words(day).rpartition(": ")[2] for day in page.select(".app-infusions li")]
    assert states == ["given", "given", "given", "planned", "planned"]


def test_a_missed_day_and_a_day_put_in_move_the_end(get_page: GetPage) -> None:
    with time_machine.travel("2025-06-12 12:00", tick=False):
        page = get_page(
            "/dates", method="post", data=sent_again(answer(get_page, protocol="german-ms-page", **JUNE), do="given-1")
        )
        changed = {"courses-0-days-4-state": "missed", "courses-0-days-5-on-day": "12"}
        changed |= {"courses-0-days-5-on-month": "6", "courses-0-days-5-on-year": "2025", "courses-0-days-5-state": "given"}
        page = get_page("/dates", method="post", data=sent_again(page, **changed))
    assert pairs(page)["Last day of the diet, at the earliest"].startswith("Thursday 10 July 2025")
    days = [words(day) for day in page.select(".app-infusions li")]
    assert days[-2:] == ["Friday 6 June 2025: missed", "Thursday 12 June 2025: given"]


def test_a_second_course_too_soon_is_warned_about_with_its_source(get_page: GetPage) -> None:
    page = get_page(
        "/dates", method="post", data=sent_again(answer(get_page, protocol="german-ms-page", **JUNE), do="add-course")
    )
    data = {**sent_again(page), **typed("german-ms-page", courses__1__first="1 6 2026")}
    page = get_page("/dates", method="post", data=data)
    warned = words(page.select_one(".app-notice"))
    assert "Course 2 starts on Monday 1 June 2026. That is too soon after the course before it." in warned
    assert "Saturday 6 June 2026 or later" in warned
    assert "Lemtrada patient label, United States" in warned
    assert len(page.select(".app-infusions")[1].select("li")) == 3


def test_other_days_are_asked_for_only_where_the_hospital_counts_from_them(get_page: GetPage) -> None:
    asked = lambda page: {words(legend) for legend in page.select("legend")}  # noqa: E731
    assert "Day you left hospital" not in asked(answer(get_page, protocol="german-ms-page", **JUNE))
    page = answer(get_page, protocol="london-patient-2019", **JUNE)
    assert {"Day you left hospital", "Day you decided to have the treatment"} <= asked(page)
    grafted = answer(get_page, protocol="glasgow-transplant-own-cells")
    assert {"Day you went into hospital", "Day of the transplant"} <= asked(grafted)
    assert "First infusion day" not in asked(grafted)


def test_two_sheets_are_one_diet_from_the_first_start_to_the_last_end(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", also={"also": "uk-patient-2018"}, **JUNE)
    said = words(page.main)
    assert "It runs from Wednesday 2 April 2025 to Monday 6 October 2025." in said
    assert "A patient's report A strict UK hospital, as a patient told it in 2018." in said


# ---- What if it moves? ----


def test_a_move_shows_before_and_after_and_can_be_taken_over(get_page: GetPage) -> None:
    with time_machine.travel("2025-05-20 12:00", tick=False):
        page = answer(get_page, protocol="german-ms-page", move_to="4 8 2025", **JUNE)
        changes = {words(one.dt): [words(dd) for dd in one.select("dd")] for one in page.select(".app-changes__change")}
        assert changes["First day of the diet"] == [
            "Before: Monday 19 May 2025",
            "After: Monday 21 July 2025",
            "63 days later.",
        ]
        assert "You are on the diet already. Keep going, whatever the new days say" in words(page.main)
        page = get_page("/dates", method="post", data=sent_again(page, do="use-move"))
    said = words(page.main)
    assert "Today, Tuesday 20 May 2025: on the diet." in said
    assert "You said that you have started, so keep going." in said
    assert words(page.select_one(".app-infusions li")) == "Monday 4 August 2025: planned"


def test_days_changed_by_hand_do_not_stop_a_diet_that_is_on_either(get_page: GetPage) -> None:
    with time_machine.travel("2025-05-20 12:00", tick=False):
        page = answer(get_page, protocol="german-ms-page", **JUNE)
        later = {f"courses-0-days-{row}-on-month": "9" for row in range(5)}
        page = get_page("/dates", method="post", data=sent_again(page, **later))
    assert "Today, Tuesday 20 May 2025: on the diet." in words(page.main)


# ---- The Enter key ----

ONE_ROW = {"courses-0-days-0-state": "planned"}


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        pytest.param(200, {}, id="nothing filled in"),
        pytest.param(200, {"protocol": "german-ms-page", **JUNE}, id="an answer"),
        pytest.param(400, {"courses__0__first": "31 2 2025"}, id="a mistake in the first day"),
        pytest.param(400, {"also": ONE_ROW, "courses__0__days__0__on": "31 2 2025"}, id="a mistake in a row"),
        pytest.param(400, {"courses__0__first": "31 2 2025", "courses__1__first": "31 2 2026"}, id="in two courses"),
        pytest.param(400, {"do": "stop"}, id="the team's word without who and when"),
    ],
)
def test_the_button_that_enter_presses_changes_nothing(get_page: GetPage, status: int, sent: dict[str, Any]) -> None:
    first = answer(get_page, status=status, **sent).form.select_one("button")
    assert not first.get("name")


# ---- "My team said I can stop" ----


def test_the_teams_word_is_recorded_with_who_and_when_and_can_be_undone(get_page: GetPage) -> None:
    with time_machine.travel("2025-07-20 12:00", tick=False):
        page = answer(get_page, protocol="german-ms-page", **JUNE)
        assert "Today, Sunday 20 July 2025: ask your MS team before you stop." in words(page.main)
        said = {"stop_who": "Sam, my MS nurse", "stop_day-day": "18", "stop_day-month": "7", "stop_day-year": "2025"}
        page = get_page("/dates", method="post", data=sent_again(page, **said, do="stop"))
        assert "Today, Sunday 20 July 2025: off the diet, because your MS team said so." in words(page.main)
        assert "You recorded on Friday 18 July 2025 that Sam, my MS nurse said stop." in words(page.main)
        page = get_page("/dates", method="post", data=sent_again(page))
        assert "off the diet, because your MS team said so." in words(page.main), "it stays until it is undone"
        page = get_page("/dates", method="post", data=sent_again(page, do="undo-stop"))
    assert "Today, Sunday 20 July 2025: ask your MS team before you stop." in words(page.main)


def test_the_teams_word_without_who_and_when_is_not_recorded(get_page: GetPage) -> None:
    page = answer(get_page, status=400, protocol="german-ms-page", do="stop", **JUNE)
    assert "This is recorded" not in words(page.main)
    assert [words(link) for link in page.select(".app-error-summary a")] == [
        "Who said so must be filled in, like my MS nurse, in at most 80 letters.",
        "Day they said so must be a date, like 14 8 2026.",
    ]


def test_what_a_person_writes_is_shown_as_words_and_not_as_a_page(get_page: GetPage) -> None:
    said = {"stop_who": '<b>Sam</b> & "co"', "stopped": "yes"}
    page = answer(get_page, protocol="german-ms-page", also=said, stop_day="18 7 2025", **JUNE)
    assert '<b>Sam</b> & "co"' in words(page.main)
    assert page.select_one("input[name=stop_who]")["value"] == '<b>Sam</b> & "co"'
    assert not page.main.select("b")


@pytest.mark.parametrize(
    ("protocol", "sentence"),
    [
        ("uk-patient-2018", "A patient says that their hospital told them this. Ask your own hospital."),
        ("eu-label", "We have not read this ourselves: others report it."),
        ("barts-pack", "Who says so: Barts-MS (UK, no date on it)."),
        ("abn-antibiotic", "It asks for no diet. Only your MS team can say if that is your plan."),
    ],
)
def test_it_says_whose_dates_these_are_and_how_they_were_read(get_page: GetPage, protocol: str, sentence: str) -> None:
    assert sentence in words(answer(get_page, protocol=protocol, **JUNE).main)


def test_the_cards_say_so_too(get_page: GetPage) -> None:
    cards = {words(card.h4): words(card) for card in get_page("/dates").select(".app-card")}
    reports = [name for name, said in cards.items() if "A patient's report" in said]
    assert reports and all("as a patient told it in" in name for name in reports)
    assert all(("as a patient told it" in name) == (name in reports) for name in cards)
    assert any("We have not read this ourselves: others report it." in said for said in cards.values())


def test_every_hospital_counts_from_the_same_days(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", **JUNE)
    cards = {words(card.h4): words(card) for card in page.select(".app-card")}
    assert "Monday 26 May 2025 (1 week before the first infusion)" in cards["Barts-MS Listeria prevention pack"]
    assert "Monday 6 October 2025" in cards["A strict UK hospital, as a patient told it in 2018"]


def test_the_foods_on_which_hospitals_differ_stand_under_each_with_who_says_so(get_page: GetPage) -> None:
    cards = {words(card.h4): card for card in get_page("/dates").select(".app-card")}

    def foods(name: str) -> dict[str, str]:
        return {words(item.a): words(item).removeprefix(words(item.a)).strip() for item in cards[name].select("li")}

    barts, german = foods("Barts-MS advice, 2016"), foods("fokus-ms.de, a German page by MS doctors")
    assert set(barts) == set(german)
    assert barts["Stilton"].startswith("You can eat this") and german["Stilton"] == "Do not eat this"
    assert "This sheet does not mention it." in barts["ham"] and "does not mention" not in german["ham"]
    assert len(barts) >= 6


WRONG = {
    "a day that does not exist": (
        {"courses__0__first": "31 2 2025"},
        ["First infusion day must be a real date, like 14 8 2026."],
    ),
    "half a day": ({"on": "5 - -"}, ["Day you ask about must have a month and a year too, like 14 8 2026."]),
    "long ago": (
        {"courses__0__first": "1 1 1900"},
        ["First infusion day must have a year from 2000 to 2099, like 14 8 2026."],
    ),
    "the end of time": (
        {"move_to": "31 12 9999"},
        ["New first day must have a year from 2000 to 2099, like 14 8 2026."],
    ),
    "home before the last infusion": (
        {"courses__0__first": "2 6 2025", "courses__0__discharge": "4 6 2025"},
        ["Discharge cannot be before the last infusion on Friday 6 June 2025. Check both days."],
    ),
    "a move with nothing to move": (
        {"protocol": "barts-pack", "move_to": "2 6 2025"},
        ["There are no infusion days to move yet. Fill in the first infusion day."],
    ),
    "a transplant after the chemotherapy that ends the diet": (
        {"protocol": "glasgow-transplant-own-cells", "admission": "1 9 2026", "transplant": "1 2 2026"},
        ["A diet cannot end on Tuesday 12 May 2026, before it starts on Tuesday 1 September 2026. Check the days you gave."],
    ),
    "a hospital that is not in the list": (
        {"protocol": "moon"},
        ['My hospital must be one from the list, or "I have not chosen yet".'],
    ),
    "two mistakes at once": (
        {"courses__0__first": "x y z", "on": "1 1 1"},
        [
            "First infusion day must be a real date, like 14 8 2026.",
            "Day you ask about must have a year from 2000 to 2099, like 14 8 2026.",
        ],
    ),
}


@pytest.mark.parametrize(("sent", "sentences"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_said_at_the_top_and_beside_its_box(
    get_page: GetPage, sent: dict[str, str], sentences: list[str]
) -> None:
    page = answer(get_page, status=400, **sent)
    assert sorted(words(link) for link in page.select(".app-error-summary a")) == sorted(sentences)
    assert sorted(words(error) for error in page.select(".app-field__error")) == sorted(sentences)
    for link in page.select(".app-error-summary a"):
        assert page.find(id=link["href"].removeprefix("#")), f"{link['href']} leads nowhere"
    assert words(page.title).startswith("Error: ")


def test_nothing_that_was_typed_is_lost(get_page: GetPage) -> None:
    sent = typed(protocol="barts-pack", courses__0__first="31 2 2025", transplant="6 6 2025", on="- 7 -", stop_day="x - 1")
    page = get_page("/dates", method="post", status=400, data=sent)
    shown = {box["name"]: box["value"] for box in page.select("input")}
    assert {name: shown.get(name) for name in sent if name not in ("protocol", "do")} == {
        name: value for name, value in sent.items() if name not in ("protocol", "do")
    }
    assert page.select_one("option[selected]")["value"] == "barts-pack"


def test_days_of_one_hospital_stay_when_another_that_does_not_count_from_them_is_chosen(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", **JUNE)
    page = get_page("/dates", method="post", data=sent_again(page, protocol="glasgow-transplant-donor"))
    assert words(page.select_one(".app-infusions li")) == "Monday 2 June 2025: planned"


def test_no_more_courses_are_offered_than_fit(get_page: GetPage) -> None:
    courses = {f"courses__{place}__first": f"2 6 {2005 + 2 * place}" for place in range(6)}
    page = answer(get_page, protocol="german-ms-page", **courses)
    assert len(page.select(".app-infusions")) == 6
    assert "Add another course" not in [words(button) for button in page.select("button")]
    assert "Add another course" in [words(button) for button in answer(get_page, **JUNE).select("button")]


# ---- The one cookie ----


def cookies(response: object) -> SimpleCookie:
    return SimpleCookie("\n".join(response.headers.getlist("Set-Cookie")))  # type: ignore[attr-defined]


def test_asking_for_dates_leaves_no_cookie(client: FlaskClient) -> None:
    assert not cookies(client.get("/dates"))
    assert not cookies(client.post("/dates", data=typed(protocol="barts-pack", **JUNE)))


def test_a_hospital_is_remembered_only_when_asked_and_the_answer_still_stands(client: FlaskClient) -> None:
    response = client.post("/dates", data=typed(protocol="german-ms-page", do="remember", **JUNE))
    cookie = cookies(response)["hospital"]
    assert cookie.value == "german-ms-page"
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == str(400 * 24 * 60 * 60)
    assert "Monday 19 May 2025" in response.text
    page = BeautifulSoup(client.get("/dates").text, "html.parser")
    assert "This device remembers: fokus-ms.de" in words(page.main)
    assert page.select_one("#protocol option[selected]")["value"] == "german-ms-page"


def test_no_hospital_to_remember_says_so(client: FlaskClient, get_page: GetPage) -> None:
    page = answer(get_page, status=400, do="remember")
    assert [words(link) for link in page.select(".app-error-summary a")] == [
        "My hospital must be chosen before this device can remember it."
    ]
    assert not client.get_cookie("hospital")


def test_a_mistake_in_a_day_remembers_nothing(client: FlaskClient) -> None:
    client.post("/dates", data=typed(protocol="barts-pack", do="remember", courses__0__first="31 2 2025"))
    assert not client.get_cookie("hospital")


def test_forget_it_takes_the_cookie_away(client: FlaskClient) -> None:
    client.post("/dates", data=typed(protocol="barts-pack", do="remember"))
    assert client.get_cookie("hospital")
    response = client.post("/dates", data=typed(protocol="barts-pack", do="forget"))
    assert not client.get_cookie("hospital")
    assert "This device remembers" not in response.text


def test_another_site_cannot_choose_the_hospital(client: FlaskClient) -> None:
    sent = typed(protocol="barts-pack", do="remember")
    assert client.post("/dates", data=sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not client.get_cookie("hospital")


def test_a_cookie_that_names_no_hospital_is_read_as_none(client: FlaskClient) -> None:
    client.set_cookie("hospital", "moon")
    response = client.get("/dates")
    assert response.status_code == 200
    assert "This device remembers" not in response.text


# ---- A sheet that was replaced ----


def test_an_older_sheet_is_offered_only_to_whoever_says_that_they_began_on_it(get_page: GetPage) -> None:
    page = get_page("/dates")
    older = [option["value"] for option in page.select("#older option")]
    assert older == ["", "eu-label-2017"]
    assert not page.select('#protocol option[value="eu-label-2017"], #also option[value="eu-label-2017"]')
    folded = page.select_one("#older").find_parent("details")
    assert words(folded.summary) == "I began on an older sheet" and not folded.has_attr("open")


def test_whoever_began_on_an_older_sheet_goes_on_with_it_and_is_told_where_the_newer_one_differs(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", also={"older": "eu-label-2017"}, **JUNE)
    assert pairs(page)["Last day of the diet, at the earliest"].startswith("Sunday 6 July 2025")
    said = words(page.main)
    assert "This has been replaced. Keep to it only if your team started you on it." in said
    assert "You began on an older sheet. The one you hold now gives other dates: " in said
    assert "Last day of the diet, at the earliest: Friday 4 July 2025 (at least 4 weeks after the last infusion)." in said
    assert "Ask your MS team which of the two counts for you. Until they say so, keep to the longer one." in said
    assert page.select_one("#older option[selected]")["value"] == "eu-label-2017"
    assert page.select_one("#older").find_parent("details").has_attr("open")


def test_an_older_sheet_alone_counts_and_nothing_is_compared(get_page: GetPage) -> None:
    page = answer(get_page, also={"older": "eu-label-2017"}, **JUNE)
    assert pairs(page)["Last day of the diet, at the earliest"].startswith("Sunday 6 July 2025")
    assert "You hold another sheet now." not in words(page.main)


@pytest.mark.parametrize("older", ["german-ms-page", "no-such"])
def test_what_is_no_older_sheet_is_not_taken_for_one(get_page: GetPage, older: str) -> None:
    page = answer(get_page, status=400, also={"older": older}, **JUNE)
    assert "The sheet that you began on must be one from the list." in words(page.select_one(".app-error-summary"))
