"""Does the name of a dish hide what is in it? "Smoked salmon pasta" is pasta, and smoked salmon that may still be raw."""

import pytest
from flask import Flask

from foods.rules import DISHES, judge
from foods.table import FoodTable


@pytest.fixture(scope="module")
def table(app: Flask) -> FoodTable:
    found: FoodTable = app.extensions["facts"].table
    return found


@pytest.mark.parametrize(
    ("phrase", "sheet", "verdict", "decides"),
    [
        pytest.param("smoked salmon pasta", "", "cook", "smoked-salmon", id="a state and half a dish's name are a food"),
        pytest.param("smoked salmon pasta", "barts-pack", "avoid", "smoked-salmon", id="that a sheet forbids"),
        pytest.param("smoked scottish salmon pie", "barts-pack", "avoid", "smoked-salmon", id="with a plain word between"),
        pytest.param("salmon pasta", "barts-pack", "cook", "spaghetti-bolognese", id="without the state it is the dish"),
        pytest.param("ham omelette", "", "cook", "omelette", id="no sheet: what is in it is cooked with it"),
        pytest.param("ham omelette", "barts-pack", "avoid", "ham", id="a food that a sheet forbids even cooked"),
        pytest.param("pea and ham soup", "barts-pack", "avoid", "ham", id="in a name with an and"),
        pytest.param("broccoli and stilton soup", "german-ms-page", "avoid", "stilton", id="in another sheet"),
        pytest.param("takeaway pizza", "uk-patient-2018", "avoid", "takeaway", id="a hospital that allows no takeaway"),
        pytest.param("pizza", "uk-patient-2018", "cook", "pizza", id="says nothing of a pizza from the oven at home"),
        pytest.param("cheese omelette", "german-ms-page", "cook", "omelette", id="cheese may be any cheese"),
        pytest.param("cooked chicken pie", "barts-pack", "cook", "meat-pie", id="cooked is said of the whole pie"),
        pytest.param("tinned tuna pasta", "", "ok", "tinned-tuna", id="a state that betters what is in it"),
        pytest.param("peanut butter sandwich", "", "ok", "peanut-butter-sandwich", id="a sandwich is not one from a shop"),
        pytest.param("prawn crackers", "uk-patient-2018", "ok", "prawn-crackers", id="what is no dish keeps its own name"),
    ],
)
def test_what_a_dish_is_made_of_counts(table: FoodTable, phrase: str, sheet: str, verdict: str, decides: str) -> None:
    finding = judge(table, phrase, [table.sheets[sheet]] if sheet else [])
    assert finding.decides is not None
    assert (finding.verdict.word, finding.decides.food.slug) == (verdict, decides)


def test_the_caution_of_what_is_in_it_is_said(table: FoodTable) -> None:
    assert "hot pasta is not enough" in judge(table, "smoked salmon pasta").do_this


def test_the_classes_of_dishes_are_classes_of_the_table(table: FoodTable) -> None:
    assert set(table.classes) >= DISHES
