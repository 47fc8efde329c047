"""Is a replica read only when it holds all that was saved, and is nobody held up or misled by one that does not?"""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, text

from app import create_app
from households import store
from households.store import Database
from tests.databases import Server, own_postgresql, replica_of
from tests.households.conftest import NOW, PASSWORD

# Two servers are started and stopped: too slow for every run.
pytestmark = pytest.mark.long


def tell(server: Server, statement: str) -> None:
    """One statement, on a connection of its own."""
    engine = create_engine(server.address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="module")
def primary() -> Iterator[Server]:
    with own_postgresql() as server:
        database = Database(server.address)
        database.upgrade()
        database.engine.dispose()
        yield server


@pytest.fixture
def replica(primary: Server) -> Iterator[Server]:
    with replica_of(primary) as server:
        yield server
    tell(primary, "select pg_drop_replication_slot('replica')")


@pytest.fixture
def app(primary: Server, replica: Server) -> Iterator[Flask]:
    app = create_app({"DATABASE_URL": primary.address, "DATABASE_REPLICA_URL": replica.address})
    yield app
    app.extensions["database"].engine.dispose()
    app.extensions["database"].replica.dispose()


def of_somebody(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    data = {"kitchen": "Rosehill", "name": name, "password": PASSWORD}
    assert client.post("/household/begin", data=data).status_code == 200
    return client


def read_on_replica(app: Flask) -> list[str]:
    """Every document that the replica is asked for from now on."""
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if "FROM kept" in statement:
            asked.append(statement)

    event.listen(app.extensions["database"].replica, "before_cursor_execute", note)
    return asked


def eat(client: FlaskClient, name: str) -> None:
    sent = {"people-0-name": name, "agreed": "y", "version": "0"}
    assert client.post("/household/eaters", data=sent).status_code == 303


def stop_replaying(replica: Server) -> None:
    tell(replica, "select pg_wal_replay_pause()")
    time.sleep(0.2)


def test_what_is_kept_is_read_on_the_replica_once_it_has_caught_up(app: Flask) -> None:
    client, asked = of_somebody(app, "Robin"), read_on_replica(app)
    until = time.monotonic() + 30
    while not asked and time.monotonic() < until:
        assert client.get("/household/eaters").status_code == 200
    assert asked, "the replica was never read"


def test_who_saves_something_sees_it_on_the_next_page_however_far_the_replica_is_behind(app: Flask, replica: Server) -> None:
    client = of_somebody(app, "Kim")
    stop_replaying(replica)
    asked = read_on_replica(app)
    eat(client, "Granny Weatherwax")
    assert "Granny Weatherwax" in client.get("/household/eaters").get_data(as_text=True)
    assert not asked, "a replica that was behind was read"


def test_a_sign_out_counts_at_once_however_far_the_replica_is_behind(app: Flask, replica: Server) -> None:
    client = of_somebody(app, "Sam")
    stop_replaying(replica)
    token = client.get_cookie("signed-in")
    client.post("/household/sign-out")
    client.set_cookie("signed-in", token.value if token else "")
    assert client.get("/household").status_code == 303


def test_without_its_replica_the_app_goes_on_and_waits_for_it_once(app: Flask, replica: Server) -> None:
    client = of_somebody(app, "Alex")
    eat(client, "Granny Weatherwax")
    replica.stop()
    for _ in range(3):
        assert "Granny Weatherwax" in client.get("/household/eaters").get_data(as_text=True)
    assert app.extensions["database"]._replica_rests_until > time.monotonic()


def test_a_replica_that_was_made_the_main_server_is_not_read(app: Flask, replica: Server) -> None:
    client = of_somebody(app, "Jo")
    tell(replica, "select pg_promote()")
    asked = read_on_replica(app)
    eat(client, "Granny Weatherwax")
    assert "Granny Weatherwax" in client.get("/household/eaters").get_data(as_text=True)
    assert not asked


def test_a_replica_does_not_matter_to_sqlite(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('kept')}/kept.db", "postgresql://nobody@/none")
    with database.begin() as session:
        account = store.begin_household(session, "Rosehill", "Robin", "a hash", NOW)
        assert database.position(session) == ""
    with database.read() as session:
        assert store.people_in(session, account.household) == [account]
    database.engine.dispose()
