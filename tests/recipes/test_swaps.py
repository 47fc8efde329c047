"""Is a recipe made safe by the smallest change, marked as such, and never offered unless the check says that it is fine?"""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.food import SheetSays, Source, Verdict
from foods.sheets import GeneralRule, Sheet
from foods.table import FoodTable
from recipes.check import check
from recipes.lines import read_line
from recipes.recipe import Recipe
from recipes.swaps import Answer, MadeSafe, make_safe

HILL = Source("hill", "Hill Hospital", "hospital", "Your diet", "", "2026", "full")


def a_recipe(lines: str, *steps: str, name: str = "Supper") -> Recipe:
    return Recipe(name, tuple(read_line(line.strip()) for line in lines.split(";")), steps)


def made(table: FoodTable, recipe: Recipe, sheets: Sequence[Sheet] = ()) -> MadeSafe:
    answer = make_safe(table, recipe, sheets)
    assert answer.made, f"no way was found: {[one.ingredient.text for one in answer.stuck]}"
    return answer.made


SWAPS = [
    pytest.param("100 g brie, sliced; 2 slices bread", "Put the brie in the bread.", "100 g cheddar, sliced", id="brie"),
    pytest.param(
        "120g smoked salmon, cut into strips; 2 bagels", "Fill the bagels with the smoked salmon.",
        "120g tinned salmon, cut into strips", id="smoked salmon",
    ),
    pytest.param(
        "1 x 120 g bag of rocket; 2 tomatoes, washed", "Toss the rocket with the tomatoes.", "120 g rocket, washed",
        id="bagged leaves by weight",
    ),
    pytest.param(
        "1 bag salad leaves; 2 tomatoes, washed", "Toss the leaves with the tomatoes.",
        "2 handfuls of whole lettuce, washed", id="a bag without a weight",
    ),
    pytest.param(
        "500 ml unpasteurised milk; 50 g oats", "Stir the oats into the milk. Eat it cold.", "500 ml milk", id="raw milk"
    ),
    pytest.param(
        "4 tbsp home-made mayonnaise; 2 slices bread", "Spread the mayonnaise on the bread.", "4 tbsp mayonnaise",
        id="mayonnaise made with raw egg",
    ),
    pytest.param(
        "20 carrot sticks; 1 lettuce, washed", "Toss the carrot sticks with the lettuce.", "20 sticks of carrot, washed",
        id="sticks stay sticks",
    ),
    pytest.param(
        "4 slices ham; 2 slices bread", "Put the ham in the bread.", "4 slices tinned ham", id="ham keeps its slices"
    ),
    pytest.param(
        "2 cups baby spinach; 1 lemon", "Dress the spinach with the lemon.", "2 cups spinach, washed", id="baby leaves"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "step", "line"), SWAPS)
def test_another_food_keeps_the_amount_and_the_cut(table: FoodTable, lines: str, step: str, line: str) -> None:
    assert made(table, a_recipe(lines, step)).recipe.ingredients[0].text == line


COOKED = [
    pytest.param(
        "2 sirloin steaks", "Fry the steaks for 2 minutes until medium rare. Rest them.",
        "Fry the steaks until no pink is left and it is 75 °C in the middle. Rest them.", id="rare",
    ),
    pytest.param(
        "1 leg of lamb", "Roast the lamb until it reaches 54 °C. Rest it.",
        "Roast the lamb until it reaches 75 °C. Rest it.",
        id="too cool in the middle",
    ),
    pytest.param(
        "4 eggs", "Boil the eggs until the yolks are runny.",
        "Boil the eggs until the white and the yolk are firm.", id="runny yolks",
    ),
    pytest.param(
        "200 g frozen raspberries; 200 g yoghurt", "Stir the raspberries into the yoghurt.",
        "Boil the frozen raspberries for 1 minute, until bubbling all through, then cool."
        " Stir the raspberries into the yoghurt.", id="frozen berries",
    ),
    pytest.param(
        "100 g bean sprouts; 2 carrots", "Toss the bean sprouts with the carrots.",
        "Boil the bean sprouts for 3 minutes until steaming hot all the way through, then drain."
        " Toss the bean sprouts with the carrots.", id="bean sprouts",
    ),
    pytest.param(
        "4 frankfurters; 1 lettuce, washed", "Toss the frankfurters with the lettuce.",
        "Reheat the frankfurters in a pan until steaming hot all the way through. Toss the frankfurters with the lettuce.",
        id="cold sausages",
    ),
    pytest.param(
        "2 chicken breasts", "Fry the chicken for 3 minutes.",
        "Fry the chicken for 3 minutes."
        " Cook the chicken breasts until no pink is left, the juices run clear and it is 75 °C in the middle.",
        id="too few minutes to tell",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "step", "changed"), COOKED)
def test_a_step_is_changed_so_that_it_is_cooked_through(table: FoodTable, lines: str, step: str, changed: str) -> None:
    found = made(table, a_recipe(lines, step))
    assert found.recipe.steps == (changed,)
    assert [line.text for line in found.recipe.ingredients] == [line.strip() for line in lines.split(";")]
    assert found.finding.verdict is Verdict.COOK


def test_soft_cheese_on_a_baked_dish_goes_back_in_the_oven(table: FoodTable) -> None:
    found = made(
        table, a_recipe("300 g pasta; 100 g goat's cheese", "Bake the pasta in the oven. Crumble over the goat's cheese.")
    )
    assert found.recipe.steps[0].endswith(
        "Put the dish back in the oven for 10 minutes. Bake the goat's cheese until steaming hot all the way through."
    )


def test_a_step_that_calls_the_food_by_another_of_its_names_follows(table: FoodTable) -> None:
    salad = a_recipe("2 cups baby arugula; 60 g crumbled goat's cheese", "Top the rocket with the goat cheese.")
    assert made(table, salad).recipe.steps == ("Top the rocket with the cream cheese.",)


def test_raw_fish_is_cooked_and_not_reheated(table: FoodTable) -> None:
    found = made(table, a_recipe("2 cod fillets", "Lay the cod on a plate.", "Serve with a boiled potato from the pan."))
    assert "Reheat" not in " ".join(found.recipe.steps)


def test_a_chilled_mousse_is_never_simmered(table: FoodTable) -> None:
    mousse = a_recipe("200 g smoked trout; 100 ml cream", "Boil the cream. Fold in the smoked trout and chill it.")
    assert made(table, mousse).recipe.ingredients[0].text == "200 g tinned salmon"


def test_each_change_says_what_it_mends_and_on_which_condition(table: FoodTable) -> None:
    salad = a_recipe("1 bag rocket; 100 g brie, sliced", "Lay the brie on the rocket.", "Serve the brie with bread.")
    found = made(table, salad)
    assert [(one.what, one.number) for one in found.changes] == [
        ("ingredient", 1), ("ingredient", 2), ("step", 1), ("step", 2)
    ]  # fmt: skip
    assert "Wash every leaf well." in found.changes[0].do_this
    assert found.changes[1].because
    assert found.change_of("step", 2) == found.changes[3]
    assert found.change_of("ingredient", 3) is None


def test_an_allergen_that_comes_in_is_named(table: FoodTable) -> None:
    found = made(
        table, a_recipe("200 g cooked prawns; 2 tomatoes, washed", "Toss the prawns with the tomatoes. Serve cold.")
    )
    assert {allergen for one in found.changes for allergen in one.adds} <= {"fish", "molluscs"}


NO_WAY = [
    pytest.param(a_recipe("2 eggs; 200 ml oil", "Whisk the eggs with the oil.", name="Mayonnaise"), "2 eggs", id="raw egg"),
    pytest.param(a_recipe("100 g moonfruit; 1 apple", "Toss together."), "100 g moonfruit", id="a food we do not know"),
]


@pytest.mark.parametrize(("recipe", "line"), NO_WAY)
def test_what_nothing_mends_is_named(table: FoodTable, recipe: Recipe, line: str) -> None:
    answer = make_safe(table, recipe)
    assert answer.made is None
    assert [one.ingredient.text for one in answer.stuck] == [line]


def test_a_recipe_that_is_safe_needs_no_change(table: FoodTable) -> None:
    assert make_safe(table, a_recipe("2 eggs", "Boil the eggs for 10 minutes.")) == Answer()


def test_a_recipe_without_ingredients_is_not_made_safe(table: FoodTable) -> None:
    assert make_safe(table, Recipe("Nothing", (), ("Bake it.",))).made is None


def test_a_vegetarian_dish_stays_without_meat_and_fish(table: FoodTable) -> None:
    found = made(table, a_recipe("50 g alfalfa sprouts; 100 g camembert", "Lay the camembert on the sprouts."))
    assert not {"tinned tuna", "tinned ham"} & {line.food for line in found.recipe.ingredients}


def sheet_that_says(about: str, verdict: Verdict, **rules: str) -> Sheet:
    says = SheetSays("hill", about, verdict, "It says so.", "Do so.", HILL, datetime.date(2026, 11, 1))
    general = {name: GeneralRule("hill", name, value, "It says so.", "Do so.", HILL) for name, value in rules.items()}
    return Sheet("hill", {about: says}, {}, general)


def test_what_the_persons_sheet_forbids_is_never_the_other_food(table: FoodTable) -> None:
    sheets = [sheet_that_says("cheddar", Verdict.AVOID)]
    found = made(table, a_recipe("100 g brie, sliced; 2 slices bread", "Put the brie in the bread."), sheets)
    assert "cheddar" not in found.recipe.ingredients[0].text
    assert check(table, found.recipe, sheets).verdict <= Verdict.COOK


def test_a_sheet_against_cold_cooked_food_has_berries_swapped_and_not_boiled_and_cooled(table: FoodTable) -> None:
    sheets = [sheet_that_says("cheddar", Verdict.OK, leftover_hours="0")]
    found = made(table, a_recipe("200 g frozen raspberries; 200 g yoghurt", "Stir the raspberries in."), sheets)
    assert "frozen" not in found.recipe.ingredients[0].text


PARTS = st.sampled_from(
    [
        "100 g brie, sliced",
        "2 eggs",
        "1 bag rocket",
        "120 g smoked salmon",
        "200 g frozen peas",
        "2 sirloin steaks",
        "1 tin tuna",
    ]
    + [
        "50 g alfalfa sprouts",
        "200 g cooked rice",
        "6 oysters",
        "100 g pâté",
        "1 jar moonfruit",
        "2 carrots, washed and peeled",
    ]
)
DEEDS = st.sampled_from(
    ["Toss everything together.", "Fry the steaks until rare.", "Top with the brie.", "Boil the eggs for 3 minutes."]
    + [
        "Bake for 30 minutes until bubbling hot.",
        "Stir in the smoked salmon off the heat.",
        "Serve with the rocket.",
        "Chill.",
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=5, unique=True), st.lists(DEEDS, min_size=1, max_size=4), st.booleans())
def test_a_made_safe_recipe_is_never_anything_else(
    table: FoodTable, lines: list[str], steps: list[str], strictest: bool
) -> None:
    recipe = Recipe("Supper", tuple(map(read_line, lines)), tuple(steps))
    sheets = tuple(table.sheets.values()) if strictest else ()
    found = make_safe(table, recipe, sheets).made
    if found is None:
        return
    assert check(table, found.recipe, sheets).verdict in (Verdict.OK, Verdict.COOK)
    told = {(one.what, one.number) for one in found.changes}
    texts = [("ingredient", [line.text for line in recipe.ingredients], [line.text for line in found.recipe.ingredients])]
    texts.append(("step", [*recipe.steps], [*found.recipe.steps]))
    for what, before, after in texts:
        assert len(before) == len(after)
        assert {(what, number) for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]} == {
            one for one in told if one[0] == what
        }
