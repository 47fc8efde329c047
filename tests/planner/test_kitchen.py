"""Does the planner read from a recipe's own lines what keeps its eaters safe?"""

from pathlib import Path

import pytest

from foods.food import Source, Verdict
from foods.sheets import GeneralRule, Sheet
from foods.table import FoodTable, read_table
from planner.kitchen import kitchen_of
from planner.week import Candidate
from recipes.library import read_library
from recipes.lines import read_line
from recipes.recipe import LibraryRecipe


@pytest.fixture(scope="module")
def table() -> FoodTable:
    return read_table(Path(__file__).parents[2] / "data")[0]


def a_recipe(*lines: str, **changes: object) -> LibraryRecipe:
    """A dinner in which everything is boiled until steaming hot."""
    steps = (
        "Put everything in a large saucepan. Bring to the boil and simmer for 30 minutes until steaming hot right through.",
    )
    facts = {"slug": "dinner", "meals": ("dinner",), **changes}
    return LibraryRecipe("Dinner", tuple(read_line(line) for line in lines), steps, 2, **facts)  # type: ignore[arg-type]


def candidate(table: FoodTable, *lines: str, **changes: object) -> Candidate:
    return kitchen_of(table, [a_recipe(*lines, **changes)], ()).candidates["dinner"]


FRESH = {
    "raw chicken": ("300 g chicken breast", {"chicken"}),
    "raw mince": ("300 g minced beef", {"minced-beef"}),
    "sausages, which are minced": ("4 sausages", {"sausage"}),
    "raw cod": ("2 cod fillets", {"cod"}),
    "frozen cod": ("2 frozen cod fillets", set()),
    "tinned tuna": ("1 tin tuna", set()),
    "a joint of beef, which keeps longer": ("500 g stewing beef", set()),
    "carrots": ("2 carrots", set()),
}


@pytest.mark.parametrize(("line", "fresh"), FRESH.values(), ids=FRESH)
def test_what_must_be_cooked_soon_after_the_shop(table: FoodTable, line: str, fresh: set[str]) -> None:
    assert candidate(table, line).fresh == fresh


OPENS = {
    "half a tub of cream cheese": ("100 g cream cheese", {"cream-cheese": 48}),
    "milk from a bottle": ("200 ml pasteurised milk", {"pasteurised-milk": 48}),
    "a whole tin, of which nothing is left": ("1 x 400 g tin chickpeas", {}),
    "half a tin": ("1/2 tin chickpeas", {"tinned-chickpeas": 24}),
    "eggs, which are counted out": ("2 eggs", {}),
    "an onion": ("1 onion", {}),
}


@pytest.mark.parametrize(("line", "opens"), OPENS.values(), ids=OPENS)
def test_which_packs_it_leaves_open(table: FoodTable, line: str, opens: dict[str, int]) -> None:
    assert candidate(table, line).opens == opens


def test_an_allergen_that_the_author_forgot_is_seen_in_the_lines(table: FoodTable) -> None:
    found = candidate(table, "50 g peanut butter", "1 onion", allergens=("milk",))
    assert found.allergens is not None and {"milk", "peanuts"} <= found.allergens


def test_a_diet_that_a_food_rules_out_is_not_believed(table: FoodTable) -> None:
    assert candidate(table, "300 g chicken breast", diets=("vegetarian", "pescatarian")).diets == frozenset()


RICE = {"rice": ("150 g rice", True), "microwave rice": ("1 pouch microwave rice", True), "pasta": ("150 g pasta", False)}


@pytest.mark.parametrize(("line", "has_rice"), RICE.values(), ids=RICE)
def test_rice_is_seen(table: FoodTable, line: str, has_rice: bool) -> None:
    assert candidate(table, line).has_rice is has_rice


VEGETABLES = {"carrots": ("2 carrots", True), "frozen peas": ("100 g frozen peas", True), "a banana": ("1 banana", False)}


@pytest.mark.parametrize(("line", "has_vegetables"), VEGETABLES.values(), ids=VEGETABLES)
def test_vegetables_are_seen(table: FoodTable, line: str, has_vegetables: bool) -> None:
    assert candidate(table, line).has_vegetables is has_vegetables


def test_what_somebody_dislikes_is_found_by_food_and_by_class(table: FoodTable) -> None:
    assert {"carrot", "produce-raw"} <= candidate(table, "2 carrots").foods


def test_a_food_that_nobody_knows_keeps_the_recipe_out_of_a_week(table: FoodTable) -> None:
    assert candidate(table, "200 g frumious bandersnatch").verdict is Verdict.UNKNOWN


def a_sheet(about: str, value: str, kind: str = "hospital") -> Sheet:
    source = Source("invented", "An invented hospital", kind, "Its sheet", "", "2026", "full")
    return Sheet("invented", {}, {}, {about: GeneralRule("invented", about, value, "", "", source)})


def test_no_recipe_that_we_ship_is_kept_out_by_a_food_that_nobody_knows(table: FoodTable) -> None:
    shipped = read_library(Path(__file__).parents[2] / "data" / "recipes", table)[0].recipes.values()
    found = kitchen_of(table, shipped, ()).candidates.values()
    assert [one.recipe for one in found if one.verdict is Verdict.UNKNOWN and not one.paused] == []


def test_the_strictest_sheet_says_how_long_an_opened_pack_keeps(table: FoodTable) -> None:
    sheets = (a_sheet("opened_hours", "24"), a_sheet("opened_hours", "48"), a_sheet("reheats", "0"))
    kitchen = kitchen_of(table, [], sheets)
    assert (kitchen.opened_hours, kitchen.reheats) == (24, 0)
    assert kitchen_of(table, [], ()).opened_hours is None


def test_a_free_day_loosens_only_what_the_sheet_forbids(table: FoodTable) -> None:
    recipe = a_recipe("150 g rice")
    sheet = a_sheet("leftover_hours", "0")
    usual = kitchen_of(table, [recipe], (sheet,)).candidates["dinner"]
    free = kitchen_of(table, [recipe], (sheet,), with_free_days=True).candidates["dinner"]
    assert usual.off_diet is None
    assert free.off_diet is not None and free.off_diet <= free.verdict
