"""What has to be bought for a week? Amounts added up food by food, by aisle in shop order, cold things last.

Weights are added to weights, volumes to volumes, spoons to spoons, packs to packs of the same size. Spoonfuls of what is
also weighed or poured join it; nothing else is added to another measure. Sums are exact fractions, rounded up once at the
end, so that nothing is short. A line that gives no amount, or that nobody could read, still stands on the list once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import ceil

from foods.food import Finding, Food, Verdict
from foods.names import BREAK, singular
from foods.rules import judge
from foods.sheets import Sheet
from foods.table import FoodTable
from planner.packs import grams_in_tsp, sold_as
from planner.week import DINNER, ONE_DAY, Meal, Slot, Week, Wishes
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
BOUGHT_FRESH = frozenset({"meat", "fish"})
"""Aisles whose food is bought on the last shop day before it is cooked, so that each shop day has a line of its own."""
TAP = frozenset({"water", "tap-water"})
BOUGHT_WATER = frozenset({"bottled", "sparkling", "mineral", "soda", "tonic"})

Amount = tuple[Fraction, Fraction]
"""From so much to so much; both the same where the recipe gives no range."""
Measure = tuple[str, str]
"""What an amount is counted in: the unit, and for a pack what one holds, like ("tin", "400 g")."""


@dataclass(frozen=True)
class Line:
    """One thing to buy. `amount` is in words, empty where no recipe says; `days` are those on which it is cooked.

    `buy` is the pack that a shop sells it in, like "1 pack of 500 g". `buy_on` is its shop day, where those are known.
    `freeze` says that it goes into the freezer that day, `have_open` that a pack stands open at home. `instead` is what to
    take where the shop has none; with nothing there, take no other. `key` names the line, and the same thing to buy keeps it
    when the week is made again.
    """

    food: str
    amount: str
    aisle: str
    label_says: str
    days: tuple[date, ...]
    buy: str = ""
    buy_on: date | None = None
    buy_whole: bool = False
    freeze: bool = False
    have_open: bool = False
    instead: tuple[str, ...] = ()
    key: str = ""

    @property
    def last_day(self) -> date | None:
        """The use-by date must be no earlier than this day; None where the pack carries none.

        What is frozen on the day it is bought must be in date on that day.
        """
        if self.aisle not in COLD:
            return None
        return self.buy_on if self.freeze and self.buy_on else max(self.days)


@dataclass(frozen=True)
class Aisle:
    """One aisle of the shop and what to take there, in the order of the alphabet."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ShoppingList:
    """What to buy by aisle, and apart from it what is likely to be in the cupboard.

    `left_out` names what the sheets forbid even when cooked. A planned meal should never need any.
    """

    aisles: tuple[Aisle, ...]
    staples: tuple[Line, ...]
    left_out: tuple[str, ...] = ()


def shopping_list(
    week: Week,
    recipes: Mapping[str, Recipe],
    table: FoodTable,
    servings: int,
    sheets: Sequence[Sheet] = (),
    wishes: Wishes | None = None,
    aisle_order: Sequence[str] = tuple(AISLE_NAMES),
) -> ShoppingList:
    """What to buy so that `servings` people can eat every meal of a week.

    With the `wishes` of the week fresh food stands under its shop day, and what was eaten is not bought again. Aisles that
    `aisle_order` leaves out come last, in the usual order.
    """
    basket = _Basket(table, sheets, wishes)
    for meal, cooked_on in _to_buy_for(week, wishes):
        recipe = recipes[meal.recipe]
        times = Fraction(servings, recipe.servings or servings)
        for ingredient in recipe.ingredients:
            if not ingredient.is_heading:
                basket.add(ingredient, times, cooked_on, meal)
    lines = sorted(basket.lines(), key=lambda line: (line.food.casefold(), line.buy_on or date.min, line.amount))
    order = dict.fromkeys((*(aisle for aisle in aisle_order if aisle in AISLE_NAMES), *AISLE_NAMES))
    aisles = (Aisle(AISLE_NAMES[aisle], tuple(line for line in lines if line.aisle == aisle)) for aisle in order)
    staples = tuple(line for line in lines if line.aisle in STAPLES)
    return ShoppingList(tuple(aisle for aisle in aisles if aisle.lines), staples, tuple(sorted(basket.forbidden)))


def _to_buy_for(week: Week, wishes: Wishes | None) -> Iterator[tuple[Meal, date]]:
    """The meals that need shopping, each with the day that it is cooked on: none eaten, none from the freezer."""
    eaten = {meal.slot for meal in wishes.eaten} if wishes else set()
    for meal in week.meals:
        cooked_on = _cooked_on(meal, week)
        if meal.slot not in eaten and meal.frozen_on is None and cooked_on is not None:
            yield meal, cooked_on


def _cooked_on(meal: Meal, week: Week) -> date | None:
    """The day a meal is cooked; None for the leftovers of a dinner that was cooked before this week."""
    if meal.leftover_of is None:
        return meal.slot.day
    for back in (1, 2):
        dinner = week.by_slot.get(Slot(meal.slot.day - back * ONE_DAY, DINNER))
        if dinner and dinner.is_cooked and dinner.recipe == meal.recipe:
            return dinner.slot.day
    return None


# ---- Which lines are the same food ----


@dataclass
class _Wanted:
    """One food, gathered from every recipe that uses it."""

    aisle: str
    label_says: str
    food: Food | None = None
    buy_on: date | None = None
    freeze: bool = False
    have_open: bool = False
    instead: tuple[str, ...] = ()
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

    def line(self, key: str) -> Line:
        """The line as it stands on the list."""
        sums = _joined(self.sums, grams_in_tsp(self.food.slug if self.food else ""))
        amount = in_words(sums)
        if amount and self.some:
            amount += " and a little more"
        return Line(
            self._name(),
            amount,
            self.aisle,
            self.label_says,
            tuple(sorted(self.days)),
            self._packs(sums),
            self.buy_on,
            bool(self.food) and self.aisle == "produce",
            self.freeze,
            self.have_open,
            self.instead,
            key,
        )

    def _packs(self, sums: Mapping[Measure, Amount]) -> str:
        """The pack a shop sells it in, where all of it is counted in one measure that we know a pack for."""
        if self.food is None or len(sums) != 1:
            return ""
        ((unit, size), (_, most)), *_ = sums.items()
        return "" if size else sold_as(self.food.slug, self.food.food_class.slug, unit, most)

    def _name(self) -> str:
        """The shortest of the names in use; of things that are counted, one or several as the count says."""
        name = min(self.texts, key=lambda one: (len(one), one))
        counted = self.sums.get(("", ""))
        if counted is None:
            return name
        return _several(name) if counted[1] > 1 else _one(name)


@dataclass
class _Basket:
    """What is wanted so far, by what makes it one thing to buy."""

    table: FoodTable
    sheets: Sequence[Sheet]
    wishes: Wishes | None
    wanted: dict[tuple[str, ...], _Wanted] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    read: dict[str, Finding] = field(default_factory=dict)

    def add(self, ingredient: Ingredient, times: Fraction, day: date, meal: Meal) -> None:
        """Add one line of a recipe that is made `times` over on a day."""
        text, finding = _text(ingredient), self._judge(ingredient.food or ingredient.text)
        if _is_from_the_tap(finding):
            return
        if finding.verdict is Verdict.AVOID and finding.if_cooked is Verdict.AVOID:
            self.forbidden.add(text)
            return
        key, aisle = _key(self.table, finding, text), _aisle(self.table, finding, text)
        buy_on = self._shop_day(day) if aisle in BOUGHT_FRESH else None
        freeze = meal.thaw and aisle in BOUGHT_FRESH
        key = (*key, str(buy_on or ""), "freeze" if freeze else "")
        if key not in self.wanted:
            food = finding.about[0].food if len(finding.about) == 1 and not finding.unexplained else None
            self.wanted[key] = _Wanted(
                aisle, finding.label_says, food, buy_on, freeze, self._stands_open(food), self._instead(finding)
            )
        one = self.wanted[key]
        one.texts.add(text)
        one.days.add(day)
        one.add(ingredient, times)

    def lines(self) -> Iterable[Line]:
        """The lines as they stand on the list."""
        return (one.line(_named(key)) for key, one in self.wanted.items())

    def _judge(self, phrase: str) -> Finding:
        if phrase not in self.read:
            self.read[phrase] = judge(self.table, phrase, self.sheets)
        return self.read[phrase]

    def _shop_day(self, day: date) -> date | None:
        return max((shop for shop in self.wishes.shop_days if shop <= day), default=None) if self.wishes else None

    def _stands_open(self, food: Food | None) -> bool:
        return bool(food and self.wishes and food.slug in self.wishes.opened)

    def _instead(self, finding: Finding) -> tuple[str, ...]:
        """Foods that the table names in place of this one and that are fine as bought, under these sheets too."""
        named = (slug for about in finding.about for slug in about.food.instead)
        foods = (self.table.foods[slug] for slug in dict.fromkeys(named) if slug in self.table.foods)
        return tuple(food.name for food in foods if self._judge(food.name).verdict is Verdict.OK)


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


LONGEST_KEY = 120


def _named(key: tuple[str, ...]) -> str:
    """A line's key as one short text. A food in very many words is named by a digest of them."""
    said = "/".join(key)
    return said if len(said) <= LONGEST_KEY else sha256(said.encode()).hexdigest()


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
    return " and ".join(_say(measure, amount) for measure, amount in sorted(sums.items()))


def _joined(sums: Mapping[Measure, Amount], grams: int) -> dict[Measure, Amount]:
    """Spoonfuls of something that is also poured are millilitres; of something that is also weighed, grams."""
    joined = dict(sums)
    for unit, in_tsp in (("ml", ML_IN_TSP), ("g", grams)):
        if (unit, "") in joined and ("tsp", "") in joined:
            low, high = joined.pop(("tsp", ""))
            more = joined[unit, ""]
            joined[unit, ""] = more[0] + low * in_tsp, more[1] + high * in_tsp
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
