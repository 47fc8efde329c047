"""Which recipe does a saved web page, a recipe file or a pasted text hold?

A page is asked in five ways, until the ingredients and the method are both found: as the site it came from, as a page that
describes its recipe in schema.org's words, by our own reading of such a description, by the marks of a microformat, and by
its headings. Whatever is found is plain text.
"""

import functools
import itertools
import json
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from recipes.draft import (
    Draft,
    NoRecipe,
    draft_of,
    ingredient_lines,
    lines_of,
    names_of_parts,
    one_line,
    recipe_nodes,
    servings_of,
)
from recipes.pasted import NOTHING, part_begun, read_text
from recipes.recipe import Recipe

NO_RECIPE = "We found no recipe on this page. Copy its ingredients and method and paste them here."
NO_RECIPE_IN_FILE = "We found no recipe in this file. Copy its ingredients and method and paste them here."
NOT_TEXT = "This file is not text. Save the recipe as a web page or as text, and choose that file."
NOT_JSON = "This file looks like JSON, but it breaks off or is damaged. Save it again, or paste the recipe here."
TOO_LARGE = "This file is too large. Save one recipe alone, or paste it here."
LARGEST_FILE = 5_000_000
"""Bytes. A web page saved with everything that it says is a fifth of this."""

NOWHERE = "https://recipe.example/"
"""The address of a page that we know no site for: it is read by schema.org's words alone."""


def read_any(data: bytes, source: str, charset: str = "") -> Recipe:
    """The recipe in a file or a pasted text, whatever it is: JSON, a web page, or plain text. Raises NoRecipe.

    `charset` is the encoding that a server named, which counts where the bytes are not UTF-8.
    """
    if len(data) > LARGEST_FILE:
        raise NoRecipe(TOO_LARGE)
    if _is_binary(data):
        raise NoRecipe(NOT_TEXT)
    text = decode(data, charset)
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
    readers: list[Callable[[], Draft]] = [functools.partial(_from_site, mended, address) for address in addresses]
    readers += [functools.partial(one, soup) for one in (_from_descriptions, _from_marks, _from_headings)]
    draft = Draft()
    for reader in readers:
        draft = draft.filled(reader())
        if draft.is_whole:
            break
    if not draft.ingredients:
        raise NoRecipe(NO_RECIPE)
    return draft.with_parts_named(_names_of_parts(soup)).recipe(source)


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


def _from_site(page: str, address: str) -> Draft:
    """What the recipe reader makes of the page, as a page of the site at this address."""
    # Here, not above: importing it takes most of a second, which most commands never need.
    from recipe_scrapers import scrape_html

    warnings.filterwarnings("ignore", module="recipe_scrapers")  # What a site does not give is asked for another way.
    scraper = _ask(lambda: scrape_html(page, org_url=address, supported_only=False))
    if scraper is None:
        return Draft()
    return Draft(
        name=one_line(_ask(scraper.title)),
        ingredients=tuple(_ingredients(_ask(scraper.ingredients), _ask(scraper.ingredient_groups))),
        steps=tuple(lines_of(_ask(scraper.instructions_list))),
        servings=servings_of(_ask(scraper.yields)),
    )


def _ingredients(flat: Any, groups: Any) -> Iterator[str]:
    """The ingredients, each group below its heading where the page has groups that hold the same lines."""
    grouped = [line for group in groups or () for line in group.ingredients]
    if not isinstance(flat, list) or sorted(grouped) != sorted(flat) or not any(group.purpose for group in groups):
        yield from ingredient_lines(flat)
        return
    for group in groups:
        purpose = one_line(group.purpose).rstrip(": ")
        # A heading with a number in it would be taken for a food.
        yield from [f"{purpose}:"] if purpose and not any(map(str.isdigit, purpose)) else []
        yield from ingredient_lines(group.ingredients)


def _ask(question: Callable[[], Any]) -> Any:
    """The answer, or None. Five hundred sites fail in as many ways; where one does, the next way of asking is tried."""
    try:
        return question()
    except Exception:
        return None


def _from_descriptions(soup: BeautifulSoup) -> Draft:
    """What the page's own JSON-LD says, read by us."""
    draft = Draft()
    for data in _descriptions(soup):
        draft = draft.filled(_from_data(data))
    return draft


def _descriptions(soup: BeautifulSoup) -> Iterator[Any]:
    for script in soup.select('script[type="application/ld+json"]'):
        try:
            yield json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue


def _names_of_parts(soup: BeautifulSoup) -> frozenset[str]:
    """The names that the page's own JSON-LD gives to parts of its method."""
    return frozenset(name for data in _descriptions(soup) for node in recipe_nodes(data) for name in names_of_parts(node))


def _from_marks(soup: BeautifulSoup) -> Draft:
    """What a page says by a microformat, RDFa or microdata."""
    for recipe, name, ingredient, method, servings in _MARKS:
        if (found := soup.select_one(recipe)) and (lines := _marked(found, ingredient)):
            said = ["".join(_marked(found, one)[:1]) for one in (name, servings)]
            steps = [line for tag in found.select(method) for line in lines_of(_broken_into_lines(tag))]
            return Draft(said[0], tuple(lines), tuple(steps), servings_of(said[1]))
    return Draft()


def _marked(tag: Tag, selector: str) -> list[str]:
    return [line for found in tag.select(selector) if (line := one_line(found.get_text(" ")))]


def _broken_into_lines(tag: Tag) -> str:
    """The text of an element, one line where the page begins a new one."""
    return "".join(
        "\n" if isinstance(one, Tag) and one.name in _BLOCKS else str(one) if _is_text(one) else ""
        for one in tag.descendants
    )


def _is_text(element: Any) -> bool:
    return type(element) is NavigableString


def _from_headings(soup: BeautifulSoup) -> Draft:
    """The list items below a heading "Ingredients", and those below a heading "Method", up to the next such heading."""
    headings = soup.select(_ANY_HEADING)
    begins = {part: tag for tag in reversed(headings) if (part := part_begun(_short_text(tag)))}
    if not {"ingredients", "method"} <= set(begins):
        return Draft()
    ingredients, method = begins["ingredients"], begins["method"]
    above = {id(tag) for tag in headings if tag.name <= method.name}
    title = soup.find("h1") or soup.find("title")
    return Draft(
        name=one_line(title.get_text(" ")) if title else "",
        ingredients=tuple(_items(ingredients, until={id(method)})),
        steps=tuple(_items(method, until=above)),
    )


def _short_text(tag: Any) -> str:
    """The first words in an element, without asking where it ends: that takes long where a page nests deeply."""
    beginning = itertools.islice(tag.next_elements, 6)
    return next((one_line(str(one)) for one in beginning if type(one) is NavigableString and one.strip()), "")


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
        yield from lines_of(" ".join(" ".join(texts).split()))


def _from_data(data: object) -> Draft:
    """The first recipe with ingredients among JSON values; else the first recipe."""
    drafts = [draft_of(node) for node in recipe_nodes(data)]
    return next((draft for draft in drafts if draft.ingredients), drafts[0] if drafts else Draft())


# Bytes


def is_plain_text(data: bytes) -> bool:
    """Is this text, and neither JSON nor a web page?"""
    if _is_binary(data):
        return False
    text = decode(data)
    return not _JSON_BEGINS.match(text) and not _HTML_TAG.search(text)


def _is_binary(data: bytes) -> bool:
    beginning = data[:4000]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in beginning)
    return data.startswith(b"%PDF") or b"\0" in data or controls * 50 > len(beginning)


def decode(data: bytes, charset: str = "") -> str:
    """The text, by what its bytes say, then by what it or its server says; else as old Windows programs wrote."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:4000])
        charset = charset or (said[1].decode().lower() if said else "")
        return data.decode(charset if charset in _CHARSETS else "windows-1252", errors="replace")


_CHARSET = re.compile(rb"charset=[\"']?([\w-]{1,20})", re.I)
_CHARSETS = frozenset({"iso-8859-2", "iso-8859-15", "windows-1250", "macintosh"})
_JSON_BEGINS = re.compile(r"\s*(?:\{|\[\s*[\[{])")
_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|meta|script|div|section|article|h1|h2|ul|ol|li|p|br|table)\b", re.I
)
_LESS_THAN = re.compile(r"(?:<|&lt;|\\u003c)(?= ?=? ?\d)", re.I)
_BLOCKS = frozenset({"p", "li", "br", "div", "tr", "ol", "ul", "h2", "h3", "h4"})
_ANY_HEADING = "h1, h2, h3, h4, h5, h6"
_MARKS = (
    (".h-recipe", ".p-name", ".p-ingredient", ".e-instructions, .p-instructions", ".p-yield"),
    (".hrecipe", ".fn", ".ingredient", ".instructions, .instruction", ".yield"),
    *(
        (recipe, *(f'[{key}$="{name}"]' for name in ("name", "recipeIngredient", "recipeInstructions", "recipeYield")))
        for key, recipe in (("property", '[typeof$="Recipe"]'), ("itemprop", '[itemtype$="/Recipe"]'))
    ),
)
"""How a page marks its recipe, name, ingredients, method and servings: h-recipe, hRecipe, RDFa, microdata."""
