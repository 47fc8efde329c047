"""Does the calendar page show every entry with its source, offer it as a file, and keep nothing?"""

import logging
from datetime import date
from urllib.parse import urlencode

import icalendar
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from planner.own_sheet import OwnSheet
from tests.conftest import GetPage
from tests.house_checks import words

PAGE = "/dates/calendar"
KINDS = ["infusion", "diet", "fridge", "stroke", "vaccines", "blood", "thyroid", "skin", "next_course"]
JUNE = "2 6 2025\n3 6 2025\n4 6 2025\n5 6 2025\n6 6 2025"


def sent(**changes: object) -> dict[str, object]:
    usual = {"protocol": "german-ms-page", "days_1": JUNE, "kinds": KINDS, "titles": "plain", "do": "show"}
    return {**usual, **changes}


def post(get_page: GetPage, status: int = 200, **changes: object) -> BeautifulSoup:
    return get_page(PAGE, method="post", status=status, data=sent(**changes))


def entries(page: BeautifulSoup) -> list[str]:
    return [words(li) for li in page.select(".app-calendar li")]


def events(client: FlaskClient, **changes: object) -> dict[str, str]:
    """The titles of the file's entries by their day."""
    answer = client.post(PAGE, data=sent(do="download", **changes))
    assert answer.status_code == 200 and answer.content_type.startswith("text/calendar")
    return {
        f"{event.decoded('dtstart')} {event['uid']}": str(event["summary"])
        for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    }


def test_it_asks_for_the_infusion_days_and_what_to_put_in(get_page: GetPage) -> None:
    page = get_page(PAGE)
    ticked = [box["value"] for box in page.select("input[name=kinds][checked]")]
    assert ticked == KINDS
    assert page.select_one("input[name=titles][checked]")["value"] == "plain"
    assert not entries(page)
    assert all(form["method"] == "post" for form in page.select("main form"))


def test_the_entries_stand_under_their_month_with_who_says_so(get_page: GetPage) -> None:
    page = post(get_page)
    months = [words(month) for month in page.select(".app-calendar dt")]
    assert months[:4] == ["April 2025", "May 2025", "June 2025", "July 2025"]
    said = entries(page)
    assert "Mon 19 May: Listeria diet starts" in said
    assert "Sun 18 May: Clear out the fridge before the diet" in said
    assert "Sat 5 Jul: Ask your MS team before you stop the diet" in said
    assert "Mon 2 Jun to Mon 9 Jun: Watch for signs of a stroke" in said
    assert len([one for one in said if one.endswith("Blood and urine test")]) == 48
    about = {words(dt): words(dt.find_next("dd")) for dt in page.select(".app-pairs--long dt")}
    assert "Lemtrada patient label, United States (read in full)" in about["Monthly blood and urine tests"]
    assert "fokus-ms.de, Germany (read in part)" in about["The diet: first day, last day, first day without it"]
    assert all("Who says so: " in answer for answer in about.values())
    assert "Your team's plan comes first." in words(page.main)


def test_hpv_screening_is_there_for_those_who_ask(get_page: GetPage) -> None:
    assert not [one for one in entries(post(get_page)) if "HPV" in one]
    assert len([one for one in entries(post(get_page, kinds=["hpv"])) if one.endswith("Yearly HPV screening")]) == 4


def test_the_first_day_alone_means_the_usual_plan(get_page: GetPage) -> None:
    said = entries(post(get_page, days_1="7 6 2027", days_2="12 6 2028"))
    assert len([one for one in said if "Infusion, day" in one]) == 5 + 3
    assert "Fri 11 Jun: Infusion, day 5" in said


@time_machine.travel("2025-06-05 12:00", tick=False)
def test_what_is_still_planned_says_so(client: FlaskClient) -> None:
    file = client.post(PAGE, data=sent(do="download")).data
    says = [str(event["description"]) for event in icalendar.Calendar.from_ical(file).walk("VEVENT")]
    planned = [one for one in says if "make the calendar again" in one]
    assert len(planned) >= 48


def test_no_diet_and_no_hospital_still_give_the_tests(get_page: GetPage) -> None:
    for protocol in ("abn-antibiotic", ""):
        page = post(get_page, protocol=protocol)
        assert len([one for one in entries(page) if one.endswith("Blood and urine test")]) == 48
        assert "If you have started the diet, keep to it." in words(page.main)


def test_nothing_ticked_says_so(get_page: GetPage) -> None:
    page = post(get_page, kinds=[])
    assert "Tick at least one thing to put in the calendar." in words(page.main)
    assert not entries(page)


# ---- The file ----


def test_the_file_has_plain_titles_unless_clear_ones_are_chosen(client: FlaskClient) -> None:
    assert "Monthly test" in events(client).values()
    assert "Blood and urine test" in events(client, titles="clear").values()
    assert "Blood and urine test" not in events(client, titles="nonsense").values()


def test_a_moved_infusion_updates_the_entries_of_the_older_file(client: FlaskClient) -> None:
    before, after = events(client), events(client, days_1=JUNE.replace(" 6 2025", " 7 2025"))
    assert {one.split()[1] for one in before} == {one.split()[1] for one in after}
    assert set(before) != set(after)


def test_the_file_holds_what_was_ticked_and_has_a_plain_name(client: FlaskClient) -> None:
    assert set(events(client, kinds=["skin"]).values()) == {"Yearly check"}
    answer = client.post(PAGE, data=sent(do="download"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=piping-hot.ics"


# ---- What cannot be ----

WRONG = {
    "no day at all": ({"days_1": ""}, "Infusion days of course 1 must have at least the first day, planned or given."),
    "a day that does not exist": (
        {"days_1": "2 6 2025\n31 2 2026"},
        "Infusion days of course 1 must be real dates, one on each line, like 14 8 2026.",
    ),
    "half a day": ({"days_2": "6 2026"}, "Infusion days of course 2 must be real dates, one on each line, like 14 8 2026."),
    "a far-off year": ({"days_1": "2 6 1900"}, "Infusion days of course 1 must be from 2000 to 2099."),
    "the end of time": ({"days_1": "31 12 9999"}, "Infusion days of course 1 must be from 2000 to 2099."),
    "two courses in one box": (
        {"days_1": "2 6 2025\n8 6 2026"},
        "Infusion days of course 1 must lie close together. Give each course a box of its own.",
    ),
    "nine days": (
        {"days_1": "\n".join(f"{day} 6 2025" for day in range(1, 10))},
        "Infusion days of course 1 must be at most 8 days.",
    ),
    "courses the wrong way round": (
        {"days_2": "2 6 2024"},
        "Infusion days of course 2 must come after those of the course before.",
    ),
    "half a discharge": (
        {"discharge-day": "7"},
        "Day you left hospital must have a month and a year too, like 14 8 2026.",
    ),
    "a hospital that is not in the list": (
        {"protocol": "moon"},
        'My hospital must be one from the list, or "I have not chosen yet".',
    ),
    "days that contradict the sheet": (
        {"protocol": "london-patient-2019", "discharge-day": "1", "discharge-month": "1", "discharge-year": "2020"}
        | {"decision-day": "1", "decision-month": "5", "decision-year": "2025"},
        "A diet cannot end on Wednesday 1 April 2020, before it starts on Thursday 1 May 2025. Check the days you gave.",
    ),
}


@pytest.mark.parametrize(("changes", "sentence"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_said_at_the_top_and_beside_its_box_and_loses_nothing(
    get_page: GetPage, changes: dict[str, object], sentence: str
) -> None:
    for do in ("show", "download"):
        page = post(get_page, status=400, do=do, **changes)
        assert [words(link) for link in page.select(".app-error-summary a")] == [sentence]
        assert [words(error) for error in page.select(".app-field__error")] == [sentence]
        assert page.find(id=page.select_one(".app-error-summary a")["href"].removeprefix("#"))
        typed = {**{area["name"]: area.get_text().strip() for area in page.select("textarea")}}
        typed |= {box["name"]: box.get("value", "") for box in page.select("input.app-date-boxes__control")}
        expected = {key: text for key, text in sent(**changes).items() if key in typed}
        assert {key: typed[key] for key in expected} == expected


# ---- An own sheet, and days from the dates page ----

OWN = OwnSheet.of({"name": "Harbour Hospital", "starts": "1 week before", "ends": "3 months after"}, date(2026, 1, 1))


def test_an_own_sheet_travels_along(get_page: GetPage, client: FlaskClient) -> None:
    boxes = {"first_infusion-day": "2", "first_infusion-month": "6", "first_infusion-year": "2025"}
    boxes |= {"last_infusion-day": "6", "last_infusion-month": "6", "last_infusion-year": "2025"}
    page = get_page(PAGE, method="post", data={"do": "ask", "own_sheet": OWN.to_json(), **boxes})
    assert page.select_one("option[selected]").get_text() == "Harbour Hospital"
    assert page.select_one("#days_1").get_text().strip().splitlines() == JUNE.splitlines()
    carried = page.select_one("input[name=own_sheet]")["value"]
    said = entries(post(get_page, protocol="own-sheet", own_sheet=carried))
    assert "Mon 26 May: Listeria diet starts" in said
    assert "Sat 6 Sep: Last day of the diet, if your MS team agrees" in said
    page = post(get_page, protocol="own-sheet", own_sheet=carried)
    assert "Who says so: the sheet that you entered." in words(page.main)


SENT = {
    "the first and the last day": ({"first_infusion": "2 6 2025", "last_infusion": "6 6 2025"}, {}, [JUNE, "", ""]),
    "the first day alone": ({"first_infusion": "2 6 2025"}, {}, ["2 6 2025", "", ""]),
    "a course longer than usual": (
        {"first_infusion": "2 6 2025", "last_infusion": "12 6 2025"},
        {},
        ["2 6 2025\n12 6 2025", "", ""],
    ),
    "a list for each course, one day missed": (
        {"courses-0-days-0-on": "2 6 2025", "courses-0-days-1-on": "3 6 2025", "courses-1-first": "8 6 2026"},
        {"courses-0-days-1-state": "missed"},
        ["2 6 2025", "8 6 2026", ""],
    ),
    "a day that cannot be read": ({"first_infusion": "31 2 2025"}, {}, ["", "", ""]),
    "a ninth course": ({"courses-8-first": "2 6 2025"}, {}, ["", "", ""]),
}


@pytest.mark.parametrize(("days", "more", "boxes"), SENT.values(), ids=SENT)
def test_the_days_of_the_dates_page_come_along(
    get_page: GetPage, days: dict[str, str], more: dict[str, str], boxes: list[str]
) -> None:
    typed = {
        f"{name}-{box}": text
        for name, day in days.items()
        for box, text in zip(("day", "month", "year"), day.split(), strict=True)
    }
    page = get_page(PAGE, method="post", data={"do": "ask", "protocol": "barts-pack", **typed, **more})
    shown = [page.select_one(f"#days_{number}").get_text().strip().splitlines() for number in (1, 2, 3)]
    assert shown == [box.splitlines() for box in boxes]
    assert page.select_one("option[selected]")["value"] == "barts-pack"
    assert not page.select(".app-field__error")


def test_a_broken_own_sheet_is_asked_for_again(get_page: GetPage) -> None:
    page = post(get_page, status=400, protocol="own-sheet", own_sheet="{")
    assert "My hospital must be one from the list" in words(page.select_one(".app-field__error"))


def test_nothing_of_it_stands_in_an_address_a_cookie_or_a_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = [
            client.post(PAGE, data=sent(do=do, protocol="own-sheet", own_sheet=OWN.to_json()))
            for do in ("show", "download", "ask")
        ]
    for answer in answers:
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
        assert "Harbour" not in str(answer.headers) and "2025" not in answer.headers.get("Content-Disposition", "")
    page = BeautifulSoup(answers[0].text, "html.parser")
    addresses = [link[at] for at in ("href", "action", "src") for link in page.select(f"[{at}]")]
    written = caplog.text + "".join(capfd.readouterr()) + " ".join(addresses)
    for private in ("Harbour", "2025", "6 6", "german-ms-page"):
        assert private not in written


def test_the_dates_page_leads_here(get_page: GetPage) -> None:
    page = get_page("/dates")
    assert page.select_one(f'a[href="{PAGE}"]') and page.select_one(f'form[method=post] button[formaction="{PAGE}"]')


ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "2 6 2025", "29 2 2024", "31 12 2099", "²", "1" * 400, "\x00", "0 0 0000", "2 6 2025\n" * 9, "own-sheet"]
    ),
)
NAMES = ["protocol", "days_1", "days_2", "days_3", "discharge-day", "discharge-month", "discharge-year", "kinds", "titles"]
NAMES += ["whose", "own_sheet", "first_infusion-day", "first_infusion-month", "first_infusion-year", "courses-0-first-day"]


@given(do=st.sampled_from(["show", "download", "ask", "x"]), typed=st.dictionaries(st.sampled_from(NAMES), ODD))
def test_nothing_that_can_be_sent_breaks_the_page(app: Flask, do: str, typed: dict[str, str]) -> None:
    body = urlencode({"do": do, **typed}, errors="replace").encode()
    answer = app.test_client().post(PAGE, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 400)
