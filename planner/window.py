"""Which days are diet days? Date arithmetic on a protocol's bounds and a person's days, and nothing else.

Both ends of a window are diet days. A day stands one step from its anchor, never month by month. Where the month it
lands in is too short, the day moves towards more diet: a start moves back, an end moves on (31 October + 4 months is
1 March). Where no date is known there is None, never today. Nothing here knows a "finished": past the last day, the
team decides, and only the person's own record of its word ends the diet.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.protocol import Anchor, Bound, Phase, Protocol, Unit

ONE_DAY = timedelta(days=1)
_INFUSIONS = frozenset({Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION})


class Stage(StrEnum):
    """Where a person stands on a day. The page words it; no date leads to a "finished"."""

    NO_DATE = "no_date"
    STARTS_LATER = "starts_later"
    ON_DIET = "on_diet"
    ASK_TEAM = "ask_team"
    TEAM_STOPPED = "team_stopped"
    """The person recorded that their team said stop. No date leads here."""


_MOST_CAUTIOUS_FIRST = (Stage.ON_DIET, Stage.ASK_TEAM, Stage.NO_DATE, Stage.STARTS_LATER)


class RunsBackwards(ValueError):
    """A window that would end before it starts: one of the days it was worked out from must be wrong."""


@dataclass(frozen=True)
class Window:
    """The diet days of one phase, both ends included. None is a day that nobody gave or that is not known yet.

    `starts_at_least` means that an earlier start is fine too; `ends_at_least` that it is not over before the last day
    and may go on. `sure_from` is a day that lies in the diet even where the first day is not known: an infusion, say.
    `treated_until` is the last infusion that it is about. `is_provisional` marks a last day counted from an infusion that
    is still planned.
    """

    first_day: date | None
    last_day: date | None
    phase: str = ""
    starts_at_least: bool = False
    ends_at_least: bool = False
    ends_when: str = ""
    sure_from: date | None = None
    treated_until: date | None = None
    is_provisional: bool = False

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            ends, starts = say_day(self.last_day), say_day(self.first_day)
            raise RunsBackwards(f"A diet cannot end on {ends}, before it starts on {starts}.")

    @property
    def first_free_day(self) -> date | None:
        """The day after the last day; None while the last day is not known."""
        return self.last_day and self.last_day + ONE_DAY

    @property
    def begun_by(self) -> date | None:
        """The earliest day that is known to be a diet day."""
        return self.first_day or self.sure_from

    def __contains__(self, day: date) -> bool:
        """Is this known to be a diet day? A window without a last day goes on."""
        begun = self.begun_by is not None and self.begun_by <= day
        return begun and (self.last_day is None or day <= self.last_day)

    def stage(self, today: date) -> Stage:
        """Where someone with this window alone stands today."""
        if self.last_day and today > self.last_day:
            return Stage.ASK_TEAM
        if today in self:
            return Stage.ON_DIET
        return Stage.STARTS_LATER if self.first_day else Stage.NO_DATE


def windows_of(protocol: Protocol, days: Mapping[Anchor, date]) -> tuple[Window, ...]:
    """A window for each phase of a protocol, from the days that a person gave.

    Raises RunsBackwards where the days contradict each other.
    """
    return tuple(window_of(phase, days) for phase in protocol.phases)


def window_of(phase: Phase, days: Mapping[Anchor, date]) -> Window:
    """The window of one phase. Raises RunsBackwards where the days contradict each other."""
    sure = {*_INFUSIONS, phase.ends.anchor}
    return Window(
        first_day=first_day(phase.starts, days),
        last_day=last_day(phase.ends, days),
        phase=phase.name,
        starts_at_least=phase.starts.at_least,
        ends_at_least=phase.ends.at_least,
        ends_when=phase.ends_when,
        sure_from=min((day for anchor, day in days.items() if anchor in sure), default=None),
        treated_until=max((day for anchor, day in days.items() if anchor in _INFUSIONS), default=None),
    )


def first_day(starts: Bound, days: Mapping[Anchor, date]) -> date | None:
    """The first diet day, moved back where a month is too short; None where it is not given or its anchor not known."""
    return _day_of(starts, days, move_on=False)


def last_day(ends: Bound, days: Mapping[Anchor, date]) -> date | None:
    """The last diet day, moved on where a month is too short; None where it is not given or its anchor not known."""
    return _day_of(ends, days, move_on=True)


def _day_of(bound: Bound, days: Mapping[Anchor, date], move_on: bool) -> date | None:
    if bound.anchor is None or bound.anchor not in days or bound.count is None:
        return None
    anchor = days[bound.anchor]
    if bound.unit is Unit.MONTH:
        return months_from(anchor, bound.count, move_on)
    return anchor + (timedelta(weeks=bound.count) if bound.unit is Unit.WEEK else timedelta(days=bound.count))


def months_from(anchor: date, months: int, move_on: bool) -> date:
    """The same day of the month, `months` later, or earlier where it is below 0, in one step.

    Where that month is too short: the 1st of the month after it with `move_on`, else its own last day.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    if anchor.day <= longest:
        return date(year, month + 1, anchor.day)
    return date(year, month + 1, longest) + ONE_DAY * move_on


def stage(windows: Iterable[Window], today: date) -> Stage:
    """Where a person with all these windows stands today: the most cautious of them. No window is no date."""
    found = {window.stage(today) for window in windows} or {Stage.NO_DATE}
    return next(one for one in _MOST_CAUTIOUS_FIRST if one in found)


@dataclass(frozen=True)
class TeamStop:
    """A person's record that their team said to stop: on which day, and who said it. The only way off the diet."""

    day: date
    who: str

    def ends(self, window: Window) -> bool:
        """Was it said of this window? Not of one that began later, or that had an infusion still to come."""
        return all(day is None or day <= self.day for day in (window.begun_by, window.treated_until))


def stands(windows: Iterable[Window], day: date, started_on: date | None = None, stop: TeamStop | None = None) -> Stage:
    """Where a person stands on a day, who may have begun the diet before any date says so, and may have stopped it.

    `started_on` is a day from which they keep the diet whatever the dates say. `stop` ends what had begun by its day;
    a later course begins the diet again.
    """
    said = stop is not None and stop.day <= day
    left = [window for window in windows if not (said and stop and stop.ends(window))]
    if said and not left:
        return Stage.TEAM_STOPPED
    found = stage(left, day)
    keeps_on = started_on is not None and started_on <= day and not said
    return Stage.ON_DIET if keeps_on and found in (Stage.NO_DATE, Stage.STARTS_LATER) else found


def as_stopped(windows: Iterable[Window], stop: TeamStop | None) -> tuple[Window, ...]:
    """The windows as the team's word left them: none that it ended runs on past its day."""
    return tuple(_cut(window, stop.day) if stop and stop.ends(window) else window for window in windows)


def _cut(window: Window, day: date) -> Window:
    runs_on = window.begun_by is not None and (window.last_day is None or window.last_day > day)
    return replace(window, last_day=day, ends_at_least=False, is_provisional=False) if runs_on else window


@dataclass(frozen=True)
class Stretch:
    """One unbroken run of diet days and the windows that it was joined from, in the order they begin."""

    windows: tuple[Window, ...]

    @property
    def is_joined(self) -> bool:
        """Do several windows touch or overlap here? The page then says why they are one."""
        return len(self.windows) > 1

    @property
    def begun_by(self) -> date | None:
        """The earliest day that is known to be a diet day."""
        return self.windows[0].begun_by

    @property
    def first_day(self) -> date | None:
        """The first day of all; None where it is not known."""
        return self.windows[0].first_day

    @property
    def ends_with(self) -> Window:
        """The window that decides how this ends: one without a last day, else the one that lasts longest."""
        return max(self.windows, key=lambda window: (window.last_day or date.max, window.ends_at_least))

    @property
    def last_day(self) -> date | None:
        """The last day of all; None where any of the windows has no known end."""
        ends = [window.last_day for window in self.windows]
        return None if None in ends else max(end for end in ends if end)

    @property
    def first_free_day(self) -> date | None:
        """The day after the last day; None while the last day is not known."""
        return self.last_day and self.last_day + ONE_DAY

    def reaches(self, window: Window) -> bool:
        """Does this run on until that window begins, with no free day between? One without any day stands alone."""
        if self.windows[0].begun_by is None or window.begun_by is None:
            return False
        return self.first_free_day is None or window.begun_by <= self.first_free_day


def joined(windows: Sequence[Window]) -> tuple[Stretch, ...]:
    """Windows of any sheets and courses as unbroken stretches: those that touch or overlap become one."""
    stretches: list[Stretch] = []
    for window in sorted(windows, key=lambda one: one.begun_by or date.max):
        if stretches and stretches[-1].reaches(window):
            stretches[-1] = Stretch((*stretches[-1].windows, window))
        else:
            stretches.append(Stretch((window,)))
    return tuple(stretches)


def stretch_of(window: Window, windows: Sequence[Window]) -> Stretch:
    """The unbroken run of diet days that this window stands in, among all the windows that a person has."""
    return next((one for one in joined(windows) if window in one.windows), Stretch((window,)))


def goes_on(window: Window, windows: Sequence[Window]) -> bool:
    """Is the day after this window's last day a diet day still, because another window runs on?"""
    last = stretch_of(window, windows).last_day
    return window.last_day is not None and (last is None or window.last_day < last)


def say_day(day: date) -> str:
    """A day in words, like "Monday 6 October 2025"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
