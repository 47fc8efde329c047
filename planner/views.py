"""Which pages answer “What shall we eat this week, and until when?”"""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from planner.best_week import best_week
from planner.course import is_far_off
from planner.forms import BOXES, LAST_SEED, DatesForm, WeekChoices, WeekForm, mistakes
from planner.kitchen import kitchen_of
from planner.protocol import Protocol, offered
from planner.sentences import (
    how_read,
    in_short,
    next_course,
    provisional_end,
    range_in_words,
    stage_in_words,
    who_says_so,
    window_in_words,
)
from planner.shopping import shopping_list
from planner.week import Empty, Kitchen, Meal, Week, Wishes, balance
from planner.window import RunsBackwards, windows_of

pages = Blueprint("planner", __name__)

HOSPITAL = "hospital"
"""The one cookie, set only when a person asks for it, so that the hospital stands in no address."""
REMEMBERED_FOR = timedelta(days=400)


# ---- The week and its list ----


@pages.get("/week")
def ask_week() -> ResponseReturnValue:
    """What a week is asked with; sent on to the week's own address."""
    form = WeekForm(request.args or None, data={"first_day": date.today()})
    if not request.args:
        return render_template("planner/week_ask.html", form=form, mistakes=[])
    return _to_its_address(form) if form.validate() else _ask_again(form, 400)


@pages.get("/week/<day>")
def week(day: str) -> ResponseReturnValue:
    """Seven days of meals from this day on: the same address and hospital, the same week."""
    choices = WeekChoices(request.args)
    if not (_is_a_day(day) and choices.validate()):
        return _ask_with(day)
    kitchen, found = _make_week(date.fromisoformat(day), choices)
    another = {**choices.in_address, "seed": choices.seed.data % LAST_SEED + 1}
    return render_template(
        "planner/week.html",
        week=found,
        by_day=[(one, _slots(found, one)) for one in found.days],
        balanced=balance(found, kitchen),
        kitchen=kitchen,
        recipes=current_app.extensions["facts"].library.recipes,
        servings=choices.servings.data,
        today=date.today(),
        list_address=url_for("planner.week_list", day=day, **choices.in_address),
        another_address=url_for("planner.week", day=day, **another),
    )


@pages.get("/week/<day>/list")
def week_list(day: str) -> ResponseReturnValue:
    """What to buy for that week, by aisle."""
    choices = WeekChoices(request.args)
    if not (_is_a_day(day) and choices.validate()):
        return _ask_with(day)
    facts = current_app.extensions["facts"]
    _, found = _make_week(date.fromisoformat(day), choices)
    return render_template(
        "planner/list.html",
        week=found,
        shopping=shopping_list(found, facts.library.recipes, facts.table, choices.servings.data),
        servings=choices.servings.data,
        week_address=url_for("planner.week", day=day, **choices.in_address),
    )


def _make_week(first_day: date, choices: WeekChoices) -> tuple[Kitchen, Week]:
    facts = current_app.extensions["facts"]
    kitchen = kitchen_of(facts.table, facts.library.recipes.values(), current_app.extensions["my_sheets"]())
    return kitchen, best_week(kitchen, Wishes(first_day, choices.minutes.data, choices.seed.data))


def _slots(found: Week, day: date) -> list[Meal | Empty]:
    """The meals of a day and the slots left empty, in the order of the day."""
    return sorted((*found.meals_on(day), *found.empty_on(day)), key=lambda one: one.slot.in_order)


def _is_a_day(text: str) -> bool:
    """Is this a day as our addresses write it, and one that a person may mean?"""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and not is_far_off(day)


def _ask_with(day: str) -> ResponseReturnValue:
    """The questions again, with what the address says in the boxes; on to the right address where it can be read."""
    boxes = dict(zip(reversed(BOXES), [*day.split("-", 2), "", ""], strict=False))
    typed = {f"first_day-{box}": text for box, text in boxes.items()}
    form = WeekForm(MultiDict({**request.args, **typed}))
    return _to_its_address(form) if form.validate() else _ask_again(form, 400 if _is_a_day(day) else 404)


def _ask_again(form: WeekForm, status: int) -> ResponseReturnValue:
    return render_template("planner/week_ask.html", form=form, mistakes=mistakes(form)), status


def _to_its_address(form: WeekForm) -> ResponseReturnValue:
    return redirect(url_for("planner.week", day=form.day_in_address, **form.in_address), 303)


# ---- The dates ----


@pages.get("/dates")
def dates() -> ResponseReturnValue:
    """The questions about a person's treatment days, and every protocol side by side."""
    protocols = current_app.extensions["facts"].protocols
    form = DatesForm(protocols=protocols)
    remembered = current_app.extensions["my_hospital"]()
    if remembered in offered(protocols):
        form.protocol.data = remembered.slug
    return _dates_page(form, remembered)


@pages.post("/dates")
def answer_dates() -> ResponseReturnValue:
    """When the diet starts and ends. Nothing is kept, but for the hospital on this device if the person asks for that."""
    protocols = current_app.extensions["facts"].protocols
    form, asked = DatesForm(request.form, protocols=protocols), request.form.get("do", "")
    if asked == "forget":
        return _forget(_dates_page(form, None, answered=form.validate()))
    fine = form.validate()
    if asked == "remember" and not form.protocol.data:
        form.protocol.errors = ["My hospital must be chosen before this device can remember it."]
        fine = False
    if asked == "remember" and fine:
        chosen = protocols[form.protocol.data]
        return _remember(_dates_page(form, chosen, answered=True), chosen)
    return _dates_page(form, current_app.extensions["my_hospital"](), answered=fine)


def _dates_page(form: DatesForm, remembered: Protocol | None, answered: bool = False) -> Response:
    protocols = current_app.extensions["facts"].protocols
    answer = _answer(form, protocols) if answered else {}
    found = mistakes(form)
    page = render_template(
        "planner/dates.html",
        form=form,
        mistakes=found,
        remembered=remembered,
        beside=[(one, [*how_read(one)], *in_short(one, form.days if answer else {})) for one in offered(protocols)],
        **answer,
    )
    return make_response(page, 400 if found else 200)


def _answer(form: DatesForm, protocols: Mapping[str, Protocol]) -> dict[str, object]:
    """What the page says about these days; nothing where they contradict each other, and the form then says so."""
    if not form.protocol.data:
        return {"apart": [*range_in_words(offered(protocols), form.days)]}
    chosen, today = protocols[form.protocol.data], form.on.data or date.today()
    try:
        windows = windows_of(chosen, form.days)
    except RunsBackwards as error:
        form.last_infusion.errors = [f"{error} Check the days you gave."]
        return {}
    pairs = zip(chosen.phases, windows, strict=True)
    return {
        "protocol": chosen,
        "says": [*who_says_so(chosen)],
        "phases": [
            (phase.name, [*window_in_words(phase, window)], [*provisional_end(phase, form.days)]) for phase, window in pairs
        ],
        "stage": [*stage_in_words(windows, form.days, today), *next_course(form.days, today)],
    }


def _remember(page: Response, protocol: Protocol) -> Response:
    _refuse_other_sites()
    page.set_cookie(HOSPITAL, protocol.slug, max_age=REMEMBERED_FOR, httponly=True, samesite="Lax", secure=request.is_secure)
    return page


def _forget(page: Response) -> Response:
    _refuse_other_sites()
    page.delete_cookie(HOSPITAL, httponly=True, samesite="Lax", secure=request.is_secure)
    return page


def _refuse_other_sites() -> None:
    """Another site must not choose the hospital: the sheet that is remembered decides what is said to be fine."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
