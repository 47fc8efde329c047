"""What does a recipe hold, and does it hold this? Asked so that doubt counts as yes when something is to be left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foods.names import Kind
from foods.table import FoodTable
from recipes.check import RecipeFinding
from recipes.contents import FISH, MEAT, allergens_of, ruled_out
from recipes.recipe import DIETS, LibraryRecipe

_GROUPS: Mapping[str, frozenset[str]] = {
    "meat": MEAT,
    "fish": FISH,
    "seafood": FISH,
    "shellfish": frozenset({"shellfish-raw", "shellfish-cooked", "surimi"}),
}
"""What people call several classes of food at once."""
_ALLERGEN_WORDS = {
    "dairy": ("milk",),
    "milk": ("milk",),
    "egg": ("eggs",),
    "wheat": ("gluten",),
    "nut": ("nuts", "peanuts"),
    "peanut": ("peanuts",),
    "shellfish": ("crustaceans", "molluscs"),
    "seafood": ("fish", "crustaceans", "molluscs"),
    "crustacean": ("crustaceans",),
    "mollusc": ("molluscs",),
    "soy": ("soya",),
    "sulphite": ("sulphites",),
} | {name: (name,) for name in ("celery", "fish", "gluten", "lupin", "mustard", "sesame", "soya")}


_FITS_TOO = {
    "vegan": ("vegan", "vegetarian", "pescatarian"),
    "vegetarian": ("vegetarian", "pescatarian"),
    "pescatarian": ("pescatarian",),
}
"""What fits one diet fits the wider ones."""


@dataclass(frozen=True)
class Thing:
    """Something a person named: `words` folded, the `foods` of that name, classes and allergens that it means.

    A thing that is not known is one that nothing can be promised to be without.
    """

    said: str
    words: str
    foods: frozenset[str]
    classes: frozenset[str]
    allergens: frozenset[str]

    @property
    def is_known(self) -> bool:
        """Do we know what is meant?"""
        return bool(self.foods or self.classes or self.allergens)


@dataclass(frozen=True)
class Holds:
    """What a recipe holds: foods and their classes, by slug, allergens, and the diets it has no place in.

    `allergens` are those its author named and those its foods plainly hold. `lines` are its name and lines, `called` every
    name of its foods and classes, folded. `is_all_read` is False when a word of some line is not explained: such a line may
    hold anything.
    """

    foods: frozenset[str]
    classes: frozenset[str]
    allergens: frozenset[str]
    ruled_out: frozenset[str]
    lines: str
    called: str
    is_all_read: bool

    def may_hold_allergen(self, allergen: str) -> bool:
        """Is this allergen in it, or could it be?"""
        return allergen in self.allergens or not self.is_all_read

    def may_break(self, diet: str) -> bool:
        """Does it break this diet, or could it?"""
        return diet in self.ruled_out or not self.is_all_read

    def may_hold(self, thing: Thing) -> bool:
        """Is this thing in it, or could it be? By every name of each of its foods, by its allergens and by its lines."""
        known = self.foods & thing.foods or self.classes & thing.classes or self.allergens & thing.allergens
        meat = thing.words == " meat " and "pescatarian" in self.ruled_out
        return bool(known) or meat or not self.is_all_read or thing.words in self.called or thing.words in self.lines

    def uses(self, thing: Thing) -> bool:
        """Is this very thing in it, for somebody who wants to use it up?"""
        return bool(self.foods & thing.foods or self.classes & thing.classes) or thing.words in self.lines


def holds(table: FoodTable, finding: RecipeFinding) -> Holds:
    """What the recipe of a finding holds. What its author claims may only add to it."""
    recipe = finding.recipe
    found = [(about.food, one.ingredient.text) for one in finding.ingredients for about in one.finding.about]
    allergens = {allergen for food, line in found for allergen in allergens_of(food, line)}
    out = {diet for food, line in found for diet in ruled_out(food, line)}
    if isinstance(recipe, LibraryRecipe):
        allergens |= set(recipe.allergens)
        out |= set(DIETS) - {fits for diet in recipe.diets for fits in _FITS_TOO[diet]}
    foods = {food.slug: food for food, _ in found}
    lines = [recipe.name, *(line.text for line in recipe.ingredients if not line.is_heading)]
    return Holds(
        frozenset(foods),
        frozenset(food.food_class.slug for food in foods.values()),
        frozenset(allergens),
        frozenset(out),
        _folded(table, lines),
        _folded(table, [name for food in foods.values() for name in (*food.names, food.food_class.slug)]),
        all(one.finding.about and not one.finding.unexplained for one in finding.ingredients),
    )


def _folded(table: FoodTable, texts: Iterable[str]) -> str:
    """Texts as one string of folded words, each word between spaces, each text apart from the next."""
    fold = table.names.vocabulary.fold
    return " | ".join(["", *(" ".join(fold(text.replace("-", " "))) for text in texts), ""])


def things(table: FoodTable, text: str) -> list[Thing]:
    """The things a person named, with commas between: "carrots, half a cabbage"."""
    return [thing(table, part.strip()) for part in text.split(",") if part.strip()]


def thing(table: FoodTable, said: str) -> Thing:
    """What a person may mean by a name: a food in any of its forms, a kind of food, an allergen, or nothing that we know."""
    pieces = table.names.read(said)
    named = {table.foods[piece.means[0]] for piece in pieces if piece.kind is Kind.NAME}
    forms = {form.slug for food in named for form in table.forms(food)}
    words = [word for piece in pieces if piece.kind is not Kind.PLAIN or len(pieces) == 1 for word in piece.words]
    folded = " ".join(words)
    classes = _GROUPS.get(folded, frozenset()) | {one for one in table.classes if folded and folded in one.split("-")}
    allergens = frozenset(_ALLERGEN_WORDS.get(folded, ()))
    return Thing(said, f" {folded} ", frozenset({food.slug for food in named} | forms), classes, allergens)
