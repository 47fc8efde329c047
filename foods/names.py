"""Which known foods does a phrase name, in which state, and which of its words can nobody explain?

Letters are folded first (case, accents, apostrophes, hyphens, plurals, US spellings), in names and phrases alike. Then
the phrase is cut into known names, states ("tinned", "medium rare") and plain words ("ripe", "sliced") in the cheapest
way: longer names before shorter ones, and an unexplained word only where nothing else fits. Likeness never counts.
"""

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

BREAK = ","
"""The folded sign for a comma, bracket or slash: no name reaches across it."""

APART = frozenset({BREAK, "and", "or", "with", "plus", "on", "in", "to", "for"})
"""What separates one food of a phrase from the next: a state on one side is not about the food on the other."""

_LETTERS = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "&": " and ", "™": " ", "®": " ", "©": " "}
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_TOKENS = re.compile(r"[^\W_]+|[,;:()\[\]{}/|+•–—\n]|[\U0001F000-\U0001FAFF]")
_BREAKS = frozenset(",;:()[]{}/|+•–—\n")
_AMOUNT = re.compile(r"\d+(?:x\d+)?(?:g|kg|mg|ml|cl|dl|l|oz|lbs?|cm|mm|in|inch|x|st|nd|rd|th|pts?|qts?|c|f|cal|kcal)?")
"""A number, alone or with its unit grown to it: all that a number explains."""
_KEPT_S = frozenset(
    "asparagus couscous molasses swiss brussels bass haggis cress watercress lens gas octopus citrus hibiscus caas jus cos "
    "calvados bourbons fries greens as is us this has was its plus less".split()
)
_IRREGULAR = {
    "leaves": "leaf", "loaves": "loaf", "halves": "half", "knives": "knife", "calves": "calf", "geese": "goose",
    "cookies": "cookie", "brownies": "brownie", "smoothies": "smoothie", "pies": "pie", "veggies": "veggie",
    "hoagies": "hoagie", "sarnies": "sarnie", "toasties": "toastie", "smokies": "smokie", "sweeties": "sweetie",
    "olives": "olive", "chives": "chive", "cloves": "clove", "endives": "endive", "crevettes": "crevette",
    "mousses": "mousse", "cheeses": "cheese", "sausages": "sausage", "chilies": "chilli", "chillies": "chilli",
    "chiles": "chilli", "chilis": "chilli",
}  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """One of several: "radishes" -> "radish", "berries" -> "berry". Rough on purpose: both sides are folded alike."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word in _KEPT_S or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def fold(text: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a text as they are compared: "2 Goat’s cheeses, grilled" -> 2, goat, cheese, BREAK, grilled."""
    plain = text.lower().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    found = _TOKENS.findall(_APOSTROPHES.sub("", plain))
    words = [BREAK if word in _BREAKS else singular(word) for word in found]
    return tuple(spellings.get(word, word) for word in words)


class Kind(Enum):
    """What a piece of a phrase is."""

    NAME = "name"
    STATE = "state"
    PLAIN = "plain"
    BREAK = "break"
    UNEXPLAINED = "unexplained"


_COST = {Kind.NAME: 100, Kind.STATE: 60, Kind.PLAIN: 60, Kind.BREAK: 0, Kind.UNEXPLAINED: 10_000}
"""One name costs less than two plain words, and a name with a plain word beside it less than two names. Of two ways that
cost the same, the one with the worse food is cheaper by that food's rank: "fresh | pineapple chunk"."""


@dataclass(frozen=True)
class Piece:
    """A run of words of the phrase: `means` is a food's slug for a NAME, the states for a STATE."""

    kind: Kind
    words: tuple[str, ...]
    means: tuple[str, ...] = ()
    cost: int = 0

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Vocabulary:
    """The words that need no food to explain them: other spellings, plain words, and states with what they mean.

    A plain entry may be a few words ("the tin"), so that a word which is a state elsewhere is not one there.
    """

    spellings: Mapping[str, str]
    plain: frozenset[tuple[str, ...]]
    states: Mapping[tuple[str, ...], tuple[str, ...]]

    def states_in(self, words: tuple[str, ...]) -> frozenset[str]:
        """The states that the words of a name say: "smoked" in "smoked salmon"."""
        runs = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
        return frozenset(state for run in runs for state in self.states.get(run, ()))

    def is_plain(self, word: str) -> bool:
        """Does this one folded word mean nothing for the verdict?"""
        return (word,) in self.plain or word in APART or bool(_AMOUNT.fullmatch(word))

    def fold(self, text: str) -> tuple[str, ...]:
        """The words of a text as names and phrases are compared."""
        return fold(text, self.spellings)


class NameIndex:
    """Every name in the table, ready to be found in a phrase."""

    def __init__(
        self, vocabulary: Vocabulary, names: Mapping[tuple[str, ...], str], ranks: Mapping[str, int] | None = None
    ) -> None:
        """`names` gives the slug of each folded name; `ranks` how bad each food is, up to 9."""
        self.vocabulary = vocabulary
        self._known = {words: _piece(Kind.PLAIN, words) for words in vocabulary.plain if len(words) > 1}
        for words, states in vocabulary.states.items():
            self._known[words] = _piece(Kind.STATE, words, states)
        for words, slug in names.items():
            self._known[words] = _piece(Kind.NAME, words, (slug,), (ranks or {}).get(slug, 0))
        self._longest = max((len(words) for words in self._known), default=1)
        self._names = {" ".join(words): slug for words, slug in names.items()}

    def read(self, phrase: str) -> tuple[Piece, ...]:
        """The phrase cut into pieces, every word accounted for or admitted to be unexplained."""
        words = self.vocabulary.fold(phrase)
        best: list[tuple[int, Piece | None]] = [(0, None)] * (len(words) + 1)
        for start in range(len(words) - 1, -1, -1):
            options = self._options(words, start)
            best[start] = min(
                ((piece.cost + best[start + len(piece.words)][0], piece) for piece in options),
                key=lambda option: option[0],
            )
        return tuple(_walk(best))

    def _options(self, words: tuple[str, ...], start: int) -> Iterable[Piece]:
        for end in range(min(len(words), start + self._longest), start, -1):
            if piece := self._known.get(words[start:end]):
                yield piece
        if words[start : start + 1] not in self._known:
            yield self._single(words[start])

    def _single(self, word: str) -> Piece:
        if word == BREAK:
            return _piece(Kind.BREAK, (word,))
        return _piece(Kind.PLAIN if self.vocabulary.is_plain(word) else Kind.UNEXPLAINED, (word,))

    def near(self, phrase: str, most: int = 5) -> list[str]:
        """Slugs of foods whose names look like the phrase or a word of it, to be offered, never answered for."""
        words = [word for word in self.vocabulary.fold(phrase) if word != BREAK][:12]
        looks = difflib.get_close_matches(" ".join(words), self._names, n=most, cutoff=0.75)
        for word in words:
            if len(word) > 3 and not self.vocabulary.is_plain(word):
                looks += difflib.get_close_matches(word, self._names, n=2, cutoff=0.78)
        return list(dict.fromkeys(self._names[name] for name in looks))[:most]


def _piece(kind: Kind, words: tuple[str, ...], means: tuple[str, ...] = (), rank: int = 0) -> Piece:
    return Piece(kind, words, means, _COST[kind] - rank)


def _walk(best: list[tuple[int, Piece | None]]) -> Iterable[Piece]:
    place = 0
    while (piece := best[place][1]) is not None:
        yield piece
        place += len(piece.words)
