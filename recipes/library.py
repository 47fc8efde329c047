"""Which recipes do we ship? Reads data/recipes/*.toml, with every mistake in them; whether one is safe, check.py says."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foods.datafile import Mistake
from foods.food import Finding, Food, Verdict
from foods.names import Kind
from foods.rules import judge
from foods.table import FoodTable
from recipes.contents import allergens_of, needs_chilling, ruled_out, spoils_once_cooked
from recipes.lines import read_line
from recipes.recipe import ALLERGENS, DIETS, EQUIPMENT, MEALS, SETTINGS, TRAVELS, Ingredient, LibraryRecipe


@dataclass(frozen=True)
class Library:
    """Every recipe we ship, by slug."""

    recipes: Mapping[str, LibraryRecipe]

    @classmethod
    def empty(cls) -> "Library":
        """A library without a recipe."""
        return cls({})


def read_library(folder: Path, table: FoodTable) -> tuple[Library, list[Mistake]]:
    """The recipes in a folder and every mistake in them. A recipe with a mistake is left out.

    The food table is asked what each recipe is made of, so that its diets, allergens and way to travel can be true.
    """
    mistakes: list[Mistake] = []
    if not folder.is_dir():
        mistakes.append(Mistake(folder.name, 0, "", "nothing", "this folder must be there"))
    recipes: dict[str, LibraryRecipe] = {}
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        file = _File(path, mistakes)
        recipe = _read_recipe(file, table)
        if recipe and recipe.name.lower() in names:
            file.complain("name", recipe.name, f"{names[recipe.name.lower()]} has this name already")
        elif recipe:
            names[recipe.name.lower()] = path.name
            recipes[recipe.slug] = recipe
    return Library(recipes), mistakes


class _File:
    """One recipe file: what it says by key, and the means to complain about a key."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.name = path.name
        self.slug = path.stem
        self._mistakes = mistakes
        self._found_before = len(mistakes)
        self._text = self._read_text(path)
        self.values = self._parse()

    @property
    def has_mistakes(self) -> bool:
        return len(self._mistakes) > self._found_before

    def complain(self, key: str, found: object, allowed: str, row: int | None = None) -> None:
        """Record that a key is wrong and what would be right."""
        shown = found if isinstance(found, str) else repr(found)
        self._mistakes.append(Mistake(self.name, self._row(key) if row is None else row, key, shown[:80], allowed))

    def _row(self, key: str) -> int:
        """The line where a key stands, as an editor counts; 0 where it does not stand."""
        found = re.search(rf"^[ \t]*{re.escape(key)}[ \t]*=", self._text, re.M) if key else None
        return self._text.count("\n", 0, found.start()) + 1 if found else 0

    def _read_text(self, path: Path) -> str:
        try:
            return path.read_bytes().decode("utf-8")
        except OSError as error:
            self._mistakes.append(Mistake(path.name, 0, "", error.strerror or "nothing", "this file must be readable"))
        except UnicodeDecodeError as error:
            row = error.object[: error.start].count(b"\n") + 1
            self._mistakes.append(Mistake(path.name, row, "", "a letter in another encoding", "this file must be UTF-8"))
        return ""

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            row = re.search(r"at line (\d+)", str(error))
            allowed = "this file must be TOML; check the quotation marks, commas and brackets here"
            self.complain("", str(error), allowed, int(row[1]) if row else self._text.count("\n") + 1)
            return {}


@dataclass(frozen=True)
class _Key:
    """What may stand under one key of a recipe file."""

    allowed: str
    fits: Callable[[object], bool]
    is_needed: bool = True


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _some(value: object) -> bool:
    return _texts(value) and bool(value)


def _truth(allowed: str = "must be true or false", is_needed: bool = True) -> _Key:
    return _Key(allowed, lambda value: isinstance(value, bool), is_needed)


def _whole(low: int, high: int, is_needed: bool = True) -> _Key:
    def fits(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return _Key(f"must be a whole number from {low} to {high}", fits, is_needed)


def _list_of(words: tuple[str, ...], empty: bool = False) -> _Key:
    def fits(value: object) -> bool:
        return isinstance(value, list) and value == [word for word in dict.fromkeys(map(str, value)) if word in words]

    what = "must be a list, each once, of: " + ", ".join(words)
    return _Key(what + ("; it may be empty" if empty else ""), lambda value: fits(value) and (empty or bool(value)))


def _lower(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,3}", value)) and value.islower()


KEYS: Mapping[str, _Key] = {
    "name": _Key("must be the name of the dish", _text),
    "description": _Key("must be one short sentence or two", _text),
    "recipeYield": _whole(1, 24),
    "meals": _list_of(MEALS),
    "main_food": _Key("must be a food in lower-case words", _lower),
    "kind": _Key("must be a kind of dish in lower-case words", _lower),
    "active_minutes": _whole(0, 600),
    "standing_minutes": _whole(0, 600),
    "total_minutes": _whole(1, 1440),
    "effort": _whole(1, 5),
    "packs": _Key("must be one of " + ", ".join(TRAVELS), lambda value: value in TRAVELS, is_needed=False),
    "freezes": _truth(),
    "served_hot": _truth(),
    "keeps_hours": _whole(1, 72, is_needed=False),
    "diets": _list_of(DIETS, empty=True),
    "allergens": _list_of(ALLERGENS, empty=True),
    "equipment": _list_of(EQUIPMENT, empty=True),
    "queasy": _truth(),
    "cook_ahead": _truth(),
    "not_under": replace(_list_of(SETTINGS), is_needed=False),
    "paused": _truth(is_needed=False),
    "others_only": _Key("must be a list of what the others may have on top", _some, is_needed=False),
    "recipeIngredient": _Key("must be a list of ingredient lines", _some),
    "recipeInstructions": _Key("must be a list of steps, one step a string", _some),
}
"""Every key of a recipe file and what may stand there."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _read_recipe(file: _File, table: FoodTable) -> LibraryRecipe | None:
    if not file.has_mistakes:
        _check_keys(file)
    if not file.has_mistakes:
        _check_together(file, table)
    return None if file.has_mistakes else _recipe(file.slug, file.values)


def _check_keys(file: _File) -> None:
    if not _SLUG.fullmatch(file.slug):
        file.complain("", file.name, "name the file in lower-case letters with hyphens, such as lentil-soup.toml")
    for key in sorted(file.values.keys() - KEYS.keys()):
        file.complain(key, key, "unknown key; the keys are " + ", ".join(KEYS))
    for key, rule in KEYS.items():
        if key not in file.values and rule.is_needed:
            file.complain(key, "nothing", rule.allowed)
        elif key in file.values and not rule.fits(file.values[key]):
            file.complain(key, file.values[key], rule.allowed)


def _check_together(file: _File, table: FoodTable) -> None:
    """What no key can tell alone."""
    values = file.values
    if not values["standing_minutes"] <= values["active_minutes"] <= values["total_minutes"]:
        found = "{standing_minutes}, {active_minutes}, {total_minutes}".format_map(values)
        file.complain("active_minutes", found, "standing minutes are part of the active, and those part of the total")
    if "vegan" in values["diets"] and "vegetarian" not in values["diets"]:
        file.complain("diets", values["diets"], "what is vegan is vegetarian too; say both")
    unknown = [piece.text for piece in table.names.read(values["main_food"]) if piece.kind is Kind.UNEXPLAINED]
    if unknown:
        file.complain("main_food", values["main_food"], f"the food table does not know {' or '.join(unknown)}")
    _check_ways(file)
    lines = [read_line(line) for line in values["recipeIngredient"]]
    named = [(line, judge(table, line.food)) for line in lines if not line.is_heading]
    if not named:
        file.complain("recipeIngredient", values["recipeIngredient"], "must hold more than headings")
    foods = [(line, about.food) for line, finding in named for about in finding.about]
    _check_others_only(file, table)
    _check_diets(file, foods)
    _check_allergens(file, foods)
    if values.get("packs") == "shelf":
        _check_shelf(file, named)


def _check_ways(file: _File) -> None:
    """Do the ways to carry and to keep it go with how it is eaten?"""
    values = file.values
    if values.get("packs") in ("flask", "microwave") and not values["served_hot"]:
        file.complain("packs", values["packs"], "what travels in a flask or is heated in a microwave is served hot")
    if values["cook_ahead"] and not values["freezes"]:
        file.complain("cook_ahead", values["cook_ahead"], "what is cooked before the infusions must freeze")


def _check_others_only(file: _File, table: FoodTable) -> None:
    """Only what the person on the diet must not have as it is; anything else could go into the pot for all."""
    for phrase in file.values.get("others_only", ()):
        finding = judge(table, phrase)
        if finding.verdict not in (Verdict.COOK, Verdict.AVOID) or finding.unexplained:
            file.complain("others_only", phrase, "must be a food we know that is not fine as it is, like brie")


def _check_diets(file: _File, foods: Sequence[tuple[Ingredient, Food]]) -> None:
    for line, food in foods:
        for diet in ruled_out(food, line.text) & set(file.values["diets"]):
            file.complain("diets", diet, f"a recipe with {food.name} is not {diet}")


def _check_allergens(file: _File, foods: Sequence[tuple[Ingredient, Food]]) -> None:
    for line, food in foods:
        for allergen in sorted(allergens_of(food, line.text) - set(file.values["allergens"])):
            file.complain("allergens", file.values["allergens"], f"must name {allergen}, which is in {line.text!r}")


def _check_shelf(file: _File, named: Sequence[tuple[Ingredient, Finding]]) -> None:
    """Nothing that spoils, and nothing that is fine only once cooked, may lie in a bag till lunch."""
    cold = not file.values["served_hot"]
    for line, finding in named:
        foods = [about.food for about in finding.about]
        if finding.verdict is not Verdict.OK or any(map(needs_chilling, foods)):
            file.complain("packs", "shelf", f"{line.text!r} needs chilling; say cold bag, or leave it out")
        elif cold and any(map(spoils_once_cooked, foods)):
            file.complain("packs", "shelf", f"{line.text!r} spoils once it is cooked; say cold bag, or leave it out")


def _recipe(slug: str, values: Mapping[str, Any]) -> LibraryRecipe:
    return LibraryRecipe(
        slug=slug,
        name=values["name"],
        description=values["description"],
        servings=values["recipeYield"],
        ingredients=tuple(read_line(line) for line in values["recipeIngredient"]),
        steps=tuple(values["recipeInstructions"]),
        meals=tuple(values["meals"]),
        main_food=values["main_food"],
        kind=values["kind"],
        active_minutes=values["active_minutes"],
        standing_minutes=values["standing_minutes"],
        total_minutes=values["total_minutes"],
        effort=values["effort"],
        packs=values.get("packs", ""),
        freezes=values["freezes"],
        served_hot=values["served_hot"],
        keeps_hours=values.get("keeps_hours"),
        diets=tuple(values["diets"]),
        allergens=tuple(values["allergens"]),
        equipment=tuple(values["equipment"]),
        queasy=values["queasy"],
        cook_ahead=values["cook_ahead"],
        not_under=tuple(values.get("not_under", ())),
        paused=values.get("paused", False),
        others_only=tuple(values.get("others_only", ())),
    )
