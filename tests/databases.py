"""Which database does a test run on? SQLite always, and a PostgreSQL server that the tests start themselves where they can.

`TEST_DATABASE_URL` names a server that is there already. Else Debian's own programs are started on a socket in a folder of
their own. REQUIRE_POSTGRESQL=1 makes a test fail that finds neither, instead of skipping it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of our own, which can be stopped and started."""

    folder: Path
    programs: Path

    @property
    def address(self) -> str:
        """Where a client finds it."""
        return f"postgresql+psycopg://test@/postgres?host={self.folder}"

    def start(self) -> None:
        """Serve on a socket in its folder, and on no network."""
        settings = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=100"
        self._control("-o", settings, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop at once, as if it were killed: nothing is tidied up, so the next start repairs."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: object) -> None:
        _as_owner(self.folder, self.programs / "pg_ctl", "-D", self.folder / "data", *words)


@contextmanager
def own_postgresql() -> Iterator[Server]:
    """A server that a test may stop. Skips, or fails when one is required."""
    where = programs()
    if where is None:
        (pytest.fail if os.environ.get("REQUIRE_POSTGRESQL") == "1" else pytest.skip)(ADVICE)
    server = Server(Path(tempfile.mkdtemp(prefix="piping-hot-pg-")), where)
    data = server.folder / "data"
    _as_owner(server.folder, where / "initdb", "-D", data, "-A", "trust", "-U", "test", "-N", "--no-locale", "-E", "UTF8")
    server.start()
    try:
        yield server
    finally:
        # A test that failed may have left it stopped.
        with suppress(subprocess.CalledProcessError):
            server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def replica_of(server: Server) -> Iterator[Server]:
    """A second server that follows the first one, as docs/hosting.md makes it."""
    replica = Server(Path(tempfile.mkdtemp(prefix="piping-hot-pg-")), server.programs)
    copied = ["--host", server.folder, "--username", "test", "--pgdata", replica.folder / "data", "--write-recovery-conf"]
    _as_owner(replica.folder, server.programs / "pg_basebackup", *copied, "--create-slot", "--slot", "replica")
    replica.start()
    try:
        yield replica
    finally:
        with suppress(subprocess.CalledProcessError):
            replica.stop()
        shutil.rmtree(replica.folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server that holds nothing. Skips, or fails when one is required."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with own_postgresql() as server:
        yield server.address


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
