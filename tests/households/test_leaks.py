"""In a full run, does any address, log line, shared page or error page say an infusion day or a hospital?

The app is used as a household uses it. Every address and header goes into what is read, as an access log would hold it.
"""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from households.access import Asks, asks
from households.household import Account, Role
from households.kept import Kept
from planner.own_sheet import OwnSheet
from planner.ticks import Ticks
from tests.households.conftest import NOW
from tests.households.test_keeping import fields
from tests.households.test_own_recipes import save

BrowserOf = Callable[..., FlaskClient]
HOSPITAL, HOSPITAL_NAME, OWN, NURSE = "german-ms-page", "fokus-ms", "Harbour", "Samira"
DAY = re.compile(r"2004|\bmarch\b|\bapril\b|\b17 3\b|2004-03-1[4-8]", re.IGNORECASE)
"""Every infusion day here lies in March 2004, in no way that a date may be written. The page's own day never does."""
HEALTH = re.compile("|".join((HOSPITAL, HOSPITAL_NAME, OWN, NURSE, DAY.pattern)), re.IGNORECASE)
ADDRESSES = ("href", "action", "formaction", "src", "content", "cite", "data", "poster", "ping")
DATES = {
    "protocol": HOSPITAL,
    "courses-0-first-day": "14",
    "courses-0-first-month": "3",
    "courses-0-first-year": "2004",
    "agreed": "y",
}


class Run:
    """One browser, everything it opened, and what was said outside the pages meanwhile."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.outside = client, list[tuple[str, str]]()

    def open(self, address: str, data: dict[str, str] | None = None, status: int | None = None) -> BeautifulSoup:
        """Open an address, or send a form there, and note each address and header that comes of it."""
        answer = self.client.open(address, method="GET" if data is None else "POST", data=data)
        assert status in (None, answer.status_code), f"{address} answered {answer.status}"
        self.outside += [("address", address), *((f"header {name}", said) for name, said in answer.headers)]
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        answer.close()
        page = BeautifulSoup(text, "html.parser")
        for name in ADDRESSES:
            self.outside += [(f"{name} on {address}", str(tag[name])) for tag in page.select(f"[{name}]")]
        # A form that comes back with what was typed is the person's own page; every other page of a fault is read whole.
        if answer.status_code >= 400 and not page.select("main form"):
            self.outside.append((f"error page {address}", text))
        return page

    def leaks(self) -> list[tuple[str, str]]:
        """What was said outside; how long a page is says nothing of anybody, whatever year it looks like."""
        return [(where, said) for where, said in self.outside if HEALTH.search(said) and where != "header Content-Length"]


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line that is logged, by us and by whatever we use."""
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.setLevel(level)
    root.removeHandler(handler)


WEEK = "2026-11-30"
SHOPS = ["ham", "brie", "feta", "stilton", "takeaway pizza", "prawns", "frumious bandersnatch", "vitamin tablets", "oysters"]
"""Foods on which sheets differ, in the hospitals' own words."""


def keep_week(app: Flask) -> None:
    """Keep a week for the first household, as the pages of weeks do."""
    account = Account(1, 1, "", "", Role.PATIENT)
    Kept(app.extensions["database"], account, NOW).keep("week", WEEK, {"asked": {"servings": ["2"], "without": ["milk"]}})


def use_shared_list(carer: Run, link: str) -> str:
    """Do all that a link to a list allows, and read it all: page, answers and JSON."""
    carer.open(link, {"do": "add", "food": SHOPS[0]}, 303)
    for food in SHOPS:
        carer.open(link, {"do": "add", "food": food}, 303)
        carer.open(f"{link}/ask", {"food": food}, 200)
    carer.open(link, {"do": "ticks", "seen": "not what was seen", "ticked": "milk"}, 400)
    carer.open(f"{link}/ask", {"food": ""}, 400)
    read = [carer.client.get(link), carer.client.post(f"{link}/merge", json=Ticks().tick("milk", "phone001").as_said())]
    read += [carer.client.post(f"{link}/ask", data={"food": food}) for food in SHOPS]
    read += [carer.client.post(f"{link}/ask", data={"food": food}, headers={"Accept": "application/json"}) for food in SHOPS]
    assert all(one.status_code == 200 for one in read)
    carer.client.post(f"{link}/merge", data=b"[")
    return "\n".join(one.get_data(as_text=True) for one in read)


def use_everything(robin: Run) -> tuple[str, str, str]:
    """Keep all there is to keep, change it, and share what can be shared: the three shared addresses."""
    robin.open("/dates", {**DATES, "do": "remember"})
    robin.open("/dates/keep", {**DATES}, 303)
    page = robin.open("/dates", status=200)
    assert HEALTH.search(page.get_text()), "the page itself shows them, or this test would find nothing anywhere"
    stop = {"stop_who": NURSE, "stop_day-day": "1", "stop_day-month": "4", "stop_day-year": "2005", "do": "stop"}
    robin.open("/dates/keep", fields(page, "Show my dates") | stop, 303)
    robin.open("/dates/keep", {**DATES, "version": "1", "protocol": "barts-pack"}, 409)
    sheet = OwnSheet.of({"name": f"{OWN} Hospital"}, date(2026, 3, 2)).to_json()
    robin.open("/dates/own-sheet/keep", {"own_sheet": sheet, "agreed": "y"}, 303)
    robin.open("/questions", {"question": f"May I eat feta? {NURSE} did not say."}, 200)
    mine = save(robin.client)
    robin.open(mine, status=200)
    shared = robin.open("/recipes/share", {"about": mine.replace("/recipes/mine/", "mine:")}, 200)
    feed = robin.open("/dates/feed", {"agreed": "y"}, 200)
    at_list = f"/week/{WEEK}/list"
    robin.open(at_list, {"do": "add", "food": "ham"}, 303)
    robin.open(f"{at_list}/ask", {"food": "ham"}, 200)
    robin.open(f"{at_list}/aisles", {"do": "down-produce"}, 200)
    listed = robin.open(f"{at_list}/share", {"do": "share"}, 200)
    return tuple(page.code.get_text().strip().removeprefix("http://localhost") for page in (shared, feed, listed))


def pages_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]


def test_nothing_but_the_person_s_own_pages_says_a_day_or_a_hospital(
    kept_app: Flask, browser_of: BrowserOf, log: list[str]
) -> None:
    robin, stranger, anybody = Run(browser_of("Robin")), Run(browser_of()), Run(browser_of())
    keep_week(kept_app)
    recipe, feed, listed = use_everything(robin)
    closed = [rule.rule for rule in pages_of(kept_app) if asks(rule.endpoint) not in (Asks.NOBODY, Asks.LINK)]
    for rule in pages_of(kept_app):
        robin.open(rule.rule)
        anybody.open(rule.rule, status=303 if rule.rule in closed else None)
    for address in ("/no-such-page", "/recipes/mine/no-such", "/week/2026-13-40", "/foods/no-such", "/join/no-such"):
        robin.open(address)
    for broken in ({"courses-0-first-day": "99"}, {"protocol": "nowhere"}):
        robin.open("/dates/keep", {**DATES, **broken}, 400)
    robin.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    robin.open("/dates/keep", DATES, 403)
    shown = stranger.client.get(recipe).get_data(as_text=True), stranger.client.get(feed).get_data(as_text=True)
    assert "Goat's cheese tart" in BeautifulSoup(shown[0], "html.parser").get_text() and "VEVENT" in shown[1]
    stranger.outside += [("shared recipe", shown[0]), ("shared list", use_shared_list(stranger, listed))]
    told = stranger.outside[-1][1]
    assert "Read each label for milk." in told and not re.search(r"\bMS\b|Robin|Rosehill|hospital's|patient", told)
    assert not re.search("|".join((HOSPITAL, HOSPITAL_NAME, OWN, NURSE, "20040314", "20040318")), shown[1], re.I)
    # What every visitor is told, such as the address of a source, says nothing of this person.
    told_to_all = set(anybody.outside)
    leaks = [one for one in [*robin.leaks(), *stranger.leaks()] if one not in told_to_all and not _is_known(*one)]
    assert not leaks
    assert log and not [line for line in log if HEALTH.search(line)]


def _is_known(where: str, said: str) -> bool:
    """The cookie with the hospital is what the person asked this device to keep; it is no address."""
    return where == "header Set-Cookie" and said.startswith("hospital=")
