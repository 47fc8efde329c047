"""Which pages answer “What if my hospital is not in the list?”"""

from datetime import date

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from foods.forms import FoodQuestion
from foods.keeping import version_seen
from foods.rules import judge
from planner.forms import AgreeForm, mistakes
from planner.keeping import SHEET as SHEET_KEPT
from planner.keeping import own_sheet as own_sheet_of
from planner.keeping import sheet_as_said
from planner.leaflet import QUESTIONS, SCREENS, SHEET, WHEN, Question, answer_in_words
from planner.own_sheet import NotASheet, OwnSheet
from planner.own_sheet_forms import OwnDatesForm, OwnSheetForm, SheetFileForm
from planner.protocol import NOT_GIVEN, Protocol
from planner.sentences import next_course, provisional_end, stage_in_words, window_in_words
from planner.views import as_file, choose, dates_seen, keeper_here, my_keeper, pages
from planner.window import RunsBackwards, windows_of


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
        return choose("planner.keep_own_sheet", theirs, _sheet_in_words(sheet), _sheet_in_words(now))
    return redirect(url_for("planner.kept_own_sheet"), 303)


def _sheet_in_words(sheet: OwnSheet) -> list[tuple[str, str]]:
    said = [(one.asks, text) for asked in _said(sheet).values() for one, text in asked]
    return [("Whose sheet is it?", sheet.name), *said]


@pages.post("/dates/own-sheet/drop")
def drop_own_sheet() -> ResponseReturnValue:
    """Keep the sheet that was entered no longer."""
    my_keeper().drop(SHEET_KEPT)
    return redirect(url_for("planner.own_sheet"), 303)


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
    return render_template("planner/own_sheet.html", form=form, mistakes=mistakes(form), count=len(SCREENS)), status


def _load_sheet() -> ResponseReturnValue:
    form = SheetFileForm(request.files)
    return _sheet_page(form.sheet) if form.validate() else _begin_sheet(form, 400)


def _ask_about_sheet(form: OwnSheetForm, asked: str) -> ResponseReturnValue:
    """One question. "Next" stays where it is while the answer cannot be read, or is not followed and nobody said so yet."""
    at = _screen_number()
    if asked == "back":
        return _ask_one(form, at - 1) if at else _begin_sheet(SheetFileForm())
    if asked == "ask":
        return _ask_one(form, at)
    if [question for question in SCREENS[at] if not form[question.key].validate(form)]:
        return _ask_one(form, at, status=400)
    limits = [limit for question in SCREENS[at] for limit in _limits(form, question)]
    if limits and request.form.get("told") != " ".join(limits):
        return _ask_one(form, at, limits)
    return _ask_one(form, at + 1) if at + 1 < len(SCREENS) else _finish_sheet(form)


def _screen_number() -> int:
    at = request.form.get("at", 0, type=int)
    return min(max(at, 0), len(SCREENS) - 1)


def _ask_one(form: OwnSheetForm, at: int, limits: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "planner/own_sheet_question.html",
        form=form,
        questions=SCREENS[at],
        at=at,
        count=len(SCREENS),
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
        return as_file(sheet.to_json(), "my-hospital-sheet.json", "application/json")
    return _sheet_page(sheet, asked)


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
        days=days.asked_for(sheet.protocol().anchors),
        agree=agree,
        keeper=keeper,
        kept=kept,
        mistakes=found,
        **answer,
    )
    return page, 400 if found else 200


def _as_read(protocol: Protocol) -> list[tuple[str, str]]:
    """When the diet starts and ends, as we read the sheet's words, for the person to look over."""
    if protocol.asks_for_no_diet:
        return [("First day of the diet", "It asks for no diet"), ("Last day of the diet", "It asks for no diet")]
    silent = "the sheet does not say"
    starts, *ends = (
        silent if bound == NOT_GIVEN else str(bound)
        for bound in (protocol.phases[0].starts, *(phase.ends for phase in protocol.phases))
    )
    read = [("First day of the diet", starts)]
    read += [(f"Last day of the {phase.name}", end) for phase, end in zip(protocol.phases[:-1], ends, strict=False)]
    if len(protocol.phases) > 1:
        read.append(("Then it goes on with", protocol.phases[-1].name))
    return [*read, ("Last day of the diet", ends[-1])]


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
        "phases": [
            (
                phase.name.capitalize() if len(windows) > 1 else "",
                [*window_in_words(phase, window, windows)],
                [*provisional_end(phase, form.days)] if phase is protocol.phases[-1] else [],
            )
            for phase, window in pairs
        ],
        "stage": [*stage_in_words(windows, form.days, today), *next_course(form.days, today)],
    }
