"""What does a browser test stand on? A server of our own on this machine, and Debian's Chromium."""

import importlib.util
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.serving import make_server

from households.household import FROM_ONE_NETWORK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def chromium() -> str:
    """Where Chromium is. Without it, or without Playwright, the test is skipped; REQUIRE_BROWSER=1 makes it fail."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path and importlib.util.find_spec("playwright"):
        return path
    advice = "to run the browser tests: sudo apt-get install chromium, then make test"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1 and there is no browser; {advice}", pytrace=False)
    pytest.skip(advice)


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test that waited in vain is run once more, and the summary says so: see docs/decisions/0051."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))


def pytest_runtest_setup() -> None:
    """Asked here, not in a fixture, because then every skipped test shares one line of the summary."""
    chromium()


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """The app served on a free port of this machine, as http://127.0.0.1:PORT."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session", autouse=True)
def _many_kitchens() -> "Iterator[None]":
    """All these browsers sit in one network, and begin more kitchens than anybody may within the hour."""
    usual = FROM_ONE_NETWORK["begin"]
    FROM_ONE_NETWORK["begin"] = 10_000
    yield
    FROM_ONE_NETWORK["begin"] = usual


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: "Browser", address: str) -> "Iterator[Page]":
    """A fresh window without cookies. page.goto("/foods?q=brie") opens an address of our own server."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
