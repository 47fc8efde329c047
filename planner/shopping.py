"""What has to be bought for a week? Amounts added up food by food, by aisle in shop order, cold things last.

Weights are added to weights, volumes to volumes, spoons to spoons, packs to packs of the same size; never one to another.
Sums are exact fractions, rounded up once at the end, so that nothing is short. A line that gives no amount, or that
nobody could read, still stands on the list once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil

from foods.food import Finding
from foods.names import BREAK, singular
from foods.rules import judge
from foods.table import FoodTable
from planner.week import Meal, Week
from recipes.lines import PACKS, PIECES, pack_size
from recipes.recipe import Ingredient, Recipe

OTHER = ""
AISLE_NAMES = {
    "produce": "Fruit and vegetables",
    "bakery": "Bread",
    "tins": "Tins and jars",
    "dry": "Pasta, rice and cereals",
    "snacks": "Biscuits, nuts and snacks",
    "drinks": "Drinks",
    OTHER: "Ask in the shop",
    "out": "Ready to eat",
    "meat": "Meat",
    "fish": "Fish",
    "dairy": "Milk, cheese and eggs",
    "deli": "Deli",
    "chilled": "Chilled",
    "frozen": "Frozen",
}
"""The aisles in the order of a usual shop: what must stay cold goes into the trolley last, frozen food last of all."""
COLD = frozenset({"meat", "fish", "dairy", "deli", "chilled"})
"""Aisles whose packs carry a use-by date."""
STAPLES = frozenset({"baking", "spices", "sauces"})
"""Aisles of what most kitchens have: flour, spices, oil."""
TAP = frozenset({"water", "tap-water"})
BOUGHT_WATER = frozenset({"bottled", "sparkling", "mineral", "soda", "tonic"})

Amount = tuple[Fraction, Fraction]
"""From so much to so much; both the same where the recipe gives no range."""
Measure = tuple[str, str]
"""What an amount is counted in: the unit, and for a pack what one holds, like ("tin", "400 g")."""


@dataclass(frozen=True)
class Line:
    """One thing to buy. `amount` is in words, empty where no recipe says; `days` are those on which it is cooked."""

    food: str
    amount: str
    aisle: str
    label_says: str
    days: tuple[date, ...]

    @property
    def last_day(self) -> date | None:
        """The use-by date must be no earlier than this day; None where the pack carries none."""
        return max(self.days) if self.aisle in COLD else None


@dataclass(frozen=True)
class Aisle:
    """One aisle of the shop and what to take there, in the order of the alphabet."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ShoppingList:
    """What to buy by aisle, and apart from it what is likely to be in the cupboard."""

    aisles: tuple[Aisle, ...]
    staples: tuple[Line, ...]


def shopping_list(week: Week, recipes: Mapping[str, Recipe], table: FoodTable, servings: int) -> ShoppingList:
    """What to buy so that `servings` people can eat every meal of a week."""
    wanted: dict[tuple[str, ...], _Wanted] = {}
    for meal in week.meals:
        recipe = recipes[meal.recipe]
        times = Fraction(servings, recipe.servings or servings)
        for ingredient in recipe.ingredients:
            if not ingredient.is_heading:
                _want(wanted, table, ingredient, times, _cooked_on(meal))
    lines = sorted((one.line() for one in wanted.values()), key=lambda line: (line.food.casefold(), line.amount))
    aisles = (Aisle(name, tuple(line for line in lines if line.aisle == aisle)) for aisle, name in AISLE_NAMES.items())
    staples = tuple(line for line in lines if line.aisle in STAPLES)
    return ShoppingList(tuple(aisle for aisle in aisles if aisle.lines), staples)


def _cooked_on(meal: Meal) -> date:
    return meal.slot.dinner_before.day if meal.leftover_of else meal.slot.day


# ---- Which lines are the same food ----


@dataclass
class _Wanted:
    """One food, gathered from every recipe that uses it."""

    aisle: str
    label_says: str
    texts: set[str] = field(default_factory=set)
    sums: dict[Measure, Amount] = field(default_factory=dict)
    some: bool = False
    days: set[date] = field(default_factory=set)

    def add(self, ingredient: Ingredient, times: Fraction) -> None:
        """Add one line of a recipe, made `times` over."""
        if ingredient.amount is None:
            self.some = True
            return
        measure, factor = _measure(ingredient)
        low, high = self.sums.get(measure, (Fraction(0), Fraction(0)))
        most = ingredient.amount_to or ingredient.amount
        self.sums[measure] = low + ingredient.amount * factor * times, high + most * factor * times

    def line(self) -> Line:
        """The line as it stands on the list."""
        amount = in_words(self.sums)
        if amount and self.some:
            amount += " and a little more"
        return Line(self._name(), amount, self.aisle, self.label_says, tuple(sorted(self.days)))

    def _name(self) -> str:
        """The shortest of the names in use; of things that are counted, one or several as the count says."""
        name = min(self.texts, key=lambda one: (len(one), one))
        counted = self.sums.get(("", ""))
        if counted is None:
            return name
        return _several(name) if counted[1] > 1 else _one(name)


def _want(
    wanted: dict[tuple[str, ...], _Wanted], table: FoodTable, ingredient: Ingredient, times: Fraction, day: date
) -> None:
    text, finding = _text(ingredient), judge(table, ingredient.food or ingredient.text)
    if _is_from_the_tap(finding):
        return
    key = _key(table, finding, text)
    one = wanted.setdefault(key, _Wanted(_aisle(table, finding, text), finding.label_says))
    one.texts.add(text)
    one.days.add(day)
    one.add(ingredient, times)


def _text(ingredient: Ingredient) -> str:
    """The food as the list names it: without the pack it is counted in, and without what is done to it at home."""
    text = (ingredient.food or ingredient.text).split(",")[0].split(" (")[0]
    if ingredient.unit not in PACKS:
        return text
    words = text.split()
    said_by_amount = {*PACKS[ingredient.unit].split(), "of", *_PACKED_IN.get(ingredient.unit, ())}
    while len(words) > 1 and words[0].lower() in said_by_amount:
        words = words[1:]
    return " ".join(words)


_PACKED_IN = {"tin": ("tinned", "canned"), "jar": ("jarred",)}


def _is_from_the_tap(finding: Finding) -> bool:
    return bool(finding.about) and all(
        one.food.slug in TAP and not BOUGHT_WATER & {*one.words.split()} for one in finding.about
    )


def _key(table: FoodTable, finding: Finding, text: str) -> tuple[str, ...]:
    """Lines with the same key are the same thing to buy: the food and its name there, so that penne is no spaghetti."""
    if len(finding.about) == 1 and not finding.unexplained:
        words = [word for word in finding.about[0].words.split() if word not in _ANY_WILL_DO]
        return finding.about[0].food.slug, *words
    return tuple(word for word in table.names.vocabulary.fold(text) if word != BREAK)


_ANY_WILL_DO = frozenset({"ripe", "fresh", "large", "medium", "small"})
"""Words of a name that make no other thing to buy of it."""


def _aisle(table: FoodTable, finding: Finding, text: str) -> str:
    if "frozen" in table.names.vocabulary.fold(text):
        return "frozen"
    return finding.about[0].food.aisle if finding.about else OTHER


def _one(name: str) -> str:
    """ "ripe bananas" -> "ripe banana"."""
    before, last = name.rpartition(" ")[::2]
    return f"{before} {singular(last)}".strip()


def _several(name: str) -> str:
    """ "pitta bread" -> "pitta breads"; what is several already stays."""
    word = name.rpartition(" ")[2].lower()
    if singular(word) != word:
        return name
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + ("es" if word.endswith(("s", "sh", "ch", "x", "potato", "tomato", "mango")) else "s")


# ---- Adding up and saying so ----

_SAME = {
    "mg": ("g", Fraction(1, 1000)),
    "kg": ("g", Fraction(1000)),
    "cl": ("ml", Fraction(10)),
    "dl": ("ml", Fraction(100)),
    "l": ("ml", Fraction(1000)),
    "dsp": ("tsp", Fraction(2)),
    "tbsp": ("tsp", Fraction(3)),
    "lb": ("oz", Fraction(16)),
}
"""Units that add up with another: 1 kg is 1000 g. Cups and pints differ between countries and stay themselves."""
ML_IN_TSP = 5


def _measure(ingredient: Ingredient) -> tuple[Measure, Fraction]:
    unit, factor = _SAME.get(ingredient.unit, (ingredient.unit, Fraction(1)))
    size = pack_size(ingredient.text)
    return (unit, _exactly(*size) if size else ""), factor


def in_words(sums: Mapping[Measure, Amount]) -> str:
    """Amounts of one food in words: "1.5 kg", "2½ cups", "5 to 6 cloves", "200 g and 1 tin of 400 g"."""
    return " and ".join(_say(measure, amount) for measure, amount in sorted(_spoons_into_ml(sums).items()))


def _spoons_into_ml(sums: Mapping[Measure, Amount]) -> dict[Measure, Amount]:
    """Spoonfuls of something that is also measured in millilitres are millilitres."""
    joined = dict(sums)
    if ("ml", "") in joined and ("tsp", "") in joined:
        low, high = joined.pop(("tsp", ""))
        more = joined["ml", ""]
        joined["ml", ""] = more[0] + low * ML_IN_TSP, more[1] + high * ML_IN_TSP
    return joined


def _say(measure: Measure, amount: Amount) -> str:
    unit, size = measure
    low, high = (" ".join(_number_and_unit(value, unit)).strip() for value in amount)
    of = f" of {size}" if size else ""
    if low == high:
        return high + of
    least = _number_and_unit(amount[0], unit)
    same_unit = least[1] == _number_and_unit(amount[1], unit)[1]
    return f"{least[0] if same_unit else low} to {high}{of}"


def _number_and_unit(value: Fraction, unit: str) -> tuple[str, str]:
    """A number rounded up to what a shop or a spoon can measure, and its unit."""
    if unit in ("g", "ml"):
        return _metric(value, unit)
    if unit == "tsp":
        return (_mixed(value / 3), "tbsp") if value >= 3 else (_mixed(value), "tsp")
    if unit in PACKS or unit in PIECES or unit == "":
        return str(ceil(value)), _unit_word(unit, ceil(value) > 1)
    return _mixed(value), unit + "s" * (unit in ("cup", "pint", "quart") and value > 1)


def _metric(value: Fraction, unit: str) -> tuple[str, str]:
    step = 1 if value <= 50 else 5 if value < 1000 else 50
    rounded = ceil(value / step) * step
    if rounded < 1000:
        return str(rounded), unit
    return f"{rounded / 1000:g}", {"g": "kg", "ml": "litres" if rounded > 1000 else "litre"}[unit]


_SIGNS = {Fraction(1, 4): "¼", Fraction(1, 3): "⅓", Fraction(1, 2): "½", Fraction(2, 3): "⅔", Fraction(3, 4): "¾"}


def _mixed(value: Fraction) -> str:
    """2½ for 5/2; what is no half, third or quarter is rounded up to the next quarter."""
    rounded = value if value % 1 in (0, *_SIGNS) else Fraction(ceil(value * 4), 4)
    whole, part = divmod(rounded, 1)
    return f"{whole or ''}{_SIGNS.get(part, '')}" or "0"


def _exactly(value: Fraction, unit: str) -> str:
    return f"{float(value):g} {unit}"


def _unit_word(unit: str, several: bool) -> str:
    """One of a pack or a piece, or several: tin, tins; bunch, bunches."""
    if not unit or not several:
        return unit
    return {**PACKS, **PIECES}[unit].split()[1]
