"""How are a household's hospital, dates and own sheet kept? As values that JSON can hold, and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from foods.keeping import Said
from planner.course import Course, course_of
from planner.own_sheet import OwnSheet
from planner.protocol import Anchor, Protocol
from planner.treatment import Treatment
from planner.window import TeamStop, say_day

DATES, SHEET, EATERS = "dates", "own-sheet", "eaters"
"""The kinds of what is kept."""
CHANGES_KEPT = 100
"""How many earlier states of the dates are kept: more than a treatment of many years changes."""


@dataclass(frozen=True)
class Dates:
    """A household's hospital, a second sheet beside it, and the patient's days. `hospital` and `also` are slugs or empty.

    `older` is the sheet that they began on, where that was replaced since: their dates are counted by it.
    """

    hospital: str = ""
    also: str = ""
    treatment: Treatment = Treatment()
    older: str = ""

    def as_said(self) -> Said:
        """What JSON can hold of it."""
        return {"hospital": self.hospital, "also": self.also, "older": self.older, **_treatment_as_said(self.treatment)}

    @classmethod
    def of(cls, said: Said) -> "Dates":
        """The dates that were kept."""
        # Those that were kept before there was such a question have no answer to it.
        return cls(said["hospital"], said["also"], _treatment(said), said.get("older", ""))


@dataclass(frozen=True)
class Change:
    """What the dates were until somebody changed them: on which day that was, and who did it."""

    until: date
    by: str
    was: Dates


@dataclass(frozen=True)
class KeptDates:
    """The dates as they are now, since which day the person agreed to have them kept, and what they were before."""

    now: Dates
    agreed_on: date
    changes: tuple[Change, ...] = ()

    def changed(self, to: Dates, by: str, today: date) -> "KeptDates":
        """The dates with something changed. What they were stays in the history."""
        if to == self.now:
            return self
        changes = (*self.changes, Change(today, by, self.now))[-CHANGES_KEPT:]
        return KeptDates(_goes_on(self.now, to), self.agreed_on, changes)

    def as_said(self) -> Said:
        """What JSON can hold of it."""
        changes = [{"until": _day(one.until), "by": one.by, "was": one.was.as_said()} for one in self.changes]
        return {"now": self.now.as_said(), "agreed_on": _day(self.agreed_on), "changes": changes}

    @classmethod
    def of(cls, said: Said) -> "KeptDates":
        """What was kept."""
        changes = (Change(date.fromisoformat(one["until"]), one["by"], Dates.of(one["was"])) for one in said["changes"])
        return cls(Dates.of(said["now"]), date.fromisoformat(said["agreed_on"]), tuple(changes))


def _goes_on(before: Dates, to: Dates) -> Dates:
    """Someone who keeps the diet already has kept it since the day that they first said so."""
    since, now = before.treatment.started_on, to.treatment.started_on
    return replace(to, treatment=replace(to.treatment, started_on=min(since, now))) if since and now else to


@dataclass(frozen=True)
class KeptEater:
    """Somebody who eats here: a name, whether they keep the diet or only eat along, and what they avoid, in their words."""

    name: str
    on_diet: bool = False
    avoids: str = ""


def eaters_as_said(eaters: Iterable[KeptEater], agreed_on: date) -> Said:
    """What JSON can hold of who eats here."""
    return {"eaters": [asdict(one) for one in eaters], "agreed_on": _day(agreed_on)}


def eaters_of(said: Said) -> tuple[KeptEater, ...]:
    """Who eats here, as it was kept."""
    return tuple(KeptEater(**one) for one in said["eaters"])


def eaters_in_words(eaters: Iterable[KeptEater]) -> Iterator[tuple[str, str]]:
    """Who eats here, each with what is kept of them."""
    for one in eaters:
        avoids = f", avoids {one.avoids}" if one.avoids else ""
        yield one.name, f"{'keeps the diet' if one.on_diet else 'eats along'}{avoids}"


def sheet_as_said(sheet: OwnSheet, agreed_on: date) -> Said:
    """What JSON can hold of a sheet that a person entered."""
    return {"sheet": sheet.to_json(), "agreed_on": _day(agreed_on)}


def own_sheet(said: Said) -> OwnSheet:
    """The sheet that was kept. Raises NotASheet where its questions are no longer ours."""
    return OwnSheet.from_json(said["sheet"])


# ---- In words, so that a person can choose between two states ----


def in_words(dates: Dates, protocols: Mapping[str, Protocol]) -> Iterator[tuple[str, str]]:
    """What these dates are, as questions and answers. Only what is known is told."""
    for question, slug in (
        ("Hospital", dates.hospital),
        ("Sheet that I began on", dates.older),
        ("Second sheet", dates.also),
    ):
        if slug:
            yield question, protocols[slug].name if slug in protocols else "one that we no longer list"
    for number, course in enumerate(dates.treatment.courses, start=1):
        yield f"Course {number}", "; ".join(_course_in_words(course))
    for anchor, day in dates.treatment.others.items():
        yield f"Day of the {anchor}", say_day(day)
    if dates.treatment.started_on:
        yield "On the diet", f"yes, you said so on {say_day(dates.treatment.started_on)}"
    if stop := dates.treatment.stop:
        yield "The team said stop", f"{stop.who}, on {say_day(stop.day)}"


def _course_in_words(course: Course) -> Iterator[str]:
    for words, days in (("planned", course.planned), ("given", course.given), ("missed", course.missed)):
        if days:
            yield f"{words}: {', '.join(map(say_day, days))}"
    if course.decision:
        yield f"decided on {say_day(course.decision)}"
    if course.discharge:
        yield f"left hospital on {say_day(course.discharge)}"


# ---- JSON ----


def _treatment_as_said(treatment: Treatment) -> Said:
    stop = treatment.stop
    return {
        "courses": [_course_as_said(course) for course in treatment.courses],
        "others": {anchor.value: _day(day) for anchor, day in treatment.others.items()},
        "started_on": _day(treatment.started_on),
        "stop": {"on": _day(stop.day), "who": stop.who} if stop else None,
    }


def _treatment(said: Said) -> Treatment:
    stop = said["stop"]
    return Treatment(
        courses=tuple(_course(one) for one in said["courses"]),
        others={Anchor(anchor): date.fromisoformat(day) for anchor, day in said["others"].items()},
        started_on=_read_day(said["started_on"]),
        stop=TeamStop(date.fromisoformat(stop["on"]), stop["who"]) if stop else None,
    )


def _course_as_said(course: Course) -> Said:
    return {
        "planned": [_day(day) for day in course.planned],
        "given": [_day(day) for day in course.given],
        "missed": [_day(day) for day in course.missed],
        "decision": _day(course.decision),
        "discharge": _day(course.discharge),
    }


def _course(said: Said) -> Course:
    planned, given, missed = (map(date.fromisoformat, said[went]) for went in ("planned", "given", "missed"))
    course = course_of(planned, given, missed)
    return replace(course, decision=_read_day(said["decision"]), discharge=_read_day(said["discharge"]))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None
