"""What do the recipe tests stand on? The food table that we ship, read once."""

from pathlib import Path

import pytest

from foods.table import FoodTable, read_table

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def table() -> FoodTable:
    food_table, mistakes = read_table(DATA)
    assert not mistakes, f"mend the data files first: {mistakes[0]}"
    return food_table
