"""What does the treatment say of each day of a week? Infusions near it, days without the diet, and a mark for each day.

A date never loosens a verdict: days outside the window are diet days. A day is free only before the first diet day where
the person switched that off, and after the day on which they recorded that their team said stop.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.keeping import Dates
from planner.protocol import Protocol
from planner.treatment import Part, Treatment, parts_of
from planner.week import DIP_FROM, DIP_TO
from planner.window import RunsBackwards, Stage, Stretch, as_stopped, joined

ASK = "On the diet still. Ask your MS team before you stop."
ON_DIET, AS_DIET_DAY = "On the diet.", "Planned as a diet day."
NOT_YET, STOPPED = "Before the diet: no diet rules today.", "Your team said stop: no diet rules today."
INFUSION_DAY, TIRED = "Infusion day.", "Many people are very tired about now."


@dataclass(frozen=True)
class TreatmentDays:
    """The infusions that matter to a week, its days without the diet, and what to say of each day, a sentence each.

    `infusions` are those of the week and of the four weeks before it. `marks` has an entry for every day of the week. They
    are health data: for the patient's own eyes, unless the patient says otherwise.
    """

    infusions: frozenset[date] = frozenset()
    free_days: frozenset[date] = frozenset()
    marks: Mapping[date, tuple[str, ...]] = field(default_factory=dict)


def treatment_days(
    days: Sequence[date], dates: Dates, protocols: Mapping[str, Protocol], free_before: bool = False
) -> TreatmentDays:
    """What a household's dates say of these days. `free_before`: the person switched the diet off before its first day.

    Dates that contradict each other say of no day that it is free.
    """
    treatment = dates.treatment
    chosen = [protocols[slug] for slug in _sheets(dates) if slug in protocols]
    unknown = [slug for slug in _sheets(dates) if slug and slug not in protocols]
    try:
        parts = parts_of(chosen, treatment)
    except RunsBackwards:
        parts, unknown = (), ["dates that contradict each other"]
    free = {} if unknown else {day: why for day in days if (why := _why_free(day, parts, treatment, free_before))}
    near = frozenset(day for day in _infusions(treatment) if days[0] - timedelta(days=DIP_TO) <= day <= days[-1])
    marks = {day: tuple(_marks(day, parts, treatment, free.get(day, ""))) for day in days}
    return TreatmentDays(near, frozenset(free), marks)


def _sheets(dates: Dates) -> tuple[str, ...]:
    return tuple(dict.fromkeys((dates.hospital, dates.also, dates.older)))


def _infusions(treatment: Treatment) -> Iterator[date]:
    """Every infusion day, planned or given; those that were missed count for nothing."""
    return (infusion.day for course in treatment.courses for infusion in course.infusions)


def _why_free(day: date, parts: Sequence[Part], treatment: Treatment, free_before: bool) -> str:
    """Why no diet holds on a day; empty where it does."""
    where, stop = treatment.stands(parts, day), treatment.stop
    if stop and day > stop.day:
        # Where no window is known, nothing but the infusions shows whether the word was about what comes now.
        more_to_come = not parts and any(infusion > stop.day for infusion in _infusions(treatment))
        return STOPPED if where in (Stage.TEAM_STOPPED, Stage.STARTS_LATER) and not more_to_come else ""
    is_before = where is Stage.STARTS_LATER and not (stop and stop.day >= day and _has_begun(parts, day))
    return NOT_YET if free_before and is_before and not _is_infusion(day, treatment) else ""


def _has_begun(parts: Iterable[Part], day: date) -> bool:
    return any(part.window.begun_by and part.window.begun_by <= day for part in parts)


def _is_infusion(day: date, treatment: Treatment) -> bool:
    return day in {*_infusions(treatment)}


# ---- What to say of a day ----


def _marks(day: date, parts: Sequence[Part], treatment: Treatment, free: str) -> Iterator[str]:
    yield free or _diet_mark(day, parts, treatment)
    yield from _infusion_marks(day, treatment)


def _diet_mark(day: date, parts: Sequence[Part], treatment: Treatment) -> str:
    windows = as_stopped([part.window for part in parts], treatment.stop)
    for stretch in joined(windows):
        if stretch.begun_by and stretch.begun_by <= day and (stretch.last_day is None or day <= stretch.last_day):
            return _counted(day, stretch)
    where = treatment.stands(parts, day)
    return {Stage.ON_DIET: ON_DIET, Stage.ASK_TEAM: ASK}.get(where, AS_DIET_DAY)


def _counted(day: date, stretch: Stretch) -> str:
    """ "Diet day 12 of 47." Both ends count; a last day that may move says so."""
    if stretch.first_day is None:
        return ON_DIET
    number = (day - stretch.first_day).days + 1
    if stretch.last_day is None:
        return f"Diet day {number}."
    total = (stretch.last_day - stretch.first_day).days + 1
    least = "at least " if stretch.ends_with.ends_at_least else ""
    plan = ", if all goes as planned" if stretch.ends_with.is_provisional else ""
    return f"Diet day {number} of {least}{total}{plan}."


def _infusion_marks(day: date, treatment: Treatment) -> Iterator[str]:
    days = sorted(set(_infusions(treatment)))
    if day in days:
        course = next(one for one in treatment.courses if day in {infusion.day for infusion in one.infusions})
        number = [infusion.day for infusion in course.infusions].index(day) + 1
        several = f"Infusion day {number} of {len(course.infusions)}."
        yield several if len(course.infusions) > 1 else INFUSION_DAY
        return
    last = max((one for one in days if one < day), default=None)
    if last and (day - last).days <= DIP_TO:
        yield f"Day {(day - last).days} since the last infusion."
    if any(DIP_FROM <= (day - one).days <= DIP_TO for one in days):
        yield TIRED
