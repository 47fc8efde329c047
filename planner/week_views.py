"""Which pages show “What shall we eat this week?” Seven days of meals, on a screen, on paper and in a calendar."""

from datetime import UTC, date, datetime

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from planner.calendar import sequence_at
from planner.meal_calendar import WeekOfMeals, meals_to_ical
from planner.one_week_views import MARKS, Asked, Here, asked_for, is_kept_no_more, my_week, on_paper
from planner.paper import type_size
from planner.plan import SKIPPED
from planner.reasons import evening_before, why_picked
from planner.views import keeper_here, pages
from planner.week import ONE_DAY, Empty, Meal, Slot, Week, balance
from planner.week_ask_views import ask_instead, ask_with
from planner.week_forms import LAST_SEED


@pages.get("/week/<day>")
def week(day: str) -> ResponseReturnValue:
    """Seven days of meals from this day on: the one a household keeps, or the one that the address says."""
    asked = asked_for(day, keeper_here())
    if asked is None:
        return ask_with(day)
    return ask_instead(asked.plan.first_day) if is_kept_no_more(asked) else week_page(asked)


def week_page(asked: Asked, status: int = 200, said: str = "") -> ResponseReturnValue:
    here, keeper = my_week(asked), keeper_here()
    found = here.standing
    another = {**asked.choices.in_address, "seed": asked.choices.seed.data % LAST_SEED + 1}
    page = render_template(
        "planner/week.html",
        asked=asked,
        plan=here.plan,
        week=here.week,
        gone=found.gone,
        has_changed=found.has_changed,
        says=here.ready.whole.says,
        marks=here.ready.whole.marks,
        marks_on_paper=request.args.get(MARKS) == "on",
        said=said,
        **_told(here),
        wishes=here.wishes,
        kitchen=here.kitchen,
        recipes=here.ready.recipes,
        checked_on=current_app.extensions["facts"].table.checked_on,
        skips=SKIPPED,
        may_change=asked.kept is None or (keeper is not None and keeper.may_change),
        may_keep=asked.kept is None and keeper is not None and keeper.may_change,
        today=date.today(),
        list_address=url_for("planner.week_list", day=asked.day, **asked.params),
        another_address=url_for("planner.week", day=asked.day, **another),
        **on_paper(url_for("planner.week", day=asked.day, **{**asked.params, **_marks_asked()})),
    )
    return page, status


def _told(here: Here) -> dict[str, object]:
    """What is read from the week itself: its days, the reasons, what to do the evening before, and its size on paper."""
    evenings, marks = _evenings(here), here.ready.whole.marks if request.args.get(MARKS) == "on" else {}
    notes = [what for said in evenings.values() for _, what in said] + [" ".join(mark) for mark in marks.values()]
    notes += [gone.why for gone in here.standing.gone]
    return {
        "by_day": [(one, _slots(here.week, one)) for one in here.week.days],
        "balanced": balance(here.week, here.kitchen),
        "reasons": {meal.slot: why_picked(meal, here.week, here.wishes, here.kitchen) for meal in here.week.meals},
        "evenings": evenings,
        "size": type_size(here.week, here.wishes, _names(here), notes),
    }


def _evenings(here: Here) -> dict[date, list[tuple[str, str]]]:
    """What to do in the evening for the day after, by day. What falls before the week stands with its first day."""
    by_day: dict[date, list[tuple[str, str]]] = {}
    for slot, what in _to_do_before(here).items():
        evening = slot.day - ONE_DAY
        when = "This evening" if evening in here.week.days else "The evening before"
        by_day.setdefault(max(evening, here.week.days[0]), []).append((when, what))
    return by_day


def _slots(found: Week, day: date) -> list[Meal | Empty]:
    """The meals of a day and the slots left empty, in the order of the day."""
    return sorted((*found.meals_on(day), *found.empty_on(day)), key=lambda one: one.slot.in_order)


@pages.get("/week/<day>/meals.ics")
def week_calendar(day: str) -> ResponseReturnValue:
    """The meals of that week for a calendar."""
    asked, now = asked_for(day, keeper_here()) or abort(404), datetime.now(UTC)
    file = meals_to_ical([of_meals(my_week(asked))], now, sequence_at(now))
    response = Response(file, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f"attachment; filename=meals-{day}.ics"
    return response


def of_meals(here: Here) -> WeekOfMeals:
    """A week as a calendar takes it."""
    recipes = here.ready.recipes
    cold = frozenset(slug for slug, recipe in recipes.items() if not recipe.served_hot)
    return WeekOfMeals(here.week, here.wishes.shop_days, _to_do_before(here), _names(here), cold)


def _names(here: Here) -> dict[str, str]:
    return {slug: recipe.name for slug, recipe in here.ready.recipes.items()}


def _to_do_before(here: Here) -> dict[Slot, str]:
    return evening_before(here.week, here.kitchen, _names(here))


def _marks_asked() -> dict[str, str]:
    return {MARKS: "on"} if request.args.get(MARKS) == "on" else {}
