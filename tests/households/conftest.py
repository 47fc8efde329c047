"""What does a test of kept things stand on? Both databases, each empty, and a browser that is somebody's."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import argon2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from households import passwords
from households.store import Database
from tests.databases import empty_database, postgresql

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSWORD = "violet harbour stone"
_numbers = itertools.count()


@pytest.fixture(autouse=True, scope="session")
def _quick_hashes() -> None:
    """A hash takes a tenth of a second and 64 MiB on purpose; what is tested here does not hang on that."""
    passwords._HASHER = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kept/piping-hot.db"
    else:
        with empty_database(request.getfixturevalue("server"), f"test_{next(_numbers)}") as address:
            yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    opened.upgrade()
    yield opened
    opened.engine.dispose()


@pytest.fixture
def kept_app(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The app with an empty database of its own."""
    usual, own = app.extensions["database"], Database(f"sqlite:///{tmp_path}/piping-hot.db")
    app.extensions["database"] = own
    yield app
    own.engine.dispose()
    app.extensions["database"] = usual


@pytest.fixture
def browser_of(kept_app: Flask) -> Callable[..., FlaskClient]:
    """A new browser: browser_of() is a stranger's, browser_of("Robin") begins a kitchen in that name."""

    def begin(name: str = "", kitchen: str = "Rosehill kitchen") -> FlaskClient:
        client = kept_app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if name:
            answer = client.post("/household/begin", data={"kitchen": kitchen, "name": name, "password": PASSWORD})
            assert answer.status_code == 200, answer.get_data(as_text=True)
        return client

    return begin
