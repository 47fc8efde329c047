"""What does the dates page say, once a person's hospital and days are known? Plain values, ready to be shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.course import MONTHS_BETWEEN_COURSES, CannotMove, Course, earliest_next_course, moved, too_soon
from planner.protocol import Protocol
from planner.sentences import STAGE_WORDS, who_says_so, window_in_words
from planner.timeline import Timeline, timeline_of
from planner.treatment import KEEPS_ON, Part, Treatment, parts_of
from planner.window import Stage, Stretch, as_stopped, goes_on, joined, say_day

KEEP_GOING = "You are on the diet already. Keep going, whatever the new days say, unless your MS team tells you."
START_NOW = "If you have not started, start now and tell your MS team."
GOES_ON = "That was before an infusion or a new start, so the diet goes on. Ask your MS team."
LONGEST_PAUSE = 31
"""Days between two infusions of a course after which we ask whether the day is right."""


@dataclass(frozen=True)
class PartInWords:
    """One window as questions and answers, under a heading where there are several; `note` says what is still planned."""

    heading: str
    pairs: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class Change:
    """One day before and after a move, and how far it moved."""

    question: str
    before: str
    after: str
    moves: str


@dataclass(frozen=True)
class Move:
    """What changes when a course moves: each day before and after, what to do today, and what to ask the team about."""

    course: int
    changes: tuple[Change, ...]
    says: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """Everything that the page says about a person's dates. `whose` says of each sheet who it comes from."""

    whose: tuple[tuple[Protocol, tuple[str, ...]], ...]
    stage: Stage
    today: tuple[str, ...]
    asked: tuple[str, ...]
    parts: tuple[PartInWords, ...]
    joined: tuple[str, ...]
    timeline: Timeline | None
    warnings: tuple[str, ...]
    next_course: tuple[str, ...]
    move: Move | None
    held_now: tuple[str, ...] = ()


def answer(
    protocols: Sequence[Protocol],
    treatment: Treatment,
    today: date,
    asked: date | None,
    move: tuple[int, date] | None,
    held_now: Protocol | None = None,
) -> Answer:
    """What to say to this person. `asked` is a day they ask about; `move` is the place of a course and its new day.

    `held_now` is the sheet that they hold now, where the first of `protocols` is an older one that they began on.

    Raises RunsBackwards where their days contradict each other, and CannotMove where that course cannot move there.
    """
    parts = parts_of(protocols, treatment)
    return Answer(
        whose=tuple((protocol, tuple(who_says_so(protocol))) for protocol in protocols),
        stage=treatment.stands(parts, today),
        today=(f"Today, {say_day(today)}: {on_a_day(parts, treatment, today)}", *_details(parts, treatment, today)),
        asked=_asked(parts, treatment, asked),
        parts=tuple(_in_words(part, parts) for part in parts),
        joined=tuple(_why_one(joined(as_stopped([part.window for part in parts], treatment.stop)))),
        timeline=timeline_of(parts, treatment, today),
        warnings=tuple(course_warnings(treatment.courses)),
        next_course=tuple(_next_course(treatment.courses)),
        move=_move(protocols, treatment, today, *move) if move else None,
        held_now=tuple(_held_now(protocols[0], held_now, treatment)) if held_now and protocols else (),
    )


def _held_now(began_on: Protocol, held: Protocol, treatment: Treatment) -> Iterator[str]:
    """Does the sheet that they hold now give other dates than the one they began on?"""
    mine, theirs = (_pairs_of(parts_of([one], treatment)) for one in (began_on, held))
    if mine == theirs:
        yield f"You began on an older sheet. The one you hold now gives the same dates: {held.name}."
        return
    yield f"You began on an older sheet. The one you hold now gives other dates: {held.name}."
    yield from (f"{question}: {says}" for question, says in theirs if (question, says) not in mine)
    yield "Ask your MS team which of the two counts for you. Until they say so, keep to the longer one."


def _pairs_of(parts: Sequence[Part]) -> list[tuple[str, str]]:
    windows = [part.window for part in parts]
    return [pair for part in parts for pair in window_in_words(part.phase, part.window, windows)]


def on_a_day(parts: Iterable[Part], treatment: Treatment, day: date) -> str:
    """Where this person stands on a day, in words."""
    return STAGE_WORDS[treatment.stands(parts, day)]


def _asked(parts: Sequence[Part], treatment: Treatment, day: date | None) -> tuple[str, ...]:
    if day is None:
        return ()
    return (f"On {say_day(day)}: {on_a_day(parts, treatment, day)}", *_details(parts, treatment, day))


def _details(parts: Sequence[Part], treatment: Treatment, day: date) -> Iterator[str]:
    """What else to know about that day: how far along it is, and on whose word it stands."""
    now = treatment.stands(parts, day)
    if now is Stage.ON_DIET:
        yield from _on_the_diet(parts, treatment, day)
    elif now is Stage.STARTS_LATER:
        starts = [part.window.first_day for part in parts if part.window.first_day and part.window.first_day > day]
        yield f"It starts on {say_day(min(starts))}."
    if treatment.stop and treatment.stop.day <= day:
        yield f"You recorded on {say_day(treatment.stop.day)} that {treatment.stop.who} said stop."
        if now is not Stage.TEAM_STOPPED:
            yield GOES_ON


def _on_the_diet(parts: Sequence[Part], treatment: Treatment, day: date) -> Iterator[str]:
    holding = [one for one in joined([part.window for part in parts]) if any(day in window for window in one.windows)]
    if not holding:
        yield "Your dates do not ask for it on this day. You said that you have started, so keep going."
        return
    yield from _how_far(holding[0], day)
    first = min(
        (course.first_day for course in treatment.courses if course.first_day and course.first_day >= day), default=None
    )
    begun = any(part.window.first_day and part.window.first_day < day for part in parts)
    if first and begun and treatment.started_on is None:
        yield START_NOW


def _how_far(stretch: Stretch, day: date) -> Iterator[str]:
    if stretch.first_day and stretch.last_day:
        number, of = (day - stretch.first_day).days + 1, (stretch.last_day - stretch.first_day).days + 1
        yield f"This is day {number} of {of}."
    elif stretch.last_day is None:
        yield "The last day is not known yet."


def _in_words(part: Part, parts: Sequence[Part]) -> PartInWords:
    note = "The last infusion is still planned. If it moves, these days move too." if part.window.is_provisional else ""
    pairs = window_in_words(part.phase, part.window, [one.window for one in parts])
    return PartInWords(_heading(part, parts), tuple(pairs), note)


def _heading(part: Part, parts: Sequence[Part]) -> str:
    """What tells this window from the others: the sheet, the course, the phase, as far as they differ."""
    words = []
    if len({one.protocol.slug for one in parts}) > 1:
        words.append(part.protocol.name)
    if len({one.course for one in parts if one.course}) > 1 and part.course:
        words.append(f"course {part.course}" if words else f"Course {part.course}")
    if len(part.protocol.phases) > 1:
        words.append(part.phase.name if words else part.phase.name.capitalize())
    return ", ".join(words)


def _why_one(stretches: Iterable[Stretch]) -> Iterator[str]:
    for stretch in stretches:
        if stretch.is_joined and stretch.begun_by and len({(one.first_day, one.last_day) for one in stretch.windows}) > 1:
            until = f"to {say_day(stretch.last_day)}" if stretch.last_day else "until your MS team ends it"
            yield "These leave no free day between them, so they are one diet."
            yield f"It runs from {say_day(stretch.begun_by)} {until}."


def course_warnings(courses: Sequence[Course]) -> Iterator[str]:
    """What to ask the team about courses that come too soon, and a day that may be a slip."""
    for place, earliest in too_soon(courses).items():
        first = courses[place].first_day
        assert first is not None
        yield f"Course {place + 1} starts on {say_day(first)}. That is too soon after the course before it."
        yield (
            f"A course starts at least {MONTHS_BETWEEN_COURSES} months after the last dose before it: "
            f"{say_day(earliest)} or later. Ask your MS team."
        )
    for number, course in enumerate(courses, start=1):
        days = [infusion.day for infusion in course.infusions]
        for before, day in zip(days, days[1:], strict=False):
            if (day - before).days > LONGEST_PAUSE:
                late = f"{(day - before).days} days after the infusion before it"
                yield f"Course {number}: {say_day(day)} is {late}. Check the day."


def _next_course(courses: Sequence[Course]) -> Iterator[str]:
    last = courses[-1].last_day if courses else None
    if last:
        months = f"{MONTHS_BETWEEN_COURSES} months after the last infusion"
        yield f"Earliest next course: {say_day(earliest_next_course(last))}, {months}."


# ---- What if it moves? ----


def moved_treatment(protocols: Sequence[Protocol], treatment: Treatment, place: int, to: date, today: date) -> Treatment:
    """The treatment with one course moved. Someone who keeps the diet today goes on, whatever the new days say.

    Raises CannotMove where that course cannot move there.
    """
    courses = [*treatment.courses] or [Course(())]
    place = min(place, len(courses) - 1)
    courses[place] = moved(courses[place], to)
    _refuse_overlap(courses)
    keeps_on = treatment.stands(parts_of(protocols, treatment), today) in KEEPS_ON
    return replace(treatment, courses=tuple(courses), started_on=today if keeps_on else treatment.started_on)


def _refuse_overlap(courses: Sequence[Course]) -> None:
    for number, (before, course) in enumerate(zip(courses, courses[1:], strict=False), start=1):
        if before.last_day and course.first_day and course.first_day <= before.last_day:
            raise CannotMove(f"With this day, course {number} runs into course {number + 1}. Move the other course first.")


def _move(protocols: Sequence[Protocol], treatment: Treatment, today: date, place: int, to: date) -> Move:
    after = moved_treatment(protocols, treatment, place, to, today)
    place = min(place, len(treatment.courses) - 1)
    old, new = parts_of(protocols, treatment), parts_of(protocols, after)
    infusions = _infusion_changes(treatment.courses[place], after.courses[place])
    days = [change for before, then in zip(old, new, strict=True) for change in _changes(before, then, old, new)]
    stages = treatment.stands(old, today), after.stands(new, today)
    return Move(place + 1, (*infusions, *days), tuple(_what_to_do(*stages)), tuple(course_warnings(after.courses)))


def _infusion_changes(before: Course, after: Course) -> Iterator[Change]:
    yield _change("First infusion", before.first_day, after.first_day)
    yield _change("Last infusion", before.last_day, after.last_day)


def _changes(before: Part, after: Part, old: Sequence[Part], new: Sequence[Part]) -> Iterator[Change]:
    if before.course is not None and before.window == after.window and len(old) > 1:
        return
    heading = _heading(before, old)
    lead = f"{heading}: " if heading else ""
    runs_on = any(goes_on(part.window, [one.window for one in parts]) for part, parts in ((before, old), (after, new)))
    of = "this part" if runs_on else "the diet"
    yield _change(f"{lead}First day of {of}", before.window.first_day, after.window.first_day)
    yield _change(f"{lead}Last day of {of}", before.window.last_day, after.window.last_day)
    if not runs_on:
        yield _change(f"{lead}First day without it", before.window.first_free_day, after.window.first_free_day)


def _change(question: str, before: date | None, after: date | None) -> Change:
    if before is None or after is None:
        return Change(question, _day_or_none(before), _day_or_none(after), "No date, so nothing moves")
    days = (after - before).days
    plural = "" if abs(days) == 1 else "s"
    moves = "The same day" if days == 0 else f"{abs(days)} day{plural} {'later' if days > 0 else 'earlier'}"
    return Change(question, say_day(before), say_day(after), moves)


def _day_or_none(day: date | None) -> str:
    return say_day(day) if day else "No date"


def _what_to_do(before: Stage, after: Stage) -> Iterator[str]:
    if before is Stage.ON_DIET:
        yield KEEP_GOING
    elif before is Stage.ASK_TEAM:
        yield "Ask your MS team before you stop. A new day does not end the diet."
    elif after is Stage.ON_DIET:
        yield f"With the new days you are on the diet today. {START_NOW}"
    yield "Tell your MS team that you have these new days."
