"""Which pages answer “What shall we buy?” The list of a week, what becomes of it, and the link for whoever shops."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from foods.keeping import Keeper, Keeps, Opened
from foods.sheets import Sheet
from foods.table import FoodTable
from foods.views import known_on_device
from planner.aisles import ASK, DOWN, UP, USUAL, as_kept, moved, read_order
from planner.forms import mistakes
from planner.kept_weeks import WEEK
from planner.list_forms import FoodOnList
from planner.list_keeping import (
    LINK,
    change_ticks,
    is_strictest,
    keep_order,
    keep_strictest,
    order_kept,
    ticks_kept,
)
from planner.one_week_views import (
    Asked,
    Here,
    asked_for,
    is_a_day,
    is_kept_no_more,
    kept_week,
    my_week,
    on_paper,
    shared_week,
)
from planner.qr import qr_code
from planner.shop_answer import ShopAnswer, answer, answer_for_anybody, may_answer_alone
from planner.shop_rules import GENERAL, LABEL, shop_rules
from planner.shopping import AISLE_NAMES, OTHER, ShoppingList, shopping_list
from planner.ticks import NotAList, Ticks
from planner.views import keeper_here, my_keeper, pages
from planner.week_ask_views import ask_instead, ask_with

AISLES = "aisles"
"""The cookie that holds a stranger's order of the aisles, for the pages of weeks alone."""
AISLES_KEPT_FOR = timedelta(days=400)
LARGEST_LIST = 64 * 1024
"""Bytes that a device may send of a list at once."""
THIS_SERVER = "thisserver"
"""The device that ticks for a page without a script. It sees what is kept each time, so it counts for all of them."""


def _table() -> FoodTable:
    return cast(FoodTable, current_app.extensions["facts"].table)


def _my_sheets() -> tuple[Sheet, ...]:
    return cast(tuple[Sheet, ...], current_app.extensions["my_sheets"]())


# ---- The list of whoever is here ----


@pages.get("/week/<day>/list")
def week_list(day: str) -> ResponseReturnValue:
    """What to buy for that week, by aisle: as it is kept, or as its address asks for it."""
    return _my_list_page(day)


def _my_list_page(day: str, form: FoodOnList | None = None, wrong: str = "") -> ResponseReturnValue:
    """The list of a household or of a stranger, with what was wrong in a form that was sent."""
    keeper, sheets = keeper_here(), _my_sheets()
    asked = asked_for(day, keeper)
    if asked is None:
        return ask_with(day)
    if is_kept_no_more(asked):
        return ask_instead(asked.plan.first_day)
    address = _addresses(day, asked)
    return _list_page(
        my_week(asked),
        _Whose(
            answer=lambda food: answer(_table(), food, sheets),
            ticks=ticks_kept(keeper, day) if keeper else Ticks(),
            order=_my_order(keeper),
            device={**known_on_device(), "name": f"{keeper.called_on_device if keeper else 'here'} {day}"},
            addresses=address if keeper is None or keeper.may_change else {},
            is_kept=keeper is not None and keeper.may_change,
        ),
        sheets,
        form or FoodOnList(),
        wrong,
        keeper=keeper,
        can_share=asked.kept is not None,
        links=len([about for _, about, _ in keeper.links(LINK) if about == day]) if keeper and keeper.may_change else 0,
        week_address=url_for("planner.week", day=day, **asked.params),
        aisles_address=url_for("planner.aisles", day=day, **asked.params),
        **on_paper(url_for("planner.week_list", day=day, **asked.params)),
    )


def _addresses(day: str, asked: Asked) -> dict[str, str]:
    """Where the list's page sends what is done to it; merging and changing is for a household."""
    return {
        "change": url_for("planner.change_list", day=day, **asked.params),
        "merge": url_for("planner.merge_list", day=day) if keeper_here() else "",
        "ask": url_for("planner.ask_for_list", day=day, **asked.params),
    }


def _as_asked(day: str) -> dict[str, Any]:
    """What this list was asked with, as its address says it; nothing for the list of a week that is kept."""
    asked = asked_for(day, keeper_here())
    return asked.params if asked else {}


@dataclass(frozen=True)
class _Whose:
    """Whose list it is: how its foods are answered for, what happened to it, and where its page sends things."""

    answer: Callable[[str], ShopAnswer]
    ticks: Ticks
    order: tuple[str, ...]
    device: Mapping[str, object]
    addresses: Mapping[str, str]
    is_kept: bool
    is_shared: bool = False


def _list_page(
    here: Here, whose: _Whose, sheets: tuple[Sheet, ...], form: FoodOnList, wrong: str, **more: object
) -> ResponseReturnValue:
    found = [*mistakes(form), *([("list", wrong)] if wrong else [])]
    shopping = _shopping(here, whose, sheets)
    ticked = whose.ticks.ticked
    page = render_template(
        "planner/shared_list.html" if whose.is_shared else "planner/list.html",
        week=here.week,
        shopping=shopping,
        left_out=[(food, whose.answer(food)) for food in shopping.left_out],
        shop_days=sorted(here.wishes.shop_days),
        checked_on=_table().checked_on,
        rules=shop_rules(_table(), sheets),
        general_rules=GENERAL,
        label_rule=LABEL,
        today=date.today(),
        has_changed=here.standing.has_changed,
        gone=here.standing.gone,
        servings=here.wishes.servings,
        without=sorted({allergen for eater in here.wishes.eaters for allergen in eater.allergens}),
        whose=whose,
        ticked=ticked,
        seen=json.dumps({line: flag for line, flag in whose.ticks.as_said()["ticks"].items() if line in ticked}),
        state=json.dumps(whose.ticks.as_said(), ensure_ascii=False),
        by_hand=[(name, whose.answer(food)) for name, food in _by_food(whose.ticks)],
        form=form,
        mistakes=found,
        **more,
    )
    return page, 400 if found else 200


def _by_food(ticks: Ticks) -> list[tuple[str, str]]:
    """The lines added by hand in the order of the alphabet, each with its name."""
    return sorted(ticks.by_hand.items(), key=lambda line: (line[1].casefold(), line[0]))


def _shopping(here: Here, whose: _Whose, sheets: tuple[Sheet, ...]) -> ShoppingList:
    return shopping_list(here.week, here.ready.recipes, _table(), here.wishes.servings, sheets, here.wishes, whose.order)


@pages.post("/week/<day>/list")
def change_list(day: str) -> ResponseReturnValue:
    """Keep the ticks of a page without a script, add a line, or take one off."""
    _a_day(day)
    back = url_for("planner.week_list", day=day, **_as_asked(day))
    return _change(my_keeper(), day, back, lambda form, wrong: _my_list_page(day, form, wrong))


@pages.post("/week/<day>/list/merge")
def merge_list(day: str) -> ResponseReturnValue:
    """Merge what a device of the household did to the list with what is kept: the whole list, in JSON."""
    _a_day(day)
    return _merge(my_keeper(), day, lambda food: answer(_table(), food, _my_sheets()))


@pages.post("/week/<day>/list/ask")
def ask_for_list(day: str) -> ResponseReturnValue:
    """“They only have …: is it fine?” by the sheets of whoever is here."""
    _a_day(day)
    may_add, asked = keeper_here() is not None and my_keeper().may_change, _as_asked(day)
    return _answer_page(
        lambda food: answer(_table(), food, _my_sheets()),
        back=url_for("planner.week_list", day=day, **asked),
        change=url_for("planner.change_list", day=day, **asked) if may_add else "",
        again=url_for("planner.ask_for_list", day=day, **asked),
    )


def _a_day(day: str) -> None:
    if not is_a_day(day):
        abort(404)


# ---- What is done to a list, by somebody of the household or by whoever has the link ----

ShowAgain = Callable[[FoodOnList | None, str], ResponseReturnValue]
"""The list again, with a form that has mistakes or a sentence on what was wrong."""


def _change(kept: Keeps, day: str, back: str, show_again: ShowAgain) -> ResponseReturnValue:
    asked, form = request.form.get("do", ""), FoodOnList(request.form)
    if asked == "add" and not form.validate():
        return show_again(form, "")
    try:
        change_ticks(kept, day, _change_asked(asked, form))
    except NotAList as error:
        return show_again(None, str(error))
    return redirect(back + ("#by-hand" if asked != "ticks" else ""), 303)


def _change_asked(asked: str, form: FoodOnList) -> Callable[[Ticks], Ticks]:
    """What a button asks to change."""
    if asked == "ticks":
        seen, ticked = _ticks_seen(), {*request.form.getlist("ticked")}
        return lambda now: _with_boxes(now, seen, ticked)
    if asked == "add":
        name, food = secrets.token_hex(8), form.food.data
        return lambda now: now.add(name, food)
    off = asked.removeprefix("take-off-")
    return lambda now: now.take_off(off) if off in now.added else now


def _ticks_seen() -> Ticks:
    """The ticks that the page showed. NotAList."""
    try:
        return Ticks.of({"ticks": json.loads(request.form.get("seen", "")), "added": {}})
    except (ValueError, RecursionError):
        raise NotAList("Your ticks could not be read. Open the list again, then tick.") from None


def _with_boxes(now: Ticks, seen: Ticks, ticked: set[str]) -> Ticks:
    """The list as the boxes of a page say it. A tick that the page had not seen is not taken back."""
    for line in sorted(ticked - seen.ticked):
        now = now.tick(line, THIS_SERVER)
    for line in sorted(seen.ticked - ticked):
        now = now.merge(Ticks({line: seen.lines[line]}).untick(line))
    return now


def _merge(kept: Keeps, day: str, answered: Callable[[str], ShopAnswer]) -> ResponseReturnValue:
    try:
        sent = Ticks.of(_json_sent())
        merged = change_ticks(kept, day, lambda now: now.merge(sent))
    except NotAList as error:
        return {"error": str(error)}, 400
    return {**merged.as_said(), "checked": {name: answered(food).as_said() for name, food in merged.by_hand.items()}}


def _json_sent() -> object:
    """What a device sent. NotAList for what is too long or no JSON."""
    request.max_content_length = LARGEST_LIST
    try:
        return json.loads(request.get_data())
    except RequestEntityTooLarge:
        raise NotAList("That is more than a list can hold.") from None
    except (ValueError, RecursionError):
        raise NotAList("This is no list of ticks. Open the list again.") from None


def _answer_page(answered: Callable[[str], ShopAnswer], **addresses: str) -> ResponseReturnValue:
    """The answer for a food that the shop has, as a page or, for a script that asks so, in JSON."""
    form = FoodOnList(request.form)
    is_fine = form.validate()
    found = answered(form.food.data) if is_fine else None
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return (found.as_said(), 200) if found else ({"error": form.food.errors[0]}, 400)
    page = render_template("planner/list_answer.html", form=form, found=found, mistakes=mistakes(form), **addresses)
    return page, 200 if is_fine else 400


# ---- The order of the aisles ----


def _my_order(keeper: Keeper | None) -> tuple[str, ...]:
    return order_kept(keeper) if keeper else read_order(request.cookies.get(AISLES, ""))


@pages.get("/week/<day>/list/aisles")
def aisles(day: str) -> ResponseReturnValue:
    """The aisles in the order of this list, with a button to move each."""
    _a_day(day)
    return _aisles_page(day, _my_order(keeper_here()))


def _aisles_page(day: str, order: tuple[str, ...]) -> ResponseReturnValue:
    return render_template(
        "planner/aisles.html",
        aisles=[(aisle or ASK, AISLE_NAMES[aisle]) for aisle in order],
        is_usual=order == USUAL,
        keeper=keeper_here(),
        action=url_for("planner.order_aisles", day=day, **_as_asked(day)),
        back=url_for("planner.week_list", day=day, **_as_asked(day)),
    )


@pages.post("/week/<day>/list/aisles")
def order_aisles(day: str) -> ResponseReturnValue:
    """One aisle a place further up or down, or the usual order again: for a household, else on this device."""
    _a_day(day)
    keeper, (way, _, aisle) = keeper_here(), request.form.get("do", "").partition("-")
    if keeper and not keeper.may_change:
        abort(403)
    by = {"up": UP, "down": DOWN}.get(way, 0)
    order = USUAL if way == "usual" else moved(_my_order(keeper), OTHER if aisle == ASK else aisle or ASK, by)
    if keeper:
        keep_order(keeper, order)
    page = make_response(_aisles_page(day, order))
    if not keeper:
        _keep_on_device(page, as_kept(order))
    return page


def _keep_on_device(page: Any, order: str) -> None:
    rules: dict[str, Any] = {"path": "/week", "httponly": True, "samesite": "Lax", "secure": request.is_secure}
    if order:
        page.set_cookie(AISLES, order, max_age=AISLES_KEPT_FOR, **rules)
    else:
        page.delete_cookie(AISLES, **rules)


# ---- The link for whoever shops ----


@pages.post("/week/<day>/list/share")
def share_list(day: str) -> ResponseReturnValue:
    """A link that opens the list of a kept week and nothing else, shown once, with a QR code."""
    _a_day(day)
    me, token = my_keeper(), secrets.token_urlsafe(24)
    if me.read(WEEK, day) is None:
        return ask_instead(date.fromisoformat(day))
    kept_here, kept_there = _my_sheets(), cast(tuple[Sheet, ...], current_app.extensions["sheets_of"](me))
    goes_further = {sheet.protocol for sheet in kept_here} != {sheet.protocol for sheet in kept_there}
    keep_strictest(me, day, goes_further)
    me.share(LINK, day, token)
    address = url_for("planner.shared_list", token=token, _external=True)
    back = url_for("planner.week_list", day=day)
    return render_template("planner/list_share.html", address=address, code=qr_code(address), back=back)


@pages.post("/week/<day>/list/withdraw")
def withdraw_list(day: str) -> ResponseReturnValue:
    """Every link to this list opens nothing any more."""
    _a_day(day)
    my_keeper().withdraw_all(LINK, day)
    return redirect(url_for("planner.week_list", day=day) + "#share", 303)


@pages.get("/list/<token>")
def shared_list(token: str) -> ResponseReturnValue:
    """The list alone, for whoever has the link: no hospital, no names, nothing about anybody's health."""
    return _shared_list_page(token, _opened(token))


def _opened(token: str) -> Opened:
    """What the link opens; a page that is not there for one that opens nothing. How often is limited."""
    opened = cast("Opened | None", current_app.extensions["opened"](LINK, token)) or abort(404)
    if current_app.extensions["too_often"]("list"):
        abort(429)
    return opened


def _their_sheets(opened: Opened) -> tuple[Sheet, ...]:
    """The sheets of the household that shared the list; with all of ours where its own device goes by more than it keeps."""
    theirs = cast(tuple[Sheet, ...], current_app.extensions["sheets_of"](opened))
    all_of_ours = _table().sheets.values() if is_strictest(opened, opened.about) else ()
    return tuple({sheet.protocol: sheet for sheet in (*theirs, *all_of_ours)}.values())


def _shared_list_page(token: str, opened: Opened, form: FoodOnList | None = None, wrong: str = "") -> ResponseReturnValue:
    sheets = _their_sheets(opened)
    asked = kept_week(opened.read(WEEK, opened.about) or abort(404)) or abort(404)
    facts = {name: known_on_device()[name] for name in ("facts", "rarer_names", "today")}
    whose = _Whose(
        answer=lambda food: answer_for_anybody(_table(), food, sheets),
        ticks=ticks_kept(opened, opened.about),
        order=order_kept(opened),
        device={
            **facts,
            "name": f"link {hashlib.sha256(token.encode()).hexdigest()[:16]}",
            "is_strictest": True,
            "asks_first": not may_answer_alone(_table(), sheets),
        },
        addresses={
            "change": url_for("planner.change_shared_list", token=token),
            "merge": url_for("planner.merge_shared_list", token=token),
            "ask": url_for("planner.ask_for_shared_list", token=token),
        },
        is_kept=True,
        is_shared=True,
    )
    papers = on_paper(url_for("planner.shared_list", token=token))
    return _list_page(shared_week(asked, opened, sheets), whose, sheets, form or FoodOnList(), wrong, **papers)


@pages.post("/list/<token>")
def change_shared_list(token: str) -> ResponseReturnValue:
    """Keep ticks, add a line or take one off, through the link."""
    opened = _opened(token)
    back = url_for("planner.shared_list", token=token)
    return _change(opened, opened.about, back, lambda form, wrong: _shared_list_page(token, opened, form, wrong))


@pages.post("/list/<token>/merge")
def merge_shared_list(token: str) -> ResponseReturnValue:
    """Merge what a device with the link did to the list with what is kept: the whole list, in JSON."""
    opened = _opened(token)
    sheets = _their_sheets(opened)
    return _merge(opened, opened.about, lambda food: answer_for_anybody(_table(), food, sheets))


@pages.post("/list/<token>/ask")
def ask_for_shared_list(token: str) -> ResponseReturnValue:
    """“They only have …: is it fine?” by the sheets of the household that shared the list, in words that name none."""
    sheets = _their_sheets(_opened(token))
    return _answer_page(
        lambda food: answer_for_anybody(_table(), food, sheets),
        back=url_for("planner.shared_list", token=token),
        change=url_for("planner.change_shared_list", token=token),
        again=url_for("planner.ask_for_shared_list", token=token),
    )
