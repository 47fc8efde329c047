"""How many people can use two processes at once? 50 clients that read and write on loopback, on SQLite and on PostgreSQL.

Run it with `.venv/bin/python bench/load.py`, or `--seconds 20 --clients 50`. It starts two processes of the app on free
ports of this machine, and a PostgreSQL server of its own where Debian's is installed, and stops them all again. It prints
what came back and asserts nothing: figures differ between machines. It asks nothing of any other machine.
"""

import argparse
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent))

from households import store
from households.store import Database
from tests.databases import own_postgresql, programs

ROOT = Path(__file__).parent.parent
PROCESSES = 2
READS = ("/foods?q=brie", "/foods?q=cheddar", "/recipes", "/recipes/fish-pie", "/household", "/household")
WRITES = ("/household/share-days", "/household/invite")
A_WRITE_IN = 5
"""One request in so many changes something."""
NOW = datetime.now(UTC)


@dataclass
class Heard:
    """What came back to all clients: how often each status, and how long each answer took in seconds."""

    statuses: Counter[str] = field(default_factory=Counter)
    took: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "write": []})


@dataclass
class Client:
    """One person's browser, which is signed in and asks one thing after the other."""

    port: int
    token: str
    dice: random.Random
    heard: Heard

    def run(self, until: float) -> None:
        """Ask until then."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while time.monotonic() < until:
            try:
                self._ask(connection)
            except (OSError, http.client.HTTPException) as error:
                self.heard.statuses[type(error).__name__] += 1
                connection.close()
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection) -> None:
        writes = self.dice.randrange(A_WRITE_IN) == 0
        start = time.perf_counter()
        headers = {"Cookie": f"signed-in={self.token}", "Sec-Fetch-Site": "same-origin"}
        if writes:
            body = urlencode({"share": self.dice.choice(("yes", "no")), "role": "reader"})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", self.dice.choice(WRITES), body, headers)
        else:
            connection.request("GET", self.dice.choice(READS), headers=headers)
        answer = connection.getresponse()
        answer.read()
        self.heard.took["write" if writes else "read"].append(time.perf_counter() - start)
        self.heard.statuses[f"{answer.status}"] += 1


def fill(database: Database, clients: int, households: int) -> list[str]:
    """Households with a document or two each; the tokens of as many of them as there are clients."""
    tokens = [f"token-{number}" for number in range(clients)]
    with database.begin() as session:
        for number in range(households):
            account = store.begin_household(session, f"Kitchen {number}", f"name {number}", "a hash", NOW)
            store.keep(session, account, "recipe", "pie", {"lines": ["100 g flour"] * 12}, 0, NOW)
            if number < clients:
                store.sign_in(session, account.key, tokens[number], "A browser", NOW)
    return tokens


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(url: str, log: Path) -> Iterator[list[int]]:
    """The ports of the app's processes on this machine, once each of them is ready."""
    ports = [free_port() for _ in range(PROCESSES)]
    with log.open("ab") as said:
        running = [
            subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url, "PORT": str(port)},
                stdout=said,
                stderr=said,
            )
            for port in ports
        ]
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def wait_for(port: int, seconds: float = 120) -> None:
    """Until the app answers on this port."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    sys.exit(f"nothing answers on port {port}")


def measure(url: str, asked: argparse.Namespace, log: Path) -> Heard:
    """What comes back while all clients ask for so many seconds."""
    database = Database(url)
    database.upgrade()
    tokens = fill(database, asked.clients, asked.households)
    database.engine.dispose()
    heard = Heard()
    with served(url, log) as ports:
        until = time.monotonic() + asked.seconds
        clients = [
            Client(ports[number % PROCESSES], token, random.Random(number), heard) for number, token in enumerate(tokens)
        ]
        threads = [threading.Thread(target=client.run, args=(until,)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return heard


def row(name: str, heard: Heard, seconds: float, log: Path) -> str:
    """One line of the table."""
    count = sum(heard.statuses.values())
    errors = sum(times for status, times in heard.statuses.items() if not status.startswith(("2", "3")))
    locked = log.read_text("utf-8", "replace").count("locked")
    times = "  ".join(f"{kind} {percentiles(took)}" for kind, took in heard.took.items())
    return f"{name:10} {count / seconds:8.1f} {count:8} {errors:6} {locked:6}  {times}  {dict(heard.statuses)}\n"


def percentiles(took: list[float]) -> str:
    """Half of the answers, and 95 of 100, took at most so long, in milliseconds."""
    if len(took) < 2:
        return "-"
    cuts = statistics.quantiles(took, n=20)
    return f"{1000 * cuts[9]:.0f}/{1000 * cuts[18]:.0f} ms"


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/load.db"


@contextmanager
def postgresql(_: Path) -> Iterator[str]:
    with own_postgresql() as server:
        yield server.address


def main() -> None:
    """Print one row for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--households", type=int, default=1000)
    asked = parser.parse_args()
    kinds: dict[str, Callable[[Path], object]] = {"SQLite": sqlite, **({"PostgreSQL": postgresql} if programs() else {})}
    sys.stdout.write(f"{PROCESSES} processes, {asked.clients} clients, {asked.seconds:.0f} s, one in {A_WRITE_IN} writes\n")
    sys.stdout.write("database   requests/s    all errors locked  half/95 of 100 answers within\n")
    for name, opened in kinds.items():
        with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as url:  # type: ignore[attr-defined]
            log = Path(folder) / "log"
            heard = measure(str(url), asked, log)
            sys.stdout.write(row(name, heard, asked.seconds, log))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
