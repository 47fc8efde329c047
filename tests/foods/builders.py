"""What does a small made-up food table look like? Rows with defaults, written as the files that the app reads.

A test states only what it is about. Every table made here holds bread, apple and tea, so that a row that must not be eaten
as it stands has three foods to name instead.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from foods.datafile import Mistake
from foods.sheets import SHEET_COLUMNS
from foods.table import (
    CLASS_COLUMNS,
    FOOD_COLUMNS,
    SOURCE_COLUMNS,
    STATE_COLUMNS,
    WORD_COLUMNS,
    FoodTable,
    read_table,
)

Row = Mapping[str, str]

COLUMNS = {
    "sources": SOURCE_COLUMNS,
    "classes": CLASS_COLUMNS,
    "foods": FOOD_COLUMNS,
    "words": WORD_COLUMNS,
    "states": STATE_COLUMNS,
    "sheets": SHEET_COLUMNS,
}


def source(slug: str = "fish-office", **cells: str) -> Row:
    """Somebody who says so: an invented office whose own page was read, unless told."""
    given = {"authority": "Office for Fish", "kind": "regulator", "title": "What to eat", "read_how": "full"}
    return {"source": slug, **given, **cells}


def food_class(slug: str = "larder", verdict: str = "ok", **cells: str) -> Row:
    """What is true of every food of a class with this verdict."""
    instead = "" if verdict == "ok" else "bread;apple;tea"
    given = {
        "name": f"{slug} food", "aisle": "dry", "why": f"It is {slug} food.", "do_this": f"Treat it as {slug} food.",
        "instead": instead, "source": "fish-office", "checked_on": "2026-11-21", "review_by": "2027-05-21",
    }  # fmt: skip
    return {"class": slug, "verdict": verdict, **given, **cells}


def food(slug: str, verdict: str = "ok", food_class: str = "larder", **cells: str) -> Row:
    """One food. Its name is its slug in words, and it inherits everything from its class, unless told."""
    return {"slug": slug, "name": slug.replace("-", " "), "class": food_class, "verdict": verdict, **cells}


def word(text: str, kind: str = "plain", means: str = "") -> Row:
    """A plain word, a state, or another spelling."""
    return {"word": text, "kind": kind, "means": means}


def state_rule(state: str, about: str, becomes: str) -> Row:
    """What a state makes of a food, a family, a class or everything."""
    return {"state": state, "about": about, "becomes": becomes}


def sheet_row(about: str, verdict: str, protocol: str = "harbour", source: str = "harbour-sheet", **cells: str) -> Row:
    """What the sheet of an invented hospital says."""
    given = {"why": f"{protocol} says so.", "do_this": f"Do as {protocol} says.", "seen_on": "2026-11-01"}
    return {"protocol": protocol, "about": about, "verdict": verdict, "source": source, **given, **cells}


LARDER = (food("bread"), food("apple"), food("tea"))
CLASSES = (food_class("larder"), food_class("larder", "cook", name=""), food_class("larder", "avoid", name=""))
SOURCES = (
    source(),
    source("harbour-sheet", authority="Harbour Hospital", kind="hospital"),
    source("hill-sheet", authority="Hill Hospital", kind="hospital"),
    source("patient", authority="a patient in the UK, 2018", kind="patient report"),
)


def write_file(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """One data file; a cell that a row does not give is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_data(
    folder: Path,
    foods: Iterable[Row] = (),
    classes: Iterable[Row] = (),
    sources: Iterable[Row] = (),
    **others: Iterable[Row],
) -> Path:
    """A data folder that holds the larder and what the test adds to it."""
    given = {
        "foods": [*LARDER, *foods],
        "classes": [*CLASSES, *classes],
        "sources": [*SOURCES, *sources],
        **others,
    }
    for name, columns in COLUMNS.items():
        write_file(folder / f"{name}.csv", columns, given.get(name, ()))
    return folder


def make_table(folder: Path, **files: Iterable[Row]) -> FoodTable:
    """The table that such files make. They must hold no mistake."""
    table, mistakes = read_table(write_data(folder, **files))
    assert not mistakes, "the made-up table has mistakes:\n" + "\n".join(map(str, mistakes))
    return table


def mistakes_in(folder: Path, **files: Iterable[Row]) -> list[Mistake]:
    """The mistakes that reading such files reports."""
    _, mistakes = read_table(write_data(folder, **files))
    return mistakes
