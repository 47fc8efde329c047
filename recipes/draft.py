"""What is a recipe made of, however it was written down? Names, ingredients and steps as clean lines of plain text.

Web pages, files of other planners and pasted words all end here. Whatever comes out is plain text: no tag and no sign that
cannot be seen survives, one ingredient or one step a string.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from recipes.lines import read_line
from recipes.recipe import Recipe

NAMELESS = "Recipe without a name"
FAR_TOO_LONG = "This is far longer than a recipe. Paste one recipe: its name, its ingredients and its method."
MOST_TO_FOLLOW = 6_000_000
"""Ingredients times letters of the method: each food is followed through each sentence. The longest recipe that we have
seen needs a twentieth of this, and this takes some seconds."""


class NoRecipe(Exception):
    """There is no recipe in what was handed in; `str()` of it is a sentence that tells a person what to do."""


@dataclass(frozen=True)
class Draft:
    """What one way of asking found, as clean lines."""

    name: str = ""
    ingredients: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    servings: int | None = None

    @property
    def is_whole(self) -> bool:
        """Does it hold both the ingredients and the method?"""
        return bool(self.ingredients and self.steps)

    @property
    def to_follow(self) -> int:
        """How much there is to check: ingredients times letters of the method."""
        return len(self.ingredients) * sum(map(len, self.steps))

    def filled(self, other: "Draft") -> "Draft":
        """This draft, with what it lacks from the other."""
        return Draft(
            self.name or other.name,
            self.ingredients or other.ingredients,
            self.steps or other.steps,
            self.servings or other.servings,
        )

    def with_parts_named(self, names: frozenset[str]) -> "Draft":
        """This draft, where a step that is only the name of a part is marked as one by a colon."""
        steps = (f"{line.rstrip(' .:')}:" if line in names else line for line in self.steps)
        return Draft(self.name, self.ingredients, tuple(steps), self.servings)

    def recipe(self, source: str) -> Recipe:
        """The recipe, its ingredients read, and each step with the name of the part of the method that it begins.

        Raises NoRecipe when it is so long that following its foods would keep everybody waiting.
        """
        if self.to_follow > MOST_TO_FOLLOW:
            raise NoRecipe(FAR_TOO_LONG)
        ingredients = tuple(read_line(line) for line in without_numbers(self.ingredients))
        return Recipe(self.name or NAMELESS, ingredients, tuple(joined_steps(self.steps)), self.servings, source)


def joined_steps(steps: Sequence[str]) -> Iterator[str]:
    """The steps as they are done: a line that only names what follows ("For the sauce:") goes in front of the next."""
    names: list[str] = []
    for line in without_numbers(steps):
        if not any(map(str.isalpha, line)) or _STEP_NUMBER.fullmatch(line):
            continue
        if line.endswith(":") and len(line) <= _LONGEST_NAME:
            names.append(line)
        else:
            yield " ".join([*names, line])
            names = []
    if names:
        yield " ".join(names)


def without_numbers(lines: Sequence[str]) -> list[str]:
    """Lines without bullets, and without the numbers in front of them where they count 1, 2, 3."""
    plain = [_BULLET.sub("", line, count=1) for line in lines]
    numbers = [int(found[1]) if (found := _NUMBERED.match(line)) else 0 for line in plain]
    counted = [number for number in numbers if number]
    if (
        len(counted) < min(2, len(plain))
        or counted[:1] != [1]
        or any(b not in (a + 1, 1) for a, b in zip(counted, counted[1:], strict=False))
    ):
        return plain
    return [_NUMBERED.sub("", line, count=1) for line in plain]


_LONGEST_NAME = 80
_STEP_NUMBER = re.compile(r"step \d{1,3}[:.]?", re.I)
_BULLET = re.compile(r"^(?:[•·‣▪▢☐□○●◦✓✔*–—-]|\[[ x]?\]) +(?=\S)", re.I)
_NUMBERED = re.compile(r"^(?:step )?(\d{1,2}) ?[.):](?: +|(?=[A-Za-z]))(?=\S)", re.I)


# schema.org's words


def recipe_nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object among JSON values that is a Recipe, in the order they stand in, however deep."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if is_recipe(one):
                yield one
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)


def is_recipe(node: dict[str, Any]) -> bool:
    """Does an object say of itself that it is a Recipe, or hold a recipe's ingredients?"""
    types = node.get("@type")
    named = [str(one).rsplit("/", 1)[-1] for one in (types if isinstance(types, list) else [types])]
    return "Recipe" in named or (types is None and "recipeIngredient" in node)


def draft_of(node: dict[str, Any]) -> Draft:
    """What an object in schema.org's words says."""
    return Draft(
        name=one_line(node.get("name")),
        ingredients=tuple(ingredient_lines(node.get("recipeIngredient") or node.get("ingredients"))),
        steps=tuple(lines_of(node.get("recipeInstructions"))),
        servings=servings_of(node.get("recipeYield") or node.get("yield")),
    )


def ingredient_lines(value: object) -> Iterator[str]:
    """Clean ingredient lines. Where each has a place of its own in a list, a break within one is only a wrapped line."""
    if isinstance(value, list) and len(value) > 2:
        value = [_BREAK.sub(" ", one) if isinstance(one, str) and one.count("\n") == 1 else one for one in value]
    for line in lines_of(value):
        yield f"{found[1].rstrip(': ')}:" if (found := _IN_BRACKETS.fullmatch(line)) else line


def lines_of(value: object) -> Iterator[str]:
    """Every clean line of a text, of a list, or of an object such as a HowToSection, in the order they stand in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += reversed(_parts(one))
        elif isinstance(one, list | tuple):
            waiting += reversed(one)
        elif isinstance(one, str):
            yield from clean_lines(one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield str(one)


def _parts(node: dict[str, Any]) -> list[Any]:
    """What an object says, in order: an amount with its food, a section with its steps, or a step."""
    if "value" in node:
        return [" ".join(str(node[key]) for key in ("value", "unitText", "name") if node.get(key))]
    inside = node.get("itemListElement") or node.get("item") or node.get("text") or node.get("description")
    # A name that is no text is left alone: it might hold others, and those others, without end.
    name = _IN_BRACKETS.sub(r"\1", " ".join(clean_lines(node["name"]))) if isinstance(node.get("name"), str) else ""
    is_said_again = isinstance(inside, str) and " ".join(clean_lines(inside)).startswith(name.rstrip(" .…:"))
    if not name or is_said_again or _STEP_NUMBER.fullmatch(name):
        return [_IN_BRACKETS.sub(r"\1:", inside) if isinstance(inside, str) else inside]
    if not inside and "HowToSection" not in str(node.get("@type")):
        return [name]
    return [name if len(name) > _LONGEST_NAME else f"{name.rstrip(' .:')}:", inside]


def names_of_parts(node: dict[str, Any]) -> Iterator[str]:
    """What a recipe calls the parts of its method, or steps that say more than their name."""
    waiting = [node.get("recipeInstructions")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            name, text = one.get("name"), one.get("text")
            waiting.append(one.get("itemListElement"))
            if isinstance(name, str) and (one.get("itemListElement") or (isinstance(text, str) and text != name)):
                yield " ".join(clean_lines(name))


def servings_of(value: object) -> int | None:
    """For how many people: "Serves 4", 4, ["4", "4 servings"]. None where it counts something else, as in "24 biscuits"."""
    for line in lines_of(value):
        if (number := _FIRST_NUMBER.search(line)) and (line == number[0] or _PEOPLE.search(line)):
            return int(number[0]) or None
    return None


# Clean text


def clean_lines(text: str) -> Iterator[str]:
    """The lines of a text as a person reads them: no tags, no entities, nothing that cannot be seen."""
    for _ in range(3):
        text = unescape(text)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text)).translate(_UNSEEN)
    for line in text.splitlines():
        line = " ".join(line.split())
        if any(map(str.isalnum, line)):
            yield line


def one_line(value: object) -> str:
    """All that a value says, on one line."""
    return " ".join(lines_of(value))


_BLOCK_TAG = re.compile(r"</?(?:br|p|li|ul|ol|div|tr|td|h[1-6])\b[^<>]*>", re.I)
_TAG = re.compile(r"<[/!]?[a-z][^<>]*>", re.I)
# The last of them are halves of letters, which JSON may hold and no page or database can.
_UNSEEN = dict.fromkeys(
    (
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        0xFEFF,
        0xAD,
        *range(9),
        *range(14, 28),
        31,
        127,
        *range(0xD800, 0xE000),
    )
)
_FIRST_NUMBER = re.compile(r"\b\d{1,3}\b")
_PEOPLE = re.compile(r"serv|people|person|portion|\bfor\b|adults", re.I)
_BREAK = re.compile(r"\s*\n\s*")
_IN_BRACKETS = re.compile(r"^\s*\[([^\[\]]{2,80})\]\s*$")
"""How one planner writes the name of a part: [For the sauce]."""
