"""Is a recipe as good as its worst ingredient, and does its verdict say why and at which step?"""

import datetime

import pytest

from foods.food import SheetSays, Source, Verdict
from foods.sheets import GeneralRule, Sheet
from foods.table import FoodTable
from recipes.check import IngredientFinding, RecipeFinding, check
from recipes.lines import read_line
from recipes.method import Eaten
from recipes.recipe import Recipe

OK, COOK, UNKNOWN, AVOID = Verdict.OK, Verdict.COOK, Verdict.UNKNOWN, Verdict.AVOID
SAYS_SO = Source("hill", "Hill Hospital", "hospital", "Your diet", "", "2026", "full")


def checked(table: FoodTable, lines: str, *steps: str, name: str = "Supper", sheet: Sheet | None = None) -> RecipeFinding:
    """The finding on a recipe whose ingredient lines are written with semicolons between them."""
    ingredients = tuple(read_line(line.strip()) for line in lines.split(";") if line.strip())
    return check(table, Recipe(name, ingredients, steps), [sheet] if sheet else [])


def line(finding: RecipeFinding, word: str) -> IngredientFinding:
    (found,) = [one for one in finding.ingredients if word in one.ingredient.text]
    return found


@pytest.mark.parametrize(
    ("lines", "steps", "verdict"),
    [
        ("2 carrots; 1 tbsp olive oil", ["Grate the carrots and toss with the oil."], OK),
        ("2 chicken breasts; 1 lemon", ["Roast the chicken for 30 minutes until the juices run clear."], COOK),
        ("2 chicken breasts; 1 lemon", ["Fry the chicken for 6 minutes. Serve."], UNKNOWN),
        ("300g pasta; 100g goat's cheese", ["Boil the pasta for 10 minutes. Crumble over the goat's cheese."], AVOID),
        ("2 sirloin steaks", ["Fry the steaks until medium rare."], AVOID),
        ("2 chicken breasts; 100g goat's cheese", ["Roast the chicken for 40 minutes. Top with the goat's cheese."], AVOID),
    ],
)
def test_a_recipe_is_as_good_as_its_worst_ingredient(
    table: FoodTable, lines: str, steps: list[str], verdict: Verdict
) -> None:
    assert checked(table, lines, *steps).verdict is verdict


def test_a_safe_recipe_names_the_step_that_makes_it_so(table: FoodTable) -> None:
    finding = checked(
        table, "2 chicken breasts; 1 lemon", "Slice the lemon.", "Roast the chicken for 40 minutes until cooked through."
    )
    assert finding.why == "The heat at step 2 is what makes it fine. Do not cut it short."
    assert line(finding, "chicken").followed.quote == "Roast the chicken for 40 minutes until cooked through."
    assert finding.flagged == ()


@pytest.mark.parametrize(
    ("lines", "steps", "of_the_line", "of_the_recipe"),
    [
        pytest.param("4 strawberries", ["Serve."], "Wash", "Wash what is eaten raw.", id="raw fruit"),
        pytest.param("2 carrots", ["Boil the carrots for 10 minutes."], "", "", id="heat sees to it"),
        pytest.param("100g feta", ["Crumble the feta."], "Buy it sealed", "Check the labels and keep to the", id="a pack"),
        pytest.param("200g spaghetti", ["Boil the spaghetti."], "", "", id="dry food that does not spoil"),
        pytest.param("2 chicken breasts", ["Serve the chicken."], "", "", id="what is not fine has no condition"),
    ],
)
def test_the_condition_of_a_fine_food_never_falls_off(
    table: FoodTable, lines: str, steps: list[str], of_the_line: str, of_the_recipe: str
) -> None:
    finding = checked(table, lines, *steps)
    said = (finding.ingredients[0].do_this, finding.do_this)
    assert said[0].startswith(of_the_line) and bool(said[0]) == bool(of_the_line)
    assert said[1].startswith(of_the_recipe) and bool(said[1]) == bool(of_the_recipe)


def test_two_heats_that_matter_are_both_named(table: FoodTable) -> None:
    finding = checked(
        table,
        "2 chicken breasts; 4 eggs",
        "Boil the eggs for 10 minutes.",
        "Roast the chicken for 40 minutes until cooked through.",
    )
    assert finding.why.startswith("The heat at step 1 and 2 is")


def test_what_is_eaten_raw_is_named_with_its_step(table: FoodTable) -> None:
    finding = checked(table, "300g pasta; 100g goat's cheese", "Boil the pasta.", "Toss with the goat's cheese.")
    cheese = line(finding, "goat")
    assert finding.why.startswith("100g goat's cheese: It is not cooked after it goes in.")
    assert (cheese.followed.step, cheese.followed.quote) == (2, "Toss with the goat's cheese.")
    assert finding.flagged == (cheese,)


def test_where_we_cannot_tell_we_ask(table: FoodTable) -> None:
    finding = checked(table, "2 chicken breasts", "Fry the chicken for 6 minutes.")
    assert line(finding, "chicken").followed.eaten is Eaten.CANNOT_TELL
    assert finding.why.endswith("is cooked until steaming hot right through. Is it?")


def test_an_unknown_food_that_is_cooked_through_is_named_first(table: FoodTable) -> None:
    finding = checked(
        table, "2 chicken breasts; 2 tbsp zorblax", "Mix the chicken and zorblax. Bake for 40 minutes until cooked through."
    )
    assert finding.verdict is COOK
    assert finding.why.startswith("We do not know “2 tbsp zorblax”: check that you do.")


@pytest.mark.parametrize(
    "step",
    ["Bake the chicken for 40 minutes until cooked through. Stir in the zorblax.", "Bake the chicken for 40 minutes."],
)
def test_an_unknown_food_that_is_not_cooked_is_unknown(table: FoodTable, step: str) -> None:
    assert checked(table, "2 chicken breasts; 2 tbsp zorblax", step).verdict is UNKNOWN


def test_a_known_hazard_eaten_raw_beside_an_unknown_word_is_avoided(table: FoodTable) -> None:
    finding = checked(table, "300g pasta; 100g zorblax brie", "Boil the pasta for 10 minutes. Crumble over the brie.")
    assert line(finding, "brie").as_bought is UNKNOWN
    assert finding.verdict is AVOID


@pytest.mark.parametrize(
    ("name", "lines", "steps"),
    [
        ("Chicken liver pâté", "400g chicken livers; 150g butter", ["Fry the livers until cooked through. Chill."]),
        ("Chocolate mousse", "200g chocolate; 4 eggs", ["Mix the chocolate and eggs. Bake for 20 minutes until set."]),
    ],
)  # fmt: skip
def test_a_dish_keeps_its_own_verdict_whatever_the_method(table: FoodTable, name: str, lines: str, steps: list[str]) -> None:
    finding = checked(table, lines, *steps, name=name)
    assert finding.verdict is AVOID
    assert finding.why.startswith("This makes ")
    assert checked(table, lines, *steps).verdict is COOK


def test_a_mousse_without_egg_is_no_such_dish(table: FoodTable) -> None:
    assert (
        checked(table, "200g raspberries; 200ml double cream", "Whip the cream. Fold in.", name="Raspberry mousse").verdict
        is OK
    )


def test_headings_are_no_ingredients(table: FoodTable) -> None:
    finding = checked(
        table, "For the salad:; 2 carrots; For the dressing:; 1 tbsp olive oil", "Toss the carrots with the oil."
    )
    assert [one.ingredient.text for one in finding.ingredients] == ["2 carrots", "1 tbsp olive oil"]
    assert finding.verdict is OK


@pytest.mark.parametrize("lines", ["", "For the salad:"])
def test_without_ingredients_we_cannot_say(table: FoodTable, lines: str) -> None:
    finding = checked(table, lines, "Bake for 40 minutes.")
    assert finding.verdict is UNKNOWN
    assert finding.why == "We found no ingredients, so we cannot say that it is fine."


def test_without_steps_raw_meat_is_never_safe(table: FoodTable) -> None:
    assert checked(table, "2 chicken breasts").verdict is AVOID


def says(about: str, verdict: Verdict) -> SheetSays:
    return SheetSays("hill", about, verdict, "Hill says so.", "Leave it.", SAYS_SO, datetime.date(2026, 11, 21))


def test_a_sheet_may_forbid_a_food_even_cooked(table: FoodTable) -> None:
    sheet = Sheet("hill", {}, {"poultry": says("poultry", AVOID)}, {})
    lines, step = "2 chicken breasts; 1 lemon", "Roast the chicken for 40 minutes until cooked through."
    assert checked(table, lines, step).verdict is COOK
    assert checked(table, lines, step, sheet=sheet).verdict is AVOID


@pytest.mark.parametrize(
    ("hours", "step", "verdict"),
    [
        ("0", "Roast the chicken for 40 minutes until cooked through. Chill and serve cold.", AVOID),
        ("0", "Roast the chicken for 40 minutes until cooked through.", COOK),
        ("24", "Roast the chicken for 40 minutes until cooked through. Chill and serve cold.", COOK),
    ],
)
def test_a_sheet_without_leftovers_forbids_what_is_cooked_and_then_cold(
    table: FoodTable, hours: str, step: str, verdict: Verdict
) -> None:
    rule = GeneralRule("hill", "leftover_hours", hours, "Leftovers grow germs.", "", SAYS_SO)
    finding = checked(table, "2 chicken breasts", step, sheet=Sheet("hill", {}, {}, {"leftover_hours": rule}))
    assert finding.verdict is verdict


def test_penne_is_the_pasta_that_a_step_cooks(table: FoodTable) -> None:
    finding = checked(table, "3 eggs; 300g penne", "Beat the eggs. Cook pasta for 10 minutes. Drain and mix with the eggs.")
    assert line(finding, "eggs").followed.eaten is Eaten.RAW
