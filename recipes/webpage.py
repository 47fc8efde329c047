"""Which recipe does a saved web page, a recipe file or a pasted text hold?

A page is asked in four ways, until the ingredients and the method are both found: as the site it came from, as a page that
describes its recipe in schema.org's words, by our own reading of such a description, and by its headings. Whatever is
found is plain text: no tag and no sign that cannot be seen survives, one ingredient or one step a string.
"""

import functools
import itertools
import json
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from recipes.lines import read_line
from recipes.recipe import Recipe

NO_RECIPE = "We found no recipe on this page. Copy its ingredients and method and paste them here."
NO_RECIPE_IN_FILE = "We found no recipe in this file. Copy its ingredients and method and paste them here."
NOT_TEXT = "This file is not text. Save the recipe as a web page or as text, and choose that file."
NOT_JSON = "This file looks like JSON, but it breaks off or is damaged. Save it again, or paste the recipe here."
TOO_LARGE = "This file is too large. Save one recipe alone, or paste it here."
NOTHING = "There are no words in it. Paste a recipe: its name, its ingredients and its method."
CANNOT_CUT = (
    "We cannot tell the ingredients from the method. Write the word Ingredients on a line above the ingredients, "
    "and the word Method on a line above the steps."
)
NO_METHOD = (
    "We found no method. Paste it too, below a line with the word Method. How a food is cooked decides if it is safe."
)
NO_INGREDIENTS = "We found no ingredients. Paste them too, below a line with the word Ingredients."
NAMELESS = "Recipe without a name"

LARGEST_FILE = 5_000_000
"""Bytes. A web page saved with everything that it says is a fifth of this."""

NOWHERE = "https://recipe.example/"
"""The address of a page that we know no site for: it is read by schema.org's words alone."""


class NoRecipe(Exception):
    """There is no recipe in what was handed in; `str()` of it is a sentence that tells a person what to do."""


@dataclass(frozen=True)
class _Draft:
    """What one way of asking found, as clean lines."""

    name: str = ""
    ingredients: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    servings: int | None = None

    @property
    def is_whole(self) -> bool:
        return bool(self.ingredients and self.steps)

    def filled(self, other: "_Draft") -> "_Draft":
        """This draft, with what it lacks from the other."""
        return _Draft(
            self.name or other.name,
            self.ingredients or other.ingredients,
            self.steps or other.steps,
            self.servings or other.servings,
        )

    def recipe(self, source: str) -> Recipe:
        ingredients = tuple(read_line(line) for line in self.ingredients)
        return Recipe(self.name or NAMELESS, ingredients, self.steps, self.servings, source)


def read_any(data: bytes, source: str) -> Recipe:
    """The recipe in a file or a pasted text, whatever it is: JSON, a web page, or plain text. Raises NoRecipe."""
    if len(data) > LARGEST_FILE:
        raise NoRecipe(TOO_LARGE)
    if _is_binary(data):
        raise NoRecipe(NOT_TEXT)
    text = _decode(data)
    if not text.strip():
        raise NoRecipe(NOTHING)
    if _JSON_BEGINS.match(text):
        return read_json(text, source)
    return read_page(text, source) if _HTML_TAG.search(text) else read_text(text, source)


def read_page(html: str, source: str) -> Recipe:
    """The recipe on a web page, given as its HTML. Raises NoRecipe when there is none."""
    # The recipe reader's own parser needs hours for some broken pages; this one does not, and hands it a page put right.
    # The recipe reader also takes "<70 °C" for the beginning of a tag, and throws away what follows.
    soup = BeautifulSoup(html, "lxml")
    mended = _LESS_THAN.sub("less than ", str(soup))
    addresses = dict.fromkeys((_address(soup, source), NOWHERE))
    readers: list[Callable[[], _Draft]] = [functools.partial(_from_site, mended, address) for address in addresses]
    readers += [functools.partial(_from_descriptions, soup), functools.partial(_from_headings, soup)]
    draft = _Draft()
    for reader in readers:
        draft = draft.filled(reader())
        if draft.is_whole:
            break
    if not draft.ingredients:
        raise NoRecipe(NO_RECIPE)
    return draft.recipe(source)


def read_json(text: str, source: str) -> Recipe:
    """The first schema.org Recipe in a JSON text, also inside a list or a graph. Raises NoRecipe when there is none."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise NoRecipe(NOT_JSON) from None
    draft = _from_data(data)
    if not (draft.ingredients or draft.steps):
        raise NoRecipe(NO_RECIPE_IN_FILE)
    return draft.recipe(source)


# A web page


def _address(soup: BeautifulSoup, source: str) -> str:
    """Where a page says it lives; else where it was fetched; else nowhere."""
    said = [tag.get("href") for tag in soup.select("link[rel=canonical]")]
    said += [tag.get("content") for tag in soup.select('meta[property="og:url"]')]
    return next((one for one in [*said, source] if isinstance(one, str) and _is_web_address(one)), NOWHERE)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _from_site(page: str, address: str) -> _Draft:
    """What the recipe reader makes of the page, as a page of the site at this address."""
    # Here, not above: importing it takes most of a second, which most commands never need.
    from recipe_scrapers import scrape_html

    warnings.filterwarnings("ignore", module="recipe_scrapers")  # What a site does not give is asked for another way.
    scraper = _ask(lambda: scrape_html(page, org_url=address, supported_only=False))
    if scraper is None:
        return _Draft()
    return _Draft(
        name=_one_line(_ask(scraper.title)),
        ingredients=tuple(_lines(_ask(scraper.ingredients))),
        steps=tuple(_lines(_ask(scraper.instructions_list))),
        servings=_servings(_ask(scraper.yields)),
    )


def _ask(question: Callable[[], Any]) -> Any:
    """The answer, or None. Five hundred sites fail in as many ways; where one does, the next way of asking is tried."""
    try:
        return question()
    except Exception:
        return None


def _from_descriptions(soup: BeautifulSoup) -> _Draft:
    """What the page's own JSON-LD says, read by us."""
    draft = _Draft()
    for script in soup.select('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
        draft = draft.filled(_from_data(data))
    return draft


def _from_headings(soup: BeautifulSoup) -> _Draft:
    """The list items below a heading "Ingredients", and those below a heading "Method", up to the next such heading."""
    headings = soup.select(_ANY_HEADING)
    begins = {part: tag for tag in reversed(headings) if (part := (_heading(_short_text(tag)) or ("", ""))[0])}
    if len(begins) < 2:
        return _Draft()
    ingredients, method = begins["ingredients"], begins["method"]
    above = {id(tag) for tag in headings if tag.name <= method.name}
    title = soup.find("h1") or soup.find("title")
    return _Draft(
        name=_one_line(title.get_text(" ")) if title else "",
        ingredients=tuple(_items(ingredients, until={id(method)})),
        steps=tuple(_items(method, until=above)),
    )


def _short_text(tag: Any) -> str:
    """The first words in an element, without asking where it ends: that takes long where a page nests deeply."""
    beginning = itertools.islice(tag.next_elements, 6)
    return next((_one_line(str(one)) for one in beginning if type(one) is NavigableString and one.strip()), "")


def _items(start: Tag, until: set[int]) -> Iterator[str]:
    """The text of each list item that begins below one place on the page and above others."""
    items: dict[int, list[str]] = {}
    for element in start.next_elements:
        if id(element) in until:
            break
        if type(element) is NavigableString:
            # Six levels up and no further: how deep a page nests must not decide how long this takes.
            around = (parent for parent in itertools.islice(element.parents, 6) if parent.name == "li")
            if (item := next(around, None)) is not None:
                items.setdefault(id(item), []).append(str(element))
    for texts in items.values():
        yield from _lines(" ".join(" ".join(texts).split()))


# schema.org's words


def _from_data(data: object) -> _Draft:
    """The first recipe with ingredients among JSON values; else the first recipe."""
    drafts = [_from_node(node) for node in _recipe_nodes(data)]
    return next((draft for draft in drafts if draft.ingredients), drafts[0] if drafts else _Draft())


def _recipe_nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object that is a Recipe, in the order they stand in, however deep."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if _is_recipe(one):
                yield one
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)


def _is_recipe(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    named = [str(one).rsplit("/", 1)[-1] for one in (types if isinstance(types, list) else [types])]
    return "Recipe" in named or (types is None and "recipeIngredient" in node)


def _from_node(node: dict[str, Any]) -> _Draft:
    return _Draft(
        name=_one_line(node.get("name")),
        ingredients=tuple(_lines(node.get("recipeIngredient") or node.get("ingredients"))),
        steps=tuple(_lines(node.get("recipeInstructions"))),
        servings=_servings(node.get("recipeYield") or node.get("yield")),
    )


def _lines(value: object) -> Iterator[str]:
    """Every clean line of a text, of a list, or of an object such as a HowToSection, in the order they stand in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += reversed(_parts(one))
        elif isinstance(one, list | tuple):
            waiting += reversed(one)
        elif isinstance(one, str):
            yield from _clean_lines(one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield str(one)


def _parts(node: dict[str, Any]) -> list[Any]:
    """What an object says, in order: an amount with its food, a section with its steps, or a step."""
    if "value" in node:
        return [" ".join(str(node[key]) for key in ("value", "unitText", "name") if node.get(key))]
    inside = node.get("itemListElement") or node.get("item") or node.get("text") or node.get("description")
    name = node.get("name")
    is_said_again = isinstance(inside, str) and isinstance(name, str) and inside.startswith(name.rstrip(" .…"))
    return [inside] if is_said_again or _STEP_NUMBER.fullmatch(str(name)) else [name, inside]


def _servings(value: object) -> int | None:
    """For how many people: "Serves 4", 4, ["4", "4 servings"]. None where it counts something else, as in "24 biscuits"."""
    for line in _lines(value):
        if (number := _FIRST_NUMBER.search(line)) and (line == number[0] or _PEOPLE.search(line)):
            return int(number[0]) or None
    return None


# Pasted text


def read_text(text: str, source: str) -> Recipe:
    """The recipe in a plain text: name, ingredients, method. Raises NoRecipe when they cannot be told apart.

    They are cut by headings; or, without headings, by empty lines: the name alone, then ingredients, then sentences.
    """
    blocks = [block for paragraph in _EMPTY_LINE.split(text) if (block := tuple(_clean_lines(paragraph)))]
    if not blocks:
        raise NoRecipe(NOTHING)
    lines = [line for block in blocks for line in block]
    found = {heading[0] for line in lines if (heading := _heading(line))}
    draft = _cut_by_headings(lines, blocks, found) if found else _cut_by_blocks(blocks)
    servings = next((number for line in lines if _SERVES.match(line) and (number := _servings(line))), None)
    return draft.filled(_Draft(servings=servings)).recipe(source)


def _cut_by_headings(lines: Sequence[str], blocks: Sequence[Sequence[str]], found: set[str]) -> _Draft:
    if "method" not in found:
        raise NoRecipe(NO_METHOD)
    parts: dict[str, list[str]] = {"": [], "ingredients": [], "method": []}
    now = ""
    for line in lines:
        now, said = _heading(line) or (now, line)
        parts[now] += [said] if said else []
    if "ingredients" not in found:
        # Only a line that stands apart is a name for sure; the first ingredient must not be taken for one.
        if len(blocks[0]) > 1 or len(parts[""]) < 2:
            raise NoRecipe(CANNOT_CUT)
        parts["ingredients"] = [line for line in parts[""][1:] if not _SERVES.match(line)]
    if not parts["ingredients"]:
        raise NoRecipe(NO_INGREDIENTS)
    if not parts["method"]:
        raise NoRecipe(NO_METHOD)
    return _Draft(next(iter(parts[""]), ""), tuple(parts["ingredients"]), tuple(parts["method"]))


def _cut_by_blocks(blocks: Sequence[Sequence[str]]) -> _Draft:
    """The name alone in the first block, then the ingredients, then all from the first block of sentences on."""
    method = next((at for at, block in enumerate(blocks) if at and _is_prose(block)), 0)
    if len(blocks[0]) > 1 or method < 2:
        raise NoRecipe(CANNOT_CUT)
    ingredients = [line for block in blocks[1:method] for line in block if not _SERVES.match(line)]
    steps = [line for block in blocks[method:] for line in block]
    return _Draft(blocks[0][0], tuple(ingredients), tuple(steps))


def _is_prose(block: Sequence[str]) -> bool:
    """Whether a block is made of sentences: all its lines end like one, or most do and are longer than "Salt." """
    ended = [line for line in block if line.endswith((".", "!"))]
    long = [line for line in ended if len(line.split()) > 3]
    return len(long) * 2 > len(block) or bool(long and len(ended) == len(block))


def _heading(line: str) -> tuple[str, str] | None:
    """Which part of a recipe a line begins, and what else it says: "Method:" -> ("method", "")."""
    for part, pattern in _HEADINGS.items():
        if found := pattern.fullmatch(line):
            return part, found["rest"] or ""
    return None


# Clean text


def _clean_lines(text: str) -> Iterator[str]:
    """The lines of a text as a person reads them: no tags, no entities, nothing that cannot be seen."""
    for _ in range(3):
        text = unescape(text)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text)).translate(_UNSEEN)
    for line in text.splitlines():
        line = " ".join(line.split())
        if any(map(str.isalnum, line)):
            yield line


def _one_line(value: object) -> str:
    return " ".join(_lines(value))


def _is_binary(data: bytes) -> bool:
    beginning = data[:4000]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in beginning)
    return data.startswith(b"%PDF") or b"\0" in data or controls * 50 > len(beginning)


def _decode(data: bytes) -> str:
    """The text, by what its bytes say, then by what it says of itself; else as old Windows programs wrote."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:4000])
        charset = said[1].decode().lower() if said else ""
        return data.decode(charset if charset in _CHARSETS else "windows-1252", errors="replace")


_CHARSET = re.compile(rb"charset=[\"']?([\w-]{1,20})", re.I)
_CHARSETS = frozenset({"iso-8859-2", "iso-8859-15", "windows-1250", "macintosh"})
_JSON_BEGINS = re.compile(r"\s*(?:\{|\[\s*[\[{])")
_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|meta|script|div|section|article|h1|h2|ul|ol|li|p|br|table)\b", re.I
)
_BLOCK_TAG = re.compile(r"</?(?:br|p|li|ul|ol|div|tr|td|h[1-6])\b[^<>]*>", re.I)
_TAG = re.compile(r"<[/!]?[a-z][^<>]*>", re.I)
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD, *range(9), 127))
_LESS_THAN = re.compile(r"(?:<|&lt;|\\u003c)(?= ?=? ?\d)", re.I)
_ANY_HEADING = "h1, h2, h3, h4, h5, h6"
_EMPTY_LINE = re.compile(r"\r?\n[^\S\n]*\r?\n")
_STEP_NUMBER = re.compile(r"step \d{1,3}", re.I)
_FIRST_NUMBER = re.compile(r"\b\d{1,3}\b")
_PEOPLE = re.compile(r"serv|people|person|portion|\bfor\b|adults", re.I)
_SERVES = re.compile(r"(?:serves|servings|makes|yield|portions)\b", re.I)
_HEADINGS = {
    "ingredients": re.compile(
        r"[#* ]{0,6}(?:ingredients?|(?:you will|you['’]ll|what you) need|shopping list)"
        r"(?: \([^()]{0,40}\)| for \w{1,20}| list)?[* ]{0,3}(?::[* ]{0,3}(?P<rest>.*))?",
        re.I,
    ),
    "method": re.compile(
        r"[#* ]{0,6}(?:method|directions?|instructions?|steps?|preparation|procedure|what to do|how to make(?: it| this)?)"
        r"[* ]{0,3}(?::[* ]{0,3}(?P<rest>.*))?",
        re.I,
    ),
}
"""How a line begins the ingredients or the method. After a colon the part may begin on the same line."""
