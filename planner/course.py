"""On which days are the infusions, planned or given, and when may the next course be?

The list of a course is whole: a planned day stands in it until it is given, moved or struck out. So the last infusion
is the last day given, never the first day plus four, and it is provisional while a planned day is left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.protocol import Anchor
from planner.window import months_from, say_day

EARLIEST_DAY = date(2000, 1, 1)
LATEST_DAY = date(2099, 12, 31)
"""Days that a person may give. Outside them it is a slip of the finger, and a sum could run over the end of time."""

FIRST_COURSE_DAYS = 5
LATER_COURSE_DAYS = 3
MONTHS_BETWEEN_COURSES = 12

_IN_ORDER = (Anchor.DECISION, Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION, Anchor.DISCHARGE)


@dataclass(frozen=True, order=True)
class Infusion:
    """One infusion day, planned until it is given."""

    day: date
    given: bool = False


@dataclass(frozen=True)
class Course:
    """The infusion days of one course, each day once and in order."""

    infusions: tuple[Infusion, ...]

    def __post_init__(self) -> None:
        days = [infusion.day for infusion in self.infusions]
        if days != sorted(set(days)):
            raise ValueError("The infusion days of a course must stand in order, each day once.")

    @property
    def first_day(self) -> date | None:
        """The first infusion day, planned or given."""
        return self.infusions[0].day if self.infusions else None

    @property
    def last_given(self) -> date | None:
        """The last day that an infusion was given; None before the first."""
        return max((infusion.day for infusion in self.infusions if infusion.given), default=None)

    @property
    def last_day(self) -> date | None:
        """The last infusion day, planned or given. It is provisional while `is_provisional`."""
        return self.infusions[-1].day if self.infusions else None

    @property
    def is_provisional(self) -> bool:
        """Is an infusion still to come, so that the last day may move?"""
        return not all(infusion.given for infusion in self.infusions)

    @property
    def anchors(self) -> dict[Anchor, date]:
        """The days that a protocol counts from; none for a course without days."""
        if self.first_day is None or self.last_day is None:
            return {}
        return {Anchor.FIRST_INFUSION: self.first_day, Anchor.LAST_INFUSION: self.last_day}


def course_of(planned: Iterable[date], given: Iterable[date]) -> Course:
    """A course from its days in any order. A day that stands in both was given."""
    done = set(given)
    return Course(tuple(Infusion(day, day in done) for day in sorted({*planned, *done})))


def plan_course(first: date, number: int) -> Course:
    """The usual plan of a person's course `number` (1 is the first): 5 days in a row, later 3, none given yet."""
    length = FIRST_COURSE_DAYS if number == 1 else LATER_COURSE_DAYS
    return course_of((first + timedelta(days=after) for after in range(length)), ())


def earliest_next_course(last_dose: date) -> date:
    """The first day the next course may start: 12 months after the last dose, moved on where there is no such day."""
    return months_from(last_dose, MONTHS_BETWEEN_COURSES, move_on=True)


def out_of_order(days: Mapping[Anchor, date]) -> dict[Anchor, str]:
    """For each day that lies before one it must follow: a sentence that says so. Empty when the days make sense."""
    known = [anchor for anchor in _IN_ORDER if anchor in days]
    return {
        later: f"{later.phrase.capitalize()} cannot be before {earlier.phrase} on {say_day(days[earlier])}. Check both days."
        for earlier, later in zip(known, known[1:], strict=False)
        if days[later] < days[earlier]
    }


def is_far_off(day: date) -> bool:
    """Does this day lie so far away that it must be a slip?"""
    return not EARLIEST_DAY <= day <= LATEST_DAY
