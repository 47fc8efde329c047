"""Are the meals of a week entries of a calendar that a phone can read, and do they say nothing about anybody's health?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import vobject

from planner.meal_calendar import WeekOfMeals, meals_to_ical
from planner.week import DINNER, LUNCH, Slot, Week
from tests.planner.kitchens import MONDAY, TUESDAY, a_meal, again

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
NAMES = {"stew": "Bean stew", "soup": "Pea soup"}
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(7))
THAW = "Put the fish from the freezer into the fridge on Sunday evening. Thaw it there, never outside."
WEEK = WeekOfMeals(
    Week(DAYS, (a_meal(), again())), frozenset({MONDAY, date(2026, 12, 12)}), {Slot(MONDAY, DINNER): THAW}, NAMES
)


def entries(file: bytes) -> dict[str, icalendar.Event]:
    return {str(one["summary"]): one for one in icalendar.Calendar.from_ical(file).walk("VEVENT")}


def test_a_meal_stands_at_its_hour_with_its_name() -> None:
    found = entries(meals_to_ical([WEEK], NOW, 7))
    assert set(found) == {
        "Dinner: Bean stew",
        "For dinner tomorrow: Bean stew",
        "Lunch: Bean stew",
        "Shop for the week",
    }
    dinner = found["Dinner: Bean stew"]
    assert dinner["dtstart"].dt == datetime(2026, 11, 30, 18)
    assert dinner["dtend"].dt == datetime(2026, 11, 30, 19)
    assert str(dinner["description"]) == f"20 minutes of cooking. {THAW}"
    assert str(found["Lunch: Bean stew"]["description"]) == "Leftovers: reheat once, until steaming hot right through."


def test_what_to_do_the_evening_before_stands_in_that_evening() -> None:
    evening = entries(meals_to_ical([WEEK], NOW, 7))["For dinner tomorrow: Bean stew"]
    assert evening["dtstart"].dt == datetime(2026, 11, 29, 20)
    assert str(evening["description"]) == THAW


def test_leftovers_that_are_eaten_cold_are_not_to_be_reheated() -> None:
    found = entries(meals_to_ical([replace(WEEK, cold=frozenset({"stew"}))], NOW, 7))
    assert str(found["Lunch: Bean stew"]["description"]) == "Leftovers: eat them by the end of this meal."


def test_a_shop_day_is_a_whole_day_of_the_week() -> None:
    shop = entries(meals_to_ical([WEEK], NOW, 7))["Shop for the week"]
    assert (shop["dtstart"].dt, shop["dtend"].dt) == (MONDAY, TUESDAY)


def test_another_meal_in_a_slot_updates_its_entry() -> None:
    other = WeekOfMeals(Week(DAYS, (a_meal(recipe="soup"),)), frozenset(), {}, NAMES)
    before = entries(meals_to_ical([WEEK], NOW, 7))["Dinner: Bean stew"]
    after = entries(meals_to_ical([other], NOW, 8))["Dinner: Pea soup"]
    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]


def test_two_slots_never_share_an_entry() -> None:
    meals = tuple(a_meal(day, meal) for day in DAYS for meal in (LUNCH, DINNER))
    file = meals_to_ical([WeekOfMeals(Week(DAYS, meals), frozenset(DAYS), {}, NAMES)], NOW, 7)
    uids = [str(one["uid"]) for one in icalendar.Calendar.from_ical(file).walk("VEVENT")]
    assert len({*uids}) == len(uids) == 21


def test_another_parser_reads_it_too() -> None:
    read = vobject.readOne(meals_to_ical([WEEK], NOW, 7).decode())
    assert sorted(one.summary.value for one in read.vevent_list) == [
        "Dinner: Bean stew",
        "For dinner tomorrow: Bean stew",
        "Lunch: Bean stew",
        "Shop for the week",
    ]
