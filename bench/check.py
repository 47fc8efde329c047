"""What does one check cost? Requests a second of GET /foods?q=… beside a bare page that renders one template.

Run it with `.venv/bin/python bench/check.py`. Waitress, which serves the app, serves both, each in a process of its own.
They are asked over one kept connection, turn about, so that they share the machine's good and bad moments. What counts is
the time that the serving process works. It prints both rates and their ratio, and asserts nothing.
"""

import http.client
import logging
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask import Flask, render_template
from jinja2 import DictLoader
from waitress import create_server

from app import create_app

PHRASES = (
    "brie", "ham", "smoked salmon", "goat's cheese", "tinned tuna", "steak well done", "prawn cocktail", "cheddar or brie",
    "frumious bandersnatch", "100g ripe brie, sliced",
)  # fmt: skip
ROUNDS, TIMES = 15, 10
BARE = "<!doctype html><html lang=en><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1></body></html>"


def bare_page() -> Flask:
    """An app with one page that renders one template."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"bare.html": BARE})
    app.add_url_rule("/foods", "page", lambda: render_template("bare.html", title="Can I eat this?"))
    return with_clock(app)


def check_page() -> Flask:
    """Our app, with a page that says how long its process has worked."""
    return with_clock(create_app())


def with_clock(app: Flask) -> Flask:
    """The app, which says at /worked how long its process has worked, before it asks who may know."""
    answers = app.wsgi_app

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"] != "/worked":
            return answers(environ, start)
        start("200 OK", [("Content-Type", "text/plain")])
        return [str(time.process_time()).encode()]

    app.wsgi_app = wsgi  # type: ignore[method-assign]
    return app


def serve(make: Callable[[], Flask], say_port: Connection) -> None:
    """Serve an app on a port that the system chooses."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(make(), host="127.0.0.1", port=0, threads=2)
    say_port.send(server.effective_port)
    server.run()


def ask(connection: http.client.HTTPConnection, address: str) -> bytes:
    """What the page at this address says."""
    connection.request("GET", address)
    return connection.getresponse().read()


def seconds_worked(connection: http.client.HTTPConnection) -> float:
    """Seconds of the processor that answering each phrase a few times takes, by the server's own clock."""
    start = float(ask(connection, "/worked"))
    for phrase in PHRASES * TIMES:
        ask(connection, "/foods?" + urlencode({"q": phrase}))
    return float(ask(connection, "/worked")) - start


def rates_of(connections: dict[str, http.client.HTTPConnection]) -> dict[str, float]:
    """Requests a second of each, medians over the rounds, after one that does not count."""
    rounds: dict[str, list[float]] = {name: [] for name in connections}
    for _ in range(ROUNDS + 1):
        for name, connection in connections.items():
            rounds[name].append(seconds_worked(connection))
    return {name: len(PHRASES) * TIMES / statistics.median(spent[1:]) for name, spent in rounds.items()}


def main() -> None:
    """Print requests a second of both, and the ratio."""
    processes, connections = [], {}
    for name, make in {"bare page": bare_page, "one check": check_page}.items():
        here, there = multiprocessing.Pipe()
        processes.append(multiprocessing.Process(target=serve, args=(make, there), daemon=True))
        processes[-1].start()
        connections[name] = http.client.HTTPConnection("127.0.0.1", here.recv())
    rates = rates_of(connections)
    for process in processes:
        process.terminate()
    for name, rate in rates.items():
        sys.stdout.write(f"{name}: {rate:6.0f} requests a second\n")
    sys.stdout.write(f"ratio: {rates['one check'] / rates['bare page']:.2f}\n")


if __name__ == "__main__":
    main()
