"""How is everything people made kept in one file, and put back? Plain text, a row a line, so that either database reads it.

The first line says what it is, the last line how many rows there were and their checksum, so that a file that is cut short,
changed or not ours is known before anything is touched.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from households.database import Database, Row, known_revisions

KIND = "piping-hot-backup"
FORMAT = 1


class BadBackup(Exception):
    """The file is no whole backup that this version can read. Nothing was changed."""


def write_backup(database: Database, path: Path, now: datetime) -> int:
    """Write everything to a new file, as of one moment, and read it back: how many rows. NotReady, OSError or BadBackup."""
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with database.everything() as (version, rows), gzip.open(unfinished, "wt", encoding="utf-8", newline="\n") as file:
            file.writelines(_lines(version, rows, now))
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        count = sum(1 for _ in read_backup(unfinished)[1])
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _lines(version: str, rows: Iterable[tuple[str, Row]], now: datetime) -> Iterator[str]:
    seen, count = hashlib.sha256(), 0
    yield _line({"kind": KIND, "format": FORMAT, "version": version, "made_at": now.isoformat()}, seen)
    for table, row in rows:
        count += 1
        yield _line([table, {name: _plain(value) for name, value in row.items()}], seen)
    yield _line({"rows": count, "sha256": seen.hexdigest()}, seen)


def _line(said: object, seen: Any) -> str:
    line = json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
    seen.update(line.encode())
    return line


def read_backup(path: Path) -> tuple[str, list[tuple[str, Row]]]:
    """The version of its tables and every row of a backup. BadBackup with a sentence that says what is wrong."""
    lines = _read_lines(path)
    head = _said(lines[0])
    if not isinstance(head, dict) or head.get("kind") != KIND:
        raise BadBackup("That file is no Piping Hot backup.")
    if head.get("format") != FORMAT or head.get("version") not in known_revisions():
        raise BadBackup("That backup is from a newer Piping Hot. Update this one first, then restore it.")
    end = _said(lines[-1])
    seen = hashlib.sha256("".join(lines[:-1]).encode()).hexdigest()
    if not isinstance(end, dict) or end.get("sha256") != seen or end.get("rows") != len(lines) - 2:
        raise BadBackup("That backup is not whole: it was cut short or changed. Take another one.")
    return str(head["version"]), [(table, _typed(row)) for table, row in map(_said, lines[1:-1])]


def _read_lines(path: Path) -> list[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            return file.readlines() or [""]
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise BadBackup("That file cannot be read as a backup. It may be cut short or be something else.") from error


def _said(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise BadBackup("That backup is not whole: it was cut short or changed. Take another one.") from error


def restore(database: Database, path: Path) -> int:
    """Put a backup in the place of all there is. How many rows. BadBackup or NotReady, and then nothing has changed."""
    version, rows = read_backup(path)
    database.replace_everything(version, rows)
    return len(rows)


def _plain(value: object) -> object:
    """A value as JSON can hold it; a moment or a day says so, because text may look like one."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return {"at": moment.astimezone(UTC).isoformat()}
    return {"on": value.isoformat()} if isinstance(value, date) else value


def _typed(row: dict[str, Any]) -> Row:
    return {name: _read(value) for name, value in row.items()}


def _read(value: Any) -> object:
    if isinstance(value, dict) and "at" in value:
        return datetime.fromisoformat(value["at"])
    return date.fromisoformat(value["on"]) if isinstance(value, dict) else value
