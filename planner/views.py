"""Which pages answer “What shall we eat this week, and until when?”"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from foods.forms import FoodQuestion
from foods.rules import judge
from planner.answer import Answer, answer
from planner.best_week import best_week
from planner.calendar import ABOUT, TEAM_FIRST, Item, by_month, chosen, items_of, sequence_at, sources_in_words, to_ical
from planner.course import CannotMove, is_far_off
from planner.forms import (
    BOXES,
    LAST_SEED,
    OWN_SHEET,
    CalendarForm,
    DatesForm,
    OwnDatesForm,
    OwnSheetForm,
    SheetFileForm,
    WeekChoices,
    WeekForm,
    as_filled,
    infusion_days_sent,
    mistakes,
)
from planner.kitchen import kitchen_of
from planner.leaflet import QUESTIONS, SHEET, WHEN, Question, answer_in_words
from planner.own_sheet import NotASheet, OwnSheet
from planner.protocol import NOT_GIVEN, Protocol, offered
from planner.reasons import evening_before, why_picked
from planner.sentences import (
    next_course,
    provisional_end,
    range_in_words,
    stage_in_words,
    window_in_words,
)
from planner.shopping import shopping_list
from planner.side_by_side import around_alemtuzumab, side_by_side
from planner.treatment import KEEPS_ON, Treatment
from planner.week import ONE_DAY, Empty, Kitchen, Meal, Week, Wishes, balance
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
    kitchen, wishes, found = _make_week(date.fromisoformat(day), choices)
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


@pages.get("/week/<day>/list")
def week_list(day: str) -> ResponseReturnValue:
    """What to buy for that week, by aisle."""
    choices = WeekChoices(request.args)
    if not (_is_a_day(day) and choices.validate()):
        return _ask_with(day)
    facts = current_app.extensions["facts"]
    _, wishes, found = _make_week(date.fromisoformat(day), choices)
    sheets, servings = current_app.extensions["my_sheets"](), choices.servings.data
    shopping = shopping_list(found, facts.library.recipes, facts.table, servings, sheets, wishes)
    return render_template(
        "planner/list.html",
        week=found,
        shopping=shopping,
        left_out=[(food, judge(facts.table, food, sheets)) for food in shopping.left_out],
        shop_days=sorted(wishes.shop_days),
        checked_on=facts.table.checked_on,
        servings=servings,
        without=choices.without.data,
        week_address=url_for("planner.week", day=day, **choices.in_address),
    )


def _make_week(first_day: date, choices: WeekChoices) -> tuple[Kitchen, Wishes, Week]:
    facts = current_app.extensions["facts"]
    kitchen = kitchen_of(facts.table, facts.library.recipes.values(), current_app.extensions["my_sheets"]())
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
    sent = MultiDict(request.args)
    for box, text in boxes.items():
        sent[f"first_day-{box}"] = text
    form = WeekForm(sent)
    return _to_its_address(form) if form.validate() else _ask_again(form, 400 if _is_a_day(day) else 404)


def _ask_again(form: WeekForm, status: int) -> ResponseReturnValue:
    return render_template("planner/week_ask.html", form=form, mistakes=mistakes(form)), status


def _to_its_address(form: WeekForm) -> ResponseReturnValue:
    return redirect(url_for("planner.week", day=form.day_in_address, **form.in_address), 303)


# ---- The dates ----


@pages.get("/dates")
def dates() -> ResponseReturnValue:
    """The questions about a person's treatment days, and every protocol side by side."""
    remembered = current_app.extensions["my_hospital"]()
    is_offered = remembered in offered(current_app.extensions["facts"].protocols)
    return _dates_page(_dates_form(filled={"protocol": remembered.slug} if is_offered else None), remembered)


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
        remembered = current_app.extensions["facts"].protocols[form.protocol.data]
    page = _dates_page(form, remembered, treatment, button)
    if button == "forget":
        return _forget(page)
    return _remember(page, remembered) if remembered and button == "remember" and page.status_code == 200 else page


def _dates_form(typed: MultiDict[str, str] | None = None, filled: Mapping[str, object] | None = None) -> DatesForm:
    protocols = current_app.extensions["facts"].protocols
    return DatesForm(typed, protocols=protocols, today=date.today(), filled=filled)


def _dates_page(
    form: DatesForm, remembered: Protocol | None, treatment: Treatment | None = None, button: str = ""
) -> Response:
    facts = current_app.extensions["facts"]
    found = _answer(form, treatment, button) if treatment else None
    days = treatment.courses[-1].anchors if found and treatment and treatment.courses else {}
    if found and treatment:
        form = _dates_form(filled=as_filled(form, treatment, found.stage in KEEPS_ON, button))
    wrong = mistakes(form)
    page = render_template(
        "planner/dates.html",
        form=form,
        mistakes=wrong,
        answer=found,
        is_answer=request.method == "POST",
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
        return answer(form.chosen, treatment, date.today(), form.on.data, move)
    except (CannotMove, RunsBackwards) as error:
        form.refuse(error)
        return None


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
    question, days = FoodQuestion(request.form), OwnDatesForm(request.form)
    finding = judge(table, question.q.data, [sheet.sheet(table)]) if asked == "food" and question.validate() else None
    answer = _own_dates(sheet, days) if asked == "dates" and days.validate() else {}
    found = mistakes(question) if asked == "food" else mistakes(days)
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
    form = CalendarForm(protocols=current_app.extensions["facts"].protocols)
    remembered = current_app.extensions["my_hospital"]()
    if remembered in offered(current_app.extensions["facts"].protocols):
        form.protocol.data = remembered.slug
    return _calendar_page(form)


@pages.post("/dates/calendar")
def answer_calendar() -> ResponseReturnValue:
    """The calendar as a list, or as a file to download. Nothing is kept."""
    facts, asked = current_app.extensions["facts"], request.form.get("do", "")
    own = _own_sheet_sent()
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
