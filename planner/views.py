"""Which pages answer “When does my diet start and end?” What a household keeps of it, who eats here, and its calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import cast

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from foods.keeping import Keeper, KeptThing, version_seen
from planner.answer import Answer, answer
from planner.calendar import Item, items_of, sequence_at, to_ical
from planner.course import CannotMove
from planner.eaters_forms import EatersForm
from planner.forms import OWN_SHEET, DatesForm, as_filled, mistakes
from planner.keeping import (
    DATES,
    EATERS,
    Dates,
    KeptDates,
    KeptEater,
    eaters_as_said,
    eaters_in_words,
    eaters_of,
    in_words,
)
from planner.keeping import SHEET as SHEET_KEPT
from planner.keeping import own_sheet as own_sheet_of
from planner.own_sheet import NotASheet, OwnSheet
from planner.protocol import Protocol, offered
from planner.sentences import range_in_words
from planner.side_by_side import around_alemtuzumab, side_by_side
from planner.treatment import KEEPS_ON, Treatment
from planner.window import RunsBackwards

pages = Blueprint("planner", __name__)

HOSPITAL = "hospital"
"""The one cookie, set only when a person asks for it, so that the hospital stands in no address."""
REMEMBERED_FOR = timedelta(days=400)


# ---- The dates ----


@pages.get("/dates")
def dates() -> ResponseReturnValue:
    """The questions about a person's treatment days, and every protocol side by side; filled in from what is kept."""
    remembered, kept = current_app.extensions["my_hospital"](), dates_seen()
    if kept:
        hospital = kept.now.hospital or (OWN_SHEET if own_kept() else "")
        form = _dates_form(filled={"protocol": hospital, "also": kept.now.also, "older": kept.now.older})
        filled = as_filled(form, kept.now.treatment, kept.now.treatment.started_on is not None, "")
        return _dates_page(_dates_form(filled=filled), remembered, kept.now.treatment)
    is_offered = remembered in offered(current_app.extensions["facts"].protocols)
    slug = OWN_SHEET if own_kept() else remembered.slug if remembered and is_offered else ""
    return _dates_page(_dates_form(filled={"protocol": slug} if slug else None), remembered)


@pages.post("/dates")
def answer_dates() -> ResponseReturnValue:
    """When the diet starts and ends. Nothing is kept, but for the hospital on this device if the person asks for that."""
    form, button = _dates_form(request.form), request.form.get("do", "")
    treatment = form.press(button)
    if button == "remember" and not form.protocol.data:
        form.protocol.errors = ["My hospital must be chosen before this device can remember it."]
        treatment = None
    remembered = None if button == "forget" else current_app.extensions["my_hospital"]()
    if treatment and button == "remember":
        remembered = form.known[form.protocol.data]
    page = _dates_page(form, remembered, treatment, button)
    if button == "forget":
        return _forget(page)
    return _remember(page, remembered) if remembered and button == "remember" and page.status_code == 200 else page


def _dates_form(typed: MultiDict[str, str] | None = None, filled: Mapping[str, object] | None = None) -> DatesForm:
    return DatesForm(typed, protocols=_protocols(), today=date.today(), filled=filled)


def _protocols() -> dict[str, Protocol]:
    """Those that we ship, and the one of the sheet that the household entered and keeps."""
    own, ours = own_kept(), cast("dict[str, Protocol]", current_app.extensions["facts"].protocols)
    return {**ours, OWN_SHEET: replace(own.protocol(), slug=OWN_SHEET)} if own else ours


def own_kept() -> OwnSheet | None:
    """The sheet that the household keeps; one whose questions are no longer ours is none."""
    keeper = keeper_here()
    found = keeper.read(SHEET_KEPT) if keeper else None
    try:
        return own_sheet_of(found.said) if found else None
    except NotASheet:
        return None


def _dates_page(
    form: DatesForm, remembered: Protocol | None, treatment: Treatment | None = None, button: str = ""
) -> Response:
    facts, keeper, kept = current_app.extensions["facts"], keeper_here(), dates_seen()
    seen = _version_seen(form)
    found = _answer(form, treatment, button) if treatment else None
    days = treatment.courses[-1].anchors if found and treatment and treatment.courses else {}
    if found and treatment:
        form = _dates_form(filled=as_filled(form, treatment, found.stage in KEEPS_ON, button))
    form.version.data = str(seen)
    wrong = mistakes(form)
    page = render_template(
        "planner/dates.html",
        form=form,
        mistakes=wrong,
        answer=found,
        is_answer=request.method == "POST" or found is not None,
        keeper=keeper,
        keeps_own_sheet=keeper is not None and keeper.read(SHEET_KEPT) is not None,
        kept=kept,
        feeds=keeper.links(FEED) if keeper and kept and keeper.is_patient else [],
        apart=[*range_in_words(around_alemtuzumab(facts.protocols), days)] if found else [],
        beside=side_by_side(facts.protocols, facts.table, days),
        sources=facts.table.sources,
        remembered=remembered,
        today=date.today(),
    )
    answered = make_response(page, 400 if wrong else 200)
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _answer(form: DatesForm, treatment: Treatment, button: str) -> Answer | None:
    """What the page says about these days; None where they contradict each other, and the form then says so."""
    move = None if button == "use-move" else form.move
    try:
        return answer(form.chosen, treatment, date.today(), form.on.data, move, form.held_now)
    except (CannotMove, RunsBackwards) as error:
        form.refuse(error)
        return None


def _remember(page: Response, protocol: Protocol) -> Response:
    page.set_cookie(HOSPITAL, protocol.slug, max_age=REMEMBERED_FOR, httponly=True, samesite="Lax", secure=request.is_secure)
    return page


def _forget(page: Response) -> Response:
    page.delete_cookie(HOSPITAL, httponly=True, samesite="Lax", secure=request.is_secure)
    return page


# ---- What a household keeps of it ----


def keeper_here() -> Keeper | None:
    """What the household of whoever asks keeps; None for a stranger."""
    return cast("Keeper | None", current_app.extensions["kept"]())


def my_keeper() -> Keeper:
    """The same, on a page that only somebody who signed in may open."""
    return keeper_here() or abort(401)


def dates_seen() -> KeptDates | None:
    """The dates that are kept, for whoever may see them."""
    keeper = keeper_here()
    found = keeper.read(DATES) if keeper and keeper.sees_days() else None
    return KeptDates.of(found.said) if found else None


def _version_seen(form: DatesForm) -> int:
    """Which version of the kept dates this page is about: the one it was sent with, else the newest."""
    if request.method == "POST":
        return form.seen
    keeper = keeper_here()
    found = keeper.read(DATES) if keeper else None
    return found.version if found else 0


@pages.post("/dates/keep")
def keep_dates() -> ResponseReturnValue:
    """Keep the hospital and the days. If somebody else changed them meanwhile, the person chooses."""
    form, me, today = _dates_form(request.form), my_keeper(), date.today()
    treatment, kept = form.press(request.form.get("do", "")), dates_seen()
    if not kept and not form.agreed.data:
        form.refuse_to_keep()
    if treatment is None or form.agreed.errors or not _answer(form, treatment, request.form.get("do", "")):
        return _dates_page(form, current_app.extensions["my_hospital"]())
    mine = Dates(form.protocol.data, form.also.data, treatment, form.older.data)
    changed = kept.changed(mine, me.name, today) if kept else KeptDates(mine, today)
    theirs = me.keep_unless_changed(DATES, "", changed.as_said(), form.seen)
    if theirs and (now := KeptDates.of(theirs.said).now) != mine:
        protocols = _protocols()
        return choose("planner.keep_dates", theirs, [*in_words(mine, protocols)], [*in_words(now, protocols)])
    return redirect(url_for("planner.dates"), 303)


def choose(endpoint: str, theirs: KeptThing, mine: list[tuple[str, str]], now: list[tuple[str, str]]) -> ResponseReturnValue:
    """Mine or theirs? All that was typed goes along, so that neither is lost."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "version"]
    page = render_template(
        "planner/choose.html", action=url_for(endpoint), sent=sent, theirs=theirs, mine=mine, now=now, back=_BACK[endpoint]
    )
    return page, 409


_BACK = {
    "planner.keep_dates": "planner.dates",
    "planner.keep_own_sheet": "planner.kept_own_sheet",
    "planner.keep_eaters": "planner.eaters",
}


@pages.get("/dates/changes")
def date_changes() -> ResponseReturnValue:
    """What the dates were before, and who changed them when."""
    kept, protocols = dates_seen() or abort(404), _protocols()
    before = [(one, [*in_words(one.was, protocols)]) for one in reversed(kept.changes)]
    return render_template("planner/changes.html", kept=kept, now=[*in_words(kept.now, protocols)], before=before)


@pages.post("/dates/drop")
def drop_dates() -> ResponseReturnValue:
    """Keep the hospital and the days no longer, nor a calendar of them."""
    my_keeper().drop(DATES)
    my_keeper().withdraw_all(FEED)
    return redirect(url_for("planner.dates"), 303)


@pages.get("/household/eaters")
def eaters() -> ResponseReturnValue:
    """Who eats here: who keeps the diet, who eats along, and what they avoid."""
    found = my_keeper().read(EATERS)
    form = EatersForm(eaters=eaters_of(found.said) if found else ())
    return _eaters_page(form, found is not None, found.version if found else 0)


@pages.post("/household/eaters")
def keep_eaters() -> ResponseReturnValue:
    """Keep who eats here. If somebody else changed it meanwhile, the person chooses."""
    me, version = my_keeper(), version_seen(request.form.get("version"))
    before = me.read(EATERS)
    form = EatersForm(request.form, is_agreed=before is not None)
    if not form.validate():
        return _eaters_page(form, before is not None, version)
    theirs = me.keep_unless_changed(EATERS, "", eaters_as_said(form.eaters, date.today()), version)
    if theirs and (now := eaters_of(theirs.said)) != form.eaters:
        return choose("planner.keep_eaters", theirs, [*eaters_in_words(form.eaters)], [*eaters_in_words(now)])
    return redirect(url_for("planner.eaters"), 303)


def _eaters_page(form: EatersForm, is_kept: bool, version: int) -> ResponseReturnValue:
    found, may_change = mistakes(form), my_keeper().may_change
    page = render_template(
        "planner/eaters.html", form=form, is_kept=is_kept, version=version, mistakes=found, may_change=may_change
    )
    return page, 400 if found else 200


def eaters_kept() -> tuple[KeptEater, ...]:
    """Who eats in the household of whoever asks; nobody for a stranger."""
    keeper = keeper_here()
    found = keeper.read(EATERS) if keeper else None
    return eaters_of(found.said) if found else ()


# ---- A calendar that other programs fetch ----

FEED, MEALS = "calendar", "meals"
"""What a link to a calendar opens, as links are listed: the dates, or the meals of the weeks alone."""
MEDICAL, PLAIN = "medical", "plain"
"""What the calendar of the dates may be about; " meals" after it puts the meals in as well."""


def items_kept(kept: KeptDates, own: KeptThing | None) -> tuple[Item, ...]:
    """Everything for the calendar of what is kept, by the hospital of the dates page, else by the sheet that was entered.

    Nothing where the days contradict each other.
    """
    protocols, treatment = current_app.extensions["facts"].protocols, kept.now.treatment
    protocol = protocols.get(kept.now.older) or protocols.get(kept.now.hospital)
    protocol = protocol or (own_sheet_of(own.said).protocol() if own else None)
    try:
        return items_of(treatment.courses, protocol, treatment.others)
    except RunsBackwards:
        return ()


def ical(items: tuple[Item, ...], with_sources: bool) -> bytes:
    """The items as a calendar that says nothing about anybody's health in its titles."""
    now = datetime.now(UTC)
    sources = current_app.extensions["facts"].table.sources
    return to_ical(items, sources, stamp=now, sequence=sequence_at(now), plain=True, with_sources=with_sources)


def exported(kept: Keeper) -> Mapping[str, bytes]:
    """The calendar of the dates that are kept, for the household's export: file name -> what stands in it."""
    found = dates_seen()
    return {"calendar.ics": ical(items_kept(found, kept.read(SHEET_KEPT)), with_sources=True)} if found else {}


def as_file(content: str | bytes, name: str, mimetype: str) -> Response:
    """Something to download under this name, which no browser keeps."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response
