"""Which pages answer “Can I cook this?”"""

import re
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from foods.food import Food, Verdict
from foods.offers import instead_of
from foods.rules import judge
from recipes.check import IngredientFinding, check
from recipes.choose import Chosen, Ours, choose, ours
from recipes.contents import allergens_of, needs_chilling
from recipes.draft import NoRecipe
from recipes.exports import all_as_json, as_json
from recipes.forms import LONGEST_RECIPE, HowToRead, RecipeFilter, RecipeToCheck
from recipes.imports import LARGEST_EXPORT
from recipes.leftovers import leftovers
from recipes.library import Library
from recipes.ours import check_ours, holds_ours
from recipes.recipe import MEALS, LibraryRecipe
from recipes.scale import Reading, as_read
from recipes.swaps import Answer, make_safe
from recipes.timing import minutes_in
from recipes.webpage import read_json

pages = Blueprint("recipes", __name__)


@pages.get("/recipes")
def recipes() -> ResponseReturnValue:
    """Our own recipes that fit what was asked for, those that can be planned under this person's sheet unless all are."""
    facts = current_app.extensions["facts"]
    shelf = ours(facts.table, [*facts.library.recipes.values()], current_app.extensions["my_sheets"]())
    main_foods, kinds = (sorted({getattr(one.recipe, name) for one in shelf}) for name in ("main_food", "kind"))
    form = RecipeFilter(request.args, main_foods, kinds)
    if not form.validate():
        return render_template("recipes/recipes.html", form=form, chosen=None), 400
    chosen = choose(facts.table, shelf, form.wanted)
    by_meal = _by_meal(chosen, form.wanted.meal)
    hidden = 0 if form.wanted.show_all else sum(not one.is_plannable for one in shelf)
    return render_template(
        "recipes/recipes.html", form=form, chosen=chosen, by_meal=by_meal, hidden=hidden, without_wish=_address_without
    )


def _by_meal(chosen: Chosen, meal: str) -> dict[str, list[Ours]]:
    """Each recipe once: under the meal that was asked for, else under the first of its own."""
    groups: dict[str, list[Ours]] = {name: [] for name in MEALS}
    for one in chosen.found:
        groups[meal or one.recipe.meals[0]].append(one)
    return {name: found for name, found in groups.items() if found}


def _address_without(wish: str) -> str:
    """The address of this page with one wish fewer, or with one more: "all"."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != wish and value]
    more = [("all", "y")] if not wish else []
    return f"{url_for('recipes.recipes')}?{urlencode([*asked, *more])}"


@pages.get("/recipes/<slug>")
def recipe(slug: str) -> ResponseReturnValue:
    """One recipe of ours, with its verdict and a mark on each ingredient, for as many people and in the units asked for."""
    return _show("recipes/recipe.html", slug)


@pages.get("/recipes/<slug>/cook")
def cook(slug: str) -> ResponseReturnValue:
    """The same recipe one large step at a time, to stand beside the stove."""
    return _show("recipes/cook.html", slug)


def _show(template: str, slug: str) -> ResponseReturnValue:
    facts = current_app.extensions["facts"]
    found = facts.library.recipes.get(slug) or abort(404)
    form = HowToRead(request.args)
    is_fine = form.validate()
    sheets = current_app.extensions["my_sheets"]()
    finding = check_ours(facts.table, found, sheets)
    held = holds_ours(facts.table, found)
    shown = as_read(found, form.reading if is_fine else Reading())
    return render_template(
        template,
        recipe=found,
        form=form,
        finding=replace(finding, recipe=shown),
        safer=make_safe(facts.table, found, sheets) if finding.verdict > Verdict.COOK else Answer(),
        kept=leftovers(found, sheets),
        others=_others_plates(found),
        chilled=bool(found.keeps_hours) or any(needs_chilling(facts.table.foods[food]) for food in held.foods),
        minutes=[minutes_in(step) for step in found.steps],
    ), 200 if is_fine else 400


def _others_plates(recipe: LibraryRecipe) -> list[tuple[str, list[str]]]:
    """What only the others may have under this person's sheets, each with the allergens it plainly holds."""
    table, sheets = current_app.extensions["facts"].table, current_app.extensions["my_sheets"]()
    found = [(said, judge(table, said, sheets)) for said in recipe.others_only]
    return [
        (said, sorted(frozenset[str]().union(*(allergens_of(one.food, said) for one in finding.about))))
        for said, finding in found
        if finding.verdict is not Verdict.OK
    ]


@pages.get("/recipes.json")
def all_recipes_as_json() -> ResponseReturnValue:
    """Our own recipes in schema.org's words, in one file."""
    return _download(all_as_json([*current_app.extensions["facts"].library.recipes.values()]), "recipes")


@pages.get("/recipes/<slug>.json")
def recipe_as_json(slug: str) -> ResponseReturnValue:
    """One recipe of ours in schema.org's words."""
    found = current_app.extensions["facts"].library.recipes.get(slug) or abort(404)
    return _download(as_json(found), slug)


@pages.get("/recipes/check")
def ask_check() -> ResponseReturnValue:
    """Three ways to hand in a recipe: its address, its words, or a file."""
    return render_template("recipes/check.html", form=RecipeToCheck())


@pages.post("/recipes/check")
def answer_check() -> ResponseReturnValue:
    """The answer on a recipe from elsewhere, or on each of many. Nothing of it is kept."""
    # A file may be large; what stands in a box may not.
    request.max_content_length, request.max_form_memory_size = LARGEST_EXPORT + 1_000_000, 1_000_000
    form = RecipeToCheck(request.form, data={"file": request.files.get("file")})
    if not form.validate():
        return render_template("recipes/check.html", form=form), 400
    try:
        report = form.read(current_app.extensions["fetch"])
    except NoRecipe as error:
        form.given.errors = [str(error)]
        return render_template("recipes/check.html", form=form), 400
    table, sheets = current_app.extensions["facts"].table, current_app.extensions["my_sheets"]()
    found = [(one, check(table, one.recipe, sheets) if one.recipe else None) for one in report.recipes]
    (first, finding), *more = found
    if first.recipe and finding and not more and not report.left_out:
        safer = make_safe(table, first.recipe, sheets)
        return render_template(
            "recipes/checked.html",
            recipe=first.recipe,
            finding=finding,
            safer=safer,
            use_instead=_use_instead,
            as_json=as_json,
        )
    return render_template("recipes/imported.html", found=found, left_out=report.left_out, as_json=as_json)


@pages.post("/recipes/check/recipe.json")
def checked_as_json() -> ResponseReturnValue:
    """A recipe that was checked, in schema.org's words, for another planner. It comes from the page and is not kept."""
    try:
        found = read_json(request.form.get("recipe", "")[:LONGEST_RECIPE], source="")
    except NoRecipe:
        abort(400)
    return _download(as_json(found), re.sub(r"[^a-z0-9]+", "-", found.name.lower()).strip("-")[:60] or "recipe")


def _use_instead(one: IngredientFinding) -> list[str]:
    """The names of foods to eat instead of an ingredient for which we found no way."""
    facts = current_app.extensions["facts"]
    worst = one.finding.decides
    found = instead_of(facts.table, worst.food, current_app.extensions["my_sheets"]()) if worst else ()
    return [other.food.name for other in found]


def _download(text: str, name: str) -> ResponseReturnValue:
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"', "X-Content-Type-Options": "nosniff"}
    return Response(text, mimetype="application/ld+json", headers=headers)


def using(library: Library, food: Food) -> str:
    """The part of a food's page that lists our recipes which use it."""
    words = food.name.lower()
    found = [one for one in library.recipes.values() if any(words in line.food.lower() for line in one.ingredients)]
    return render_template("recipes/_using.html", food=food, recipes=found[:6]) if found else ""
