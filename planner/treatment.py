"""Which diet windows follow from a person's hospital and from all their days together?

A sheet that counts from the infusions has a window for each course; one that counts from a transplant, say, has its
windows once. Two sheets at once are the union of their windows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from planner.course import Course
from planner.protocol import ALEMTUZUMAB, Anchor, Phase, Protocol
from planner.window import Stage, TeamStop, Window, stands, window_of

OF_A_COURSE = (Anchor.DECISION, Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION, Anchor.DISCHARGE)
"""The days that each course has of its own. The others stand once for the whole treatment."""


KEEPS_ON = frozenset({Stage.ON_DIET, Stage.ASK_TEAM})
"""Where a person keeps the diet until their team says stop, whatever days come to be known."""


@dataclass(frozen=True)
class Treatment:
    """Everything about dates that a person told us: their courses, other days, and what their team said."""

    courses: tuple[Course, ...] = ()
    others: Mapping[Anchor, date] = field(default_factory=dict)
    started_on: date | None = None
    """A day from which they keep the diet already, whatever the dates say."""
    stop: TeamStop | None = None

    @property
    def is_dated(self) -> bool:
        """Is any day known that a window could be counted from?"""
        return bool(self.others) or any(course.anchors for course in self.courses)

    def stands(self, parts: Iterable["Part"], day: date) -> Stage:
        """Where this person stands on a day."""
        return stands([part.window for part in parts], day, self.started_on, self.stop)


@dataclass(frozen=True)
class Part:
    """The window of one phase of one protocol, around one course (the first is 1) or around none."""

    protocol: Protocol
    phase: Phase
    window: Window
    course: int | None = None


def parts_of(protocols: Iterable[Protocol], treatment: Treatment) -> tuple[Part, ...]:
    """Every window that these protocols ask of this person, in the order of protocols, courses and phases.

    Raises RunsBackwards where the days contradict each other.
    """
    return tuple(part for protocol in protocols for part in _parts(protocol, treatment))


def _parts(protocol: Protocol, treatment: Treatment) -> Iterator[Part]:
    if not counts_from_courses(protocol):
        for phase in protocol.phases:
            yield Part(protocol, phase, window_of(phase, treatment.others))
        return
    for number, course in enumerate(treatment.courses or (Course(()),), start=1):
        days = {**treatment.others, **course.anchors}
        for phase in protocol.phases:
            hangs_on_plan = course.is_provisional and phase.ends.anchor is Anchor.LAST_INFUSION
            window = replace(window_of(phase, days), is_provisional=hangs_on_plan)
            yield Part(protocol, phase, window, number)


def counts_from_courses(protocol: Protocol) -> bool:
    """Does a person who chose this one have infusion courses?"""
    return protocol.treatment == ALEMTUZUMAB or bool(protocol.anchors & set(OF_A_COURSE))


def needed_days(protocols: Sequence[Protocol]) -> frozenset[Anchor]:
    """The days beside the infusions that these protocols count from."""
    infusions = {Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION}
    return frozenset(anchor for protocol in protocols for anchor in protocol.anchors) - infusions
