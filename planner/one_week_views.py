"""Which week does an address mean, and how does it stand today? What all pages of weeks and lists begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, request, url_for
from werkzeug.datastructures import MultiDict

from foods.keeping import Keeper, KeptThing, Reads
from foods.sheets import Sheet
from planner.course import is_far_off
from planner.kept_weeks import WEEK, Known, WholeWishes, whole_wishes, with_own
from planner.kitchen import kitchen_of
from planner.plan import NotAPlan, Plan, Standing, changed_to, stands
from planner.views import keeper_here
from planner.week import Kitchen, Week, Wishes
from planner.week_forms import WeekChoices
from recipes.recipe import LibraryRecipe


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


def is_a_day(text: str) -> bool:
    """Is this a day as our addresses write it, and one that a person may mean?"""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and not is_far_off(day)


# ---- Which week an address means ----


def asked_for(day: str, reader: Reads | None = None) -> Asked | None:
    """The week that an address means: the one that is kept for that day if the address says no more, else the one it
    describes; None for an address that says what no week has. `reader` is whatever reads what is kept."""
    if not is_a_day(day):
        return None
    kept = reader.read(WEEK, day) if reader and not request.args.keys() - _ASIDE else None
    return kept_week(kept) if kept else _asked(day, request.args)


def is_kept_no_more(asked: Asked) -> bool:
    """Is this the bare address of a week that is not kept for whoever opens it, since they signed out or took it out?

    Addresses that we make for strangers say what was asked. What stood at a bare one is not what we would make now.
    """
    return asked.kept is None and not request.args.keys() - _ASIDE


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


# ---- How it stands ----


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


def my_ready(choices: WeekChoices, first_day: date, finds: bool = False) -> Ready:
    keeper = keeper_here()
    sees_days = keeper is not None and (finds or keeper.sees_days())
    return _ready(choices, first_day, keeper, sees_days, current_app.extensions["my_sheets"]())


def my_week(asked: Asked, finds: bool = False) -> Here:
    """The week of whoever asks, under today's facts and their sheets.

    `finds`: meals are to be found for it. Then infusions count whoever asks, so that no carer undoes what a patient needs
    there; what is found is not shown with them.
    """
    return _here(asked, my_ready(asked.choices, asked.plan.first_day, finds))


def shared_week(asked: Asked, kept: Reads, sheets: Sequence[Sheet]) -> Here:
    """The week of the household that shared something of it. Nothing in it tells of an infusion."""
    return _here(asked, _ready(asked.choices, asked.plan.first_day, kept, False, sheets))


def _here(asked: Asked, ready: Ready) -> Here:
    return Here(asked, ready, stands(asked.plan, ready.whole.wishes, ready.kitchen, date.today()))


# ---- Keeping it, and its paper ----


def keep_plan(keeper: Keeper, asked: Asked, plan: Plan, version: int) -> KeptThing | None:
    """Keep the plan in the place of the version that was seen. What somebody else keeps there meanwhile, else None."""
    choices = {name: value if isinstance(value, list) else [str(value)] for name, value in asked.choices.in_address.items()}
    before = {"before": asked.kept.said["asked"]} if asked.kept else {}
    return keeper.keep_unless_changed(WEEK, asked.day, {"asked": choices | plan.as_params(), **before}, version)


def address_of(asked: Asked) -> str:
    """Where this week stands."""
    return url_for("planner.week", day=asked.day, **asked.params)


def on_paper(address: str) -> dict[str, Any]:
    """What a page at an address needs to be printed on the paper that is asked for: A4 where none is that we know."""
    asked, joined = request.args.get(PAPER, ""), "&" if "?" in address else "?"
    papers = [(slug, name, f"{address}{joined}{PAPER}={slug}") for slug, name in PAPERS.items()]
    return {"papers": papers, "paper": asked if asked in PAPERS else "a4"}
