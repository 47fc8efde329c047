"""Which pages answer “What falls on which day, for four years?”"""

from datetime import UTC, date, datetime

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from planner.calendar import (
    ABOUT,
    TEAM_FIRST,
    Item,
    by_month,
    chosen,
    items_of,
    sequence_at,
    sources_in_words,
    to_ical,
)
from planner.calendar_forms import CalendarForm, infusion_days_sent
from planner.forms import OWN_SHEET, mistakes
from planner.own_sheet import NotASheet, OwnSheet
from planner.own_sheet_forms import OwnDatesForm
from planner.protocol import offered
from planner.views import as_file, dates_seen, own_kept, pages
from planner.window import RunsBackwards


@pages.get("/dates/calendar")
def calendar() -> ResponseReturnValue:
    """The questions for a calendar of the diet, the infusions, the tests and the reminders."""
    own = own_kept()
    form = CalendarForm(protocols=current_app.extensions["facts"].protocols, own=own)
    remembered = current_app.extensions["my_hospital"]()
    if remembered in offered(current_app.extensions["facts"].protocols):
        form.protocol.data = remembered.slug
    elif own:
        form.protocol.data = OWN_SHEET
    _fill_in_kept_days(form)
    return _calendar_page(form, own)


def _fill_in_kept_days(form: CalendarForm) -> None:
    """The infusion days that are kept, as far as the calendar asks for them; only for whoever may see them."""
    kept = dates_seen()
    for number, course in enumerate(kept.now.treatment.courses if kept else (), start=1):
        if f"days_{number}" in form:
            days = (one.day for one in course.infusions)
            form[f"days_{number}"].data = "\n".join(f"{day.day} {day.month} {day.year}" for day in days)


@pages.post("/dates/calendar")
def answer_calendar() -> ResponseReturnValue:
    """The calendar as a list, or as a file to download. Nothing is kept."""
    facts, asked = current_app.extensions["facts"], request.form.get("do", "")
    own = _own_sheet_sent() or (own_kept() if request.form.get("protocol") == OWN_SHEET else None)
    if asked == "ask":
        return _calendar_page(_calendar_form_from_dates(own), own)
    form = CalendarForm(request.form, protocols=facts.protocols, own=own)
    items = _items(form, own) if form.validate() else ()
    if asked == "download" and items:
        now = datetime.now(UTC)
        file = to_ical(
            chosen(items, form.chosen_kinds),
            facts.table.sources,
            stamp=now,
            sequence=sequence_at(now),
            plain=form.titles.data != "clear",
            whose=form.whose.data,
        )
        return as_file(file, "piping-hot.ics", "text/calendar; charset=utf-8")
    return _calendar_page(form, own, items)


def _own_sheet_sent() -> OwnSheet | None:
    """The sheet that travels with the form; one that cannot be read is none, and is asked for again."""
    try:
        return OwnSheet.from_json(request.form["own_sheet"]) if request.form.get("own_sheet") else None
    except NotASheet:
        return None


def _calendar_form_from_dates(own: OwnSheet | None) -> CalendarForm:
    """The questions with what another page of ours sends along: a hospital or a sheet, and the days of the courses."""
    protocols, sent = current_app.extensions["facts"].protocols, OwnDatesForm(request.form)
    form = CalendarForm(protocols=protocols, own=own)
    for number, days in infusion_days_sent(request.form).items():
        if f"days_{number}" in form:
            form[f"days_{number}"].data = "\n".join(f"{day.day} {day.month} {day.year}" for day in sorted(set(days)))
    known = [protocol.slug for protocol in offered(protocols)]
    form.protocol.data = OWN_SHEET if own else next((slug for slug in known if slug == request.form.get("protocol")), "")
    for mine, theirs in ((form.discharge, sent.discharge), (form.decision, sent.decision)):
        mine.typed = theirs.typed
    return form


def _items(form: CalendarForm, own: OwnSheet | None) -> tuple[Item, ...]:
    """Everything for the calendar; nothing where the days contradict each other, and the form then says so."""
    protocols = current_app.extensions["facts"].protocols
    protocol = own.protocol() if own and form.protocol.data == OWN_SHEET else protocols.get(form.protocol.data)
    try:
        return items_of(form.courses(date.today()), protocol, form.other_days)
    except RunsBackwards as error:
        form.days_1.errors = [f"{error} Check the days you gave."]
        return ()


def _calendar_page(form: CalendarForm, own: OwnSheet | None = None, items: tuple[Item, ...] = ()) -> ResponseReturnValue:
    sources, found = current_app.extensions["facts"].table.sources, mistakes(form)
    shown = chosen(items, form.chosen_kinds)
    page = render_template(
        "planner/calendar.html",
        form=form,
        own=own,
        mistakes=found,
        months=by_month(shown),
        # The sources of a kind are those of its items: for the diet they are the chosen hospital's own.
        about=[
            (
                kind,
                about,
                sources_in_words(dict.fromkeys(key for item in shown if item.kind is kind for key in item.sources), sources),
            )
            for kind, about in ABOUT.items()
            if any(item.kind is kind for item in shown)
        ],
        nothing_chosen=bool(items) and not shown,
        no_diet=bool(items) and not any(item.kind.value == "diet" for item in items),
        team_first=TEAM_FIRST,
    )
    return page, 400 if found else 200
