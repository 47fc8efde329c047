"""Is a save that was acknowledged still there after the process that made it was killed at any moment?

A writer in a process of its own begins households, keeps documents and changes them, and says each only once it is kept.
It is killed with SIGKILL again and again; on PostgreSQL the server is stopped under it too, as if it had been killed.
"""

import multiprocessing
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import text

from households import store
from households.store import Database, NotReady
from tests.databases import Server, own_postgresql
from tests.households.conftest import NOW

pytestmark = pytest.mark.long

SEED = 20261125
AWAY = b"away"
AT_MOST = 0.4
"""Seconds until a writer is killed, at most; it makes a few dozen saves in that time."""
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.households.test_kill"])


def is_soak() -> bool:
    """Is this the full length?"""
    return hypothesis.settings.default.max_examples >= 5_000  # type: ignore[union-attr]


def said(number: int, version: int) -> dict[str, Any]:
    """What the document of a household says in one of its versions: long enough to fill several pages of a file."""
    return {"number": number, "version": version, "lines": [f"line {number}.{version}"] * 300}


def write(url: str, start: int, acknowledge: Connection) -> None:
    """Save without end, from household `start` on, and say (number, version) after each save that is kept."""
    try:
        _write(Database(url), start, acknowledge)
    except NotReady:
        acknowledge.send_bytes(AWAY)


def _write(database: Database, start: int, acknowledge: Connection) -> None:
    for number in range(start, start + 1_000_000):
        with database.begin() as session:
            account = store.begin_household(session, f"Kitchen {number}", f"name {number}", "a hash", NOW)
            store.keep(session, account, "recipe", "pie", said(number, 1), 0, NOW)
        acknowledge.send_bytes(f"{number} 1".encode())
        with database.begin() as session:
            store.keep(session, account, "recipe", "pie", said(number, 2), 1, NOW)
        acknowledge.send_bytes(f"{number} 2".encode())


@dataclass
class Writing:
    """Writers that are killed one after the other, and what they acknowledged: household -> newest version."""

    url: str
    dice: random.Random
    kept: dict[int, int] = field(default_factory=dict)
    begun: int = 0
    found_it_away: int = 0

    def kill_one(self, also: Server | None = None) -> None:
        """Start a writer, let it save for a moment, kill it, and note what it had acknowledged."""
        heard, acknowledge = _processes.Pipe(duplex=False)
        writer = _processes.Process(target=write, args=(self.url, self.begun, acknowledge))
        writer.start()
        acknowledge.close()
        self._hear(heard.recv_bytes())
        time.sleep(self.dice.uniform(0, AT_MOST))
        if also:
            also.stop()
        writer.kill()
        writer.join()
        self._hear_the_rest(heard)
        self.begun = max(self.kept) + 2

    def _hear_the_rest(self, heard: Connection) -> None:
        while True:
            try:
                self._hear(heard.recv_bytes())
            except (EOFError, OSError):
                return

    def _hear(self, message: bytes) -> None:
        if message == AWAY:
            self.found_it_away += 1
            return
        number, version = map(int, message.split())
        self.kept[number] = version


def complaints(database: Database, kept: dict[int, int]) -> Iterator[str]:
    """What was lost, half kept, or is not as it was acknowledged."""
    with database.begin(writes=False) as session:
        people = {account.name: account.household for account in store.everybody(session)}
        for number, version in kept.items():
            found = store.read_kept(session, people.get(f"name {number}", 0), "recipe", "pie")
            if found is None or found.version < version:
                yield f"household {number} was acknowledged in version {version} and is {found and found.version}"
        for name, household in people.items():
            documents = store.all_kept(session, household)
            whole = [said(int(name.split()[1]), document.version) for document in documents]
            if len(documents) != 1 or documents[0].said != whole[0]:
                yield f"{name} is half kept"
        if database.is_sqlite and (answer := session.scalar(text("pragma integrity_check"))) != "ok":
            yield f"the file is not sound: {answer}"


def test_on_sqlite_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    writing = Writing(f"sqlite:///{tmp_path}/kept.db", random.Random(SEED))
    database = Database(writing.url)
    database.upgrade()
    kills = 300 if is_soak() else 40
    for _ in range(kills):
        writing.kill_one()
        with database.begin(writes=False) as session:
            assert session.scalar(text("pragma quick_check")) == "ok"
    assert not list(complaints(database, writing.kept))
    print(f"{kills} kills, {sum(writing.kept.values())} acknowledged saves")  # noqa: T201
    assert sum(writing.kept.values()) > 2 * kills, "the writers saved too little to show anything"
    assert writing.found_it_away == 0, "a writer was told that the database is locked"
    database.engine.dispose()


def test_on_postgresql_nothing_acknowledged_is_lost() -> None:
    with own_postgresql() as server:
        writing = Writing(server.address, random.Random(SEED))
        database = Database(writing.url)
        database.upgrade()
        kills = 100 if is_soak() else 15
        for number in range(kills):
            with_server = number % 5 == 4
            writing.kill_one(server if with_server else None)
            if with_server:
                server.start()
        assert not list(complaints(database, writing.kept))
        print(f"{kills} kills, {sum(writing.kept.values())} acknowledged saves")  # noqa: T201
        assert sum(writing.kept.values()) > 2 * kills, "the writers saved too little to show anything"
        assert writing.found_it_away <= kills // 5
        database.engine.dispose()
