"""Are names of missing foods kept, counted and limited, and is a database that fails told in one sentence?"""

import datetime
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from foods import store
from foods.store import Kept, StoreAway, engine_at, keep_report, reports, tidied

MONDAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a folder that is not there yet" / "piping-hot.db"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    opened = engine_at(f"sqlite:///{file}")
    yield opened
    opened.dispose()


def test_a_new_name_is_kept_and_the_next_time_counted(engine: Engine) -> None:
    assert keep_report(engine, "Moon cheese", MONDAY) is Kept.NEW
    assert keep_report(engine, "  moon \n CHEESE ", TUESDAY) is Kept.COUNTED
    assert reports(engine) == [store.Report("Moon cheese", 2, MONDAY, TUESDAY)]


def test_the_most_wanted_comes_first(engine: Engine) -> None:
    for name in ("blorp", "zoog", "zoog"):
        keep_report(engine, name, MONDAY)
    assert [one.name for one in reports(engine)] == ["zoog", "blorp"]


def test_nothing_told_is_an_empty_list_and_makes_no_table(engine: Engine, file: Path) -> None:
    assert reports(engine) == []
    with sqlite3.connect(file) as look:
        assert look.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_day_takes_so_many_new_names_and_no_more(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "NEW_NAMES_A_DAY", 2)
    assert [keep_report(engine, name, MONDAY) for name in "abcb"] == [Kept.NEW, Kept.NEW, Kept.FULL, Kept.COUNTED]
    assert keep_report(engine, "c", TUESDAY) is Kept.NEW


def test_all_days_together_take_so_many_and_no_more(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "NAMES_IN_ALL", 2)
    assert [keep_report(engine, name, MONDAY) for name in "abc"] == [Kept.NEW, Kept.NEW, Kept.FULL]
    assert len(reports(engine)) == 2


def test_counting_stops_somewhere(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_TIMES", 2)
    for _ in range(4):
        keep_report(engine, "zoog", MONDAY)
    assert [one.times for one in reports(engine)] == [2]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("x" * 10_000, "x" * 80, id="ten thousand letters"),
        pytest.param("\u202eeirb\u2066", "eirb", id="signs that turn letters round"),
        pytest.param("a\x1b[31m red\x00 herring\r\n", "a [31m red herring", id="orders to a terminal"),
        pytest.param("'; DROP TABLE food_reports; --", "'; DROP TABLE food_reports; --", id="SQL is only letters"),
    ],
)
def test_a_name_is_kept_as_it_is_seen_and_no_longer_than_that(engine: Engine, name: str, kept: str) -> None:
    assert tidied(name) == kept
    assert keep_report(engine, name, MONDAY) is Kept.NEW
    assert [one.name for one in reports(engine)] == [kept]


def test_many_who_tell_the_same_name_at_once_are_all_counted(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as together:
        kept = [*together.map(lambda _: keep_report(engine, "zoog", MONDAY), range(40))]
    assert kept.count(Kept.NEW) == 1
    assert [one.times for one in reports(engine)] == [40]


def test_the_file_can_be_read_while_it_is_written_and_keeps_foreign_keys(engine: Engine) -> None:
    keep_report(engine, "zoog", MONDAY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_locked_database_is_told_in_a_sentence(engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT_FOR_LOCK", 0.05)
    keep_report(engine, "zoog", MONDAY)
    hasty = engine_at(f"sqlite:///{file}")
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreAway, match="We cannot keep anything at the moment"):
        keep_report(hasty, "blorp", MONDAY)
    busy.close()
    hasty.dispose()


def test_a_database_that_may_only_be_read_is_read(engine: Engine, file: Path) -> None:
    keep_report(engine, "zoog", MONDAY)
    read_only = engine_at(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert [one.name for one in reports(read_only)] == ["zoog"]
    with pytest.raises(StoreAway):
        keep_report(read_only, "blorp", MONDAY)
    read_only.dispose()


def test_a_file_that_is_no_database_is_told_in_a_sentence(engine: Engine, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("this was a shopping list once, and it is long enough to be read as a header" * 20)
    with pytest.raises(StoreAway):
        keep_report(engine, "zoog", MONDAY)
    with pytest.raises(StoreAway):
        reports(engine)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    engine = engine_at(f"sqlite:///{tmp_path}/in the way/piping-hot.db")
    with pytest.raises(StoreAway):
        keep_report(engine, "zoog", MONDAY)
