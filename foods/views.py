"""Which pages answer “Can I eat this?”"""

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from foods.food import Food, FoodFinding, Verdict
from foods.forms import FoodQuestion
from foods.rules import judge, judge_all, judge_food
from foods.sheets import Sheet
from foods.table import FoodTable

pages = Blueprint("foods", __name__)

TILES = (
    ("Soft and blue cheese", "brie"),
    ("Goat's cheese", "goat's cheese"),
    ("Ham and cold meats", "ham"),
    ("Smoked fish", "smoked salmon"),
    ("Prawns and shellfish", "prawns"),
    ("Eggs", "egg"),
    ("Pâté", "pâté"),
    ("Salad in a bag", "bagged salad"),
    ("Ready meals", "ready meal"),
    ("Ice cream", "ice cream"),
    ("Frozen vegetables", "frozen peas"),
    ("Sandwiches", "shop sandwich"),
)
"""The kinds of food that people ask about most, each with a name that the box understands."""


@pages.get("/")
def check() -> ResponseReturnValue:
    """The box “Can I eat …?” and the kinds of food people ask about."""
    return render_template("foods/check.html", tiles=TILES)


@pages.get("/foods")
def answer() -> ResponseReturnValue:
    """The answer to one question, at an address that can be shared."""
    form = FoodQuestion(request.args)
    if not form.validate():
        return render_template("foods/check.html", tiles=TILES, asked=form.q.data or "", error=form.q.errors[0]), 400
    table, sheets = current_app.extensions["facts"].table, current_app.extensions["my_sheets"]()
    finding = judge(table, form.q.data, sheets)
    doubtful = bool(finding.unexplained) or not finding.about
    near = [table.foods[slug] for slug in table.names.near(form.q.data)] if doubtful else []
    only = finding.about[0].food if len(finding.about) == 1 and not doubtful else None
    worst = finding.decides.food if finding.decides and not doubtful and finding.verdict is not Verdict.OK else None
    return render_template(
        "foods/answer.html",
        finding=finding,
        near=judge_all(table, near, sheets),
        forms=judge_all(table, table.forms(only), sheets) if only else [],
        instead=_fine(table, worst, sheets) if worst else [],
    )


@pages.get("/foods/<slug>")
def food(slug: str) -> ResponseReturnValue:
    """Everything we know about one food of the table."""
    facts = current_app.extensions["facts"]
    if slug not in facts.table.foods:
        abort(404)
    table, sheets = facts.table, current_app.extensions["my_sheets"]()
    one = judge_food(table, table.foods[slug], sheets)
    return render_template(
        "foods/food.html",
        one=one,
        food=one.food,
        forms=judge_all(table, table.forms(one.food), sheets),
        instead=_fine(table, one.food, sheets),
        beside=[shown(one.food) for shown in current_app.extensions["shown_with_food"]],
    )


def _fine(table: FoodTable, food: Food, sheets: Sequence[Sheet]) -> list[FoodFinding]:
    """What to eat instead of a food, less what this person's sheets do not allow."""
    return [one for one in judge_all(table, table.instead_of(food), sheets) if one.verdict is Verdict.OK]
