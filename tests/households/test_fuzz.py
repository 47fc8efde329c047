"""Does any request that can be made up end in a fault of ours, or come back as markup? Every form and address, by chance."""

import random
import re
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.households.conftest import PASSWORD

pytestmark = pytest.mark.long

SEED = 20261125
MARKUP = "<zq9 onload='a' x=\"b\">"
REFLECTED = ("<zq9", "zq9' onload", 'zq9" onload')
ODD = [
    "",
    " ",
    "\x00",
    "\ud7ff",
    "é",
    "½",
    "🍲" * 50,
    "x" * 5_000,
    "%00",
    "..%2f..%2f",
    "../../etc/passwd",
    "[]",
    "{}",
    "null",
]
NUMBERS = [
    "-1",
    "0",
    "1",
    "99999999999999999999",
    "1e309",
    "NaN",
    "2026-02-30",
    "2026-11-30",
    "9999-12-31",
    "0001-01-01",
    "1, 2",
]
HOSTILE = ["{{7*7}}", "' or 1=1 --", "'; drop table account; --", "javascript:alert(1)", "\r\nSet-Cookie: a=b", MARKUP]
HOSTILE += [f"zq9' onload='a{MARKUP}", f'zq9" onload="a{MARKUP}', "http://127.0.0.1/"]
FITTING = ["brie", "fish-pie", "alemtuzumab-uk", "on", "yes", "patient", "carer", "true", PASSWORD]
NASTY = [*ODD, *NUMBERS, *HOSTILE, *FITTING]
METHODS = ("GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
PLACES = (
    "/",
    "/recipes/check",
    "/week",
    "/dates",
    "/household",
    "/household/begin",
    "/household/sign-in",
    "/household/recover",
)


def field_names(client: FlaskClient) -> list[str]:
    """The name of every control in every form that a person finds, and a few that are none."""
    found = {"q", "zq9", MARKUP}
    for place in PLACES:
        with client.get(place) as answer:
            page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        found |= {str(control["name"]) for control in page.select("[name]:not(meta)")}
    return sorted(found)


def value(dice: random.Random) -> str:
    return "".join(dice.choice(NASTY) for _ in range(dice.choice((1, 1, 1, 2, 3))))


def address(dice: random.Random, rule: Rule) -> str:
    """The rule's address with something in its gaps, sometimes with something at its end."""
    filled = re.sub("<(?:int:)?[a-z_]+(?:[^>]*)>", lambda _: value(dice).replace("?", "").replace("#", ""), rule.rule)
    more = "" if dice.random() < 0.9 else "/" + value(dice).replace("?", "").replace("#", "")
    # What begins with two of them names another machine, which a test client would ask.
    return "/" + (filled + more).lstrip("/")


def made_up(dice: random.Random, rules: list[Rule], names: list[str]) -> dict[str, Any]:
    """One request, as arguments of a test client."""
    fields = {dice.choice(names): value(dice) for _ in range(dice.randint(0, 6))}
    method = dice.choice(METHODS)
    request: dict[str, Any] = {"path": address(dice, dice.choice(rules)), "method": method, "query_string": {}}
    if method == "POST" and dice.random() < 0.1:
        request |= {"data": value(dice).encode("utf-8", "replace"), "content_type": dice.choice(KINDS)}
    elif method == "POST":
        request["data"] = fields
    else:
        request["query_string"] = fields
    if dice.random() < 0.1:
        request["headers"] = {dice.choice(HEADERS): value(dice).replace("\r", "").replace("\n", "").replace("\x00", "")}
    return request


KINDS = (
    "text/plain",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/html; charset=zq9",
    "",
)
HEADERS = (
    "Cookie",
    "Range",
    "If-None-Match",
    "If-Modified-Since",
    "Accept-Encoding",
    "User-Agent",
    "Origin",
    "Content-Length-X",
)


def browsers(app: Flask, dice: random.Random) -> Iterator[FlaskClient]:
    """A stranger and somebody who is signed in, by turns; who was signed out or erased begins anew."""
    stranger, signed_in = app.test_client(), app.test_client()
    number = 0
    while True:
        if not signed_in.get_cookie("signed-in") or signed_in.get("/household").status_code != 200:
            number += 1
            place = {"REMOTE_ADDR": f"198.51.{number // 250}.{number % 250}"}
            data = {"kitchen": "K", "name": f"fuzz {number}", "password": PASSWORD}
            signed_in = app.test_client()
            signed_in.post("/household/begin", data=data, environ_base=place)
        for client in (stranger, signed_in):
            client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
            yield client


def complaint(answer: TestResponse) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if answer.status_code >= 500:
        return f"answered {answer.status}"
    body = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    found = [mark for mark in REFLECTED if mark in body]
    if found:
        return f"came back as markup: {body[max(0, body.index(found[0]) - 100) :][:250]}"
    split = [name for name, said in answer.headers if "\n" in said or name.startswith("Set-Cookie: a")]
    return f"broke the header {split}" if split else ""


def test_no_made_up_request_is_a_fault_or_comes_back_as_markup(kept_app: Flask) -> None:
    dice = random.Random(SEED)
    is_soak = hypothesis.settings.default.max_examples >= 5_000  # type: ignore[union-attr]
    rules = [rule for rule in kept_app.url_map.iter_rules() if rule.endpoint != "static"]
    of, found = browsers(kept_app, dice), []
    names = field_names(next(of))
    for number in range(20_000 if is_soak else 3_000):
        asked = made_up(dice, rules, names)
        try:
            with next(of).open(**asked) as answer:
                wrong = complaint(answer)
        except (UnicodeError, ValueError) as error:
            wrong = f"could not be asked: {error!r}"
        if wrong:
            found.append(f"request {number}: {str(asked)[:400]}\n  {wrong}")
    assert not found, f"{len(found)} of them:\n" + "\n".join(found[:10])
