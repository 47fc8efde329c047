"""How does a script, or whoever keeps the facts, ask the planner? `flask planner dates` and `flask planner week`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from foods.commands import chosen_sheets, protocol_option
from foods.food import Verdict
from planner.best_week import best_week
from planner.course import EARLIEST_DAY, LATEST_DAY, is_far_off, out_of_order
from planner.kitchen import kitchen_of
from planner.protocol import Anchor, Protocol, offered
from planner.sentences import dates_in_words
from planner.week import FEWEST_MINUTES, MOST_MINUTES, USUAL_MINUTES, Kitchen, Meal, Week, Wishes, balance
from planner.window import RunsBackwards, Stage, Window, say_day, stage, windows_of

planner = AppGroup("planner", help="Diet dates and weeks of meals.")

_ANCHOR_NAMES = {anchor.value.replace(" ", "-"): anchor for anchor in Anchor if anchor is not Anchor.TEAM}


@planner.command("dates")
@click.option("--protocol", "slug", metavar="ID", help="Whose dates, like barts-pack.")
@click.option("--first-infusion", metavar="D", help="A day like 2026-08-14.")
@click.option("--last-infusion", metavar="D", help="The last day given, or planned.")
@click.option("--anchor", "anchors", metavar="NAME=D", multiple=True, help="Another day: " + ", ".join(_ANCHOR_NAMES))
@click.option("--on", metavar="D", help="The day you ask about; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def dates(
    slug: str | None,
    first_infusion: str | None,
    last_infusion: str | None,
    anchors: tuple[str, ...],
    on: str | None,
    as_json: bool,
) -> None:
    """When does a protocol's diet start and end, counted from these days?"""
    protocol = _find(current_app.extensions["facts"].protocols, slug)
    today = _read_day("--on", on) if on is not None else date.today()
    days = _read_days(_named_days(first_infusion, last_infusion, anchors))
    try:
        windows = windows_of(protocol, days)
    except RunsBackwards as error:
        raise click.UsageError(f"{error} Check the days you gave.") from None
    if as_json:
        click.echo(json.dumps(_as_json(protocol, windows, stage(windows, today)), ensure_ascii=False))
    else:
        click.echo("\n".join(dates_in_words(protocol, windows, days, today)))


def _find(protocols: Mapping[str, Protocol], slug: str | None) -> Protocol:
    known = ", ".join(protocol.slug for protocol in offered(protocols))
    if slug is None:
        raise click.UsageError(f"Say whose dates you want, like --protocol barts-pack. We know: {known}.")
    if slug not in protocols:
        raise click.UsageError(f'We do not know a protocol "{slug}". Choose one of: {known}.')
    return protocols[slug]


def _named_days(first: str | None, last: str | None, anchors: Iterable[str]) -> Iterator[tuple[str, Anchor, str]]:
    """Each day as the option it came from, its anchor and what was typed."""
    if first is not None:
        yield "--first-infusion", Anchor.FIRST_INFUSION, first
    if last is not None:
        yield "--last-infusion", Anchor.LAST_INFUSION, last
    for anchor in anchors:
        name, _, typed = anchor.partition("=")
        if name not in _ANCHOR_NAMES:
            known = ", ".join(_ANCHOR_NAMES)
            raise click.UsageError(
                f'--anchor needs a name and a day, like discharge=2026-08-14, not "{anchor}". Names: {known}.'
            )
        yield f"--anchor {name}", _ANCHOR_NAMES[name], typed


def _read_days(named: Iterable[tuple[str, Anchor, str]]) -> dict[Anchor, date]:
    days: dict[Anchor, date] = {}
    for option, anchor, typed in named:
        day = _read_day(option, typed)
        if days.setdefault(anchor, day) != day:
            raise click.UsageError(f"You gave two different days for {anchor.phrase}. Give it once.")
    for sentence in out_of_order(days).values():
        raise click.UsageError(sentence)
    return days


def _read_day(option: str, typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise click.UsageError(f'{option} must be a real date, like 2026-08-14, not "{typed}".') from None
    if is_far_off(day):
        raise click.UsageError(f"{option} must lie between {EARLIEST_DAY} and {LATEST_DAY}, like 2026-08-14, not {typed}.")
    return day


def _as_json(protocol: Protocol, windows: Iterable[Window], now: Stage) -> dict[str, Any]:
    return {"protocol": protocol.slug, "windows": [_window_as_json(window) for window in windows], "stage": now}


def _window_as_json(window: Window) -> dict[str, Any]:
    return {
        "phase": window.phase,
        "first_day": _iso(window.first_day),
        "last_day": _iso(window.last_day),
        "first_free_day": _iso(window.first_free_day),
        "starts_at_least": window.starts_at_least,
        "ends_at_least": window.ends_at_least,
        "ends_when": window.ends_when or None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@planner.command("week")
@protocol_option
@click.option("--from", "first_day", metavar="D", required=True, help="The first of seven days, like 2026-11-30.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Another number, another week.")
@click.option(
    "--minutes",
    type=click.IntRange(FEWEST_MINUTES, MOST_MINUTES),
    default=USUAL_MINUTES,
    show_default=True,
    help="Active cooking a day.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def week(protocol: str | None, first_day: str, seed: int, minutes: int, as_json: bool) -> None:
    """Which seven days of meals are fine, varied and little work? The same seed gives the same week."""
    facts = current_app.extensions["facts"]
    sheets = chosen_sheets(facts.table, facts.protocols, protocol)
    kitchen = kitchen_of(facts.table, facts.library.recipes.values(), sheets)
    found = best_week(kitchen, Wishes(_read_day("--from", first_day), minutes, seed))
    for empty in found.empty:
        click.echo(f"{say_day(empty.slot.day)}, {empty.slot.meal}: {empty.why}", err=True)
    if as_json:
        click.echo(json.dumps(_week_as_json(found), ensure_ascii=False))
    else:
        names = {recipe.slug: recipe.name for recipe in facts.library.recipes.values()}
        click.echo("\n".join(_week_in_words(found, names, kitchen)))


def _week_as_json(found: Week) -> dict[str, Any]:
    days = [{"date": day.isoformat(), "meals": [_meal_as_json(meal) for meal in found.meals_on(day)]} for day in found.days]
    return {"from": found.days[0].isoformat(), "days": days, "gap": round(found.gap, 6)}


def _meal_as_json(meal: Meal) -> dict[str, Any]:
    return {
        "slot": meal.slot.meal,
        "recipe": meal.recipe,
        "verdict": meal.verdict.word,
        "minutes": meal.minutes,
        "leftover_of": meal.leftover_of,
    }


def _week_in_words(found: Week, names: Mapping[str, str], kitchen: Kitchen) -> Iterator[str]:
    for day in found.days:
        yield f"{say_day(day)}:"
        for meal in found.meals_on(day):
            again = ", left over from dinner the day before" if meal.leftover_of else ""
            says = f"{meal.minutes} minutes, {_RECIPE_WORDS[meal.verdict]}"
            yield f"  {meal.slot.meal}: {names[meal.recipe]}{again} ({says})"
    yield from found.given_up
    yield from balance(found, kitchen)
    if found.out_of_time:
        yield "We ran out of time, so another run may give another week."


_RECIPE_WORDS = {Verdict.OK: "fine to eat", Verdict.COOK: "cook it as it says, steaming hot right through"}
