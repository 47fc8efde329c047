"""Which database does a test run on? SQLite always, and a PostgreSQL server that the tests start themselves where they can.

`TEST_DATABASE_URL` names a server that is there already. Else Debian's own programs are started on a socket in a folder of
their own. REQUIRE_POSTGRESQL=1 makes a test fail that finds neither, instead of skipping it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

ADVICE = "to run the tests on PostgreSQL too: sudo apt-get install postgresql, then make test"
DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of the newest PostgreSQL on this machine."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda program: int(program.parts[-3]))
    return found[-1].parent if found else None


def _as_owner(folder: Path, *command: object) -> None:
    """PostgreSQL refuses to run as root, so root hands it to the user that Debian made for it."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        words = ["runuser", "-u", "postgres", "--", *words]
    subprocess.run(words, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server that holds nothing. Skips, or fails when one is required."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    where = programs()
    if where is None:
        (pytest.fail if os.environ.get("REQUIRE_POSTGRESQL") == "1" else pytest.skip)(ADVICE)
    folder = Path(tempfile.mkdtemp(prefix="piping-hot-pg-"))
    data = folder / "data"
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=100"
    _as_owner(folder, where / "initdb", "-D", data, "-A", "trust", "-U", "test", "-N", "--no-locale", "-E", "UTF8")
    _as_owner(folder, where / "pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql+psycopg://test@/postgres?host={folder}"
    finally:
        _as_owner(folder, where / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def empty_database(server: str, name: str) -> Iterator[str]:
    """The address of a new database on a server, which goes again afterwards."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'create database "{name}"'))
    yield engine.url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f'drop database "{name}" with (force)'))
    engine.dispose()
