"""Who eats this week, and what must be kept from each of them? Read from their own words, doubt being a warning.

"Nuts, mushrooms, no pork, vegetarian": each word is an allergen, a diet, a group of foods or a food that the table knows.
What nobody understands is said, and keeps out the recipes that say the same word. A slip in an allergen counts as that
allergen, and is said too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from foods.names import BREAK, SIGNS, Kind, is_one_slip, squeeze
from foods.table import FoodTable
from planner.avoided_words import (
    ALLERGEN_WORDS,
    ALLERGY_WORDS,
    ALSO_SAYS,
    ANOTHER_FOOD,
    DIET_WORDS,
    EXCEPTIONS,
    FILLERS,
    GROUPS,
    NO_MEAT,
    NOT_SUPPORTED,
    PEANUTS_TOO,
)
from planner.keeping import KeptEater
from planner.week import Eater
from recipes.contents import allergens_of
from recipes.recipe import LibraryRecipe

Words = tuple[str, ...]
NOBODY_ON_DIET = "Nobody here is marked as keeping the diet. So we plan as if everybody keeps it."
SHORTEST_SLIP = 4
"""Letters of a word that may be a slip of another. In a shorter one every word is like some other."""
_TYPED = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?")
_STOPS = re.compile(r"[.!?]")
_LISTED = re.compile(r"[,;.!?&+/\n]|\band\b", re.IGNORECASE)
_BETWEEN = frozenset({*SIGNS, "and", "or", "plus", "nor"})


@dataclass
class Avoided:
    """What somebody avoids: allergens, a diet, and foods or recipes by their slugs.

    `unread` are the words that nobody understood; `says` what the page must tell about them, a sentence each. `typed` gives
    the words as they were typed, by the form in which they are compared.
    """

    allergens: set[str] = field(default_factory=set)
    diet: str = ""
    dislikes: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)

    def as_typed(self, words: Iterable[str]) -> str:
        """These words as the person wrote them."""
        return " ".join(self.typed.get(word, word) for word in words)


@dataclass(frozen=True)
class AtTable:
    """Who eats, ready for a week. `says` are sentences for the page, each with whose words they are about; may be empty."""

    eaters: tuple[Eater, ...]
    says: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def at_table(
    kept: Iterable[KeptEater], table: FoodTable, recipes: Mapping[str, LibraryRecipe], without: str = ""
) -> AtTable:
    """The eaters of a week from those that a household keeps. `without` is what nobody wants this week, in their words.

    A household that keeps nobody is one person on the diet. Where none of them keeps the diet, all count as keeping it.
    """
    people = tuple(kept) or (KeptEater("", on_diet=True),)
    reader = _Reader(table, recipes)
    nobody = not any(one.on_diet for one in people)
    read = [(one, reader.read(one.avoids)) for one in people]
    for_all = reader.read(without)
    eaters = [
        Eater(
            on_diet=one.on_diet or nobody,
            diet=_stricter(avoided.diet, for_all.diet),
            allergens=frozenset(avoided.allergens | for_all.allergens),
            dislikes=frozenset(avoided.dislikes | for_all.dislikes),
        )
        for one, avoided in read
    ]
    says = [("", NOBODY_ON_DIET)] * nobody + [("", sentence) for sentence in for_all.says]
    says += [(one.name, sentence) for one, avoided in read for sentence in avoided.says]
    return AtTable(tuple(eaters), tuple(says), (*for_all.unread, *(word for _, avoided in read for word in avoided.unread)))


def avoided_in(text: str, table: FoodTable, recipes: Mapping[str, LibraryRecipe]) -> Avoided:
    """What these words say somebody avoids: "nuts, mushrooms, no pork, vegetarian"."""
    return _Reader(table, recipes).read(text)


@dataclass(frozen=True)
class Named:
    """What a list of foods names: each as it was typed -> the foods that it may be; and what nobody knows."""

    foods: Mapping[str, frozenset[str]]
    unread: tuple[str, ...]


def foods_named(text: str, table: FoodTable, recipes: Mapping[str, LibraryRecipe]) -> Named:
    """The foods in a list like "half a cabbage, carrots and leeks", one by one."""
    foods: dict[str, frozenset[str]] = {}
    unread: list[str] = []
    for typed in filter(None, (item.strip() for item in _LISTED.split(text))):
        found = avoided_in(typed, table, recipes)
        named = {slug for piece in table.names.read(typed) if piece.kind is Kind.NAME for slug in piece.means[:1]}
        meant = (found.dislikes - {*recipes}) | named
        if any_of := meant & {*table.foods} or meant:
            foods[typed] = frozenset(any_of)
        unread += found.unread or ([] if any_of else [typed])
    return Named(foods, tuple(unread))


def _stricter(one: str, other: str) -> str:
    order = (*DIET_WORDS, "")
    return min(one, other, key=order.index)


@dataclass(frozen=True)
class _Reader:
    """Reads what people avoid, with the names of the food table and the words of these recipes."""

    table: FoodTable
    recipes: Mapping[str, LibraryRecipe]

    def read(self, text: str) -> Avoided:
        """Everything that a text says."""
        found = Avoided(typed={"".join(self._fold(word)): word for word in _TYPED.findall(text)})
        for item in self._items(text):
            self._read_item(item, found)
        if EXCEPTIONS & {*self._fold(text)}:
            found.says.append("We cannot read an exception. So we keep out everything that is named.")
        # Who leaves out fish as well has said it already.
        found.says = [one for one in dict.fromkeys(found.says) if one != NO_MEAT or "fish" not in found.allergens]
        return found

    def _fold(self, text: str) -> Words:
        return self.table.names.vocabulary.fold(text)

    def _items(self, text: str) -> Iterator[Words]:
        """The things that a text lists, each as its folded words."""
        item: list[str] = []
        for word in (*self._fold(_STOPS.sub(",", text)), BREAK):
            if word not in _BETWEEN:
                item.append(word)
            elif item:
                yield tuple(item)
                item = []

    def _read_item(self, item: Words, found: Avoided) -> None:
        left: list[str] = []
        at, known = 0, False
        while at < len(item):
            length = self._read_at(item, at, found)
            known = known or length > 0
            if not length:
                left.append(item[at])
            at += length or 1
        unread = [word for word in left if self._is_unread(word, known)]
        for words in [tuple(unread)] if unread and not known else [(word,) for word in unread]:
            self._say_unread(words, found)

    def _is_unread(self, word: str, known: bool) -> bool:
        """Must this word be said? Not one that means nothing for food, nor "raw" beside the onions that we know."""
        if word in FILLERS or word in EXCEPTIONS or word in SIGNS or word.isdigit():
            return False
        vocabulary = self.table.names.vocabulary
        return not (known and (vocabulary.is_plain(word) or (word,) in vocabulary.states))

    # ---- One word, or a few that are one name ----

    def _read_at(self, item: Words, at: int, found: Avoided) -> int:
        """Read the longest thing that begins here. How many words it takes; none where nobody knows it."""
        ours = next((end for end in range(len(item), at, -1) if item[at:end] in self._ours), at) - at
        food = self._food_at(item, at)
        if food and food > ours:
            self._leave_out(item[at : at + food], found, bool(ALLERGY_WORDS & {*item}))
            return food
        if ours:
            self._take(item[at : at + ours], found, bool(ALLERGY_WORDS & {*item}))
            return ours
        if meant := self._slip(item[at]):
            typed, name = found.as_typed(item[at : at + 1]), " ".join(meant)
            found.says.append(f"We read “{typed}” as {name}, and keep to that. Check that this is right.")
            self._take(meant, found)
            return 1
        return 0

    @cached_property
    def _ours(self) -> dict[Words, tuple[tuple[str, str], ...]]:
        """The words of our own lists, each with the kinds of thing they mean."""
        known: dict[Words, tuple[tuple[str, str], ...]] = {}
        lists = {
            "allergen": ALLERGEN_WORDS,
            "diet": DIET_WORDS,
            "group": {group: (group,) for group in GROUPS},
            "not supported": {word: (word,) for word in NOT_SUPPORTED},
        }
        for kind, meanings in lists.items():
            for meaning, ways in meanings.items():
                for way in ways:
                    words = self._fold(way)
                    known[words] = (*known.get(words, ()), (kind, meaning))
        return known

    def _food_at(self, item: Words, at: int) -> int:
        """How many words the name of a food takes here; 0 where none begins."""
        first = self.table.names.read(" ".join(item[at:]))[:1]
        return len(first[0].words) if first and first[0].kind is Kind.NAME else 0

    def _slip(self, word: str) -> Words | None:
        """The allergen or diet that a word nobody knows is one slip away from."""
        if len(word) < SHORTEST_SLIP or self.table.names.vocabulary.is_plain(word) or word in FILLERS | EXCEPTIONS:
            return None
        careful = (words for words, means in self._ours.items() if len(words) == 1 and means[0][0] in ("allergen", "diet"))
        return next((words for words in careful if is_one_slip(squeeze(word), squeeze(words[0]))), None)

    def _take(self, words: Words, found: Avoided, is_allergy: bool = False) -> None:
        if {("allergen", "nuts"), ("allergen", "peanuts")} <= {*self._ours[words]}:
            found.says.append(PEANUTS_TOO)
        for kind, meaning in self._ours[words]:
            if kind == "allergen":
                found.allergens.add(meaning)
            elif kind == "diet":
                found.diet = _stricter(found.diet, meaning)
                found.says += [NO_MEAT] if meaning == "pescatarian" and "meat" in words else []
            elif kind == "group":
                found.dislikes |= {*GROUPS[meaning], *self._saying(words, *map(self._fold, ALSO_SAYS.get(meaning, ())))}
                foods = [self.table.foods[slug] for slug in GROUPS[meaning] if slug in self.table.foods and is_allergy]
                found.allergens |= {allergen for food in foods for allergen in allergens_of(food, food.name)}
            else:
                name = found.as_typed(words)
                found.unread.append(name)
                found.says.append(f"We cannot tell whether a meal is right for “{name}”. Choose those meals yourself.")

    # ---- Foods and recipes ----

    def _leave_out(self, words: Words, found: Avoided, is_allergy: bool) -> None:
        """Leave out a food that the table knows: itself, its other forms, and every recipe that says its name."""
        (piece,) = self.table.names.read(" ".join(words))[:1]
        food = self.table.foods[piece.means[0]]
        found.dislikes |= {food.slug, *self._named_after(words), *self._saying(words)}
        found.dislikes |= {food.family} if food.family else set()
        if is_allergy:
            found.allergens |= allergens_of(food, " ".join(words))

    def _named_after(self, words: Words) -> set[str]:
        """Every food whose own name ends with these words, like "chestnut mushroom": it is one of them."""
        return {slug for slug, name in self._food_names.items() if name[-len(words) :] == words and _says([name], words)}

    @cached_property
    def _food_names(self) -> dict[str, Words]:
        return {slug: self._fold(food.name) for slug, food in self.table.foods.items()}

    def _saying(self, *phrases: Words) -> set[str]:
        """The recipes that say one of these phrases in a line, in their name or in what they are made of."""
        return {slug for slug, lines in self._lines.items() for words in phrases if _says(lines, words)}

    @cached_property
    def _lines(self) -> dict[str, list[Words]]:
        return {slug: [self._fold(text) for text in _texts(recipe)] for slug, recipe in self.recipes.items()}

    def _say_unread(self, words: Words, found: Avoided) -> None:
        saying, phrase = self._saying(words), found.as_typed(words)
        found.dislikes |= saying
        found.unread.append(phrase)
        near = self.table.names.near(phrase, 1)
        meant = f" Did you mean {self.table.foods[near[0]].name}?" if near else ""
        left_out = f" We left out {_recipes(len(saying))} with that word in it." if saying else ""
        found.says.append(f"We do not know “{phrase}”, so we cannot keep it out for sure.{left_out}{meant}")


def _recipes(count: int) -> str:
    return "one recipe" if count == 1 else f"{count} recipes"


def _texts(recipe: LibraryRecipe) -> Iterator[str]:
    yield from (recipe.name, recipe.main_food, recipe.kind)
    yield from (line.text for line in recipe.ingredients)


def _says(lines: Sequence[Words], words: Words) -> bool:
    """Does a line say these words, other than inside the name of another food?"""
    others = ANOTHER_FOOD.get(" ".join(words), ())
    return any(_holds(line, words, [tuple(other.split()) for other in others]) for line in lines)


def _holds(line: Words, words: Words, others: Sequence[Words]) -> bool:
    taken = {place for other in others for at in _places(line, other) for place in range(at, at + len(other))}
    return any(not taken & {*range(at, at + len(words))} for at in _places(line, words))


def _places(line: Words, words: Words) -> Iterator[int]:
    return (at for at in range(len(line) - len(words) + 1) if line[at : at + len(words)] == words)
