"""Which pages answer “What shall we eat this week?”"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from foods.keeping import Keeper, KeptThing, Reads, version_seen
from foods.sheets import Sheet
from planner.calendar import sequence_at
from planner.course import is_far_off
from planner.forms import BOXES, mistakes
from planner.kept_weeks import WEEK, Known, WholeWishes, whole_wishes, with_own
from planner.kitchen import kitchen_of
from planner.list_keeping import LINK, LIST
from planner.meal_calendar import WeekOfMeals, meals_to_ical
from planner.plan import PARTS, SKIPPED, NotAPlan, Plan, Standing, changed_to, noted, stands
from planner.reasons import evening_before, why_picked
from planner.views import MEALS, eaters_kept, keeper_here, my_keeper, pages
from planner.week import ONE_DAY, Empty, Kitchen, Meal, Slot, Week, Wishes, balance
from planner.week_forms import LAST_SEED, WeekChoices, WeekForm
from recipes.recipe import LibraryRecipe

SHOWN_BEFORE, SHOWN_AFTER = 4, 8
"""How many kept weeks a page names, before today and from today on."""


@dataclass(frozen=True)
class Asked:
    """The week that a page is about: what was asked of it, what became of it, and whether a household keeps it."""

    choices: WeekChoices
    plan: Plan
    kept: KeptThing | None = None

    @property
    def day(self) -> str:
        """Its first day, as addresses write it."""
        return self.plan.first_day.isoformat()

    @property
    def params(self) -> dict[str, Any]:
        """What stands in its address; nothing for a week that is kept."""
        return {} if self.kept else {**self.choices.in_address, **self.plan.as_params()}

    @property
    def version(self) -> int:
        """Which version of a kept week this is; 0 for one that is not."""
        return self.kept.version if self.kept else 0


# ---- Asking for one ----


@pages.get("/week")
def ask_week() -> ResponseReturnValue:
    """What a week is asked with; sent on to the week's own address, or kept."""
    eaters = eaters_kept()
    form = WeekForm(request.args or None, data={"first_day": date.today(), **({"servings": len(eaters)} if eaters else {})})
    if not request.args:
        return _ask_page(form)
    return _to_its_address(form) if form.validate() else _ask_page(form, 400)


@pages.post("/week")
def make_week() -> ResponseReturnValue:
    """A household's week, made and kept. A week that is kept for that day already goes only when they say so."""
    form, keeper = WeekForm(request.form), my_keeper()
    if not form.validate():
        return _ask_page(form, 400)
    first_day = form.begins
    before = keeper.read(WEEK, form.day_in_address)
    if before and before.version != version_seen(request.form.get("version")):
        return _ask_page(form, 409, before)
    here = my_week(Asked(form, Plan(first_day).beginning_on(date.today())), finds=True)
    _keep(keeper, here.asked, noted(here.plan, here.kitchen), before.version if before else 0)
    return redirect(url_for("planner.week", day=form.day_in_address), 303)


def _ask_page(
    form: WeekForm,
    status: int = 200,
    in_the_way: KeptThing | None = None,
    changes: Asked | None = None,
    is_cut: bool = False,
    is_stale: bool = False,
) -> ResponseReturnValue:
    keeper = keeper_here()
    page = render_template(
        "planner/week_ask.html",
        form=form,
        mistakes=mistakes(form),
        keeps=keeper is not None and keeper.may_change,
        weeks=_weeks_kept(keeper),
        fed=keeper is not None and bool(keeper.links(MEALS)),
        in_the_way=in_the_way,
        changes=changes,
        is_cut=is_cut,
        is_stale=is_stale,
        has_sheet=bool(current_app.extensions["my_sheets"]()),
        today=date.today(),
    )
    return page, status


def _weeks_kept(keeper: Keeper | None) -> list[date]:
    """The first days of the weeks that are kept, those near today, in order."""
    days = sorted(date.fromisoformat(one.key) for one in keeper.all(WEEK)) if keeper else []
    over = [day for day in days if day + 6 * ONE_DAY < date.today()]
    return [*over[-SHOWN_BEFORE:], *days[len(over) :][:SHOWN_AFTER]]


def ask_with(day: str) -> ResponseReturnValue:
    """The questions again, with what the address says in the boxes; on to the right address where it can be read."""
    boxes = dict(zip(reversed(BOXES), [*day.split("-", 2), "", ""], strict=False))
    sent = MultiDict(request.args)
    for box, text in boxes.items():
        sent[f"first_day-{box}"] = text
    form = WeekForm(sent)
    if not form.validate():
        return _ask_page(form, 400 if is_a_day(day) else 404)
    return _ask_page(form, 400, is_cut=True) if request.args.keys() & {*PARTS} else _to_its_address(form)


def _to_its_address(form: WeekForm) -> ResponseReturnValue:
    return redirect(url_for("planner.week", day=form.day_in_address, **form.in_address), 303)


def is_a_day(text: str) -> bool:
    """Is this a day as our addresses write it, and one that a person may mean?"""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and not is_far_off(day)


# ---- One week ----


def asked_for(day: str, reader: Reads | None = None) -> Asked | None:
    """The week that an address means: the one that is kept for that day if the address says no more, else the one it
    describes; None for an address that says what no week has. `reader` is whatever reads what is kept."""
    if not is_a_day(day):
        return None
    kept = reader.read(WEEK, day) if reader and not request.args.keys() - _ASIDE else None
    return kept_week(kept) if kept else _asked(day, request.args)


def kept_week(kept: KeptThing) -> Asked | None:
    """A week as a household keeps it; None for one that this version of the app cannot read."""
    said = MultiDict((name, one) for name, values in kept.said["asked"].items() for one in values)
    return _asked(kept.key, said, kept)


def _asked(day: str, said: MultiDict[str, str], kept: KeptThing | None = None) -> Asked | None:
    choices = WeekChoices(said)
    try:
        plan = Plan.of(date.fromisoformat(day), said.to_dict(flat=False))
    except NotAPlan:
        return None
    return Asked(choices, plan, kept) if choices.validate() else None


PAPER = "paper"
PAPERS = {"a4": "A4", "a5": "A5", "a6": "A6", "letter": "Letter"}
"""The paper that a page can be made for: what the address says -> what people call it."""
MARKS = "marks"
_ASIDE = {PAPER, MARKS}
"""What an address may say that is not about the week itself."""


def _known(kept: Reads | None) -> Known:
    facts = current_app.extensions["facts"]
    return Known(facts.table, with_own(facts.library.recipes, kept), facts.protocols)


def _wishes_of(choices: WeekChoices, first_day: date, known: Known, kept: Reads | None, sees_days: bool) -> WholeWishes:
    asked, dislikes, use_up = choices.wishes(first_day), choices.dislikes.data or "", choices.use_up.data or ""
    return whole_wishes(asked, dislikes, use_up, known, kept, sees_days)


def _kitchen_for(wishes: Wishes, known: Known, sheets: Sequence[Sheet]) -> Kitchen:
    asked = (known.table, known.recipes.values(), sheets)
    return kitchen_of(*asked, True) if wishes.free_days else kitchen_of(*asked)


@dataclass(frozen=True)
class Ready:
    """All that a week is found with: what is wished of it, the recipes, and what of them may be cooked."""

    whole: WholeWishes
    recipes: Mapping[str, LibraryRecipe]
    kitchen: Kitchen

    def changed_to(self, plan: Plan) -> Plan:
        """The plan once what waits is filled, with as few other meals moved as can be."""
        return changed_to(plan, self.whole.wishes, self.kitchen, date.today())


@dataclass(frozen=True)
class Here:
    """A week under today's facts, with all that it was found with."""

    asked: Asked
    ready: Ready
    standing: Standing

    @property
    def plan(self) -> Plan:
        """What stands in it."""
        return self.standing.plan

    @property
    def week(self) -> Week:
        """Its meals."""
        return self.standing.week

    @property
    def wishes(self) -> Wishes:
        """What was wished of it, and what became of it."""
        return self.standing.wishes

    @property
    def kitchen(self) -> Kitchen:
        """What may be cooked."""
        return self.ready.kitchen


def _ready(choices: WeekChoices, first_day: date, kept: Reads | None, sees_days: bool, sheets: Sequence[Sheet]) -> Ready:
    known = _known(kept)
    whole = _wishes_of(choices, first_day, known, kept, sees_days)
    return Ready(whole, known.recipes, _kitchen_for(whole.wishes, known, sheets))


def _my_ready(choices: WeekChoices, first_day: date, finds: bool = False) -> Ready:
    keeper = keeper_here()
    sees_days = keeper is not None and (finds or keeper.sees_days())
    return _ready(choices, first_day, keeper, sees_days, current_app.extensions["my_sheets"]())


def my_week(asked: Asked, finds: bool = False) -> Here:
    """The week of whoever asks, under today's facts and their sheets.

    `finds`: meals are to be found for it. Then infusions count whoever asks, so that no carer undoes what a patient needs
    there; what is found is not shown with them.
    """
    return _here(asked, _my_ready(asked.choices, asked.plan.first_day, finds))


def shared_week(asked: Asked, kept: Reads, sheets: Sequence[Sheet]) -> Here:
    """The week of the household that shared something of it. Nothing in it tells of an infusion."""
    return _here(asked, _ready(asked.choices, asked.plan.first_day, kept, False, sheets))


def _here(asked: Asked, ready: Ready) -> Here:
    return Here(asked, ready, stands(asked.plan, ready.whole.wishes, ready.kitchen, date.today()))


@pages.get("/week/<day>")
def week(day: str) -> ResponseReturnValue:
    """Seven days of meals from this day on: the one a household keeps, or the one that the address says."""
    asked = asked_for(day, keeper_here())
    return _week_page(asked) if asked else ask_with(day)


def _week_page(asked: Asked, status: int = 200, said: str = "") -> ResponseReturnValue:
    here, keeper = my_week(asked), keeper_here()
    kitchen, found = here.kitchen, here.standing
    another = {**asked.choices.in_address, "seed": asked.choices.seed.data % LAST_SEED + 1}
    page = render_template(
        "planner/week.html",
        asked=asked,
        plan=here.plan,
        week=here.week,
        gone=found.gone,
        has_changed=found.has_changed,
        says=here.ready.whole.says,
        marks=here.ready.whole.marks,
        marks_on_paper=request.args.get(MARKS) == "on",
        said=said,
        by_day=[(one, _slots(here.week, one)) for one in here.week.days],
        balanced=balance(here.week, kitchen),
        reasons={meal.slot: why_picked(meal, here.week, here.wishes, kitchen) for meal in here.week.meals},
        evenings=_evenings(here.week, kitchen),
        wishes=here.wishes,
        kitchen=kitchen,
        recipes=here.ready.recipes,
        checked_on=current_app.extensions["facts"].table.checked_on,
        skips=SKIPPED,
        may_change=asked.kept is None or (keeper is not None and keeper.may_change),
        may_keep=asked.kept is None and keeper is not None and keeper.may_change,
        today=date.today(),
        list_address=url_for("planner.week_list", day=asked.day, **asked.params),
        another_address=url_for("planner.week", day=asked.day, **another),
        **on_paper(url_for("planner.week", day=asked.day, **{**asked.params, **_marks_asked()})),
    )
    return page, status


def _evenings(found: Week, kitchen: Kitchen) -> dict[date, list[tuple[str, str]]]:
    """What to do in the evening for the day after, by day. What falls before the week stands with its first day."""
    by_day: dict[date, list[tuple[str, str]]] = {}
    for slot, what in evening_before(found, kitchen).items():
        evening = slot.day - ONE_DAY
        when = "This evening" if evening in found.days else "The evening before"
        by_day.setdefault(max(evening, found.days[0]), []).append((when, what))
    return by_day


def _slots(found: Week, day: date) -> list[Meal | Empty]:
    """The meals of a day and the slots left empty, in the order of the day."""
    return sorted((*found.meals_on(day), *found.empty_on(day)), key=lambda one: one.slot.in_order)


@pages.get("/week/<day>/meals.ics")
def week_calendar(day: str) -> ResponseReturnValue:
    """The meals of that week for a calendar."""
    asked, now = asked_for(day, keeper_here()) or abort(404), datetime.now(UTC)
    file = meals_to_ical([of_meals(my_week(asked))], now, sequence_at(now))
    response = Response(file, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f"attachment; filename=meals-{day}.ics"
    return response


def of_meals(here: Here) -> WeekOfMeals:
    """A week as a calendar takes it."""
    names = {slug: recipe.name for slug, recipe in here.ready.recipes.items()}
    return WeekOfMeals(here.week, here.wishes.shop_days, evening_before(here.week, here.kitchen), names)


@pages.errorhandler(NotAPlan)
def not_a_plan(error: NotAPlan) -> ResponseReturnValue:
    """The questions again: what was to be shown says what cannot have been."""
    current_app.logger.warning("no plan of a week")
    return _ask_page(WeekForm(data={"first_day": date.today()}), 400, is_cut=True)


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
        plan = here.ready.changed_to(wanted) if has_to_move else noted(wanted, here.kitchen)
        _as_wanted(wanted, plan, has_to_move)
    except NotThat as error:
        return _week_page(asked, 409, str(error))
    except NotAPlan:
        return _week_page(asked, 409, "That cannot be beside what was eaten already.")
    if asked.kept and keeper:
        if _keep(keeper, asked, plan, asked.version):
            return _week_page(asked_for(day, keeper) or abort(404), 409, _MEANWHILE)
        return redirect(url_for("planner.week", day=day) + _anchor(pressed), 303)
    return redirect(_address(Asked(asked.choices, plan)) + _anchor(pressed), 303)


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


def _anchor(pressed: str) -> str:
    number = pressed.split(" ")[1][:1] if " " in pressed else ""
    return f"#day-{number}" if number else ""


def _address(asked: Asked) -> str:
    return url_for("planner.week", day=asked.day, **asked.params)


# ---- Keeping it ----


@pages.post("/week/<day>/keep")
def keep_week(day: str) -> ResponseReturnValue:
    """Keep the week that the address says. One that is kept for that day already goes only when they say so."""
    asked, keeper = asked_for(day) or abort(404), my_keeper()
    before = keeper.read(WEEK, day)
    if before and before.version != version_seen(request.form.get("version")):
        return render_template("planner/week_in_the_way.html", asked=asked, before=before, day=asked.plan.first_day), 409
    here = my_week(Asked(asked.choices, asked.plan.beginning_on(date.today())), finds=True)
    _keep(keeper, asked, noted(here.plan, here.kitchen), before.version if before else 0)
    return redirect(url_for("planner.week", day=day), 303)


@pages.post("/week/<day>/drop")
def drop_week(day: str) -> ResponseReturnValue:
    """Keep that week no longer, nor what was done to its list; a link to that list opens nothing any more."""
    keeper = my_keeper()
    keeper.withdraw_all(LINK, day)
    keeper.drop(LIST, day)
    keeper.drop(WEEK, day)
    return redirect(url_for("planner.ask_week"), 303)


def _keep(keeper: Keeper, asked: Asked, plan: Plan, version: int) -> KeptThing | None:
    """Keep the plan in the place of the version that was seen. What somebody else keeps there meanwhile, else None."""
    choices = {name: value if isinstance(value, list) else [str(value)] for name, value in asked.choices.in_address.items()}
    before = {"before": asked.kept.said["asked"]} if asked.kept else {}
    return keeper.keep_unless_changed(WEEK, asked.day, {"asked": choices | plan.as_params(), **before}, version)


@pages.post("/week/<day>/undo")
def undo_week(day: str) -> ResponseReturnValue:
    """The kept week as it was before the last change."""
    keeper = my_keeper()
    kept = keeper.read(WEEK, day) or abort(404)
    if "before" in kept.said and kept.version == version_seen(request.form.get("version")):
        keeper.keep_unless_changed(WEEK, day, {"asked": kept.said["before"]}, kept.version)
    return redirect(url_for("planner.week", day=day), 303)


# ---- What to ask of it anew ----


@pages.get("/week/<day>/ask")
def ask_again(day: str) -> ResponseReturnValue:
    """The questions with what this week was asked with, to change it and move as few meals as can be."""
    keeper = keeper_here()
    asked = asked_for(day, keeper) or abort(404)
    if asked.kept and not (keeper and keeper.may_change):
        abort(403)
    said = {**asked.choices.data, "meals": list(asked.choices.wanted_meals), "first_day": asked.plan.first_day}
    return _ask_page(WeekForm(data=said), changes=asked)


@pages.post("/week/<day>/ask")
def answer_again(day: str) -> ResponseReturnValue:
    """The same week asked for in another way."""
    keeper = keeper_here()
    asked = asked_for(day, keeper) or abort(404)
    form = WeekForm(request.form)
    if not form.validate():
        return _ask_page(form, 400, changes=asked)
    if asked.kept and not (keeper and keeper.may_change):
        abort(403)
    form.seed.data = asked.choices.seed.data
    if asked.kept and keeper:
        return _keep_changed(form, asked, keeper)
    return redirect(_address(Asked(form, _asked_anew(form, asked))), 303)


def _asked_anew(form: WeekForm, asked: Asked) -> Plan:
    """The plan under other answers. Another first day makes a new one."""
    today = date.today()
    before = my_week(asked, finds=True).plan if form.begins == asked.plan.first_day else Plan(form.begins)
    return _my_ready(form, form.begins, finds=True).changed_to(before.beginning_on(today))


def _keep_changed(form: WeekForm, asked: Asked, keeper: Keeper) -> ResponseReturnValue:
    """Keep what was asked anew. If somebody else changed that week meanwhile, no answer is lost."""
    if form.begins != asked.plan.first_day:
        there = keeper.read(WEEK, form.day_in_address)
        if there:
            return _ask_page(form, 409, there)
        _keep(keeper, Asked(form, Plan(form.begins)), _asked_anew(form, asked), 0)
        return redirect(url_for("planner.week", day=form.day_in_address), 303)
    is_stale = asked.version != version_seen(request.form.get("version"))
    if is_stale or _keep(keeper, Asked(form, asked.plan, asked.kept), _asked_anew(form, asked), asked.version):
        return _ask_page(form, 409, changes=asked_for(asked.day, keeper), is_stale=True)
    return redirect(url_for("planner.week", day=asked.day), 303)


# ---- Paper, and the list of now ----


def _marks_asked() -> dict[str, str]:
    return {MARKS: "on"} if request.args.get(MARKS) == "on" else {}


def on_paper(address: str) -> dict[str, Any]:
    """What a page at an address needs to be printed on the paper that is asked for: A4 where none is that we know."""
    asked, joined = request.args.get(PAPER, ""), "&" if "?" in address else "?"
    papers = [(slug, name, f"{address}{joined}{PAPER}={slug}") for slug, name in PAPERS.items()]
    return {"papers": papers, "paper": asked if asked in PAPERS else "a4"}


@pages.get("/list")
def list_of_now() -> ResponseReturnValue:
    """The list of the week that a household keeps for today, or of the next one; else the questions for a week."""
    keeper = keeper_here()
    coming, today = [day for day in _weeks_kept(keeper) if day + 6 * ONE_DAY >= date.today()], date.today()
    if coming:
        day = max((day for day in coming if day <= today), default=coming[0])
        return redirect(url_for("planner.week_list", day=day.isoformat()), 303)
    return redirect(url_for("planner.ask_week"), 303)
