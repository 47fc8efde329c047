"""How is a hand-edited data file read, so that every mistake in it is reported at once?

A data file is UTF-8 CSV with an exact header. Reading never stops at the first mistake: it returns the rows that could
be read and the list of mistakes, and the caller decides that mistakes are fatal.
"""

import csv
import datetime
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong in a data file. `row` counts lines as an editor shows them; the header is row 1."""

    file: str
    row: int
    column: str
    found: str
    allowed: str

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: found {self.found!r}; {self.allowed}"


class Row(Mapping[str, str]):
    """One line of a data file: its cells by column, stripped, and the means to complain about a cell."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str], mistakes: list[Mistake]) -> None:
        self.file = file
        self.number = number
        self._cells = cells
        self._mistakes = mistakes

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def with_cells(self, cells: Mapping[str, str]) -> "Row":
        """The same row with some cells filled in; it complains to the same list."""
        return Row(self.file, self.number, {**self._cells, **cells}, self._mistakes)

    def complain(self, column: str, allowed: str) -> None:
        """Record that this cell is wrong and what would be right."""
        self._mistakes.append(Mistake(self.file, self.number, column, self.get(column, ""), allowed))

    def required(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self[column]:
            self.complain(column, "must not be empty")
        return self[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The cell as a list separated by `;`."""
        return tuple(part.strip() for part in self[column].split(";") if part.strip())

    def one_of(self, column: str, allowed: Collection[str], empty: bool = False) -> str:
        """The cell, which must be one of `allowed`; or empty, where that is said to be all right."""
        value = self[column]
        if value not in allowed and not (empty and not value):
            self.complain(column, "must be one of " + ", ".join(sorted(allowed)) + (" or empty" if empty else ""))
        return value

    def each_of(self, column: str, allowed: Collection[str], what: str) -> tuple[str, ...]:
        """The cell as a list, each part of which must be known; `what` says what a part names."""
        parts = self.many(column)
        for part in parts:
            if part not in allowed:
                self.complain(column, f"{part!r} is not {what}")
        return parts

    def number_or_none(self, column: str) -> int | None:
        """The cell as a whole number, or None where it is empty."""
        return self._read(column, int, "must be a whole number or empty")

    def day(self, column: str) -> datetime.date | None:
        """The cell as a day written like 2026-11-21, or None where it is empty."""
        return self._read(column, datetime.date.fromisoformat, "must be a day like 2026-11-21 or empty")

    def _read(self, column: str, read: Callable[[str], Value], allowed: str) -> Value | None:
        if not self[column]:
            return None
        try:
            return read(self[column])
        except ValueError:
            self.complain(column, allowed)
            return None


def read_rows(path: Path, columns: tuple[str, ...]) -> tuple[list[Row], list[Mistake]]:
    """The rows of one CSV file and the mistakes in its shape. Rows go on adding to the same list of mistakes."""
    mistakes: list[Mistake] = []
    text = _read_text(path, mistakes)
    if text is None:
        return [], mistakes
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = tuple(next(lines, []))
        if header != columns:
            mistakes.append(Mistake(path.name, 1, "", ",".join(header), "the header must be " + ",".join(columns)))
            return [], mistakes
        end_of_last = lines.line_num
        for cells in lines:
            number, end_of_last = end_of_last + 1, lines.line_num
            if len(cells) == len(columns):
                stripped = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
                rows.append(Row(path.name, number, stripped, mistakes))
            elif cells:
                allowed = f"this row has {len(cells)} cells and must have {len(columns)}"
                mistakes.append(Mistake(path.name, number, "", ",".join(cells)[:60], allowed))
    except csv.Error as error:
        mistakes.append(Mistake(path.name, lines.line_num, "", str(error), "check the quotation marks in this row"))
    return rows, mistakes


def _read_text(path: Path, mistakes: list[Mistake]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        mistakes.append(Mistake(path.name, 0, "", error.strerror or "nothing", "this file must be there and readable"))
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        allowed = 'this file must be UTF-8; in a spreadsheet choose "CSV UTF-8" when you save'
        mistakes.append(Mistake(path.name, row, "", "a letter in another encoding", allowed))
    return None
