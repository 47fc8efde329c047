"""Which pages answer “Can I eat this?”"""

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from foods.blanks import Blanks, blank, drawn_once
from foods.browse import by_letter, groups, kinds_of_food, said_of_kind
from foods.card import pocket_card
from foods.eating_out import choices, general_rules
from foods.food import Finding, Food, Source, Verdict
from foods.forms import LONGEST_NAME, LONGEST_QUESTION_TO_KEEP, FoodQuestion, LabelWords, MissingFood, QuestionToKeep
from foods.keeping import Keeper
from foods.label import read_label
from foods.offers import Offers, instead_of, offers
from foods.offline import FactsFile, OfflineFacts, offline_files, whole_file
from foods.questions import ListIsFull, as_kept, read_questions, with_question, without_question
from foods.rules import judge, judge_all, judge_food
from foods.sheets import GENERAL_RULES, Sheet
from foods.store import Kept, keep_report
from foods.table import FoodTable

pages = Blueprint("foods", __name__)

TILES = (
    ("Soft and blue cheese", "brie"),
    ("Goat's cheese", "goat's cheese"),
    ("Ham and cold meats", "ham"),
    ("Smoked fish", "smoked salmon"),
    ("Prawns and shellfish", "prawns"),
    ("Eggs", "egg"),
    ("Pâté", "pâté"),
    ("Salad in a bag", "bagged salad"),
    ("Ready meals", "ready meal"),
    ("Ice cream", "ice cream"),
    ("Frozen vegetables", "frozen peas"),
    ("Sandwiches", "shop sandwich"),
)
"""The kinds of food that people ask about most, each with a name that the box understands."""


@pages.get("/")
def check() -> ResponseReturnValue:
    """The box “Can I eat …?” and the kinds of food people ask about."""
    return render_template("foods/check.html", tiles=TILES, on_device=known_on_device())


@pages.get("/foods")
def answer() -> ResponseReturnValue:
    """The answer to one question, at an address that can be shared."""
    form = FoodQuestion(request.args)
    if not form.validate():
        asked = {"asked": form.q.data or "", "error": form.q.errors[0]}
        return render_template("foods/check.html", tiles=TILES, on_device=known_on_device(), **asked), 400
    table, sheets = _table(), _sheets()
    finding, whose = judge(table, form.q.data, sheets), _whose()
    return _framed(finding, _drawn(finding, sheets, whose), _known_to_answer(sheets, whose["is_strict"] is True))


class Answer(NamedTuple):
    """The parts of an answer page that are the same for all who ask about those foods."""

    verdict: Blanks
    beneath: Blanks


ASKED, ADDRESS, QUESTION, NAME, WHY = map(blank, ("asked", "address", "question", "name", "why"))
VERDICT, BENEATH = map(blank, ("verdict", "beneath"))
MOST_FRAMES = 64
"""A frame is drawn once for each hospital, sheet and day."""
MOST_DRAWN = 4_000
"""Parts of answers. They hold facts of the table, and no word that a person typed."""


def _words_of(finding: Finding) -> dict[str, str]:
    """What goes into the blanks: all that holds a word which a person typed, fit for a page."""
    asked = finding.asked
    words = {ASKED: asked, WHY: finding.why, NAME: asked[:LONGEST_NAME]}
    words[QUESTION] = f"May I eat “{asked}”?"[:LONGEST_QUESTION_TO_KEEP]
    return {**{where: str(escape(said)) for where, said in words.items()}, ADDRESS: quote(asked)}


def _framed(finding: Finding, drawn: Answer, device: Mapping[str, object]) -> str:
    """The whole page. All strangers see the same frame, whatever they ask: drawn once a day, it holds no word of theirs."""
    words = _words_of(finding)
    words |= {VERDICT: drawn.verdict.filled(words), BENEATH: drawn.beneath.filled(words)}
    if current_app.extensions["kept"]() is not None:
        return _frame(device, finding.verdict).filled(words)
    key = (finding.verdict in (Verdict.AVOID, Verdict.UNKNOWN), *device.values())
    frames: dict[object, Blanks] = current_app.extensions.setdefault("frames", {})
    return drawn_once(frames, MOST_FRAMES, key, lambda: _frame(device, finding.verdict)).filled(words)


def _frame(device: Mapping[str, object], verdict: Verdict) -> Blanks:
    parts = {"verdict": Markup(VERDICT), "beneath": Markup(BENEATH)}
    page = render_template(
        "foods/answer.html", on_device=device, verdict=verdict, asked=ASKED, asked_in_address=ADDRESS, drawn=parts
    )
    return Blanks(page)


def _drawn(finding: Finding, sheets: Sequence[Sheet], whose: Mapping[str, object]) -> Answer:
    """The verdict as a block, and what stands beneath it: the same for all who ask about those foods."""
    table = _table()
    beside = offers(table, finding, sheets) if finding.unexplained or not finding.decides else None
    if not all(table.sheets.get(sheet.protocol) is sheet for sheet in sheets):
        return _draw(finding, beside, sheets, whose)
    foods = tuple((one.food.slug, one.verdict, one.why, one.do_this) for one in finding.about)
    near = tuple(one.food.slug for one in beside.near) if beside else None
    follows = (getattr(whose["hospital"], "slug", ""), whose["is_strict"], *(sheet.protocol for sheet in sheets))
    asked = (foods, finding.verdict, finding.do_this, near, follows)
    drawn: dict[object, Answer] = current_app.extensions.setdefault("drawn", {})
    return drawn_once(drawn, MOST_DRAWN, asked, lambda: _draw(finding, beside, sheets, whose))


def _draw(finding: Finding, beside: Offers | None, sheets: Sequence[Sheet], whose: Mapping[str, object]) -> Answer:
    used = finding.decides and finding.verdict <= Verdict.COOK
    beneath = render_template(
        "foods/_beneath.html",
        finding=finding,
        beside=beside or offers(_table(), finding, sheets),
        recipes=_shown_with(finding.decides.food) if finding.decides and used else [],
        whose=whose,
        question=QUESTION,
        name=NAME,
    )
    verdict = render_template("foods/_verdict.html", finding=finding, why=WHY, whose=whose)
    return Answer(Blanks(verdict), Blanks(beneath))


@pages.get("/foods/<slug>")
def food(slug: str) -> ResponseReturnValue:
    """Everything we know about one food of the table."""
    table, sheets = _table(), _sheets()
    if slug not in table.foods:
        abort(404)
    one = judge_food(table, table.foods[slug], sheets)
    return render_template(
        "foods/food.html",
        on_device=known_on_device(),
        one=one,
        food=one.food,
        forms=judge_all(table, table.forms(one.food), sheets),
        instead=instead_of(table, one.food, sheets),
        beside=_shown_with(one.food),
        whose=_whose(),
    )


def _shown_with(food: Food) -> list[Markup]:
    """What other packages have to show beside a food: the recipes that use it."""
    return [shown(food) for shown in current_app.extensions["shown_with_food"]]


def _table() -> FoodTable:
    return cast(FoodTable, current_app.extensions["facts"].table)


def _sheets() -> tuple[Sheet, ...]:
    return cast(tuple[Sheet, ...], current_app.extensions["my_sheets"]())


def _whose() -> dict[str, object]:
    """Whose rules an answer follows: the hospital this device remembers, and whether it asked for the strictest of all."""
    return {"hospital": current_app.extensions["my_hospital"](), "is_strict": is_strict()}


def _sources(*keys: str) -> list[Source]:
    return [_table().sources[key] for key in keys]


# ---- All foods, by kind and by letter ----


@pages.get("/foods/classes")
def classes() -> ResponseReturnValue:
    """Every kind of food with its verdicts, and the letters of the alphabet."""
    kinds = kinds_of_food(_table(), _sheets())
    return render_template("foods/classes.html", kinds=kinds, letters=list(by_letter(_table())), whose=_whose())


@pages.get("/foods/classes/<slug>")
def food_class(slug: str) -> ResponseReturnValue:
    """One kind of food: each of its foods with its verdict, and what hospitals say about it."""
    table = _table()
    found = table.classes.get(slug)
    by_verdict = groups(table, found, _sheets()) if found else []
    if found is None or not by_verdict:
        abort(404)
    said = said_of_kind(table, found)
    return render_template("foods/class.html", kind=found, groups=by_verdict, said=said, whose=_whose())


@pages.get("/foods/a-to-z/<letter>")
def letter(letter: str) -> ResponseReturnValue:
    """The foods whose name begins with a letter, each with its verdict."""
    letters = by_letter(_table())
    if letter not in letters:
        abort(404)
    found = judge_all(_table(), letters[letter], _sheets())
    return render_template("foods/letter.html", letter=letter, letters=list(letters), foods=found, whose=_whose())


# ---- Away from home, and at home ----


@pages.get("/card")
def card() -> ResponseReturnValue:
    """A card to print, fold and carry, by this person's sheets."""
    checked_on = _table().checked_on
    return render_template("foods/card.html", card=pocket_card(_table(), _sheets()), checked_on=checked_on, whose=_whose())


@pages.get("/eating-out")
def eating_out() -> ResponseReturnValue:
    """What to ask, order and leave where others cook."""
    table, sheets = _table(), _sheets()
    places = [(place, choices(table, place, sheets)) for place in current_app.extensions["facts"].places.values()]
    rules = general_rules(sheets, "eating_out")
    sources = dict.fromkeys(source for place, _ in places for source in place.sources)
    return render_template("foods/eating_out.html", places=places, rules=rules, sources=sources, whose=_whose())


KITCHEN_SOURCES = (
    "fsa-chilling", "fss-storing-food", "fsa-time-temperature", "fsa-cooking", "fsa-reheating", "fsa-rice", "fsa-dates",
    "nhs-washing", "us-produce", "barts-pack", "guys-neutropenia", "brompton-lung", "fsanz-listeria", "cdc-prevention",
    "listeria-growth", "bfr-leaflet",
)  # fmt: skip


@pages.get("/kitchen")
def kitchen() -> ResponseReturnValue:
    """The fridge, hands, cooking and leftovers: what to do about food at home, and what my sheet says about it."""
    rules = {about: general_rules(_sheets(), about) for about in GENERAL_RULES}
    return render_template("kitchen.html", rules=rules, sources=_sources(*KITCHEN_SOURCES), whose=_whose())


@pages.get("/already-eaten")
def already_eaten() -> ResponseReturnValue:
    """What to watch for, when to ring and what to write down, once something has been eaten."""
    form = FoodQuestion(request.args)
    eaten = form.q.data if form.validate() else ""
    sources = _sources("holmoy-2017", "lemtrada-after-treatment")
    return render_template("foods/already_eaten.html", eaten=eaten, sources=sources)


@pages.get("/label")
def ask_label() -> ResponseReturnValue:
    """The box for the words of a label."""
    return render_template("foods/label.html", form=LabelWords())


@pages.post("/label")
def answer_label() -> ResponseReturnValue:
    """Which words of danger a label holds. Nothing of it is kept."""
    form = LabelWords(request.form)
    if not form.validate():
        return render_template("foods/label.html", form=form), 400
    return render_template("foods/label.html", form=form, reading=read_label(form.words.data))


# ---- What this device keeps: questions for the nurse, and the strict setting ----

QUESTIONS, STRICT = "questions", "strict"
"""Cookies, set only when a person asks. The questions travel to their own page alone."""
QUESTIONS_KEPT_FOR = timedelta(days=90)
STRICT_KEPT_FOR = timedelta(days=400)


@pages.get("/questions")
def questions() -> ResponseReturnValue:
    """The list of questions for the nurse, to print."""
    return _show_questions(QuestionToKeep())


@pages.post("/questions")
def change_questions() -> ResponseReturnValue:
    """Add a question to the list, take one off, or clear it: the household's list, or a stranger's on this device."""
    form, asked = QuestionToKeep(request.form), request.form.get("do", "add")
    keeper = _keeper()
    if keeper and not keeper.may_change:
        abort(403)
    if asked == "add" and not form.validate() or asked not in ("add", "clear", "take-over") and _number(asked) is None:
        form.validate()
        return _show_questions(form, 400)
    try:
        return _change_household_s(keeper, asked, form) if keeper else _change_device_s(asked, form)
    except ListIsFull as error:
        form.question.errors = [str(error)]
        return _show_questions(form, 400)


def _number(asked: str) -> int | None:
    """Which question a button takes off; 0 for one that is none."""
    if not asked.startswith("remove-"):
        return None
    number = asked.removeprefix("remove-")
    return int(number) if number.isdecimal() else 0


def _changed(kept: tuple[str, ...], asked: str, form: QuestionToKeep) -> tuple[str, ...]:
    """The list once a button was pressed. ListIsFull."""
    if asked == "clear":
        return ()
    if asked == "take-over":
        for question in _on_this_device():
            kept = with_question(kept, question)
        return kept
    number = _number(asked)
    return with_question(kept, form.question.data) if number is None else without_question(kept, number)


def _change_device_s(asked: str, form: QuestionToKeep) -> ResponseReturnValue:
    changed = _changed(_on_this_device(), asked, form)
    page = _show_questions(QuestionToKeep(), questions=changed)
    _keep_on_device(page, QUESTIONS, as_kept(changed), QUESTIONS_KEPT_FOR, path=url_for("foods.questions"))
    return page


def _change_household_s(keeper: Keeper, asked: str, form: QuestionToKeep) -> ResponseReturnValue:
    """The change is made to whatever the list is now, so that two who add at once both find theirs."""
    found, taken_off = keeper.read(QUESTIONS), request.form.get("which")
    while True:
        now = tuple(found.said["asked"]) if found else ()
        changed = tuple(one for one in now if one != taken_off) if _number(asked) is not None else _changed(now, asked, form)
        found = keeper.keep_unless_changed(QUESTIONS, "", {"asked": list(changed)}, found.version if found else 0)
        if found is None:
            break
    page = _show_questions(QuestionToKeep())
    if asked == "take-over":
        _keep_on_device(page, QUESTIONS, "", QUESTIONS_KEPT_FOR, path=url_for("foods.questions"))
    return page


def _on_this_device() -> tuple[str, ...]:
    return read_questions(request.cookies.get(QUESTIONS, ""))


def _show_questions(form: QuestionToKeep, status: int = 200, questions: tuple[str, ...] | None = None) -> Response:
    keeper = _keeper()
    on_device = _on_this_device()
    if questions is None:
        found = keeper.read(QUESTIONS) if keeper else None
        questions = tuple(found.said["asked"]) if found else () if keeper else on_device
    left = [one for one in on_device if one not in questions] if keeper else []
    page = _not_stored(
        render_template("foods/questions.html", questions=questions, form=form, keeper=keeper, on_device_only=left)
    )
    page.status_code = status
    return page


def _not_stored(page: str) -> Response:
    """A page with a person's own words, of which no browser keeps a copy for the next who uses it."""
    response = make_response(page)
    response.cache_control.no_store = True
    return response


def _keep_on_device(page: Response, name: str, value: str, for_how_long: timedelta, path: str = "/") -> None:
    """Set a cookie, or take it away where there is nothing to keep."""
    if value:
        page.set_cookie(
            name, value, max_age=for_how_long, path=path, httponly=True, samesite="Lax", secure=request.is_secure
        )
    else:
        page.delete_cookie(name, path=path, httponly=True, samesite="Lax", secure=request.is_secure)


def is_strict() -> bool:
    """Did the person, or this device, ask for the strictest of all sheets?"""
    return bool(current_app.extensions["is_strict"]())


def _keeper() -> Keeper | None:
    """What keeps things for the person who is here; None for a stranger, whose device does."""
    return cast("Keeper | None", current_app.extensions["kept"]())


@pages.get("/strict")
def strict() -> ResponseReturnValue:
    """What the strict setting does, and the switch."""
    return _strict_page(is_strict())


@pages.post("/strict")
def set_strict() -> ResponseReturnValue:
    """Turn the strict setting on or off: for the patient's whole household, for anybody else on this device."""
    on, keeper = request.form.get("strict") == "on", _keeper()
    if keeper and keeper.is_patient and on:
        keeper.keep_unless_changed(STRICT, "", {}, 0)
    elif keeper and keeper.is_patient:
        keeper.drop(STRICT)
    page = make_response(_strict_page(on or _is_kept_strict()))
    _keep_on_device(page, STRICT, "on" if on and not (keeper and keeper.is_patient) else "", STRICT_KEPT_FOR)
    return page


def _is_kept_strict() -> bool:
    keeper = _keeper()
    return keeper is not None and keeper.read(STRICT) is not None


def _strict_page(on: bool) -> str:
    facts = current_app.extensions["facts"]
    hospitals = [facts.protocols[slug] for slug in facts.table.sheets]
    return render_template("foods/strict.html", on=on, hospitals=hospitals, keeper=_keeper(), is_kept=_is_kept_strict())


# ---- Foods that are missing ----


AWAY = "We cannot keep anything at the moment. Please try again later."


@pages.post("/foods/report")
def report() -> ResponseReturnValue:
    """Take the name of a food that we do not know, for whoever keeps the facts. Checking works whatever becomes of it."""
    form = MissingFood(request.form)
    if not form.validate():
        return render_template("foods/reported.html", form=form, name=form.name.data), 400
    if judge(_table(), form.name.data).verdict is not Verdict.UNKNOWN:
        return render_template("foods/reported.html", form=form, name=form.name.data, is_known=True)
    try:
        with current_app.extensions["database"].begin() as session:
            kept = keep_report(session, form.name.data, date.today())
    except OSError as error:
        current_app.logger.warning("a report could not be kept: %s", error.__cause__.__class__.__name__)
        return render_template("foods/reported.html", form=form, name=form.name.data, away=AWAY), 503
    return render_template("foods/reported.html", form=form, name=form.name.data, is_full=kept is Kept.FULL, is_kept=True)


# ---- The same answers with no signal ----

FACTS_KEPT_FOR = timedelta(days=365)
"""The address of the facts changes when they do, so that a device fetches them once."""
FILE_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; form-action 'none'"
"""What the checker as one file may do: run its own script. It loads nothing and sends nothing, wherever it is opened."""


def known_on_device() -> dict[str, object]:
    """What a device needs to know to answer alone: where the facts are, of what day, and whose sheet counts."""
    return _known_to_answer(_sheets(), is_strict())


def _known_to_answer(sheets: Sequence[Sheet], strict: bool) -> dict[str, object]:
    version = _facts_today().version
    return {
        "facts": f"/offline-facts.json?v={version}",
        "rarer_names": f"/offline-names.json?v={version}",
        "today": date.today(),
        "sheets": " ".join(sheet.protocol for sheet in sheets),
        "is_strict": strict,
    }


@pages.get("/offline-facts.json")
def offline_facts() -> ResponseReturnValue:
    """The facts from which a device answers when the network is gone."""
    return _kept_by_devices(_facts_today().facts)


@pages.get("/offline-names.json")
def offline_rarer_names() -> ResponseReturnValue:
    """The rarer names, which a device fetches when it has the facts."""
    return _kept_by_devices(_facts_today().rarer_names)


def _kept_by_devices(file: FactsFile) -> ResponseReturnValue:
    version = _facts_today().version
    zips = request.accept_encodings.quality("gzip") > 0
    response = Response(file.zipped if zips else file.text, mimetype="application/json")
    if zips:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(version, weak=True)
    if request.args.get("v") == version:
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = int(FACTS_KEPT_FOR.total_seconds())
    else:
        response.cache_control.no_cache = True
    return response.make_conditional(request)


@pages.get("/offline-worker.js")
def offline_worker() -> ResponseReturnValue:
    """The offline worker, at the root because it may only serve what lies below its own address."""
    return current_app.send_static_file("offline-worker.js")


@pages.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    """What a phone needs to put the app on its home screen."""
    response = current_app.send_static_file("manifest.webmanifest")
    response.mimetype = "application/manifest+json"
    return response


@pages.get("/check.html")
def check_file() -> ResponseReturnValue:
    """The checker as one file to keep: facts and script inside, and a list by verdict where no script runs."""
    known, today = current_app.extensions["facts"], date.today()
    in_order = sorted(known.table.foods.values(), key=lambda food: food.name.casefold())
    page = render_template(
        "foods/check_file.html",
        by_verdict=[(one.word, [food for food in in_order if food.verdict is one]) for one in reversed(Verdict)],
        facts=base64.b64encode(whole_file(known.table, today).zipped).decode(),
        made_on=today,
        script=Markup(_without_comments((Path(current_app.static_folder or "") / "checker.js").read_text("utf-8"))),
        hospitals=[known.protocols[slug] for slug in known.table.sheets],
        policy=FILE_POLICY,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _without_comments(script: str) -> str:
    """A script less its lines of comment, a tenth of it, for a file that must stay small."""
    return re.sub(r"^\s*(//|/\*\*|\*[ /]).*\n", "", script, flags=re.MULTILINE)


def _facts_today() -> OfflineFacts:
    """Made once a day, because they say of what day they are."""
    kept, today = current_app.extensions, date.today()
    if "offline" not in kept or kept["offline"].made_on != today:
        kept["offline"] = offline_files(kept["facts"].table, today)
    return cast(OfflineFacts, kept["offline"])
