"""Are names of missing foods kept, counted and limited?"""

import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from foods import store
from foods.store import Kept, Report, keep_report, reports, tidied
from households.store import Database
from tests.databases import empty_database, postgresql

MONDAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/a folder that is not there yet/piping-hot.db")
    yield opened
    opened.engine.dispose()


def tell(database: Database, name: str, today: datetime.date = MONDAY) -> Kept:
    with database.begin() as session:
        return keep_report(session, name, today)


def told(database: Database) -> list[Report]:
    with database.begin(writes=False) as session:
        return reports(session)


def test_a_new_name_is_kept_and_the_next_time_counted(database: Database) -> None:
    assert told(database) == []
    assert tell(database, "Moon cheese", MONDAY) is Kept.NEW
    assert tell(database, "  moon \n CHEESE ", TUESDAY) is Kept.COUNTED
    assert told(database) == [Report("Moon cheese", 2, MONDAY, TUESDAY)]


def test_the_most_wanted_comes_first(database: Database) -> None:
    for name in ("blorp", "zoog", "zoog"):
        tell(database, name)
    assert [one.name for one in told(database)] == ["zoog", "blorp"]


def test_a_day_takes_so_many_new_names_and_no_more(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "NEW_NAMES_A_DAY", 2)
    assert [tell(database, name) for name in "abcb"] == [Kept.NEW, Kept.NEW, Kept.FULL, Kept.COUNTED]
    assert tell(database, "c", TUESDAY) is Kept.NEW


def test_all_days_together_take_so_many_and_no_more(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "NAMES_IN_ALL", 2)
    assert [tell(database, name) for name in "abc"] == [Kept.NEW, Kept.NEW, Kept.FULL]
    assert len(told(database)) == 2


def test_counting_stops_somewhere(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_TIMES", 2)
    for _ in range(4):
        tell(database, "zoog")
    assert [one.times for one in told(database)] == [2]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("x" * 10_000, "x" * 80, id="ten thousand letters"),
        pytest.param("ß" * 80, "ß" * 80, id="letters that fold to two"),
        pytest.param("\u202eeirb\u2066", "eirb", id="signs that turn letters round"),
        pytest.param("a\x1b[31m red\x00 herring\r\n", "a [31m red herring", id="orders to a terminal"),
        pytest.param("'; DROP TABLE food_report; --", "'; DROP TABLE food_report; --", id="SQL is only letters"),
    ],
)
def test_a_name_is_kept_as_it_is_seen_and_no_longer_than_that(database: Database, name: str, kept: str) -> None:
    assert tidied(name) == kept
    assert tell(database, name) is Kept.NEW
    assert [one.name for one in told(database)] == [kept]


def check_that_all_are_counted(database: Database) -> None:
    with ThreadPoolExecutor(8) as together:
        kept = [*together.map(lambda _: tell(database, "zoog"), range(40))]
    assert kept.count(Kept.NEW) == 1
    assert [one.times for one in told(database)] == [40]


def test_many_who_tell_the_same_name_at_once_are_all_counted(database: Database) -> None:
    check_that_all_are_counted(database)


def test_many_who_tell_the_same_name_at_once_are_all_counted_on_a_server() -> None:
    with postgresql() as server, empty_database(server, "reports") as address:
        opened = Database(address)
        opened.upgrade()
        check_that_all_are_counted(opened)
        opened.engine.dispose()
