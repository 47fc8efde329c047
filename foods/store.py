"""Where is kept what people tell us? One small table: names of foods that we do not know. The check never needs it.

Every function takes a session that is begun and ended elsewhere.
"""

import datetime
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import cast

from sqlalchemy import CursorResult, String, case, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

LONGEST_NAME = 80
"""Letters of a reported name that are kept."""
NEW_NAMES_A_DAY = 40
NAMES_IN_ALL = 1_000
MOST_TIMES = 9_999
"""A name told more often than this counts no further."""


class Base(DeclarativeBase):
    """The tables of this package."""


class FoodReport(Base):
    """A name that somebody asked for and the table does not know. Nothing about who asked."""

    __tablename__ = "food_report"

    key: Mapped[str] = mapped_column(String(3 * LONGEST_NAME), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
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


def keep_report(session: Session, name: str, today: datetime.date) -> Kept:
    """Keep a name that the table does not know, or count it once more."""
    shown = tidied(name)
    key = shown.casefold()
    if _counted(session, key, today):
        return Kept.COUNTED
    if not _has_room(session, today):
        return Kept.FULL
    try:
        with session.begin_nested():
            session.add(FoodReport(key=key, name=shown, times=1, first_on=today, last_on=today))
    except IntegrityError:
        # Somebody told the same name a moment ago: now it is there to be counted.
        _counted(session, key, today)
        return Kept.COUNTED
    return Kept.NEW


def reports(session: Session) -> list[Report]:
    """Every name we were told and do not know, the most wanted first."""
    rows = session.scalars(select(FoodReport).order_by(FoodReport.times.desc(), FoodReport.key))
    return [Report(row.name, row.times, row.first_on, row.last_on) for row in rows]


def tidied(name: str) -> str:
    """A name without signs that no screen shows, without spare spaces, and no longer than is kept."""
    plain = unicodedata.normalize("NFC", name)
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in plain)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _counted(session: Session, key: str, today: datetime.date) -> bool:
    once_more = case((FoodReport.times < MOST_TIMES, FoodReport.times + 1), else_=FoodReport.times)
    done = session.execute(update(FoodReport).where(FoodReport.key == key).values(times=once_more, last_on=today))
    return cast(CursorResult[tuple[()]], done).rowcount > 0


def _has_room(session: Session, today: datetime.date) -> bool:
    in_all = session.scalar(select(func.count()).select_from(FoodReport)) or 0
    today_new = session.scalar(select(func.count()).select_from(FoodReport).where(FoodReport.first_on == today)) or 0
    return in_all < NAMES_IN_ALL and today_new < NEW_NAMES_A_DAY
