"""How are a person's diet dates said in plain sentences? The same words for the page and for the command line.

None of them says that the diet is over: past the last day they say to ask the team.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from planner.course import FIRST_COURSE_DAYS, earliest_next_course, plan_course
from planner.protocol import Anchor, Bound, Phase, Protocol
from planner.window import (
    RunsBackwards,
    Stage,
    Window,
    goes_on,
    joined,
    last_day,
    say_day,
    stage,
    stretch_of,
    windows_of,
)

LAST_WORD = "Your own hospital's sheet comes first. Ask your MS team before you stop."
DO_NOT_FIT = "Your days do not fit this one."

STAGE_WORDS = {
    Stage.NO_DATE: "no date given. Ask your MS team, and keep the diet if you have started.",
    Stage.STARTS_LATER: "the diet starts later. Keep it if you have started.",
    Stage.ON_DIET: "on the diet.",
    Stage.ASK_TEAM: "ask your MS team before you stop.",
    Stage.TEAM_STOPPED: "off the diet, because your MS team said so.",
}


def dates_in_words(protocol: Protocol, windows: Sequence[Window], days: Mapping[Anchor, date], today: date) -> Iterator[str]:
    """Everything there is to say about a person's dates, a line each."""
    yield from who_says_so(protocol)
    for phase, window in zip(protocol.phases, windows, strict=True):
        if len(windows) > 1:
            yield f"{phase.name.capitalize()}:"
        yield from (f"{question}: {answer}" for question, answer in window_in_words(phase, window, windows))
        if phase is protocol.phases[-1]:
            yield from provisional_end(phase, days)
    yield from stage_in_words(windows, days, today)
    yield from next_course(days, today)
    yield LAST_WORD


def who_says_so(protocol: Protocol) -> Iterator[str]:
    """Whose dates these are, how they were read, and whether they still hold."""
    yield f"{protocol.name}."
    if protocol.is_patient_report:
        yield "A patient says that their hospital told them this. Ask your own hospital."
    else:
        yield f"Who says so: {protocol.authority} ({protocol.country}, {protocol.dated})."
    yield from how_read(protocol)
    if protocol.superseded:
        yield "This has been replaced. Keep to it only if your team started you on it."
    if protocol.asks_for_no_diet:
        yield "It asks for no diet. Only your MS team can say if that is your plan."


def how_read(protocol: Protocol) -> Iterator[str]:
    """A warning where the protocol's own words were not all read."""
    if protocol.read_how == "second-hand":
        yield "We have not read this ourselves: others report it."


def window_in_words(phase: Phase, window: Window, among: Sequence[Window] = ()) -> Iterator[tuple[str, str]]:
    """The days of one phase as questions with their answers; `among` are all the windows that the person has.

    A part that others follow with no free day between ends no diet, so it never tells of a day without it.
    """
    begun = stretch_of(window, among).begun_by
    yield _start(phase, window, "this part" if begun and window.begun_by and begun < window.begun_by else "the diet")
    runs_on = goes_on(window, among)
    yield from _end(phase, window, runs_on)
    if window.ends_when:
        yield "Before this part ends" if runs_on else "Before you stop", f"{window.ends_when}."


def _start(phase: Phase, window: Window, of: str = "the diet") -> tuple[str, str]:
    if window.first_day:
        at_the_latest = ", at the latest" * window.starts_at_least
        return f"First day of {of}{at_the_latest}", f"{say_day(window.first_day)} ({phase.starts})."
    return f"First day of {of}", _no_date(phase.starts)


def _end(phase: Phase, window: Window, runs_on: bool = False) -> Iterator[tuple[str, str]]:
    if window.last_day and window.first_free_day:
        earliest = ", at the earliest" * window.ends_at_least
        of = "this part" if runs_on else "the diet"
        yield f"Last day of {of}{earliest}", f"{say_day(window.last_day)} ({phase.ends})."
        if runs_on:
            yield "The day after", "the diet goes on."
        else:
            yield f"First day without it{earliest}", f"{say_day(window.first_free_day)}."
    else:
        yield "Last day of the diet", _no_date(phase.ends)


def _no_date(bound: Bound) -> str:
    if bound.anchor is None:
        return "no date given by this protocol."
    if bound.anchor is Anchor.TEAM:
        return f"{bound}."
    if bound.count is None:
        return f"{bound}, with no number of days."
    return f"{bound}. That day is not known yet."


def in_short(protocol: Protocol, days: Mapping[Anchor, date]) -> tuple[str, str]:
    """When a protocol's diet starts and ends, to stand beside other protocols."""
    if protocol.asks_for_no_diet:
        return "It asks for no diet.", "It asks for no diet."
    try:
        windows = windows_of(protocol, days)
    except RunsBackwards:
        return DO_NOT_FIT, DO_NOT_FIT
    pairs = [*zip(protocol.phases, windows, strict=True)]
    ends = [next(_end(phase, window))[1] for phase, window in pairs]
    if len(pairs) > 1:
        ends = [f"{phase.name.capitalize()}: {said}" for (phase, _), said in zip(pairs, ends, strict=True)]
    return _start(*pairs[0])[1], " ".join(ends)


def range_in_words(protocols: Iterable[Protocol], days: Mapping[Anchor, date]) -> Iterator[str]:
    """How far the protocols lie apart for the same days, for someone whose hospital is not known."""
    diets = [stretch for protocol in protocols for stretch in joined(_windows_that_fit(protocol, days))]
    yield from _range("start", sorted(diet.first_day for diet in diets if diet.first_day))
    yield from _range("end", sorted(diet.last_day for diet in diets if diet.last_day))
    yield "Some give no day, or say that only your team can end it."
    yield "Ask your nurse which is yours. " + LAST_WORD


def _windows_that_fit(protocol: Protocol, days: Mapping[Anchor, date]) -> tuple[Window, ...]:
    try:
        return windows_of(protocol, days)
    except RunsBackwards:
        return ()


def _range(what: str, days: Sequence[date]) -> Iterator[str]:
    if days:
        yield f"The earliest {what} of a diet is {say_day(days[0])}, the latest {say_day(days[-1])}."


def provisional_end(phase: Phase, days: Mapping[Anchor, date]) -> Iterator[str]:
    """The end if all goes as planned, while the last infusion day is not known."""
    first = days.get(Anchor.FIRST_INFUSION)
    if phase.ends.anchor is not Anchor.LAST_INFUSION or first is None or Anchor.LAST_INFUSION in days:
        return
    end = last_day(phase.ends, plan_course(first, number=1).anchors)
    if end:
        plan = f"{FIRST_COURSE_DAYS} infusions on {FIRST_COURSE_DAYS} days in a row"
        yield f"If all goes as planned, with {plan}, the last day will be {say_day(end)}."


def stage_in_words(windows: Iterable[Window], days: Mapping[Anchor, date], today: date) -> Iterator[str]:
    """Where the person stands on a day."""
    windows = tuple(windows)
    now = stage(windows, today)
    begun = [window.first_day for window in windows if window.first_day and window.first_day < today]
    first = days.get(Anchor.FIRST_INFUSION)
    yield f"On {say_day(today)}: {STAGE_WORDS[now]}"
    if now is Stage.ON_DIET and begun and first and today <= first:
        yield "If you have not started, start now and tell your MS team."


def next_course(days: Mapping[Anchor, date], today: date) -> Iterator[str]:
    """When the next course may start, and a warning while the last infusion is still to come."""
    last = days.get(Anchor.LAST_INFUSION)
    if last is None:
        return
    if last > today:
        yield "The last infusion is still to come. If it moves, work these dates out again."
    yield f"Earliest next course: {say_day(earliest_next_course(last))}, 12 months after the last infusion."
