"""Are amounts multiplied exactly, and converted only where that is exact enough and a weight stays a weight?"""

from fractions import Fraction

import pytest

from recipes.lines import read_line
from recipes.recipe import Recipe
from recipes.scale import Reading, as_read, in_cups, in_fahrenheit, scaled_line

LINES = [
    pytest.param("1 1/2 tsp salt", 2, "3 tsp salt", id="a mixed number"),
    pytest.param("1/3 tsp salt", 3, "1 tsp salt", id="thirds do not drift"),
    pytest.param("100 g butter", Fraction(7, 2), "350 g butter", id="grams"),
    pytest.param("100 g butter", Fraction(1, 3), "about 33 g butter", id="a third of 100 g is said to be about"),
    pytest.param("½ tsp salt", 3, "1 1/2 tsp salt", id="a fraction sign"),
    pytest.param("2 tins (400 g each) chickpeas, drained", 2, "4 tins (400 g each) chickpeas, drained", id="a pack"),
    pytest.param("1 tin (400 g) tomatoes", 2, "2 tins (400 g) tomatoes", id="a tin becomes tins"),
    pytest.param("2 x 400 g tins chopped tomatoes", 2, "4 x 400 g tins chopped tomatoes", id="a number of packs"),
    pytest.param("1 onion, washed and chopped", 2, "2 onions, washed and chopped", id="one thing becomes many"),
    pytest.param("2 potatoes, washed", Fraction(1, 2), "1 potato, washed", id="many become one"),
    pytest.param("2 to 3 carrots, washed", 2, "4 to 6 carrots, washed", id="a range"),
    pytest.param("1 tbsp cornflour, mixed with 2 tbsp water", 3,
        "3 tbsp cornflour, mixed with 6 tbsp water", id="two amounts"),
    pytest.param("600 g beef, cut into 3 cm chunks", 2, "1200 g beef, cut into 3 cm chunks", id="a length is no amount"),
    pytest.param("1 egg", Fraction(1, 3), "1/3 egg", id="a third of an egg"),
    pytest.param("1 egg", Fraction(2, 5), "about 1/2 egg", id="what no knife can follow"),
    pytest.param("Salt to taste", 4, "Salt to taste", id="no amount"),
    pytest.param("1 onion", 1, "1 onion", id="as written"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "times", "shown"), LINES)
def test_a_line_is_multiplied_exactly(line: str, times: Fraction, shown: str) -> None:
    assert scaled_line(read_line(line), Fraction(times)) == shown


@pytest.mark.parametrize("servings", range(1, 13))
def test_there_and_back_is_the_same_line(servings: int) -> None:
    for line in ["3 tsp salt", "840 g rice", "12 carrots, washed"]:
        there = scaled_line(read_line(line), Fraction(1, servings))
        if "about" not in there:
            assert scaled_line(read_line(there), Fraction(servings)) == line


CUPS = [
    pytest.param("240 ml milk", "1 cup milk", id="a cup"),
    pytest.param("600 ml water", "2 1/2 cups water", id="two and a half"),
    pytest.param("200 ml milk", "200 ml milk", id="no measure shows it"),
    pytest.param("500 g beef mince", "17 1/2 oz beef mince", id="a weight stays a weight"),
    pytest.param("1350 g potatoes", "2 lb 15 1/2 oz potatoes", id="many ounces are pounds"),
    pytest.param("150 g flour", "150 g flour", id="not near half an ounce"),
    pytest.param("1 tin (400 g) tomatoes", "1 tin (400 g) tomatoes", id="what the tin says"),
    pytest.param("2 x 400 g tins tomatoes", "2 x 400 g tins tomatoes", id="what the tins say"),
    pytest.param("2 tbsp oil", "2 tbsp oil", id="spoons"),
]


@pytest.mark.parametrize(("text", "shown"), CUPS)
def test_cups_and_ounces_only_where_they_are_near_enough(text: str, shown: str) -> None:
    assert in_cups(text) == shown


HEATS = [
    pytest.param("Bake at 180 °C (160 °C fan).", "Bake at 355 °F (320 °F fan).", id="ovens"),
    pytest.param("It is 75 °C in the middle.", "It is 167 °F in the middle.", id="exactly"),
    pytest.param("It is 63 °C in the middle.", "It is 146 °F in the middle.", id="hot food never rounded down"),
    pytest.param("Keep the fridge at 4 °C.", "Keep the fridge at 39 °F.", id="a fridge never rounded up"),
    pytest.param("Bake at 180-200°C.", "Bake at 355-390 °F.", id="a range"),
]


@pytest.mark.parametrize(("text", "shown"), HEATS)
def test_fahrenheit_is_on_the_safe_side(text: str, shown: str) -> None:
    assert in_fahrenheit(text) == shown


def test_amounts_in_the_steps_grow_and_minutes_and_tins_to_bake_in_do_not() -> None:
    recipe = Recipe(
        "Loaf", (read_line("200 g flour"),), ("Add 300 ml water. Bake in a 900 g loaf tin at 180 °C for 40 minutes.",), 2
    )
    shown = as_read(recipe, Reading(people=4))
    assert shown.ingredients[0].text == "400 g flour"
    assert shown.steps == ("Add 600 ml water. Bake in a 900 g loaf tin at 180 °C for 40 minutes.",)


def test_a_recipe_that_does_not_say_for_how_many_stays_as_it_is() -> None:
    recipe = Recipe("Loaf", (read_line("200 g flour"),), ("Bake.",))
    assert as_read(recipe, Reading(people=4)) == recipe
