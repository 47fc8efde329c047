"""What does a week rest on beside what was asked of it? Who eats, the treatment, what they like, and the weeks before."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from foods.food import Verdict
from foods.keeping import KeptThing, Reads
from foods.table import FoodTable
from planner.at_table import at_table, foods_named
from planner.keeping import DATES, EATERS, SHEET, Dates, KeptDates, eaters_of, own_sheet
from planner.own_sheet import NotASheet
from planner.plan import NotAPlan, Pick, Plan
from planner.protocol import Protocol
from planner.treatment_days import TreatmentDays, treatment_days
from planner.week import Eater, Meal, Wishes
from planner.weeks_before import after_these_weeks
from recipes.draft import NoRecipe
from recipes.keeping import LIKE, OWN_PREFIX, RECIPE, own_recipe
from recipes.recipe import LibraryRecipe

WEEK = "week"
"""The kind of what is kept; its key is the first day."""
_OWN = "our own sheet"
"""Stands for the sheet that a household entered, among the protocols."""


@dataclass(frozen=True)
class Known:
    """The facts that a week's wishes are read with."""

    table: FoodTable
    recipes: Mapping[str, LibraryRecipe]
    protocols: Mapping[str, Protocol]


MOST_OWN = 60
"""Own recipes that a week is planned with: each is checked anew. Those kept first count."""


def with_own(recipes: Mapping[str, LibraryRecipe], kept: Reads | None) -> Mapping[str, LibraryRecipe]:
    """Our recipes, and those of a household that it wants in its weeks."""
    if kept is None:
        return recipes
    own = (one for thing in kept.all(RECIPE) if (one := _planned(thing)))
    return {**recipes, **{one.slug: one for one in islice(own, MOST_OWN)}}


def _planned(thing: KeptThing) -> LibraryRecipe | None:
    try:
        return own_recipe(thing.said).planned(thing.key) if "in_weeks" in thing.said else None
    except NoRecipe:
        return None


@dataclass(frozen=True)
class WholeWishes:
    """Everything that is wished of a week. `says` are sentences for the page, each with whose words they are about.

    `marks` says of each day where it stands in the treatment. That is health data: it is empty for whoever may not see it.
    """

    wishes: Wishes
    says: tuple[tuple[str, str], ...] = ()
    marks: Mapping[date, tuple[str, ...]] = field(default_factory=dict)


def whole_wishes(
    asked: Wishes, dislikes: str, use_up: str, known: Known, kept: Reads | None = None, sees_days: bool = False
) -> WholeWishes:
    """What was asked of a week with all that counts beside it. `kept` is the household's, None for a stranger.

    Days without the diet count for everybody; infusion days only for whoever may see them, because a week would tell.
    """
    people = eaters_of(found.said) if kept and (found := kept.read(EATERS)) else ()
    at = at_table(people, known.table, known.recipes, dislikes)
    to_use = foods_named(use_up, known.table, known.recipes)
    wishes = replace(asked, eaters=tuple(_eaters(asked, at.eaters)), use_up=to_use.foods)
    says = (*at.says, *(("", f"We do not know “{word}”, so we cannot plan to use it up.") for word in to_use.unread))
    if kept is None:
        return WholeWishes(wishes, says)
    treatment = _treatment(asked, known, kept)
    wishes = replace(wishes, likes=_likes(kept), free_days=treatment.free_days)
    wishes = after_these_weeks(wishes, _meals_of(kept.all(WEEK), asked.first_day))
    if not sees_days:
        return WholeWishes(wishes, says)
    return WholeWishes(replace(wishes, infusions=asked.infusions | treatment.infusions), says, treatment.marks)


def _eaters(asked: Wishes, at: tuple[Eater, ...]) -> Iterator[Eater]:
    """Those at the table with as many portions as were asked for, and what the week was asked to leave out for all."""
    [form] = asked.eaters
    for number, one in enumerate(at):
        more = max(0, form.portions - len(at)) if number == 0 else 0
        yield replace(one, portions=(1 if number < form.portions else 0) + more)
    yield replace(form, on_diet=False, portions=0)


def _likes(kept: Reads) -> frozenset[str]:
    liked = (one.key.partition(":") for one in kept.all(LIKE))
    return frozenset(recipe if whose == "ours" else f"{OWN_PREFIX}{recipe}" for whose, _, recipe in liked)


def _treatment(asked: Wishes, known: Known, kept: Reads) -> TreatmentDays:
    found = kept.read(DATES)
    dates = KeptDates.of(found.said).now if found else Dates()
    protocols = known.protocols
    with suppress(NotASheet):
        if (own := kept.read(SHEET)) and not dates.hospital:
            protocols = {**protocols, _OWN: own_sheet(own.said).protocol()}
            dates = replace(dates, hospital=_OWN)
    found_days = treatment_days(asked.days, dates, protocols)
    return found_days if found else replace(found_days, marks={})


# ---- The weeks before ----


def plan_kept(thing: KeptThing) -> Plan:
    """The plan of a week that is kept. Raises NotAPlan for one that this version of the app cannot read."""
    return Plan.of(date.fromisoformat(thing.key), thing.said["asked"])


def _meals_of(weeks: Iterable[KeptThing], before: date) -> Iterator[Meal]:
    """What was had, as planned, in the weeks that began before a day."""
    for thing in weeks:
        with suppress(NotAPlan):
            if date.fromisoformat(thing.key) < before:
                yield from _meals(plan_kept(thing))


def _meals(plan: Plan) -> Iterator[Meal]:
    for pick in plan.picks:
        if pick.slot not in plan.skipped:
            yield _had(pick, pick.slot in plan.extra)


def _had(pick: Pick, is_double: bool) -> Meal:
    left_over = pick.recipe if pick.is_again else None
    return Meal(pick.slot, pick.recipe, Verdict.COOK, 0, left_over, pick.frozen_on, freeze_extra=is_double)
