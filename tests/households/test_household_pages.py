"""Can a person begin a kitchen in a minute, come back to it, and leave it, whatever they type?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import argon2
import pytest
import time_machine
from argon2.exceptions import VerifyMismatchError
from bs4 import BeautifulSoup
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from households.household import FROM_ONE_NETWORK
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
    assert "Sign in" not in words(page), "the page knows who has just begun"
    assert words(read(client.get("/household")).h1) == "Rosehill"


def test_whoever_is_signed_in_can_sign_out_on_every_page_and_the_page_kept_offline_names_nobody(
    kept_app: Flask, browser_of: BrowserOf
) -> None:
    client, opened = browser_of("Robin"), 0
    for rule in kept_app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments:
            continue
        with client.get(rule.rule) as answer:
            page = BeautifulSoup(answer.get_data() if answer.mimetype == "text/html" else "", "html.parser")
        if not page.select_one(".app-footer") or rule.endpoint == "foods.check":
            continue
        opened += 1
        assert page.select('footer form[action="/household/sign-out"][method=post] button'), f"{rule.rule} has no way out"
    assert opened > 20
    shell = words(read(client.get("/")))
    assert "My kitchen" in shell and "Rosehill" not in shell and "Robin" not in shell
    assert "Sign out" not in words(read(browser_of().get("/foods?q=brie"))), "a stranger has nothing to sign out of"
    client.post("/household/sign-out")
    assert client.get("/household").status_code == 303


def test_this_device_is_named_among_those_that_are_signed_in(browser_of: BrowserOf) -> None:
    client, other = browser_of("Robin"), browser_of()
    assert sign_in(other, "Robin", PASSWORD).status_code == 303
    page = read(client.get("/household"))
    heading = next(one for one in page.select("h2") if words(one) == "Where I am signed in")
    said = [words(one) for one in heading.find_next("ul").select("li")]
    assert len(said) == 2 and sum("(this device)" in one for one in said) == 1
    assert [("Sign out there" in one) for one in said] == ["(this device)" not in one for one in said]


def test_what_happens_to_an_account_is_logged_by_its_number(browser_of: BrowserOf, caplog: pytest.LogCaptureFixture) -> None:
    client = browser_of("Robin")
    client.post("/household/password", data={"old_password": PASSWORD, "password": "another harbour stone"})
    client.post("/household/sign-out")
    assert sign_in(client, "Robin", PASSWORD).status_code == 400
    said = [record.getMessage() for record in caplog.records if record.name == "app"]
    assert said == ["account 1 signed in", "account 1: new password", "account 1 signed out", "sign-in: refused"]


def test_no_browser_keeps_the_page_with_the_codes(browser_of: BrowserOf) -> None:
    data = {"kitchen": "Rosehill", "name": "Robin", "password": PASSWORD}
    assert browser_of().post("/household/begin", data=data).headers["Cache-Control"] == "private, no-store"


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


@pytest.mark.parametrize("place", ["begin", "recover", "sign-in"])
def test_what_to_mend_is_listed_in_the_order_of_the_page(browser_of: BrowserOf, place: str) -> None:
    page = read(browser_of().post(f"/household/{place}", data={}), 400)
    listed = [link["href"].removeprefix("#") for link in page.select(".app-error-summary a")]
    assert listed == [control["id"] for control in page.select("form[method=post] .app-field__control")]


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
    assert "Rosehill" not in words(page) and "Sign in, or begin a kitchen" in words(page.footer), "nobody is here any more"
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


def test_under_https_no_other_cookie_signs_anybody_in(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    token = client.get_cookie("signed-in").value  # type: ignore[union-attr]
    assert client.get("/household", base_url="https://localhost").status_code == 303, "a cookie set over plain http"
    answer = client.post("/household/sign-in", data={"name": "Robin", "password": PASSWORD}, base_url="https://localhost")
    assert answer.headers["Set-Cookie"].startswith("__Host-signed-in=") and token not in answer.headers["Set-Cookie"]
    assert "Path=/" in answer.headers["Set-Cookie"] and "Domain" not in answer.headers["Set-Cookie"]
    assert client.get("/household", base_url="https://localhost").status_code == 200


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        pytest.param("/household", "private, no-store", id="a page of the household"),
        pytest.param("/foods?q=brie", "private, no-cache", id="a page for all, opened by somebody who is signed in"),
    ],
)
def test_no_cache_between_us_keeps_what_is_private(browser_of: BrowserOf, address: str, kept: str) -> None:
    assert browser_of("Robin").get(address).headers["Cache-Control"] == kept


def test_an_invitation_is_withdrawn_on_the_page_of_the_kitchen(browser_of: BrowserOf) -> None:
    robin = browser_of("Robin")
    link = words(read(robin.post("/household/invite", data={"role": "reader"})).select_one(".app-address code"))
    form = read(robin.get("/household")).select_one("form[action$='/withdraw']")
    assert "To join as a reader, until" in words(form.find_parent("li"))
    robin.post(form["action"])
    assert browser_of().get(link.removeprefix("http://localhost")).status_code == 404
    assert "nobody has used yet" not in words(read(robin.get("/household")).main)


def test_nobody_is_removed_by_one_press(browser_of: BrowserOf) -> None:
    robin, kim = browser_of("Robin"), browser_of()
    link = words(read(robin.post("/household/invite", data={"role": "carer"})).select_one(".app-address code"))
    kim.post(link.removeprefix("http://localhost"), data={"name": "Kim", "password": PASSWORD})
    remove = read(robin.get("/household")).select_one("form[action$='/remove']")
    assert words(remove.find_parent("details").summary) == "Remove Kim"
    robin.post(remove["action"])
    assert kim.get("/household").status_code == 303


def test_what_a_link_opens_is_in_no_search_engine_and_no_cache(browser_of: BrowserOf) -> None:
    page = read(browser_of("Robin").post("/household/invite", data={"role": "carer"}))
    said = browser_of().get(words(page.select_one(".app-address code")).removeprefix("http://localhost")).headers
    assert (said["X-Robots-Tag"], said["Cache-Control"]) == ("noindex, nofollow", "private, no-store")
    assert said["Referrer-Policy"] == "no-referrer"


def test_signing_in_again_ends_the_older_token(browser_of: BrowserOf) -> None:
    client, thief = browser_of("Robin"), browser_of()
    thief.set_cookie("signed-in", client.get_cookie("signed-in").value)  # type: ignore[union-attr]
    assert thief.get("/household").status_code == 200
    assert sign_in(client, "Robin", PASSWORD).status_code == 303
    assert (thief.get("/household").status_code, client.get("/household").status_code) == (303, 200)


def test_signing_out_clears_what_this_browser_kept(browser_of: BrowserOf) -> None:
    answer = browser_of("Robin").post("/household/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"' and "Max-Age=0" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("proxies", "believed"),
    [
        pytest.param(0, ("127.0.0.1", "http://localhost/"), id="no proxy"),
        pytest.param(1, ("203.0.113.7", "https://kitchen.example/"), id="one proxy"),
    ],
)
def test_what_a_proxy_says_counts_only_when_there_is_one(tmp_path: Path, proxies: int, believed: tuple[str, str]) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "kitchen.example"}
    app = create_app({"PROXIES": proxies, "DATABASE_URL": f"sqlite:///{tmp_path}/kept.db"})
    seen: list[tuple[str | None, str]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.host_url)))
    app.test_client().get("/", headers=said)
    assert seen == [believed]


def test_with_a_list_of_names_no_other_name_is_answered(tmp_path: Path) -> None:
    app = create_app({"TRUSTED_HOSTS": ["kitchen.example"], "DATABASE_URL": f"sqlite:///{tmp_path}/kept.db"})
    assert app.test_client().get("/", base_url="http://kitchen.example").status_code == 200
    assert app.test_client().get("/", base_url="http://elsewhere.example").status_code == 400


def test_a_page_about_a_household_takes_no_large_body(browser_of: BrowserOf) -> None:
    page = read(browser_of().post("/household/begin", data={"kitchen": "x" * 300_000}), 413)
    assert "too much to read at once" in words(page.main)


def test_a_process_says_that_it_is_alive_and_whether_it_can_keep_things(kept_app: Flask, browser_of: BrowserOf) -> None:
    assert [browser_of().get(address).get_data() for address in ("/health", "/ready")] == [b"alive\n", b"ready\n"]
    database = kept_app.extensions["database"]
    kept_app.extensions["database"] = type(database)("sqlite:////proc/no/such.db")
    try:
        assert [browser_of().get(address).status_code for address in ("/health", "/ready")] == [200, 503]
    finally:
        kept_app.extensions["database"] = database


# ---- Limits ----


def from_network(client: FlaskClient, address: str) -> FlaskClient:
    client.environ_base["REMOTE_ADDR"] = address
    return client


def test_a_stranger_elsewhere_cannot_lock_anybody_out(browser_of: BrowserOf) -> None:
    browser_of("Robin")
    stranger = from_network(browser_of(), "203.0.113.7")
    for _ in range(11):
        sign_in(stranger, "Robin", "another phrase here")
    assert "Too many tries" in words(read(sign_in(stranger, "Robin", PASSWORD), 400).main)
    assert sign_in(browser_of(), "Robin", PASSWORD).status_code == 303


def test_one_name_cannot_be_tried_from_everywhere(browser_of: BrowserOf) -> None:
    browser_of("Robin")
    for number in range(101):
        sign_in(from_network(browser_of(), f"203.0.113.{number}"), "Robin", "another phrase here")
    page = read(sign_in(from_network(browser_of(), "198.51.100.1"), "Robin", PASSWORD), 400)
    assert "Too many tries" in words(page.main)


def test_one_network_cannot_begin_kitchens_without_end(kept_app: Flask, browser_of: BrowserOf) -> None:
    codes = []
    for number in range(FROM_ONE_NETWORK["begin"] + 1):
        client = from_network(browser_of(), f"2001:db8::{number:x}")
        codes.append(client.post("/household/begin", data={"kitchen": "K", "name": f"N{number}", "password": PASSWORD}))
    assert [code.status_code for code in codes] == [200] * FROM_ONE_NETWORK["begin"] + [400]
    assert "Too many tries" in words(read(codes[-1], 400).main)


@pytest.mark.parametrize("address", ["", "unix:", "not an address"], ids=["none", "a socket", "nonsense"])
def test_who_has_no_address_is_limited_all_the_same(kept_app: Flask, address: str) -> None:
    with kept_app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert [kept_app.extensions["too_often"]("begin") for _ in range(FROM_ONE_NETWORK["begin"] + 1)][-1]


def test_another_package_can_ask_whether_something_was_tried_too_often(kept_app: Flask) -> None:
    with kept_app.test_request_context(environ_base={"REMOTE_ADDR": "203.0.113.7"}):
        asked = [kept_app.extensions["too_often"]("fetch") for _ in range(FROM_ONE_NETWORK["fetch"] + 1)]
    assert asked == [False] * FROM_ONE_NETWORK["fetch"] + [True]


def test_new_codes_cost_the_password(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    assert "That is not your password." in words(
        read(client.post("/household/codes", data={"codes-password": "another phrase here"}), 400).main
    )
    page = read(client.post("/household/codes", data={"codes-password": PASSWORD}))
    assert len({words(code) for code in page.select("code")}) == 8
    assert "Sign in" not in words(page), "the page knows who has just begun"


def test_whoever_has_a_signed_in_browser_cannot_guess_its_password(browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    for _ in range(10):
        client.post("/household/codes", data={"codes-password": "another phrase here"})
    assert client.post("/household/codes", data={"codes-password": PASSWORD}).status_code == 400


@pytest.mark.parametrize(
    ("days", "status"),
    [
        pytest.param([100, 250], 200, id="here now and then"),
        pytest.param([181], 303, id="rested too long"),
        pytest.param([100, 200, 300, 366], 303, id="a year, however often"),
    ],
)
def test_a_browser_is_signed_out_after_a_rest_and_after_a_year(browser_of: BrowserOf, days: list[int], status: int) -> None:
    start = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = browser_of("Robin")
        for day in days:
            clock.move_to(start + timedelta(days=day))
            answer = client.get("/household")
    assert answer.status_code == status


def test_without_its_database_the_app_still_checks_food(kept_app: Flask, browser_of: BrowserOf) -> None:
    client = browser_of("Robin")
    database = kept_app.extensions["database"]
    kept_app.extensions["database"] = type(database)("sqlite:////proc/no/such.db")
    try:
        assert "Only if cooked" in words(read(client.get("/foods?q=brie")).main)
        for page in (
            read(client.post("/household/begin", data={"kitchen": "K", "name": "N", "password": PASSWORD}), 503),
            read(client.get("/household"), 503),
        ):
            assert "just now. You can still check a food." in words(page.main)
            assert page.select_one("main form[action='/foods'] input[name=q]")
    finally:
        kept_app.extensions["database"] = database


@pytest.mark.parametrize("thing", ["people/{}/remove", "devices/{}/sign-out", "links/{}/withdraw"])
def test_a_number_that_no_database_holds_is_a_page_that_is_not_there(browser_of: BrowserOf, thing: str) -> None:
    client = browser_of("Robin")
    assert client.post("/household/" + thing.format(2**31 - 1)).status_code == 303
    assert client.post("/household/" + thing.format(2**31)).status_code == 404
