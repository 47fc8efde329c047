"""Does every recipe of another planner's file come in, or get a sentence that says why not?

The files are made here, in the shapes that each planner writes.
"""

import gzip
import io
import json
import struct
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from recipes import imports
from recipes.cooklang import read_cooklang
from recipes.draft import FAR_TOO_LONG, NoRecipe
from recipes.imports import (
    DAMAGED,
    EXPORT_TOO_LARGE,
    LOCKED,
    MOST_RECIPES,
    NO_INGREDIENTS_IN_IT,
    NO_METHOD_IN_IT,
    NOT_READ,
    NOTHING_IN_IT,
    TOO_MANY_FILES,
    UNPACKS_TOO_LARGE,
    Report,
    read_file,
    read_one,
)
from recipes.pasted import CANNOT_CUT
from recipes.recipe import Recipe
from recipes.webpage import NOT_JSON, NOT_TEXT


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def said(recipe: Recipe) -> tuple[str, list[str], tuple[str, ...], int | None]:
    return recipe.name, [line.text for line in recipe.ingredients], recipe.steps, recipe.servings


MEALIE = {
    "name": "Leek pie", "slug": "leek-pie", "recipeYield": "4 servings", "recipeServings": 4.0,
    "recipeIngredient": [
        {"title": "Filling", "quantity": 2.0, "unit": None, "food": {"name": "leek", "pluralName": "leeks"},
         "note": "sliced", "display": "2 leeks sliced", "originalText": "2 leeks, sliced", "disableAmount": False},
        {"title": None, "quantity": 0.5, "unit": {"name": "litre"}, "food": {"name": "milk"}, "note": "", "display": ""},
        {"title": "", "quantity": 1.0, "unit": None, "food": None, "note": "1 pinch of salt", "display": "1 pinch of salt"},
    ],
    "recipeInstructions": [
        {"title": "Filling", "summary": "", "text": "Boil the **leeks**.", "ingredientReferences": []},
        {"title": "", "summary": "", "text": "Bake for 40 minutes.", "ingredientReferences": []},
    ],
    "notes": [{"title": "Later", "text": "Reheat it until it steams."}],
}  # fmt: skip
MEALIE_BEFORE_1 = {
    "name": "Leek pie", "recipe_yield": "Serves 4", "description": "",
    "recipe_ingredient": [
        {"title": "Filling", "note": "2 leeks, sliced", "unit": None, "food": None, "quantity": 1, "disable_amount": True},
        {"title": None, "note": "", "unit": {"name": "litre"}, "food": {"name": "milk"}, "quantity": 0.5},
        {"title": None, "note": "1 pinch of salt", "unit": None, "food": None, "quantity": 1},
    ],
    "recipe_instructions": [{"title": "Filling", "text": "Boil the leeks."}, {"title": "", "text": "Bake for 40 minutes."}],
}  # fmt: skip
MEALIE_BACKUP = {
    "recipes": [{"id": "r1", "name": "Leek pie", "recipe_servings": 4, "recipe_yield": ""}],
    "ingredient_foods": [{"id": "f1", "name": "leeks"}, {"id": "f2", "name": "milk"}],
    "ingredient_units": [{"id": "u1", "name": "litre"}],
    "recipes_ingredients": [
        {"recipe_id": "r1", "position": 2, "title": None, "note": "1 pinch of salt", "food_id": None, "unit_id": None,
         "quantity": 1, "original_text": None},
        {"recipe_id": "r1", "position": 0, "title": "Filling", "note": "sliced", "food_id": "f1", "unit_id": None,
         "quantity": 2, "original_text": None},
        {"recipe_id": "r1", "position": 1, "title": None, "note": None, "food_id": "f2", "unit_id": "u1", "quantity": 0.5},
        {"recipe_id": "r9", "position": 1, "title": None, "note": "poison", "food_id": None, "unit_id": None, "quantity": 1},
    ],
    "recipe_instructions": [
        {"recipe_id": "r1", "position": 1, "title": "", "text": "Bake for 40 minutes."},
        {"recipe_id": "r1", "position": 0, "title": "Filling", "text": "Boil the leeks."},
    ],
}  # fmt: skip
TANDOOR = {
    "name": "Leek pie", "description": "", "keywords": [], "working_time": 10, "waiting_time": 40, "internal": True,
    "servings": 4, "servings_text": "",
    "steps": [
        {"name": "", "instruction": "Bake for {{ scale(40) }} minutes.", "ingredients": [], "order": 1},
        {"name": "Filling", "order": 0, "instruction": "Boil the **leeks**.\n\nPour {{ ingredients[1] }} over.",
         "ingredients": [
            {"food": {"name": "leeks"}, "unit": None, "amount": 2.0, "note": "sliced", "order": 0, "is_header": False,
             "no_amount": False},
            {"food": {"name": "milk"}, "unit": {"name": "litre"}, "amount": 0.5, "note": "", "order": 1, "is_header": False},
            {"food": None, "unit": None, "amount": 0, "note": "Seasoning", "order": 2, "is_header": True},
            {"food": {"name": "salt"}, "unit": {"name": "pinch"}, "amount": 0.0, "note": None, "order": 3,
             "is_header": False, "no_amount": True}]},
    ],
}  # fmt: skip
NEXTCLOUD = {
    "@context": "http://schema.org", "@type": "Recipe", "name": "Leek pie", "recipeYield": 4, "id": 12, "tool": [],
    "recipeIngredient": ["## Filling", "2 leeks, sliced", "0.5 litre milk", "1 pinch of salt"],
    "recipeInstructions": ["## Filling", "Boil the leeks.", "Bake for 40 minutes."]
}  # fmt: skip
RECIPESAGE = [{
    "@context": "http://schema.org", "@type": "Recipe", "name": "Leek pie", "recipeYield": "4 servings",
    "recipeIngredient": ["[Filling]", "2 leeks, sliced", "0.5 litre milk", "1 pinch of salt"],
    "recipeInstructions": [
        {"@type": "HowToSection", "text": "[Filling]"}, {"@type": "HowToStep", "text": "Boil the leeks."},
        {"@type": "HowToStep", "text": "Bake for 40 minutes."}],
    "comment": [{"@type": "Comment", "name": "Author Notes", "text": "Reheat it."}],
}]  # fmt: skip
PAPRIKA = {
    "name": "Leek pie", "ingredients": "Filling:\n2 leeks, sliced\n0.5 litre milk\n1 pinch of salt", "uid": "A1",
    "directions": "Filling:\nBoil the leeks.\n\nBake for 40 minutes.", "servings": "Serves 4", "notes": "Reheat it.",
    "nutritional_info": "90 kcal", "photo_data": None, "categories": [], "source_url": "", "rating": 0,
}  # fmt: skip
COOKLANG = """---
title: Leek pie
servings: 4
---
> My aunt's.

= Filling

Boil the @leeks{2}(sliced) with @salt{1%pinch} in a #large pot{} [- or a pan -] -- not for long
for ~boil{10%minutes}.

Pour over @milk{0.5%litre}. Bake for ~{40%minutes} in the #oven, then @&milk and @pepper.
"""
PIE = ("Leek pie", ["Filling:", "2 leeks, sliced", "0.5 litre milk", "1 pinch of salt"],
       ("Filling: Boil the leeks.", "Bake for 40 minutes."), 4)  # fmt: skip


def paprika(*recipes: object) -> bytes:
    packed = {f"{at}.paprikarecipe": gzip.compress(json.dumps(one).encode()) for at, one in enumerate(recipes)}
    return zipped(packed, zipfile.ZIP_STORED)


def tandoor(recipe: object, times: int = 1) -> bytes:
    inner = zipped({"recipe.json": json.dumps(recipe), "image.png": b"PNG"})
    return zipped({f"pie_{at}.zip": inner for at in range(times)}, zipfile.ZIP_STORED)


EXPORTS = {
    "Mealie, one recipe": (json.dumps(MEALIE).encode(), "leek-pie.json"),
    "Mealie, an archive": (
        zipped({"recipes/leek-pie/leek-pie.json": json.dumps(MEALIE), "recipes/leek-pie/images/original.webp": b"RIFF"}),
        "mealie.zip",
    ),
    "Mealie before version 1": (zipped({"recipes/leek-pie/leek-pie.json": json.dumps(MEALIE_BEFORE_1)}), "mealie.zip"),
    "Mealie, a whole backup": (zipped({"database.json": json.dumps(MEALIE_BACKUP), "data/users/a.png": b"PNG"}), "b.zip"),
    "Nextcloud Cookbook, one recipe": (json.dumps(NEXTCLOUD).encode(), "recipe.json"),
    "Nextcloud Cookbook, an archive": (
        zipped({"Recipes/Leek pie/recipe.json": json.dumps(NEXTCLOUD), "Recipes/Leek pie/full.jpg": b"JPG"}), "Recipes.zip",
    ),
    "RecipeSage": (json.dumps(RECIPESAGE).encode(), "recipesage-data.json-ld.json"),
    "Paprika": (paprika(PAPRIKA), "My Recipes.paprikarecipes"),
    "Paprika, one recipe": (gzip.compress(json.dumps(PAPRIKA).encode()), "Leek pie.paprikarecipe"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name"), EXPORTS.values(), ids=EXPORTS)
def test_a_recipe_of_another_planner_comes_in_whole(data: bytes, name: str) -> None:
    report = read_file(data, name)
    assert [(one.name, one.why) for one in report.recipes] == [("Leek pie", "")]
    recipe = report.recipes[0].recipe
    assert recipe
    name, ingredients, steps, servings = said(recipe)
    # Mealie's own display of a line has no comma.
    assert (name, [line.replace("leeks sliced", "leeks, sliced") for line in ingredients]) == PIE[:2]
    assert ([step.replace("**", "") for step in steps], servings) == (list(PIE[2]), PIE[3])


def test_a_recipe_of_tandoor_comes_in_with_the_foods_that_its_steps_stand_for() -> None:
    recipe = read_one(tandoor(TANDOOR), "export.zip")
    assert said(recipe) == (
        "Leek pie", ["Filling:", "2 leeks, sliced", "0.5 litre milk", "Seasoning:", "salt"],
        ("Filling: Boil the leeks.", "Pour 0.5 litre milk over.", "Bake for 40 minutes."), 4,
    )  # fmt: skip


def test_a_cooklang_file_is_read_as_a_person_reads_it() -> None:
    for data, name in (
        (COOKLANG.encode(), "pie.cook"),
        (COOKLANG.encode(), "pie.txt"),
        (zipped({"a/pie.cook": COOKLANG}), "z"),
    ):
        assert said(read_one(data, name)) == (
            "Leek pie", ["2 leeks, sliced", "1 pinch salt", "0.5 litre milk", "milk", "pepper"],
            ("Filling: Boil the leeks with salt in a large pot for 10 minutes.",
             "Pour over milk. Bake for 40 minutes in the oven, then milk and pepper."), 4,
        )  # fmt: skip


COOKLANG_LINES = {
    "one word": ("Add @salt.", ["salt"], "Add salt."),
    "many words": ("Add @ground black pepper{} to taste.", ["ground black pepper"], "Add ground black pepper to taste."),
    "an amount": ("Poke @potato{2}.", ["2 potato"], "Poke potato."),
    "a fraction and a unit": ("Glaze with @syrup{1/2%tbsp}.", ["1/2 tbsp syrup"], "Glaze with syrup."),
    "a fixed amount": ("Add @salt{=1%tsp}.", ["1 tsp salt"], "Add salt."),
    "another recipe": ("Pour @./sauces/Hollandaise{150%g} over.", ["150 g Hollandaise"], "Pour Hollandaise over."),
    "another name": ("Whisk @egg yolks|yolks{2}.", ["2 egg yolks"], "Whisk egg yolks."),
    "optional": ("Add @?thyme{}.", ["thyme"], "Add thyme."),
    "a hyphen": ("Add @half-fat milk{}.", ["half-fat milk"], "Add half-fat milk."),
    "an e-mail address": ("Ask me at home.", [], "Ask me at home."),
    "a lone sign": ("Meet @ noon, 5 # and ~ 3.", [], "Meet @ noon, 5 # and ~ 3."),
    "a tag": ("Add @<b>salt</b>{1}.", ["1 salt"], "Add salt."),
}


@pytest.mark.parametrize(("line", "ingredients", "step"), COOKLANG_LINES.values(), ids=COOKLANG_LINES)
def test_cooklangs_signs_are_read(line: str, ingredients: list[str], step: str) -> None:
    draft = read_cooklang(line, "pot")
    assert (list(draft.ingredients), list(draft.steps), draft.name) == (ingredients, [step], "pot")


def test_old_cooklang_facts_are_read() -> None:
    draft = read_cooklang(">> title: Leek pot\n>> servings: 2\nBoil @leeks{2}.\n\nServe.", "pot")
    assert (draft.name, draft.servings, draft.steps) == ("Leek pot", 2, ("Boil leeks.", "Serve."))


# One bad recipe, and the rest

BAD = {
    "not JSON": ('{"name": "Soup", "recipeIn', "bad", NOT_JSON),
    "no ingredients": (json.dumps({"@type": "Recipe", "name": "Soup"}), "Soup", NO_INGREDIENTS_IN_IT),
    "ingredients that are a number": (
        json.dumps({"name": "Soup", "recipe_ingredient": [{"note": "2 leeks"}, 5]}), "Soup", NOT_READ,
    ),
    "steps that are a number": (
        json.dumps({"name": "Soup", "recipeIngredient": [{"note": "2 leeks"}], "recipeInstructions": 7}), "Soup", NOT_READ,
    ),
    "deep beyond reading": ("[" * 100_000, "bad", NOT_JSON),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name", "why"), BAD.values(), ids=BAD)
def test_one_bad_recipe_never_loses_the_rest(data: str, name: str, why: str) -> None:
    good = json.dumps(NEXTCLOUD)
    report = read_file(zipped({"1/recipe.json": good, "2/bad.json": data, "3/recipe.json": good}), "all.zip")
    assert [(one.name, one.why) for one in report.recipes] == [("Leek pie", ""), (name, why), ("Leek pie", "")]
    assert [bool(one.recipe) for one in report.recipes] == [True, False, True]


def test_one_bad_recipe_in_a_list_never_loses_the_rest() -> None:
    report = read_file(json.dumps([PAPRIKA, PAPRIKA | {"ingredients": None}, MEALIE, TANDOOR]).encode(), "all.json")
    assert [one.why for one in report.recipes] == ["", NO_INGREDIENTS_IN_IT, "", ""]


def test_a_recipe_without_a_method_comes_in_and_says_so() -> None:
    report = read_file(json.dumps(PAPRIKA | {"directions": ""}).encode(), "a.json")
    assert report.recipes[0].recipe and report.recipes[0].why == NO_METHOD_IN_IT


def damaged(data: bytes) -> bytes:
    """The same archive with some of its packed bytes turned over."""
    at = data.index(b"deflated") if b"deflated" in data else 60
    return data[:at] + bytes(255 - byte for byte in data[at : at + 20]) + data[at + 20 :]


def locked(data: bytes) -> bytes:
    """The same archive, its members marked as encrypted, in both places that say so."""
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            flags = struct.unpack_from("<H", data, start + at)[0] | 1
            data = data[: start + at] + struct.pack("<H", flags) + data[start + at + 2 :]
            start = data.find(sign, start + 4)
    return data


HALF_LOCKED = zipped({"1.json": json.dumps(NEXTCLOUD)})
OF_NO_USE = {
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.png", NOT_TEXT),
    "an archive of pictures": (zipped({"a.png": b"PNG", "b.txt": b"words"}), "a.zip", NOTHING_IN_IT),
    "an empty archive": (zipped({}), "a.zip", NOTHING_IN_IT),
    "an archive that breaks off": (paprika(PAPRIKA)[:200], "a.paprikarecipes", DAMAGED),
    "gzip that breaks": (b"\x1f\x8b" + b"leek" * 50, "a.paprikarecipe", DAMAGED),
    "a locked archive": (locked(HALF_LOCKED), "a.zip", LOCKED),
    "JSON of something else": (b'{"songs": []}', "a.json", NOTHING_IN_IT),
    "broken JSON": (b'{"name": "Le', "a.json", NOT_JSON),
    "words": (b"only a few words", "a.txt", CANNOT_CUT),
    "a gzip bomb": (gzip.compress(b"[" * 20_000_000), "a.paprikarecipe", UNPACKS_TOO_LARGE),
    "too much": (b"PK\x03\x04" + bytes(imports.LARGEST_EXPORT), "a.zip", EXPORT_TOO_LARGE),
    "too many members": (zipped({}) + b"PK\x01\x02" * 50_001, "a.zip", TOO_MANY_FILES),
}


@pytest.mark.parametrize(("data", "name", "why"), OF_NO_USE.values(), ids=OF_NO_USE)
def test_a_file_of_no_use_gets_a_sentence(data: bytes, name: str, why: str) -> None:
    with pytest.raises(NoRecipe) as error:
        read_file(data, name)
    assert str(error.value) == why


def test_a_damaged_member_is_named_and_the_rest_come_in() -> None:
    files = {"1/recipe.json": json.dumps(NEXTCLOUD) * 3, "2/recipe.json": json.dumps(NEXTCLOUD)}
    report = read_file(damaged(zipped(files)), "all.zip")
    assert [(one.name, one.why) for one in report.recipes] == [("1", DAMAGED), ("Leek pie", "")]


def test_a_locked_member_is_named_and_the_rest_come_in() -> None:
    data = locked(zipped({"Secret pie/recipe.json": json.dumps(NEXTCLOUD), "open.json": json.dumps(NEXTCLOUD)}))
    start = data.rindex(b"PK\x01\x02")
    data = data[: start + 8] + b"\0\0" + data[start + 10 :]
    report = read_file(data, "all.zip")
    assert [(one.name, one.why) for one in report.recipes][0] == ("Secret pie", LOCKED)
    assert len(report.recipes) == 2


# Files that mean harm


def report_in_time(data: bytes, name: str = "a.zip", seconds: float = 5) -> Report:
    began = time.monotonic()
    report = read_file(data, name)
    assert time.monotonic() - began < seconds
    return report


def test_names_that_lead_elsewhere_write_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "some" / "where"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    names = [
        "../../etc/recipe.json",
        "/etc/pie.json",
        "..\\..\\pie.json",
        "C:\\pie.json",
        "a/\x1b[31m<b>pie.json",
        "con.json",
    ]
    report = read_file(zipped(dict.fromkeys(names, '{"@type": "Recipe"}')), "../../x.zip")
    assert len(report.recipes) == len(names) and list(tmp_path.rglob("*")) == [tmp_path / "some", here]
    assert not any(sign in one.name for one in report.recipes for sign in ("/", "\\", "<", "\x1b"))


def test_a_bomb_is_stopped_and_the_rest_come_in() -> None:
    bomb = b'{"name": "' + b"0" * 12_000_000 + b'"}'
    report = report_in_time(zipped({"bomb.json": bomb, "pie.json": json.dumps(NEXTCLOUD)}))
    assert [(one.name, one.why) for one in report.recipes] == [("bomb", UNPACKS_TOO_LARGE), ("Leek pie", "")]


def test_many_large_members_stop_at_a_sum() -> None:
    report = report_in_time(zipped({f"{at}.json": b" " * 9_000_000 + b"[]" for at in range(12)}), seconds=8)
    assert [one.why for one in report.recipes] == [UNPACKS_TOO_LARGE]


def test_an_archive_in_an_archive_in_an_archive_is_left_alone() -> None:
    deep = zipped({"pie.json": json.dumps(NEXTCLOUD)})
    for _ in range(30):
        deep = zipped({"deeper.zip": deep})
    with pytest.raises(NoRecipe, match="no recipe"):
        read_file(deep, "a.zip")


TEN_THOUSAND = {
    "in one list": (lambda: json.dumps([PAPRIKA] * 10_000).encode(), "all.json"),
    "in one archive": (lambda: zipped({f"{at}/recipe.json": json.dumps(NEXTCLOUD) for at in range(10_000)}), "all.zip"),
    "in archives": (lambda: tandoor(TANDOOR, 10_000), "all.zip"),
    "packed one by one": (lambda: paprika(*[PAPRIKA] * 10_000), "all.paprikarecipes"),
}


@pytest.mark.parametrize(("make", "name"), TEN_THOUSAND.values(), ids=TEN_THOUSAND)
def test_ten_thousand_recipes_are_counted_and_the_first_are_read(make: object, name: str) -> None:
    report = report_in_time(make(), name)  # type: ignore[operator]
    assert (len(report.recipes), report.left_out) == (MOST_RECIPES, 10_000 - MOST_RECIPES)
    assert all(one.recipe for one in report.recipes)


def test_recipes_that_would_take_minutes_to_check_are_not_kept() -> None:
    long = PAPRIKA | {"ingredients": "2 leeks\n" * 900, "directions": "Boil the leeks. " * 400}
    far_too_long = PAPRIKA | {"ingredients": "2 leeks\n" * 2_000, "directions": "Boil the leeks. " * 400}
    report = read_file(json.dumps([far_too_long, long, PAPRIKA, long, long, PAPRIKA]).encode(), "all.json")
    assert [one.why for one in report.recipes] == [FAR_TOO_LONG, "", "", ""]
    assert report.left_out == 2


def test_more_than_one_recipe_is_not_one() -> None:
    with pytest.raises(NoRecipe, match="more than one"):
        read_one(json.dumps([NEXTCLOUD, NEXTCLOUD]).encode(), "all.json")
    with pytest.raises(NoRecipe, match="no ingredients"):
        read_one(json.dumps({"@type": "Recipe", "name": "Soup"}).encode(), "all.json")
