"""Where is kept what people tell us? One small table so far: names of foods that we do not know. The check never needs it.

`engine_at` is for every package that keeps something: app.py makes one engine and hands it round.
"""

import datetime
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import cast

from sqlalchemy import CursorResult, Engine, case, create_engine, event, func, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.schema import CreateTable

LONGEST_NAME = 80
"""Letters of a reported name that are kept."""
NEW_NAMES_A_DAY = 40
NAMES_IN_ALL = 1_000
MOST_TIMES = 9_999
"""A name told more often than this counts no further."""
WAIT_FOR_LOCK = 2.0
"""Seconds that a page waits for another to finish writing."""


class StoreAway(Exception):
    """The database is missing, locked, full or may not be written. The message is for the person who asked."""


class Base(DeclarativeBase):
    """The tables of this package."""


class FoodReport(Base):
    """A name that somebody asked for and the table does not know. Nothing about who asked."""

    __tablename__ = "food_reports"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    times: Mapped[int]
    first_on: Mapped[datetime.date]
    last_on: Mapped[datetime.date]


class Kept(Enum):
    """What became of a report."""

    NEW = "new"
    COUNTED = "counted"
    FULL = "full"


@dataclass(frozen=True)
class Report:
    """A name we do not know, and how often and when it was told."""

    name: str
    times: int
    first_on: datetime.date
    last_on: datetime.date


def engine_at(url: str) -> Engine:
    """The database at this address, opened when it is first used. SQLite may be read while somebody writes."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address)
    engine = create_engine(address, connect_args={"timeout": WAIT_FOR_LOCK})
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _make_folder(engine: Engine) -> None:
    """SQLite makes its own file, but not the folder around it."""
    file = engine.url.database or ""
    if engine.dialect.name == "sqlite" and file and not file.startswith((":", "file:")):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    with suppress(sqlite3.OperationalError):
        # A file that may only be read keeps the way of writing it has.
        connection.execute("PRAGMA journal_mode = WAL")


def keep_report(engine: Engine, name: str, today: datetime.date) -> Kept:
    """Keep a name that the table does not know, or count it once more. StoreAway when the database cannot."""
    with _opened(engine):
        try:
            return _keep(engine, tidied(name), today)
        except IntegrityError:
            # Somebody told the same name a moment ago: now it is there to be counted.
            return _keep(engine, tidied(name), today)


def _keep(engine: Engine, name: str, today: datetime.date) -> Kept:
    key = name.casefold()
    with Session(engine) as session, session.begin():
        session.execute(CreateTable(Base.metadata.tables[FoodReport.__tablename__], if_not_exists=True))
        if _counted(session, key, today):
            return Kept.COUNTED
        if not _has_room(session, today):
            return Kept.FULL
        session.add(FoodReport(key=key, name=name, times=1, first_on=today, last_on=today))
    return Kept.NEW


def reports(engine: Engine) -> list[Report]:
    """Every name we were told and do not know, the most wanted first. StoreAway when the database cannot be read."""
    with _opened(engine), Session(engine) as session:
        if not inspect(session.connection()).has_table(FoodReport.__tablename__):
            return []
        rows = session.scalars(select(FoodReport).order_by(FoodReport.times.desc(), FoodReport.key))
        return [Report(row.name, row.times, row.first_on, row.last_on) for row in rows]


def tidied(name: str) -> str:
    """A name without signs that no screen shows, without spare spaces, and no longer than is kept."""
    plain = unicodedata.normalize("NFC", name)
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in plain)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


@contextmanager
def _opened(engine: Engine) -> Iterator[None]:
    try:
        _make_folder(engine)
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreAway("We cannot keep anything at the moment. Please try again later.") from error


def _counted(session: Session, key: str, today: datetime.date) -> bool:
    once_more = case((FoodReport.times < MOST_TIMES, FoodReport.times + 1), else_=FoodReport.times)
    done = session.execute(update(FoodReport).where(FoodReport.key == key).values(times=once_more, last_on=today))
    return cast(CursorResult[tuple[()]], done).rowcount > 0


def _has_room(session: Session, today: datetime.date) -> bool:
    in_all = session.scalar(select(func.count()).select_from(FoodReport)) or 0
    today_new = session.scalar(select(func.count()).select_from(FoodReport).where(FoodReport.first_on == today)) or 0
    return in_all < NAMES_IN_ALL and today_new < NEW_NAMES_A_DAY
