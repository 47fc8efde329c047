"""Which commands serve the people who keep the food facts, and scripts?"""

import json
import sys
from collections.abc import Iterable

import click
from flask import current_app
from flask.cli import AppGroup

from foods.food import Finding, FoodFinding, SheetSays, Source
from foods.rules import judge
from foods.sheets import Sheet
from foods.store import reports
from foods.table import FoodTable

foods = AppGroup("foods", help="Can I eat this?")
protocol_option = click.option("--protocol", help="Answer for this hospital's sheet, like barts-pack.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object per input.")


@foods.command("check")
@protocol_option
@json_option
@click.argument("phrases", nargs=-1)
def check(protocol: str | None, as_json: bool, phrases: tuple[str, ...]) -> None:
    """Say whether each PHRASE can be eaten, why, and what to do. Use - to read one phrase a line."""
    facts = current_app.extensions["facts"]
    sheets = chosen_sheets(facts.table, facts.protocols, protocol)
    for phrase in inputs(phrases, "PHRASE"):
        finding = judge(facts.table, phrase, sheets)
        click.echo(json.dumps(as_object(finding), ensure_ascii=False) if as_json else in_words(facts.table, finding))


@foods.command("reports")
@json_option
def told(as_json: bool) -> None:
    """List the names of foods that people asked for and the table does not know, the most wanted first."""
    try:
        with current_app.extensions["database"].begin(writes=False) as session:
            found = reports(session)
    except OSError as error:
        raise click.ClickException(f"The database cannot be read: {error}") from error
    for one in found:
        days = {"first_on": one.first_on.isoformat(), "last_on": one.last_on.isoformat()}
        as_json_object = json.dumps({"name": one.name, "times": one.times, **days}, ensure_ascii=False)
        in_a_line = f"{one.times} × {one.name} (first on {days['first_on']}, last on {days['last_on']})"
        click.echo(as_json_object if as_json else in_a_line)
    if not found and not as_json:
        click.echo("Nobody has told us of a missing food.")


def chosen_sheets(table: FoodTable, protocols: Iterable[str], protocol: str | None) -> tuple[Sheet, ...]:
    """The sheet of the hospital named by `--protocol`, or none. Usage error for a protocol that does not exist."""
    if protocol is None:
        return ()
    known = {*protocols, *table.sheets}
    if protocol not in known:
        raise click.UsageError(f"there is no protocol called {protocol!r}. Choose one of: {', '.join(sorted(known))}")
    return (table.sheets[protocol],) if protocol in table.sheets else ()


def inputs(arguments: Iterable[str], what: str) -> list[str]:
    """The arguments, with `-` replaced by the lines of standard input. Usage error when there is nothing at all."""
    given: list[str] = []
    for argument in arguments:
        given += sys.stdin.read().splitlines() if argument == "-" else [argument]
    if not given:
        raise click.UsageError(f"give at least one {what}, or - to read them from standard input")
    return given


def as_object(finding: Finding) -> dict[str, object]:
    """The finding as `flask foods check --json` prints it."""
    decides = finding.decides
    return {
        "asked": finding.asked,
        "verdict": finding.verdict.word,
        "food": decides.food.slug if decides else None,
        "why": finding.why,
        "do_this": finding.do_this,
        "label_says": finding.label_says,
        "base": finding.base.word,
        "sheet": [_said(says) for says in decides.says] if decides else [],
        "differs": [_said(says) for says in decides.differs] if decides else [],
        "sources": [_source(source) for source in finding.sources],
    }


def _said(says: SheetSays) -> dict[str, str]:
    return {"protocol": says.protocol, "about": says.about, "verdict": says.verdict.word, "why": says.why}


def _source(source: Source) -> dict[str, str]:
    return {"authority": source.authority, "title": source.title, "address": source.address, "read": source.read_how}


HEADLINES = {
    "ok": "You can eat this",
    "cook": "Only if cooked until steaming hot all the way through",
    "unknown": "We do not know this food. Leave it until your MS team says yes",
    "avoid": "Do not eat this",
}


def in_words(table: FoodTable, finding: Finding) -> str:
    """The finding as a person reads it at a terminal."""
    lines = [f"{finding.asked}: {HEADLINES[finding.verdict.word]}.", f"  Why: {finding.why}", f"  Do: {finding.do_this}"]
    if finding.label_says:
        lines.append(f"  The label must say: {finding.label_says}")
    if not finding.about or finding.unexplained:
        near = [table.foods[slug].name for slug in table.names.near(finding.asked)]
        lines += [f"  Did you mean: {', '.join(near)}?"] if near else []
    lines += [f"  {_who_says(one)}" for one in finding.about if one.says or one.differs]
    lines += [f"  Source: {source.authority}, {source.title}" for source in finding.sources]
    return "\n".join(lines)


def _who_says(one: FoodFinding) -> str:
    said = [f"{says.source.authority}: {says.verdict.word}" for says in (*one.says, *one.differs)]
    return f"Sheets on {one.food.name}: " + "; ".join(said)
