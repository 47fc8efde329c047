"""Which words does the subject use? Verdict, Food, FoodClass, Source, Finding."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Verdict(IntEnum):
    """May this person eat this food? Ordered: a higher verdict is a worse one, and the worst of several wins.

    UNKNOWN is worse than COOK because a food we do not know may not be put right by heat.
    """

    OK = 1
    COOK = 2
    UNKNOWN = 3
    AVOID = 4

    @property
    def word(self) -> str:
        """The verdict as commands and data files write it: ok, cook, unknown, avoid."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Verdict":
        """The verdict that a data file names. KeyError when it is none of the four words."""
        return cls[word.upper()]

    @classmethod
    def worst(cls, verdicts: Iterable["Verdict"]) -> "Verdict":
        """The verdict on several foods eaten together. Of nothing at all we know nothing."""
        return max(verdicts, default=cls.UNKNOWN)


@dataclass(frozen=True)
class Source:
    """Who says so, where, and how much of it was read: `full`, `excerpt` or `second-hand`."""

    slug: str
    authority: str
    kind: str
    title: str
    address: str
    dated: str
    read_how: str


@dataclass(frozen=True)
class FoodClass:
    """A kind of food that hospitals' sheets talk about as one: sliced cooked meat, mould-ripened soft cheese."""

    slug: str
    name: str


@dataclass(frozen=True)
class Food:
    """One form of a food, with the cautious answer for someone whose immune system is weakened.

    `picked_by` holds the states that choose this form of its family. `if_cooked` is the verdict once it has been cooked
    right through. `floor` is a verdict that no hospital's sheet can loosen. `keeps_hours` counts from opening or cooking.
    `sold_as` are names for what a shop sells apart ("red onion"), which a phrase would be judged alike without.
    """

    slug: str
    name: str
    also_called: tuple[str, ...]
    sold_as: tuple[str, ...]
    family: str
    form: str
    picked_by: frozenset[str]
    food_class: FoodClass
    aisle: str
    verdict: Verdict
    if_cooked: Verdict
    floor: Verdict | None
    why: str
    do_this: str
    label_says: str
    keeps_hours: int | None
    wash: str
    instead: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: datetime.date
    review_by: datetime.date

    @property
    def names(self) -> tuple[str, ...]:
        """Every name this food goes by, its own first."""
        return (self.name, *self.also_called, *self.sold_as)


@dataclass(frozen=True)
class SheetSays:
    """What one hospital's sheet says about a food, or about the class it belongs to."""

    protocol: str
    about: str
    verdict: Verdict
    why: str
    do_this: str
    source: Source
    seen_on: datetime.date


@dataclass(frozen=True)
class FoodFinding:
    """The verdict on one known food as it stands in a phrase: raw, tinned, rare, on this person's sheet.

    `words` are the phrase's own words for it. `says` is what the person's sheets say; `differs` what other hospitals'
    sheets say that is not this verdict.
    """

    food: Food
    words: str
    verdict: Verdict
    base: Verdict
    why: str
    do_this: str
    label_says: str
    if_cooked: Verdict
    says: tuple[SheetSays, ...] = ()
    differs: tuple[SheetSays, ...] = ()


@dataclass(frozen=True)
class Finding:
    """The verdict on a phrase, with its reasons.

    `about` holds a finding for each known food in the phrase, in its order. `unexplained` are the words nobody could
    account for.
    """

    asked: str
    verdict: Verdict
    why: str
    do_this: str
    about: tuple[FoodFinding, ...] = ()
    unexplained: tuple[str, ...] = ()

    @property
    def decides(self) -> FoodFinding | None:
        """The known food the verdict rests on: the worst one, the first of several equally bad."""
        return max(self.about, key=lambda one: one.verdict, default=None)

    @property
    def base(self) -> Verdict:
        """The verdict before any hospital's sheet was asked."""
        known = [one.base for one in self.about]
        return Verdict.worst([*known, Verdict.UNKNOWN] if self.unexplained or not known else known)

    @property
    def if_cooked(self) -> Verdict:
        """The verdict once everything in the phrase has been cooked right through."""
        known = [one.if_cooked for one in self.about]
        return Verdict.worst([*known, Verdict.UNKNOWN] if self.unexplained or not known else known)

    @property
    def label_says(self) -> str:
        """What the labels must say, for each food that is fine on that condition."""
        return "; ".join(dict.fromkeys(one.label_says for one in self.about if one.label_says))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says so: the sources of the deciding food, its sheet's first."""
        decides = self.decides
        if decides is None:
            return ()
        said = tuple(says.source for says in decides.says)
        return tuple(dict.fromkeys(said + decides.food.sources))
