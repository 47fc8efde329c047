"""Is a recipe found wherever it stands on a page, in a file or in a pasted text, and is it plain text afterwards?"""

import json
import time
from pathlib import Path

import pytest

from recipes.draft import NAMELESS, NoRecipe
from recipes.pasted import CANNOT_CUT, NO_INGREDIENTS, NO_METHOD, NOTHING, read_text
from recipes.recipe import Recipe
from recipes.webpage import (
    LARGEST_FILE,
    NO_RECIPE,
    NO_RECIPE_IN_FILE,
    NOT_JSON,
    NOT_TEXT,
    TOO_LARGE,
    read_any,
    read_json,
    read_page,
)

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Recipe:
    return read_any((PAGES / f"{name}.html").read_bytes(), source=f"{name}.html")


def lines(recipe: Recipe) -> list[str]:
    return [ingredient.text for ingredient in recipe.ingredients]


FOUND = {
    "JSON-LD, with entities and tags in it": (
        "json-ld", "Leek & barley pot", 4, ["2 leeks, sliced", "200 g pearl barley", "½ tsp salt"],
        ("Fry the leeks for 5 minutes.", "Simmer: Add the barley and simmer for 40 minutes."),
    ),
    "a recipe inside a graph, its method one text with line breaks": (
        "graph", "Swede mash", 2, ["1 swede", "25 g butter"],
        ("Boil the swede for 30 minutes.", "Mash it with the butter."),
    ),
    "a method in sections": (
        "sections", "Bean pie", None,
        ["For the filling:", "1 tin haricot beans", "For the top:", "1 sheet puff pastry"],
        ("Filling: Boil the beans for 10 minutes.", "Tip them into a dish.",
         "Top: Lay the pastry on top. Bake for 30 minutes."),
    ),
    "microdata": (
        "microdata", "Oat bake", 6, ["300 g oats", "3 eggs, beaten"],
        ("Mix the oats and eggs.", "Bake for 40 minutes."),
    ),
    "nothing but headings, with a list before and a list after": (
        "headings", "Pea broth", None, ["400 g split peas", "1 smoked ham bone", "1 tbsp mint"],
        ("Boil the peas and the bone for 2 hours.", "Chop the mint and scatter it over."),
    ),
    "tags, unseen letters and a sign that looks like a tag": (
        "hostile", "Nettle teaalert(1)", None, ["1 bunch nettles", "1 l water", "1 tsp honey"],
        ("Boil the water at less than 100 °C or more.Steep the nettles.",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "title", "servings", "ingredients", "steps"), FOUND.values(), ids=FOUND)
def test_a_recipe_is_found_on_a_page(
    name: str, title: str, servings: int | None, ingredients: list[str], steps: tuple[str, ...]
) -> None:
    recipe = page(name)
    assert (recipe.name, recipe.servings, lines(recipe), recipe.steps) == (title, servings, ingredients, steps)
    assert recipe.source == f"{name}.html"


def test_ingredients_are_read() -> None:
    leeks, barley, _ = page("json-ld").ingredients
    assert (leeks.amount, leeks.food, barley.unit) == (2, "leeks, sliced", "g")


@pytest.mark.parametrize("name", ["no-recipe", "broken-json-ld"])
def test_a_page_without_a_recipe_says_what_to_do(name: str) -> None:
    with pytest.raises(NoRecipe) as error:
        page(name)
    assert (
        str(error.value)
        == NO_RECIPE
        == ("We found no recipe on this page. Copy its ingredients and method and paste them here.")
    )


def test_a_page_that_the_recipe_reader_cannot_read_is_read_by_us() -> None:
    described = '{"@type": "Recipe", "recipeIngredient": "1 leek<br>2 beets", "recipeInstructions": "Boil."}'
    recipe = read_page(f'<script type="application/ld+json">{described}</script>', "")
    assert (recipe.name, lines(recipe), recipe.steps) == (NAMELESS, ["1 leek", "2 beets"], ("Boil.",))


MARKED = {
    "h-recipe": """<article class="h-recipe"><h1 class="p-name">Leek pot</h1><p class="p-yield">Serves 2</p>
        <ul><li class="p-ingredient">2 <b>leeks</b></li><li class="p-ingredient">salt</li></ul>
        <div class="e-instructions"><ol><li>Boil the <i>leeks</i>.</li><li>Serve.</li></ol></div></article>""",
    "hRecipe": """<div class="hrecipe"><span class="fn">Leek pot</span> <span class="yield">2 people</span>
        <span class="ingredient">2 leeks</span><span class="ingredient">salt</span>
        <div class="instructions">Boil the leeks.<br>Serve.</div></div>""",
    "RDFa": """<div vocab="https://schema.org/" typeof="Recipe"><h1 property="name">Leek pot</h1>
        <i property="recipeYield">2</i><p property="recipeIngredient">2 leeks</p><p property="recipeIngredient">salt</p>
        <div property="recipeInstructions"><p>Boil the leeks.</p><p>Serve.</p></div></div>""",
    "RDFa with a prefix": """<div typeof="schema:Recipe"><h1 property="schema:name">Leek pot</h1>
        <i property="schema:recipeYield">2</i><p property="schema:recipeIngredient">2 leeks</p>
        <p property="schema:recipeIngredient">salt</p><p property="schema:recipeInstructions">Boil the leeks.</p>
        <p property="schema:recipeInstructions">Serve.</p></div>""",
}


@pytest.mark.parametrize("html", MARKED.values(), ids=MARKED)
def test_a_page_that_marks_its_recipe_is_read(html: str) -> None:
    recipe = read_page(f"<html><body><p>Salt is 3 for 2 today.</p>{html}<p>Buy our book.</p></body></html>", "")
    assert (recipe.name, lines(recipe), recipe.servings) == ("Leek pot", ["2 leeks", "salt"], 2)
    assert recipe.steps == ("Boil the leeks.", "Serve.")


def test_groups_of_ingredients_keep_their_headings() -> None:
    groups = "".join(
        f"""<div class="wprm-recipe-ingredient-group"><h4 class="wprm-recipe-group-name">{name}</h4><ul>
        <li class="wprm-recipe-ingredient">{food}</li></ul></div>"""
        for name, food in (("Pie", "2 leeks"), ("Sauce for 4", "1 egg"), ("To serve", "1 lemon"))
    )
    said = a_recipe(recipeIngredient=["2 leeks", "1 egg", "1 lemon"], recipeInstructions=["Bake."])
    recipe = read_page(f'<html><script type="application/ld+json">{said}</script><body>{groups}</body></html>', "")
    assert lines(recipe) == ["Pie:", "2 leeks", "1 egg", "To serve:", "1 lemon"]
    assert [line.text for line in recipe.ingredients if line.is_heading] == ["Pie:", "To serve:"]


ADDRESSES = {
    "relative": "/leek-pot",
    "not an address": "leek pot",
    "broken brackets": "http://[leek",
    "nothing": "",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_page_with_an_odd_address_of_its_own_is_read_all_the_same(address: str) -> None:
    html = (
        (PAGES / "json-ld.html").read_text("utf-8").replace("https://nobodys-kitchen.example/leek-and-barley-pot", address)
    )
    assert len(read_page(html, "").ingredients) == 3


def test_a_page_in_an_old_encoding_is_read_by_its_own_word() -> None:
    html = (PAGES / "json-ld.html").read_text("utf-8").replace("pearl", "purée").replace("utf-8", "windows-1252")
    assert lines(read_any(html.encode("windows-1252", "replace"), ""))[1] == "200 g purée barley"


ENCODINGS = {
    "UTF-8": "Crème brûlée".encode(),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + "Crème brûlée".encode(),
    "UTF-16": "Crème brûlée".encode("utf-16"),
    "Windows-1252, unsaid": "Crème brûlée".encode("windows-1252"),
}


@pytest.mark.parametrize("name", ENCODINGS.values(), ids=ENCODINGS)
def test_a_text_in_any_usual_encoding_is_read(name: bytes) -> None:
    if name.startswith(b"\xff\xfe"):
        rest = "\nIngredients\n2 eggs\nMethod\nBake.".encode("utf-16-le")
    else:
        rest = b"\nIngredients\n2 eggs\nMethod\nBake."
    assert read_any(name + rest, "").name == "Crème brûlée"


NO_RECIPE_IN = {
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NOT_TEXT),
    "a PDF": (b"%PDF-1.7\nIngredients\n2 eggs\nMethod\nBake.", NOT_TEXT),
    "control characters": (bytes(range(1, 32)) * 20, NOT_TEXT),
    "nothing": (b"", NOTHING),
    "spaces": (b" \n\t\n ", NOTHING),
    "emoji": ("🍲🍲🍲".encode(), NOTHING),
    "broken JSON": (b'{"@type": "Recipe", "name": "Le', NOT_JSON),
    "deep JSON": (b"[" * 100_000, NOT_JSON),
    "JSON of something else": (b'{"@type": "Person", "name": "Nobody"}', NO_RECIPE_IN_FILE),
    "a recipe without ingredients or method": (b'{"@type": "Recipe", "name": "Leek pot"}', NO_RECIPE_IN_FILE),
    "a page of something else": (b"<html><body><p>Good morning</p></body></html>", NO_RECIPE),
    "a long word": (b"a" * 10_000, CANNOT_CUT),
    "too much": (b"a" * (LARGEST_FILE + 1), TOO_LARGE),
}


@pytest.mark.parametrize(("data", "sentence"), NO_RECIPE_IN.values(), ids=NO_RECIPE_IN)
def test_what_holds_no_recipe_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NoRecipe) as error:
        read_any(data, "")
    assert str(error.value) == sentence


def a_recipe(**said: object) -> str:
    return json.dumps({"@context": "https://schema.org", "@type": "Recipe", "name": "Leek pot"} | said)


METHODS = {
    "a list of strings": (["Boil.", "Serve."], ("Boil.", "Serve.")),
    "steps": ([{"@type": "HowToStep", "text": "Boil."}, {"@type": "HowToStep", "text": "Serve."}], ("Boil.", "Serve.")),
    "one text with line breaks": ("Boil.\r\n\r\nServe.", ("Boil.", "Serve.")),
    "one text with paragraphs": ("<p>Boil.</p><p>Serve.</p>", ("Boil.", "Serve.")),
    "a section": ({"@type": "HowToSection", "name": "Pot", "itemListElement": [{"text": "Boil."}]}, ("Pot: Boil.",)),
    "a section without steps, its steps after it": ([{"@type": "HowToSection", "name": "Pot"}, "Boil."], ("Pot: Boil.",)),
    "a section in brackets": ([{"@type": "HowToSection", "text": "[Pot]"}, {"text": "Boil."}], ("Pot: Boil.",)),
    "a step with a name of its own": ([{"name": "In the pot", "text": "Boil."}], ("In the pot: Boil.",)),
    "a name that is no text": ([{"name": {"name": {"name": "Boil"}}, "text": "Boil."}], ("Boil.",)),
    "steps that are counted": (["1. Boil.", "2. Serve."], ("Boil.", "Serve.")),
    "numbers on lines of their own": ("1\nBoil.\n2\nServe.", ("Boil.", "Serve.")),
    "numbers that count nothing": (["2. batch: boil.", "Serve."], ("2. batch: boil.", "Serve.")),
    "a section within a section": ([{"itemListElement": [{"itemListElement": [{"text": "Boil."}]}]}], ("Boil.",)),
    "a section of one step": ({"itemListElement": {"@type": "HowToStep", "text": "Boil."}}, ("Boil.",)),
    "a step whose name says it again": ([{"name": "Boil the...", "text": "Boil the leeks."}], ("Boil the leeks.",)),
    "a step whose name is a number": ([{"name": "Step 1", "text": "Boil."}], ("Boil.",)),
    "a step that has only a name": ([{"name": "Boil."}], ("Boil.",)),
    "a step in a list item": ([{"@type": "ListItem", "item": {"text": "Boil."}}], ("Boil.",)),
    "values that are no steps": ([None, True, {}, "Boil."], ("Boil.",)),
    "marks without a word": (["Boil.", "***", " "], ("Boil.",)),
}


@pytest.mark.parametrize(("method", "steps"), METHODS.values(), ids=METHODS)
def test_a_method_in_json_is_one_step_a_string(method: object, steps: tuple[str, ...]) -> None:
    assert read_json(a_recipe(recipeInstructions=method), "").steps == steps


INGREDIENTS = {
    "a list": (["1 leek", "2 beets"], ["1 leek", "2 beets"]),
    "one text with line breaks": ("1 leek\n2 beets", ["1 leek", "2 beets"]),
    "lists in a list": ([["1 leek"], ["2 beets"]], ["1 leek", "2 beets"]),
    "amounts apart from their food": ([{"value": 2, "unitText": "g", "name": "salt"}], ["2 g salt"]),
    "a wrapped line": (["1 leek", "2 beets, cut\n  into pieces", "salt"], ["1 leek", "2 beets, cut into pieces", "salt"]),
    "a heading in brackets": (["[Sauce]", "1 egg"], ["Sauce:", "1 egg"]),
    "bullets": (["• 1 leek", "– 2 beets"], ["1 leek", "2 beets"]),
    "counted": (["1. 1 leek", "2. 2 beets"], ["1 leek", "2 beets"]),
    "amounts with a dot": (["1.5 kg leeks", "2.5 kg beets"], ["1.5 kg leeks", "2.5 kg beets"]),
    "an entity written twice over": (["&amp;frac12; leek"], ["½ leek"]),
}  # fmt: skip


@pytest.mark.parametrize(("ingredients", "read"), INGREDIENTS.values(), ids=INGREDIENTS)
def test_ingredients_in_json_are_one_line_a_string(ingredients: object, read: list[str]) -> None:
    assert lines(read_json(a_recipe(recipeIngredient=ingredients), "")) == read


SERVINGS = {
    "a number": (4, 4), "a number in a text": ("4", 4), "in words": ("Serves 4", 4), "a list": (["4", "4 servings"], 4),
    "a quantity": ({"@type": "QuantitativeValue", "value": 4}, 4), "for people": ("for 4", 4),
    "biscuits": ("24 biscuits", None),
    "none": ("0", None), "no number": ("plenty", None), "nothing": (None, None),
}  # fmt: skip


@pytest.mark.parametrize(("said", "servings"), SERVINGS.values(), ids=SERVINGS)
def test_servings_are_people(said: object, servings: int | None) -> None:
    assert read_json(a_recipe(recipeIngredient=["1 leek"], recipeYield=said), "").servings == servings


def test_the_first_recipe_with_ingredients_is_taken_wherever_it_stands() -> None:
    graph = {
        "@graph": [
            {"@type": "Recipe", "name": "Card"},
            [{"@type": "http://schema.org/Recipe", "recipeIngredient": ["1 leek"]}],
        ]
    }
    assert lines(read_json(json.dumps([{"@type": "WebSite"}, graph]), "")) == ["1 leek"]


def test_thousands_of_ingredients_are_all_read() -> None:
    assert len(read_json(a_recipe(recipeIngredient=["1 leek"] * 5_000), "").ingredients) == 5_000


TEXTS = {
    "headings": "Leek pot\nServes 4\n\nIngredients\n2 leeks\n\n1 beet\n\nMethod\nBoil.\nServe.",
    "headings with colons": "Leek pot\n\nServes 4\nYou will need:\n2 leeks\n1 beet\nDirections:\nBoil.\nServe.",
    "headings in capitals and stars": "Leek pot\nServes 4\n**INGREDIENTS**\n2 leeks\n1 beet\n## METHOD\nBoil.\nServe.",
    "headings and more": "Leek pot\nIngredients (serves 4)\n2 leeks\n1 beet\nMethod: Boil.\nServe.\nServes 4",
    "the method first": "Leek pot\nMethod\nBoil.\nServe.\nIngredients\n2 leeks\n1 beet",
    "only the method has a heading": "Leek pot\n\nServes 4\n2 leeks\n1 beet\nMethod\nBoil.\nServe.",
    "bullets and numbers": "# Leek pot\n**Ingredients**\n- 2 leeks\n* 1 beet\n## Directions\n1. Boil.\n2) Serve.",
    "boxes to tick": "Leek pot\nWhat you'll need\n▢ 2 leeks\n[ ] 1 beet\nHow to make it\nStep 1: Boil.\nStep 2: Serve.",
    "steps with their numbers above": "Leek pot\nIngredients\n2 leeks\n1 beet\nInstructions\nStep 1\nBoil.\nStep 2\nServe.",
    "minutes and a cook": "Leek pot\nPrep: 5 min\nServes 4\nYou need\n2 leeks\n1 beet\nCooking method\nBoil.\nServe.",
    "notes after it": "Leek pot\nIngredients\n2 leeks\n1 beet\nMethod\nBoil.\nServe.\nNotes\nReheat until steaming hot.",
    "much more after it": "Leek pot\nIngredients\n2 leeks\n1 beet\nMethod\nBoil.\nServe.\nNutrition\n90 kcal\nReviews\nNo",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_pasted_recipe_is_cut_by_its_headings(text: str) -> None:
    recipe = read_text(text, "")
    steps = [step for step in recipe.steps if not step.startswith("Serves")]
    assert (recipe.name, lines(recipe), steps) == ("Leek pot", ["2 leeks", "1 beet"], ["Boil.", "Serve."])
    assert recipe.servings == (4 if "Serves 4" in text else None)


def test_a_pasted_recipe_without_headings_is_cut_by_empty_lines() -> None:
    recipe = read_text("Leek pot\r\n\r\n2 leeks\r\n1 beet\r\n \r\nsalt.\r\n\r\nBoil it for an hour.\r\nServe.", "")
    assert (recipe.name, lines(recipe)) == ("Leek pot", ["2 leeks", "1 beet", "salt."])
    assert recipe.steps == ("Boil it for an hour.", "Serve.")


def test_counted_steps_are_a_method() -> None:
    recipe = read_text("Leek pot\nServes 4\n\n2 leeks\n1 beet\n\n1. Boil them for an hour\n2. Serve it on plates", "")
    assert (recipe.name, lines(recipe), recipe.servings) == ("Leek pot", ["2 leeks", "1 beet"], 4)
    assert recipe.steps == ("Boil them for an hour", "Serve it on plates")


def test_lines_that_may_be_food_or_method_are_not_guessed_at() -> None:
    with pytest.raises(NoRecipe):
        read_text("Leek pot\n\n2 leeks\n1 beet\n\nBoil them for an hour\n\nServe it on plates", "")


CANNOT_BE_CUT = {
    "only a name": ("Leek pot", CANNOT_CUT),
    "no empty line": ("Leek pot\n2 leeks\nBoil the leeks for ten minutes.", CANNOT_CUT),
    "the first ingredient might be the name": ("Smoked trout\n2 eggs\n\nBoil the eggs for ten minutes.", CANNOT_CUT),
    "the first ingredient might be the name, above a method": ("Smoked trout\n2 eggs\nMethod\nBoil.", CANNOT_CUT),
    "no method": ("Leek pot\nIngredients\n2 leeks", NO_METHOD),
    "a heading without a method below it": ("Leek pot\nIngredients\n2 leeks\nMethod", NO_METHOD),
    "a heading without ingredients below it": ("Leek pot\nIngredients\nMethod\nBoil.", NO_INGREDIENTS),
    "only ingredients": ("Leek pot\n\n2 leeks\n\n1 beet", NO_METHOD),
    "only a method": ("Leek pot\n\nBoil the leeks for ten minutes.\n\nServe them on a warm plate.", NO_INGREDIENTS),
}


@pytest.mark.parametrize(("text", "sentence"), CANNOT_BE_CUT.values(), ids=CANNOT_BE_CUT)
def test_a_pasted_text_that_cannot_be_cut_says_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(NoRecipe) as error:
        read_text(text, "")
    assert str(error.value) == sentence


BROKEN_PAGES = {
    "tags that never end": "<div a='" * 50_000,
    "comments that never end": "<p>" + "<!--" * 50_000,
    "boxes in boxes": "<div>" * 20_000,
    "headings in headings": "<h2>Ingredients" * 5_000,
    "signs": "<p>" + "<" * 200_000,
}


@pytest.mark.parametrize("html", BROKEN_PAGES.values(), ids=BROKEN_PAGES)
def test_a_broken_page_neither_crashes_nor_hangs(html: str) -> None:
    with pytest.raises(NoRecipe):
        read_any(html.encode(), "")


LARGE = {
    "a line of a megabyte": "Pot\n\nIngredients\n" + "2 leeks and " * 90_000 + "\n\nMethod\nBoil.",
    "a word of a megabyte": "Pot\n\nIngredients\n" + "l" * 1_000_000 + "\n\nMethod\nBoil.",
    "a step of a megabyte": "Pot\n\nIngredients\n2 leeks\n\nMethod\n" + "Boil the leeks. " * 62_000,
    "digits": "Pot\n\nIngredients\n" + "1" * 1_000_000 + "\n\nMethod\nBoil.",
    "fractions": "Pot\n\nIngredients\n" + "1/2 " * 250_000 + "\n\nMethod\nBoil.",
    "brackets": "Pot\n\nIngredients\n" + "(" * 1_000_000 + "a\n\nMethod\nBoil.",
    "spaces": "Pot\n\nIngredients\n2" + " " * 1_000_000 + "leeks\n\nMethod\nBoil.",
    "signs": "Pot\n\nIngredients\n2 leeks" + "#*_ " * 250_000 + "\n\nMethod\nBoil.",
    "beginnings of tags": "Pot\n\nIngredients\n2 leeks" + "<a" * 500_000 + "\n\nMethod\nBoil.",
    "entities": "Pot\n\nIngredients\n2 leeks" + "&amp;" * 200_000 + "\n\nMethod\nBoil.",
    "brackets of a planner": "Pot\n\nIngredients\n2 leeks " + "[" * 1_000_000 + "\n\nMethod\nBoil.",
    "many lines": "Pot\n\nIngredients\n" + "1\n" * 300_000 + "\nMethod\nBoil.",
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_a_text_of_a_megabyte_does_not_hang(text: str) -> None:
    began = time.process_time()
    try:
        assert read_any(text.encode(), "").ingredients
    except NoRecipe as error:
        assert str(error).endswith(".")
    assert time.process_time() - began < 5
