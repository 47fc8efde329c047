"""Which pages answer “Can I cook this?”"""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from foods.food import Food, Verdict
from recipes.check import check
from recipes.draft import NoRecipe
from recipes.forms import RecipeToCheck
from recipes.library import Library
from recipes.recipe import MEALS
from recipes.webpage import read_any

pages = Blueprint("recipes", __name__)


@pages.get("/recipes")
def recipes() -> ResponseReturnValue:
    """Our own recipes that can be planned under this person's sheet, by meal."""
    facts = current_app.extensions["facts"]
    sheets = current_app.extensions["my_sheets"]()
    found = [(recipe, check(facts.table, recipe, sheets)) for recipe in facts.library.recipes.values()]
    plannable = [(recipe, finding) for recipe, finding in found if finding.verdict <= Verdict.COOK and not recipe.paused]
    by_meal = {meal: [one for one in plannable if meal in one[0].meals] for meal in MEALS}
    return render_template("recipes/recipes.html", by_meal=by_meal, left_out=len(found) - len(plannable))


@pages.get("/recipes/<slug>")
def recipe(slug: str) -> ResponseReturnValue:
    """One recipe of ours, with its verdict and a mark on each ingredient."""
    facts = current_app.extensions["facts"]
    if slug not in facts.library.recipes:
        abort(404)
    found = facts.library.recipes[slug]
    finding = check(facts.table, found, current_app.extensions["my_sheets"]())
    return render_template("recipes/recipe.html", recipe=found, finding=finding)


@pages.get("/recipes/check")
def ask_check() -> ResponseReturnValue:
    """The box to paste a recipe in, and the place for a file."""
    return render_template("recipes/check.html", form=RecipeToCheck())


@pages.post("/recipes/check")
def answer_check() -> ResponseReturnValue:
    """The answer on a recipe from elsewhere. Nothing of it is kept."""
    form = RecipeToCheck(request.form, data={"file": request.files.get("file")})
    if not form.validate():
        return render_template("recipes/check.html", form=form), 400
    try:
        found = read_any(form.content, source="")
    except NoRecipe as error:
        form.text.errors = [str(error)]
        return render_template("recipes/check.html", form=form), 400
    finding = check(current_app.extensions["facts"].table, found, current_app.extensions["my_sheets"]())
    return render_template("recipes/checked.html", recipe=found, finding=finding)


def using(library: Library, food: Food) -> str:
    """The part of a food's page that lists our recipes which use it."""
    words = food.name.lower()
    found = [one for one in library.recipes.values() if any(words in line.food.lower() for line in one.ingredients)]
    return render_template("recipes/_using.html", food=food, recipes=found[:6]) if found else ""
