"""What does a diet look like from before to after? Its moments in order, and where each stands on a drawing.

The moments are the words: a table shows them as they are, and the drawing puts each beside a band. How a window ends is
part of what it is: a last day that the sheet gives, one that is only "at least", or none, where the team decides.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from textwrap import wrap

from planner.course import Course
from planner.treatment import Part, Treatment
from planner.window import Stretch, TeamStop, as_stopped, joined, say_day

ASK = "Ask your MS team before you stop."


class Kind(StrEnum):
    """What a moment is, and so what is drawn at it."""

    START = "start"
    START_UNKNOWN = "start-unknown"
    INFUSIONS = "infusions"
    END = "end"
    END_AT_LEAST = "end-at-least"
    END_TEAM = "end-team"
    FREE = "free"
    STOP = "stop"
    STOP_NOTED = "stop-noted"
    """The team's word, where infusions were still to come: the diet went on."""
    TODAY = "today"


_IN_A_DAY = (
    *(Kind.TODAY, Kind.START_UNKNOWN, Kind.START, Kind.INFUSIONS, Kind.STOP, Kind.STOP_NOTED),
    *(Kind.END, Kind.END_AT_LEAST, Kind.FREE, Kind.END_TEAM),
)
"""What stands first where several moments fall on one day."""
_ENDS = frozenset({Kind.END, Kind.END_AT_LEAST, Kind.END_TEAM, Kind.STOP})


@dataclass(frozen=True)
class Moment:
    """One thing on the line: the day it stands on (None where nobody gave one), its name and what to know about it.

    `given` is only there for infusions: for each of them, whether it was given or is still planned.
    """

    kind: Kind
    day: date | None
    name: str
    says: str
    given: tuple[bool, ...] = ()


def moments_of(parts: Sequence[Part], treatment: Treatment, today: date) -> list[Moment]:
    """Everything that stands on the line, in order. Empty where no day of the diet is known."""
    windows = as_stopped([part.window for part in parts], treatment.stop)
    stretches = [stretch for stretch in joined(windows) if stretch.begun_by]
    if not stretches:
        return []
    found: list[tuple[date, Moment]] = []
    for stretch in stretches:
        found.append(_start_moment(stretch))
        if not (treatment.stop and stretch.last_day == treatment.stop.day):
            found += _end_moments(stretch)
    for number, course in enumerate(treatment.courses, start=1):
        found += _infusions(course, number, len(treatment.courses))
    if treatment.stop:
        found.append(_stop_moment(treatment.stop, stretches))
    found.append((today, Moment(Kind.TODAY, today, "Today", say_day(today))))
    in_order = sorted(found, key=lambda one: (one[0], _IN_A_DAY.index(one[1].kind)))
    return [moment for _, moment in in_order]


def _start_moment(stretch: Stretch) -> tuple[date, Moment]:
    """The start of one run of diet days, with the day that puts it in its place."""
    if stretch.first_day:
        or_earlier = ", or earlier" * stretch.windows[0].starts_at_least
        says = f"Start on this day{or_earlier}."
        return stretch.first_day, Moment(Kind.START, stretch.first_day, "First day of the diet", says)
    assert stretch.begun_by
    return stretch.begun_by, Moment(Kind.START_UNKNOWN, None, "Start: no date", "Ask your MS team when to start.")


def _end_moments(stretch: Stretch) -> Iterator[tuple[date, Moment]]:
    last, free, decides = stretch.last_day, stretch.first_free_day, stretch.ends_with
    if last is None or free is None:
        yield date.max, Moment(Kind.END_TEAM, None, "End: no date", "Only your MS team can end it.")
        return
    planned = "If all goes as planned. " * decides.is_provisional
    if decides.ends_at_least:
        yield last, Moment(Kind.END_AT_LEAST, last, "Last day, at the earliest", f"{planned}It can go on longer.")
    else:
        yield last, Moment(Kind.END, last, "Last day of the diet", f"{planned}It is a diet day too.")
    yield free, Moment(Kind.FREE, free, "First day without it", ASK)


def _stop_moment(stop: TeamStop, stretches: Iterable[Stretch]) -> tuple[date, Moment]:
    """The team's word. It ends the line, except where the diet still ran on after it."""
    says = f"You recorded that {stop.who} told you."
    runs_on = any(one.begun_by and one.begun_by <= stop.day and (one.last_day or date.max) > stop.day for one in stretches)
    if runs_on:
        return stop.day, Moment(Kind.STOP_NOTED, stop.day, "Your team said stop", f"{says} The diet still goes on.")
    return stop.day, Moment(Kind.STOP, stop.day, "Your team said stop", says)


def _infusions(course: Course, number: int, courses: int) -> Iterator[tuple[date, Moment]]:
    if course.first_day is None or course.last_day is None:
        return
    name = f"Infusions, course {number}" if courses > 1 else "Infusions"
    until = "" if course.first_day == course.last_day else f"Until {say_day(course.last_day)}. "
    counts = ((len(course.given), "given"), (len(course.planned), "planned"))
    says = until + ", ".join(f"{count} {word}" for count, word in counts if count) + "."
    given = tuple(infusion.given for infusion in course.infusions)
    yield course.first_day, Moment(Kind.INFUSIONS, course.first_day, name, says, given)


# ---- The drawing ----

WIDTH = 340
BAND_LEFT, BAND_RIGHT = 10, 38
WORDS_LEFT = 56
LINE = 21
"""Units between two lines of words; the words are 16 units high."""
_LETTERS_IN_A_LINE = 32
_DOT = 24
_OPEN_END = 56


@dataclass(frozen=True)
class Dot:
    """One infusion on the band."""

    y: float
    is_given: bool


@dataclass(frozen=True)
class Label:
    """A moment as it is drawn: `y` is the line it stands on, `lines` are the words beside it, the first one bold."""

    kind: Kind
    y: float
    lines: tuple[str, ...]
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True)
class Band:
    """A run along the line. kind: diet, at-least (it may go on), team (the team ends it), unknown (not known from when)."""

    kind: str
    top: float
    bottom: float


@dataclass(frozen=True)
class Timeline:
    """The drawing, from top to bottom, in units of its own; long stretches of days are drawn shorter than they are."""

    moments: tuple[Moment, ...]
    labels: tuple[Label, ...]
    bands: tuple[Band, ...]
    height: float


def timeline_of(parts: Sequence[Part], treatment: Treatment, today: date) -> Timeline | None:
    """The drawing of a person's diet; None where there is no day to draw."""
    moments = moments_of(parts, treatment, today)
    if not moments:
        return None
    labels = tuple(_placed(moments))
    lowest = labels[-1]
    foot = _OPEN_END + LINE if lowest.kind is Kind.END_TEAM else 0
    return Timeline(tuple(moments), labels, tuple(_bands(labels)), lowest.y + foot + _height(lowest) + LINE)


def _placed(moments: Iterable[Moment]) -> Iterator[Label]:
    y, before = 34.0, None
    for moment in moments:
        if before is not None:
            y += _gap(before.day, moment.day)
        dots = tuple(Dot(y + _DOT * place, is_given) for place, is_given in enumerate(moment.given))
        label = Label(moment.kind, y, tuple(_lines(moment)), dots)
        yield label
        y += max(_height(label), _DOT * len(dots))
        before = moment


def _lines(moment: Moment) -> Iterator[str]:
    yield moment.name
    if moment.day and moment.kind is not Kind.TODAY:
        yield say_day(moment.day)
    for sentence in re.split(r"(?<=\.) ", moment.says):
        yield from wrap(sentence, _LETTERS_IN_A_LINE)


def _height(label: Label) -> float:
    return LINE * len(label.lines)


def _gap(before: date | None, day: date | None) -> float:
    """Empty units between two moments: more for more days, but never so many that the next is off the screen."""
    days = (day - before).days if before and day else 14
    return 12 + min(48.0, 5 * math.sqrt(max(0, days - 1)))


def _bands(labels: Sequence[Label]) -> Iterator[Band]:
    top: float | None = None
    for label in labels:
        if label.kind in (Kind.START, Kind.START_UNKNOWN):
            top = label.y
            if label.kind is Kind.START_UNKNOWN:
                yield Band("unknown", label.y - 20, label.y)
        elif label.kind in _ENDS and top is not None:
            yield Band("diet", top, label.y)
            if label.kind is Kind.END_AT_LEAST:
                yield Band("at-least", label.y, label.y + _height(label))
            elif label.kind is Kind.END_TEAM:
                yield Band("team", label.y, label.y + _OPEN_END + _height(label) / 2)
            top = None
