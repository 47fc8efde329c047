"""Which pages answer “Who is in our kitchen, what does it keep, and how do I leave?”"""

import secrets
from datetime import date

from flask import abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from households import store
from households.export import everything_as_json, zipped
from households.forms import ChangePasswordForm, EraseForm, InviteForm, NewCodesForm, mistakes
from households.household import Role
from households.passwords import hashed, matches
from households.views import (
    forget_tries,
    fresh_codes,
    kept,
    my_account,
    pages,
    right_now,
    signed_out,
    the_database,
    token_here,
    too_often_for,
)

NOT_YOURS = "That is not your password."


@pages.get("/household")
def kitchen() -> ResponseReturnValue:
    """Who is in it, where I am signed in, what is shared, and how to leave."""
    return _kitchen_page()


def _kitchen_page(status: int = 200, **forms: object) -> ResponseReturnValue:
    me = my_account()
    with the_database().begin(writes=False) as session:
        found = {
            "people": store.people_in(session, me.household),
            "devices": store.devices_of(session, me.key),
            "this_device": store.device_with(session, token_here()),
            "links": [
                (key, opens, _said(about), since) for key, opens, about, since in store.links_of(session, me.household)
            ],
            "invitations": store.invitations_of(session, me.household, right_now()),
        }
    shown = {
        "invite": InviteForm(),
        "password": ChangePasswordForm(),
        "codes": NewCodesForm(prefix="codes-"),
        "erase": EraseForm(prefix="erase-"),
        **forms,
    }
    wrong = [mistake for form in forms.values() for mistake in mistakes(form)]
    return render_template("households/kitchen.html", me=me, mistakes=wrong, **shown, **found), status


def _said(about: str) -> str:
    """What a link is about, where that is a day in words."""
    try:
        day = date.fromisoformat(about)
    except ValueError:
        return about
    return f"{day.day} {day:%B %Y}"


@pages.post("/household/devices/<int(max=2147483647):device>/sign-out")
def sign_out_device(device: int) -> ResponseReturnValue:
    """One of my browsers is forgotten."""
    with the_database().begin() as session:
        store.sign_out_device(session, my_account().key, device)
    return _back()


@pages.post("/household/password")
def change_password() -> ResponseReturnValue:
    """Another password; every other browser is signed out."""
    form, me = ChangePasswordForm(request.form), my_account()
    if not form.validate():
        return _kitchen_page(400, password=form)
    if not _is_mine(form.old_password.data):
        form.old_password.errors = ["That is not the password you use now."]
        return _kitchen_page(400, password=form)
    kept = hashed(form.password.data)
    with the_database().begin() as session:
        store.set_password(session, me.key, kept)
        store.sign_out_everywhere(session, me.key, but=token_here())
    current_app.logger.info("account %d: new password", me.key)
    return _back()


def _is_mine(password: str) -> bool:
    """Is this the password of whoever is here? Tried too often, it is not looked at: the browser may be in other hands."""
    me = my_account()
    if too_often_for("sign-in", me.name):
        return False
    with the_database().begin(writes=False) as session:
        found = store.find_account(session, me.name)
    if not found or not matches(found[1], password):
        return False
    with the_database().begin() as session:
        forget_tries(session, "sign-in", me.name)
    return True


@pages.post("/household/codes")
def new_codes() -> ResponseReturnValue:
    """New recovery codes; the older ones stop working. Whoever has them has the account, so they cost the password."""
    form = NewCodesForm(request.form, prefix="codes-")
    if not form.validate():
        return _kitchen_page(400, codes=form)
    if not _is_mine(form.password.data):
        form.password.errors = [NOT_YOURS]
        return _kitchen_page(400, codes=form)
    codes = fresh_codes()
    with the_database().begin() as session:
        store.keep_recovery_codes(session, my_account().key, codes)
    return render_template("households/codes.html", codes=codes)


@pages.post("/household/invite")
def invite() -> ResponseReturnValue:
    """A link for one person to join with, shown once."""
    form, me = InviteForm(request.form), my_account()
    if not form.validate():
        return _kitchen_page(400, invite=form)
    token = secrets.token_urlsafe(32)
    with the_database().begin() as session:
        store.invite(session, me.household, Role(form.role.data), token, right_now())
    address = url_for("households.join", token=token, _external=True)
    return render_template("households/invited.html", address=address, role=Role(form.role.data))


@pages.post("/household/invitations/<int(max=2147483647):invitation>/withdraw")
def withdraw_invitation(invitation: int) -> ResponseReturnValue:
    """A link to join that went to the wrong person lets nobody in."""
    with the_database().begin() as session:
        store.withdraw_invitation(session, my_account().household, invitation)
    return _back()


@pages.post("/household/people/<int(max=2147483647):person>/remove")
def remove_person(person: int) -> ResponseReturnValue:
    """One person leaves the kitchen. The patient leaves only by erasing it."""
    me = my_account()
    if person != me.key:
        with the_database().begin() as session:
            store.remove_account(session, me.household, person)
    return _back()


@pages.post("/household/share-days")
def share_days() -> ResponseReturnValue:
    """Let the others see my infusion days, or not."""
    with the_database().begin() as session:
        store.set_sharing(session, my_account().key, request.form.get("share") == "yes")
    return _back()


DATES = "calendar"
"""What the link to the patient's own calendar opens."""


@pages.post("/household/links/<int(max=2147483647):link>/withdraw")
def withdraw(link: int) -> ResponseReturnValue:
    """A link opens nothing any more. Of the calendar of their dates the patient alone decides."""
    me = my_account()
    with the_database().begin() as session:
        store.withdraw(session, me.household, link, but="" if me.role is Role.PATIENT else DATES)
    return _back()


@pages.get("/household/export")
def export() -> ResponseReturnValue:
    """Everything this kitchen keeps in one file: all as JSON, its recipes and calendar as other programs read them."""
    me, mine = my_account(), kept() or abort(401)
    with the_database().begin(writes=False) as session:
        people, links = store.people_in(session, me.household), store.links_of(session, me.household)
    files = {
        "everything.json": everything_as_json(me, people, links, mine.all()),
        **current_app.extensions["exported"](mine),
    }
    response = Response(zipped(files), mimetype="application/zip")
    response.headers["Content-Disposition"] = "attachment; filename=piping-hot-kitchen.zip"
    return response


@pages.post("/household/erase")
def erase() -> ResponseReturnValue:
    """Everything this kitchen kept is erased, for everybody in it."""
    form, me = EraseForm(request.form, prefix="erase-"), my_account()
    if not form.validate():
        return _kitchen_page(400, erase=form)
    if not _is_mine(form.password.data):
        form.password.errors = [NOT_YOURS]
        return _kitchen_page(400, erase=form)
    with the_database().begin() as session:
        store.erase_household(session, me.household)
    the_database().forget_erased()
    g.account = None
    return signed_out(make_response(render_template("households/erased.html")))


def _back() -> ResponseReturnValue:
    return redirect(url_for("households.kitchen"), 303)
