"""Does a backup hold everything, and does restoring put back just that, or nothing? On both databases and across them."""

import gzip
import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from foods.store import FoodReport
from households import store
from households.backup import BadBackup, read_backup, restore, write_backup
from households.household import Role
from households.store import Database, NotReady
from tests.databases import empty_database
from tests.households.conftest import NOW

ROWS = 40


def fill(database: Database, households: int = ROWS) -> None:
    """Households with something in every table, and odd letters in every name."""
    with database.begin() as session:
        for number in range(households):
            account = store.begin_household(session, f"Küche {number} 🍲\n'\"", f"Zoë {number}", "a hash", NOW)
            store.sign_in(session, account.key, f"token {number}", "A browser", NOW + timedelta(microseconds=number))
            store.invite(session, account.household, Role.READER, f"link {number}", NOW)
            store.keep_recovery_codes(session, account.key, [f"code {number}"])
            store.share(session, account.household, "recipe", "fish-pie", f"share {number}", NOW)
            store.keep(session, account, "recipe", f"{number}", {"name": "Crème 🍮", "lines": ["1 egg"] * 9}, 0, NOW)
            store.note_attempt(session, "sign-in", f"Zoë {number}", NOW)
            session.add(FoodReport(key=f"{number}", name="Zoog", times=1, first_on=date(2026, 3, 2), last_on=NOW.date()))


def everything_in(database: Database, tmp_path: Path) -> list[tuple[str, store.Row]]:
    file = tmp_path / f"{next(_numbers)}.backup"
    write_backup(database, file, NOW)
    return read_backup(file)[1]


_numbers = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second empty database, once of each kind."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path}/other.db")
        yield opened
        opened.engine.dispose()
        return
    with empty_database(request.getfixturevalue("server"), f"other_{next(_numbers)}") as address:
        opened = Database(address)
        opened.upgrade()
        yield opened
        opened.engine.dispose()


def test_what_is_restored_is_equal_row_by_row(database: Database, other: Database, tmp_path: Path) -> None:
    fill(database)
    count = write_backup(database, tmp_path / "backup", NOW)
    fill(other, 3)
    assert restore(other, tmp_path / "backup") == count == ROWS * 9
    assert everything_in(other, tmp_path) == everything_in(database, tmp_path)
    with other.begin() as session:
        assert store.begin_household(session, "New", "New", "a hash", NOW).household > ROWS, (
            "new rows are numbered after the old ones"
        )


@pytest.mark.long
def test_two_thousand_recipes_come_back_row_by_row(database: Database, other: Database, tmp_path: Path) -> None:
    fill(database, 2_000)
    write_backup(database, tmp_path / "backup", NOW)
    restore(other, tmp_path / "backup")
    restored = everything_in(other, tmp_path)
    assert sum(table == "kept" for table, _ in restored) == 2_000
    assert restored == everything_in(database, tmp_path)


def test_a_backup_is_of_one_moment_though_the_app_goes_on(database: Database) -> None:
    fill(database, 3)
    with database.everything() as (_, rows):
        first = next(rows)
        fill_more(database)
        tables = [first[0], *(table for table, _ in rows)]
    assert tables.count("household") == 3


def fill_more(database: Database) -> None:
    with database.begin() as session:
        store.begin_household(session, "Late", "Late", "a hash", NOW)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _without_a_row(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    return gzip.compress(b"".join(lines[:1] + lines[2:]))


def _changed(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b"patient", b"readers"))


def _newer(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b'"version":"', b'"version":"9'))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(_cut, "cannot be read as a backup", id="cut short"),
        pytest.param(_without_a_row, "not whole", id="a row is missing"),
        pytest.param(_changed, "not whole", id="a word was changed"),
        pytest.param(_newer, "from a newer Piping Hot", id="from a newer version"),
        pytest.param(lambda _: b"", "no Piping Hot backup|not whole", id="empty"),
        pytest.param(lambda _: b"SQLite format 3\x00" * 99, "cannot be read as a backup", id="a database file"),
        pytest.param(lambda _: gzip.compress(b'{"recipes": []}\n'), "no Piping Hot backup", id="another program's file"),
        pytest.param(lambda _: gzip.compress(b"\xff\xfe"), "cannot be read as a backup", id="no text"),
    ],
)
def test_a_bad_file_is_refused_and_what_was_there_stays(
    database: Database, tmp_path: Path, spoil: Callable[[bytes], bytes], sentence: str
) -> None:
    fill(database, 3)
    write_backup(database, tmp_path / "backup", NOW)
    before = everything_in(database, tmp_path)
    (tmp_path / "bad").write_bytes(spoil((tmp_path / "backup").read_bytes()))
    with pytest.raises(BadBackup, match=sentence):
        restore(database, tmp_path / "bad")
    assert everything_in(database, tmp_path) == before


def test_a_restore_that_fails_halfway_changes_nothing(database: Database, tmp_path: Path) -> None:
    fill(database, 3)
    before = everything_in(database, tmp_path)
    # A row that hangs on a household which is not in the file: the database refuses it at the very end.
    orphan = (
        "account",
        {**next(row for table, row in before if table == "account"), "household_id": 10_000, "folded": "x", "id": 99},
    )
    rows = sorted([*before, orphan], key=lambda row: [*dict.fromkeys(table for table, _ in before)].index(row[0]))
    with pytest.raises(Exception, match="(?i)foreign key"):
        database.replace_everything("0001", rows)
    assert everything_in(database, tmp_path) == before


def test_a_backup_that_cannot_be_written_leaves_no_file(database: Database, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_backup(database, tmp_path / "no" / "such" / "folder", NOW)
    with pytest.raises(NotReady):
        write_backup(Database("sqlite:////proc/no/such.db"), tmp_path / "backup", NOW)
    assert not (tmp_path / "backup").exists() and not list(tmp_path.glob("*.unfinished"))
