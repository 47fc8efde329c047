"""Does the list add up what belongs together, and nothing else?"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from foods.food import SheetSays, Verdict
from foods.rules import judge
from foods.sheets import Sheet
from foods.table import FoodTable, read_table
from planner.packs import SAME_JOB
from planner.shopping import AISLE_NAMES, LONGEST_KEY, STAPLES, Line, ShoppingList, shopping_list
from planner.week import DINNER, LUNCH, Meal, Slot, Week
from recipes.lines import read_line
from recipes.recipe import Recipe
from tests.planner.kitchens import MONDAY, TUESDAY, a_meal, again, some_wishes


@pytest.fixture(scope="module")
def table() -> FoodTable:
    return read_table(Path(__file__).parents[2] / "data")[0]


def a_list(table: FoodTable, *recipes: Sequence[str], serves: int = 2, servings: int = 2) -> ShoppingList:
    """The list of a week with one dinner for each of these recipes, given as their lines."""
    named = {
        f"dinner {number}": Recipe(f"dinner {number}", tuple(read_line(line) for line in lines), (), serves)
        for number, lines in enumerate(recipes)
    }
    meals = (
        Meal(Slot(MONDAY + timedelta(days=number), DINNER), slug, Verdict.COOK, 20) for number, slug in enumerate(named)
    )
    return shopping_list(Week((MONDAY,), tuple(meals)), named, table, servings)


def lines_of(found: ShoppingList) -> list[Line]:
    return [line for aisle in found.aisles for line in aisle.lines] + list(found.staples)


def said(found: ShoppingList) -> list[str]:
    return [f"{line.amount} {line.food}".strip() for line in lines_of(found)]


SUMS = {
    "100 g and 100 g of a food in one recipe, three times over": (["100 g rice", "100 g rice"], 2, 6, ["600 g rice"]),
    "500 g and 1 kg": (["500 g carrots", "1 kg carrots"], 2, 2, ["1.5 kg carrots"]),
    "1½ cups and 1 cup": (["1½ cups rice", "1 cup rice"], 2, 2, ["2½ cups rice"]),
    "1 1/2 cup and 1 cup": (["1 1/2 cup rice", "1 cup rice"], 2, 2, ["2½ cups rice"]),
    "3-4 cloves and 2 cloves": (["3-4 cloves garlic", "2 cloves garlic"], 2, 2, ["5 to 6 cloves garlic"]),
    "2 tbsp and 1 tablespoon": (["2 tbsp olive oil", "1 tablespoon olive oil"], 2, 2, ["3 tbsp olive oil"]),
    "teaspoons that make tablespoons": (["2 tsp olive oil", "1 tbsp olive oil"], 2, 2, ["1⅔ tbsp olive oil"]),
    "250 ml and 1 litre": (["250 ml milk", "1 litre milk"], 2, 2, ["1.25 litres milk"]),
    "millilitres and spoonfuls of the same liquid": (["100 ml milk", "2 tbsp milk"], 2, 2, ["130 ml milk"]),
    "butter that is weighed and spooned": (["50 g butter", "2 2/3 tbsp butter"], 2, 2, ["90 g butter"]),
    "spoonfuls that nobody counts": (["48 tbsp muesli", "54 tbsp olive oil"], 2, 2, ["720 g muesli", "810 ml olive oil"]),
    "spoonfuls that one still counts": (["16 tbsp peanut butter"], 2, 2, ["16 tbsp peanut butter"]),
    "honey, which is heavier by the spoon": (["50 g honey", "1 tbsp honey"], 2, 2, ["75 g honey"]),
    "weight and volume, which never add up": (["100 g rice", "100 ml rice"], 2, 2, ["100 g and 100 ml rice"]),
    "things that are counted": (["1 onion, peeled", "2 onions, chopped"], 2, 2, ["3 onions"]),
    "half an onion, bought whole": (["1 onion"], 4, 2, ["1 onion"]),
    "tins of one size": (["2 x 400 g tins chickpeas", "1 tin (400 g) chickpeas"], 2, 2, ["3 tins of 400 g chickpeas"]),
    "tins of two sizes": (
        ["1 x 400 g tin chickpeas", "1 x 200 g tin chickpeas"],
        2,
        2,
        ["1 tin of 200 g and 1 tin of 400 g chickpeas"],
    ),
    "half a tin, bought whole": (["1 x 400 g tin chickpeas"], 4, 2, ["1 tin of 400 g chickpeas"]),
    "grams rounded up, never down": (["100 g rice"], 3, 2, ["70 g rice"]),
    "a food without an amount": (["salt"], 2, 2, ["salt"]),
    "a food with an amount once and without one once": (["1 tsp salt", "salt"], 2, 2, ["1 tsp and a little more salt"]),
    "ounces and pounds": (["8 oz rice", "1 lb rice"], 2, 2, ["24 oz rice"]),
    "a heading, which is no food": (["For the sauce:", "1 onion"], 2, 2, ["1 onion"]),
    "water from the tap, which is not bought": (["300 ml boiling water", "1 litre water", "1 onion"], 2, 2, ["1 onion"]),
    "water that is bought": (["1 litre sparkling water"], 2, 2, ["1 litre sparkling water"]),
}


@pytest.mark.parametrize(("lines", "serves", "servings", "expected"), SUMS.values(), ids=SUMS)
def test_sum(table: FoodTable, lines: list[str], serves: int, servings: int, expected: list[str]) -> None:
    assert said(a_list(table, lines, serves=serves, servings=servings)) == expected


def test_lines_that_nobody_could_read_merge_by_food(table: FoodTable) -> None:
    unread = ["frumious bandersnatch", "eggs", "flour", "salt"]
    assert said(a_list(table, unread, unread, unread)) == ["frumious bandersnatch", "eggs", "flour", "salt"]


def test_the_same_food_of_several_recipes_is_one_line_with_its_days(table: FoodTable) -> None:
    (line,) = lines_of(a_list(table, ["1 onion, finely chopped"], ["2 large onions"]))
    assert line.amount == "3"
    assert line.days == (MONDAY, TUESDAY)


ONE_THING = {
    "full-fat cream cheese suits both": (
        ["100 g full-fat cream cheese", "50 g cream cheese"],
        "150 g full-fat cream cheese",
    ),
    "smooth peanut butter suits both": (
        ["1 tbsp smooth peanut butter", "1 tbsp peanut butter"],
        "2 tbsp smooth peanut butter",
    ),
    "one spring onion, several": (["1 spring onion", "4 spring onions"], "5 spring onions"),
    "a tin of tomatoes, chopped ones": (
        ["1 x 400 g tin of tomatoes", "1 x 400 g tin chopped tomatoes"],
        "2 tins of 400 g chopped tomatoes",
    ),
    "any tinned tuna": (["1 tin tuna", "1 tin tuna in spring water"], "2 tins tuna in spring water"),
    "with an accent and without": (["1 tbsp tomato puree", "1 tbsp tomato purée"], "2 tbsp tomato purée"),
    "dried lentils and lentils": (["100 g dried red lentils", "100 g red lentils"], "200 g dried red lentils"),
    "lemon juice out of the bottle": (["1 tbsp bottled lemon juice", "1 tbsp lemon juice"], "2 tbsp bottled lemon juice"),
    "chopped in the shop's freezer or not": (
        ["100 g frozen chopped spinach", "50 g frozen spinach"],
        "150 g frozen chopped spinach",
    ),
    "thighs with and without their skin": (
        ["300 g boneless skinless chicken thighs", "200 g boneless chicken thighs"],
        "500 g boneless skinless chicken thighs",
    ),
    "sugar for the custard is sugar": (
        ["1 tbsp caster sugar for the custard", "1 tbsp caster sugar"],
        "2 tbsp caster sugar",
    ),
    "some by weight and some by number": (["200 g carrots", "2 carrots"], "400 g carrots"),
    "sizes of tin that nobody tells apart": (
        ["1 x 390 g tin green lentils", "1 x 400 g tin green lentils"],
        "2 tins of 400 g green lentils",
    ),
    "a pinch and a teaspoon": (["1 pinch salt", "1 tsp salt"], "1¼ tsp salt"),
}


@pytest.mark.parametrize(("lines", "expected"), ONE_THING.values(), ids=ONE_THING)
def test_one_food_under_two_names_is_one_line(table: FoodTable, lines: list[str], expected: str) -> None:
    assert said(a_list(table, lines)) == [expected]
    assert said(a_list(table, lines[::-1])) == [expected]


CALLED = {
    "a pouch": ("1 pouch (250 g) microwave rice", 4, "2 pouches of 250 g microwave rice"),
    "half a pouch, of which the brackets tell the weight": (
        "1/2 pouch (125 g) cooked rice",
        2,
        "1 pouch of 250 g cooked rice",
    ),
    "rashers": ("4 rashers back bacon, chopped", 2, "4 rashers back bacon"),
    "prunes in juice": ("5 tinned prunes in juice", 2, "5 tinned prunes in juice"),
    "one prune in juice": ("1 tinned prunes in juice", 2, "1 tinned prune in juice"),
    "a maker's name": ("2 Weetabix", 4, "4 Weetabix"),
    "one of many": ("2 leeks", 1, "1 leek"),
    "potatoes that a recipe cuts into chips": ("2 sweet potatoes, cut into chips", 2, "2 sweet potatoes"),
    "salt to taste": ("salt to taste", 2, "salt"),
}


@pytest.mark.parametrize(("line", "servings", "expected"), CALLED.values(), ids=CALLED)
def test_a_food_is_called_as_a_shopper_calls_it(table: FoodTable, line: str, servings: int, expected: str) -> None:
    assert said(a_list(table, [line], servings=servings)) == [expected]


@pytest.mark.parametrize(
    "two",
    [
        ("2 skinless cod fillets", "2 frozen cod fillets"),
        ("500 g potatoes", "500 g new potatoes"),
        ("1 tsp mustard", "1 tsp mustard powder"),
        ("1 x 120 g tin sardines in tomato sauce", "1 x 120 g tin sardines in oil"),
        ("300 g dried penne", "300 g dried spaghetti"),
        ("1 red onion", "1 onion"),
        ("4 chicken thighs", "2 chicken breasts"),
    ],
)
def test_what_a_shop_sells_apart_stays_apart(table: FoodTable, two: tuple[str, str]) -> None:
    assert len(lines_of(a_list(table, two))) == 2


def test_a_ripe_banana_is_a_banana(table: FoodTable) -> None:
    assert said(a_list(table, ["1 ripe banana", "2 bananas"])) == ["3 bananas"]


def test_leftovers_are_bought_for_with_their_dinner(table: FoodTable) -> None:
    recipes = {"stew": Recipe("stew", (read_line("400 g minced beef"),), (), 4)}
    week = Week((MONDAY, TUESDAY), (a_meal(MONDAY), again(TUESDAY)))
    (line,) = lines_of(shopping_list(week, recipes, table, servings=2))
    assert line.amount == "400 g"
    assert line.days == (MONDAY,)


def test_aisles_come_in_shop_order_with_cold_and_frozen_last(table: FoodTable) -> None:
    found = a_list(table, ["100 g frozen peas", "2 eggs", "1 onion", "500 g minced beef", "4 slices bread", "100 g rice"])
    assert [aisle.name for aisle in found.aisles] == [
        "Fruit and vegetables",
        "Bread",
        "Pasta, rice and cereals",
        "Meat",
        "Milk, cheese and eggs",
        "Frozen",
    ]


def test_every_aisle_of_the_food_table_has_a_place_on_the_list(table: FoodTable) -> None:
    assert {food.aisle for food in table.foods.values()} <= {*AISLE_NAMES} | STAPLES


def test_staples_stand_apart(table: FoodTable) -> None:
    found = a_list(table, ["1 tsp ground cumin", "50 g plain flour", "1 tbsp olive oil", "100 g rice"])
    assert [line.food for line in found.staples] == ["ground cumin", "olive oil", "plain flour"]
    assert [aisle.name for aisle in found.aisles] == ["Pasta, rice and cereals"]


AISLES = {
    "bottled lemon juice stands with the vinegar, and is not bought whole": ("2 tbsp bottled lemon juice", "sauces", False),
    "dried fruit is in few cupboards": ("100 g raisins", "home-baking", False),
    "a pouch of cooked rice stands on a shelf": ("1 pouch (250 g) cooked basmati rice", "dry", False),
    "frozen fish is not at the fish counter": ("2 frozen cod fillets", "frozen", False),
    "pears in juice stand with the tins": ("1 x 400 g tin pear halves in juice", "tins", False),
    "a lemon's juice comes in a lemon": ("2 tbsp lemon juice", "produce", True),
}


@pytest.mark.parametrize(("line", "aisle", "whole"), AISLES.values(), ids=AISLES)
def test_the_aisle_of_a_food(table: FoodTable, line: str, aisle: str, whole: bool) -> None:
    (found,) = lines_of(a_list(table, [line]))
    assert (found.aisle, found.buy_whole) == (aisle, whole)


def test_a_line_carries_what_its_label_must_say(table: FoodTable) -> None:
    labels = {line.food: line.label_says for line in lines_of(a_list(table, ["200 ml pasteurised milk", "1 onion"]))}
    assert labels == {"onion": "", "milk": "pasteurised"}


def test_cold_food_says_how_long_it_must_last_and_tins_do_not(table: FoodTable) -> None:
    found = a_list(table, ["500 g minced beef", "1 tin chickpeas"], ["200 g minced beef"])
    assert {line.food: line.last_day for line in lines_of(found)} == {"minced beef": date(2026, 12, 1), "chickpeas": None}


def test_a_week_without_meals_needs_nothing(table: FoodTable) -> None:
    assert shopping_list(Week((MONDAY,), ()), {}, table, servings=2) == ShoppingList((), ())


def test_a_lunch_and_a_dinner_of_one_day_are_both_bought_for(table: FoodTable) -> None:
    recipes = {slug: Recipe(slug, (read_line("1 carrot"),), (), 2) for slug in ("soup", "stew")}
    week = Week((MONDAY,), (a_meal(meal=LUNCH, recipe="soup"), a_meal()))
    assert said(shopping_list(week, recipes, table, servings=2)) == ["2 carrots"]


PACKS = {
    "5 cloves of garlic are a bulb": (["5 cloves garlic"], "1 bulb"),
    "11 cloves are two": (["11 cloves garlic"], "2 bulbs"),
    "600 g of mince are two packs": (["600 g minced beef"], "2 packs of 500 g"),
    "4 slices of bread are a loaf": (["4 slices bread"], "1 loaf"),
    "20 slices are two loaves": (["20 slices bread"], "2 loaves"),
    "7 eggs are two boxes": (["7 eggs"], "2 boxes of 6"),
    "tins say their own size": (["1 x 400 g tin chickpeas"], ""),
    "carrots are sold loose": (["200 g carrots"], ""),
    "what is spooned out is weighed first": (["25 tbsp cream cheese"], "3 tubs of 180 g"),
    "spring onions are bunched": (["20 spring onions"], "3 bunches"),
    "peppers in a jar are in no tin": (["150 g jarred roasted red peppers"], "1 jar"),
    "rashers come by the pack": (["10 rashers back bacon"], "2 packs of 8"),
    "two measures are no pack": (["100 g rice", "100 ml rice"], ""),
    "nobody knows a pack of bandersnatch": (["200 g bandersnatch"], ""),
}


@pytest.mark.parametrize(("lines", "buy"), PACKS.values(), ids=PACKS)
def test_the_pack_that_a_shop_sells(table: FoodTable, lines: list[str], buy: str) -> None:
    assert lines_of(a_list(table, lines))[0].buy == buy


def test_aisles_come_in_the_order_of_my_own_shop(table: FoodTable) -> None:
    recipes = {"stew": Recipe("stew", tuple(read_line(line) for line in ("1 onion", "2 eggs", "100 g rice")), (), 2)}
    week = Week((MONDAY,), (a_meal(),))
    found = shopping_list(week, recipes, table, 2, aisle_order=("dairy", "nowhere", "dry"))
    assert [aisle.name for aisle in found.aisles] == [
        "Milk, cheese and eggs",
        "Pasta, rice and cereals",
        "Fruit and vegetables",
    ]


FRIDAY, SATURDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=5)


def mince_for(table: FoodTable, *meals: Meal, **wishes: object) -> list[Line]:
    recipes = {"stew": Recipe("stew", (read_line("400 g minced beef"),), (), 4)}
    return lines_of(shopping_list(Week((MONDAY,), meals), recipes, table, 4, wishes=some_wishes(**wishes)))


def test_fresh_meat_stands_under_the_shop_day_before_it_is_cooked(table: FoodTable) -> None:
    found = mince_for(table, a_meal(MONDAY), a_meal(FRIDAY))
    assert [(line.buy_on, line.amount, line.last_day) for line in found] == [
        (MONDAY, "400 g", MONDAY),
        (MONDAY + timedelta(days=3), "400 g", FRIDAY),
    ]


def test_what_is_frozen_on_the_shop_day_must_be_in_date_on_that_day(table: FoodTable) -> None:
    (line,) = mince_for(table, a_meal(SATURDAY, thaw=True), shops=frozenset({MONDAY}))
    assert line.freeze and line.last_day == MONDAY


NOT_BOUGHT = {
    "what was eaten": (a_meal(MONDAY), {"eaten": (a_meal(MONDAY),)}),
    "what lies in the freezer": (a_meal(MONDAY, frozen_on=date(2026, 11, 1)), {}),
    "the leftovers of last week's dinner": (again(MONDAY), {}),
}


@pytest.mark.parametrize(("meal", "wishes"), NOT_BOUGHT.values(), ids=NOT_BOUGHT)
def test_nothing_is_bought_for(table: FoodTable, meal: Meal, wishes: dict[str, object]) -> None:
    assert mince_for(table, meal, **wishes) == []


def test_leftovers_two_days_on_are_bought_with_their_dinner(table: FoodTable) -> None:
    (line,) = mince_for(table, a_meal(MONDAY), again(MONDAY + timedelta(days=2)))
    assert (line.amount, line.days) == ("800 g", (MONDAY,))


def test_a_dinner_with_extra_for_the_freezer_is_bought_twice(table: FoodTable) -> None:
    (line,) = mince_for(table, a_meal(MONDAY, freeze_extra=True))
    assert line.amount == "800 g"


def test_fruit_and_vegetables_are_bought_whole(table: FoodTable) -> None:
    whole = {line.food: line.buy_whole for line in lines_of(a_list(table, ["1 carrot", "1 tin chickpeas"]))}
    assert whole == {"carrot": True, "chickpeas": False}


def test_a_pack_that_stands_open_at_home_is_said(table: FoodTable) -> None:
    recipes = {"stew": Recipe("stew", (read_line("50 g cream cheese"), read_line("1 onion")), (), 2)}
    wishes = some_wishes(opened={"cream-cheese": MONDAY})
    found = lines_of(shopping_list(Week((MONDAY,), (a_meal(),)), recipes, table, 2, wishes=wishes))
    assert {line.food: line.have_open for line in found} == {"onion": False, "cream cheese": True}


def test_food_to_use_up_is_at_home_already(table: FoodTable) -> None:
    recipes = {"stew": Recipe("stew", (read_line("200 g carrots"), read_line("1 onion")), (), 2)}
    wishes = some_wishes(use_up={"a bag of carrots": frozenset({"carrot"})})
    found = lines_of(shopping_list(Week((MONDAY,), (a_meal(),)), recipes, table, 2, wishes=wishes))
    assert {line.food: line.have_some for line in found} == {"onion": False, "carrots": True}


INSTEAD = {
    "nothing does in a cake what eggs do": ("2 eggs", ()),
    "white fish for white fish": ("2 cod fillets", ("haddock", "pollock")),
    "another tinned bean": ("1 tin butter beans", ("cannellini beans", "chickpeas")),
    "cheese that is grated and melts as well": ("50 g cheddar", ("Red Leicester", "Double Gloucester")),
    "a food that nobody knows": ("100 g bandersnatch", ()),
    "two foods in one line, of which one may be had": ("cod and chips", ()),
}


@pytest.mark.parametrize(("line", "names"), INSTEAD.values(), ids=INSTEAD)
def test_what_does_the_same_job_where_the_shop_has_none(table: FoodTable, line: str, names: tuple[str, ...]) -> None:
    assert lines_of(a_list(table, [line]))[0].instead == names


def test_a_stand_in_is_in_the_table_and_never_worse_than_what_it_stands_in_for(table: FoodTable) -> None:
    sheet_sets = [(), *((sheet,) for sheet in table.sheets.values())]
    for slug, others in SAME_JOB.items():
        assert {slug, *others} <= {*table.foods}, f"{slug}: a food that the table does not have"
        for sheets in sheet_sets:
            week, recipes = (
                Week((MONDAY,), (a_meal(),)),
                {"stew": Recipe("stew", (read_line(table.foods[slug].name),), (), 2)},
            )
            named = [one for line in lines_of(shopping_list(week, recipes, table, 2, sheets)) for one in line.instead]
            own = judge(table, table.foods[slug].name, sheets)
            assert all(judge(table, name, sheets).verdict <= own.verdict for name in named), slug


def test_a_sheet_takes_away_the_stand_in_that_it_forbids(table: FoodTable) -> None:
    says = SheetSays("mine", "pollock", Verdict.AVOID, "No.", "", next(iter(table.sources.values())), MONDAY)
    sheet = Sheet("mine", {"pollock": says}, {}, {})
    recipes = {"stew": Recipe("stew", (read_line("2 cod fillets"),), (), 2)}
    (line,) = lines_of(shopping_list(Week((MONDAY,), (a_meal(),)), recipes, table, 2, (sheet,)))
    assert line.instead == ("haddock",)


def test_nothing_that_is_forbidden_even_when_cooked_stands_on_the_list(table: FoodTable) -> None:
    found = a_list(table, ["100 g pickled herring", "1 onion"])
    assert said(found) == ["1 onion"]
    assert found.left_out == ("pickled herring",)


def keys(found: ShoppingList) -> dict[str, str]:
    return {line.food: line.key for line in lines_of(found)}


def test_every_line_has_a_key_of_its_own_that_stays_when_the_amounts_change(table: FoodTable) -> None:
    lines = ["200 g penne", "100 g spaghetti", "1 tin (400 g) chickpeas", "2 chicken breasts", "1 jar frumious bandersnatch"]
    one, more = a_list(table, lines), a_list(table, [*lines, "50 g penne"], [*lines, "1 onion"], servings=5)
    assert len({*keys(one).values()}) == len(lines) and all(keys(one).values())
    assert {*keys(one).values()} < {*keys(more).values()}


def test_a_food_in_very_many_words_still_has_a_short_key(table: FoodTable) -> None:
    [key] = keys(a_list(table, ["1 jar " + "frumious bandersnatch " * 30])).values()
    assert 0 < len(key) <= LONGEST_KEY and key.isprintable()
