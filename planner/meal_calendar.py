"""What shall we eat, as a calendar? The meals of weeks as iCalendar entries, each at its hour, and the shop days.

Nothing here says anything about anybody's health: no diet day, no infusion, no hospital.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from planner.week import ONE_DAY, Meal, Slot, Week

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_NAMESPACE = UUID("7d1a3f6e-54c2-4f0a-9b1e-2f3f0a6c9b11")
A_MEAL = timedelta(hours=1)
EVENING, A_WHILE = time(20), timedelta(minutes=15)
"""When in a calendar the evening before is, and how long it takes to put something to soak or to thaw."""


@dataclass(frozen=True)
class WeekOfMeals:
    """A finished week, its shop days, what to do the evening before a meal, and the names of its recipes.

    `cold` are the recipes whose leftovers are eaten cold.
    """

    week: Week
    shop_days: frozenset[date]
    evenings: Mapping[Slot, str]
    names: Mapping[str, str]
    cold: frozenset[str] = frozenset()

    def called(self, meal: Meal) -> str:
        """The name of a meal's recipe."""
        return self.names.get(meal.recipe, meal.recipe.replace("-", " "))

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
        calendar.add_component(_meal(meal, one, stamp, sequence))
        if meal.slot in one.evenings:
            calendar.add_component(_evening(meal, one, stamp, sequence))
    for day in sorted(one.shop_days & {*one.week.days}):
        entry = _entry(f"shop/{day}", "Shop for the week", stamp, sequence)
        entry.add("dtstart", day)
        entry.add("dtend", day + ONE_DAY)
        calendar.add_component(entry)


def _meal(meal: Meal, one: WeekOfMeals, stamp: datetime, sequence: int) -> "Event":
    title = f"{meal.slot.meal.capitalize()}: {one.called(meal)}"
    entry = _entry(f"meal/{meal.slot.day}/{meal.slot.meal}", title, stamp, sequence)
    entry.add("dtstart", meal.slot.at)
    entry.add("dtend", meal.slot.at + A_MEAL)
    entry.add("description", " ".join(_says(meal, one)))
    return entry


def _evening(meal: Meal, one: WeekOfMeals, stamp: datetime, sequence: int) -> "Event":
    """What to do the evening before has an entry in that evening: read with the meal it would come too late."""
    title = f"For {meal.slot.meal} tomorrow: {one.called(meal)}"
    entry = _entry(f"evening/{meal.slot.day}/{meal.slot.meal}", title, stamp, sequence)
    begins = datetime.combine(meal.slot.day - ONE_DAY, EVENING)
    entry.add("dtstart", begins)
    entry.add("dtend", begins + A_WHILE)
    entry.add("description", one.evenings[meal.slot])
    return entry


def _says(meal: Meal, one: WeekOfMeals) -> Iterator[str]:
    if meal.leftover_of is not None and meal.recipe in one.cold:
        yield "Leftovers: eat them by the end of this meal."
    elif meal.leftover_of is not None:
        yield "Leftovers: reheat once, until steaming hot right through."
    elif meal.frozen_on is not None:
        yield "From the freezer: reheat once, until steaming hot right through."
    else:
        yield f"{meal.minutes} minutes of cooking."
    if meal.freeze_extra:
        yield "Cook double. Chill half within 1 hour, then freeze it. Write the date on it."
    yield from filter(None, [one.evenings.get(meal.slot, "")])


def _entry(about: str, title: str, stamp: datetime, sequence: int) -> "Event":
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{uuid5(_NAMESPACE, about)}@piping-hot")
    entry.add("dtstamp", stamp)
    entry.add("sequence", sequence)
    entry.add("summary", title)
    entry.add("transp", "TRANSPARENT")
    return entry
