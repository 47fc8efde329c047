"""Who may open what? Every route, as each role, as a stranger, and as somebody from another household."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from households.access import ACCESS, ROLES, Asks, asks, may
from households.household import Role
from tests.households.conftest import PASSWORD

BrowserOf = Callable[..., FlaskClient]


def test_every_route_is_in_the_table(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert not routes - set(ACCESS), f"say in ACCESS in households/access.py what these ask: {sorted(routes - set(ACCESS))}"
    assert not set(ACCESS) - routes, f"these are no routes any more: {sorted(set(ACCESS) - routes)}"


@pytest.mark.parametrize("role", [None, *Role])
def test_a_route_that_nobody_placed_is_closed(role: Role | None) -> None:
    assert asks("households.no_such") is None and not may("households.no_such", role)


@pytest.mark.parametrize("asked", Asks)
def test_a_stranger_opens_only_what_is_open_to_all_or_was_shared(asked: Asks) -> None:
    open_to = {endpoint for endpoint, one in ACCESS.items() if one is asked and may(endpoint, None)}
    assert bool(open_to) == (asked in (Asks.NOBODY, Asks.LINK) and asked in ACCESS.values())


def closed_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if asks(rule.endpoint) not in (Asks.NOBODY, Asks.LINK)]


def address(rule: Rule) -> str:
    """The rule's address with the number of a first row in its gaps."""
    return re.sub(r"<(int[^:]*:)?[a-z]+>", "1", rule.rule)


def test_a_stranger_is_sent_to_sign_in_or_refused(kept_app: Flask, browser_of: BrowserOf) -> None:
    stranger = browser_of()
    for rule in closed_rules(kept_app):
        if "GET" in rule.methods:
            answer = stranger.get(address(rule))
            assert (answer.status_code, answer.headers["Location"]) == (303, "/household/sign-in"), rule
        if "POST" in rule.methods:
            assert stranger.post(address(rule)).status_code == 403, rule


def invite(patient: FlaskClient, role: Role) -> str:
    page = patient.post("/household/invite", data={"role": role.value}).get_data(as_text=True)
    return page.split("/join/")[1].split("<")[0]


@pytest.fixture
def of_role(browser_of: BrowserOf) -> dict[Role, FlaskClient]:
    """A browser for each role of one household."""
    found = {Role.PATIENT: browser_of("Robin")}
    for role in (Role.CARER, Role.READER):
        found[role] = browser_of()
        joined = found[role].post(
            f"/join/{invite(found[Role.PATIENT], role)}", data={"name": role.value, "password": PASSWORD}
        )
        assert joined.status_code == 200
    return found


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_the_table_says(kept_app: Flask, of_role: dict[Role, FlaskClient], role: Role) -> None:
    for rule in closed_rules(kept_app):
        for method in sorted(rule.methods & {"GET", "POST"}):
            # Whoever signs out or erases has nothing left to try the rest with.
            if rule.endpoint in ("households.sign_out", "households.sign_out_device") and role in ROLES[asks(rule.endpoint)]:
                continue
            answer = of_role[role].open(address(rule), method=method)
            assert (answer.status_code == 403) == (role not in ROLES[asks(rule.endpoint)]), f"{role} {method} {rule}"


def test_another_household_sees_and_changes_nothing(of_role: dict[Role, FlaskClient], browser_of: BrowserOf) -> None:
    other = browser_of("Kim", kitchen="Other kitchen")
    invite(of_role[Role.PATIENT], Role.READER)
    mine = of_role[Role.PATIENT].get("/household").get_data(as_text=True)
    assert "Withdraw this invitation" in mine
    for number in range(1, 6):
        other.post(f"/household/people/{number}/remove")
        other.post(f"/household/devices/{number}/sign-out")
        other.post(f"/household/links/{number}/withdraw")
        other.post(f"/household/invitations/{number}/withdraw")
    assert of_role[Role.PATIENT].get("/household").get_data(as_text=True) == mine
    theirs = other.get("/household")
    # Its own device was among the five numbers, so it may have signed itself out.
    assert "Rosehill" not in theirs.get_data(as_text=True) and "Robin" not in theirs.get_data(as_text=True)
