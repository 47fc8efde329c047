"""Which known foods does a phrase name, in which state, and which of its words can nobody explain?

Letters are folded first (case, accents, apostrophes, hyphens, plurals, US spellings), in names and phrases alike. Then
the phrase is cut into known names, states ("tinned", "medium rare") and plain words ("ripe", "sliced") in the cheapest
way: longer names before shorter ones, and an unexplained word only where nothing else fits. Likeness never counts.
"""

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

BREAK = ","
"""The folded sign for a comma or bracket: no name reaches across it."""
SLASH = "/"
"""The folded sign for a slash between words, which means "or"; between numbers it is a BREAK."""
SIGNS = frozenset({BREAK, SLASH})

APART = frozenset({*SIGNS, "and", "or", "with", "plus", "on", "in", "to", "for"})
"""What separates one food of a phrase from the next: a state on one side is not about the food on the other."""
ALTERNATIVE = frozenset({SLASH, "or"})
"""What says that only one of its two sides is there, and nobody knows which."""

_LETTERS = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "&": " and ", "™": " ", "®": " ", "©": " "}
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_TOKENS = re.compile(r"[^\W_]+|[,;:()\[\]{}/|+•–—\n]|[\U0001F000-\U0001FAFF]")
_BREAKS = frozenset(",;:()[]{}/|+•–—\n")
_FRACTION = re.compile(r"(?<=[0-9])\s*/|/(?=\s*[0-9])")
"""A slash beside a number: "1/2", "500g/1lb"."""
_AMOUNT = re.compile(r"\d+(?:x\d+)?(?:g|kg|mg|ml|cl|dl|l|oz|lbs?|cm|mm|in|inch|x|st|nd|rd|th|pts?|qts?|c|f|cal|kcal)?")
"""A number, alone or with its unit grown to it: all that a number explains."""
KEPT_S = frozenset(
    "asparagus couscous molasses swiss brussels bass haggis cress watercress lens gas octopus citrus hibiscus caas jus cos "
    "calvados bourbons fries greens as is us this has was its plus less cassis".split()
)
IRREGULAR = {
    "leaves": "leaf", "loaves": "loaf", "halves": "half", "knives": "knife", "calves": "calf", "geese": "goose",
    "cookies": "cookie", "brownies": "brownie", "smoothies": "smoothie", "pies": "pie", "veggies": "veggie",
    "hoagies": "hoagie", "sarnies": "sarnie", "toasties": "toastie", "smokies": "smokie", "sweeties": "sweetie",
    "olives": "olive", "chives": "chive", "cloves": "clove", "endives": "endive", "crevettes": "crevette",
    "mousses": "mousse", "cheeses": "cheese", "sausages": "sausage", "quiches": "quiche", "brioches": "brioche",
    "ceviches": "ceviche", "chilies": "chilli", "chillies": "chilli",
}  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """One of several: "radishes" -> "radish", "bhajis" -> "bhaji". Rough on purpose: both sides are folded alike."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or word in KEPT_S or not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def is_amount(word: str) -> bool:
    """Is this folded word a number or the unit of one: "2", "500g", "lb"?"""
    return bool(_AMOUNT.fullmatch(word) or _AMOUNT.fullmatch("1" + word))


def fold(text: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a text as they are compared: "2 Goat’s cheeses, grilled" -> 2, goat, cheese, BREAK, grilled."""
    plain = text.lower().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    found = _TOKENS.findall(_APOSTROPHES.sub("", _FRACTION.sub(BREAK, plain)))
    words = [word if word == SLASH else BREAK if word in _BREAKS else singular(word) for word in found]
    return tuple(spellings.get(word, word) for word in words)


class Kind(Enum):
    """What a piece of a phrase is."""

    NAME = "name"
    STATE = "state"
    PLAIN = "plain"
    BREAK = "break"
    UNEXPLAINED = "unexplained"


COST = {Kind.NAME: 100, Kind.STATE: 60, Kind.PLAIN: 60, Kind.BREAK: 0, Kind.UNEXPLAINED: 10_000}
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

    A plain entry may be a few words ("the tin"), so that a word which is a state elsewhere is not one there. `negations`
    are plain words that take back the state or the form of a food right after them ("not tinned"). `since` are words that
    nobody can explain without knowing how long ago it was ("opened"). `cut` are plain words that say a food is in pieces
    ("sliced"), and `shop` plain words that say a shop packed it ("packet"): together they say who cut it.
    """

    spellings: Mapping[str, str]
    plain: frozenset[tuple[str, ...]]
    states: Mapping[tuple[str, ...], tuple[str, ...]]
    negations: frozenset[str] = frozenset()
    since: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    shop: frozenset[str] = frozenset()

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
        self,
        vocabulary: Vocabulary,
        names: Mapping[tuple[str, ...], str],
        ranks: Mapping[str, int] | None = None,
        sold_as: Collection[tuple[str, ...]] = (),
    ) -> None:
        """`names` gives the slug of each folded name; `ranks` how bad each food is, up to 9.

        Of `names` those in `sold_as` are read, and never offered: a device, which has them not, offers the same.
        """
        self.vocabulary = vocabulary
        self._known = {words: _piece(Kind.PLAIN, words) for words in vocabulary.plain if len(words) > 1}
        for words, states in vocabulary.states.items():
            self._known[words] = _piece(Kind.STATE, words, states)
        for words, slug in names.items():
            self._known[words] = _piece(Kind.NAME, words, (slug,), (ranks or {}).get(slug, 0))
        self._longest: dict[str, int] = {}
        for words in self._known:
            self._longest[words[0]] = max(self._longest.get(words[0], 1), len(words))
        self._sold_as = frozenset(sold_as)
        self._names = {words: slug for words, slug in names.items() if words not in self._sold_as}

    def read(self, phrase: str) -> tuple[Piece, ...]:
        """The phrase cut into pieces, every word accounted for or admitted to be unexplained."""
        return self._cut(self.vocabulary.fold(phrase))

    def inside(self, name: tuple[str, ...], before: tuple[str, ...] = ()) -> tuple[Piece, ...]:
        """The words of a name, after those that stand before it, cut as if it were none: "smoked", "salmon pasta" ->
        smoked salmon, pasta.
        """
        return self._cut((*before, *name), but=(name,))

    def _cut(self, words: tuple[str, ...], but: Collection[tuple[str, ...]] = ()) -> tuple[Piece, ...]:
        best: list[tuple[int, Piece | None]] = [(0, None)] * (len(words) + 1)
        for start in range(len(words) - 1, -1, -1):
            options = (piece for piece in self._options(words, start) if piece.words not in but)
            best[start] = min(
                ((piece.cost + best[start + len(piece.words)][0], piece) for piece in options),
                key=lambda option: option[0],
            )
        return tuple(_walk(best))

    def _options(self, words: tuple[str, ...], start: int) -> Iterable[Piece]:
        for end in range(min(len(words), start + self._longest.get(words[start], 1)), start, -1):
            if piece := self._known.get(words[start:end]):
                yield piece
        if words[start : start + 1] not in self._known:
            yield self._single(words[start])

    def _single(self, word: str) -> Piece:
        if word in SIGNS:
            return _piece(Kind.BREAK, (word,))
        return _piece(Kind.PLAIN if self.vocabulary.is_plain(word) else Kind.UNEXPLAINED, (word,))

    def holds(self, word: str) -> bool:
        """Does any name hold this folded word?"""
        return word in self._holding

    def near(self, phrase: str, most: int = 5) -> list[str]:
        """Slugs of foods that may be meant, to be offered, never answered for.

        In this order: names that differ from the phrase in their spaces only ("hotdog"), names that the phrase would hold
        with one slip of a word put right ("smoked samon"), and names that hold a word which is no name by itself.
        """
        words = self.vocabulary.fold(phrase)[:LONGEST_NEAR]
        doubtful = [at for at in range(len(words)) if self._is_doubtful(words, at)]
        offered = [self._unspaced.get("".join(words), "")]
        offered += [slug for at in doubtful for slug in self._mended(words, at)]
        offered += [slug for at in doubtful for slug in self._holding.get(words[at], ())[:most]]
        return list(dict.fromkeys(slug for slug in offered if slug))[:most]

    def _mended(self, words: tuple[str, ...], at: int) -> list[str]:
        """The foods that the phrase would name with this word put right, those first that then explain the most words."""
        found: list[Piece] = []
        for other in self._words_like(words[at]):
            pieces = self._cut((*words[:at], other, *words[at + 1 :]), but=self._sold_as)
            found += [piece for piece in pieces if piece.kind is Kind.NAME and other in piece.words]
        return [piece.means[0] for piece in sorted(found, key=lambda piece: -len(piece.words))]

    def _is_doubtful(self, words: tuple[str, ...], at: int) -> bool:
        """Could this word be a slip? Not where it explains itself."""
        word = words[at]
        return len(word) > 2 and (word,) not in self._known and not self.vocabulary.is_plain(word)

    def _words_like(self, word: str) -> list[str]:
        """The words of names that are this one but for a slip, those that only double a letter first."""
        squeezed = squeeze(word)
        shares = {other for less in one_less(squeezed) for other in self._one_less.get(less, ())}
        like = [other for other in shares if is_one_slip(squeezed, self._squeezed[other])]
        return sorted(like, key=lambda other: (self._squeezed[other] != squeezed, other))

    @functools.cached_property
    def _unspaced(self) -> dict[str, str]:
        return {"".join(name): slug for name, slug in reversed([*self._names.items()])}

    @functools.cached_property
    def _holding(self) -> dict[str, list[str]]:
        holding: dict[str, list[str]] = {}
        for name, slug in self._names.items():
            for word in name:
                holding.setdefault(word, []).append(slug)
        return {word: list(dict.fromkeys(slugs)) for word, slugs in holding.items()}

    @functools.cached_property
    def _one_less(self) -> dict[str, list[str]]:
        """The words of names by what is left of them without one letter: words a slip apart have one such rest in common."""
        without: dict[str, list[str]] = {}
        for word, squeezed in self._squeezed.items():
            for less in one_less(squeezed):
                without.setdefault(less, []).append(word)
        return without

    @functools.cached_property
    def _squeezed(self) -> dict[str, str]:
        return {word: squeeze(word) for name in self._names for word in name if len(word) > 3}


LONGEST_NEAR = 12
"""Words of a phrase that are looked at for slips."""
_DOUBLED = re.compile(r"(.)\1+")


def squeeze(word: str) -> str:
    """The word with doubled letters once and "ph" as "f": what a slip most often changes."""
    return _DOUBLED.sub(r"\1", word.replace("ph", "f"))


def one_less(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_one_slip(one: str, other: str) -> bool:
    """Do two words differ by at most one letter: more, missing, another, or two that changed places?"""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    swapped = one[1:2] + one[:1] + one[2:] == other and len(one) > 1
    return one[1:] == other or one == other[1:] or one[1:] == other[1:] or swapped


def _piece(kind: Kind, words: tuple[str, ...], means: tuple[str, ...] = (), rank: int = 0) -> Piece:
    return Piece(kind, words, means, COST[kind] - rank)


def _walk(best: list[tuple[int, Piece | None]]) -> Iterable[Piece]:
    place = 0
    while (piece := best[place][1]) is not None:
        yield piece
        place += len(piece.words)
