"""Which pages ask what a week should be? The questions, a week made from the answers, and the same week asked for anew."""

from datetime import date

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from foods.keeping import Keeper, KeptThing, version_seen
from planner.forms import BOXES, mistakes
from planner.kept_weeks import WEEK
from planner.one_week_views import Asked, address_of, asked_for, is_a_day, keep_plan, my_ready, my_week
from planner.plan import PARTS, NotAPlan, Plan, noted
from planner.views import MEALS, eaters_kept, keeper_here, my_keeper, pages
from planner.week import ONE_DAY
from planner.week_forms import WeekForm

SHOWN_BEFORE, SHOWN_AFTER = 4, 8
"""How many kept weeks a page names, before today and from today on."""


# ---- Asking for one ----


@pages.get("/week")
def ask_week() -> ResponseReturnValue:
    """What a week is asked with; sent on to the week's own address, or kept."""
    eaters = eaters_kept()
    form = WeekForm(request.args or None, data={"first_day": date.today(), **({"servings": len(eaters)} if eaters else {})})
    if not request.args:
        return ask_page(form)
    return _to_its_address(form) if form.validate() else ask_page(form, 400)


@pages.post("/week")
def make_week() -> ResponseReturnValue:
    """A household's week, made and kept. A week that is kept for that day already goes only when they say so."""
    form, keeper = WeekForm(request.form), my_keeper()
    if not form.validate():
        return ask_page(form, 400)
    first_day = form.begins
    before = keeper.read(WEEK, form.day_in_address)
    if before and before.version != version_seen(request.form.get("version")):
        return ask_page(form, 409, before)
    here = my_week(Asked(form, Plan(first_day).beginning_on(date.today())), finds=True)
    keep_plan(keeper, here.asked, noted(here.plan, here.kitchen), before.version if before else 0)
    return redirect(url_for("planner.week", day=form.day_in_address), 303)


def ask_page(
    form: WeekForm,
    status: int = 200,
    in_the_way: KeptThing | None = None,
    changes: Asked | None = None,
    is_cut: bool = False,
    is_stale: bool = False,
    is_gone: bool = False,
) -> ResponseReturnValue:
    keeper = keeper_here()
    page = render_template(
        "planner/week_ask.html",
        form=form,
        mistakes=mistakes(form),
        keeps=keeper is not None and keeper.may_change,
        weeks=_weeks_kept(keeper),
        fed=keeper is not None and bool(keeper.links(MEALS)),
        in_the_way=in_the_way,
        changes=changes,
        is_cut=is_cut,
        is_stale=is_stale,
        is_gone=is_gone,
        has_sheet=bool(current_app.extensions["my_sheets"]()),
        today=date.today(),
    )
    return page, status


def _weeks_kept(keeper: Keeper | None) -> list[date]:
    """The first days of the weeks that are kept, those near today, in order."""
    days = sorted(date.fromisoformat(one.key) for one in keeper.all(WEEK)) if keeper else []
    over = [day for day in days if day + 6 * ONE_DAY < date.today()]
    return [*over[-SHOWN_BEFORE:], *days[len(over) :][:SHOWN_AFTER]]


def ask_instead(first_day: date) -> ResponseReturnValue:
    """The questions, where a household's week stood that it keeps no more. Whether it does must be known: NotReady."""
    if away := current_app.extensions["database_away"]():
        raise away
    return ask_page(WeekForm(data={"first_day": first_day}), 404, is_gone=True)


def ask_with(day: str) -> ResponseReturnValue:
    """The questions again, with what the address says in the boxes; on to the right address where it can be read."""
    boxes = dict(zip(reversed(BOXES), [*day.split("-", 2), "", ""], strict=False))
    sent = MultiDict(request.args)
    for box, text in boxes.items():
        sent[f"first_day-{box}"] = text
    form = WeekForm(sent)
    if not form.validate():
        return ask_page(form, 400 if is_a_day(day) else 404)
    return ask_page(form, 400, is_cut=True) if request.args.keys() & {*PARTS} else _to_its_address(form)


def _to_its_address(form: WeekForm) -> ResponseReturnValue:
    return redirect(url_for("planner.week", day=form.day_in_address, **form.in_address), 303)


@pages.errorhandler(NotAPlan)
def not_a_plan(error: NotAPlan) -> ResponseReturnValue:
    """The questions again: what was to be shown says what cannot have been."""
    current_app.logger.warning("no plan of a week")
    return ask_page(WeekForm(data={"first_day": date.today()}), 400, is_cut=True)


# ---- What to ask of it anew ----


@pages.get("/week/<day>/ask")
def ask_again(day: str) -> ResponseReturnValue:
    """The questions with what this week was asked with, to change it and move as few meals as can be."""
    keeper = keeper_here()
    asked = asked_for(day, keeper) or abort(404)
    if asked.kept and not (keeper and keeper.may_change):
        abort(403)
    said = {**asked.choices.data, "meals": list(asked.choices.wanted_meals), "first_day": asked.plan.first_day}
    return ask_page(WeekForm(data=said), changes=asked)


@pages.post("/week/<day>/ask")
def answer_again(day: str) -> ResponseReturnValue:
    """The same week asked for in another way."""
    keeper = keeper_here()
    asked = asked_for(day, keeper) or abort(404)
    form = WeekForm(request.form)
    if not form.validate():
        return ask_page(form, 400, changes=asked)
    if asked.kept and not (keeper and keeper.may_change):
        abort(403)
    form.seed.data = asked.choices.seed.data
    if asked.kept and keeper:
        return _keep_changed(form, asked, keeper)
    return redirect(address_of(Asked(form, _asked_anew(form, asked))), 303)


def _asked_anew(form: WeekForm, asked: Asked) -> Plan:
    """The plan under other answers. Another first day makes a new one."""
    today = date.today()
    before = my_week(asked, finds=True).plan if form.begins == asked.plan.first_day else Plan(form.begins)
    return my_ready(form, form.begins, finds=True).changed_to(before.beginning_on(today))


def _keep_changed(form: WeekForm, asked: Asked, keeper: Keeper) -> ResponseReturnValue:
    """Keep what was asked anew. If somebody else changed that week meanwhile, no answer is lost."""
    if form.begins != asked.plan.first_day:
        there = keeper.read(WEEK, form.day_in_address)
        if there:
            return ask_page(form, 409, there)
        keep_plan(keeper, Asked(form, Plan(form.begins)), _asked_anew(form, asked), 0)
        return redirect(url_for("planner.week", day=form.day_in_address), 303)
    is_stale = asked.version != version_seen(request.form.get("version"))
    if is_stale or keep_plan(keeper, Asked(form, asked.plan, asked.kept), _asked_anew(form, asked), asked.version):
        return ask_page(form, 409, changes=asked_for(asked.day, keeper), is_stale=True)
    return redirect(url_for("planner.week", day=asked.day), 303)


# ---- The list of now ----


@pages.get("/list")
def list_of_now() -> ResponseReturnValue:
    """The list of the week that a household keeps for today, or of the next one; else the questions for a week."""
    keeper = keeper_here()
    coming, today = [day for day in _weeks_kept(keeper) if day + 6 * ONE_DAY >= date.today()], date.today()
    if coming:
        day = max((day for day in coming if day <= today), default=coming[0])
        return redirect(url_for("planner.week_list", day=day.isoformat()), 303)
    return redirect(url_for("planner.ask_week"), 303)
