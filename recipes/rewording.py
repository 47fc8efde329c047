"""How is a line or a step of a recipe reworded? Another food, a firmer ending, one more sentence; nothing else moves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from foods.food import Food
from foods.names import Kind, Vocabulary
from foods.table import FoodTable
from recipes.lines import PACKS, pack_size, read_line
from recipes.recipe import Ingredient, Recipe

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PER_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_HANDFULS = 2
"""How many handfuls of leaves an unweighed bag is taken for."""
_PACK_OF = re.compile(r"\b(?:bags?|packs?|packets?|tubs?|punnets?|box(?:es)?)\b(?: of\b)?", re.I)
_READY = re.compile(r"\b(?:baby|fresh|ready[- ]washed|pre-?washed|washed and ready) ", re.I)
_CUT = re.compile(r"(?:slices?|rashers?|sliced)$", re.I)
_PIECES = re.compile(r"\b(?:sticks?|chunks?|batons?|pieces?|cubes)$", re.I)
_MASS = frozenset({"whole-lettuce", "rocket", "spinach", "watercress", "salad-cress", "celery", "cabbage", "kale", "chard"})
"""Fresh foods that are spoken of as one: "some spinach", not "spinaches"."""

_RARE = (
    r"(?:medium[- ]rare|medium|rare|pink|blue|runny|soft|soft[- ]boiled|soft[- ]set|barely set|just set|jammy|opaque|wobbly"
    r"|seared|translucent|bouncy)"
)
_UNTIL_RARE = re.compile(
    rf",? ?\b(?:or )?(?:until|till|for|to|so that|but)\b(?: (?!no\b)[\w'’-]+){{0,12}}? {_RARE}\b(?: and {_RARE})?"
    r"(?: doneness)?(?: in the (?:middle|cent(?:re|er)))?",
    re.I,
)
_RARE_ALONE = re.compile(
    r",? ?(?:\bto )?\b(?:medium[- ]rare|rare|pink in the (?:middle|cent(?:re|er))|soft[- ]boiled)\b"
    r"|\bsoft(?= (?:boiled )?eggs?\b)",
    re.I,
)
_STILL_RARE = re.compile(
    r"\b(?:medium[- ]rare|rare|runny|soft[- ]boiled|jammy|(?<!no )pink in the (?:middle|cent(?:re|er)))\b|\bsoft eggs?\b",
    re.I,
)
_TOO_SHORT = re.compile(r",? ?\bfor (?:about |around )?\d+(?: ?(?:-|–|to) ?\d+)? (?:minutes?|mins?|seconds?|secs?)\b", re.I)
_DEGREES = re.compile(
    r"(?P<low>\d{2,3})(?: ?(?:°|º|degrees?)? ?[FC]?)?(?: ?(?:-|–|to) ?\d{2,3})? ?(?:°|º|degrees?)? ?(?P<unit>[FC])\b"
    r"(?: ?\([^)]*\))?",
)
_ENOUGH = {"C": 70, "F": 158}
_ENDS = (".", "!", "?", ":", ";")


def with_line(recipe: Recipe, place: int, text: str) -> Recipe:
    """The recipe with another text for the ingredient line at this place."""
    lines = [*recipe.ingredients]
    lines[place] = read_line(text)
    return replace(recipe, ingredients=tuple(lines))


def with_step(recipe: Recipe, place: int, text: str) -> Recipe:
    """The recipe with another text for the step at this place."""
    steps = [*recipe.steps]
    steps[place] = text
    return replace(recipe, steps=tuple(steps))


def find_words(text: str, words: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where a food's folded words stand in a text, as pairs of start and end: "goat cheese" in "the Goat’s cheese"."""
    tokens = [(found.start(), found.end(), vocabulary.fold(found[0])) for found in _WORD.finditer(text)]
    wanted = tuple(words)
    for first in range(len(tokens)):
        said: tuple[str, ...] = ()
        for start, end, folded in tokens[first:]:
            if start > tokens[first][0] and re.search(r"[,.;:()]", text[tokens[first][0] : start]):
                break
            said += folded
            if said == wanted:
                yield tokens[first][0], end
            if len(said) >= len(wanted):
                break


def own_words(line: Ingredient, words: str, vocabulary: Vocabulary) -> str:
    """A food's name as the line itself writes it, in small letters: "goat's cheese"; else its folded words."""
    place = next(find_words(line.text, words.split(), vocabulary), None)
    return line.text[slice(*place)].lower() if place else words


def swapped_lines(table: FoodTable, line: Ingredient, words: str, food: Food) -> Iterator[str]:
    """The line with one food in place of another: without the states said of the old one, then with them.

    The amount, the cut and every other word stay: "100 g ripe brie, sliced" -> "100 g ripe cheddar, sliced". A bag of
    something ready to eat becomes its weight, or handfuls, of the whole food.
    """
    text = _out_of_the_bag(line, food)
    place = next(find_words(text, words.split(), table.names.vocabulary), None)
    if place is None:
        return
    start, end = place
    for token in _WORD.finditer(text[start:end]):
        folded = table.names.vocabulary.fold(token[0])
        is_a_cut = _CUT.match(token[0]) or all(map(table.names.vocabulary.is_plain, folded))
        if not is_a_cut or place[0] + token.end() == end:
            break
        start = place[0] + token.end() + 1
    name = _name_in_number(food, text[start:end])
    whole = text[:start] + name + text[end:]
    bare = _READY.sub("", _without_states(table, text[:start])) + name + _without_states(table, text[end:])
    for candidate in dict.fromkeys((bare, whole)):
        yield _washed(food, candidate)


def _out_of_the_bag(line: Ingredient, food: Food) -> str:
    """ "1 x 120 g bag of rocket" -> "120 g rocket", for what is not sold in a bag."""
    if line.unit not in PACKS or line.unit in ("tin", "jar", "slice") or not line.amount or food.aisle != "produce":
        return line.text
    size = pack_size(line.text)
    amount = f"{line.amount * size[0]} {size[1]}" if size else f"{line.amount * _HANDFULS} handfuls of"
    return f"{amount} {_PACK_OF.sub('', line.food).strip()}"


def _name_in_number(food: Food, old: str) -> str:
    if pieces := _PIECES.search(old):
        return f"{pieces[0]} of {food.name}"
    plural = old.lower().endswith("s") and not old.lower().endswith("ss")
    if not plural or food.aisle != "produce" or food.slug in _MASS or food.name.endswith("s"):
        return food.name
    return f"{food.name[:-1]}ies" if re.search(r"[^aeiou]y$", food.name) else f"{food.name}s"


def _without_states(table: FoodTable, text: str) -> str:
    """The text without the words that say what state the old food was in: "unpasteurised", "raw", "smoked"."""
    kept = text
    for piece in table.names.read(text):
        if piece.kind is Kind.STATE and not _CUT.match(piece.text):
            for start, end in list(find_words(kept, piece.words, table.names.vocabulary))[:1]:
                kept = f"{kept[:start]}{kept[end:].lstrip() if start else kept[end:]}"
    return re.sub(r"(?:,\s*)+(?=,|$)", "", kept) if kept != text else text


def _washed(food: Food, text: str) -> str:
    return f"{text.rstrip()}, washed" if food.wash and "wash" not in text.lower() else text


def renamed(text: str, words: str, name: str, vocabulary: Vocabulary) -> str:
    """A step that calls the food by its whole old name, with the new one."""
    places = list(find_words(text, words.split(), vocabulary))
    for start, end in reversed(places):
        text = text[:start] + name + text[end:]
    return text


def sentence_first(step: str, sentence: str) -> str:
    """The step with a sentence before all else."""
    return f"{sentence} {step}"


def sentence_after(step: str, quote: str, sentence: str) -> str:
    """The step with a sentence after the one that is quoted, or at its end."""
    sentences = _PER_SENTENCE.split(step.strip())
    place = next((at for at, said in enumerate(sentences) if quote and quote.strip() in said), len(sentences) - 1)
    if not sentences[place].endswith(_ENDS):
        sentences[place] += "."
    return " ".join([*sentences[: place + 1], sentence, *sentences[place + 1 :]])


def done_through(step: str, quote: str, ending: str, core: int) -> str | None:
    """The step with enough asked of the quoted sentence: "until medium rare" -> "until no pink is left".

    A temperature in the middle that is too low becomes `core`, in °C. None where the sentence asks for neither.
    """
    sentences = _PER_SENTENCE.split(step)
    place = next((at for at, said in enumerate(sentences) if quote and quote.strip() in said), None)
    if place is None:
        return None
    warmer = _DEGREES.sub(lambda found: _hot_enough(found, core), sentences[place])
    firmer = _RARE_ALONE.sub("", _UNTIL_RARE.sub("", warmer))
    if firmer != warmer and warmer == sentences[place]:
        firmer = f"{_TOO_SHORT.sub('', firmer).rstrip(' .!,')} {ending}."
    if firmer == sentences[place]:
        return None
    sentences[place] = firmer
    return " ".join(sentences)


def _hot_enough(found: re.Match[str], core: int) -> str:
    return found[0] if int(found["low"]) >= _ENOUGH[found["unit"]] else f"{core} °C"


def still_asks_for_less(before: str, after: str) -> bool:
    """Does a changed step go on to ask for something rare or runny?"""
    return before != after and bool(_STILL_RARE.search(after))
