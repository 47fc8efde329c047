"""What becomes of a shopping list after it was made: ticks of several phones, lines by hand, a question back, a link."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import segno
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from foods.sheets import Sheet
from foods.table import FoodTable
from households.household import FROM_ONE_NETWORK, Account, Role
from households.kept import Kept, NotShared, Opened
from planner.aisles import USUAL, as_kept, moved, order_of, read_order
from planner.list_keeping import change_ticks, ticks_kept
from planner.own_sheet import OwnSheet
from planner.qr import QUIET, qr_code
from planner.shop_answer import answer, answer_for_anybody, may_answer_alone
from planner.shopping import OTHER
from planner.ticks import MOST_ADDED, Ticks
from planner.week import Kitchen
from tests.house_checks import complaints, words
from tests.households.conftest import NOW, PASSWORD

BrowserOf = Callable[..., FlaskClient]
DAY = "2026-11-30"
LIST = f"/week/{DAY}/list"
PHONE, CARER = "phone001", "carer001"


def page_of(client: FlaskClient, address: str, status: int = 200, **sent: Any) -> BeautifulSoup:
    """A page as it comes back, which must keep the house rules."""
    answer_ = client.post(address, data=sent, follow_redirects=True) if sent else client.get(address)
    assert answer_.status_code == status, f"{address} answered {answer_.status}"
    page = BeautifulSoup(answer_.get_data(as_text=True), "html.parser")
    assert not complaints(page), f"{address}: {complaints(page)}"
    return page


def keep_week(app: Flask, asked: dict[str, Any] | None = None, number: int = 1) -> None:
    """Keep a week for the household with this number, as the pages of weeks do."""
    account = Account(1, number, "", "", Role.PATIENT)
    Kept(app.extensions["database"], account, NOW).keep("week", DAY, {"asked": asked or {"servings": ["2"], "seed": ["1"]}})


@pytest.fixture
def robin(kept_app: Flask, browser_of: BrowserOf) -> FlaskClient:
    """A household that keeps a week."""
    robin = browser_of("Robin")
    keep_week(kept_app)
    return robin


@pytest.fixture
def link(robin: FlaskClient) -> str:
    """The address of a link to the list."""
    return path_in(page_of(robin, f"{LIST}/share", do="share"))


def path_in(page: BeautifulSoup) -> str:
    return words(page.code).removeprefix("http://localhost")


def boxes(page: BeautifulSoup) -> list[str]:
    return [box["value"] for box in page.select("[data-line]")]


def ticked(page: BeautifulSoup) -> set[str]:
    return {box["value"] for box in page.select("[data-line][checked]")}


def merge(client: FlaskClient, address: str, sent: object, status: int = 200) -> dict[str, Any]:
    answer_ = client.post(f"{address}/merge", json=sent)
    assert answer_.status_code == status, answer_.get_data(as_text=True)
    said: dict[str, Any] = answer_.get_json()
    return said


# ---- Ticks ----


def test_a_kept_weeks_list_opens_without_its_address_saying_how_it_was_made(robin: FlaskClient) -> None:
    assert "for 2 people" in words(page_of(robin, LIST).main)
    assert "for 5 people" in words(page_of(robin, f"{LIST}?servings=5").main)


def test_ticks_are_kept_without_a_script_and_only_what_changed_is_changed(robin: FlaskClient) -> None:
    page = page_of(robin, LIST)
    first, second, third = boxes(page)[:3]
    seen = page.select_one("input[name=seen]")["value"]
    page = page_of(robin, LIST, do="ticks", seen=seen, ticked=[first, second])
    assert ticked(page) == {first, second}
    other_seen = page.select_one("input[name=seen]")["value"]
    # Somebody else ticked meanwhile, which the page that is sent had not seen.
    merge(robin, LIST, Ticks().tick(third, PHONE).as_said())
    page = page_of(robin, LIST, do="ticks", seen=other_seen, ticked=[first])
    assert ticked(page) == {first, third}


def test_a_page_sent_twice_or_late_loses_no_tick(robin: FlaskClient) -> None:
    line = boxes(page_of(robin, LIST))[0]
    page_of(robin, LIST, do="ticks", seen="{}", ticked=[line])
    old = page_of(robin, LIST).select_one("input[name=seen]")["value"]
    page_of(robin, LIST, do="ticks", seen=old)
    page_of(robin, LIST, do="ticks", seen="{}", ticked=[line])
    assert ticked(page_of(robin, LIST, do="ticks", seen=old)) == {line}


def test_two_phones_and_the_link_meet_on_the_server(robin: FlaskClient, browser_of: BrowserOf, link: str) -> None:
    mine, theirs = Ticks().tick("milk", PHONE), Ticks().tick("rice", CARER).add("added001", "plums")
    assert merge(robin, LIST, mine.as_said())["ticks"] == mine.as_said()["ticks"]
    met = merge(browser_of(), link, theirs.as_said())
    assert Ticks.of(met).ticked == {"milk", "rice"} and met["checked"]["added001"]["verdict"] == "ok"
    assert merge(robin, LIST, Ticks().as_said())["added"] == {"added001": "plums"}


HOSTILE = {
    "nothing": b"",
    "no JSON": b"ticks",
    "a list": b"[]",
    "half a letter": b'{"ticks": {"\\ud83d": {}}, "added": {}}',
    "a number of 5,000 figures": b'{"ticks": {"milk": {"phone001": [' + b"9" * 5000 + b', 0]}}, "added": {}}',
    "very deep": b"[" * 50_000,
    "not a number": b'{"ticks": {"milk": {"phone001": [NaN, 0]}}, "added": {}}',
    "too long": b'{"ticks": {}, "added": {}}' + b" " * 70_000,
    "no UTF-8": b'{"ticks": {"\xff": {}}, "added": {}}',
}


def test_what_is_no_list_of_ticks_is_refused_and_changes_nothing(robin: FlaskClient) -> None:
    kept = merge(robin, LIST, Ticks().tick("milk", PHONE).as_said())
    for case, sent in HOSTILE.items():
        answer_ = robin.post(f"{LIST}/merge", data=sent, content_type="application/json")
        assert answer_.status_code == 400 and answer_.get_json()["error"].endswith("."), case
    assert merge(robin, LIST, Ticks().as_said()) == kept


def test_a_full_list_takes_no_more_and_says_so(robin: FlaskClient) -> None:
    for start in (0, 50):
        added = {f"added{number:04}": "plums" for number in range(start, start + 50)}
        merge(robin, LIST, {"ticks": {}, "added": added})
    assert "full" in merge(robin, LIST, {"ticks": {}, "added": {"another1": "plums"}}, 400)["error"]
    page = page_of(robin, LIST, 400, do="add", food="plums")
    assert "full" in words(page.select_one(".app-error-summary"))
    assert len(page.select("[data-added]")) == MOST_ADDED


def test_a_change_is_made_to_whatever_somebody_else_keeps_meanwhile(kept_app: Flask, robin: FlaskClient) -> None:
    class Racing(Kept):
        """A household where somebody else ticks just before each of the first three times that something is kept."""

        def keep_unless_changed(self, kind: str, key: str, said: Any, version: int) -> Any:
            if races := next(turns, 0):
                mine = super().read(kind, key)
                other = (Ticks.of(mine.said) if mine else Ticks()).tick(f"line {races}", CARER)
                super().keep_unless_changed(kind, key, other.as_said(), mine.version if mine else 0)
            return super().keep_unless_changed(kind, key, said, version)

    turns = iter((1, 2, 3))
    kept = Racing(kept_app.extensions["database"], Account(1, 1, "", "", Role.PATIENT), NOW)
    change_ticks(kept, DAY, lambda now: now.tick("milk", PHONE))
    assert ticks_kept(kept, DAY).ticked == {"milk", "line 1", "line 2", "line 3"}


def test_a_reader_sees_the_ticks_and_changes_none(robin: FlaskClient, browser_of: BrowserOf) -> None:
    invited = robin.post("/household/invite", data={"role": "reader"}).get_data(as_text=True)
    reader, line = browser_of(), boxes(page_of(robin, LIST))[0]
    reader.post(f"/join/{invited.split('/join/')[1].split('<')[0]}", data={"name": "Kim", "password": PASSWORD})
    merge(robin, LIST, Ticks().tick(line, PHONE).add("added001", "brie").as_said())
    page = page_of(reader, LIST)
    assert ticked(page) == {line} and "brie" in words(page.select_one("#by-hand"))
    assert not page.select("main form, [data-name]") and all(box.has_attr("disabled") for box in page.select("[data-line]"))
    assert reader.post(f"{LIST}/merge", json=Ticks().as_said()).status_code == 403


def test_a_strangers_list_is_kept_by_their_device_alone(browser_of: BrowserOf) -> None:
    stranger = browser_of()
    page = page_of(stranger, f"{LIST}?seed=1")
    state = page.select_one("#list")
    assert state["data-name"] == f"here {DAY}" and not state.get("data-merge")
    assert page.select_one("[data-add-form]").has_attr("hidden") and len(boxes(page)) > 20
    assert not page.select("button[value=ticks], #share")
    assert stranger.post(f"{LIST}/merge", json=Ticks().as_said()).status_code == 403


def test_the_lists_of_two_households_never_share_a_name_on_one_device(robin: FlaskClient, browser_of: BrowserOf) -> None:
    kim = browser_of("Kim", kitchen="Other kitchen")
    names = [page_of(one, f"{LIST}?servings=2").select_one("#list")["data-name"] for one in (robin, kim)]
    assert names[0] != names[1] and all(DAY in name for name in names)


# ---- Lines by hand, and the question back ----

ADDED = {
    "feta": ("ok", "feta", "pasteurised"),
    "brie": ("cook", "brie", "Only if cooked"),
    "pâté": ("avoid", "Do not buy pâté", "Do not eat this"),
    "frumious bandersnatch": ("unknown", "Do not buy frumious bandersnatch", "We do not know this"),
}


@pytest.mark.parametrize(("food", "expected"), ADDED.items(), ids=ADDED)
def test_a_line_by_hand_stands_there_with_its_verdict_and_can_be_taken_off(
    robin: FlaskClient, food: str, expected: tuple[str, str, str]
) -> None:
    page = page_of(robin, LIST, do="add", food=f" {food}\n ")
    line = page.select_one("[data-added]")
    verdict, name, says = expected
    assert line.select_one(f".app-verdict-line--{verdict}") and says in words(line)
    assert words(line.select_one(".app-line__food")) == name
    assert bool(line.select_one("input[type=checkbox]")) == (verdict in ("ok", "cook"))
    assert not page_of(robin, LIST, do=line.button["value"]).select("[data-added]")


def test_what_is_no_food_is_said_beside_its_box_and_not_lost(robin: FlaskClient) -> None:
    page = page_of(robin, LIST, 400, do="add", food="f" * 81)
    assert words(page.select_one("#food-error")) == "Enter one food a line, in 80 letters at most."
    assert page.select_one("#food")["value"] == "f" * 81
    assert page_of(robin, LIST, 400, do="add", food=" \u202e ").select_one("#food-error")


def test_a_question_back_is_answered_by_the_check(robin: FlaskClient, browser_of: BrowserOf) -> None:
    page = page_of(robin, f"{LIST}/ask", food="feta")
    assert page.select_one(".app-verdict--ok") and page.select_one("button[value=add]")
    for food in ("pâté", "brie", "frumious"):
        assert not page_of(robin, f"{LIST}/ask", food=food).select("button[value=add]")
    assert not page_of(browser_of(), f"{LIST}/ask", food="feta").select("button[value=add]")
    assert page_of(robin, f"{LIST}/ask", 400, food="").select_one(".app-error-summary")
    told = robin.post(f"{LIST}/ask", data={"food": "brie"}, headers={"Accept": "application/json"}).get_json()
    assert (told["food"], told["verdict"]) == ("brie", "cook") and told["why"] and told["do_this"]


# ---- The order of the aisles ----


def names(page: BeautifulSoup) -> list[str]:
    return [words(name) for name in page.select(".app-shopping .app-aisle__name")]


def test_a_household_moves_an_aisle_for_everybody(robin: FlaskClient, browser_of: BrowserOf, link: str) -> None:
    usual = names(page_of(robin, LIST))
    assert usual[0].startswith("Fruit and vegetables")
    page_of(robin, f"{LIST}/aisles", do="down-produce")
    assert names(page_of(robin, LIST))[:2] == [usual[1], usual[0]] == names(page_of(browser_of(), link))[:2]
    page_of(robin, f"{LIST}/aisles", do="usual-")
    assert names(page_of(robin, LIST)) == usual


def test_a_stranger_s_order_stands_in_one_cookie_for_weeks_alone(browser_of: BrowserOf) -> None:
    stranger = browser_of()
    answer_ = stranger.post(f"{LIST}/aisles?seed=1", data={"do": "down-produce"})
    said = answer_.headers["Set-Cookie"]
    assert "Path=/week" in said and "HttpOnly" in said and "SameSite=Lax" in said and "aisles=" in said
    assert names(page_of(stranger, f"{LIST}?seed=1"))[1].startswith("Fruit and vegetables")
    assert "aisles=;" in stranger.post(f"{LIST}/aisles", data={"do": "usual-"}).headers["Set-Cookie"]


def test_a_move_that_cannot_be_changes_nothing(browser_of: BrowserOf) -> None:
    stranger = browser_of()
    for asked in ("x", "up-produce", "down-frozen", "up-nowhere", "sideways-meat", "up-"):
        page = page_of(stranger, f"{LIST}/aisles", do=asked)
        assert read_order(".".join(button["value"][5:] for button in page.select("[value^=down-]"))) == USUAL, asked


def test_any_order_that_is_kept_holds_every_aisle_once() -> None:
    assert read_order("frozen.nowhere.frozen.ask")[:2] == ("frozen", OTHER) and sorted(read_order("x")) == sorted(USUAL)
    assert order_of(["meat", 3, None])[0] == "meat" and as_kept(USUAL) == ""
    for aisle in USUAL:
        order = moved(USUAL, aisle, 1)
        assert read_order(as_kept(order)) == order and sorted(order) == sorted(USUAL)


# ---- The link ----


def test_a_link_opens_the_list_alone_and_may_change_it(robin: FlaskClient, browser_of: BrowserOf, link: str) -> None:
    carer = browser_of()
    page = page_of(carer, link)
    assert boxes(page) == boxes(page_of(robin, LIST))
    line, seen = boxes(page)[4], page.select_one("input[name=seen]")["value"]
    assert ticked(page_of(carer, link, do="ticks", seen=seen, ticked=[line])) == {line} == ticked(page_of(robin, LIST))
    assert "plums" in words(page_of(carer, link, do="add", food="plums").select_one("[data-added]"))
    assert page_of(carer, f"{link}/ask", food="feta").select_one("button[value=add]")
    answer_ = carer.get(link)
    assert "noindex" in answer_.headers["X-Robots-Tag"] and answer_.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer_.headers["Cache-Control"]


def test_the_square_holds_the_link_with_white_around_it(robin: FlaskClient) -> None:
    page = page_of(robin, f"{LIST}/share", do="share")
    square, code = page.select_one(".app-qr"), qr_code(words(page.code))
    assert square.path["d"] == code.path and square.rect["fill"] == "#fff" and square.path["fill"] == "#000"
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", code.path)
    drawn = re.findall(r"M(\d+) (\d+)h(\d+)", code.path)
    black = {(int(x) + more, int(y)) for x, y, length in drawn for more in range(int(length))}
    rows = enumerate(segno.make(words(page.code), micro=False, error="m").matrix_iter(border=QUIET))
    assert black == {(x, y) for y, row in rows for x, is_black in enumerate(row) if is_black}
    corners = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)", code.path)]
    assert min(across for across, _, _ in corners) == min(down for _, down, _ in corners) == QUIET
    assert max(across + length for across, _, length in corners) == code.size - QUIET


def test_a_link_that_is_withdrawn_opens_nothing(robin: FlaskClient, browser_of: BrowserOf, link: str) -> None:
    assert "A shopping list for the week from 30 November 2026" in words(page_of(robin, "/household").main)
    assert words(page_of(robin, LIST).select_one("#share")).endswith("Withdraw the link")
    robin.post(f"{LIST}/withdraw")
    carer = browser_of()
    gone = words(page_of(carer, link, 404).main)
    assert gone.startswith("This link opens nothing") and "Ask whoever sent it for a new one." in gone and "team" not in gone
    for address in (link, f"{link}/ask", f"{link}/merge"):
        assert carer.post(address, json=Ticks().as_said()).status_code == 404
    assert "Withdraw" not in words(page_of(robin, LIST).select_one("#share"))


def test_a_week_that_is_not_kept_has_no_link_and_says_what_to_do(browser_of: BrowserOf) -> None:
    kim = browser_of("Kim")
    assert "Keep this week first." in words(page_of(kim, f"{LIST}?servings=2").select_one("#share"))
    assert "keeps no week from that day" in words(page_of(kim, f"{LIST}/share", 404, do="share").main)


def test_a_link_to_a_list_changes_nothing_else_and_another_link_nothing_at_all(kept_app: Flask, robin: FlaskClient) -> None:
    database = kept_app.extensions["database"]
    opened = Opened(database, 1, "shopping list", DAY, NOW)
    for kind, key in (("list", "2026-12-07"), ("dates", ""), ("week", DAY), ("strict", "")):
        with pytest.raises(NotShared):
            opened.keep_unless_changed(kind, key, {}, 0)
    for opens in ("recipe", "calendar feed", "list"):
        with pytest.raises(NotShared):
            Opened(database, 1, opens, DAY, NOW).keep_unless_changed("list", DAY, {}, 0)
    assert opened.keep_unless_changed("list", DAY, Ticks().as_said(), 0) is None
    found = opened.read("list", DAY)
    assert found and found.changed_by == "" and opened.keep_unless_changed("list", DAY, {}, 0) == found


def test_what_a_link_is_asked_is_limited(
    robin: FlaskClient, browser_of: BrowserOf, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FROM_ONE_NETWORK, "list", 2)
    statuses = [browser_of().post(f"{link}/merge", json=Ticks().as_said()).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert "Wait 15 minutes" in words(page_of(browser_of(), link, 429).main)
    assert robin.post(f"{LIST}/merge", json=Ticks().as_said()).status_code == 200


# ---- By whose sheets a shared list answers, and in what words ----


def test_a_shared_list_goes_by_the_household_s_sheets_and_names_none(
    kept_app: Flask, robin: FlaskClient, browser_of: BrowserOf, link: str
) -> None:
    carer = browser_of()
    ask = {"data": {"food": "ham"}, "headers": {"Accept": "application/json"}}
    assert carer.post(f"{link}/ask", **ask).get_json()["verdict"] == "cook"
    robin.post("/dates/keep", data={"protocol": "barts-pack", "agreed": "y"})
    told = carer.post(f"{link}/ask", **ask).get_json()
    assert told["verdict"] == robin.post(f"{LIST}/ask", **ask).get_json()["verdict"] == "avoid"
    assert "barts" not in json.dumps(told).lower() and "barts" not in carer.get(link).get_data(as_text=True).lower()


def test_the_strict_setting_of_a_household_counts_for_its_link(robin: FlaskClient, browser_of: BrowserOf, link: str) -> None:
    robin.post("/strict", data={"strict": "on"})
    ask = {"data": {"food": "ham"}, "headers": {"Accept": "application/json"}}
    assert browser_of().post(f"{link}/ask", **ask).get_json()["verdict"] == "avoid"


def test_a_hospital_that_only_the_sharer_s_device_knows_makes_the_link_strict(
    robin: FlaskClient, browser_of: BrowserOf
) -> None:
    robin.set_cookie("hospital", "barts-pack")
    shared = path_in(page_of(robin, f"{LIST}/share", do="share"))
    ask = {"data": {"food": "ham"}, "headers": {"Accept": "application/json"}}
    assert browser_of().post(f"{shared}/ask", **ask).get_json()["verdict"] == "avoid"
    robin.delete_cookie("hospital")
    shared = path_in(page_of(robin, f"{LIST}/share", do="share"))
    assert browser_of().post(f"{shared}/ask", **ask).get_json()["verdict"] == "cook"


def test_allergens_to_read_labels_for_are_said_without_whose(kept_app: Flask, browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    keep_week(kept_app, {"servings": ["2"], "seed": ["1"], "without": ["milk", "nuts"]})
    shared = page_of(browser_of(), path_in(page_of(robin, f"{LIST}/share", do="share")))
    assert "Read each label for milk and nuts." in words(shared.main) and "You asked" not in words(shared)


TELLS = re.compile(r"barts|\bms\b|hospital'?s|patient|lemtrada|infusion|2016|pregnan", re.IGNORECASE)
ORDER = ["ok", "cook", "unknown", "avoid"]


def test_no_answer_for_anybody_is_looser_than_the_household_s_or_tells_whose_it_is(app: Flask) -> None:
    table: FoodTable = app.extensions["facts"].table
    for sheet in table.sheets.values():
        for food in table.foods.values():
            mine, told = answer(table, food.name, [sheet]), answer_for_anybody(table, food.name, [sheet])
            assert ORDER.index(told.verdict) >= ORDER.index(mine.verdict), f"{food.name} under {sheet.protocol}"
            assert not TELLS.search(" ".join(told.as_said().values())), told


def test_a_sheet_of_one_s_own_is_never_answered_for_by_a_device_alone(app: Flask) -> None:
    table: FoodTable = app.extensions["facts"].table
    own: Sheet = OwnSheet.of({"name": "Harbour Hospital"}, date(2026, 3, 2)).sheet(table)
    assert may_answer_alone(table, [*table.sheets.values()]) and not may_answer_alone(table, [own])


@pytest.fixture
def no_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.one_week_views.kitchen_of", lambda *asked: Kitchen({}))


@pytest.mark.usefixtures("no_recipes")
def test_an_empty_list_takes_lines_by_hand(robin: FlaskClient) -> None:
    page = page_of(robin, LIST, do="add", food="plums")
    assert "there is nothing to buy" in words(page.main) and page.select_one("[data-added]")
