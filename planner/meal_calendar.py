"""What shall we eat, as a calendar? The meals of weeks as iCalendar entries, each at its hour, and the shop days.

Nothing here says anything about anybody's health: no diet day, no infusion, no hospital.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from planner.week import ONE_DAY, Meal, Slot, Week

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_NAMESPACE = UUID("7d1a3f6e-54c2-4f0a-9b1e-2f3f0a6c9b11")
A_MEAL = timedelta(hours=1)


@dataclass(frozen=True)
class WeekOfMeals:
    """A finished week, its shop days, what to do the evening before a meal, and the names of its recipes."""

    week: Week
    shop_days: frozenset[date]
    evenings: Mapping[Slot, str]
    names: Mapping[str, str]

    def until(self, day: date) -> "WeekOfMeals":
        """The same without the days from this one on."""
        meals = tuple(meal for meal in self.week.meals if meal.slot.day < day)
        shops = frozenset(shop for shop in self.shop_days if shop < day)
        return replace(self, week=replace(self.week, meals=meals), shop_days=shops)


def meals_to_ical(weeks: Iterable[WeekOfMeals], stamp: datetime, sequence: int) -> bytes:
    """The meals of these weeks as an iCalendar file. A slot keeps its entry when its meal changes.

    Hours are those of wherever the calendar is read. `stamp` is when it is made, in UTC; `sequence` grows each time.
    """
    calendar = empty_calendar()
    for one in weeks:
        add_meals(calendar, one, stamp, sequence)
    return bytes(calendar.to_ical())


def with_meals(file: bytes, weeks: Iterable[WeekOfMeals], stamp: datetime, sequence: int) -> bytes:
    """The same calendar with the meals of these weeks in it."""
    from icalendar import Calendar

    calendar = Calendar.from_ical(file)
    for one in weeks:
        add_meals(calendar, one, stamp, sequence)
    return bytes(calendar.to_ical())


def empty_calendar() -> "Calendar":
    """A calendar without an entry."""
    # Here, not above: importing it takes a fifth of a second, and only a download needs it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Piping Hot//Meals//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def add_meals(calendar: "Calendar", one: WeekOfMeals, stamp: datetime, sequence: int) -> None:
    """Put the meals of a week into a calendar, and its shop days."""
    for meal in one.week.meals:
        calendar.add_component(_meal(meal, one.names, one.evenings.get(meal.slot, ""), stamp, sequence))
    for day in sorted(one.shop_days & {*one.week.days}):
        entry = _entry(f"shop/{day}", "Shop for the week", stamp, sequence)
        entry.add("dtstart", day)
        entry.add("dtend", day + ONE_DAY)
        calendar.add_component(entry)


def _meal(meal: Meal, names: Mapping[str, str], evening: str, stamp: datetime, sequence: int) -> "Event":
    entry = _entry(
        f"meal/{meal.slot.day}/{meal.slot.meal}",
        f"{meal.slot.meal.capitalize()}: {names.get(meal.recipe, meal.recipe.replace('-', ' '))}",
        stamp,
        sequence,
    )
    entry.add("dtstart", meal.slot.at)
    entry.add("dtend", meal.slot.at + A_MEAL)
    if says := " ".join(_says(meal, evening)):
        entry.add("description", says)
    return entry


def _says(meal: Meal, evening: str) -> Iterator[str]:
    if meal.leftover_of is not None:
        yield "Leftovers: reheat once, until steaming hot right through."
    elif meal.frozen_on is not None:
        yield "From the freezer: reheat once, until steaming hot right through."
    else:
        yield f"{meal.minutes} minutes of cooking."
    if evening:
        yield evening


def _entry(about: str, title: str, stamp: datetime, sequence: int) -> "Event":
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{uuid5(_NAMESPACE, about)}@piping-hot")
    entry.add("dtstamp", stamp)
    entry.add("sequence", sequence)
    entry.add("summary", title)
    entry.add("transp", "TRANSPARENT")
    return entry
