"""Which pages answer “What shall we eat this week?”"""

from collections.abc import Sequence
from datetime import date

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from foods.sheets import Sheet
from planner.best_week import best_week
from planner.course import is_far_off
from planner.forms import BOXES, mistakes
from planner.kitchen import kitchen_of
from planner.reasons import evening_before, why_picked
from planner.views import eaters_kept, pages
from planner.week import ONE_DAY, Empty, Kitchen, Meal, Week, Wishes, balance
from planner.week_forms import LAST_SEED, WeekChoices, WeekForm


@pages.get("/week")
def ask_week() -> ResponseReturnValue:
    """What a week is asked with; sent on to the week's own address."""
    eaters = eaters_kept()
    form = WeekForm(request.args or None, data={"first_day": date.today(), **({"servings": len(eaters)} if eaters else {})})
    if not request.args:
        return render_template("planner/week_ask.html", form=form, mistakes=[])
    return _to_its_address(form) if form.validate() else _ask_again(form, 400)


@pages.get("/week/<day>")
def week(day: str) -> ResponseReturnValue:
    """Seven days of meals from this day on: the same address and hospital, the same week."""
    choices = WeekChoices(request.args)
    if not (is_a_day(day) and choices.validate()):
        return ask_with(day)
    kitchen, wishes, found = make_week(date.fromisoformat(day), choices, current_app.extensions["my_sheets"]())
    another = {**choices.in_address, "seed": choices.seed.data % LAST_SEED + 1}
    return render_template(
        "planner/week.html",
        week=found,
        by_day=[(one, _slots(found, one)) for one in found.days],
        balanced=balance(found, kitchen),
        reasons={meal.slot: why_picked(meal, found, wishes, kitchen) for meal in found.meals},
        evenings=_evenings(found, kitchen),
        shop_days=sorted(wishes.shop_days),
        kitchen=kitchen,
        recipes=current_app.extensions["facts"].library.recipes,
        servings=choices.servings.data,
        without=choices.without.data,
        today=date.today(),
        list_address=url_for("planner.week_list", day=day, **choices.in_address),
        another_address=url_for("planner.week", day=day, **another),
    )


def make_week(first_day: date, choices: WeekChoices, sheets: Sequence[Sheet]) -> tuple[Kitchen, Wishes, Week]:
    """The week from a day on under these sheets, with what it was made of: the same each time."""
    facts = current_app.extensions["facts"]
    kitchen = kitchen_of(facts.table, facts.library.recipes.values(), sheets)
    wishes = choices.wishes(first_day)
    return kitchen, wishes, best_week(kitchen, wishes)


def _evenings(found: Week, kitchen: Kitchen) -> dict[date, list[str]]:
    """What to do in the evening for the day after, by day. What falls before the week stands with its first day."""
    by_day: dict[date, list[str]] = {}
    for slot, what in evening_before(found, kitchen).items():
        by_day.setdefault(max(slot.day - ONE_DAY, found.days[0]), []).append(what)
    return by_day


def _slots(found: Week, day: date) -> list[Meal | Empty]:
    """The meals of a day and the slots left empty, in the order of the day."""
    return sorted((*found.meals_on(day), *found.empty_on(day)), key=lambda one: one.slot.in_order)


def is_a_day(text: str) -> bool:
    """Is this a day as our addresses write it, and one that a person may mean?"""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and not is_far_off(day)


def ask_with(day: str) -> ResponseReturnValue:
    """The questions again, with what the address says in the boxes; on to the right address where it can be read."""
    boxes = dict(zip(reversed(BOXES), [*day.split("-", 2), "", ""], strict=False))
    sent = MultiDict(request.args)
    for box, text in boxes.items():
        sent[f"first_day-{box}"] = text
    form = WeekForm(sent)
    return _to_its_address(form) if form.validate() else _ask_again(form, 400 if is_a_day(day) else 404)


def _ask_again(form: WeekForm, status: int) -> ResponseReturnValue:
    return render_template("planner/week_ask.html", form=form, mistakes=mistakes(form)), status


def _to_its_address(form: WeekForm) -> ResponseReturnValue:
    return redirect(url_for("planner.week", day=form.day_in_address, **form.in_address), 303)
