"""Which pages answer “Can I cook this?”"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from foods.food import Food, Verdict
from foods.keeping import Keeper, KeptThing, Opened, version_seen
from foods.offers import instead_of
from foods.rules import judge
from recipes.check import IngredientFinding, RecipeFinding, check
from recipes.choose import Chosen, Ours, choose, ours
from recipes.contents import allergens_of, needs_chilling
from recipes.draft import NoRecipe
from recipes.exports import all_as_json, as_json
from recipes.forms import LONGEST_RECIPE, HowToRead, InWeeksForm, OwnRecipeText, RecipeFilter, RecipeToCheck
from recipes.imports import LARGEST_EXPORT
from recipes.keeping import LIKE, MOST_RECIPES, RECIPE, OwnRecipe, key_of, own_recipe, typed_recipe
from recipes.leftovers import leftovers
from recipes.library import Library
from recipes.ours import check_ours, holds_ours
from recipes.recipe import MEALS, LibraryRecipe, Recipe
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
        likes=_likes(),
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
    return render_template("recipes/check.html", form=_recipe_to_check())


@pages.post("/recipes/check")
def answer_check() -> ResponseReturnValue:
    """The answer on a recipe from elsewhere, or on each of many. Nothing of it is kept."""
    # A file may be large; what stands in a box may not.
    request.max_content_length, request.max_form_memory_size = LARGEST_EXPORT + 1_000_000, 1_000_000
    form = _recipe_to_check(request.form, data={"file": request.files.get("file")})
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


def _recipe_to_check(*sent: object, **more: object) -> RecipeToCheck:
    form = RecipeToCheck(*sent, **more)
    if not current_app.config["FETCH"]:
        form.ask_no_address()
    return form


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


# ---- What a household keeps: its own recipes, what it likes, links to one recipe ----

ON_A_PAGE = 50
"""Own recipes that are listed together: each is checked anew."""
SHARED = "recipe"
"""What a link to one recipe opens, as links are listed."""


def _kept() -> Keeper:
    return cast(Keeper, current_app.extensions["kept"]() or abort(401))


def _likes() -> frozenset[str]:
    """The recipes that this household likes; none for a stranger."""
    kept = cast("Keeper | None", current_app.extensions["kept"]())
    return frozenset(one.key for one in kept.all(LIKE)) if kept else frozenset()


def _checked(recipe: Recipe) -> RecipeFinding:
    return check(current_app.extensions["facts"].table, recipe, current_app.extensions["my_sheets"]())


@pages.get("/recipes/mine")
def my_recipes() -> ResponseReturnValue:
    """Our household's own recipes, each with its verdict today, and the ones we like."""
    kept, library, likes = _kept().all(RECIPE), current_app.extensions["facts"].library.recipes, _likes()
    pages = max(1, -(-len(kept) // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    own = [(one.key, own_recipe(one.said).recipe) for one in kept[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]]
    found = [(key, recipe, _checked(recipe)) for key, recipe in own]
    liked = [library[slug] for slug in library if f"ours:{slug}" in likes]
    return render_template("recipes/my_recipes.html", found=found, liked=liked, likes=likes, page=page, pages=pages)


@pages.post("/recipes/mine")
def keep_recipe() -> ResponseReturnValue:
    """Keep a recipe that was checked. It comes from the page."""
    kept, recipe = _kept(), _recipe_sent()
    if len(kept.all(RECIPE)) >= MOST_RECIPES:
        abort(413)
    key, number = key_of(recipe.name), 1
    while kept.keep_unless_changed(RECIPE, key, OwnRecipe(recipe).as_said(), 0):
        number += 1
        key = f"{key_of(recipe.name)}-{number}"
    return redirect(url_for("recipes.my_recipe", key=key), 303)


def _recipe_sent() -> Recipe:
    try:
        return read_json(request.form.get("recipe", "")[:LONGEST_RECIPE], source="")
    except NoRecipe:
        abort(400)


def _mine(key: str) -> KeptThing:
    return _kept().read(RECIPE, key) or abort(404)


@pages.get("/recipes/mine/<key>")
def my_recipe(key: str) -> ResponseReturnValue:
    """One own recipe, with its verdict as it is today."""
    return _my_recipe_page(key)


def _my_recipe_page(key: str, sent: InWeeksForm | None = None) -> ResponseReturnValue:
    found = _mine(key)
    own = own_recipe(found.said)
    kept = own.in_weeks
    page = render_template(
        "recipes/my_recipe.html",
        key=key,
        own=own,
        told=dict(own.told),
        kept=found,
        may_change=_kept().may_change,
        finding=_checked(own.recipe),
        before=_checked(own.found) if own.found else None,
        likes=_likes(),
        form=sent or InWeeksForm(data={"meals": list(kept.meals), "minutes": kept.minutes} if kept else {}),
        mistakes=[(field.id, field.errors[0]) for field in sent if field.errors] if sent else [],
    )
    return page, 400 if sent else 200


@pages.post("/recipes/mine/<key>/weeks")
def plan_recipe(key: str) -> ResponseReturnValue:
    """Take an own recipe into weeks, or out of them."""
    form = InWeeksForm(request.form)
    if not form.validate():
        return _my_recipe_page(key, form)
    return _merge(key, lambda own: replace(own, in_weeks=form.in_weeks))


@pages.get("/recipes/mine/<key>/change")
def ask_change_recipe(key: str) -> ResponseReturnValue:
    """The text of an own recipe, to change."""
    found = _mine(key)
    recipe = own_recipe(found.said).recipe
    text = {
        "name": recipe.name,
        "ingredients": "\n".join(line.text for line in recipe.ingredients),
        "steps": "\n".join(recipe.steps),
    }
    return render_template("recipes/change.html", key=key, form=OwnRecipeText(data=text), version=found.version)


@pages.post("/recipes/mine/<key>/change")
def change_recipe(key: str) -> ResponseReturnValue:
    """Another text for an own recipe. If somebody else changed it meanwhile, the person chooses."""
    form, version = OwnRecipeText(request.form), version_seen(request.form.get("version"))
    found = _mine(key)
    own = own_recipe(found.said)
    if not form.validate():
        return render_template("recipes/change.html", key=key, form=form, version=version), 400
    try:
        changed = own.changed(typed_recipe(form.name.data, form.ingredients.data, form.steps.data, own.recipe))
    except NoRecipe as error:
        form.steps.errors = [str(error)]
        return render_template("recipes/change.html", key=key, form=form, version=version), 400
    if theirs := _kept().keep_unless_changed(RECIPE, key, changed.as_said(), version):
        now = own_recipe(theirs.said).recipe
        page = render_template("recipes/choose.html", key=key, form=form, mine=changed.recipe, theirs=theirs, now=now)
        return page, 409
    return redirect(url_for("recipes.my_recipe", key=key), 303)


@pages.post("/recipes/mine/<key>/tell")
def tell_recipe(key: str) -> ResponseReturnValue:
    """Keep what a food is that we do not know. It changes no verdict. Two people's answers are put together."""
    told = dict(zip(request.form.getlist("line"), request.form.getlist("said"), strict=False))
    return _merge(key, lambda own: own.answered(told))


@pages.post("/recipes/mine/<key>/back")
def first_text(key: str) -> ResponseReturnValue:
    """Go back to the text as it was found."""
    return _merge(key, lambda own: own.changed(own.found or own.recipe))


def _merge(key: str, change: Callable[[OwnRecipe], OwnRecipe]) -> ResponseReturnValue:
    """Make one change to whatever the recipe says now."""
    found: KeptThing | None = _mine(key)
    while found:
        found = _kept().keep_unless_changed(RECIPE, key, change(own_recipe(found.said)).as_said(), found.version)
    return redirect(url_for("recipes.my_recipe", key=key), 303)


@pages.post("/recipes/mine/<key>/drop")
def drop_recipe(key: str) -> ResponseReturnValue:
    """Keep an own recipe no longer, nor what was shared of it."""
    kept = _kept()
    kept.drop(RECIPE, key)
    kept.drop(LIKE, f"mine:{key}")
    kept.withdraw_all(SHARED, f"mine:{key}")
    return redirect(url_for("recipes.my_recipes"), 303)


@pages.post("/recipes/like")
def like() -> ResponseReturnValue:
    """Like a recipe, or no longer."""
    kept, about = _kept(), _about_sent()
    if request.form.get("do") == "unlike":
        kept.drop(LIKE, about)
    else:
        kept.keep_unless_changed(LIKE, about, {}, 0)
    return redirect(_address_of(about), 303)


@pages.post("/recipes/share")
def share_recipe() -> ResponseReturnValue:
    """A link to one recipe, for somebody without an account. It is shown once."""
    about, token = _about_sent(), secrets.token_urlsafe(24)
    _kept().share(SHARED, about, token)
    address = url_for("recipes.shared_recipe", token=token, _external=True)
    return render_template("recipes/share.html", address=address, back=_address_of(about))


def _about_sent() -> str:
    """Which recipe a form is about: "ours:fish-pie" or "mine:pea-pot". 404 for one that is not there."""
    about = request.form.get("about", "")
    whose, _, key = about.partition(":")
    is_there = key in current_app.extensions["facts"].library.recipes if whose == "ours" else whose == "mine" and _mine(key)
    return about if is_there else abort(404)


def _address_of(about: str) -> str:
    whose, _, key = about.partition(":")
    return url_for("recipes.recipe", slug=key) if whose == "ours" else url_for("recipes.my_recipe", key=key)


@pages.get("/shared/recipe/<token>")
def shared_recipe(token: str) -> ResponseReturnValue:
    """One recipe, for whoever has the link: by the general table, whatever sheet its household follows."""
    opened = cast("Opened | None", current_app.extensions["opened"](SHARED, token)) or abort(404)
    recipe = _recipe_at(opened) or abort(404)
    page = make_response(
        render_template("recipes/shared_recipe.html", finding=check(current_app.extensions["facts"].table, recipe))
    )
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


def _recipe_at(opened: Opened) -> Recipe | None:
    whose, _, key = opened.about.partition(":")
    if whose == "ours":
        return cast("Recipe | None", current_app.extensions["facts"].library.recipes.get(key))
    found = opened.read(RECIPE, key)
    return own_recipe(found.said).recipe if found else None


def exported(kept: Keeper) -> Mapping[str, bytes]:
    """The household's own recipes in schema.org's words, for its export: file name -> what stands in it."""
    return {"recipes.json": all_as_json([own_recipe(one.said).recipe for one in kept.all(RECIPE)]).encode()}


def _download(text: str, name: str) -> ResponseReturnValue:
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"', "X-Content-Type-Options": "nosniff"}
    return Response(text, mimetype="application/ld+json", headers=headers)


def using(library: Library, food: Food) -> str:
    """The part of a food's page that lists our recipes which use it."""
    words = food.name.lower()
    found = [one for one in library.recipes.values() if any(words in line.food.lower() for line in one.ingredients)]
    return render_template("recipes/_using.html", food=food, recipes=found[:6]) if found else ""
