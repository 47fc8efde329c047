"""Which pages answer “Can I eat this?”"""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from foods.forms import FoodQuestion
from foods.rules import judge, judge_food

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
    table = current_app.extensions["facts"].table
    finding = judge(table, form.q.data, current_app.extensions["my_sheets"]())
    near = [table.foods[slug] for slug in table.names.near(form.q.data)] if finding.unexplained or not finding.about else []
    return render_template("foods/answer.html", finding=finding, near=near, table=table)


@pages.get("/foods/<slug>")
def food(slug: str) -> ResponseReturnValue:
    """Everything we know about one food of the table."""
    facts = current_app.extensions["facts"]
    if slug not in facts.table.foods:
        abort(404)
    one = judge_food(facts.table, facts.table.foods[slug], current_app.extensions["my_sheets"]())
    beside = [shown(one.food) for shown in current_app.extensions["shown_with_food"]]
    return render_template("foods/food.html", one=one, food=one.food, table=facts.table, beside=beside)
