"""Which pages answer “What shall we eat this week, and until when?”"""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import cast

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from foods.forms import FoodQuestion
from foods.keeping import Keeper, KeptThing, Opened, version_seen
from foods.rules import judge
from planner.answer import Answer, answer
from planner.calendar import (
    ABOUT,
    TEAM_FIRST,
    Item,
    by_month,
    chosen,
    for_feed,
    items_of,
    sequence_at,
    sources_in_words,
    to_ical,
)
from planner.course import CannotMove
from planner.forms import (
    OWN_SHEET,
    AgreeForm,
    CalendarForm,
    DatesForm,
    EatersForm,
    OwnDatesForm,
    OwnSheetForm,
    SheetFileForm,
    as_filled,
    infusion_days_sent,
    mistakes,
)
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
    sheet_as_said,
)
from planner.keeping import SHEET as SHEET_KEPT
from planner.keeping import own_sheet as own_sheet_of
from planner.leaflet import QUESTIONS, SHEET, WHEN, Question, answer_in_words
from planner.own_sheet import NotASheet, OwnSheet
from planner.protocol import NOT_GIVEN, Protocol, offered
from planner.sentences import (
    next_course,
    provisional_end,
    range_in_words,
    stage_in_words,
    window_in_words,
)
from planner.side_by_side import around_alemtuzumab, side_by_side
from planner.treatment import KEEPS_ON, Treatment
from planner.window import RunsBackwards, windows_of

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
        hospital = kept.now.hospital or (OWN_SHEET if _own_kept() else "")
        form = _dates_form(filled={"protocol": hospital, "also": kept.now.also, "older": kept.now.older})
        filled = as_filled(form, kept.now.treatment, kept.now.treatment.started_on is not None, "")
        return _dates_page(_dates_form(filled=filled), remembered, kept.now.treatment)
    is_offered = remembered in offered(current_app.extensions["facts"].protocols)
    slug = OWN_SHEET if _own_kept() else remembered.slug if remembered and is_offered else ""
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
    own, ours = _own_kept(), cast("dict[str, Protocol]", current_app.extensions["facts"].protocols)
    return {**ours, OWN_SHEET: replace(own.protocol(), slug=OWN_SHEET)} if own else ours


def _own_kept() -> OwnSheet | None:
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
    return cast("Keeper | None", current_app.extensions["kept"]())


def my_keeper() -> Keeper:
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
        return _choose("planner.keep_dates", theirs, [*in_words(mine, protocols)], [*in_words(now, protocols)])
    return redirect(url_for("planner.dates"), 303)


def _choose(
    endpoint: str, theirs: KeptThing, mine: list[tuple[str, str]], now: list[tuple[str, str]]
) -> ResponseReturnValue:
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


@pages.get("/dates/own-sheet/kept")
def kept_own_sheet() -> ResponseReturnValue:
    """The sheet that the household entered and keeps."""
    found = my_keeper().read(SHEET_KEPT) or abort(404)
    return _sheet_page(own_sheet_of(found.said), "dates" if _days_kept() else "")


def _days_kept() -> dict[str, date]:
    """The days of the last course that is kept, by the name of their boxes; only for whoever may see them."""
    kept = dates_seen()
    courses = kept.now.treatment.courses if kept else ()
    return {anchor.name.lower(): day for anchor, day in courses[-1].anchors.items()} if courses else {}


@pages.post("/dates/own-sheet/keep")
def keep_own_sheet() -> ResponseReturnValue:
    """Keep a sheet that was entered. From then on every page here follows it."""
    form, me = AgreeForm(request.form), my_keeper()
    try:
        sheet = OwnSheet.from_json(request.form.get("own_sheet", ""))
    except NotASheet:
        abort(400)
    if not me.read(SHEET_KEPT) and not form.validate():
        return _sheet_page(sheet, "keep")
    said = sheet_as_said(sheet, date.today())
    theirs = me.keep_unless_changed(SHEET_KEPT, "", said, version_seen(request.form.get("version")))
    if theirs and (now := own_sheet_of(theirs.said)) != sheet:
        return _choose("planner.keep_own_sheet", theirs, _sheet_in_words(sheet), _sheet_in_words(now))
    return redirect(url_for("planner.kept_own_sheet"), 303)


def _sheet_in_words(sheet: OwnSheet) -> list[tuple[str, str]]:
    said = [(one.asks, text) for asked in _said(sheet).values() for one, text in asked]
    return [("Whose sheet is it?", sheet.name), *said]


@pages.post("/dates/own-sheet/drop")
def drop_own_sheet() -> ResponseReturnValue:
    """Keep the sheet that was entered no longer."""
    my_keeper().drop(SHEET_KEPT)
    return redirect(url_for("planner.own_sheet"), 303)


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
        return _choose("planner.keep_eaters", theirs, [*eaters_in_words(form.eaters)], [*eaters_in_words(now)])
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

FEED, MEDICAL, PLAIN = "calendar", "medical", "plain"
"""What a link to the calendar opens, as links are listed, and the two things that it may be about."""


@pages.post("/dates/feed")
def make_feed() -> ResponseReturnValue:
    """A secret address for the calendar. The one before it stops working."""
    if not (request.form.get("agreed") and dates_seen()):
        return redirect(url_for("planner.dates") + "#feed", 303)
    me, token = my_keeper(), secrets.token_urlsafe(24)
    me.withdraw_all(FEED)
    me.share(FEED, MEDICAL if request.form.get("medical") else PLAIN, token)
    address = url_for("planner.feed", token=token, _external=True)
    return render_template("planner/feed.html", address=address, is_medical=bool(request.form.get("medical")))


@pages.post("/dates/feed/withdraw")
def withdraw_feed() -> ResponseReturnValue:
    """The calendar's address opens nothing any more."""
    my_keeper().withdraw_all(FEED)
    return redirect(url_for("planner.dates"), 303)


@pages.get("/calendar/<token>.ics")
def feed(token: str) -> ResponseReturnValue:
    """The calendar for whatever program has its address; without infusions and tests unless the patient asked for them."""
    opened = cast("Opened | None", current_app.extensions["opened"](FEED, token)) or abort(404)
    found, own = opened.read(DATES), opened.read(SHEET_KEPT)
    items = _items_kept(KeptDates.of(found.said) if found else abort(404), own)
    response = Response(_ical(for_feed(items, opened.about == MEDICAL), with_sources=False), mimetype="text/calendar")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _items_kept(kept: KeptDates, own: KeptThing | None) -> tuple[Item, ...]:
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


def _ical(items: tuple[Item, ...], with_sources: bool) -> bytes:
    now = datetime.now(UTC)
    sources = current_app.extensions["facts"].table.sources
    return to_ical(items, sources, stamp=now, sequence=sequence_at(now), plain=True, with_sources=with_sources)


def exported(kept: Keeper) -> Mapping[str, bytes]:
    """The calendar of the dates that are kept, for the household's export: file name -> what stands in it."""
    found = dates_seen()
    return {"calendar.ics": _ical(_items_kept(found, kept.read(SHEET_KEPT)), with_sources=True)} if found else {}


# ---- My hospital is not here ----


@pages.get("/dates/own-sheet")
def own_sheet() -> ResponseReturnValue:
    """Begin to enter a sheet, go on with one, or open one from its file."""
    return _begin_sheet(SheetFileForm())


@pages.post("/dates/own-sheet")
def answer_own_sheet() -> ResponseReturnValue:
    """The next question, or the whole sheet. All that was answered travels in the form; nothing is kept here."""
    asked = request.form.get("do", "")
    if asked == "load":
        return _load_sheet()
    if "own_sheet" in request.form:
        return _use_sheet(asked)
    form = OwnSheetForm(request.form)
    if asked in ("ask", "next", "back"):
        return _ask_about_sheet(form, asked)
    if asked == "all":
        return _ask_all_about_sheet(form)
    return _finish_sheet(form)


def _begin_sheet(form: SheetFileForm, status: int = 200) -> ResponseReturnValue:
    return render_template("planner/own_sheet.html", form=form, mistakes=mistakes(form), count=len(QUESTIONS)), status


def _load_sheet() -> ResponseReturnValue:
    form = SheetFileForm(request.files)
    return _sheet_page(form.sheet) if form.validate() else _begin_sheet(form, 400)


def _ask_about_sheet(form: OwnSheetForm, asked: str) -> ResponseReturnValue:
    """One question. "Next" stays where it is while the answer cannot be read, or is not followed and nobody said so yet."""
    at = _question_number()
    question = QUESTIONS[at]
    if asked == "back":
        return _ask_one(form, at - 1) if at else _begin_sheet(SheetFileForm())
    if asked == "ask":
        return _ask_one(form, at)
    if not form[question.key].validate(form):
        return _ask_one(form, at, status=400)
    limits = _limits(form, question)
    if limits and request.form.get("told") != " ".join(limits):
        return _ask_one(form, at, limits)
    return _ask_one(form, at + 1) if at + 1 < len(QUESTIONS) else _finish_sheet(form)


def _question_number() -> int:
    at = request.form.get("at", 0, type=int)
    return min(max(at, 0), len(QUESTIONS) - 1)


def _ask_one(form: OwnSheetForm, at: int, limits: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "planner/own_sheet_question.html",
        form=form,
        question=QUESTIONS[at],
        at=at,
        count=len(QUESTIONS),
        limits=limits or [],
        mistakes=mistakes(form),
    )
    return page, status


def _limits(form: OwnSheetForm, question: Question) -> list[str]:
    """What this one answer says and we do not follow, in sentences."""
    limits = OwnSheet.so_far(form.typed, date.today()).limits(current_app.extensions["facts"].table)
    return [limit.sentence for limit in limits if limit.key == question.key]


def _ask_all_about_sheet(form: OwnSheetForm) -> ResponseReturnValue:
    found = mistakes(form)
    page = render_template(
        "planner/own_sheet_all.html",
        form=form,
        groups=_by_group(),
        count=len(QUESTIONS),
        limits=OwnSheet.so_far(form.typed, date.today()).limits(current_app.extensions["facts"].table),
        mistakes=found,
    )
    return page, 400 if found else 200


def _by_group() -> dict[str, list[Question]]:
    return {
        group: [one for one in QUESTIONS if one.group == group] for group in dict.fromkeys(one.group for one in QUESTIONS)
    }


def _finish_sheet(form: OwnSheetForm) -> ResponseReturnValue:
    return _sheet_page(OwnSheet.of(form.typed, date.today())) if form.validate() else _ask_all_about_sheet(form)


def _use_sheet(asked: str) -> ResponseReturnValue:
    """What is done with a whole sheet, which the page sends along each time."""
    try:
        sheet = OwnSheet.from_json(request.form["own_sheet"])
    except NotASheet as error:
        form = SheetFileForm()
        form.file.errors = [str(error)]
        return _begin_sheet(form, 400)
    if asked == "change":
        return _ask_all_about_sheet(OwnSheetForm(answers=dict(sheet.answers)))
    if asked == "download":
        return _as_file(sheet.to_json(), "my-hospital-sheet.json", "application/json")
    return _sheet_page(sheet, asked)


def _as_file(content: str | bytes, name: str, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _sheet_page(sheet: OwnSheet, asked: str = "") -> ResponseReturnValue:
    """The whole sheet: what it says, a food under it, and the dates under it."""
    table = current_app.extensions["facts"].table
    question, days = FoodQuestion(request.form), OwnDatesForm(request.form or None, data=_days_kept())
    finding = judge(table, question.q.data, [sheet.sheet(table)]) if asked == "food" and question.validate() else None
    answer = _own_dates(sheet, days) if asked == "dates" and days.validate() else {}
    agree, keeper = AgreeForm(request.form), keeper_here()
    kept = keeper.read(SHEET_KEPT) if keeper else None
    if asked == "keep":
        agree.validate()
    found = mistakes(question) if asked == "food" else [*mistakes(days), *mistakes(agree)]
    page = render_template(
        "planner/own_sheet_done.html",
        sheet=sheet,
        said=_said(sheet),
        silent=[one.asks.rstrip("?") for one in QUESTIONS if one.group not in (SHEET, WHEN) and not sheet.answer(one.key)],
        window=_as_read(sheet.protocol()),
        limits=sheet.limits(table),
        rows=sheet.rows_to_send(table),
        question=question,
        finding=finding,
        days=days,
        agree=agree,
        keeper=keeper,
        kept=kept,
        mistakes=found,
        **answer,
    )
    return page, 400 if found else 200


def _as_read(protocol: Protocol) -> tuple[str, str]:
    """When the diet starts and ends, as we read the sheet's words, for the person to look over."""
    if protocol.asks_for_no_diet:
        return "It asks for no diet", "It asks for no diet"
    [phase] = protocol.phases
    silent = "the sheet does not say"
    starts, ends = (silent if bound == NOT_GIVEN else str(bound) for bound in (phase.starts, phase.ends))
    return starts, ends


def _said(sheet: OwnSheet) -> dict[str, list[tuple[Question, str]]]:
    """The questions that the sheet answers, by group, each with the answer in words. Its name stands at the top."""
    groups = {
        group: [(one, answer_in_words(one, text)) for one in asked if (text := sheet.answer(one.key)) and one.key != "name"]
        for group, asked in _by_group().items()
    }
    return {group: asked for group, asked in groups.items() if asked}


def _own_dates(sheet: OwnSheet, form: OwnDatesForm) -> dict[str, object]:
    """The dates under an own sheet; nothing where the days contradict each other, and the form then says so."""
    protocol, today = sheet.protocol(), date.today()
    try:
        windows = windows_of(protocol, form.days)
    except RunsBackwards as error:
        form.last_infusion.errors = [f"{error} Check the days you gave."]
        return {}
    pairs = zip(protocol.phases, windows, strict=True)
    return {
        "phases": [([*window_in_words(phase, window)], [*provisional_end(phase, form.days)]) for phase, window in pairs],
        "stage": [*stage_in_words(windows, form.days, today), *next_course(form.days, today)],
    }


# ---- The calendar ----


@pages.get("/dates/calendar")
def calendar() -> ResponseReturnValue:
    """The questions for a calendar of the diet, the infusions, the tests and the reminders."""
    own = _own_kept()
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
    own = _own_sheet_sent() or (_own_kept() if request.form.get("protocol") == OWN_SHEET else None)
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
        return _as_file(file, "piping-hot.ics", "text/calendar; charset=utf-8")
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
