"""Which commands read recipes? `flask recipes lines` and `flask recipes check`."""

import json
from fractions import Fraction
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from foods.commands import HEADLINES, chosen_sheets, inputs, json_option, protocol_option
from foods.rules import judge
from foods.sheets import Sheet
from foods.table import FoodTable
from recipes.check import SAFE_AS_IT_SAYS, RecipeFinding, check
from recipes.draft import NoRecipe
from recipes.imports import read_one
from recipes.lines import read_line
from recipes.recipe import Recipe
from recipes.webpage import read_any

recipes = AppGroup("recipes", help="Can I cook this?")


@recipes.command("lines")
@json_option
@click.argument("lines", nargs=-1)
def lines(as_json: bool, lines: tuple[str, ...]) -> None:
    """Read each ingredient LINE: amount, unit, food, and the verdict as bought. Use - to read one a line."""
    table = current_app.extensions["facts"].table
    for line in inputs(lines, "LINE"):
        read = line_object(table, line)
        click.echo(json.dumps(read, ensure_ascii=False) if as_json else f"{line}: {read['verdict']} ({read['food']})")


def line_object(table: FoodTable, line: str) -> dict[str, object]:
    """One ingredient line as `flask recipes lines --json` prints it."""
    ingredient = read_line(line)
    finding = judge(table, ingredient.food or line)
    decides = finding.decides
    return {
        "line": line,
        "amount": _number(ingredient.amount),
        "unit": ingredient.unit,
        "food": decides.food.slug if decides else None,
        "verdict": finding.verdict.word,
    }


def _number(amount: Fraction | None) -> float | int | None:
    if amount is None:
        return None
    return int(amount) if amount.denominator == 1 else round(float(amount), 3)


@recipes.command("check")
@protocol_option
@json_option
@click.argument("files", metavar="FILE|URL ...", nargs=-1, required=True)
def check_files(protocol: str | None, as_json: bool, files: tuple[str, ...]) -> None:
    """Check each recipe FILE, or the page at each address: a web page, a schema.org Recipe, or another planner's file."""
    facts = current_app.extensions["facts"]
    sheets = chosen_sheets(facts.table, facts.protocols, protocol)
    for file in files:
        click.echo(_checked(facts.table, file, sheets, as_json))


def _checked(table: FoodTable, file: str, sheets: tuple[Sheet, ...], as_json: bool) -> str:
    try:
        recipe = _read(file)
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror or 'this file cannot be read'}. Check its name.") from None
    except NoRecipe as error:
        answer = {"source": file, "name": "", "verdict": "unknown", "ingredients": [], "why": str(error)}
        return json.dumps(answer, ensure_ascii=False) if as_json else f"{file}: {error}"
    finding = check(table, recipe, sheets)
    return json.dumps(as_object(file, finding), ensure_ascii=False) if as_json else in_words(finding)


def _read(file: str) -> Recipe:
    if file.startswith(("http://", "https://")):
        page = current_app.extensions["fetch"](file)
        return read_any(page.content, page.address, page.charset)
    return read_one(Path(file).read_bytes(), file)


def as_object(file: str, finding: RecipeFinding) -> dict[str, object]:
    """The finding on a recipe as `flask recipes check --json` prints it."""
    return {
        "source": file,
        "name": finding.recipe.name,
        "verdict": finding.verdict.word,
        "why": finding.why,
        "ingredients": [
            {
                "line": one.ingredient.text,
                "food": one.finding.decides.food.slug if one.finding.decides else None,
                "verdict": one.verdict.word,
                "eaten": one.followed.eaten.value,
                "step": one.followed.step or None,
                "why": one.why,
            }
            for one in finding.ingredients
        ],
    }


def in_words(finding: RecipeFinding) -> str:
    """The finding on a recipe as a person reads it at a terminal."""
    headline = SAFE_AS_IT_SAYS if finding.verdict.word == "cook" else HEADLINES[finding.verdict.word]
    lines = [f"{finding.recipe.name}: {headline}.", f"  {finding.why}"]
    for one in finding.ingredients:
        if one.as_bought.word != "ok":
            step = f", step {one.followed.step}" if one.followed.step else ""
            lines.append(f"  {one.ingredient.text}: {one.verdict.word} ({one.followed.eaten.value}{step})")
    return "\n".join(lines)
