"""Is the food table read as its files say, and is every mistake reported with file, row, column and what is allowed?"""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from foods.datafile import Mistake
from foods.food import Verdict
from foods.rules import judge
from foods.table import read_table
from tests.foods.builders import (
    CLASSES,
    LARDER,
    SOURCES,
    Row,
    food,
    food_class,
    make_table,
    mistakes_in,
    source,
    state_rule,
    word,
    write_data,
)

NEXT = {"foods": len(LARDER) + 2, "classes": len(CLASSES) + 2, "sources": len(SOURCES) + 2}
"""The row, as an editor counts it, where what a test adds begins. The other files hold only what a test adds."""


def place(mistake: Mistake) -> tuple[str, int, str]:
    return mistake.file, mistake.row, mistake.column


def test_an_empty_cell_inherits_from_the_row_of_its_class_with_the_same_verdict(tmp_path: Path) -> None:
    classes = [
        food_class("cake", "ok", aisle="bakery", keeps_hours="48", wash="wash", label_says="baked", why="It is baked."),
        food_class("cake", "avoid", name="", aisle="chilled", floor="avoid", if_cooked="ok", why="It is raw."),
    ]
    foods = [food("bun", "ok", "cake"), food("batter", "avoid", "cake", why="Raw egg.", keeps_hours="0")]
    table = make_table(tmp_path, classes=classes, foods=foods)
    bun, batter = table.foods["bun"], table.foods["batter"]
    assert (bun.aisle, bun.keeps_hours, bun.wash, bun.label_says, bun.why) == ("bakery", 48, "wash", "baked", "It is baked.")
    assert (bun.floor, bun.if_cooked, bun.instead) == (None, Verdict.OK, ())
    assert (batter.aisle, batter.why, batter.floor) == ("chilled", "Raw egg.", Verdict.AVOID)
    assert batter.keeps_hours == 0
    assert (batter.if_cooked, batter.instead) == (Verdict.OK, ("bread", "apple", "tea"))
    assert batter.food_class.name == "cake food"
    assert batter.checked_on == datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("verdict", "cell", "if_cooked"),
    [
        ("ok", "", "ok"),
        ("cook", "", "ok"),
        ("avoid", "", "avoid"),
        ("avoid", "ok", "ok"),
        ("cook", "avoid", "avoid"),
    ],
)
def test_what_cooking_makes_of_a_food(tmp_path: Path, verdict: str, cell: str, if_cooked: str) -> None:
    table = make_table(tmp_path, foods=[food("blob", verdict, if_cooked=cell)])
    assert table.foods["blob"].if_cooked.word == if_cooked


def test_the_forms_of_a_name_are_a_family(tmp_path: Path) -> None:
    foods = [food("pea", family="peas", form="fresh"), food("tinned-pea", family="peas", form="tinned")]
    table = make_table(tmp_path, foods=foods)
    assert table.forms(table.foods["pea"]) == (table.foods["pea"], table.foods["tinned-pea"])
    assert table.forms(table.foods["bread"]) == ()


def test_instead_names_the_foods_to_eat(tmp_path: Path) -> None:
    table = make_table(tmp_path, foods=[food("blob", "avoid")])
    assert [other.slug for other in table.instead_of(table.foods["blob"])] == ["bread", "apple", "tea"]


def test_every_name_of_a_food_finds_it(tmp_path: Path) -> None:
    table = make_table(tmp_path, foods=[food("aubergine", also_called="eggplant; Melanzana ;brinjal")])
    for name in ("aubergine", "Aubergines", "eggplant", "melanzana", "BRINJAL"):
        found = judge(table, name).decides
        assert found is not None and found.food.slug == "aubergine", name


def test_checked_on_is_the_day_of_the_newest_fact(tmp_path: Path) -> None:
    foods = [food("bun", checked_on="2026-12-01"), food("roll", checked_on="2025-01-01")]
    assert make_table(tmp_path, foods=foods).checked_on == datetime.date(2026, 12, 1)


FOOD_MISTAKES = [
    pytest.param({"name": ""}, "name", "must not be empty", id="no name"),
    pytest.param({"verdict": "fine"}, "verdict", "must be one of avoid, cook, ok", id="no such verdict"),
    pytest.param({"verdict": "unknown"}, "verdict", "must be one of avoid, cook, ok", id="unknown is no fact"),
    pytest.param({"class": "puddings"}, "class", "classes.csv has no row", id="no such class"),
    pytest.param({"aisle": "attic"}, "aisle", "must be one of bakery, baking, chilled", id="no such aisle"),
    pytest.param({"wash": "rinse"}, "wash", "must be one of scrub, wash, wash-peel-wash or empty", id="no such wash"),
    pytest.param({"if_cooked": "cook"}, "if_cooked", "must be one of avoid, ok or empty", id="no such if_cooked"),
    pytest.param({"floor": "ok"}, "floor", "must be one of avoid, cook or empty", id="no such floor"),
    pytest.param({"floor": "cook"}, "floor", "must not be worse than the verdict", id="floor under the verdict"),
    pytest.param({"picked_by": "sunburnt"}, "picked_by", "'sunburnt' is not a state of words.csv", id="no such state"),
    pytest.param({"instead": "moss"}, "instead", "'moss' is not a slug of foods.csv", id="instead of an unknown slug"),
    pytest.param({"source": "rumour"}, "source", "'rumour' is not a source of sources.csv", id="no such source"),
    pytest.param({"family": "blobs"}, "form", "a food with a family needs a form", id="family without a form"),
    pytest.param({"form": "tinned"}, "form", "a food with a family needs a form", id="form without a family"),
    pytest.param({"keeps_hours": "2 days"}, "keeps_hours", "must be a whole number or empty", id="hours in words"),
    pytest.param({"checked_on": "21/11/26"}, "checked_on", "must be a day like 2026-11-21", id="checked on no day"),
    pytest.param({"review_by": "soon"}, "review_by", "must be a day like 2026-11-21", id="review by no day"),
    pytest.param({"name": "blob, cold"}, "name", "must be words without commas", id="comma in a name"),
    pytest.param({"name": "!"}, "name", "must be words", id="name without words"),
    pytest.param({"also_called": "a/b"}, "also_called", "must be words without commas", id="stroke in another name"),
    pytest.param({"name": "Breads"}, "name", "is already a name of bread", id="name of another food"),
    pytest.param({"also_called": "tea"}, "also_called", "'tea' is already a name of tea", id="other name of another food"),
    pytest.param({"also_called": "blobs"}, "also_called", "is already a name of blob", id="its own name again"),
    pytest.param({"slug": "tea", "name": "chai"}, "slug", "stands in this file already", id="slug used twice"),
    pytest.param({"slug": ""}, "slug", "must not be empty", id="no slug"),
    pytest.param({"slug": "larder"}, "slug", "is the name of a class already", id="slug of a class"),
]


@pytest.mark.parametrize(("cells", "column", "allowed"), FOOD_MISTAKES)
def test_a_mistake_in_a_food_says_where_and_what_is_allowed(
    tmp_path: Path, cells: Mapping[str, str], column: str, allowed: str
) -> None:
    found = mistakes_in(tmp_path, foods=[{**food("blob"), **cells}])
    assert ("foods.csv", NEXT["foods"], column) in map(place, found)
    assert any(mistake.column == column and allowed in mistake.allowed for mistake in found), found


@pytest.mark.parametrize("verdict", ["cook", "avoid"])
@pytest.mark.parametrize("instead", ["bread", "bread;apple", "bread;apple;tea;blob"])
def test_what_is_not_fine_names_three_foods_instead(tmp_path: Path, verdict: str, instead: str) -> None:
    found = mistakes_in(tmp_path, foods=[food("blob", verdict, instead=instead)])
    assert [(place(mistake), mistake.allowed) for mistake in found] == [
        (("foods.csv", NEXT["foods"], "instead"), "must name three foods to eat instead")
    ]


def test_what_is_not_fine_says_what_to_do(tmp_path: Path) -> None:
    silent = food_class("slime", "avoid", do_this="")
    found = mistakes_in(tmp_path, classes=[silent], foods=[food("blob", "avoid", "slime")])
    assert [place(mistake) for mistake in found] == [("foods.csv", NEXT["foods"], "do_this")]


def test_a_food_and_its_class_that_both_give_no_date_are_a_mistake(tmp_path: Path) -> None:
    undated = food_class("slime", checked_on="", review_by="")
    found = mistakes_in(tmp_path, classes=[undated], foods=[food("blob", "ok", "slime")])
    assert [place(mistake) for mistake in found] == [("foods.csv", NEXT["foods"], "checked_on")]


CLASS_MISTAKES = [
    pytest.param([food_class("slime", name="")], NEXT["classes"], "name", "must not be empty", id="class without a name"),
    pytest.param([food_class("")], NEXT["classes"], "class", "must not be empty", id="row without a class"),
    pytest.param([food_class("slime", "fine")], NEXT["classes"], "verdict", "must be one of", id="no such verdict"),
    pytest.param(
        [food_class("slime"), food_class("slime", "cook", name="goo")],
        NEXT["classes"] + 1,
        "name",
        "name a class once, on its first row",
        id="two names",
    ),
    pytest.param(
        [food_class("slime"), food_class("slime", name="")],
        NEXT["classes"] + 1,
        "verdict",
        "slime has a row for this verdict already",
        id="two rows for one verdict",
    ),
]


@pytest.mark.parametrize(("classes", "row", "column", "allowed"), CLASS_MISTAKES)
def test_a_mistake_in_a_class_says_where_and_what_is_allowed(
    tmp_path: Path, classes: list[Row], row: int, column: str, allowed: str
) -> None:
    found = mistakes_in(tmp_path, classes=classes)
    assert [place(mistake) for mistake in found] == [("classes.csv", row, column)]
    assert allowed in found[0].allowed


SOURCE_MISTAKES = [
    pytest.param({"source": ""}, "source", "must not be empty", id="no key"),
    pytest.param({"source": "patient"}, "source", "stands in this file already", id="key used twice"),
    pytest.param({"authority": ""}, "authority", "must not be empty", id="nobody says so"),
    pytest.param({"title": ""}, "title", "must not be empty", id="no title"),
    pytest.param({"kind": "blog"}, "kind", "must be one of charity, clinician", id="no such kind"),
    pytest.param({"read_how": "skimmed"}, "read_how", "must be one of excerpt, full, second-hand", id="no such reading"),
    pytest.param(
        {"read_how": "second-hand", "address": "https://example.org/"},
        "address",
        "must be empty for a source read second-hand",
        id="address nobody opened",
    ),
    pytest.param({"address": "example.org"}, "address", "must start with https:// or http://", id="half an address"),
]


@pytest.mark.parametrize(("cells", "column", "allowed"), SOURCE_MISTAKES)
def test_a_mistake_in_a_source_says_where_and_what_is_allowed(
    tmp_path: Path, cells: Mapping[str, str], column: str, allowed: str
) -> None:
    found = mistakes_in(tmp_path, sources=[{**source("new"), **cells}])
    assert [place(mistake) for mistake in found] == [("sources.csv", NEXT["sources"], column)]
    assert allowed in found[0].allowed


@pytest.mark.parametrize(
    ("row", "column", "allowed"),
    [
        pytest.param(word(""), "word", "must not be empty", id="no word"),
        pytest.param(word("ripe", "adjective"), "kind", "must be one of ", id="no such kind"),
        pytest.param(word("ripe", means="old"), "means", "empty for any other word", id="plain word with a meaning"),
        pytest.param(word("tinned", "state"), "means", "given for a spelling or a state", id="state without a meaning"),
        pytest.param(word("colour", "spelling"), "means", "given for a spelling or a state", id="spelling of nothing"),
    ],
)
def test_a_mistake_in_a_word_says_where_and_what_is_allowed(tmp_path: Path, row: Row, column: str, allowed: str) -> None:
    found = mistakes_in(tmp_path, words=[row])
    assert ("words.csv", 2, column) in map(place, found)
    assert any(allowed in mistake.allowed for mistake in found)


TINNED = word("tinned", "state", "tinned")


@pytest.mark.parametrize(
    ("rows", "row", "column", "allowed"),
    [
        pytest.param([state_rule("sunburnt", "*", "same")], 2, "state", "must be one of tinned", id="no such state"),
        pytest.param([state_rule("tinned", "moss", "same")], 2, "about", "'moss' is not a food", id="about nothing known"),
        pytest.param([state_rule("tinned", "*", "moss")], 2, "becomes", "must be", id="becomes nothing known"),
        pytest.param([state_rule("tinned", "*", "")], 2, "becomes", "must be", id="becomes nothing"),
        pytest.param(
            [state_rule("tinned", "bread;larder", "same"), state_rule("tinned", "larder", "same")],
            3,
            "about",
            "there is a rule for this state and 'larder' already",
            id="two rules for one class",
        ),
    ],
)
def test_a_mistake_in_a_state_says_where_and_what_is_allowed(
    tmp_path: Path, rows: list[Row], row: int, column: str, allowed: str
) -> None:
    found = mistakes_in(tmp_path, words=[TINNED], states=rows)
    assert [place(mistake) for mistake in found] == [("states.csv", row, column)]
    assert allowed in found[0].allowed


def test_a_mistake_stays_readable_however_many_foods_there_are(tmp_path: Path) -> None:
    foods = [food(f"food-{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}") for number in range(100)]
    found = mistakes_in(tmp_path, foods=foods, words=[TINNED], states=[state_rule("tinned", "*", "moss")])
    assert len(str(found[0])) < 300, str(found[0])


@pytest.mark.parametrize("name", ["foods", "classes", "sources", "words", "states", "sheets"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    write_data(tmp_path)
    (tmp_path / f"{name}.csv").unlink()
    _, found = read_table(tmp_path)
    assert f"{name}.csv" in {mistake.file for mistake in found}


def test_every_mistake_in_every_file_is_reported_at_once(tmp_path: Path) -> None:
    found = mistakes_in(
        tmp_path,
        foods=[food("blob", aisle="attic", wash="rinse"), food("goo", floor="ok")],
        classes=[food_class("slime", name="")],
        sources=[source("new", kind="blog")],
        words=[word("ripe", means="old")],
        states=[state_rule("sunburnt", "*", "same")],
        sheets=[{"protocol": "harbour", "about": "bread", "verdict": "ok", "source": "rumour"}],
    )
    assert {place(mistake) for mistake in found} >= {
        ("foods.csv", 5, "aisle"),
        ("foods.csv", 5, "wash"),
        ("foods.csv", 6, "floor"),
        ("classes.csv", 5, "name"),
        ("sources.csv", 6, "kind"),
        ("words.csv", 2, "means"),
        ("states.csv", 2, "state"),
        ("sheets.csv", 2, "source"),
    }
