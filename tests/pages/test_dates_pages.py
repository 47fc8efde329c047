"""Does the dates page answer in plain words, keep nothing unasked, and never say that the diet is over?"""

from http.cookies import SimpleCookie

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.conftest import GetPage
from tests.house_checks import words


def typed(protocol: str = "", do: str = "", **days: str) -> dict[str, str]:
    """The form as sent, where `first_infusion="2 6 2025"` fills its three boxes and "-" leaves a box empty."""
    boxes = {
        f"{field}-{box}": text.replace("-", "")
        for field, day in days.items()
        for box, text in zip(("day", "month", "year"), day.split(" "), strict=True)
    }
    return {"protocol": protocol, "do": do, **boxes}


def answer(get_page: GetPage, status: int = 200, **sent: str) -> BeautifulSoup:
    return get_page("/dates", method="post", status=status, data=typed(**sent))


JUNE = {"first_infusion": "2 6 2025", "last_infusion": "6 6 2025"}


def pairs(page: BeautifulSoup) -> dict[str, str]:
    return {words(dt): words(dt.find_next("dd")) for dt in page.select(".app-pairs dt")}


def test_the_page_asks_and_shows_every_hospital_side_by_side(get_page: GetPage) -> None:
    page = get_page("/dates")
    assert page.form["method"] == "post"
    assert "Nothing you type here is kept." in words(page.main)
    rows = [words(row) for row in page.select("tbody tr")]
    assert len(rows) >= 6
    assert any("1 week before the first infusion. That day is not known yet." in row for row in rows)
    assert (
        page.select_one("select [selected]") is None
        or words(page.select_one("select [selected]")) == "I have not chosen yet"
    )


def test_the_window_of_a_hospital_in_words(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", on="20 6 2025", **JUNE)
    assert pairs(page) == {
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
    assert "On Tuesday 10 June 2025: on the diet." in words(page.main)


def test_no_answer_ever_says_that_you_can_stop(get_page: GetPage) -> None:
    protocols = [option["value"] for option in get_page("/dates").select("option") if option["value"]]
    for protocol in protocols:
        said = words(answer(get_page, protocol=protocol, on="1 1 2030", **JUNE).main).lower()
        assert "ask your ms team before you stop" in said
        for never in ("you can stop", "you may stop", "diet is over", "finished"):
            assert never not in said, f"{protocol} says {never!r}"


def test_only_a_first_day_gives_a_last_day_that_is_marked_as_planned(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", first_infusion="2 6 2025", on="1 6 2025")
    assert pairs(page)["Last day of the diet"].endswith("That day is not known yet.")
    assert "If all goes as planned" in words(page.main)


def test_a_hospital_without_days_is_no_date_and_never_today(get_page: GetPage) -> None:
    page = answer(get_page, protocol="german-ms-page", on="1 6 2025")
    assert "no date given. Ask your MS team, and keep the diet if you have started." in words(page.main)


def test_no_hospital_gives_the_range_and_no_window(get_page: GetPage) -> None:
    page = answer(get_page, **JUNE)
    assert pairs(page) == {}
    said = words(page.main)
    assert "You have not chosen a hospital" in said
    assert "The earliest start of a diet is" in said
    assert "Ask your nurse which is yours." in said


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


def test_the_table_says_so_too(get_page: GetPage) -> None:
    rows = [words(row.th) for row in get_page("/dates").select("tbody tr")]
    assert any("A patient's report" in row for row in rows)
    assert any("We have not read this ourselves: others report it." in row for row in rows)


def test_a_protocol_that_was_replaced_is_not_offered(get_page: GetPage) -> None:
    page = get_page("/dates")
    assert "eu-label-2017" not in [option["value"] for option in page.select("option")]


WRONG = {
    "a day that does not exist": (
        {"first_infusion": "31 2 2025"},
        ["First infusion day must be a real date, like 14 8 2026."],
    ),
    "half a day": ({"last_infusion": "5 - -"}, ["Last infusion day must have a month and a year too, like 14 8 2026."]),
    "a last day before the first": (
        {"first_infusion": "6 6 2025", "last_infusion": "2 6 2025"},
        ["The last infusion cannot be before the first infusion on Friday 6 June 2025. Check both days."],
    ),
    "a hospital that is not in the list": (
        {"protocol": "moon"},
        ['My hospital must be one from the list, or "I have not chosen yet".'],
    ),
    "two mistakes at once": (
        {"first_infusion": "x y z", "on": "1 1 1"},
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
    assert [words(link) for link in page.select(".app-error-summary a")] == sentences
    assert [words(error) for error in page.select(".app-field__error")] == sentences
    for link in page.select(".app-error-summary a"):
        assert page.find(id=link["href"].removeprefix("#")), f"{link['href']} leads nowhere"
    assert words(page.title).startswith("Error: ")


def test_nothing_that_was_typed_is_lost(get_page: GetPage) -> None:
    sent = typed(protocol="barts-pack", first_infusion="31 2 2025", last_infusion="6 6 2025", on="- 7 -")
    page = get_page("/dates", method="post", status=400, data=sent)
    shown = {box["name"]: box["value"] for box in page.select("input")}
    assert {name: value for name, value in sent.items() if name in shown} == {k: v for k, v in shown.items() if k in sent}
    assert page.select_one("option[selected]")["value"] == "barts-pack"


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
    assert page.select_one("option[selected]")["value"] == "german-ms-page"


def test_no_hospital_to_remember_says_so(client: FlaskClient, get_page: GetPage) -> None:
    page = answer(get_page, status=400, do="remember")
    assert [words(link) for link in page.select(".app-error-summary a")] == [
        "My hospital must be chosen before this device can remember it."
    ]
    assert not client.get_cookie("hospital")


def test_a_mistake_in_a_day_remembers_nothing(client: FlaskClient) -> None:
    client.post("/dates", data=typed(protocol="barts-pack", do="remember", first_infusion="31 2 2025"))
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
