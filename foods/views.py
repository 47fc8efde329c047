"""Which pages answer “Can I eat this?”"""

import base64
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from foods.food import Verdict
from foods.forms import FoodQuestion
from foods.offers import instead_of, offers
from foods.offline import FactsFile, OfflineFacts, offline_files, whole_file
from foods.rules import judge, judge_all, judge_food

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
    return render_template("foods/check.html", tiles=TILES, on_device=_on_device())


@pages.get("/foods")
def answer() -> ResponseReturnValue:
    """The answer to one question, at an address that can be shared."""
    form = FoodQuestion(request.args)
    if not form.validate():
        asked = {"asked": form.q.data or "", "error": form.q.errors[0]}
        return render_template("foods/check.html", tiles=TILES, on_device=_on_device(), **asked), 400
    table, sheets = current_app.extensions["facts"].table, current_app.extensions["my_sheets"]()
    finding = judge(table, form.q.data, sheets)
    beside = offers(table, finding, sheets)
    return render_template("foods/answer.html", on_device=_on_device(), finding=finding, beside=beside)


@pages.get("/foods/<slug>")
def food(slug: str) -> ResponseReturnValue:
    """Everything we know about one food of the table."""
    facts = current_app.extensions["facts"]
    if slug not in facts.table.foods:
        abort(404)
    table, sheets = facts.table, current_app.extensions["my_sheets"]()
    one = judge_food(table, table.foods[slug], sheets)
    return render_template(
        "foods/food.html",
        on_device=_on_device(),
        one=one,
        food=one.food,
        forms=judge_all(table, table.forms(one.food), sheets),
        instead=instead_of(table, one.food, sheets),
        beside=[shown(one.food) for shown in current_app.extensions["shown_with_food"]],
    )


# ---- The same answers with no signal ----

FACTS_KEPT_FOR = timedelta(days=365)
"""The address of the facts changes when they do, so that a device fetches them once."""
FILE_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; form-action 'none'"
"""What the checker as one file may do: run its own script. It loads nothing and sends nothing, wherever it is opened."""


def _on_device() -> dict[str, object]:
    """What a device needs to know to answer alone: where the facts are, of what day, and whose sheet counts."""
    sheets, version = current_app.extensions["my_sheets"](), _facts_today().version
    return {
        "facts": url_for("foods.offline_facts", v=version),
        "rarer_names": url_for("foods.offline_rarer_names", v=version),
        "today": date.today(),
        "sheets": " ".join(sheet.protocol for sheet in sheets),
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
        script=Markup((Path(current_app.static_folder or "") / "checker.js").read_text("utf-8")),
        hospitals=[known.protocols[slug] for slug in known.table.sheets],
        policy=FILE_POLICY,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _facts_today() -> OfflineFacts:
    """Made once a day, because they say of what day they are."""
    kept, today = current_app.extensions, date.today()
    if "offline" not in kept or kept["offline"].made_on != today:
        kept["offline"] = offline_files(kept["facts"].table, today)
    return cast(OfflineFacts, kept["offline"])
