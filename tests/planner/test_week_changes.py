"""Does a change in a week move little else, and can the week say why each meal stands there and what it gave up?"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from foods.food import Verdict
from planner.best_week import best_week, change_of, swapped
from planner.kitchen import SOAKS
from planner.reasons import evening_before, why_picked
from planner.week import BREAKFAST, DINNER, LUNCH, Candidate, Kitchen, Meal, Portion, Slot, Week, Wishes
from planner.week_rules import broken_rules
from tests.planner.kitchens import MONDAY, TUESDAY, WEDNESDAY, a_candidate, a_kitchen, a_meal, some_wishes

SUNDAY = MONDAY + timedelta(days=6)
ASKED = Wishes(MONDAY)


def a_library(**changes: object) -> Kitchen:
    """Twelve breakfasts, lunches and dinners; every other dinner keeps a day, and the lunches travel."""
    minutes = {BREAKFAST: 5, LUNCH: 10, DINNER: 20}
    found = [
        a_candidate(
            f"{meal} {number}",
            meals=(meal,),
            minutes=minutes[meal],
            packs="flask" if meal == LUNCH else "",
            keeps_hours=24 if number % 2 else None,
            **changes,
        )
        for meal in minutes
        for number in range(12)
    ]
    return a_kitchen(*found)


LIBRARY = a_library()


def changed(before: Week, after: Week) -> set[Slot]:
    """The slots that hold another meal than before, or none."""
    return {
        slot
        for slot in {*before.by_slot, *after.by_slot}
        if (before.by_slot.get(slot) or a_meal()).recipe != (after.by_slot.get(slot) or a_meal()).recipe
    }


def a_dinner_without_leftovers(week: Week) -> Slot:
    left_over = {meal.leftover_of for meal in week.meals}
    return next(meal.slot for meal in week.meals if meal.slot.meal == DINNER and meal.recipe not in left_over)


def test_a_swap_brings_another_meal_and_leaves_the_rest() -> None:
    week = best_week(LIBRARY, ASKED)
    slot = a_dinner_without_leftovers(week)
    after = best_week(LIBRARY, swapped(week, ASKED, slot))
    assert changed(week, after) == {slot}


def test_a_second_swap_does_not_bring_the_first_meal_back() -> None:
    week = best_week(LIBRARY, ASKED)
    slot = a_dinner_without_leftovers(week)
    first = swapped(week, ASKED, slot)
    between = best_week(LIBRARY, first)
    after = best_week(LIBRARY, swapped(between, first, slot))
    assert len({one.by_slot[slot].recipe for one in (week, between, after)}) == 3


CHANGES: dict[str, Callable[[Week, Slot], Wishes]] = {
    "eating out": lambda week, slot: change_of(week, ASKED, skipped={slot: "Eating out."}),
    "too tired to cook": lambda week, slot: change_of(week, ASKED, energy={slot.day: 15}),
    "an infusion that moves here": lambda week, slot: change_of(week, ASKED, infusions=frozenset({slot.day})),
    "a lunch at work after all": lambda week, slot: change_of(week, ASKED, away=frozenset({slot.day})),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_one_day_leaves_the_other_days(change: Callable[[Week, Slot], Wishes]) -> None:
    week = best_week(LIBRARY, ASKED)
    slot = a_dinner_without_leftovers(week)
    wishes = change(week, slot)
    after = best_week(LIBRARY, wishes)
    assert broken_rules(after, wishes, LIBRARY) == []
    assert {one.day for one in changed(week, after)} <= {slot.day, slot.day + timedelta(days=1)}
    assert len(changed(week, after)) <= 3


def test_a_moved_shop_day_moves_only_what_would_lie_too_long() -> None:
    fish = a_kitchen(
        *LIBRARY.candidates.values(), *(a_candidate(f"fish {n}", is_fish=True, fresh=frozenset({"cod"})) for n in range(2))
    )
    week = best_week(fish, ASKED)
    wishes = change_of(week, ASKED, shops=frozenset({MONDAY, TUESDAY, WEDNESDAY}))
    after = best_week(fish, wishes)
    assert all(week.by_slot[slot].recipe.startswith("fish") for slot in changed(week, after))


def test_nothing_changes_when_nothing_is_asked() -> None:
    week = best_week(LIBRARY, ASKED)
    assert changed(week, best_week(LIBRARY, change_of(week, ASKED))) == set()


def test_a_skipped_slot_stays_empty_and_says_why() -> None:
    slot = Slot(TUESDAY, DINNER)
    week = best_week(LIBRARY, replace(ASKED, skipped={slot: "Eating out."}))
    assert [(empty.slot, empty.why) for empty in week.empty] == [(slot, "Eating out.")]


def test_a_locked_meal_stays_even_where_a_better_week_would_move_it() -> None:
    worst = min((one for one in LIBRARY.candidates.values() if DINNER in one.meals), key=lambda one: one.recipe)
    locked = Meal(Slot(SUNDAY, DINNER), worst.recipe, worst.verdict, worst.minutes)
    week = best_week(LIBRARY, replace(ASKED, locked=(locked,)))
    assert week.by_slot[locked.slot].recipe == worst.recipe
    assert (
        why_picked(week.by_slot[locked.slot], week, replace(ASKED, locked=(locked,)), LIBRARY)[0]
        == "You asked to keep it here."
    )


def test_a_locked_meal_that_a_sheet_forbids_now_goes_and_the_week_says_so() -> None:
    kitchen = a_kitchen(*LIBRARY.candidates.values(), a_candidate("old-stew", verdict=Verdict.AVOID))
    locked = a_meal(recipe="old-stew")
    week = best_week(kitchen, replace(ASKED, locked=(locked,)))
    assert week.by_slot[locked.slot].recipe != "old-stew"
    assert "We could not keep old stew for dinner on Monday: a rule forbids it there now." in week.given_up


def test_what_was_eaten_stands_and_is_not_cooked_again() -> None:
    eaten = a_meal(recipe="dinner 3")
    wishes = replace(ASKED, eaten=(eaten,))
    week = best_week(LIBRARY, wishes)
    assert week.by_slot[eaten.slot] == eaten
    assert [meal.slot for meal in week.meals if meal.recipe == "dinner 3" and meal.leftover_of is None] == [eaten.slot]


def test_leftovers_of_last_sunday_may_be_mondays_lunch() -> None:
    only = a_kitchen(a_candidate(meals=(DINNER,)))
    wishes = some_wishes(meals=(LUNCH,), eaten=(a_meal(MONDAY - timedelta(days=1)),))
    (meal,) = best_week(only, wishes).meals
    assert (meal.slot, meal.leftover_of) == (Slot(MONDAY, LUNCH), "stew")
    assert why_picked(meal, best_week(only, wishes), wishes, only)[0] == (
        "It is left over from dinner on Sunday: nothing to cook."
    )


def test_a_dinner_of_last_week_is_not_left_over_once_it_is_cooked_anew() -> None:
    only = a_kitchen(a_candidate(meals=(BREAKFAST, DINNER)))
    out = {Slot(day, BREAKFAST): "Eating out." for day in ASKED.days[1:]}
    wishes = some_wishes(meals=(BREAKFAST, LUNCH), eaten=(a_meal(MONDAY - timedelta(days=1)),), skipped=out)
    (meal,) = best_week(only, wishes).meals
    assert meal.slot.day == MONDAY


def test_leftovers_that_were_eaten_are_not_served_again() -> None:
    kitchen = a_kitchen(a_candidate(meals=(BREAKFAST, DINNER), keeps_hours=48), leftover_hours=48)
    eaten = (a_meal(TUESDAY), Meal(Slot(WEDNESDAY, BREAKFAST), "stew", Verdict.COOK, 5, leftover_of="stew"))
    week = best_week(kitchen, replace(ASKED, eaten=eaten))
    assert week.meals == eaten


def test_a_meal_that_is_ticked_as_eaten_twice_over_was_eaten_once() -> None:
    week = best_week(LIBRARY, replace(ASKED, eaten=(a_meal(recipe="dinner 3"), a_meal(recipe="dinner 3"))))
    assert [meal.recipe for meal in week.meals].count("dinner 3") == 1


def test_where_a_sheet_allows_two_days_dinner_may_come_back_at_lunch_two_days_on() -> None:
    kitchen = a_kitchen(a_candidate(meals=(DINNER,), keeps_hours=48), leftover_hours=48)
    eaten = (a_meal(MONDAY - timedelta(days=1)),)
    wishes = some_wishes(meals=(LUNCH,), eaten=eaten, skipped={Slot(MONDAY, LUNCH): "Eating out."})
    assert [meal.slot.day for meal in best_week(kitchen, wishes).meals] == [TUESDAY]


def test_the_oldest_portion_comes_out_of_the_freezer_first() -> None:
    kitchen = a_kitchen(a_candidate(freezes=True, minutes=200, meals=(DINNER,)))
    new, old = Portion("stew", date(2026, 11, 20)), Portion("stew", date(2026, 10, 1))
    wishes = some_wishes(meals=(DINNER,), freezer=(new, old))
    week = best_week(kitchen, wishes)
    assert [meal.frozen_on for meal in week.meals] == [old.frozen_on]
    (evening,) = evening_before(week, kitchen, {"stew": "Bean stew"}).values()
    assert re.fullmatch(
        r"Put the portion from the freezer into the fridge on \w+day evening\. "
        r"Thaw it there, never outside\. It is for: Bean stew\.",
        evening,
    )


EXTRA = frozenset({(Slot(MONDAY, DINNER), "stew")})


def test_a_meal_is_cooked_double_for_the_freezer_where_that_was_asked_for() -> None:
    kitchen = a_kitchen(a_candidate(freezes=True, meals=(DINNER,)))
    wishes = some_wishes(meals=(DINNER,), locked=(a_meal(),), cook_extra=EXTRA)
    (meal,) = best_week(kitchen, wishes).meals
    assert (meal.slot, meal.freeze_extra, meal.times_cooked, meal.minutes) == (Slot(MONDAY, DINNER), True, 2, 20)


NO_EXTRA = {
    "it does not freeze": a_kitchen(a_candidate(meals=(DINNER,))),
    "it does not keep": a_kitchen(a_candidate(freezes=True, keeps_hours=None, meals=(DINNER,))),
    "the sheet forbids leftovers": a_kitchen(a_candidate(freezes=True, meals=(DINNER,)), leftover_hours=0),
    "the sheet forbids reheating": a_kitchen(a_candidate(freezes=True, meals=(DINNER,)), reheats=0),
}


@pytest.mark.parametrize("kitchen", NO_EXTRA.values(), ids=NO_EXTRA)
def test_nothing_is_cooked_for_the_freezer_where(kitchen: Kitchen) -> None:
    week = best_week(kitchen, some_wishes(meals=(DINNER,), locked=(a_meal(),), cook_extra=EXTRA))
    assert [meal.freeze_extra for meal in week.meals] == [False]
    assert "We could not plan extra stew for the freezer: it must not be frozen and kept." in week.given_up


def test_fresh_fish_at_the_end_of_the_week_is_frozen_when_it_is_bought() -> None:
    kitchen = a_kitchen(*(a_candidate(f"cod {n}", fresh=frozenset({"cod"}), meals=(DINNER,)) for n in range(7)))
    wishes = some_wishes(meals=(DINNER,), shops=frozenset({MONDAY}))
    week = best_week(kitchen, wishes)
    assert [meal.thaw for meal in week.meals] == [False, False, False, True, True, True, True]
    sunday = week.by_slot[Slot(SUNDAY, DINNER)]
    assert evening_before(week, kitchen, {sunday.recipe: "Cod pie"})[sunday.slot] == (
        "Put the cod from the freezer into the fridge on Saturday evening. Thaw it there, never outside. It is for: Cod pie."
    )


def test_an_open_pack_is_used_up_while_it_is_good() -> None:
    plain = [a_candidate(f"dinner {number}", meals=(DINNER,)) for number in range(20)]
    cheesy = a_candidate("pie", meals=(DINNER,), opens={"cream-cheese": 48}, effort=3)
    wishes = some_wishes(meals=(DINNER,), opened={"cream-cheese": MONDAY})
    week = best_week(a_kitchen(*plain, cheesy), wishes)
    (pie,) = (meal for meal in week.meals if meal.recipe == "pie")
    assert pie.slot.day in (MONDAY, TUESDAY)
    assert pie.from_open == ("cream-cheese",)


def test_what_should_be_used_up_comes_first() -> None:
    """Even the dinner that is the most work of eighty."""
    dinners = (
        a_candidate(
            f"dinner {number}", foods=frozenset({f"food-{number}"}), meals=(DINNER,), effort=5 if number == 7 else 1, pans=3
        )
        for number in range(80)
    )
    wishes = some_wishes(meals=(DINNER,), use_up={"half a food 7": frozenset({"food-7"})})
    week = best_week(a_kitchen(*dinners), wishes)
    (meal,) = (meal for meal in week.meals if meal.recipe == "dinner 7")
    assert "It uses up half a food 7." in why_picked(
        meal, week, wishes, a_kitchen(a_candidate("dinner 7", foods=frozenset({"food-7"})))
    )


def test_what_should_be_used_up_is_not_bought_for_more_meals() -> None:
    with_it = [
        a_candidate(f"salmon {number}", foods=frozenset({"salmon"}), meals=(DINNER,), effort=5) for number in range(9)
    ]
    without = [a_candidate(f"dinner {number}", meals=(DINNER,)) for number in range(9)]
    wishes = some_wishes(meals=(DINNER,), use_up={"salmon": frozenset({"salmon"})})
    week = best_week(a_kitchen(*with_it, *without), wishes)
    assert sum(meal.recipe.startswith("salmon") for meal in week.meals) == 1
    assert not any("salmon" in sentence for sentence in week.given_up)


def test_what_no_meal_uses_up_is_said() -> None:
    dinners = (a_candidate(f"dinner {number}", meals=(DINNER,)) for number in range(9))
    week = best_week(a_kitchen(*dinners), some_wishes(meals=(DINNER,), use_up={"some quinoa": frozenset({"quinoa"})}))
    assert "Use up some quinoa: we could not keep to that." in week.given_up


def test_what_was_on_the_table_last_week_waits() -> None:
    dinners = [a_candidate(f"dinner {number:02}", meals=(DINNER,)) for number in range(14)]
    lately = {f"dinner {number:02}": MONDAY - timedelta(days=3) for number in range(7)}
    long_ago = {f"dinner {number:02}": MONDAY - timedelta(days=60) for number in range(7, 14)}
    week = best_week(a_kitchen(*dinners), some_wishes(meals=(DINNER,), last_cooked={**lately, **long_ago}))
    assert sum(meal.recipe in long_ago for meal in week.meals) >= 5


def test_a_day_in_hospital_gets_a_lunch_that_needs_no_fridge() -> None:
    lunches = [
        a_candidate(f"{way} {n}", meals=(LUNCH,), packs=way) for way in ("microwave", "cold bag", "flask") for n in range(9)
    ]
    wishes = some_wishes(meals=(LUNCH,), infusions=frozenset({TUESDAY}))
    assert best_week(a_kitchen(*lunches), wishes).by_slot[Slot(TUESDAY, LUNCH)].recipe.startswith("flask")


def test_a_wish_that_cannot_be_met_is_named() -> None:
    week = best_week(LIBRARY, ASKED)
    assert "Fish twice a week: we could not keep to that." in week.given_up


def test_every_meal_of_a_week_has_a_reason() -> None:
    week = best_week(LIBRARY, ASKED)
    reasons = [why_picked(meal, week, ASKED, LIBRARY) for meal in week.meals]
    assert all(reasons)
    assert all(sentence.endswith(".") and len(sentence.split()) <= 20 for found in reasons for sentence in found)


def test_the_leftovers_of_a_swapped_dinner_go_with_it() -> None:
    week = best_week(LIBRARY, ASKED)
    lunch = next(meal for meal in week.meals if meal.leftover_of)
    after = best_week(LIBRARY, swapped(week, ASKED, lunch.slot.dinner_before))
    assert lunch not in after.meals
    assert changed(week, after) == {lunch.slot, lunch.slot.dinner_before}


SOAKING = {
    "soak overnight": ("Soak the beans overnight.", True),
    "the night before": ("The beans must be soaked the night before.", True),
    "overnight, then soak": ("Overnight, let the oats soak.", True),
    "soaked up": ("Turn the bread until the egg is soaked up.", False),
    "thawed overnight": ("Thaw a frozen box in the fridge overnight.", False),
    "two sentences": ("Soak for ten minutes. Chill overnight.", False),
}


@pytest.mark.parametrize(("step", "soaks"), SOAKING.values(), ids=SOAKING)
def test_a_step_says_whether_something_soaks_in_the_night(step: str, soaks: bool) -> None:
    assert bool(SOAKS.search(step)) is soaks


def test_what_has_to_soak_is_said_the_evening_before_and_only_for_what_is_cooked() -> None:
    kitchen = a_kitchen(a_candidate("stew", soaks=True, keeps_hours=24))
    week = Week(
        ASKED.days, (a_meal(WEDNESDAY), Meal(Slot(WEDNESDAY + timedelta(days=1), LUNCH), "stew", Verdict.COOK, 5, "stew"))
    )
    assert evening_before(week, kitchen, {"stew": "Bean stew"}) == {
        Slot(WEDNESDAY, DINNER): "Put to soak what has to, in the fridge, on Tuesday evening. It is for: Bean stew."
    }


IN_THE_NIGHT = {
    "a dinner that has to soak": (a_candidate(soaks=True, meals=(DINNER,)), {}),
    "a portion from the freezer": (
        a_candidate(freezes=True, minutes=200, meals=(DINNER,)),
        {"freezer": (Portion("stew", date(2026, 11, 20)),)},
    ),
}


@pytest.mark.parametrize(("candidate", "more"), IN_THE_NIGHT.values(), ids=IN_THE_NIGHT)
def test_nothing_new_needs_an_evening_that_is_over(candidate: Candidate, more: dict[str, Any]) -> None:
    kitchen, tonight = a_kitchen(candidate), MONDAY + timedelta(days=6)
    wishes = some_wishes(meals=(DINNER,), overnight_from=tonight, **more)
    (meal,) = best_week(kitchen, wishes).meals
    assert meal.slot.day == tonight


@pytest.mark.parametrize(("candidate", "more"), IN_THE_NIGHT.values(), ids=IN_THE_NIGHT)
def test_what_was_put_to_soak_or_to_thaw_already_stays(candidate: Candidate, more: dict[str, Any]) -> None:
    kitchen = a_kitchen(candidate)
    before = best_week(kitchen, some_wishes(meals=(DINNER,), **more))
    again = change_of(before, some_wishes(meals=(DINNER,), **more), overnight_from=SUNDAY + timedelta(days=1))
    assert best_week(kitchen, again).meals == before.meals
