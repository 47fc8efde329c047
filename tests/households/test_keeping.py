"""Is what a household chose used on every page, kept only when it agreed, seen only by whom it should be, and never lost?"""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from households.household import Role
from households.store import Database
from planner.own_sheet import OwnSheet
from tests.house_checks import complaints, words
from tests.households.conftest import PASSWORD
from tests.households.test_own_recipes import save

BrowserOf = Callable[..., FlaskClient]
STRICT_SHEET = "german-ms-page"
FIRST = date.today() + timedelta(days=40)
DAYS = {
    "protocol": STRICT_SHEET,
    "courses-0-first-day": str(FIRST.day),
    "courses-0-first-month": str(FIRST.month),
    "courses-0-first-year": str(FIRST.year),
}


def read(answer: TestResponse, status: int = 200) -> BeautifulSoup:
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == status, words(page)
    assert not (found := complaints(page)), found
    return page


def fields(page: BeautifulSoup, button: str) -> dict[str, str]:
    """What the form with this button sends, the button not among it."""
    form = next(one for one in page.select("main form") if any(button in words(b) for b in one.select("button")))
    sent = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=checkbox], [type=radio])")}
    sent |= {one["name"]: one.get("value", "y") for one in form.select("input[type=checkbox][checked]")}
    for one in form.select("select"):
        chosen = one.select_one("option[selected]") or one.select_one("option")
        sent[one["name"]] = chosen.get("value", "") if chosen else ""
    return sent


def keep(client: FlaskClient, **more: str) -> TestResponse:
    return client.post("/dates/keep", data={**DAYS, "agreed": "y", **more})


@pytest.fixture
def robin(browser_of: BrowserOf) -> FlaskClient:
    return browser_of("Robin")


@pytest.fixture
def join(robin: FlaskClient, browser_of: BrowserOf) -> Callable[[Role], FlaskClient]:
    """Let one more person into Robin's kitchen."""

    def joined(role: Role) -> FlaskClient:
        page = robin.post("/household/invite", data={"role": role.value}).get_data(as_text=True)
        client = browser_of()
        address = "/join/" + page.split("/join/")[1].split("<")[0]
        assert client.post(address, data={"name": role.value, "password": PASSWORD}).status_code == 200
        return client

    return joined


def headline(client: FlaskClient) -> str:
    return words(read(client.get("/foods?q=brie")).select_one(".app-verdict__headline"))


# ---- Only with consent ----


def test_dates_are_kept_only_for_somebody_who_agreed(robin: FlaskClient) -> None:
    page = read(robin.post("/dates/keep", data=DAYS), 400)
    assert "Tick the box if we may keep this." in words(page.select_one(".app-error-summary"))
    assert fields(page, "Keep these dates")["protocol"] == STRICT_SHEET, "nothing typed is lost"
    assert "Keep these dates" in words(read(robin.get("/dates")).main)
    assert keep(robin).headers["Location"] == "/dates"
    page = read(robin.get("/dates"))
    assert "Your dates" in words(page.main) and page.select_one("option[selected]")["value"] == STRICT_SHEET
    changes = words(read(robin.get("/dates/changes")).main)
    assert "when the box to agree was ticked" in changes


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"courses-0-first-day": "32"}, id="no real day"),
        pytest.param({"protocol": "no-such"}, id="a hospital that is not in the list"),
        pytest.param({"do": "stop"}, id="a stop that nobody said"),
    ],
)
def test_what_cannot_be_right_is_said_and_not_kept(robin: FlaskClient, wrong: dict[str, str]) -> None:
    page = read(keep(robin, **wrong), 400)
    assert page.select_one(".app-error-summary")
    assert robin.get("/dates/changes").status_code == 404


def test_a_stranger_keeps_nothing_and_a_carer_and_a_reader_change_nothing(
    robin: FlaskClient, browser_of: BrowserOf, join: Callable[[Role], FlaskClient]
) -> None:
    for client in (browser_of(), join(Role.CARER), join(Role.READER)):
        assert keep(client).status_code == 403
        assert client.post("/dates/drop").status_code == client.post("/dates/feed", data={"agreed": "y"}).status_code == 403
    assert robin.get("/dates/changes").status_code == 404


# ---- Used everywhere, by everybody in the kitchen ----


def test_the_kept_hospital_decides_for_everybody_in_the_kitchen(
    robin: FlaskClient, join: Callable[[Role], FlaskClient], browser_of: BrowserOf
) -> None:
    carer = join(Role.CARER)
    before = headline(carer)
    keep(robin)
    assert headline(robin) == headline(carer) == "Do not eat this" != before
    assert headline(browser_of()) == before
    robin.post("/dates/drop")
    assert headline(robin) == headline(carer) == before


def test_what_this_device_remembers_counts_until_the_household_keeps_a_hospital(robin: FlaskClient) -> None:
    before = headline(robin)
    robin.set_cookie("hospital", STRICT_SHEET)
    assert headline(robin) == "Do not eat this" != before
    keep(robin, protocol="barts-pack")
    assert "barts" in words(read(robin.get("/foods?q=brie")).select_one(".app-whose")).lower()


def test_while_what_is_kept_cannot_be_read_the_strictest_of_all_sheets_counts(
    kept_app: Flask, robin: FlaskClient, browser_of: BrowserOf, tmp_path: Path
) -> None:
    keep(robin, protocol="barts-pack")
    (tmp_path / "in the way").write_text("")
    usual, away = kept_app.extensions["database"], Database(f"sqlite:///{tmp_path}/in the way/kept.db")
    stranger = headline(browser_of())
    kept_app.extensions["database"] = away
    try:
        assert headline(robin) == "Do not eat this" and headline(browser_of()) == stranger
    finally:
        kept_app.extensions["database"] = usual
        away.engine.dispose()


def test_the_patient_s_strict_setting_counts_for_everybody_and_only_they_turn_it_off(
    robin: FlaskClient, join: Callable[[Role], FlaskClient]
) -> None:
    carer = join(Role.CARER)
    assert "It is on in your kitchen" in words(read(robin.post("/strict", data={"strict": "on"})).main)
    assert headline(carer) == "Do not eat this"
    read(carer.post("/strict", data={"strict": "off"}))
    assert headline(carer) == "Do not eat this"
    assert "It is off in your kitchen" in words(read(robin.post("/strict", data={"strict": "off"})).main)
    assert headline(carer) != "Do not eat this"
    carer.post("/strict", data={"strict": "on"})
    assert headline(carer) == "Do not eat this" != headline(robin), "who wants to be more careful may be, on their device"


def test_whoever_joins_is_told_what_their_device_holds_and_changes_nothing_of_the_kitchen(
    robin: FlaskClient, browser_of: BrowserOf
) -> None:
    keep(robin)
    page = robin.post("/household/invite", data={"role": "carer"}).get_data(as_text=True)
    address, client = "/join/" + page.split("/join/")[1].split("<")[0], browser_of()
    client.set_cookie("hospital", "barts-pack")
    client.set_cookie("strict", "on")
    said = words(read(client.get(address)).main)
    assert "This device holds your hospital: Barts-MS Listeria prevention pack and the strict setting." in said
    assert "Joining changes nothing that Rosehill kitchen keeps, and its own hospital comes first." in said
    wrong = read(client.post(address, data={"name": "Kim", "password": "short"}), 400)
    assert "This device holds your hospital" in words(wrong.main)
    client.post(address, data={"name": "Kim", "password": PASSWORD})
    chosen = read(robin.get("/dates")).select_one("#protocol option[selected]")
    assert chosen["value"] == STRICT_SHEET
    assert words(read(robin.get("/strict")).select_one("main form button")) == "Turn it on", "theirs alone is strict"
    assert words(read(client.get("/strict")).select_one("main form button")) == "Turn it off"
    assert "Barts-MS" not in words(read(client.get("/foods?q=brie")).main), "the kitchen's hospital comes first"


# ---- A sheet of one's own ----

SHEET = OwnSheet.of({"name": "Harbour Hospital", "others_out": "cheddar"}, date(2026, 3, 2))


def test_a_sheet_that_was_entered_is_kept_and_followed(robin: FlaskClient, join: Callable[[Role], FlaskClient]) -> None:
    sent = {"own_sheet": SHEET.to_json(), "version": "0"}
    assert "Tick the box" in words(
        read(robin.post("/dates/own-sheet/keep", data=sent), 400).select_one(".app-error-summary")
    )
    assert robin.post("/dates/own-sheet/keep", data={**sent, "agreed": "y"}).headers["Location"] == "/dates/own-sheet/kept"
    carer = join(Role.CARER)
    for client in (robin, carer):
        assert "Harbour Hospital" in words(read(client.get("/dates/own-sheet/kept")).main)
        page = read(client.get("/foods?q=cheddar"))
        assert words(page.select_one(".app-verdict__headline")) == "Do not eat this"
        assert "Harbour Hospital" in words(page.select_one(".app-whose"))
        for address in ("/foods/cheddar", "/recipes", "/kitchen", "/card", "/eating-out", "/foods/classes", "/"):
            read(client.get(address))
    assert carer.post("/dates/own-sheet/drop").status_code == 403
    robin.post("/dates/own-sheet/drop")
    assert robin.get("/dates/own-sheet/kept").status_code == 404


def test_kept_days_are_filled_in_wherever_days_are_asked_for_and_only_for_whoever_may_see_them(
    robin: FlaskClient, join: Callable[[Role], FlaskClient]
) -> None:
    keep(robin, protocol="")
    sheet = OwnSheet.of({"name": "Harbour Hospital", "starts": "2 weeks before first infusion"}, date(2026, 3, 2))
    robin.post("/dates/own-sheet/keep", data={"own_sheet": sheet.to_json(), "agreed": "y"})
    carer = join(Role.CARER)
    for client, sees in ((robin, True), (carer, False)):
        page = read(client.get("/dates/own-sheet/kept"))
        assert ("My dates under this sheet" in words(page.main)) == sees
        page = read(client.get("/dates/calendar"))
        assert (f"{FIRST.day} {FIRST.month} {FIRST.year}" in page.select_one("#days_1").get_text()) == sees
        assert page.select_one("#protocol option[selected]").get_text() == "Harbour Hospital"


def test_the_dates_page_draws_the_sheet_that_the_household_entered(robin: FlaskClient) -> None:
    sheet = {"name": "Harbour Hospital", "starts": "2 weeks before first infusion", "ends": "3 months after last infusion"}
    text = OwnSheet.of(sheet, date(2026, 3, 2)).to_json()
    robin.post("/dates/own-sheet/keep", data={"own_sheet": text, "agreed": "y"})
    page = read(robin.get("/dates"))
    assert words(page.select_one("#protocol option[selected]")) == "Harbour Hospital"
    assert keep(robin, protocol="own-sheet").headers["Location"] == "/dates"
    page = read(robin.get("/dates"))
    assert page.select("svg.app-timeline, .app-timeline svg") and "Harbour Hospital" in words(page.main)
    assert "2 weeks before the first infusion" in words(page.select_one(".app-pairs"))
    assert "Harbour Hospital" in words(read(robin.get("/dates/changes")).main)
    page = read(robin.post("/dates/calendar", data={**DAYS, "protocol": "own-sheet", "do": "ask"}))
    assert words(page.select_one("#protocol option[selected]")) == "Harbour Hospital"
    robin.post("/dates/own-sheet/drop")
    assert words(read(robin.get("/dates")).select_one("#protocol option")) == "I have not chosen yet"


def test_the_sheet_that_somebody_began_on_is_kept_and_its_calendar_follows_it(robin: FlaskClient) -> None:
    assert keep(robin, older="eu-label-2017").headers["Location"] == "/dates"
    page = read(robin.get("/dates"))
    assert page.select_one("#older option[selected]")["value"] == "eu-label-2017"
    assert "You hold another sheet now." in words(page.main)
    assert "Sheet that I began on" in words(read(robin.get("/dates/changes")).main)
    assert headline(robin) == "Do not eat this", "the foods of the sheet that they hold still count"


def test_two_sheets_that_were_entered_at_once_are_a_choice(robin: FlaskClient) -> None:
    robin.post("/dates/own-sheet/keep", data={"own_sheet": SHEET.to_json(), "agreed": "y"})
    other = OwnSheet.of({"name": "Hill Hospital"}, date(2026, 3, 2))
    page = read(robin.post("/dates/own-sheet/keep", data={"own_sheet": other.to_json(), "version": "0"}), 409)
    assert "Harbour Hospital" in words(page.main) and "Hill Hospital" in words(page.main)
    robin.post("/dates/own-sheet/keep", data=fields(page, "Keep mine"))
    assert "Hill Hospital" in words(read(robin.get("/dates/own-sheet/kept")).main)


def test_half_a_letter_in_a_sheet_breaks_nothing(robin: FlaskClient) -> None:
    sheet = SHEET.to_json().replace("Harbour", "Har\\ud800bour")
    robin.post("/dates/own-sheet/keep", data={"own_sheet": sheet, "agreed": "y"})
    read(robin.get("/dates/own-sheet/kept"))


@pytest.mark.parametrize("text", ["", "{}", "x" * 100_000], ids=["nothing", "empty", "long"])
def test_what_is_no_sheet_is_not_kept(robin: FlaskClient, text: str) -> None:
    assert robin.post("/dates/own-sheet/keep", data={"own_sheet": text, "agreed": "y"}).status_code == 400


# ---- Changes, the team's word, and two people at once ----


def test_the_team_s_word_is_kept_with_who_and_when_and_can_be_undone(robin: FlaskClient) -> None:
    keep(robin)
    today = date.today()
    page = read(robin.get("/dates"))
    sent = fields(page, "Show my dates") | {
        "stop_who": "Samira, my MS nurse",
        "stop_day-day": str(today.day),
        "stop_day-month": str(today.month),
        "stop_day-year": str(today.year),
        "do": "stop",
    }
    assert page.select_one("button[value=stop]")["formaction"] == "/dates/keep"
    assert robin.post("/dates/keep", data=sent).status_code == 303
    page = read(robin.get("/dates"))
    assert "This is recorded in the dates above." in words(page.main)
    undo = fields(page, "Show my dates") | {"do": "undo-stop"}
    assert robin.post("/dates/keep", data=undo).status_code == 303
    assert "This is recorded" not in words(read(robin.get("/dates")).main)
    assert "Samira, my MS nurse" in words(read(robin.get("/dates/changes")).main)


def test_two_changes_at_once_are_a_choice_and_neither_is_lost(robin: FlaskClient) -> None:
    keep(robin)
    first = fields(read(robin.get("/dates")), "Show my dates")
    assert robin.post("/dates/keep", data={**first, "protocol": "barts-pack"}).status_code == 303
    page = read(robin.post("/dates/keep", data={**first, "also": "barts-pack"}), 409)
    assert "Robin changed this while you did" in words(page.main) and "Second sheet" in words(page.main)
    assert robin.post("/dates/keep", data=fields(page, "Keep mine")).status_code == 303
    now = fields(read(robin.get("/dates")), "Show my dates")
    assert (now["protocol"], now["also"]) == (STRICT_SHEET, "barts-pack")
    history = read(robin.get("/dates/changes"))
    assert len(history.select("main h2")) == 3, "now, theirs and the first"


def test_the_same_change_twice_is_no_choice(robin: FlaskClient) -> None:
    keep(robin)
    assert keep(robin, version="0").status_code == 303


def test_the_others_see_the_days_only_if_the_patient_shares_them(
    robin: FlaskClient, join: Callable[[Role], FlaskClient]
) -> None:
    keep(robin)
    for client in (join(Role.CARER), join(Role.READER)):
        page = read(client.get("/dates"))
        assert "not shown to you" in words(page.main) and "Your dates" not in words(page.main)
        assert not [box["value"] for box in page.select("input[name^=courses-0]") if box.get("value")]
        assert client.get("/dates/changes").status_code == 404
        robin.post("/household/share-days", data={"share": "yes"})
        page = read(client.get("/dates"))
        assert "Your dates" in words(page.main) and "Keep what stands here" not in words(page.main)
        read(client.get("/dates/changes"))
        robin.post("/household/share-days", data={"share": "no"})


def test_another_household_sees_none_of_it(robin: FlaskClient, browser_of: BrowserOf) -> None:
    keep(robin)
    kim = browser_of("Kim", kitchen="Other")
    assert "Your dates" not in words(read(kim.get("/dates")).main)
    assert kim.get("/dates/changes").status_code == kim.get("/dates/own-sheet/kept").status_code == 404


# ---- Questions, and what a device held before ----


def asked(client: FlaskClient) -> list[str]:
    return [words(one) for one in read(client.get("/questions")).select(".app-asked__question")]


def test_the_household_keeps_one_list_of_questions(
    robin: FlaskClient, join: Callable[[Role], FlaskClient], browser_of: BrowserOf
) -> None:
    carer, reader = join(Role.CARER), join(Role.READER)
    answer = robin.post("/questions", data={"question": "May I eat feta?"})
    assert "Set-Cookie" not in answer.headers
    read(carer.post("/questions", data={"question": "And figs?"}))
    assert asked(robin) == asked(carer) == asked(reader) == ["May I eat feta?", "And figs?"]
    assert reader.post("/questions", data={"question": "x"}).status_code == 403
    assert asked(browser_of()) == []
    # Taken off by name, so that a number which means another one by now takes off nothing else.
    read(robin.post("/questions", data={"do": "remove-1", "which": "And figs?"}))
    read(robin.post("/questions", data={"do": "remove-1", "which": "And figs?"}))
    assert asked(carer) == ["May I eat feta?"]
    read(robin.post("/questions", data={"do": "clear"}))
    assert asked(carer) == []


def test_questions_from_before_are_kept_when_the_person_says_so(browser_of: BrowserOf) -> None:
    client = browser_of()
    client.post("/questions", data={"question": "May I eat feta?"})
    client.post("/household/begin", data={"kitchen": "K", "name": "Robin", "password": PASSWORD})
    page = read(client.get("/questions"))
    assert not page.select(".app-asked__question") and "Only on this device" in words(page.main)
    client.post("/questions", data={"do": "take-over"})
    assert asked(client) == ["May I eat feta?"] and client.get_cookie("questions", path="/questions") is None


@pytest.mark.parametrize("agrees", [True, False])
def test_a_hospital_from_before_is_kept_only_if_the_person_agrees(browser_of: BrowserOf, agrees: bool) -> None:
    client = browser_of()
    client.set_cookie("hospital", STRICT_SHEET)
    client.set_cookie("strict", "on")
    assert "This device holds your hospital" in words(read(client.get("/household/begin")).main)
    data = {"kitchen": "K", "name": "Robin", "password": PASSWORD, **({"take_over": "y"} if agrees else {})}
    client.post("/household/begin", data=data)
    other = browser_of()
    other.post("/household/sign-in", data={"name": "Robin", "password": PASSWORD})
    assert (headline(other) == "Do not eat this") == agrees
    assert (other.get("/dates/changes").status_code == 200) == agrees


def test_a_device_that_holds_nothing_is_asked_nothing(browser_of: BrowserOf) -> None:
    assert not read(browser_of().get("/household/begin")).select("input[name=take_over]")


# ---- Who eats here ----

EATERS = {"people-0-name": "Kim", "people-0-avoids": "nuts", "people-1-name": "Robin", "people-1-on_diet": "y"}


def test_who_eats_here_is_kept_with_consent_and_sets_for_how_many_a_week_is(
    robin: FlaskClient, join: Callable[[Role], FlaskClient]
) -> None:
    page = read(robin.post("/household/eaters", data=EATERS), 400)
    assert "Tick the box" in words(page.select_one(".app-error-summary"))
    assert page.select_one("#people-0-avoids")["value"] == "nuts"
    third = {"people-2-name": "Sam", "agreed": "y"}
    assert robin.post("/household/eaters", data={**EATERS, **third}).status_code == 303
    page = read(robin.get("/household/eaters"))
    assert page.select_one("#people-1-on_diet").has_attr("checked")
    assert not page.select_one("#people-0-on_diet").has_attr("checked")
    assert read(robin.get("/week")).select_one("#servings")["value"] == "3"
    reader = words(read(join(Role.READER).get("/household/eaters")).main)
    assert "Robin keeps the diet" in reader and "Kim eats along, avoids nuts" in reader


@pytest.mark.parametrize(
    "typed",
    [{"people-0-avoids": "nuts"}, {"people-0-name": "x" * 81}, {"people-0-name": "Kim", "people-0-avoids": "x" * 201}],
    ids=["nobody avoids nuts", "long name", "avoids too much"],
)
def test_what_is_wrong_about_an_eater_is_said(robin: FlaskClient, typed: dict[str, str]) -> None:
    page = read(robin.post("/household/eaters", data={**typed, "agreed": "y"}), 400)
    assert "Person 1: " in words(page.select_one(".app-error-summary"))


def test_two_who_say_at_once_who_eats_here_choose(robin: FlaskClient) -> None:
    robin.post("/household/eaters", data={**EATERS, "agreed": "y"})
    page = read(robin.post("/household/eaters", data={"people-0-name": "Sam", "version": "0"}), 409)
    assert "Kim" in words(page.main) and "Sam" in words(page.main)
    robin.post("/household/eaters", data=fields(page, "Keep mine"))
    page = read(robin.get("/household/eaters"))
    assert [box["value"] for box in page.select("input[name$=-name]") if box.get("value")] == ["Sam"]


# ---- Everything in one file, and nothing left ----


def test_the_export_holds_everything_in_forms_that_others_read(robin: FlaskClient) -> None:
    save(robin)
    keep(robin)
    robin.post("/questions", data={"question": "May I eat feta?"})
    answer = robin.get("/household/export")
    assert "no-store" in answer.headers["Cache-Control"]
    files = zipfile.ZipFile(io.BytesIO(answer.data))
    everything = json.loads(files.read("everything.json"))
    assert everything["kitchen"] == "Rosehill kitchen" and everything["people"][0]["name"] == "Robin"
    kinds = {one["kind"]: one["said"] for one in everything["kept"]}
    assert set(kinds) == {"recipe", "dates", "questions"} and kinds["dates"]["now"]["hospital"] == STRICT_SHEET
    [recipe] = json.loads(files.read("recipes.json"))
    assert recipe["@type"] == "Recipe" and recipe["name"] == "Goat's cheese tart"
    days = {event["dtstart"].dt for event in icalendar.Calendar.from_ical(files.read("calendar.ics")).walk("VEVENT")}
    assert FIRST in days
    assert PASSWORD not in files.read("everything.json").decode() and "argon2" not in files.read("everything.json").decode()


def test_what_is_erased_is_in_no_file_of_the_database(kept_app: Flask, robin: FlaskClient, tmp_path: Path) -> None:
    keep(robin)
    robin.post("/questions", data={"question": "May I eat feta?"})
    assert any(STRICT_SHEET.encode() in file.read_bytes() for file in tmp_path.glob("piping-hot.db*"))
    erased = robin.post("/household/erase", data={"erase-password": PASSWORD, "erase-sure": "y"})
    assert "backup made before today may still hold" in words(read(erased).main)
    for file in tmp_path.glob("piping-hot.db*"):
        content = file.read_bytes()
        assert not any(word in content for word in (STRICT_SHEET.encode(), b"feta", b"Rosehill", b"Robin")), file.name


def test_erasing_on_a_server_leaves_no_dead_row(url: str) -> None:
    from sqlalchemy import text

    from households import store
    from tests.households.conftest import NOW

    database = Database(url)
    database.upgrade()
    with database.begin() as session:
        account = store.begin_household(session, "K", "Robin", "a hash", NOW)
        store.keep(session, account, "dates", "", {"hospital": STRICT_SHEET}, 0, NOW)
    with database.begin() as session:
        store.erase_household(session, account.household)
    database.forget_erased()
    if not database.is_sqlite:
        with database.begin() as session:
            assert session.scalar(text("select pg_relation_size('kept')")) == 0, "an empty table's file is cut to nothing"
    database.engine.dispose()


# ---- The calendar that other programs fetch ----


def feed_of(client: FlaskClient, **more: str) -> str:
    page = read(client.post("/dates/feed", data={"agreed": "y", **more}))
    return words(page.code).removeprefix("http://localhost")


def test_a_feed_needs_consent_and_dates(robin: FlaskClient) -> None:
    assert robin.post("/dates/feed", data={"agreed": "y"}).status_code == 303, "there are no dates yet"
    keep(robin)
    assert robin.post("/dates/feed", data={}).status_code == 303
    assert "A calendar program may fetch it" not in words(read(robin.get("/dates")).main)


@pytest.mark.parametrize("is_medical", [False, True])
def test_a_feed_holds_medical_days_only_if_asked(robin: FlaskClient, browser_of: BrowserOf, is_medical: bool) -> None:
    keep(robin)
    address = feed_of(robin, **({"medical": "y"} if is_medical else {}))
    assert len(address.split("/")[-1].removesuffix(".ics")) >= 22
    answer = browser_of().get(address)
    assert answer.mimetype == "text/calendar" and "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer" and "no-store" in answer.headers["Cache-Control"]
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert (FIRST in {event["dtstart"].dt for event in events}) == is_medical and events
    text = answer.get_data(as_text=True).replace("\r\n ", "")
    assert not any(word in text for word in ("Who says so", "Robin", "Rosehill", STRICT_SHEET))
    assert ("nfusion" in text or "test" in text) == is_medical


def test_a_new_address_ends_the_old_one_and_each_can_be_withdrawn(robin: FlaskClient, browser_of: BrowserOf) -> None:
    keep(robin)
    old, new = feed_of(robin), feed_of(robin)
    stranger = browser_of()
    assert (stranger.get(old).status_code, stranger.get(new).status_code) == (404, 200)
    robin.post("/dates/feed/withdraw")
    assert stranger.get(new).status_code == 404
    last = feed_of(robin)
    robin.post("/dates/drop")
    assert stranger.get(last).status_code == 404


def test_of_the_calendar_of_their_dates_the_patient_alone_decides(
    robin: FlaskClient, join: Callable[[Role], FlaskClient], browser_of: BrowserOf
) -> None:
    keep(robin)
    address, carer, stranger = feed_of(robin), join(Role.CARER), browser_of()
    kitchen = read(carer.get("/household"))
    assert "A calendar of the patient’s dates" in words(kitchen) and not kitchen.select('form[action^="/household/links/"]')
    for number in range(1, 9):
        carer.post(f"/household/links/{number}/withdraw")
    assert stranger.get(address).status_code == 200
    withdraw = read(robin.get("/household")).select_one('form[action^="/household/links/"]')
    assert withdraw is not None
    robin.post(str(withdraw["action"]))
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("version", ["-1", "9" * 40, "x", "", "٣", "1e9"])
def test_a_version_that_nobody_saw_loses_nothing_and_breaks_nothing(robin: FlaskClient, version: str) -> None:
    keep(robin)
    mine = save(robin)
    assert keep(robin, protocol="barts-pack", version=version).status_code == 409
    text = {"name": "Mine", "ingredients": "1 egg", "steps": "Boil it.", "version": version}
    assert robin.post(mine + "/change", data=text).status_code == 409
    sheet = {"own_sheet": SHEET.to_json(), "agreed": "y", "version": version}
    assert robin.post("/dates/own-sheet/keep", data=sheet).status_code == 303
    assert robin.post("/household/eaters", data={**EATERS, "agreed": "y", "version": version}).status_code == 303
