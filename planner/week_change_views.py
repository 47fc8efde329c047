"""Which buttons change a week? A swap, a lock, a tired day, an undo; and keeping a week, or keeping it no longer."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from foods.keeping import version_seen
from planner.kept_weeks import WEEK
from planner.list_keeping import LINK, LIST
from planner.one_week_views import Asked, Here, address_of, asked_for, keep_plan, my_week
from planner.plan import NotAPlan, Plan, noted
from planner.views import keeper_here, my_keeper, pages
from planner.week import ONE_DAY, Slot
from planner.week_forms import LAST_SEED
from planner.week_views import week_page

# ---- Changing it ----


class NotThat(ValueError):
    """A change that cannot be made, with a sentence for the person."""


@pages.post("/week/<day>/change")
def change_week(day: str) -> ResponseReturnValue:
    """One change to a week: a swap, a lock, a tired day. As few other meals as can be move."""
    keeper = keeper_here()
    asked = asked_for(day, keeper) or abort(404)
    if asked.kept and not (keeper and keeper.may_change):
        abort(403)
    pressed = request.form.get("do", "")
    if pressed == "anew":
        asked.choices.seed.data = asked.choices.seed.data % LAST_SEED + 1
    here = my_week(Asked(asked.choices, asked.plan.beginning_on(date.today()), asked.kept), finds=True)
    try:
        wanted, has_to_move = _pressed(here.plan, pressed, request.form)
        _has_its_evening(here, wanted)
        plan = here.ready.changed_to(wanted) if has_to_move else noted(wanted, here.kitchen)
        _as_wanted(wanted, plan, has_to_move)
    except NotThat as error:
        return week_page(asked, 409, str(error))
    except NotAPlan:
        return week_page(asked, 409, "That cannot be beside what was eaten already.")
    if asked.kept and keeper:
        if keep_plan(keeper, asked, plan, asked.version):
            return week_page(asked_for(day, keeper) or abort(404), 409, _MEANWHILE)
        return redirect(url_for("planner.week", day=day) + _anchor(pressed), 303)
    return redirect(address_of(Asked(asked.choices, plan)) + _anchor(pressed), 303)


_MEANWHILE = "Somebody changed this week while you did. Nothing of theirs is lost. Look at it, then press again."


def _pressed(plan: Plan, pressed: str, sent: Mapping[str, str]) -> tuple[Plan, bool]:
    """The plan once a button was pressed, and whether meals have to be found anew. Raises NotThat.

    A button says what it does, to which slot, and which recipe stood there when it was pressed: `swap 3d fish-pie`.
    """
    what, name, recipe = [*pressed.split(" "), "", "", ""][:3]
    if what == "fill":
        return plan, True
    if what == "anew":
        return plan.starting_anew(date.today()), True
    if what in ("tired", "rested") and name in map(str, range(1, 8)):
        day = plan.first_day + (int(name) - 1) * ONE_DAY
        return plan.resting(day, what == "tired"), True
    slot = plan.slot(name)
    if slot is None or what not in {*_MOVES, *_MARKS, "move"}:
        raise NotThat("That button is not known here. Open the week again and press it there.")
    stood = plan.by_slot.get(slot)
    if (stood.recipe if stood else "") != recipe:
        raise NotThat(_MEANWHILE)
    if what == "move":
        other = plan.slot(sent.get(f"to-{name}", ""))
        if other is None or other == slot or stood is None:
            raise NotThat("Choose the meal that it should change places with.")
        return plan.exchanging(slot, other), True
    return (_MOVES[what](plan, slot), True) if what in _MOVES else (_MARKS[what](plan, slot), False)


_MOVES: Mapping[str, Callable[[Plan, Slot], Plan]] = {
    "swap": Plan.swapping,
    "want": Plan.wanting,
    "double": lambda plan, slot: plan.doubling(slot, True),
    "once": lambda plan, slot: plan.doubling(slot, False),
    "skip-out": lambda plan, slot: plan.skipping(slot, "out"),
    "skip-else": lambda plan, slot: plan.skipping(slot, "else"),
    "skip-none": lambda plan, slot: plan.skipping(slot, "none"),
}
"""What a button does to a slot, where another meal may have to be found."""
_MARKS: Mapping[str, Callable[[Plan, Slot], Plan]] = {
    "lock": lambda plan, slot: plan.locking(slot, True),
    "unlock": lambda plan, slot: plan.locking(slot, False),
    "had": lambda plan, slot: plan.eating(slot, True),
    "not-had": lambda plan, slot: plan.eating(slot, False),
}
"""What a button only notes."""


def _as_wanted(wanted: Plan, plan: Plan, has_to_move: bool) -> None:
    """Does what was moved stand where it was put? Raises NotThat where a rule forbids it there."""
    if has_to_move and (not_frozen := wanted.extra - plan.extra) and wanted.by_slot.keys() >= not_frozen:
        slot = min(not_frozen)
        if plan.by_slot.get(slot) == wanted.by_slot[slot]:
            raise NotThat("That meal must not be frozen and kept, by its recipe or your sheet. Nothing was changed.")
    lost = [slot for slot in wanted.locked if slot not in plan.locked] if has_to_move else []
    if lost:
        slot = lost[0]
        raise NotThat(f"That cannot be: a meal would not fit {slot.meal} on {slot.day:%A}. Nothing was changed.")


def _has_its_evening(here: Here, wanted: Plan) -> None:
    """Is the evening before still to come for what was moved? Raises NotThat where it has to soak or to thaw tonight."""
    for pick in wanted.picks:
        one = here.kitchen.candidates.get(pick.recipe)
        is_moved = here.plan.by_slot.get(pick.slot) not in (None, pick)
        in_the_night = pick.frozen_on or (one and one.soaks and not pick.is_again)
        if is_moved and in_the_night and pick.slot.day <= date.today():
            raise NotThat("That meal has to soak or thaw the evening before. For that day it is too late.")


def _anchor(pressed: str) -> str:
    number = pressed.split(" ")[1][:1] if " " in pressed else ""
    return f"#day-{number}" if number else ""


# ---- Keeping it ----


@pages.post("/week/<day>/keep")
def keep_week(day: str) -> ResponseReturnValue:
    """Keep the week that the address says. One that is kept for that day already goes only when they say so."""
    asked, keeper = asked_for(day) or abort(404), my_keeper()
    before = keeper.read(WEEK, day)
    if before and before.version != version_seen(request.form.get("version")):
        return render_template("planner/week_in_the_way.html", asked=asked, before=before, day=asked.plan.first_day), 409
    here = my_week(Asked(asked.choices, asked.plan.beginning_on(date.today())), finds=True)
    keep_plan(keeper, asked, noted(here.plan, here.kitchen), before.version if before else 0)
    return redirect(url_for("planner.week", day=day), 303)


@pages.post("/week/<day>/drop")
def drop_week(day: str) -> ResponseReturnValue:
    """Keep that week no longer, nor what was done to its list; a link to that list opens nothing any more."""
    keeper = my_keeper()
    keeper.withdraw_all(LINK, day)
    keeper.drop(LIST, day)
    keeper.drop(WEEK, day)
    return redirect(url_for("planner.ask_week"), 303)


@pages.post("/week/<day>/undo")
def undo_week(day: str) -> ResponseReturnValue:
    """The kept week as it was before the last change."""
    keeper = my_keeper()
    kept = keeper.read(WEEK, day) or abort(404)
    if "before" in kept.said and kept.version == version_seen(request.form.get("version")):
        keeper.keep_unless_changed(WEEK, day, {"asked": kept.said["before"]}, kept.version)
    return redirect(url_for("planner.week", day=day), 303)
