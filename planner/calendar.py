"""What belongs in a person's calendar beside the diet, on which day, and who says so? Items, and the iCalendar file.

Every item has its source, and the team's plan comes first. Each day stands one step from the dose or the infusion that
it is counted from. No item tells anyone to stop the diet: the first day without it says to ask the MS team.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from foods.food import Source
from planner.course import Course, earliest_next_course
from planner.protocol import Anchor, Phase, Protocol
from planner.window import ONE_DAY, Stretch, Window, joined, months_from, window_of

if TYPE_CHECKING:
    from icalendar import Event

TEAM_FIRST = "Your team's plan comes first."
FOLLOW_UP_MONTHS = 48
"""How long after the last dose the tests go on; each course starts the clock again."""
BLOOD_MONTHS, THYROID_MONTHS, YEAR = 1, 3, 12
VACCINE_WEEKS = 6
STROKE_DAYS = 3
PLANNED = "Worked out from planned infusions. If one moves, make the calendar again."


class Kind(StrEnum):
    """What an item is about. A person picks the kinds that they want."""

    INFUSION = "infusion"
    DIET = "diet"
    FRIDGE = "fridge"
    STROKE = "stroke"
    VACCINES = "vaccines"
    BLOOD = "blood"
    THYROID = "thyroid"
    SKIN = "skin"
    HPV = "hpv"
    NEXT_COURSE = "next_course"


@dataclass(frozen=True)
class About:
    """What a kind is called, what to know about it, and who says so. A diet's source is its protocol's own."""

    name: str
    says: str
    sources: tuple[str, ...] = ()


ABOUT = {
    Kind.INFUSION: About(
        "Infusion days", "The days that you gave: usually 5 in the first course, then 3.", ("us-label-checks",)
    ),
    Kind.DIET: About("The diet: first day, last day, first day without it", "From your hospital's dates."),
    Kind.FRIDGE: About(
        "Clear out the fridge, the day before the diet",
        "Our suggestion: use up what the diet leaves out, and clean the shelves. Listeria can live in a fridge.",
        ("cdc-tips",),
    ),
    Kind.STROKE: About(
        "Days to watch for signs of a stroke",
        f"Within {STROKE_DAYS} days of an infusion. Ask your team for the signs. At the first, ring the emergency number.",
        ("us-label-checks", "us-checks"),
    ),
    Kind.VACCINES: About(
        "Vaccinations finished",
        f"At least {VACCINE_WEEKS} weeks before the first infusion. Ask your team which ones you need.",
        ("kknms-vaccination",),
    ),
    Kind.BLOOD: About(
        "Monthly blood and urine tests",
        "Every month until 48 months after the last dose. Another course starts the 48 months again.",
        ("us-label-checks", "alemtuzumab-practice-table", "mims-malaysia"),
    ),
    Kind.THYROID: About(
        "Thyroid tests",
        "Every 3 months until 48 months after the last dose. Another course starts the 48 months again.",
        ("us-checks", "mims-malaysia"),
    ),
    Kind.SKIN: About(
        "Yearly skin check",
        "Every year, by a professional. The source gives no end, so we show it as long as the tests.",
        ("us-label-checks", "lemtrada-after-treatment"),
    ),
    Kind.HPV: About(
        "Yearly HPV screening",
        "Every year, for those it concerns: the source says women. It gives no end, so we show it as long as the tests.",
        ("us-label-checks", "us-checks"),
    ),
    Kind.NEXT_COURSE: About(
        "Earliest next course", "12 months after the last dose at the earliest, if there is one.", ("us-label-checks",)
    ),
}
BY_CHOICE = frozenset({Kind.HPV})
"""What does not concern everybody, and is there only for those who ask for it."""


@dataclass(frozen=True)
class Item:
    """One entry, on one day or on several in a row, both ends included.

    `part`, `course` and `number` say which of its kind it is, whatever its day: a moved infusion keeps them. `course` is 0
    for tests and checks, which run on through the courses. `plain_title` says nothing about anybody's health.
    """

    kind: Kind
    first_day: date
    last_day: date
    title: str
    plain_title: str
    says: str
    sources: tuple[str, ...]
    part: str = ""
    course: int = 0
    number: int = 1


def items_of(courses: Sequence[Course], protocol: Protocol | None, other_days: Mapping[Anchor, date]) -> tuple[Item, ...]:
    """Everything for the courses of a person in their order; one that has no day yet is an empty course.

    `other_days` are days such as a discharge, which belong to the last course. Raises RunsBackwards where the days
    contradict the protocol's.
    """
    items = [item for number, course in enumerate(courses, start=1) for item in _of_course(course, number)]
    items += _checks([course for course in courses if course.infusions])
    if protocol:
        items += _diet(courses, protocol, other_days)
    order = list(Kind)
    return tuple(sorted(items, key=lambda item: (item.first_day, order.index(item.kind), item.course, item.number)))


def by_month(items: Iterable[Item]) -> list[tuple[date, list[Item]]]:
    """The items of each month that has any, under that month's first day. The items must be in order."""
    return [(month, list(group)) for month, group in groupby(items, key=lambda item: item.first_day.replace(day=1))]


# ---- What belongs to one course ----


def _of_course(course: Course, number: int) -> Iterator[Item]:
    if course.first_day is None or course.last_day is None:
        return
    for at, infusion in enumerate(course.infusions, start=1):
        given = "" if infusion.given else "Planned. If it moves, make the calendar again."
        titles = (f"Infusion, day {at}", f"Appointment, day {at}")
        yield _item(Kind.INFUSION, infusion.day, titles, given, course=number, number=at)
    if number == 1:
        finished = course.first_day - timedelta(weeks=VACCINE_WEEKS)
        yield _item(
            Kind.VACCINES, finished, ("Vaccinations finished by today", "Finished by today"), _planned(course), course=1
        )
    for at, (first, last) in enumerate(_watched(course), start=1):
        titles = ("Watch for signs of a stroke", "Watch day")
        one = _item(Kind.STROKE, first, titles, _planned(course), course=number, number=at)
        yield replace(one, last_day=last)
    titles = ("Earliest next course", "Earliest next appointments")
    yield _item(Kind.NEXT_COURSE, earliest_next_course(course.last_day), titles, _planned(course), course=number)


def _watched(course: Course) -> Iterator[tuple[date, date]]:
    """The days within three days of an infusion, those of neighbouring infusions as one stretch."""
    stretches: list[tuple[date, date]] = []
    for infusion in course.infusions:
        end = infusion.day + timedelta(days=STROKE_DAYS)
        if stretches and infusion.day <= stretches[-1][1] + ONE_DAY:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((infusion.day, end))
    yield from stretches


def _planned(course: Course) -> str:
    return PLANNED if course.is_provisional else ""


def _item(
    kind: Kind, day: date, titles: tuple[str, str], more: str = "", *, part: str = "", course: int = 0, number: int = 1
) -> Item:
    """An item of one day. `titles` are the clear one and the plain one."""
    says = " ".join(words for words in (ABOUT[kind].says, more) if words)
    return Item(kind, day, day, *titles, says, ABOUT[kind].sources, part, course, number)


# ---- Tests and checks, which run on through the courses ----


def _checks(courses: Sequence[Course]) -> Iterator[Item]:
    if not courses:
        return
    more = _planned(courses[-1])
    yield from _numbered(Kind.BLOOD, follow_up_days(courses, BLOOD_MONTHS), ("Blood and urine test", "Monthly test"), more)
    yield from _numbered(
        Kind.THYROID, follow_up_days(courses, THYROID_MONTHS), ("Thyroid blood test", "Three-monthly test"), more
    )
    yield from _numbered(Kind.SKIN, _yearly(courses), ("Yearly skin check", "Yearly check"), more)
    yield from _numbered(Kind.HPV, _yearly(courses), ("Yearly HPV screening", "Yearly screening"), more)


def _numbered(kind: Kind, days: Iterable[date], titles: tuple[str, str], more: str) -> Iterator[Item]:
    return (_item(kind, day, titles, more, number=at) for at, day in enumerate(days, start=1))


def follow_up_days(courses: Sequence[Course], every: int) -> list[date]:
    """The test days, `every` so many months until 48 months after the last dose, each one step from a dose.

    A course starts the count again. Until its own first test the count of the course before goes on, so that nobody
    waits longer than `every` months. Where a month is too short a test moves back.
    """
    days: list[date] = []
    for course in courses:
        if course.last_day:
            own = [months_from(course.last_day, after, move_on=False) for after in range(every, FOLLOW_UP_MONTHS + 1, every)]
            days = [day for day in days if day < own[0]] + own
    return days


def _yearly(courses: Sequence[Course]) -> Iterator[date]:
    """Every year from the first infusion of all, because a course is no reason to wait longer for the next check."""
    first, last = courses[0].first_day, courses[-1].last_day
    if first is None or last is None:
        return
    end, after = months_from(last, FOLLOW_UP_MONTHS, move_on=True), YEAR
    while (day := months_from(first, after, move_on=False)) <= end:
        yield day
        after += YEAR


# ---- The diet ----


def _diet(courses: Sequence[Course], protocol: Protocol, other_days: Mapping[Anchor, date]) -> Iterator[Item]:
    dated = [number for number, course in enumerate(courses, start=1) if course.infusions]
    found: list[tuple[int, int, Phase, Window, str]] = []
    for number in dated:
        course = courses[number - 1]
        days = {**(other_days if number == dated[-1] else {}), **course.anchors}
        for at, phase in enumerate(protocol.phases, start=1):
            found.append((number, at, phase, window_of(phase, days), _planned(course)))
    stretches = joined([window for _, _, _, window, _ in found])
    for number, at, phase, window, more in found:
        stretch = next(one for one in stretches if any(other is window for other in one.windows))
        for item in _of_window(phase, window, stretch, more):
            yield replace(item, sources=item.sources or protocol.sources, course=number, number=at)


def _of_window(phase: Phase, window: Window, stretch: Stretch, more: str) -> Iterator[Item]:
    """The days of one phase. Inside a longer stretch of diet days nothing starts or ends."""
    if window.first_day and stretch.windows[0] is window:
        or_earlier = ", or earlier" * window.starts_at_least
        says = f"{_sentence(str(phase.starts))}{more and ' '}{more}"
        yield _diet_item("start", window.first_day, (f"Listeria diet starts{or_earlier}", "Kitchen plan starts"), says)
        fridge = ("Clear out the fridge before the diet", "Clear out the fridge")
        yield _item(Kind.FRIDGE, window.first_day - ONE_DAY, fridge, more)
    if window.last_day and window.first_free_day and window.last_day == stretch.last_day:
        earliest = "At the earliest. " * window.ends_at_least
        until = f"Before you stop: {_sentence(window.ends_when)} " * bool(window.ends_when)
        says = f"{_sentence(str(phase.ends))} {earliest}{until}{more}".strip()
        last = ("Last day of the diet, if your MS team agrees", "Kitchen plan: ring the team")
        yield _diet_item("last", window.last_day, last, f"{says} Ask your MS team before you stop.")
        free = ("Ask your MS team before you stop the diet", "Kitchen plan: wait for the team")
        without = "By your sheet this is the first day without the diet. Keep to it until your team has said yes."
        yield _diet_item("without", window.first_free_day, free, f"{without} {earliest}{until}{more}".strip())


def _diet_item(part: str, day: date, titles: tuple[str, str], says: str) -> Item:
    return Item(Kind.DIET, day, day, *titles, says, (), part)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


# ---- The file ----

_NAMESPACE = UUID("6f0f2f0e-5d1b-5c3c-9a55-0b6f6f1c7f10")
"""Ours for ever: with another one every calendar would show each entry twice."""


def uid(item: Item, whose: str) -> str:
    """The entry's own mark, the same for ever: of its kind, course and place in it, never of its day.

    `whose` keeps two people in one calendar apart. Nothing of it can be read from the mark.
    """
    person = " ".join(whose.casefold().split())
    return f"{uuid5(_NAMESPACE, '/'.join((person, item.kind, item.part, str(item.course), str(item.number))))}@piping-hot"


def sequence_at(moment: datetime) -> int:
    """A number that grows with each file that is made, once a minute, so that nobody has to remember the last one."""
    return int(moment.timestamp()) // 60


def to_ical(
    items: Iterable[Item],
    sources: Mapping[str, Source],
    *,
    stamp: datetime,
    sequence: int,
    plain: bool,
    whose: str = "",
    with_sources: bool = True,
) -> bytes:
    """The items as an iCalendar file of whole days.

    `stamp` is when it is made, in UTC, and `sequence` a number that grows each time, so that a newer file updates the
    entries of an older one. `plain` takes the titles that say nothing about anybody's health. A source may be a hospital.
    """
    # Here, not above: importing it takes a fifth of a second, and only a download needs it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Piping Hot//Calendar beside the diet//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for item in items:
        calendar.add_component(_event(item, sources if with_sources else None, stamp, sequence, plain, whose))
    return bytes(calendar.to_ical())


def _event(
    item: Item, sources: Mapping[str, Source] | None, stamp: datetime, sequence: int, plain: bool, whose: str
) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid(item, whose))
    event.add("dtstamp", stamp)
    event.add("sequence", sequence)
    event.add("dtstart", item.first_day)
    event.add("dtend", item.last_day + ONE_DAY)
    event.add("summary", item.plain_title if plain else item.title)
    who_says_so = f"\n{sources_in_words(item.sources, sources)}" if sources is not None else ""
    event.add("description", f"{item.says} {TEAM_FIRST}{who_says_so}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def sources_in_words(keys: Iterable[str], sources: Mapping[str, Source]) -> str:
    """The sources in one line, each with how it was read."""
    read = {"full": "read in full", "excerpt": "read in part"}
    said = [f"{one.authority} ({read.get(one.read_how, 'read second-hand')})" for key in keys if (one := sources.get(key))]
    return f"Who says so: {'; '.join(said)}." if said else "Who says so: the sheet that you entered."


def chosen(items: Iterable[Item], kinds: Collection[Kind]) -> tuple[Item, ...]:
    """The items of these kinds."""
    return tuple(item for item in items if item.kind in kinds)


# ---- The feed ----

AT_HOME = frozenset({Kind.DIET, Kind.FRIDGE})
"""What a feed holds that says nothing of an infusion or a test."""


def for_feed(items: Iterable[Item], with_medical_days: bool) -> tuple[Item, ...]:
    """What a calendar that fetches the items may hold: without medical days, no word that counts from one either."""
    if with_medical_days:
        return tuple(item for item in items if item.kind not in BY_CHOICE)
    return tuple(replace(item, says="See Piping Hot for more.") for item in chosen(items, AT_HOME))
