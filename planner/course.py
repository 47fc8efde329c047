"""On which days are the infusions, planned or given, and when may the next course be?

The list of a course is whole: a planned day stands in it until it is given, moved or struck out. So the last infusion
is the last day given, never the first day plus four, and it is provisional while a planned day is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    """The infusion days of one course, each day once and in order.

    `missed` are days that were struck out; they count for nothing and are kept to be shown. `decision` and `discharge` are
    the days that some protocols count from.
    """

    infusions: tuple[Infusion, ...]
    missed: tuple[date, ...] = ()
    decision: date | None = None
    discharge: date | None = None

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
    def planned(self) -> tuple[date, ...]:
        """The days still to come."""
        return tuple(infusion.day for infusion in self.infusions if not infusion.given)

    @property
    def given(self) -> tuple[date, ...]:
        """The days that an infusion was given."""
        return tuple(infusion.day for infusion in self.infusions if infusion.given)

    @property
    def anchors(self) -> dict[Anchor, date]:
        """The days that a protocol counts from, as far as they are known."""
        days = {
            Anchor.DECISION: self.decision,
            Anchor.FIRST_INFUSION: self.first_day,
            Anchor.LAST_INFUSION: self.last_day,
            Anchor.DISCHARGE: self.discharge,
        }
        return {anchor: day for anchor, day in days.items() if day}


def course_of(planned: Iterable[date], given: Iterable[date], missed: Iterable[date] = ()) -> Course:
    """A course from its days in any order. A day that stands in both was given."""
    done = set(given)
    return Course(tuple(Infusion(day, day in done) for day in sorted({*planned, *done})), tuple(sorted(set(missed))))


def plan_course(first: date, number: int) -> Course:
    """The usual plan of a person's course `number` (1 is the first): 5 days in a row, later 3, none given yet."""
    length = FIRST_COURSE_DAYS if number == 1 else LATER_COURSE_DAYS
    return course_of((first + timedelta(days=after) for after in range(length)), ())


def earliest_next_course(last_dose: date) -> date:
    """The first day the next course may start: 12 months after the last dose, moved on where there is no such day."""
    return months_from(last_dose, MONTHS_BETWEEN_COURSES, move_on=True)


class CannotMove(ValueError):
    """A course that cannot be moved there. Its text says why, and what to do."""


def moved(course: Course, to: date) -> Course:
    """The course with the days still to come shifted so that the first of them is `to`. What was given stays given.

    Raises CannotMove where no day is still to come, or where `to` is not after the last day given.
    """
    if not course.infusions:
        raise CannotMove("There are no infusion days to move yet. Fill in the first infusion day.")
    if not course.planned:
        raise CannotMove("Every day of this course was given, so nothing can move. Change a single day instead.")
    if course.last_given and to <= course.last_given:
        raise CannotMove(f"The new day must be after {say_day(course.last_given)}, the last day that was given.")
    shift = to - course.planned[0]
    shifted = course_of((day + shift for day in course.planned), course.given, course.missed)
    return replace(shifted, decision=course.decision, discharge=course.discharge and course.discharge + shift)


def all_given(course: Course, today: date) -> Course:
    """The course once every day up to today was given as planned. Later days stay planned."""
    infusions = (replace(infusion, given=infusion.given or infusion.day <= today) for infusion in course.infusions)
    return replace(course, infusions=tuple(infusions))


def too_soon(courses: Sequence[Course]) -> dict[int, date]:
    """The place of each course that begins too soon after the one before it, and the earliest day it may begin."""
    found: dict[int, date] = {}
    for place, (before, course) in enumerate(zip(courses, courses[1:], strict=False), start=1):
        if before.last_day and course.first_day and course.first_day < earliest_next_course(before.last_day):
            found[place] = earliest_next_course(before.last_day)
    return found


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
