"""Can a person begin a kitchen in a minute, come back to it, and leave it, whatever they type?"""

from collections.abc import Callable
from unittest import mock

import argon2
import pytest
from argon2.exceptions import VerifyMismatchError
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.house_checks import complaints, words
from tests.households.conftest import PASSWORD

BrowserOf = Callable[..., FlaskClient]


def read(answer: TestResponse, status: int = 200) -> BeautifulSoup:
    """The page, which keeps the house rules."""
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == status, words(page)
    assert not (found := complaints(page)), found
    return page


def sign_in(client: FlaskClient, name: str, password: str) -> TestResponse:
    return client.post("/household/sign-in", data={"name": name, "password": password})


def test_a_kitchen_begins_with_three_answers_and_gives_codes_once(browser_of: BrowserOf) -> None:
    client = browser_of()
    read(client.get("/household/begin"))
    page = read(client.post("/household/begin", data={"kitchen": "Rosehill", "name": "Robin", "password": PASSWORD}))
    assert len({words(code) for code in page.select("code")}) == 8
    assert words(read(client.get("/household")).h1) == "Rosehill"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param({"kitchen": ""}, "Enter a name for the kitchen, like Rosehill kitchen.", id="no kitchen"),
        pytest.param({"name": "  "}, "Enter your user name, like robin.", id="only spaces"),
        pytest.param({"name": "x" * 61}, "Your user name must be 60 letters or fewer.", id="long name"),
        pytest.param({"password": "short"}, "Password must have at least 10 letters", id="short password"),
        pytest.param({"password": "x" * 201}, "Password must have 200 letters or fewer.", id="long password"),
        pytest.param({"password": "password123"}, "That password is easily guessed.", id="first to be tried"),
        pytest.param({"password": "robinrobin1"}, "That password is easily guessed.", id="made of their own name"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(browser_of: BrowserOf, typed: dict[str, str], sentence: str) -> None:
    data = {"kitchen": "Rosehill", "name": "robin", "password": PASSWORD, **typed}
    page = read(browser_of().post("/household/begin", data=data), 400)
    assert sentence in words(page.select_one(".app-error-summary")) and sentence in words(
        page.select_one(".app-field__error")
    )
    assert page.title.get_text().startswith("Error: ")
    assert page.select_one("#kitchen")["value"] == data["kitchen"].strip()
    assert not page.select_one("#password").get("value"), "a password never comes back in a page"


def test_a_user_name_that_is_taken_is_said(browser_of: BrowserOf) -> None:
    browser_of("Robin")
    page = read(browser_of().post("/household/begin", data={"kitchen": "K", "name": "ROBIN", "password": PASSWORD}), 400)
    assert "Somebody here has that user name." in words(page.main)


def test_signing_out_and_in_again(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    assert client.post("/household/sign-out").status_code == 303
    assert client.get("/household").headers["Location"] == "/household/sign-in"
    assert sign_in(client, "robin", PASSWORD).headers["Location"] == "/household"
    read(client.get("/household"))


def test_a_wrong_name_reads_as_a_wrong_password_and_costs_a_hash_too(browser_of: BrowserOf) -> None:
    browser_of("Robin")
    pages = []
    for name in ("Robin", "Nobody"):
        with mock.patch.object(argon2.PasswordHasher, "verify", side_effect=VerifyMismatchError) as verify:
            page = read(sign_in(browser_of(), name, "another phrase here"), 400)
        assert verify.call_count == 1, name
        pages.append(words(page.main).replace(name, ""))
    assert pages[0] == pages[1] and "do not belong together" in pages[0]


def test_too_many_wrong_passwords_must_rest(browser_of: BrowserOf) -> None:
    browser_of("Robin")
    client = browser_of()
    for _ in range(10):
        sign_in(client, "Robin", "another phrase here")
    page = read(sign_in(client, "robin", PASSWORD), 400)
    assert "Too many tries. Wait 15 minutes, then try again." in words(page.main)


def test_a_recovery_code_sets_a_new_password_once_and_signs_the_others_out(browser_of: BrowserOf) -> None:
    client = browser_of()
    page = read(client.post("/household/begin", data={"kitchen": "K", "name": "Robin", "password": PASSWORD}))
    code = words(page.select_one("code"))
    other, data = browser_of(), {"name": "robin", "code": code.upper(), "password": "copper lantern field"}
    assert other.post("/household/recover", data=data).status_code == 303
    assert client.get("/household").status_code == 303, "the other device is signed out"
    assert "do not belong together" in words(read(browser_of().post("/household/recover", data=data), 400).main)
    assert sign_in(browser_of(), "Robin", "copper lantern field").status_code == 303


def test_changing_the_password_asks_for_the_old_one(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    wrong = {"old_password": "another phrase here", "password": "copper lantern field"}
    assert "That is not the password you use now." in words(read(client.post("/household/password", data=wrong), 400).main)
    assert client.post("/household/password", data={**wrong, "old_password": PASSWORD}).status_code == 303
    assert sign_in(browser_of(), "Robin", "copper lantern field").status_code == 303


def test_erasing_asks_twice_and_then_leaves_nobody(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    assert "Tick the box" in words(read(client.post("/household/erase", data={"erase-password": PASSWORD}), 400).main)
    assert "That is not your password." in words(
        read(client.post("/household/erase", data={"erase-password": "no", "erase-sure": "y"}), 400).main
    )
    page = read(client.post("/household/erase", data={"erase-password": PASSWORD, "erase-sure": "y"}))
    assert "Ask your MS team before you stop." in words(page.main)
    assert "do not belong together" in words(read(sign_in(browser_of(), "Robin", PASSWORD), 400).main)


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, False, id="from our own page"),
        pytest.param({"Sec-Fetch-Site": "none"}, False, id="from the person's own hand"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, True, id="from another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, True, id="from a neighbour under the same name"),
        pytest.param({"Origin": "http://localhost"}, False, id="an older browser, from our own page"),
        pytest.param({"Origin": "https://elsewhere.example"}, True, id="an older browser, from another site"),
        pytest.param({"Origin": "null"}, True, id="from a page that hides where it is"),
        pytest.param({}, True, id="signed in, and nothing said"),
    ],
)
def test_no_other_site_can_change_anything(browser_of: BrowserOf, headers: dict[str, str], refused: bool) -> None:
    client = browser_of("Robin")
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    assert (client.post("/household/codes", headers=headers).status_code == 403) == refused


@pytest.mark.parametrize("address", ["/", "/household/begin", "/no-such-page", "/recipes", "/dates"])
def test_every_page_says_what_a_browser_may_do_with_it(browser_of: BrowserOf, address: str) -> None:
    said = browser_of().get(address).headers
    assert "default-src 'self'" in said["Content-Security-Policy"] and "unsafe" not in said["Content-Security-Policy"]
    assert (said["X-Content-Type-Options"], said["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Strict-Transport-Security" not in said
    assert "Strict-Transport-Security" in browser_of().get(address, base_url="https://localhost").headers


def test_the_cookie_cannot_be_read_by_a_script_and_travels_by_https_alone(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    client.post("/household/sign-out")
    answer = client.post("/household/sign-in", data={"name": "Robin", "password": PASSWORD}, base_url="https://localhost")
    assert {"HttpOnly", "SameSite=Lax", "Secure"} <= set(answer.headers["Set-Cookie"].split("; "))


def test_without_its_database_the_app_still_checks_food(kept_app: Flask, browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    database = kept_app.extensions["database"]
    kept_app.extensions["database"] = type(database)("sqlite:////proc/no/such.db")
    try:
        assert "Only if cooked" in words(read(client.get("/foods?q=brie")).main)
        assert "Wait a minute" in words(
            read(client.post("/household/begin", data={"kitchen": "K", "name": "N", "password": PASSWORD}), 503).main
        )
    finally:
        kept_app.extensions["database"] = database
