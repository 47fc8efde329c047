"""What does a test stand on? The app, its command line, and one door to every page."""

import ipaddress
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from werkzeug.test import TestResponse

from tests.house_checks import complaints

GetPage = Callable[..., BeautifulSoup]

# No deadline: two workers share two cores, so how long an example takes says nothing about the code.
hypothesis.settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=5_000, deadline=None)
hypothesis.settings.load_profile("quick")


WENT_OUT: list[str] = []
"""Each name that was looked up, and each address that was called, beyond this machine."""


def _note_way_out(happened: str, about: tuple[Any, ...]) -> None:
    """Python says here whatever it does with a socket."""
    if happened == "socket.getaddrinfo":
        where = about[0]
    elif happened == "socket.connect" and isinstance(about[1], tuple):
        where = about[1][0]
    else:
        return
    if not _is_here(where.decode() if isinstance(where, bytes) else where):
        WENT_OUT.append(f"{happened} {where}")


def _is_here(where: str | None) -> bool:
    try:
        # 192.0.2.0/24 is nobody's (RFC 5737): app.py picks a route with it and sends no packet.
        found = ipaddress.ip_address(where or "127.0.0.1")
        return found.is_loopback or found.is_unspecified or found in ipaddress.ip_network("192.0.2.0/24")
    except ValueError:
        # Nothing answers to names that end so (RFC 6761). The tests of the fetcher ask for some that are not there.
        return where == "localhost" or str(where).endswith(".test")


sys.addaudithook(_note_way_out)


@pytest.fixture(autouse=True)
def _stays_in() -> Iterator[None]:
    """No test makes this machine ask another one anything, whichever page it opens."""
    WENT_OUT.clear()
    yield
    assert not WENT_OUT, f"went out: {WENT_OUT}"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    from app import create_app

    kept = tmp_path_factory.mktemp("kept") / "piping-hot.db"
    return create_app({"TESTING": True, "DATABASE_URL": f"sqlite:///{kept}"})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def get_page(client: FlaskClient) -> GetPage:
    """Open a page as a person would: get_page("/foods?q=brie"). Every page it opens must keep the house rules."""

    def open_page(
        address: str, status: int = 200, method: str = "get", data: Mapping[str, Any] | None = None
    ) -> BeautifulSoup:
        response = client.open(address, method=method.upper(), data=data)
        assert response.status_code == status, f"{address} answered {response.status}, not {status}"
        page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        found = [*keeps_nothing(address, response), *([] if 300 <= status < 400 else complaints(page))]
        assert not found, f"{address} breaks a house rule:\n- " + "\n- ".join(found)
        return page

    return open_page


def keeps_nothing(address: str, response: TestResponse) -> list[str]:
    """Checking a food or a recipe leaves no trace on the device."""
    private = urlsplit(address).path.split("/")[1] in ("", "foods", "recipes")
    return ["set no cookie here: nobody needs one to check food"] if private and "Set-Cookie" in response.headers else []
