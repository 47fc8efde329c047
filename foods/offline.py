"""What does a phone need to know to answer as judge() does with no signal? The facts, in as few bytes as all names allow.

static/checker.js reads them. Foods, classes and families are told by their place in a list, and each sentence stands once.
"""

import gzip
import hashlib
import itertools
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from foods import names as matcher
from foods import rules
from foods.food import Food, SheetSays
from foods.sheets import PATIENT_REPORT, Sheet
from foods.table import FoodTable

Json = dict[str, object]


@dataclass(frozen=True)
class FactsFile:
    """The facts as they travel: `version` is the same as long as they say the same, whatever the day."""

    made_on: date
    version: str
    text: str
    zipped: bytes


def facts_file(table: FoodTable, made_on: date) -> FactsFile:
    """The facts of this table as one file."""
    facts = offline_facts(table, made_on)
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    timeless = json.dumps({**facts, "made_on": ""}, ensure_ascii=False)
    version = hashlib.sha256(timeless.encode()).hexdigest()[:16]
    return FactsFile(made_on, version, text, gzip.compress(text.encode(), 9, mtime=0))


def offline_facts(table: FoodTable, made_on: date) -> Json:
    """Everything the browser needs to answer as judge() does, for any sheet, as values that JSON can hold.

    `made_on` is the day these facts were taken from the table. A verdict is its number: 1 ok, 2 cook, 4 avoid.
    """
    places = _Places.of(table)
    sentences = _Shared()
    kinds = _Shared()
    rows = [kinds.place(_kind(food, places, sentences)) for food in table.foods.values()]
    return {
        "made_on": made_on.isoformat(),
        "words": _words(table),
        "say": [rules.COOKED_WHY, rules.COOKED_DO, rules.UNKNOWN_WHY, rules.UNKNOWN_DO],
        "names": "\n".join(_names(table)),
        "foods": rows,
        "picked_by": {places.foods[food.slug]: sorted(food.picked_by) for food in table.foods.values() if food.picked_by},
        "families": [[places.foods[form.slug] for form in forms] for forms in table.families.values()],
        "state_rules": _state_rules(table, places),
        "sheets": {slug: _sheet(sheet, places, sentences) for slug, sheet in table.sheets.items()},
        "kinds": kinds.all,
        "sentences": sentences.all,
    }


@dataclass(frozen=True)
class _Places:
    """The number by which each food, class and family is told."""

    foods: Mapping[str, int]
    classes: Mapping[str, int]
    families: Mapping[str, int]

    @classmethod
    def of(cls, table: FoodTable) -> "_Places":
        return cls(*map(_numbered, (table.foods, table.classes, table.families)))


def _numbered(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


class _Shared:
    """Values that many foods share, each kept once and told by its place."""

    def __init__(self) -> None:
        self._places: dict[object, int] = {}

    def place(self, value: object) -> int:
        return self._places.setdefault(value, len(self._places))

    @property
    def all(self) -> list[object]:
        return list(self._places)


def _kind(food: Food, places: _Places, sentences: _Shared) -> tuple[int, ...]:
    """What is the same for many foods of a class."""
    said = (sentences.place(one) for one in (food.why, food.do_this, food.label_says))
    return (places.classes[food.food_class.slug], food.verdict, food.if_cooked, food.floor or 0, *said)


def _words(table: FoodTable) -> Json:
    vocabulary = table.names.vocabulary
    return {
        "marks": _marks(),
        "spellings": vocabulary.spellings,
        "irregular": matcher._IRREGULAR,
        "kept_s": " ".join(sorted(matcher._KEPT_S)),
        "apart": " ".join(sorted(matcher.APART)),
        "costs": [matcher._COST[kind] for kind in (matcher.Kind.NAME, matcher.Kind.PLAIN, matcher.Kind.UNEXPLAINED)],
        "plain": ";".join(sorted(" ".join(words) for words in vocabulary.plain)),
        "states": {" ".join(words): means for words, means in vocabulary.states.items()},
    }


def _marks() -> list[int]:
    """Which accents fold() takes off: how many code points are none, how many are, and so on in turn.

    A browser knows newer accents than this Python does, and would take off more.
    """
    is_mark = (bool(unicodedata.combining(chr(code))) for code in range(sys.maxunicode + 1))
    return [len(list(run)) for _, run in itertools.groupby(is_mark)][:-1]


def _names(table: FoodTable) -> Iterable[str]:
    """A line for each food: its name as it is shown, then its other names as they are compared.

    A word that the line has used before is one capital letter, because no folded word holds one: "ham;cookedA;slicedA".
    """
    also: dict[str, list[tuple[str, ...]]] = {slug: [] for slug in table.foods}
    for food in table.foods.values():
        also[food.slug] = sorted({table.names.vocabulary.fold(name) for name in food.also_called})
    for food in table.foods.values():
        used = {word: place for place, word in enumerate(dict.fromkeys(table.names.vocabulary.fold(food.name)))}
        yield ";".join([food.name, *(_shortened(words, used) for words in also[food.slug])])


def _shortened(words: Sequence[str], used: dict[str, int]) -> str:
    """The words of one name. `used` grows by those that are new."""
    text = ""
    for word in words:
        if used.get(word, len(ascii_uppercase)) < len(ascii_uppercase):
            text += ascii_uppercase[used[word]]
        else:
            text += " " + word if text and not text[-1].isupper() else word
            used.setdefault(word, len(used))
    return text


def _state_rules(table: FoodTable, places: _Places) -> Json:
    """state -> what it is about -> what becomes: "f12", "g3" and "c7" are a food, a family and a class by their place."""
    of_state: dict[str, dict[str, object]] = {state: {} for state, _ in table.state_rules}
    for (state, about), becomes in table.state_rules.items():
        known = (("f", places.foods), ("g", places.families), ("c", places.classes))
        keys = [f"{sign}{numbers[about]}" for sign, numbers in known if about in numbers] or [about]
        of_state[state] |= {key: places.foods.get(becomes, becomes) for key in keys}
    return dict(of_state)


def _sheet(sheet: Sheet, places: _Places, sentences: _Shared) -> Json:
    """What one hospital's sheet says, by the places of foods and of classes."""

    def says(one: SheetSays) -> tuple[int, ...]:
        only_tightens = int(one.source.kind == PATIENT_REPORT)
        return (one.verdict, sentences.place(one.why), sentences.place(one.do_this), only_tightens)

    return {
        "foods": {places.foods[slug]: says(one) for slug, one in sheet.foods.items()},
        "classes": {places.classes[slug]: says(one) for slug, one in sheet.classes.items()},
    }
