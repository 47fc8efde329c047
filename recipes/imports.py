"""Which recipes does a file from another planner hold? One answer a recipe: what came in, or why it did not.

Mealie, Tandoor, Nextcloud Cookbook, RecipeSage and Paprika write JSON, most of them in an archive; Cooklang has a text of
its own. An archive is read where it lies: nothing is written to disk, so no name in it can lead anywhere. How much is
unpacked, and how many recipes are read, is bounded, because a small file can unpack to a large one.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from recipes.cooklang import is_cooklang, read_cooklang
from recipes.draft import (
    MOST_TO_FOLLOW,
    NAMELESS,
    Draft,
    NoRecipe,
    clean_lines,
    draft_of,
    is_recipe,
    lines_of,
    one_line,
    servings_of,
)
from recipes.recipe import Recipe
from recipes.webpage import NOT_JSON, decode, is_plain_text, read_any

LARGEST_EXPORT = 25_000_000
"""Bytes. An export with a hundred photographs fits."""
MOST_RECIPES = 200
"""How many recipes of one file are read: as many as are checked within a few seconds."""

EXPORT_TOO_LARGE = "This file is too large. Export fewer recipes at a time, or leave the photographs out."
DAMAGED = "This file is damaged. Export it again, and choose the new file."
LOCKED = "This file is locked with a password. Export it without one."
TOO_MANY_FILES = "There are too many files in this archive. Export fewer recipes at a time."
UNPACKS_TOO_LARGE = "This unpacks to far more than recipes need, so we stopped. Export fewer recipes at a time."
NOTHING_IN_IT = "We found no recipe in this file. Export your recipes as JSON, or paste one in the box."
MORE_THAN_ONE = "This file holds more than one recipe. Choose it on the page that checks a recipe."
NO_INGREDIENTS_IN_IT = "It has no ingredients, so there is nothing to check. Add them, or paste the recipe."
NO_METHOD_IN_IT = "It has no method. How a food is cooked decides if it is safe, so we cannot tell."
NOT_READ = "We could not read this one. Open it in your planner, copy it, and paste it in the box."

_MOST_UNPACKED = 100_000_000
_LARGEST_MEMBER = 10_000_000
_MOST_MEMBERS = 50_000


@dataclass(frozen=True)
class Imported:
    """One recipe of a file: as it was read, or None and `why` not. `why` may say what is missing in one that was read."""

    name: str
    recipe: Recipe | None = None
    why: str = ""


@dataclass(frozen=True)
class Report:
    """Every recipe that was found in a file, in its order, and how many more there were than we read."""

    recipes: tuple[Imported, ...]
    left_out: int = 0


def read_file(data: bytes, name: str) -> Report:
    """Everything in a file that is a recipe. `name` is the file's own. Raises NoRecipe when the file is of no use at all."""
    if len(data) > LARGEST_EXPORT:
        raise NoRecipe(EXPORT_TOO_LARGE)
    reading = _Reading()
    for one in reading.file(data, PurePosixPath(name.replace("\\", "/")).name):
        reading.keep(one)
    if not reading.found:
        raise NoRecipe(NOTHING_IN_IT)
    return Report(tuple(reading.found), reading.left_out)


def read_one(data: bytes, name: str) -> Recipe:
    """The one recipe in a file. Raises NoRecipe where there is none, or more than one."""
    report = read_file(data, name)
    if len(report.recipes) + report.left_out > 1:
        raise NoRecipe(MORE_THAN_ONE)
    (only,) = report.recipes
    if only.recipe is None:
        raise NoRecipe(only.why)
    return only.recipe


def is_archive(data: bytes) -> bool:
    """Is this packed, as a ZIP or a gzip file?"""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"))


@dataclass
class _Reading:
    """What has been found, and how much may still be unpacked."""

    found: list[Imported] = field(default_factory=list)
    left_out: int = 0
    bytes_left: int = _MOST_UNPACKED
    to_follow: int = 2 * MOST_TO_FOLLOW

    def keep(self, one: Imported) -> None:
        """Keep a recipe, unless as many are kept as can be checked while a person waits."""
        self.to_follow -= len(one.recipe.ingredients) * sum(map(len, one.recipe.steps)) if one.recipe else 0
        if self.is_full:
            self.left_out += 1
        else:
            self.found.append(one)

    @property
    def is_full(self) -> bool:
        return len(self.found) >= MOST_RECIPES or self.to_follow < 0

    def file(self, data: bytes, name: str, depth: int = 0) -> Iterator[Imported]:
        """The recipes in a file, or in a member of an archive; those that fail are named, and never stop the others."""
        if data.startswith(b"\x1f\x8b"):
            data = self.unpack(data)
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            yield from self.archive(data, PurePosixPath(name).stem, depth)
        elif re.match(rb"(?:\xef\xbb\xbf)?\s*[\[{]", data):
            yield from self.json(data, name)
        else:
            yield self.text(data, name)

    def archive(self, data: bytes, called: str, depth: int) -> Iterator[Imported]:
        """The recipes in a ZIP archive. Tandoor puts one archive a recipe into another; nobody goes deeper."""
        # Every member takes an entry that begins so: counting them is quick, opening an archive of a million is not.
        if data.count(b"PK\x01\x02") > _MOST_MEMBERS:
            raise NoRecipe(TOO_MANY_FILES)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError):
            raise NoRecipe(DAMAGED) from None
        members = [one for one in archive.infolist() if _is_wanted(one, depth)]
        if members and all(one.flag_bits & 1 for one in members):
            raise NoRecipe(LOCKED)
        for member in members:
            yield from self.member(archive, member, called, depth)

    def member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, called: str, depth: int) -> Iterator[Imported]:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        name = (path.parent.name or called) if path.stem.lower() == "recipe" else path.stem
        if self.is_full and path.suffix.lower() != ".json":
            # Counted without being read. A JSON file may hold many, so it is still opened, within the limits.
            yield Imported(_plain(name))
            return
        try:
            yield from self.file(self.read(archive, member), name + path.suffix, depth + 1)
        except NoRecipe as error:
            yield Imported(_plain(name), None, str(error))

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 1:
            raise NoRecipe(LOCKED)
        most = min(_LARGEST_MEMBER, self.bytes_left)
        try:
            with archive.open(member) as opened:
                data = opened.read(most + 1)
        # What a damaged member raises depends on where it is damaged and how it was packed.
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise NoRecipe(DAMAGED) from None
        return self.counted(data, most)

    def unpack(self, data: bytes) -> bytes:
        most = min(_LARGEST_MEMBER, self.bytes_left)
        try:
            return self.counted(zlib.decompressobj(31).decompress(data, most + 1), most)
        except zlib.error:
            raise NoRecipe(DAMAGED) from None

    def counted(self, data: bytes, most: int) -> bytes:
        self.bytes_left -= min(len(data), self.bytes_left)
        if len(data) > most:
            raise NoRecipe(UNPACKS_TOO_LARGE)
        return data

    def json(self, data: bytes, name: str) -> Iterator[Imported]:
        try:
            said = json.loads(decode(data), strict=False)
        except (ValueError, RecursionError):
            raise NoRecipe(NOT_JSON) from None
        stem = _plain(PurePosixPath(name).stem)
        for node in _recipes_in(said):
            yield Imported(NAMELESS) if self.is_full else _from_node(node, stem)

    def text(self, data: bytes, name: str) -> Imported:
        path = PurePosixPath(name)
        if is_plain_text(data) and (path.suffix.lower() == ".cook" or is_cooklang(decode(data))):
            return _imported(read_cooklang(decode(data), path.stem), path.stem)
        recipe = read_any(data, "")
        return Imported(recipe.name, recipe)


def _is_wanted(member: zipfile.ZipInfo, depth: int) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if member.is_dir() or path.name.startswith((".", "__")) or "__MACOSX" in path.parts:
        return False
    return path.suffix.lower() in _READ or (path.suffix.lower() == ".zip" and depth == 0)


_READ = frozenset({".json", ".jsonld", ".paprikarecipe", ".cook"})


def _plain(text: str) -> str:
    return " ".join(clean_lines(text))[:200] or NAMELESS


def _imported(draft: Draft, name: str) -> Imported:
    name = draft.name or _plain(name)
    if not draft.ingredients:
        return Imported(name, None, NO_INGREDIENTS_IN_IT)
    recipe = draft.filled(Draft(name)).recipe("")
    return Imported(name, recipe, "" if recipe.steps else NO_METHOD_IN_IT)


# JSON, in each planner's own words

Node = dict[str, Any]


def _recipes_in(data: object) -> Iterator[Node]:
    """Every object among JSON values that is a recipe in any planner's words."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("recipes_ingredients"), list) and isinstance(one.get("recipes"), list):
                yield from _in_mealie_database(one)
                continue
            if _is_any_recipe(one):
                yield one
                continue
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)


def _is_any_recipe(node: Node) -> bool:
    return is_recipe(node) or any(words <= node.keys() for words in _WORDS)


_WORDS = (
    {"name", "recipe_ingredient"},  # Mealie before its version 1
    {"name", "recipeIngredient"},
    {"name", "steps", "working_time"},  # Tandoor
    {"name", "ingredients", "directions"},  # Paprika
)


def _from_node(node: Node, name: str) -> Imported:
    """One recipe. Whatever is wrong with it is said of it alone."""
    called = _plain(node["name"]) if isinstance(node.get("name"), str) and node["name"].strip() else name
    try:
        return _imported(_draft(node), called)
    # A planner's file may hold anything anywhere: a number for a list, a text for an object.
    except NoRecipe as error:
        return Imported(called, None, str(error))
    except (AttributeError, TypeError, ValueError, KeyError, IndexError, RecursionError):
        return Imported(called, None, NOT_READ)


def _draft(node: Node) -> Draft:
    if isinstance(node.get("steps"), list):
        return _from_tandoor(node)
    if "directions" in node and isinstance(node.get("ingredients"), str | None):
        return _from_paprika(node)
    ingredients = node.get("recipe_ingredient", node.get("recipeIngredient"))
    if isinstance(ingredients, list) and any(isinstance(one, dict) and "note" in one for one in ingredients):
        return _from_mealie(node, ingredients)
    return _without_markdown(draft_of(node))


def _without_markdown(draft: Draft) -> Draft:
    """Nextcloud's recipes may hold "## Sauce" among the ingredients and steps."""
    ingredients = (f"{line.lstrip('# ').rstrip(':')}:" if line.startswith("#") else line for line in draft.ingredients)
    steps = (f"{line.lstrip('# ').rstrip(':')}:" if line.startswith("#") else line for line in draft.steps)
    return Draft(draft.name, tuple(ingredients), tuple(steps), draft.servings)


def _from_paprika(node: Node) -> Draft:
    return Draft(
        one_line(node.get("name")),
        tuple(lines_of(node.get("ingredients"))),
        tuple(lines_of(node.get("directions"))),
        servings_of(node.get("servings")),
    )


def _from_mealie(node: Node, ingredients: Iterable[Node]) -> Draft:
    steps = node.get("recipe_instructions", node.get("recipeInstructions")) or []
    servings = node.get("recipe_servings") or node.get("recipeServings")
    said = node.get("recipe_yield", node.get("recipeYield"))
    return Draft(
        one_line(node.get("name")),
        tuple(line for one in ingredients for line in _mealie_ingredient(one)),
        tuple(line for one in steps for line in _mealie_step(one)),
        (int(servings) if isinstance(servings, int | float) and 0 < servings < 1_000 else None) or servings_of(said),
    )


def _mealie_ingredient(one: Node | str) -> Iterator[str]:
    if isinstance(one, str):
        yield from lines_of(one)
        return
    yield from _heading(one.get("title"))
    food, note = _called(one.get("food")), one_line(one.get("note"))
    written = one_line(one.get("display")) or one_line(one.get("originalText", one.get("original_text")))
    amount = _number(one.get("quantity")) if food or one.get("unit") else ""
    line = " ".join(part for part in (amount, _called(one.get("unit")), food) if part)
    made = ", ".join(part for part in (line, note) if part)
    # What it shows may leave out a word that the note holds, such as "raw"; what is longest says most.
    yield from lines_of(max(written, made, key=len))


def _mealie_step(one: Node | str) -> Iterator[str]:
    if isinstance(one, str):
        yield from lines_of(one)
        return
    yield from _heading(one.get("title") or one.get("summary"))
    yield from lines_of(one.get("text"))


def _in_mealie_database(data: Node) -> Iterator[Node]:
    """Mealie's backup keeps recipes, ingredients and steps in tables of their own, joined by numbers."""
    called = {
        (table, one.get("id")): one.get("name")
        for table in ("ingredient_foods", "ingredient_units")
        for one in data.get(table) or []
        if isinstance(one, dict)
    }
    rows: dict[tuple[str, Any], list[Node]] = {}
    for table in ("recipes_ingredients", "recipe_instructions"):
        for one in sorted((row for row in data.get(table) or [] if isinstance(row, dict)), key=_position):
            rows.setdefault((table, str(one.get("recipe_id"))), []).append(one)
    for recipe in data["recipes"]:
        if isinstance(recipe, dict):
            ingredients = [
                one
                | {"food": called.get(("ingredient_foods", one.get("food_id")))}
                | {"unit": called.get(("ingredient_units", one.get("unit_id")))}
                | {"note": one.get("note") or ""}
                for one in rows.get(("recipes_ingredients", str(recipe.get("id"))), [])
            ]
            steps = rows.get(("recipe_instructions", str(recipe.get("id"))), [])
            yield recipe | {"recipe_ingredient": ingredients, "recipe_instructions": steps}


def _position(row: Node) -> float:
    at = row.get("position", row.get("order", 0))
    return float(at) if isinstance(at, int | float) else 0.0


def _from_tandoor(node: Node) -> Draft:
    steps = sorted((one for one in node["steps"] if isinstance(one, dict)), key=_position)
    servings = node.get("servings")
    return Draft(
        one_line(node.get("name")),
        tuple(line for step in steps for line in _tandoor_ingredients(step)),
        tuple(line for step in steps for line in _tandoor_step(step)),
        int(servings) if isinstance(servings, int | float) and 0 < servings < 1_000 else None,
    )


def _tandoor_ingredients(step: Node) -> Iterator[str]:
    ingredients = [one for one in step.get("ingredients") or [] if isinstance(one, dict)]
    if ingredients:
        yield from _heading(step.get("name"))
    for one in sorted(ingredients, key=_position):
        yield from _heading(one.get("note")) if one.get("is_header") else lines_of(_tandoor_line(one))


def _tandoor_line(one: Node) -> str:
    amount = "" if one.get("no_amount") else _number(one.get("amount"))
    line = " ".join(part for part in (amount, amount and _called(one.get("unit")), _called(one.get("food"))) if part)
    return ", ".join(part for part in (line, one_line(one.get("note"))) if part)


def _tandoor_step(step: Node) -> Iterator[str]:
    yield from _heading(step.get("name"))
    ingredients = [_tandoor_line(one) for one in step.get("ingredients") or [] if isinstance(one, dict)]

    def named(found: re.Match[str]) -> str:
        """A step may stand for an ingredient by its number: {{ ingredients[0] }}."""
        at = int(found[1])
        return ingredients[at] if at < len(ingredients) else ""

    text = _INGREDIENT_BY_NUMBER.sub(named, _text(step.get("instruction")))
    yield from lines_of(_OTHER_SIGNS.sub(r"\1", text).replace("**", ""))


def _text(value: object) -> str:
    """A text, or nothing where there is something else."""
    return value if isinstance(value, str) else ""


_INGREDIENT_BY_NUMBER = re.compile(r"\{\{ ?ingredients\[(\d{1,3})\](?:\.\w{1,20})? ?\}\}")
_OTHER_SIGNS = re.compile(r"\{[{%] ?(?:scale\()?([^{}%]{0,60}?)\)? ?[%}]\}")


def _heading(value: object) -> Iterator[str]:
    """The name of a part, as a line that is read as a heading."""
    if name := one_line(value).rstrip(": "):
        yield f"{name}:"


def _called(value: object) -> str:
    """The name of a food or a unit, written as a text or as an object."""
    return one_line(value.get("name")) if isinstance(value, dict) else one_line(value)


def _number(value: object) -> str:
    """An amount as people write it: 2.0 is 2. Nothing for none and nought."""
    try:
        amount = float(str(value))
    except ValueError:
        return ""
    return f"{amount:.3f}".rstrip("0").rstrip(".") if 0 < amount < 1e9 else ""
