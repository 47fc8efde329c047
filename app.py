"""Where does the app begin? create_app() reads the settings and the fact files and adds the pages. Start reading here."""

import io
import os
import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import segno
import waitress
from flask import Flask, Response, abort, current_app, g, has_request_context, redirect, render_template, request, url_for
from flask.cli import AppGroup
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

import foods.commands
import foods.views
import households.access
import households.commands
import households.kitchen_views
import households.views
import planner.calendar_views
import planner.commands
import planner.feed_views
import planner.list_views
import planner.own_sheet_views
import planner.views
import planner.week_ask_views
import planner.week_change_views
import planner.week_views
import recipes.commands
import recipes.views
from foods.datafile import Mistake
from foods.eating_out import Place, read_places
from foods.keeping import Keeper, Reads
from foods.sheets import Sheet
from foods.table import FoodTable, read_table
from households.store import Database, Full, NotReady
from planner.keeping import DATES, SHEET, Dates, KeptDates, own_sheet
from planner.own_sheet import NotASheet, OwnSheet
from planner.protocol import Protocol, read_protocols
from recipes.counts import count, wrong_marks
from recipes.draft import NoRecipe
from recipes.library import Library, read_library

if TYPE_CHECKING:
    from recipes.fetch import Page

DATA = Path(__file__).parent / "data"
LARGEST_UPLOAD = 3 * 1024 * 1024
"""Bytes. A saved recipe page is rarely more than 1 MB."""
LARGEST_FORM = 256 * 1024
"""Bytes. Forms about a household hold names and passwords, and no files."""


@dataclass(frozen=True)
class Facts:
    """Everything the app knows: read once at the start, from text files with a history."""

    table: FoodTable
    protocols: dict[str, Protocol]
    library: Library
    places: dict[str, Place]


def create_app(settings: dict[str, object] | None = None) -> Flask:
    """The app, ready to serve. A mistake in a data file stops the start-up and lists every mistake."""
    app = Flask(__name__)
    app.config.from_mapping(DATA=DATA, MAX_CONTENT_LENGTH=LARGEST_UPLOAD, MAX_FORM_MEMORY_SIZE=LARGEST_UPLOAD)
    app.config.from_mapping(DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{app.instance_path}/piping-hot.db")
    app.config.from_mapping(DATABASE_REPLICA_URL=os.environ.get("DATABASE_REPLICA_URL", ""))
    app.config.from_mapping(PROXIES=int(os.environ.get("PROXIES") or 0))
    app.config.from_mapping(FETCH=os.environ.get("FETCH", "on") != "off")
    # Without a list every name is ours, as it must be at home; with one, no other name gets into a link that we make.
    app.config.from_mapping(TRUSTED_HOSTS=os.environ.get("HOSTS", "").split() or None)
    app.config.from_mapping(settings or {})
    trust_proxies(app, app.config["PROXIES"])
    app.logger.setLevel("INFO")
    facts, mistakes = read_facts(Path(app.config["DATA"]))
    if mistakes:
        _refuse_to_start(mistakes)
    app.extensions["facts"] = facts
    app.extensions["fetch"] = fetch
    app.extensions["database"] = Database(app.config["DATABASE_URL"], app.config["DATABASE_REPLICA_URL"])
    app.extensions["kept"] = households.views.kept
    app.extensions["opened"] = households.views.opened
    app.extensions["database_away"] = households.views.database_away
    app.extensions["too_often"] = households.views.too_often
    app.extensions["my_hospital"] = my_hospital
    app.extensions["my_sheets"] = my_sheets
    app.extensions["sheets_of"] = sheets_of
    app.extensions["is_strict"] = is_strict
    app.extensions["exported"] = exported
    app.extensions["on_device"] = on_device
    app.extensions["take_over"] = take_over
    app.extensions["shown_with_food"] = [lambda food: Markup(recipes.views.using(facts.library, food))]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for package in (foods, recipes, planner, households):
        app.register_blueprint(package.views.pages)
    for group in (foods.commands.foods, recipes.commands.recipes, planner.commands.planner, data, *households.commands.ALL):
        app.cli.add_command(group)
    app.add_url_rule("/about", "about", about)
    app.add_url_rule("/health", "health", health)
    app.add_url_rule("/ready", "ready", ready)
    app.before_request(admit)
    app.after_request(secure)
    app.wsgi_app = always_say(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.context_processor(lambda: {"who_is_here": households.views.who_is_here})
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(NotReady, database_away)
    app.register_error_handler(Full, kitchen_full)
    app.register_error_handler(Exception, unforeseen)
    return app


def read_facts(folder: Path) -> tuple[Facts, list[Mistake]]:
    """Every fact in a data folder, and every mistake in it."""
    table, mistakes = read_table(folder)
    protocols, found = read_protocols(folder / "protocols.csv", set(table.sources))
    mistakes += found
    mistakes += [
        Mistake("sheets.csv", 0, "protocol", protocol, "must be a protocol of protocols.csv")
        for protocol in table.sheets
        if protocol not in protocols
    ]
    library, found = read_library(folder / "recipes", table) if not mistakes else (Library.empty(), [])
    mistakes += found
    places, found = read_places(folder / "eating_out.csv", table) if not mistakes else ({}, [])
    return Facts(table, protocols, library, places), sorted(mistakes + found)


def _refuse_to_start(mistakes: list[Mistake]) -> None:
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    lines = [*map(str, mistakes), f"{count} in the data files. Mend them, then run: flask data check"]
    sys.exit("\n".join(lines))


data = AppGroup("data", help="Is every fact file in order?")


@data.command("check")
def check_data() -> None:
    """Say that every data file is in order, and count our recipes; the start-up has stopped if there is a mistake."""
    facts = current_app.extensions["facts"]
    wrong = [mistake for recipe in facts.library.recipes.values() for mistake in wrong_marks(facts.table, recipe)]
    if wrong:
        sys.exit("\n".join(map(str, wrong)))
    sys.stdout.writelines(f"{counted}\n" for counted in count(facts.library.recipes.values()))
    sys.stdout.write(
        f"{len(facts.table.foods)} foods, {sum(len(food.names) for food in facts.table.foods.values())} names, "
        f"{len(facts.table.sheets)} sheets, {len(facts.protocols)} protocols, {len(facts.library.recipes)} recipes: "
        "no mistakes.\n"
    )


@dataclass(frozen=True)
class Chosen:
    """What decides beside our table: the hospital, the sheets that count, and whether the strictest of all was asked for."""

    hospital: Protocol | None
    sheets: tuple[Sheet, ...]
    is_strict: bool


def chosen() -> Chosen:
    """What the household of whoever asks has chosen, else this device; asked once a request."""
    if "chosen" not in g:
        g.chosen = _chosen()
    return cast(Chosen, g.chosen)


NOTHING_CHOSEN = Chosen(None, (), False)


def _chosen() -> Chosen:
    on_device = request.cookies
    if not on_device:
        # Neither a hospital of this device nor somebody who signed in on it.
        return NOTHING_CHOSEN
    by_device = _hospitals_of(on_device.get(planner.views.HOSPITAL))
    return _chosen_of(_my_choices(), by_device, on_device.get(foods.views.STRICT) == "on")


def _hospitals_of(*slugs: str | None) -> list[Protocol]:
    protocols = cast(Facts, current_app.extensions["facts"]).protocols
    return [protocols[slug] for slug in dict.fromkeys(slugs) if slug in protocols]


@dataclass(frozen=True)
class _Choices:
    """What a household keeps of what decides. Where that cannot be read, all sheets count, as if it were strict."""

    dates: Dates | None = None
    own: OwnSheet | None = None
    is_strict: bool = False


def _chosen_of(kept: _Choices, by_device: list[Protocol], strict_by_device: bool) -> Chosen:
    table = cast(Facts, current_app.extensions["facts"]).table
    hospitals = _hospitals_of(kept.dates.hospital, kept.dates.also, kept.dates.older) if kept.dates else []
    if not hospitals and not kept.own:
        hospitals = by_device
    is_strict = kept.is_strict or strict_by_device
    ours = (
        [*table.sheets.values()] if is_strict else [table.sheets[one.slug] for one in hospitals if one.slug in table.sheets]
    )
    sheets = ([kept.own.sheet(table)] if kept.own else []) + ours
    return Chosen(kept.own.protocol() if kept.own else next(iter(hospitals), None), tuple(sheets), is_strict)


def _my_choices() -> _Choices:
    """What the household of whoever asks keeps; of a stranger nothing."""
    kept = households.views.kept()
    if kept is None:
        return _Choices(is_strict=households.views.database_away() is not None)
    return _choices_in(kept)


def _choices_in(kept: Reads) -> _Choices:
    try:
        dates, own, strict = kept.read(DATES), kept.read(SHEET), kept.read(foods.views.STRICT)
        return _Choices(
            KeptDates.of(dates.said).now if dates else None, own_sheet(own.said) if own else None, strict is not None
        )
    except (OSError, NotASheet):
        return _Choices(is_strict=True)


def sheets_of(kept: Reads) -> tuple[Sheet, ...]:
    """The sheets of the household whose things these are, for what it shared. The device of whoever looks does not count."""
    return _chosen_of(_choices_in(kept), [], False).sheets


def my_hospital() -> Protocol | None:
    """The hospital that the household chose, or a stranger on this device; a cookie holds that, so that no address does."""
    return chosen().hospital


def my_sheets() -> tuple[Sheet, ...]:
    """The sheets that apply to the person asking. With several, the strictest counts for each food."""
    return chosen().sheets


def is_strict() -> bool:
    """Did they ask for the strictest of all sheets? It is taken too while what they keep cannot be read."""
    return chosen().is_strict


def on_device() -> list[str]:
    """What this device holds that a new household may keep instead, in words."""
    hospital = cast(Facts, current_app.extensions["facts"]).protocols.get(request.cookies.get(planner.views.HOSPITAL, ""))
    strict = request.cookies.get(foods.views.STRICT) == "on"
    return [*([f"your hospital: {hospital.name}"] if hospital else []), *(["the strict setting"] if strict else [])]


def take_over(kept: Keeper) -> None:
    """Keep in a new household what this device held, now that the person agreed."""
    slug = request.cookies.get(planner.views.HOSPITAL, "")
    if slug in cast(Facts, current_app.extensions["facts"]).protocols:
        kept.keep_unless_changed(DATES, "", KeptDates(Dates(slug), date.today()).as_said(), 0)
    if request.cookies.get(foods.views.STRICT) == "on":
        kept.keep_unless_changed(foods.views.STRICT, "", {}, 0)


def exported(kept: Keeper) -> dict[str, bytes]:
    """What goes into a household's export beside everything as it is kept: file name -> what stands in it."""
    return {**recipes.views.exported(kept), **planner.views.exported(kept)}


STAYS_IN = "This server does not read pages on the web. Open it yourself. Copy its ingredients and method, and paste them."
"""With FETCH=off nothing here goes out, whatever a person asks for."""


def fetch(address: str) -> "Page":
    """The page at an address on the public web. Raises NoRecipe with a sentence for the person who gave the address."""
    if not current_app.config["FETCH"]:
        raise NoRecipe(STAYS_IN)
    # Here, not above: importing it takes a sixth of a second, which most commands never need.
    from recipes.fetch import Busy
    from recipes.fetch import fetch as fetch_page

    if has_request_context() and fetched_too_often():
        raise Busy
    return fetch_page(address)


def fetched_too_often() -> bool:
    """Did this network make us go out too often lately? Without a database the limit on fetches at once is left."""
    try:
        return households.views.too_often("fetch")
    except NotReady:
        return False


def about() -> ResponseReturnValue:
    """Who made this, how each fact was read, and what nobody has checked yet."""
    facts = current_app.extensions["facts"]
    sources = sorted(facts.table.sources.values(), key=lambda source: source.authority.casefold())
    counts = {"foods": len(facts.table.foods), "recipes": len(facts.library.recipes), "protocols": len(facts.protocols)}
    return render_template("about.html", sources=sources, checked_on=facts.table.checked_on, counts=counts)


def health() -> ResponseReturnValue:
    """Is this process alive? For whatever starts it anew when it is not."""
    return Response("alive\n", mimetype="text/plain")


def ready() -> ResponseReturnValue:
    """Can this process keep and read things? For whatever sends people to it. Checking a food works without."""
    is_ready = cast(Database, current_app.extensions["database"]).is_ready()
    return Response("ready\n" if is_ready else "the database is away\n", 200 if is_ready else 503, mimetype="text/plain")


# ---- Who may send what, and what a browser may do with a page ----

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing from anywhere else, and no script or style that stands in the page itself."""
READS = ("GET", "HEAD", "OPTIONS")


def trust_proxies(app: Flask, count: int) -> None:
    """Believe what so many proxies in front of us say of who asks, by https or not, and under which name; else nobody."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def admit() -> ResponseReturnValue | None:
    """May this request come in? One function: each that is called by name costs every request some time."""
    allow_only_small_forms()
    refuse_other_sites()
    return keep_out()


def allow_only_small_forms() -> None:
    """A page about a household takes no more than its forms can hold."""
    if request.blueprint == "households":
        request.max_content_length = LARGEST_FORM


def refuse_other_sites() -> None:
    """No other site may make this person's browser change anything here. Browsers say from where a request comes."""
    if request.method in READS:
        return
    said, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if said is not None:
        fine = said in ("same-origin", "none")
    elif origin is not None:
        fine = origin == f"{request.scheme}://{request.host}"
    else:
        # Neither a browser of the last years nor one that is signed in: a script or a very old one, with nothing to lose.
        fine = not households.views.token_here()
    if not fine:
        abort(403)


def keep_out() -> ResponseReturnValue | None:
    """Whoever may not open a page is sent to sign in, or told so. A route that nobody has placed is closed."""
    endpoint = request.endpoint
    if endpoint is None:
        return None
    account = None if households.access.asks(endpoint) in OPEN_TO_ALL else households.views.who_is_here()
    if households.access.may(endpoint, account.role if account else None):
        return None
    if account is None and (away := households.views.database_away()):
        raise away
    current_app.logger.warning("refused: %s %s to account %s", request.method, endpoint, account.key if account else "none")
    if account is None and request.method == "GET" and households.access.asks(endpoint) is not None:
        return redirect(url_for("households.sign_in"), 303)
    abort(403)


ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
"""Headers of every answer: a browser may show our pages, and nothing else. What a page sets itself stays."""
OPEN_TO_ALL = (households.access.Asks.NOBODY, households.access.Asks.LINK)


Answers = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""An app as a server calls it."""


def always_say(answers: Answers) -> Answers:
    """The same app, with those headers on all that it answers."""

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def begin(status: str, said: list[tuple[str, str]], error: Any = None) -> Any:
            names = {name.lower() for name, _ in said}
            said += [(name, value) for name, value in ALWAYS if name.lower() not in names]
            return start(status, said, error)

        return answers(environ, begin)

    return wsgi


def secure(response: Response) -> Response:
    """What is said of some answers only: over https, behind a link, for whoever signed in."""
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    asked = households.access.asks(request.endpoint or "")
    if asked is households.access.Asks.LINK:
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    if request.endpoint and asked is not households.access.Asks.NOBODY:
        response.headers.setdefault("Cache-Control", "private, no-store")
    elif request.cookies or "Set-Cookie" in response.headers:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def database_away(error: NotReady) -> ResponseReturnValue:
    """What is kept cannot be read or written just now; checking a food needs none of it."""
    current_app.logger.error("the database is not ready: %s", error)
    # A disk that is full or may only be read still shows what was kept: then only saving is said not to work.
    code = 503 if request.method in READS else "unsaved"
    return render_template("errors/error.html", code=code), 503


def kitchen_full(_: Full) -> ResponseReturnValue:
    """A household keeps as much as one may: nothing that it keeps is lost, and it can make room."""
    return render_template("errors/error.html", code="full"), 413


def error_page(error: HTTPException) -> ResponseReturnValue:
    """A page that says what to do next, whatever went wrong."""
    if isinstance(error, SecurityError):
        # Asked for under a name that is not ours: not one of our pages, and no link in it, may go out under that name.
        return Response("This name is not ours.\n", 400, mimetype="text/plain")
    code = error.code or 500
    is_link = code == 404 and households.access.asks(request.endpoint or "") is households.access.Asks.LINK
    return render_template("errors/error.html", code="link" if is_link else code), code


def unforeseen(error: Exception) -> ResponseReturnValue:
    """The same page for a fault of ours; the log keeps the trace, the person does not see it."""
    current_app.logger.error("a page failed", exc_info=error)
    return render_template("errors/error.html", code=500), 500


def main() -> None:
    """Serve on HOST and PORT (127.0.0.1 and 8000), and say how to let a phone in."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    app = create_app()
    if host == "127.0.0.1":
        say = f"Piping Hot is at http://127.0.0.1:{port}. To let a phone on your network in: HOST=0.0.0.0 make run"
    else:
        address = f"http://{_address_on_network()}:{port}"
        say = f"Piping Hot is at {address}. Point your phone's camera here:\n{_qr_code(address)}"
    sys.stdout.write(say + "\n")
    sys.stdout.flush()
    # Waitress drops what a proxy says unless it is told not to; `trust_proxies` then decides whom to believe.
    drops = not app.config["PROXIES"]
    waitress.serve(app, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=drops)


def _address_on_network() -> str:
    """This machine's address as others on its network see it. No packet is sent: connecting UDP only picks a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _qr_code(address: str) -> str:
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


if __name__ == "__main__":
    main()
