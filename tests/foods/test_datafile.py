"""Is a hand-edited data file read as an editor wrote it, and is every mistake in it reported at once?"""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from foods.datafile import Mistake, Row, read_rows

COLUMNS = ("slug", "name", "hours")
HEADER = "slug,name,hours\n"


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "pantry.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def a_row(mistakes: list[Mistake], **cells: str) -> Row:
    return Row("pantry.csv", 7, cells, mistakes)


def test_rows_hold_their_cells_stripped_and_their_place_in_an_editor(tmp_path: Path) -> None:
    rows, mistakes = read_rows(write(tmp_path, HEADER + "rye , rye bread,24\noat,porridge,\n"), COLUMNS)
    assert [dict(row) for row in rows] == [
        {"slug": "rye", "name": "rye bread", "hours": "24"},
        {"slug": "oat", "name": "porridge", "hours": ""},
    ]
    assert [row.number for row in rows] == [2, 3]
    assert not mistakes


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + HEADER.encode() + b"rye,rye bread,24\n", id="byte order mark from a spreadsheet"),
        pytest.param(HEADER.replace("\n", "\r\n") + "rye,rye bread,24\r\n", id="Windows line ends"),
        pytest.param(HEADER + "rye,rye bread,24", id="no line end at the foot"),
        pytest.param(HEADER + "\nrye,rye bread,24\n\n", id="empty lines"),
        pytest.param(HEADER + '"rye","rye bread","24"\n', id="every cell in quotation marks"),
    ],
)
def test_files_that_programs_save_differently_read_the_same(tmp_path: Path, content: str | bytes) -> None:
    rows, mistakes = read_rows(write(tmp_path, content), COLUMNS)
    assert [dict(row) for row in rows] == [{"slug": "rye", "name": "rye bread", "hours": "24"}]
    assert not mistakes


def test_cells_with_line_breaks_keep_the_row_numbers_of_the_editor(tmp_path: Path) -> None:
    content = HEADER + 'rye,"rye\nbread\nloaf",24\noat,porridge,12\n'
    rows, _ = read_rows(write(tmp_path, content), COLUMNS)
    assert [(row["slug"], row.number) for row in rows] == [("rye", 2), ("oat", 5)]


@pytest.mark.parametrize(
    ("content", "row", "allowed"),
    [
        pytest.param(
            HEADER.encode() + b"rye,rye bread,24\ncr\xe8me,cream,24\n", 3, "CSV UTF-8", id="saved in another encoding"
        ),
        pytest.param(
            "slug,name\nrye,rye bread\n", 1, "the header must be slug,name,hours", id="header with a column missing"
        ),
        pytest.param("", 1, "the header must be slug,name,hours", id="empty file"),
        pytest.param(HEADER + "rye,rye bread\n", 2, "this row has 2 cells and must have 3", id="short row"),
        pytest.param(
            HEADER + "oat,porridge,1\nrye,rye,bread,2\n", 3, "has 4 cells and must have 3", id="a comma without quotes"
        ),
        pytest.param(HEADER + 'rye,"rye" bread,24\n', 2, "check the quotation marks", id="quotes inside a cell"),
        pytest.param(HEADER + 'rye,"rye bread,24\n', 2, "check the quotation marks", id="quotes never closed"),
    ],
)
def test_a_file_of_the_wrong_shape_says_which_row_and_what_is_allowed(
    tmp_path: Path, content: str | bytes, row: int, allowed: str
) -> None:
    _, mistakes = read_rows(write(tmp_path, content), COLUMNS)
    assert [(mistake.file, mistake.row) for mistake in mistakes] == [("pantry.csv", row)]
    assert allowed in mistakes[0].allowed


def test_a_missing_file_is_a_mistake_that_names_the_file(tmp_path: Path) -> None:
    rows, mistakes = read_rows(tmp_path / "pantry.csv", COLUMNS)
    assert not rows
    assert mistakes[0].file == "pantry.csv"
    assert mistakes[0].allowed == "this file must be there and readable"


def test_a_missing_file_is_one_mistake_not_two(tmp_path: Path) -> None:
    _, mistakes = read_rows(tmp_path / "pantry.csv", COLUMNS)
    assert len(mistakes) == 1, "\n".join(map(str, mistakes))


def test_every_mistake_is_reported_and_the_good_rows_are_kept(tmp_path: Path) -> None:
    content = HEADER + "rye\noat,porridge,12\nbun,bun,1,2\n"
    rows, mistakes = read_rows(write(tmp_path, content), COLUMNS)
    rows[0].complain("hours", "must be 24")
    assert [row["slug"] for row in rows] == ["oat"]
    assert [str(mistake) for mistake in sorted(mistakes)] == [
        "pantry.csv, row 2: found 'rye'; this row has 1 cells and must have 3",
        "pantry.csv, row 3, column hours: found '12'; must be 24",
        "pantry.csv, row 4: found 'bun,bun,1,2'; this row has 4 cells and must have 3",
    ]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("", ()), ("rye", ("rye",)), ("rye;oat", ("rye", "oat")), (" rye ; ; oat;", ("rye", "oat"))],
)
def test_a_list_is_separated_by_semicolons(cell: str, parts: tuple[str, ...]) -> None:
    assert a_row([], names=cell).many("names") == parts


def test_cells_are_read_as_what_they_stand_for() -> None:
    mistakes: list[Mistake] = []
    row = a_row(mistakes, hours="24", day="2026-11-21", colour="red", several="red;blue", none="")
    assert row.number_or_none("hours") == 24
    assert row.day("day") == datetime.date(2026, 11, 21)
    assert row.one_of("colour", {"red", "blue"}) == "red"
    assert row.each_of("several", {"red", "blue"}, "a colour") == ("red", "blue")
    assert row.number_or_none("none") is None
    assert row.day("none") is None
    assert row.one_of("none", {"red"}, empty=True) == ""
    assert not mistakes


@pytest.mark.parametrize(
    ("read", "found", "allowed"),
    [
        pytest.param(lambda row: row.required("cell"), "", "must not be empty", id="required"),
        pytest.param(lambda row: row.number_or_none("cell"), "a day", "must be a whole number or empty", id="number"),
        pytest.param(lambda row: row.number_or_none("cell"), "1.5", "must be a whole number or empty", id="half a number"),
        pytest.param(lambda row: row.day("cell"), "21/11/2026", "must be a day like 2026-11-21 or empty", id="day"),
        pytest.param(lambda row: row.day("cell"), "2026-02-30", "must be a day like 2026-11-21 or empty", id="no such day"),
        pytest.param(lambda row: row.one_of("cell", {"b", "a"}), "c", "must be one of a, b", id="one of"),
        pytest.param(lambda row: row.one_of("cell", {"a"}), "", "must be one of a", id="one of, empty"),
        pytest.param(
            lambda row: row.one_of("cell", {"a"}, empty=True), "c", "must be one of a or empty", id="one of or empty"
        ),
        pytest.param(lambda row: row.each_of("cell", {"a"}, "a letter"), "a;c", "'c' is not a letter", id="each of"),
    ],
)
def test_a_cell_that_is_wrong_is_reported_with_its_place(read: Callable[[Row], object], found: str, allowed: str) -> None:
    mistakes: list[Mistake] = []
    read(a_row(mistakes, cell=found))
    assert mistakes == [Mistake("pantry.csv", 7, "cell", found, allowed)]
