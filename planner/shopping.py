"""What has to be bought for a week? Amounts added up food by food, by aisle in shop order, cold things last.

Weights are added to weights, volumes to volumes, spoons to spoons, packs to packs of the same size. Spoonfuls and single
ones of what is also weighed or poured join it; nothing else is added to another measure. Sums are exact fractions, rounded
up once at the end, so that nothing is short. A line that gives no amount, or that nobody could read, still stands on the
list once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import ceil

from foods.food import Finding, Food, FoodFinding, Verdict
from foods.rules import judge_food
from foods.sheets import Sheet
from foods.table import FoodTable
from planner.packs import SAME_JOB, grams_each, grams_in_tsp, sold_as
from planner.shop_names import (
    OUR_PACKS,
    POUCH,
    bought,
    common_name,
    counted_in,
    one_of,
    shop_name,
    size_of_pack,
    thing_to_buy,
)
from planner.week import DINNER, ONE_DAY, Meal, Slot, Week, Wishes
from recipes.contents import allergens_of
from recipes.lines import PACKS, PIECES, judge_line
from recipes.ours import check_ours
from recipes.recipe import Ingredient, LibraryRecipe, Recipe

OTHER = ""
AISLE_NAMES = {
    "produce": "Fruit and vegetables",
    "bakery": "Bread",
    "tins": "Tins and jars",
    "dry": "Pasta, rice and cereals",
    "home-baking": "Baking and dried fruit",
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
NO_STAPLES = frozenset({"dried-fruits", "nuts"})
"""Classes of what stands beside the flour in a shop, but not in most kitchens."""
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
    `freeze` says that it goes into the freezer that day, `have_open` that a pack stands open at home, `have_some` that some
    is there to use up. `instead` is what to take where the shop has none; with nothing there, take no other. `key` names the
    line, and the same thing to buy keeps it when the week is made again.
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
    have_some: bool = False
    instead: tuple[str, ...] = ()
    key: str = ""

    @property
    def is_one_usual_pack(self) -> bool:
        """Does one pack of the usual size hold it, so that the amount alone says what to take: "50 g rice"?

        Spoonfuls stand on no pack.
        """
        return self.buy.startswith("1 ") and " of " in self.buy and not self.amount.endswith("sp")

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
        times = Fraction(servings * meal.times_cooked, recipe.servings or servings)
        for ingredient, finding in _findings(table, recipe, sheets):
            basket.add(ingredient, finding, times, cooked_on, meal)
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


def _findings(table: FoodTable, recipe: Recipe, sheets: Sequence[Sheet]) -> Iterator[tuple[Ingredient, Finding]]:
    """The lines of a recipe that name a food, each as the check reads it. Of our own recipes the check has done so."""
    if isinstance(recipe, LibraryRecipe):
        yield from ((one.ingredient, one.finding) for one in check_ours(table, recipe, sheets).ingredients)
    else:
        yield from ((one, judge_line(table, one, sheets)) for one in recipe.ingredients if not one.is_heading)


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
    have_some: bool = False
    instead: tuple[str, ...] = ()
    names: set[str] = field(default_factory=set)
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

    def take_in(self, other: "_Wanted") -> None:
        """Add what is wanted of the same food where any will do."""
        for measure, (low, high) in other.sums.items():
            mine = self.sums.get(measure, (Fraction(0), Fraction(0)))
            self.sums[measure] = mine[0] + low, mine[1] + high
        self.some, self.days = self.some or other.some, self.days | other.days

    def line(self, key: str) -> Line:
        """The line as it stands on the list."""
        slug, several = self.food.slug if self.food else "", self._are_several()
        name = common_name(self.names, several, self.label_says)
        sums = _weighed(_joined(self.sums, grams_in_tsp(slug), grams_each(one_of(name))), grams_in_tsp(slug), name)
        amount, aisle = in_words(sums), "sauces" if name.startswith("bottled") and self.aisle == "produce" else self.aisle
        return Line(
            name,
            f"{amount} and a little more" if amount and self.some else amount,
            aisle,
            self.label_says,
            tuple(sorted(self.days)),
            "" if aisle in STAPLES else self._packs(sums),
            self.buy_on,
            bool(self.food) and aisle == "produce",
            self.freeze,
            self.have_open,
            self.have_some,
            self.instead,
            key,
        )

    def _are_several(self) -> bool | None:
        """Is it one or several? None where nothing is counted."""
        counted = self.sums.get(("", ""))
        return None if counted is None else len(self.sums) > 1 or counted[1] > 1

    def _packs(self, sums: Mapping[Measure, Amount]) -> str:
        """The pack a shop sells it in, where all of it is counted in one measure that we know a pack for."""
        if self.food is None or len(sums) != 1:
            return ""
        ((unit, size), (_, most)), *_ = sums.items()
        return "" if size else sold_as(self.food.slug, self.food.food_class.slug, unit, most)


@dataclass
class _Basket:
    """What is wanted so far, by what makes it one thing to buy."""

    table: FoodTable
    sheets: Sequence[Sheet]
    wishes: Wishes | None
    wanted: dict[tuple[str, ...], _Wanted] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)

    def add(self, ingredient: Ingredient, finding: Finding, times: Fraction, day: date, meal: Meal) -> None:
        """Add one line of a recipe that is made `times` over on a day."""
        name = shop_name(ingredient)
        if _is_from_the_tap(finding):
            return
        if finding.verdict is Verdict.AVOID and finding.if_cooked is Verdict.AVOID:
            self.forbidden.add(name)
            return
        found = bought(finding, name, self.table.names.vocabulary)
        aisle = _aisle(self.table, finding, found, ingredient)
        buy_on = self._shop_day(day) if aisle in BOUGHT_FRESH else None
        freeze = meal.thaw and aisle in BOUGHT_FRESH
        thing = thing_to_buy(found, name, self.table.names.vocabulary)
        key = (*thing, str(buy_on or ""), "freeze" if freeze else "", aisle if aisle == "frozen" else "")
        if key not in self.wanted:
            self.wanted[key] = self._wanted(finding, found, aisle, buy_on, freeze)
        one = self.wanted[key]
        one.names.add(name)
        one.days.add(day)
        one.add(ingredient, times)

    def lines(self) -> Iterable[Line]:
        """The lines as they stand on the list. Where any tuna will do, it joins the tuna in oil that is bought anyway."""
        for key in [key for key in self.wanted if key[0] in self.table.foods and "in" not in key]:
            fussier = (one for one in self.wanted if one[0] == key[0] and "in" in one and {*key} < {*one})
            if other := next(fussier, None):
                self.wanted[other].take_in(self.wanted.pop(key))
        return (one.line(_named(key)) for key, one in self.wanted.items())

    def _wanted(self, finding: Finding, found: FoodFinding | None, aisle: str, buy_on: date | None, freeze: bool) -> _Wanted:
        food = found.food if found else None
        says = found.label_says if found else finding.label_says
        instead = self._instead(found) if found else ()
        return _Wanted(aisle, says, food, buy_on, freeze, self._stands_open(food), self._is_at_home(food), instead)

    def _shop_day(self, day: date) -> date | None:
        return max((shop for shop in self.wishes.shop_days if shop <= day), default=None) if self.wishes else None

    def _stands_open(self, food: Food | None) -> bool:
        return bool(food and self.wishes and food.slug in self.wishes.opened)

    def _is_at_home(self, food: Food | None) -> bool:
        return bool(food and self.wishes and any(food.slug in any_of for any_of in self.wishes.use_up.values()))

    def _instead(self, found: FoodFinding) -> tuple[str, ...]:
        """What does the same job where the shop has none: no worse under these sheets, and holding no more allergens."""
        others = (self.table.foods[slug] for slug in SAME_JOB.get(found.food.slug, ()) if slug in self.table.foods)
        return tuple(other.name for other in others if self._is_as_good(other, found))

    def _is_as_good(self, other: Food, found: FoodFinding) -> bool:
        judged = judge_food(self.table, other, self.sheets)
        no_worse = judged.verdict <= found.verdict and (judged.verdict is Verdict.OK or judged.if_cooked is Verdict.OK)
        says_no_more = judged.label_says in ("", found.label_says)
        return no_worse and says_no_more and allergens_of(other, other.name) <= allergens_of(found.food, found.words)


def _is_from_the_tap(finding: Finding) -> bool:
    return bool(finding.about) and all(
        one.food.slug in TAP and not BOUGHT_WATER & {*one.words.split()} for one in finding.about
    )


LONGEST_KEY = 120


def _named(key: tuple[str, ...]) -> str:
    """A line's key as one short text. A food in very many words is named by a digest of them."""
    said = "/".join(key)
    return said if len(said) <= LONGEST_KEY else sha256(said.encode()).hexdigest()


def _aisle(table: FoodTable, finding: Finding, found: FoodFinding | None, ingredient: Ingredient) -> str:
    if "frozen" in table.names.vocabulary.fold(shop_name(ingredient)):
        return "frozen"
    if not finding.about:
        return OTHER
    food = (found or finding.about[0]).food
    if food.aisle == "out" and counted_in(ingredient) == POUCH:
        return "dry"
    return "home-baking" if food.aisle == "baking" and food.food_class.slug in NO_STAPLES else food.aisle


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
TSP_IN_PINCH = Fraction(1, 8)


def _measure(ingredient: Ingredient) -> tuple[Measure, Fraction]:
    unit, factor = _SAME.get(ingredient.unit, (counted_in(ingredient), Fraction(1)))
    return (unit, size_of_pack(ingredient)), factor


def in_words(sums: Mapping[Measure, Amount]) -> str:
    """Amounts of one food in words: "1.5 kg", "2½ cups", "5 to 6 cloves", "200 g and 1 tin of 400 g"."""
    return " and ".join(_say(measure, amount) for measure, amount in sorted(sums.items()))


def _joined(sums: Mapping[Measure, Amount], grams_in_tsp: int, grams_each: int) -> dict[Measure, Amount]:
    """Spoonfuls of something that is also poured are millilitres; of what is also weighed, grams; so are single ones.

    `grams_each` is 0 where nobody knows what one weighs.
    """
    joined = _in_one_size(sums)
    ways = (("tsp", "pinch", TSP_IN_PINCH), ("ml", "tsp", ML_IN_TSP), ("g", "tsp", grams_in_tsp), ("g", "", grams_each))
    for into, of, holds in ways:
        if holds and (into, "") in joined and (of, "") in joined:
            low, high = joined.pop((of, ""))
            more = joined[into, ""]
            joined[into, ""] = more[0] + low * holds, more[1] + high * holds
    return joined


MOST_SPOONED = 48
"""Teaspoons: 16 tablespoons. Nobody counts out more of them, least of all in a shop."""
POURED = ("oil", "vinegar", "sauce", "juice", "milk", "ketchup", "cream")


def _weighed(sums: Mapping[Measure, Amount], grams_in_tsp: int, name: str) -> dict[Measure, Amount]:
    """Very many spoonfuls as grams, or as millilitres of what is poured."""
    joined = dict(sums)
    if joined.get(("tsp", ""), (0, 0))[1] > MOST_SPOONED:
        low, high = joined.pop(("tsp", ""))
        unit, holds = ("ml", ML_IN_TSP) if name.endswith(POURED) else ("g", grams_in_tsp)
        joined[unit, ""] = low * holds, high * holds
    return joined


NEARLY = Fraction(95, 100)


def _in_one_size(sums: Mapping[Measure, Amount]) -> dict[Measure, Amount]:
    """Tins of 390 g and of 400 g are one tin to a shopper: the bigger size, so that nothing is short."""
    joined: dict[Measure, Amount] = {}
    for (unit, size), (low, high) in sorted(sums.items(), key=lambda one: _grams(one[0][1]), reverse=True):
        near = (one for one in joined if size and one[0] == unit and one[1].split()[1:] == size.split()[1:])
        as_one = next((one for one in near if _grams(size) >= _grams(one[1]) * NEARLY), (unit, size))
        mine = joined.get(as_one, (Fraction(0), Fraction(0)))
        joined[as_one] = mine[0] + low, mine[1] + high
    return joined


def _grams(size: str) -> Fraction:
    return Fraction(size.split()[0]) if size else Fraction(0)


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
    if unit in PACKS or unit in OUR_PACKS or unit in PIECES or unit == "":
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


def _unit_word(unit: str, several: bool) -> str:
    """One of a pack or a piece, or several: tin, tins; bunch, bunches."""
    if not unit or not several:
        return unit
    return {**PACKS, **PIECES, **OUR_PACKS}[unit].split()[1]
