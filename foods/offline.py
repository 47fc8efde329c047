"""What does a phone need to know to answer as judge() does with no signal? The facts, in as few bytes as that takes.

static/checker.js reads them. Foods, classes and families are told by their place in a list, and each sentence stands once.
They travel in two files, the second when the first is there: first all that a device needs to answer, then the names that
hold a word which no common name uses, and the plain words that no name holds. Until those come such words are unexplained
there, so that the answer is unknown.
"""

import hashlib
import itertools
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import ascii_uppercase
from typing import Generic, TypeVar

import zopfli.gzip

from foods import names as matcher
from foods import rules
from foods.food import Food, SheetSays
from foods.sheets import PATIENT_REPORT, Sheet
from foods.table import FoodTable

Json = dict[str, object]
Words = tuple[str, ...]
Value = TypeVar("Value")


@dataclass(frozen=True)
class FactsFile:
    """Facts as they travel: `text` is JSON."""

    text: str

    @cached_property
    def zipped(self) -> bytes:
        """The text as gzip, packed as tightly as that format allows; about 0.3 s, so it is done when first asked for."""
        packed: bytes = zopfli.gzip.compress(self.text.encode(), numiterations=5)
        return packed


@dataclass(frozen=True)
class OfflineFacts:
    """The two files. `version` is the same as long as they say the same, whatever the day."""

    made_on: date
    version: str
    facts: FactsFile
    rarer_names: FactsFile


def offline_files(table: FoodTable, made_on: date) -> OfflineFacts:
    """The facts of this table as the files that a device fetches. `made_on` is the day they were taken from the table."""
    facts, rarer = offline_facts(table), rarer_names(table)
    version = hashlib.sha256(_as_text([facts, rarer]).encode()).hexdigest()[:16]
    stamp: Json = {"made_on": made_on.isoformat(), "version": version}
    return OfflineFacts(made_on, version, FactsFile(_as_text(stamp | facts)), FactsFile(_as_text(stamp | rarer)))


def whole_file(table: FoodTable, made_on: date) -> FactsFile:
    """Both files in one, for a checker that stands alone."""
    said: Json = {"made_on": made_on.isoformat(), **offline_facts(table), "rarer": rarer_names(table)}
    return FactsFile(_as_text(said))


def _as_text(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def offline_facts(table: FoodTable) -> Json:
    """What the browser needs to answer, for any sheet, as values that JSON can hold. A verdict is its number, 1 to 4."""
    places = _Places.of(table)
    sentences = _Shared[str]()
    kinds = _Shared[tuple[int, ...]]()
    rows = [kinds.place(_kind(food, places, sentences)) for food in table.foods.values()]
    common = _common_words(table)
    return {
        "words": _words(table),
        "say": _sayings(),
        "names": "\n".join(
            _line(table, food, food.name, [name for name in names if _is_common(table, common, name)])
            for food, names in _other_names(table)
        ),
        "foods": rows,
        "picked_by": {places.foods[food.slug]: sorted(food.picked_by) for food in table.foods.values() if food.picked_by},
        "families": [[places.foods[form.slug] for form in forms] for forms in table.families.values()],
        "state_rules": _state_rules(table, places),
        "dishes": [places.classes[slug] for slug in sorted(rules.DISHES & places.classes.keys())],
        "any_kind": [places.foods[slug] for slug in sorted(rules.ANY_KIND & places.foods.keys())],
        "of_the_dish": sorted(rules.OF_THE_DISH),
        "sheets": {slug: _sheet(sheet, places, sentences) for slug, sheet in table.sheets.items()},
        "kinds": [*zip(*kinds.all, strict=True)],
        "sentences": "\n".join(sentences.all),
    }


def rarer_names(table: FoodTable) -> Json:
    """What can wait: names that hold a word which no common name uses, words that no name holds, what to eat instead."""
    common, places = _common_words(table), _Places.of(table)
    return {
        "plain": _listed(_waiting(table)),
        "names": "\n".join(
            _line(table, food, "", [name for name in names if not _is_common(table, common, name)])
            for food, names in _other_names(table)
        ),
        "instead": [[places.foods[slug] for slug in food.instead] for food in table.foods.values()],
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


class _Shared(Generic[Value]):
    """Values that many foods share, each kept once and told by its place."""

    def __init__(self) -> None:
        self._places: dict[Value, int] = {}

    def place(self, value: Value) -> int:
        return self._places.setdefault(value, len(self._places))

    @property
    def all(self) -> list[Value]:
        return list(self._places)


def _sayings() -> list[str]:
    opened = [rules.OPENED_WHY, rules.OPENED_LEAVE, rules.OPENED_ELSE, rules.OPENED_COOK]
    return [rules.COOKED_WHY, rules.COOKED_DO, rules.UNKNOWN_WHY, rules.UNKNOWN_DO, *opened, rules.TOO_OLD_WHY]


def _kind(food: Food, places: _Places, sentences: _Shared[str]) -> tuple[int, ...]:
    """What is the same for many foods of a class."""
    said = (sentences.place(one) for one in (food.why, food.do_this, food.label_says))
    verdicts = (food.verdict, food.if_cooked, food.floor or 0)
    return (places.classes[food.food_class.slug], *verdicts, *said, food.keeps_hours or 0)


def _words(table: FoodTable) -> Json:
    vocabulary = table.names.vocabulary
    return {
        "marks": _marks(),
        "spellings": vocabulary.spellings,
        "irregular": matcher.IRREGULAR,
        "kept_s": " ".join(sorted(matcher.KEPT_S)),
        "apart": " ".join(sorted(matcher.APART)),
        "costs": [matcher.COST[kind] for kind in (matcher.Kind.NAME, matcher.Kind.PLAIN, matcher.Kind.UNEXPLAINED)],
        "plain": _listed(vocabulary.plain - _waiting(table)),
        "states": {" ".join(words): means for words, means in vocabulary.states.items()},
        "negations": sorted(vocabulary.negations),
        "since": sorted(vocabulary.since),
        "cut": sorted(vocabulary.cut),
        "shop": sorted(vocabulary.shop),
        "hours_in": rules.HOURS_IN,
        "counts": rules.COUNTS,
    }


def _listed(several: Iterable[Words]) -> str:
    return ";".join(sorted(" ".join(words) for words in several))


def _waiting(table: FoodTable) -> frozenset[Words]:
    """Plain entries with a word that stands in no common name and no state.

    Until they come that word is unexplained, so that the answer is unknown; a phrase without such a word is read alike.
    """
    vocabulary, common = table.names.vocabulary, _common_words(table)
    held = {word for _, names in _other_names(table) for name in names if _is_common(table, common, name) for word in name}
    held |= common | vocabulary.negations | matcher.APART
    return frozenset(words for words in vocabulary.plain if not held.issuperset(words))


def _marks() -> list[int]:
    """Which accents fold() takes off: how many code points are none, how many are, and so on in turn.

    A browser knows newer accents than this Python does, and would take off more.
    """
    is_mark = (bool(unicodedata.combining(chr(code))) for code in range(sys.maxunicode + 1))
    return [len(list(run)) for _, run in itertools.groupby(is_mark)][:-1]


def _common_words(table: FoodTable) -> frozenset[str]:
    """The words of the foods' own names, and those of states. Plain words are common as well."""
    vocabulary = table.names.vocabulary
    spoken = (vocabulary.fold(food.name) for food in table.foods.values())
    return frozenset(word for words in (*spoken, *vocabulary.states) for word in words)


def _is_common(table: FoodTable, common: frozenset[str], name: Words) -> bool:
    return all(word in common or table.names.vocabulary.is_plain(word) for word in name)


def _other_names(table: FoodTable) -> Iterable[tuple[Food, list[Words]]]:
    """Each food with its other names as they are compared. What a shop sells apart is judged alike without its name."""
    for food in table.foods.values():
        yield food, sorted({table.names.vocabulary.fold(name) for name in food.also_called})


def _line(table: FoodTable, food: Food, shown: str, others: Iterable[Words]) -> str:
    """A line for one food: its name as it is shown, then its other names as they are compared.

    A word that the line has used before, or that its shown name holds, is one capital letter, because no folded word
    holds one: "ham;cookedA;slicedA".
    """
    used = {word: place for place, word in enumerate(dict.fromkeys(table.names.vocabulary.fold(food.name)))}
    return ";".join([shown, *(_shortened(words, used) for words in others)])


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


def _sheet(sheet: Sheet, places: _Places, sentences: _Shared[str]) -> Json:
    """What one hospital's sheet says, by the places of foods and of classes."""

    def says(one: SheetSays) -> tuple[int, ...]:
        only_tightens = int(one.source.kind == PATIENT_REPORT)
        return (one.verdict, sentences.place(one.why), sentences.place(one.do_this), only_tightens)

    return {
        "foods": {places.foods[slug]: says(one) for slug, one in sheet.foods.items()},
        "classes": {places.classes[slug]: says(one) for slug, one in sheet.classes.items()},
        "opened_hours": rules.opened_hours(sheet),
    }
