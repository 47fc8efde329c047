"""Does a plan remember what became of a week, and does the week still stand under the facts of another day?"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foods.food import Verdict
from planner.best_week import best_week
from planner.plan import NotAPlan, Pick, Plan, Standing, changed_to, facts_behind, noted, stands
from planner.week import BREAKFAST, DINNER, LUNCH, MEALS_OF_A_DAY, Kitchen, Meal, Slot, Wishes
from planner.week_rules import broken_rules
from tests.planner.kitchens import MONDAY, TUESDAY, WEDNESDAY, a_candidate, a_kitchen

SUNDAY = MONDAY + timedelta(days=6)
ASKED = Wishes(MONDAY)
BEFORE = MONDAY - timedelta(days=2)


def a_library(**changes: object) -> Kitchen:
    """Twelve breakfasts, lunches and dinners; every other dinner keeps a day."""
    minutes = {BREAKFAST: 5, LUNCH: 10, DINNER: 20}
    return a_kitchen(
        *(
            a_candidate(
                f"{meal}-{number}",
                meals=(meal,),
                minutes=minutes[meal],
                keeps_hours=24 if number % 2 else None,
                facts=f"{number}",
                **changes,
            )
            for meal in minutes
            for number in range(12)
        )
    )


LIBRARY = a_library()


def made(today: date = BEFORE) -> Standing:
    """A week that was just made."""
    return stands(Plan(MONDAY), ASKED, LIBRARY, today)


def a_plan() -> Plan:
    return noted(made().plan, LIBRARY)


def moved(before: Plan, after: Plan) -> set[Slot]:
    """The slots that hold another meal than before, or none."""
    return {slot for slot in {*before.by_slot, *after.by_slot} if before.by_slot.get(slot) != after.by_slot.get(slot)}


def a_dinner(plan: Plan) -> Slot:
    """A dinner whose leftovers nobody eats."""
    again = {pick.recipe for pick in plan.picks if pick.is_again}
    return next(pick.slot for pick in plan.picks if pick.slot.meal == DINNER and pick.recipe not in again)


# ---- As names and values ----

SLOTS = st.builds(Slot, st.sampled_from(ASKED.days), st.sampled_from(MEALS_OF_A_DAY))
RECIPES = st.from_regex("[a-z][a-z0-9-]{0,20}", fullmatch=True)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any plan at all."""
    picks = {
        slot: draw(
            st.one_of(
                st.builds(Pick, st.just(slot), RECIPES, st.booleans()),
                st.builds(Pick, st.just(slot), RECIPES, st.just(False), DAYS),
            )
        )
        for slot in draw(st.sets(SLOTS))
    }
    ordered = tuple(picks[slot] for slot in sorted(picks, key=lambda slot: slot.in_order))
    return Plan(
        MONDAY,
        ordered,
        draw(st.frozensets(SLOTS)),
        draw(st.frozensets(SLOTS)),
        draw(st.dictionaries(SLOTS, st.sampled_from(["out", "else", "none"]))),
        tuple(draw(st.lists(st.tuples(SLOTS, RECIPES), max_size=60))),
        draw(st.frozensets(st.sampled_from(ASKED.days))),
        draw(st.sampled_from(["", "0123abcd"])),
        draw(st.frozensets(SLOTS)),
        draw(st.frozensets(SLOTS)),
    )


@given(plans())
def test_what_is_written_is_read_again(plan: Plan) -> None:
    assert Plan.of(MONDAY, plan.as_params()) == plan


def test_a_plan_says_only_what_is_so() -> None:
    assert Plan(MONDAY).as_params() == {}
    stew = Pick(Slot(WEDNESDAY, DINNER), "fish-pie")
    assert Plan(MONDAY, (stew,), locked=frozenset({stew.slot})).as_params() == {"meal": ["3d:fish-pie"], "lock": ["3d"]}


NO_PLAN = {
    "a day too many": {"meal": ["8d:fish-pie"]},
    "a meal that is none": {"meal": ["1t:fish-pie"]},
    "a name that is no recipe's": {"meal": ["1d:<b>pie</b>"]},
    "a cut end": {"meal": ["1d:"]},
    "two meals in one slot": {"meal": ["1d:fish-pie", "1d:dal"]},
    "frozen on no day": {"meal": ["1d:fish-pie:frozen-2026-02-30"]},
    "a slot that is none": {"lock": ["d3"]},
    "a reason that is none": {"skip": ["1d:because"]},
    "more meals than a week has": {"lock": ["1d"] * 22},
    "figures of another script": {"tired": ["٣"]},
    "a long mark": {"facts": ["0" * 9]},
}


@pytest.mark.parametrize("params", NO_PLAN.values(), ids=NO_PLAN)
def test_what_no_plan_says_is_refused_whole(params: dict[str, list[str]]) -> None:
    with pytest.raises(NotAPlan):
        Plan.of(MONDAY, params)


# ---- A week that stands ----


def test_a_week_that_was_made_stands_as_it_is_the_next_time() -> None:
    week = best_week(LIBRARY, ASKED)
    plan = Plan.of(MONDAY, a_plan().as_params())
    again = stands(plan, ASKED, LIBRARY, BEFORE)
    assert again.week.meals == week.meals
    assert (again.gone, again.has_changed) == ((), False)


def test_another_seed_or_more_recipes_do_not_move_a_week_that_stands() -> None:
    more = Kitchen({**LIBRARY.candidates, "feast": a_candidate("feast", effort=1, minutes=1)})
    again = stands(a_plan(), replace(ASKED, seed=99), more, BEFORE)
    assert again.week.meals == made().week.meals


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.AVOID])
def test_a_meal_that_is_no_longer_fine_is_never_shown(verdict: Verdict) -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    recipe = plan.by_slot[slot].recipe
    worse = Kitchen({**LIBRARY.candidates, recipe: replace(LIBRARY.candidates[recipe], verdict=verdict, facts="new")})
    here = stands(plan, ASKED, worse, BEFORE)
    assert recipe not in {meal.recipe for meal in here.week.meals}
    assert [(one.slot, one.recipe) for one in here.gone] == [(slot, recipe)]
    assert here.gone[0].why == "It is no longer fine for you by today's facts. Do not cook it."
    assert here.has_changed


def test_what_is_left_over_goes_with_its_dinner() -> None:
    plan = a_plan()
    again = next(pick for pick in plan.picks if pick.is_again)
    worse = Kitchen({name: one for name, one in LIBRARY.candidates.items() if name != again.recipe})
    here = stands(plan, ASKED, worse, BEFORE)
    assert {one.slot for one in here.gone} == {pick.slot for pick in plan.picks if pick.recipe == again.recipe}
    assert {one.why for one in here.gone} == {"We no longer have that recipe."}


@pytest.mark.parametrize("rule", [{"leftover_hours": 0}, {"reheats": 0}], ids=["keeps nothing", "reheats nothing"])
def test_leftovers_that_another_sheet_forbids_go_as_a_matter_of_safety(rule: dict[str, int]) -> None:
    plan = a_plan()
    here = stands(plan, ASKED, replace(LIBRARY, **rule), BEFORE)  # type: ignore[arg-type]
    assert {one.slot for one in here.gone} == {pick.slot for pick in plan.picks if pick.is_again} != set()
    assert all(one.is_unsafe and one.why.endswith("Do not eat it.") for one in here.gone)


def test_a_paused_recipe_goes() -> None:
    plan = a_plan()
    recipe = plan.by_slot[a_dinner(plan)].recipe
    paused = Kitchen({**LIBRARY.candidates, recipe: replace(LIBRARY.candidates[recipe], paused=True)})
    assert [one.recipe for one in stands(plan, ASKED, paused, BEFORE).gone] == [recipe]


def test_a_word_of_a_label_that_changes_is_noticed() -> None:
    plan = a_plan()
    recipe = plan.picks[0].recipe
    other = Kitchen({**LIBRARY.candidates, recipe: replace(LIBRARY.candidates[recipe], facts="another label")})
    here = stands(plan, ASKED, other, BEFORE)
    assert (here.has_changed, here.gone) == (True, ())
    assert facts_behind(plan.picks, other) != facts_behind(plan.picks, LIBRARY)


def test_a_fact_of_a_meal_that_is_not_in_the_week_changes_nothing() -> None:
    plan = a_plan()
    other = next(name for name in LIBRARY.candidates if name not in {pick.recipe for pick in plan.picks})
    changed = Kitchen({**LIBRARY.candidates, other: replace(LIBRARY.candidates[other], facts="another label")})
    assert not stands(plan, ASKED, changed, BEFORE).has_changed


# ---- What a person does with it ----


def test_a_swap_brings_another_meal_and_moves_no_other() -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    after = changed_to(plan.swapping(slot), ASKED, LIBRARY, BEFORE)
    assert moved(plan, after) == {slot} == after.new


def test_swapping_all_the_time_never_brings_one_back() -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    seen = [plan.by_slot[slot].recipe]
    for _ in range(4):
        plan = changed_to(plan.swapping(slot), ASKED, LIBRARY, BEFORE)
        seen.append(plan.by_slot[slot].recipe)
    assert len({*seen}) == 5


def test_a_locked_meal_stays_when_all_around_it_changes() -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    locked = plan.locking(slot, True)
    after = changed_to(replace(locked, picks=(locked.by_slot[slot],)), replace(ASKED, seed=5), LIBRARY, BEFORE)
    assert after.by_slot[slot] == plan.by_slot[slot]
    assert after.locked == {slot}


SKIPS = {"out": "You eat out.", "else": "You have something else.", "none": "You need no meal here."}


@pytest.mark.parametrize(("why", "words"), SKIPS.items(), ids=SKIPS)
def test_a_skipped_slot_is_empty_and_says_why(why: str, words: str) -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    after = changed_to(plan.skipping(slot, why), ASKED, LIBRARY, BEFORE)
    assert moved(plan, after) == {slot}
    here = stands(after, ASKED, LIBRARY, BEFORE)
    assert [(empty.slot, empty.why) for empty in here.week.empty] == [(slot, words)]
    assert here.gone == ()


def test_a_dinner_that_is_skipped_leaves_no_leftovers() -> None:
    plan = a_plan()
    again = next(pick for pick in plan.picks if pick.is_again)
    dinner = next(pick.slot for pick in plan.picks if pick.recipe == again.recipe and not pick.is_again)
    after = changed_to(plan.skipping(dinner, "out"), ASKED, LIBRARY, BEFORE)
    assert after.by_slot[again.slot] != again


def test_a_skipped_slot_can_be_planned_again() -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    skipped = changed_to(plan.skipping(slot, "out"), ASKED, LIBRARY, BEFORE)
    after = changed_to(skipped.wanting(slot), ASKED, LIBRARY, BEFORE)
    assert slot in after.by_slot
    assert moved(skipped, after) == {slot}


def test_a_tired_day_holds_ten_minutes_and_the_other_days_stay() -> None:
    plan = a_plan()
    after = changed_to(plan.resting(WEDNESDAY, True), ASKED, LIBRARY, BEFORE)
    week = stands(after, ASKED, LIBRARY, BEFORE).week
    assert sum(meal.minutes for meal in week.meals_on(WEDNESDAY)) <= 10
    left_over = {slot for slot in moved(plan, after) if slot.day == WEDNESDAY + timedelta(days=1)}
    assert {slot.day for slot in moved(plan, after)} - {WEDNESDAY} <= {slot.day for slot in left_over}


def test_two_meals_change_places_and_stay_there() -> None:
    plan = a_plan()
    one, other = Slot(MONDAY, BREAKFAST), Slot(SUNDAY, BREAKFAST)
    after = changed_to(plan.exchanging(one, other), ASKED, LIBRARY, BEFORE)
    assert (after.by_slot[one].recipe, after.by_slot[other].recipe) == (plan.by_slot[other].recipe, plan.by_slot[one].recipe)
    assert moved(plan, after) == {one, other}
    assert after.locked == {one, other}


def test_a_meal_that_may_not_stand_where_it_was_put_is_not_locked_there() -> None:
    plan = a_plan()
    breakfast, dinner = Slot(MONDAY, BREAKFAST), Slot(TUESDAY, DINNER)
    after = changed_to(plan.exchanging(breakfast, dinner), ASKED, LIBRARY, BEFORE)
    assert not after.locked & {breakfast, dinner}


def test_days_that_are_over_stand_as_they_were_eaten() -> None:
    plan = a_plan()
    slot = Slot(SUNDAY, DINNER)
    after = changed_to(plan.swapping(slot), replace(ASKED, minutes=30), LIBRARY, WEDNESDAY)
    assert all(slot.day >= WEDNESDAY for slot in moved(plan, after))
    worse = a_library(verdict=Verdict.AVOID)
    here = stands(plan, ASKED, worse, WEDNESDAY)
    assert {meal.slot.day for meal in here.week.meals} == {MONDAY, TUESDAY}
    assert all(one.slot.day >= WEDNESDAY for one in here.gone)


def test_what_was_eaten_is_not_moved() -> None:
    plan = a_plan()
    slot = a_dinner(plan)
    eaten = plan.eating(slot, True)
    after = changed_to(eaten.resting(slot.day, True), ASKED, LIBRARY, BEFORE)
    assert after.by_slot[slot] == plan.by_slot[slot]
    assert Meal(slot, plan.by_slot[slot].recipe, Verdict.COOK, 20) in eaten.wishes(ASKED, LIBRARY, BEFORE).eaten


def test_a_meal_that_is_cooked_double_stays_so_until_it_moves() -> None:
    freezes = a_library(freezes=True)
    plan = noted(stands(Plan(MONDAY), ASKED, freezes, BEFORE).plan, freezes)
    slot = next(pick.slot for pick in plan.picks if freezes.candidates[pick.recipe].keeps_hours and not pick.is_again)
    doubled = changed_to(plan.doubling(slot, True), ASKED, freezes, BEFORE)
    assert doubled.extra == {slot}
    assert moved(plan, doubled) == set()
    assert stands(doubled, ASKED, freezes, BEFORE).week.by_slot[slot].freeze_extra
    assert changed_to(doubled.swapping(slot), ASKED, freezes, BEFORE).extra == frozenset()


def test_what_must_not_be_frozen_is_not_cooked_double() -> None:
    plan = a_plan()
    assert changed_to(plan.doubling(a_dinner(plan), True), ASKED, LIBRARY, BEFORE).extra == frozenset()


# ---- Whatever stands in an address ----

NAMES = st.sampled_from([*LIBRARY.candidates, "nobody-knows-it"])


@st.composite
def any_plans(draw: st.DrawFn) -> Plan:
    """A plan of recipes that exist, in any order at all, as somebody may write it into an address."""
    how = st.sampled_from(["", "", "", ":again", ":frozen-2026-11-20"])
    slots = draw(st.lists(st.sampled_from([f"{day}{meal}" for day in range(1, 8) for meal in "bld"]), unique=True))
    names = st.sampled_from(slots) if slots else st.just("1d")
    return Plan.of(
        MONDAY,
        {
            "meal": [f"{slot}:{draw(NAMES)}{draw(how)}" for slot in slots],
            "lock": draw(st.lists(names, max_size=4)),
            "had": draw(st.lists(names, max_size=8)),
            "extra": draw(st.lists(names, max_size=4)),
            "skip": [f"{slot}:out" for slot in draw(st.lists(names, max_size=3, unique=True))],
            "no": [f"{slot}:{draw(NAMES)}" for slot in draw(st.lists(names, max_size=4))],
            "tired": draw(st.lists(st.sampled_from("1234567"), max_size=2)),
        },
    )


def shown(plan: Plan, kitchen: Kitchen, today: date) -> Iterator[Standing]:
    """The week of a plan and of the plan after a change; nothing where the plan contradicts itself."""
    with suppress(NotAPlan):
        yield stands(plan, ASKED, kitchen, today)
    with suppress(NotAPlan):
        yield stands(changed_to(plan, ASKED, kitchen, today), ASKED, kitchen, today)


@settings(max_examples=100)
@given(any_plans(), st.sampled_from([BEFORE, TUESDAY, SUNDAY, SUNDAY + timedelta(days=3)]))
def test_whatever_a_plan_says_no_week_that_is_shown_breaks_a_rule(plan: Plan, today: date) -> None:
    kitchen = a_library(freezes=True)
    for here in shown(plan, kitchen, today):
        assert broken_rules(here.week, here.wishes, kitchen) == []


IMPOSSIBLE = {"meal": ["6d:dinner-1", "7l:dinner-1:again", "7d:dinner-1:again"], "had": ["7d"]}


def test_what_cannot_have_been_eaten_is_no_plan() -> None:
    plan = Plan.of(MONDAY, IMPOSSIBLE)
    with pytest.raises(NotAPlan):
        stands(plan, ASKED, LIBRARY, BEFORE)


def test_leftovers_that_were_eaten_twice_are_a_fact_and_no_longer_judged() -> None:
    plan = Plan.of(MONDAY, IMPOSSIBLE)
    assert len(stands(plan, ASKED, LIBRARY, SUNDAY + timedelta(days=1)).week.meals) == 3
