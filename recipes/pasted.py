"""Which recipe does a pasted text hold? Its headings cut it; or, where there are none, its empty lines do."""

import re
from collections.abc import Sequence

from recipes.draft import Draft, NoRecipe, clean_lines, servings_of
from recipes.recipe import Recipe

NOTHING = "There are no words in it. Paste a recipe: its name, its ingredients and its method."
CANNOT_CUT = (
    "We cannot tell the ingredients from the method. Leave an empty line below the name and another above the method. "
    "Or write Ingredients above the ingredients, and Method above the steps."
)
NO_METHOD = (
    "We found no method. Paste it too, below a line with the word Method. How a food is cooked decides if it is safe."
)
NO_INGREDIENTS = "We found no ingredients. Paste them too, below a line with the word Ingredients."


def read_text(text: str, source: str) -> Recipe:
    """The recipe in a plain text: name, ingredients, method. Raises NoRecipe when they cannot be told apart.

    They are cut by headings; or, without headings, by empty lines: the name alone, then ingredients, then sentences or
    steps that are counted. What a recipe says about itself, such as its minutes, is left out; so is what follows it, such
    as notes: a note that tells how to warm it up again is not a step.
    """
    blocks = [block for paragraph in _EMPTY_LINE.split(text) if (block := tuple(clean_lines(paragraph)))]
    if not blocks:
        raise NoRecipe(NOTHING)
    lines = [line for block in blocks for line in block]
    servings = next((number for line in lines if _SERVES.match(line) and (number := servings_of(line))), None)
    blocks = [kept for block in blocks if (kept := tuple(line for line in block if not _ABOUT_IT.fullmatch(line)))]
    found = {heading[0] for line in lines if (heading := _heading(line))} - {"other"}
    draft = _cut_by_headings(blocks, found) if found else _cut_by_blocks(blocks)
    return draft.filled(Draft(servings=servings)).recipe(source)


def _cut_by_headings(blocks: Sequence[Sequence[str]], found: set[str]) -> Draft:
    if "method" not in found:
        raise NoRecipe(NO_METHOD)
    parts: dict[str, list[str]] = {"": [], "ingredients": [], "method": [], "other": []}
    now = ""
    for line in (line for block in blocks for line in block):
        now, said = _heading(line) or (now, line)
        parts[now] += [said] if said else []
    if "ingredients" not in found:
        # Only a line that stands apart is a name for sure; the first ingredient must not be taken for one.
        if len(blocks[0]) > 1 or len(parts[""]) < 2:
            raise NoRecipe(CANNOT_CUT)
        parts["ingredients"] = parts[""][1:]
    if not parts["ingredients"]:
        raise NoRecipe(NO_INGREDIENTS)
    if not parts["method"]:
        raise NoRecipe(NO_METHOD)
    name = next(iter(parts[""]), "").strip("#*_ ")
    return Draft(name, tuple(parts["ingredients"]), tuple(parts["method"]))


def _cut_by_blocks(blocks: Sequence[Sequence[str]]) -> Draft:
    """The name alone in the first block, then the ingredients, then all from the first block of sentences on."""
    method = next((at for at, block in enumerate(blocks) if at and (_is_prose(block) or _is_counted(block))), 0)
    if not blocks or len(blocks[0]) > 1 or method < 2:
        raise NoRecipe(_what_is_missing(blocks))
    steps: list[str] = []
    for line in (line for block in blocks[method:] for line in block):
        if _heading(line):
            break
        steps.append(line)
    return Draft(blocks[0][0].strip("#*_ "), tuple(line for block in blocks[1:method] for line in block), tuple(steps))


def _what_is_missing(blocks: Sequence[Sequence[str]]) -> str:
    lines = [line for block in blocks for line in block]
    amounts = sum(bool(_AMOUNT.match(line)) for line in lines)
    if len(lines) > 2 and amounts * 2 > len(lines) and not any(line.endswith(".") for line in lines):
        return NO_METHOD
    return NO_INGREDIENTS if len(blocks) > 1 and not amounts and all(map(_is_prose, blocks[1:])) else CANNOT_CUT


def _is_counted(block: Sequence[str]) -> bool:
    """Whether all of a block's lines are counted 1, 2, 3 and say more than a food would."""
    counted = [
        line
        for number, line in enumerate(block, 1)
        if line.lower().startswith((f"{number}.", f"{number})", f"step {number}"))
    ]
    return len(counted) == len(block) > 1 and all(len(line.split()) > 3 for line in counted)


def _is_prose(block: Sequence[str]) -> bool:
    """Whether a block is made of sentences: all its lines end like one, or most do and are longer than "Salt." """
    ended = [line for line in block if line.endswith((".", "!"))]
    long = [line for line in ended if len(line.split()) > 3]
    return len(long) * 2 > len(block) or bool(long and len(ended) == len(block))


def part_begun(line: str) -> str:
    """Which part of a recipe a heading begins: "ingredients", "method", "other", or "" for none."""
    return (_heading(line) or ("", ""))[0]


def _heading(line: str) -> tuple[str, str] | None:
    """Which part of a recipe a line begins, and what else it says: "Method:" -> ("method", "")."""
    for part, pattern in _HEADINGS.items():
        if found := pattern.fullmatch(line):
            return part, found["rest"] or ""
    return None


_EMPTY_LINE = re.compile(r"\r?\n[^\S\n]*\r?\n")
_AMOUNT = re.compile(r"(?:[-*•▢] ?)?(?:\d|[½¼¾⅓⅔]|an? )")
_SERVES = re.compile(r"(?:serves|servings|makes|yield|portions)\b", re.I)
_ABOUT_IT = re.compile(
    r"(?:serves|servings|makes|yields?|portions)\W{0,3}(?:about |around )?\d.{0,60}|for \d+ people"
    r"|(?:(?:prep(?:aration)?|cook(?:ing)?|total|active|resting|chilling)(?: ?time(?: ?:)?|:) ?|ready in |takes )\d.{0,60}"
    r"|(?:difficulty|calories|cuisine|course|author|rating): .{0,60}"
    r"|(?:print|pin|save|share|rate)(?: this)?(?: recipe)?|jump to recipe",
    re.I,
)
"""A line that tells something about a recipe, and is neither food nor step."""
_HEADINGS = {
    "ingredients": re.compile(
        r"[#*_ ]{0,6}(?:(?:the )?ingredients?|(?:what )?you(?: will|['’]ll)? need|shopping list)"
        r"(?: \([^()]{0,40}\)| for \w{1,20}| list)?[*_ ]{0,3}(?::[*_ ]{0,3}(?P<rest>.*))?",
        re.I,
    ),
    "method": re.compile(
        r"[#*_ ]{0,6}(?:(?:the |cooking )?(?:method|directions?|instructions?|steps?)|preparation|procedure|what to do"
        r"|how to (?:make|cook|prepare)(?: it| this)?)(?: \([^()]{0,40}\))?[*_ ]{0,3}(?::[*_ ]{0,3}(?P<rest>.*))?",
        re.I,
    ),
    "other": re.compile(
        r"[#*_ ]{0,6}(?:(?:(?:recipe |cook['’]?s )?(?:notes?|tips?)|storage|storing|to store|make ahead|video|faqs?"
        r"|did you make this(?: recipe)?\??)[*_ ]{0,3}:?[*_ ]{0,3}"
        r"|(?:nutrition(?:al)?(?: facts| information| info)?(?: per serving)?|equipment|comments?|reviews?|related recipes"
        r"|you may also like)[*_ ]{0,3}(?: ?\(\d{1,6}\))?(?::.*)?)(?P<rest>)",
        re.I,
    ),
}
"""How a line begins the ingredients, the method or something else. After a colon the part may begin on the same line."""
