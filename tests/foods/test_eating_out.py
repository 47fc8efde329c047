"""Is the file about eating out read as it stands, and does the table decide where each food in it stands?"""

from pathlib import Path

import pytest
from flask import Flask

from foods.eating_out import choices, general_rules, read_places
from foods.table import FoodTable

HEADER = "place,kind,says,source\n"
STALL = "stall,name,Market stalls,\nstall,ask,Ask for it hot.,fsic-australia\n"


@pytest.fixture
def table(app: Flask) -> FoodTable:
    found: FoodTable = app.extensions["facts"].table
    return found


def mistakes(folder: Path, table: FoodTable, rows: str) -> list[str]:
    (folder / "eating_out.csv").write_text(HEADER + rows, "utf-8")
    return [str(mistake) for mistake in read_places(folder / "eating_out.csv", table)[1]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param("stall,food,moon cheese,\n", "must be a food of foods.csv", id="a food that nobody knows"),
        pytest.param("stall,tip,Eat it hot.,\n", "column source: found ''; must not be empty", id="a tip with no source"),
        pytest.param("stall,tip,Eat it hot.,the-pub\n", "'the-pub' is not a source", id="a source that does not exist"),
        pytest.param("stall,order,soup,\n", "must be one of ask, food, name, tip", id="another kind"),
        pytest.param("stall,name,Fairs,\n", "must have one row of the kind name", id="two names"),
        pytest.param("pub,food,soup,\n", "pub must have one row of the kind name", id="no name"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, table: FoodTable, rows: str, said: str) -> None:
    found = mistakes(tmp_path, table, STALL + rows)
    assert len(found) == 1 and said in found[0]


def test_a_file_in_order_has_no_mistake(tmp_path: Path, table: FoodTable) -> None:
    assert mistakes(tmp_path, table, STALL + "stall,food,brie,\n") == []


def test_my_sheet_decides_where_a_food_stands(tmp_path: Path, table: FoodTable) -> None:
    (tmp_path / "eating_out.csv").write_text(HEADER + STALL + "stall,food,brie,\nstall,food,bread,\n", "utf-8")
    stall = read_places(tmp_path / "eating_out.csv", table)[0]["stall"]
    without, strictly = choices(table, stall), choices(table, stall, (table.sheets["german-ms-page"],))
    assert [one.asked for one in without.only_hot] == ["brie"] and [one.asked for one in without.order] == ["bread"]
    assert [one.asked for one in strictly.leave] == ["brie"]


def test_a_sheet_that_is_silent_says_nothing(table: FoodTable) -> None:
    assert general_rules((table.sheets["us-label"],), "eating_out") == ()


def test_every_sentence_we_ship_is_short(app: Flask) -> None:
    for place in app.extensions["facts"].places.values():
        for said in (*place.asks, *place.tips):
            assert said.endswith(".") and all(len(one.split()) <= 20 for one in said.split(". ")), said
