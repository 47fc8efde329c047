"""Which pages answer “Whose kitchen is this?” Beginning one, joining one, signing in and out. And who is here?"""

import secrets
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import cast

from flask import Blueprint, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from households import store
from households.forms import BeginForm, JoinForm, RecoverForm, SignInForm, mistakes
from households.household import (
    ATTEMPTS,
    ATTEMPTS_ON_NAME,
    CODE_LETTERS,
    FROM_ONE_NETWORK,
    RECOVERY_CODES,
    SIGNED_IN_AT_MOST,
    Account,
    Role,
    browser_called,
    folded,
)
from households.kept import Kept, Opened
from households.passwords import hashed, is_outdated, matches, of_nobody

pages = Blueprint("households", __name__)

COOKIE, SECURE_COOKIE = "signed-in", "__Host-signed-in"
"""Under https its name makes a browser refuse one that a neighbour under the same name, or plain http, has set."""
WRONG = "That user name and password do not belong together."
WRONG_CODE = "That user name and recovery code do not belong together."
REST = "Too many tries. Wait 15 minutes, then try again."
TAKEN = "Somebody here has that user name. Choose another one."


def who_is_here() -> Account | None:
    """The person who is signed in on this browser; asked once a request. A database that is away means nobody."""
    if "account" not in g:
        token = token_here()
        g.account = _read_account(token) if token else None
    return cast(Account | None, g.account)


def token_here() -> str:
    """What this browser is known by, if somebody signed in on it; else empty."""
    return request.cookies.get(SECURE_COOKIE if request.is_secure else COOKIE, "")


def _read_account(token: str) -> Account | None:
    try:
        with the_database().begin(writes=False) as session:
            account = store.signed_in(session, token, right_now())
            # What was saved before this page was asked for stands on it. A form reads where it saves.
            g.position = the_database().position(session) if account and request.method == "GET" else ""
            is_noted = account is None or store.was_seen_lately(session, token, right_now())
    except store.NotReady as error:
        g.database_away = error
        return None
    if not is_noted:
        _note_seen(token)
    return account


def _note_seen(token: str) -> None:
    # A disk that is full keeps nobody from reading.
    with suppress(store.NotReady), the_database().begin() as session:
        store.saw_device(session, token, right_now())


def database_away() -> store.NotReady | None:
    """Why nobody can be said to be here, if it is that the database is away."""
    return cast(store.NotReady | None, g.get("database_away"))


def kept() -> Kept | None:
    """What the household of the person who is here keeps; None for a stranger."""
    account = who_is_here()
    return Kept(the_database(), account, right_now(), g.get("position", "")) if account else None


def opened(opens: str, token: str) -> Opened | None:
    """What a link that was shared opens; None for one that opens nothing. Guessing is limited. NotReady."""
    with the_database().begin(writes=False) as session:
        found = store.opened_by(session, opens, token)
    if found is None and too_often("share"):
        abort(429)
    return Opened(the_database(), found[0], opens, found[1], right_now()) if found else None


def the_database() -> store.Database:
    """Where everything is kept."""
    return cast(store.Database, current_app.extensions["database"])


def right_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def my_account() -> Account:
    """Whoever is here, on a page that only somebody who signed in may open."""
    return who_is_here() or abort(401)


# ---- Limits ----


def too_often(what: str) -> bool:
    """Was this (of FROM_ONE_NETWORK) tried too often lately from the network that asks? Notes the try. NotReady."""
    with the_database().begin() as session:
        return _is_too_often(session, what, _network(), FROM_ONE_NETWORK[what])


def too_often_for(what: str, name: str) -> bool:
    """The same as `too_often` for a name that is tried with a password or a code: from one network, and from everywhere."""
    with the_database().begin() as session:
        asked = [
            _is_too_often(session, what, f"{folded(name)} from {_network()}", ATTEMPTS),
            _is_too_often(session, what, folded(name), ATTEMPTS_ON_NAME),
            _is_too_often(session, what, _network(), FROM_ONE_NETWORK[what]),
        ]
    if any(asked):
        current_app.logger.warning("%s: too many tries", what)
    return any(asked)


def _is_too_often(session: store.Session, what: str, who: str, most: int) -> bool:
    if store.attempts(session, what, who, right_now()) >= most:
        return True
    store.note_attempt(session, what, who, right_now())
    return False


def forget_tries(session: store.Session, what: str, name: str) -> None:
    """It worked: what this network tried on that name counts no longer."""
    for who in (f"{folded(name)} from {_network()}", folded(name)):
        store.forget_attempts(session, what, who)


def _network() -> str:
    """Whoever asks, as far as their address says: for IPv6 the part of it that a household is given."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        # A socket on this machine has no address, and a proxy may say anything: all of them count as one.
        return ""
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


# ---- Beginning, signing in and out ----


@pages.get("/household/begin")
def begin() -> ResponseReturnValue:
    """The name of a kitchen, a user name and a password: all it takes."""
    return _page("begin", BeginForm(), held_here=current_app.extensions["on_device"]())


@pages.post("/household/begin")
def begin_now() -> ResponseReturnValue:
    """A new kitchen, and its first person signed in."""
    form, held_here = BeginForm(request.form), current_app.extensions["on_device"]()
    if not form.validate() or _must_rest("begin", form):
        return _page("begin", form, held_here=held_here)
    kept, codes = hashed(form.password.data), fresh_codes()
    try:
        with the_database().begin() as session:
            account = store.begin_household(session, form.kitchen.data, form.name.data, kept, right_now())
            store.keep_recovery_codes(session, account.key, codes)
            token = _sign_in(session, account)
    except store.NameTaken:
        return _taken("begin", form, held_here=held_here)
    if form.take_over.data:
        current_app.extensions["take_over"](Kept(the_database(), account, right_now()))
    return _signed_in(make_response(render_template("households/codes.html", codes=codes)), token)


def _must_rest(what: str, form: BeginForm | JoinForm) -> bool:
    if too_often(what):
        form.name.errors = [REST]
    return bool(form.name.errors)


@pages.get("/household/sign-in")
def sign_in() -> ResponseReturnValue:
    """A user name and its password."""
    return _page("sign_in", SignInForm())


@pages.post("/household/sign-in")
def sign_in_now() -> ResponseReturnValue:
    """Signed in, or the same sentence whichever of the two was wrong."""
    form = SignInForm(request.form)
    if not form.validate():
        return _page("sign_in", form)
    token = _try_to_sign_in(form)
    return _signed_in(redirect(url_for("households.kitchen"), 303), token) if token else _page("sign_in", form)


def _try_to_sign_in(form: SignInForm) -> str:
    """The token of a new device; empty when it did not work, and the form then says why. One hash, whoever it is."""
    if too_often_for("sign-in", form.name.data):
        form.name.errors = [REST]
        return ""
    with the_database().begin(writes=False) as session:
        found = store.find_account(session, form.name.data)
    account, kept = found or (None, of_nobody())
    if not matches(kept, form.password.data) or account is None:
        form.name.errors = [WRONG]
        current_app.logger.warning("sign-in: refused")
        return ""
    with the_database().begin() as session:
        forget_tries(session, "sign-in", form.name.data)
        if is_outdated(kept):
            store.set_password(session, account.key, hashed(form.password.data))
        return _sign_in(session, account)


@pages.get("/household/recover")
def recover() -> ResponseReturnValue:
    """A new password for somebody who has a recovery code."""
    return _page("recover", RecoverForm())


@pages.post("/household/recover")
def recover_now() -> ResponseReturnValue:
    """The new password counts, every other device is signed out, and the code is used up."""
    form = RecoverForm(request.form)
    if not form.validate():
        return _page("recover", form)
    if too_often_for("recover", form.name.data):
        form.name.errors = [REST]
        return _page("recover", form)
    kept = hashed(form.password.data)
    with the_database().begin() as session:
        found = store.find_account(session, form.name.data)
        account = found[0] if found else None
        if account is None or not store.use_recovery_code(session, account.key, form.code.data):
            form.name.errors = [WRONG_CODE]
            current_app.logger.warning("recover: refused")
            return _page("recover", form)
        store.set_password(session, account.key, kept)
        store.sign_out_everywhere(session, account.key)
        current_app.logger.info("account %d: new password by a recovery code", account.key)
        token = _sign_in(session, account)
    return _signed_in(redirect(url_for("households.kitchen"), 303), token)


@pages.post("/household/sign-out")
def sign_out() -> ResponseReturnValue:
    """This browser is forgotten, on the server and here."""
    with the_database().begin() as session:
        store.sign_out(session, token_here())
    current_app.logger.info("account %d signed out", my_account().key)
    return signed_out(redirect(url_for("foods.check"), 303))


def signed_out(response: Response) -> Response:
    """This browser forgets who was here, and the pages that it kept of them."""
    name = SECURE_COOKIE if request.is_secure else COOKIE
    response.delete_cookie(name, httponly=True, samesite="Lax", secure=request.is_secure)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _sign_in(session: store.Session, account: Account) -> str:
    """A new token for this browser, in the place of one it had: 256 random bits, of which only a digest is kept."""
    store.sign_out(session, token_here())
    token = secrets.token_urlsafe(32)
    store.sign_in(session, account.key, token, browser_called(request.headers.get("User-Agent", "")), right_now())
    current_app.logger.info("account %d signed in", account.key)
    g.account = account
    return token


def _signed_in(response: Response, token: str) -> Response:
    # Recovery codes may stand on it.
    response.headers["Cache-Control"] = "private, no-store"
    name = SECURE_COOKIE if request.is_secure else COOKIE
    response.set_cookie(name, token, max_age=SIGNED_IN_AT_MOST, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def fresh_codes() -> list[str]:
    """Recovery codes of 118 random bits, in four groups of six that a person can copy by hand."""
    return [
        "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(6)) for _ in range(4)) for _ in range(RECOVERY_CODES)
    ]


def _page(name: str, form: object, **more: object) -> ResponseReturnValue:
    found = mistakes(form)
    return render_template(f"households/{name}.html", form=form, mistakes=found, **more), 400 if found else 200


def _taken(name: str, form: BeginForm | JoinForm, **more: object) -> ResponseReturnValue:
    form.name.errors = [TAKEN]
    return _page(name, form, **more)


# ---- Joining a kitchen ----


@pages.get("/join/<token>")
def join(token: str) -> ResponseReturnValue:
    """What a person who was invited sees: whose kitchen it is and what they may do there."""
    with the_database().begin(writes=False) as session:
        invitation = store.invited(session, token, right_now()) or abort(404)
    return _join_page(JoinForm(), token, *invitation[1:])


def _join_page(form: JoinForm, token: str, kitchen: str, role: Role) -> ResponseReturnValue:
    """What this device holds stays there: whoever joins changes nothing of what the kitchen has chosen."""
    return _page("join", form, token=token, kitchen=kitchen, role=role, held_here=current_app.extensions["on_device"]())


@pages.post("/join/<token>")
def join_now(token: str) -> ResponseReturnValue:
    """One more person in the kitchen, signed in; the link is used up."""
    form = JoinForm(request.form)
    with the_database().begin(writes=False) as session:
        household, name, role = store.invited(session, token, right_now()) or abort(404)
    if not form.validate() or _must_rest("join", form):
        return _join_page(form, token, name, role)
    kept, codes = hashed(form.password.data), fresh_codes()
    try:
        with the_database().begin() as session:
            account = store.add_account(session, household, form.name.data, kept, role, right_now())
            if not store.use_invitation(session, token):
                abort(404)
            store.keep_recovery_codes(session, account.key, codes)
            device = _sign_in(session, account)
    except store.NameTaken:
        form.name.errors = [TAKEN]
        return _join_page(form, token, name, role)
    return _signed_in(make_response(render_template("households/codes.html", codes=codes)), device)
