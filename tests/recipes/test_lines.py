"""Is the amount of an ingredient line read as a cook would, and does every word about the food stay?"""

import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.table import read_table
from recipes.lines import COUNTS, LONGEST_LINE, MEASURES, PACKS, PIECES, judge_line, pack_size, read_line
from recipes.recipe import Ingredient

TABLE, _ = read_table(Path(__file__).parents[2] / "data")

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)

AMOUNTS = {
    "a whole number": ("2 leeks", 2, None, "", "leeks"),
    "a slip in the unit": ("2 teasoons sumac", 2, None, "tsp", "sumac"),
    "a letter too many in the unit": ("2 1/2 lpounds beets", 5 * HALF, None, "lb", "beets"),
    "a word that rhymes with a unit": ("2 rounds sumac bread", 2, None, "", "rounds sumac bread"),
    "a decimal": ("0.5 kg swede", HALF, None, "kg", "swede"),
    "a decimal without its nought": (".5 kg swede", HALF, None, "kg", "swede"),
    "a decimal comma": ("0,5 l oat milk", HALF, None, "l", "oat milk"),
    "thousands": ("1,000 g spelt", 1000, None, "g", "spelt"),
    "a fraction": ("1/3 cup barley", THIRD, None, "cup", "barley"),
    "a fraction sign": ("⅓ cup barley", THIRD, None, "cup", "barley"),
    "a fraction with its own slash": ("1⁄3 cup barley", THIRD, None, "cup", "barley"),
    "a number and a fraction": ("1 1/2 cups barley", 3 * HALF, None, "cup", "barley"),
    "a number and a fraction sign": ("1½ cups barley", 3 * HALF, None, "cup", "barley"),
    "a number, a space and a fraction sign": ("1 ½ cups barley", 3 * HALF, None, "cup", "barley"),
    "a hyphen inside a number": ("1-1/2 cups barley", 3 * HALF, None, "cup", "barley"),
    "and inside a number": ("1 and 1/2 cups barley", 3 * HALF, None, "cup", "barley"),
    "a range with a hyphen": ("2-3 parsnips", 2, 3, "", "parsnips"),
    "a range with a dash": ("2–3 parsnips", 2, 3, "", "parsnips"),
    "a range with to": ("2 to 3 parsnips", 2, 3, "", "parsnips"),
    "a range with or": ("2 or 3 parsnips", 2, 3, "", "parsnips"),
    "a range in words": ("two or three parsnips", 2, 3, "", "parsnips"),
    "a range of fractions": ("1 - 1 ½ tsp sumac", 1, 3 * HALF, "tsp", "sumac"),
    "a range the wrong way round": ("3-2 parsnips", 2, 3, "", "parsnips"),
    "a number in words": ("two leeks", 2, None, "", "leeks"),
    "an article": ("a leek", 1, None, "", "leek"),
    "half of one": ("half a swede", HALF, None, "", "swede"),
    "a dozen": ("1 dozen walnuts", 12, None, "", "walnuts"),
    "about": ("about 200g barley", 200, None, "g", "barley"),
    "no space before the unit": ("200g barley", 200, None, "g", "barley"),
    "a hyphen before the unit": ("200-g swede", 200, None, "g", "swede"),
    "a unit with a full stop": ("2 tsp. sumac", 2, None, "tsp", "sumac"),
    "a heaped spoon": ("2 heaped tbsp oats", 2, None, "tbsp", "oats"),
    "of after the unit": ("200g of the barley", 200, None, "g", "barley"),
    "two units for one amount": ("500g/1lb 2oz swede", 500, None, "g", "swede"),
    "two units with a fraction": ("45g/1½oz lard", 45, None, "g", "lard"),
    "two units in brackets": ("1 cup (120 ml) oat milk", 1, None, "cup", "oat milk"),
    "two units around a range": ("100-150g/3½-5½oz swede", 100, 150, "g", "swede"),
    "the second unit at the end": ("1 tbsp rice vinegar (15 ml)", 1, None, "tbsp", "rice vinegar"),
    "pounds and ounces": ("1lb 2oz swede", 18, None, "oz", "swede"),
    "two spoons": ("1 tbsp plus 1 tsp sumac", 1, None, "tbsp", "sumac"),
    "spoons told apart by a capital": ("1 T oats", 1, None, "tbsp", "oats"),
    "a small t": ("1 t oats", 1, None, "tsp", "oats"),
    "times": ("3 x leeks", 3, None, "", "leeks"),
    "several, and how much each holds": ("2 x 175g/6oz trout fillets", 350, None, "g", "trout fillets"),
    "several of a size": ("2 6-ounce trout fillets", 2, None, "", "trout fillets"),
    "several of about a size": ("4 trout fillets, about 6 ounces each, boned", 4, None, "", "trout fillets, boned"),
    "a bullet": ("• 2 leeks", 2, None, "", "leeks"),
    "a box to tick": ("☐ 2 leeks", 2, None, "", "leeks"),
    "an HTML sign": ("2 &frac12; cups barley", 5 * HALF, None, "cup", "barley"),
    "a pinch": ("a pinch of sumac", 1, None, "pinch", "sumac"),
    "a pinch without a number": ("Pinch sumac", 1, None, "pinch", "sumac"),
    "a large handful": ("a large handful of sorrel", 1, None, "handful", "sorrel"),
    "part of a fruit": ("juice of 1 quince", 1, None, "", "juice of quince"),
    "parts of half a fruit": ("Zest and juice of ½ quince", HALF, None, "", "Zest and juice of quince"),
    "leaves of a sprig": ("leaves from 2 sprigs thyme", 2, None, "sprig", "leaves from thyme"),
    "the unit behind the food": ("4 thyme sprigs", 4, None, "sprig", "thyme"),
    "an amount behind a colon": ("sumac: 2tbsp", 2, None, "tbsp", "sumac"),
    "an amount in brackets at the end": ("Barley (50 grams)", 50, None, "g", "Barley"),
    "an amount at the end": ("barley 200 g, rinsed", 200, None, "g", "barley, rinsed"),
    "a number at the end": ("leeks x 3", 3, None, "", "leeks"),
    "a second amount further on": ("sumac 1 tsp barley 200 g", 1, None, "tsp", "sumac, barley"),
    "plus more of it": ("2/3 cup oats, plus 2 tablespoons for the top", 2 * THIRD, None, "cup", "oats, plus for the top"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "amount", "amount_to", "unit", "food"), AMOUNTS.values(), ids=AMOUNTS)
def test_amount_unit_and_food(line: str, amount: int, amount_to: int | None, unit: str, food: str) -> None:
    assert read_line(line) == Ingredient(line, Fraction(amount), amount_to and Fraction(amount_to), unit, food)


NO_AMOUNT = {
    "to taste": ("salt and pepper to taste", "salt and pepper to taste"),
    "only a name": ("Egg wash", "Egg wash"),
    "a little": ("a little rapeseed oil", "a little rapeseed oil"),
    "a share": ("2% milk", "2% milk"),
    "a kind of flour": ("00 flour", "00 flour"),
    "a mixture of spices": ("five-spice powder", "five-spice powder"),
    "a mixture of spices in figures": ("5 spice powder", "5 spice powder"),
    "half as a part of a name": ("half and half", "half and half"),
    "half-fat": ("half-fat crème fraîche", "half-fat crème fraîche"),
    "a letter and a hyphen": ("T-bone steak", "T-bone steak"),
    "a figure inside a word": ("7up", "7up"),
    "nothing by nothing": ("1/0 leeks", "1/0 leeks"),
    "for frying": ("vegetable oil (for frying)", "vegetable oil (for frying)"),
    "a label before a list": ("Optional extras: olives, capers", "Optional extras: olives, capers"),
}


@pytest.mark.parametrize(("line", "food"), NO_AMOUNT.values(), ids=NO_AMOUNT)
def test_no_amount(line: str, food: str) -> None:
    read = read_line(line)
    assert (read.amount, read.amount_to, read.unit, read.food) == (None, None, "", food)


SOLD = {
    "a pack and its size": ("1 (14 oz) can coconut milk", 1, "tin", "tinned coconut milk", (14, "oz")),
    "a size with a hyphen": ("1 15-ounce can white beans", 1, "tin", "tinned white beans", (15, "oz")),
    "a number in words": ("two 10-ounce packages frozen peas", 2, "pack", "packages frozen peas", (10, "oz")),
    "times": ("2 x 400g tins chopped tomatoes", 2, "tin", "tinned chopped tomatoes", (400, "g")),
    "a times sign": ("2 × 400 g cans chickpeas", 2, "tin", "tinned chickpeas", (400, "g")),
    "the size first": ("400g tin tomatoes", 1, "tin", "tinned tomatoes", (400, "g")),
    "four numbers in a row": ("4 28 oz cans of tomatoes", 4, "tin", "tinned tomatoes", (28, "oz")),
    "a size with a fraction": ("1 13 3/4-ounce can broth", 1, "tin", "tinned broth", (Fraction(55, 4), "oz")),
    "a small size after its number": ("2 1/4-ounce packets gelatine", 2, "pack", "packets gelatine", (Fraction(1, 4), "oz")),
    "the size behind the pack": ("1 tin (185g) tuna", 1, "tin", "tinned tuna", (185, "g")),
    "the size at the end": ("1 tin tuna (185g), drained", 1, "tin", "tinned tuna, drained", (185, "g")),
    "half a pack": ("½ x 400g tin lentils", HALF, "tin", "tinned lentils", (400, "g")),
    "a pack in words": ("Half a 17 oz package filo", HALF, "pack", "package filo", (17, "oz")),
    "no number": ("tin of tuna", 1, "tin", "tinned tuna", None),
    "a jar": ("1 jar roasted peppers", 1, "jar", "jar roasted peppers", None),
    "a bag": ("100g bag baby spinach", 1, "bag", "bag baby spinach", (100, "g")),
    "slices": ("12 thin slices beef", 12, "slice", "slices beef", None),
    "another food with an amount": ("1 tin beans or 2 cups cooked beans", 1, "tin", "tinned beans or cooked beans", None),
}  # fmt: skip


@pytest.mark.parametrize(("line", "amount", "unit", "food", "size"), SOLD.values(), ids=SOLD)
def test_a_pack_is_counted_and_stays_in_the_food(
    line: str, amount: int, unit: str, food: str, size: tuple[int, str] | None
) -> None:
    read = read_line(line)
    assert (read.amount, read.unit, read.food) == (amount, unit, food)
    assert pack_size(line) == size


def test_only_packs_have_a_size() -> None:
    assert pack_size("500 g swede") is None


IS_THE_FOOD = {
    "cloves alone": ("3 cloves", "cloves"),
    "cloves, crushed": ("2 cloves, crushed", "cloves, crushed"),
    "a handful of nothing": ("a handful", "handful"),
    "a spoon of nothing": ("1½ tbsp", "tbsp"),
}


@pytest.mark.parametrize(("line", "food"), IS_THE_FOOD.values(), ids=IS_THE_FOOD)
def test_a_unit_without_a_food_is_the_food(line: str, food: str) -> None:
    assert (read_line(line).unit, read_line(line).food) == ("", food)


SIZES = {
    "inches": ("1 swede, cut into 1/2-inch dice", "swede, cut into dice"),
    "inches with a sign": ('1 swede, cut into 1/2" dice', "swede, cut into dice"),
    "both units": ("1 swede, cut into 1cm/½in pieces", "swede, cut into pieces"),
    "a range": ("1 swede, cut into 1- to 2-inch chunks", "swede, cut into chunks"),
    "in brackets before the food": ("12 (6-inch) tortillas", "tortillas"),
    "right after the number": ("1 20cm pastry case", "pastry case"),
    "two sides": ("8 1 1/2x1-inch pieces of swede", "pieces of swede"),
    "thick": ("a 1 1/4-inch-thick steak", "steak"),
}


@pytest.mark.parametrize(("line", "food"), SIZES.values(), ids=SIZES)
def test_lengths_are_no_amounts_and_go(line: str, food: str) -> None:
    assert read_line(line).food == food


def test_a_fraction_of_an_inch_leaves_the_number_before_it() -> None:
    assert read_line("4 1/2-inch slices swede") == Ingredient(
        "4 1/2-inch slices swede", Fraction(4), None, "slice", "slices swede"
    )


KEPT_WORDS = {
    "how it is cooked": ("500g/1lb 2oz rare roast beef", "rare roast beef"),
    "whether it is pasteurised": ("unpasteurised milk 1 pint", "unpasteurised milk"),
    "a comment in brackets": ("2 cups shredded turkey (cold, left over)", "shredded turkey (cold, left over)"),
    "what stands after a comma": ("1 cup wild rice, uncooked", "wild rice, uncooked"),
    "an alternative": ("1 tin crab or 100g fresh crab", "tinned crab or fresh crab"),
    "a second food": ("1 tbsp capers and 2 anchovies", "capers and 2 anchovies"),
    "an adjective before the amount's unit does not hide": ("4 raw prawns", "raw prawns"),
    "an unknown unit": ("2 zwiggles sumac", "zwiggles sumac"),
    "another language": ("18 Scheiben Käse", "Scheiben Käse"),
}


@pytest.mark.parametrize(("line", "food"), KEPT_WORDS.values(), ids=KEPT_WORDS)
def test_every_word_about_the_food_stays(line: str, food: str) -> None:
    assert read_line(line).food == food


SAME_UNIT = {
    "spoons": ("2 tbsp oats", "1 tablespoon oats"),
    "cups": ("1½ cups oats", "1 cup oats"),
    "cups with a slash": ("1 1/2 cup oats", "1 cup oats"),
    "cloves": ("3-4 cloves garlic", "2 garlic cloves"),
    "tins": ("2 x 400g tins lentils", "1 can lentils"),
}


@pytest.mark.parametrize(("one", "other"), SAME_UNIT.values(), ids=SAME_UNIT)
def test_the_same_unit_has_one_name(one: str, other: str) -> None:
    assert (read_line(one).unit, read_line(one).food) == (read_line(other).unit, read_line(other).food)


HEADINGS = {
    "a colon": ("Dressing:", True),
    "for the": ("For the lemon dressing", True),
    "for the, with a colon": ("For the topping:", True),
    "for a part of the meal": ("For the meatballs", True),
    "the last step": ("To finish", True),
    "what may be left out": ("Optional toppings", True),
    "equipment": ("Special equipment: a large pan", True),
    "a colon and an amount": ("Serves 4:", False),
    "a colon before the food": ("For the top: sorrel", False),
    "a food that is for something": ("For the freezer bread", False),
    "a food that you will need": ("You will need raw milk", False),
    "a food": ("Brown sauce", False),
    "the end of a line that a page broke in two": ("3cm pieces", True),
    "the end of such a line with a food": ("3cm slices brie", False),
}


@pytest.mark.parametrize(("line", "is_heading"), HEADINGS.values(), ids=HEADINGS)
def test_headings_name_no_food(line: str, is_heading: bool) -> None:
    read = read_line(line)
    assert (read.is_heading, not read.food) == (is_heading, is_heading)


OPTIONAL = {
    "in brackets": ("1 tbsp sorrel (optional)", True),
    "at the end": ("sorrel, optional", True),
    "in front": ("Optional: sorrel", True),
    "if liked": ("sorrel, if liked", True),
    "not said": ("1 tbsp sorrel", False),
}


@pytest.mark.parametrize(("line", "is_optional"), OPTIONAL.values(), ids=OPTIONAL)
def test_optional(line: str, is_optional: bool) -> None:
    assert read_line(line).is_optional is is_optional


SPELLINGS = [
    (way.replace("_", " "), unit)
    for table in (MEASURES, PIECES, PACKS)
    for unit, ways in table.items()
    for way in ways.split()
]


@pytest.mark.parametrize(("way", "unit"), SPELLINGS)
def test_every_spelling_of_a_unit_is_read(way: str, unit: str) -> None:
    assert read_line(f"2 {way} sorrel").unit == unit


@pytest.mark.parametrize("words", COUNTS)
def test_every_number_in_words_is_read(words: str) -> None:
    assert read_line(f"{words} leeks").amount == COUNTS[words]


def test_no_spelling_stands_for_two_units() -> None:
    assert len(SPELLINGS) == len(dict(SPELLINGS))


@given(st.text())
def test_anything_at_all_is_read(text: str) -> None:
    assert read_line(text).text == text


@given(
    st.sampled_from(["", "2 ", "1½ ", "2-3 ", "about 2 ", "1 (14 oz) ", "2 x 400g "]),
    st.sampled_from(["", "g ", "cups ", "tins ", "large handfuls ", "slices of "]),
    st.lists(
        st.sampled_from(["raw", "rare", "smoked", "soft", "frozen", "brie", "eggs", "(cold)", "or", "and"]), min_size=1
    ),
)
def test_no_word_about_the_food_is_lost(amount: str, unit: str, words: list[str]) -> None:
    food = read_line(amount + unit + " ".join(words)).food
    assert [word for word in food.split() if word in words] == words


JUNK = {
    "numbers": "1 ", "fractions": "½", "brackets": "(", "measures": "1 cup, ", "counts of measures": "1 (1 g ",
    "ranges": "1-", "words": "of the ", "letters": "a", "hyphens": "a-", "inches": '1" x ', "spaces": " ",
}  # fmt: skip


@pytest.mark.parametrize("length", [LONGEST_LINE - 20, 1_000_000])
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_of_any_length_is_read_at_once(junk: str, length: int) -> None:
    started = time.perf_counter()
    line = "2 leeks " + junk * (length // len(junk))
    assert "leeks" in read_line(line).food
    assert time.perf_counter() - started < 1


MAKERS = {
    "a mark after a maker's name": ("1 tin Zorbit's® chopped tomatoes", "ok"),
    "a mark after several words": ("1 cup Zorbit & Quimble™ rice", "ok"),
    "an example of a known food": ("2 tbsp chilli sauce (such as Zorbit Quimble)", "ok"),
    "an example of what must be cooked": ("500g sausages, such as Zorbit's", "cook"),
    "somebody's, beside a food of the cupboard": ("3 tbsp Zorbit's ketchup", "ok"),
    "somebody's milk may be raw": ("1 cup Zorbit's milk", "unknown"),
    "somebody's cheese may be raw": ("50g Zorbit's cheddar", "unknown"),
    "a name without a mark": ("1 cup Zorbit rice", "unknown"),
    "a name between the amount and a sauce": ("1 tbsp Zorbit pesto", "ok"),
    "a name without an amount before it": ("Zorbit pesto", "unknown"),
    "a name in a line all of capitals": ("1 Cup Zorbit Pesto", "unknown"),
    "a name before what may be raw": ("100g Zorbit cheese", "unknown"),
    "a note on shelf goods": ("200g flour (Zorbit)", "ok"),
    "a note on what may be raw": ("100g cheddar (Zorbit)", "unknown"),
    "a note that names something beside the food": ("200g crackers (quimble, zorbit)", "unknown"),
    "a note that names something instead": ("200g flour (or Zorbit)", "unknown"),
    "a note that hides a hazard": ("200g flour (Raw Mett)", "avoid"),
    "a note of how long ago": ("1 jar pesto (opened three weeks ago)", "unknown"),
    "a note that the tin is dented": ("1 tin baked beans (dented)", "unknown"),
    "brackets inside a name": ("1 cup glutinous (sushi) rice", "ok"),
    "brackets before another food": ("1 cup (brie) rice", "cook"),
    "a small letter is no maker": ("2 tbsp chilli sauce (such as zorbit)", "unknown"),
    "a mark does not hide a hazard": ("1 cup Oyster® crackers and brie", "cook"),
    "a hazard as an example": ("1 cup flour (such as Oysters)", "avoid"),
    "raw milk stays raw milk": ("1 cup Raw Milk Zorbit®", "avoid"),
    "rolls by the number are bread": ("8 rolls, split", "ok"),
    "rolls of something else": ("8 tuna rolls", "avoid"),
    "pastry by half its name": ("375g shortcrust", "ok"),
    "a maker and no food": ("1 cup Zorbit®", "unknown"),
    "a maker and another word that nobody knows": ("1 cup Zorbit® quimble rice", "unknown"),
}


@pytest.mark.parametrize(("line", "verdict"), MAKERS.values(), ids=MAKERS)
def test_a_makers_name_needs_no_explaining_and_hides_nothing(line: str, verdict: str) -> None:
    finding = judge_line(TABLE, read_line(line))
    assert finding.verdict.word == verdict, f"about {[one.food.slug for one in finding.about]}, {finding.unexplained}"
