"""Does a week know what the weeks before leave to it?"""

from datetime import date, timedelta

from planner.week import DINNER, LUNCH, Portion, Slot, Wishes
from planner.weeks_before import after_these_weeks, eaten_lately, in_the_freezer, last_cooked, too_old
from tests.planner.kitchens import MONDAY, a_meal, again

SUNDAY, SATURDAY, FRIDAY = (MONDAY - timedelta(days=back) for back in (1, 2, 3))


def test_when_each_recipe_was_last_on_the_table() -> None:
    meals = [a_meal(SUNDAY), a_meal(FRIDAY), a_meal(SATURDAY, recipe="pie"), a_meal(MONDAY, recipe="soup")]
    assert last_cooked(meals, MONDAY) == {"stew": SUNDAY, "pie": SATURDAY}


def test_the_meals_of_the_two_days_before_in_order() -> None:
    meals = [a_meal(SUNDAY), a_meal(FRIDAY, recipe="soup"), a_meal(SATURDAY, recipe="pie"), a_meal(MONDAY)]
    assert [meal.recipe for meal in eaten_lately(meals, MONDAY)] == ["pie", "stew"]


def test_of_two_weeks_that_hold_the_same_day_the_later_one_counts() -> None:
    meals = [a_meal(SUNDAY, recipe="as planned"), a_meal(SUNDAY, recipe="as changed")]
    assert [meal.recipe for meal in eaten_lately(meals, MONDAY)] == ["as changed"]


IN_OCTOBER = Portion("stew", date(2026, 10, 1))
FROM_THE_FREEZER = a_meal(SUNDAY, frozen_on=date(2026, 10, 1))


def test_what_was_cooked_double_lies_in_the_freezer_and_what_was_eaten_is_gone() -> None:
    meals = [a_meal(FRIDAY, recipe="pie", freeze_extra=True), FROM_THE_FREEZER, a_meal(MONDAY, freeze_extra=True)]
    put_in = [IN_OCTOBER, IN_OCTOBER, Portion("soup", MONDAY)]
    assert in_the_freezer(put_in, meals, MONDAY) == (IN_OCTOBER, Portion("pie", FRIDAY))


def test_a_portion_that_nobody_entered_takes_nothing_away() -> None:
    assert in_the_freezer([], [FROM_THE_FREEZER], MONDAY) == ()


def test_a_portion_is_too_old_after_ninety_days() -> None:
    portions = (Portion("pie", MONDAY - timedelta(days=91)), Portion("stew", MONDAY - timedelta(days=90)))
    assert [portion.recipe for portion in too_old(portions, MONDAY)] == ["pie"]


def test_the_wishes_take_all_of_it_over_and_keep_what_they_know() -> None:
    lunch = a_meal(MONDAY, LUNCH, "toast")
    wishes = Wishes(MONDAY, eaten=(lunch,), last_cooked={"stew": FRIDAY})
    found = after_these_weeks(wishes, [a_meal(SUNDAY), again(SUNDAY, "soup")], [IN_OCTOBER])
    assert found.last_cooked == {"stew": FRIDAY, "soup": SUNDAY}
    assert [meal.slot for meal in found.eaten] == [Slot(SUNDAY, LUNCH), Slot(SUNDAY, DINNER), lunch.slot]
    assert found.freezer == (IN_OCTOBER,)
