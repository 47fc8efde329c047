"""What does Piping Hot look like? Draws docs/screenshots/ from the running app: phone and laptop, light and dark."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
SCREENSHOTS = ROOT / "docs" / "screenshots"
PAGES = {
    "check": "/",
    "food": "/foods?q=brie",
    "recipes": "/recipes",
    "recipe": "/recipes/fish-pie",
    "week": "/week/2026-11-30?servings=2&minutes=45&seed=1",
    "list": "/week/2026-11-30/list?servings=2&minutes=45&seed=1",
    "dates": "/dates",
}
SCREENS = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 800}}
SCHEMES = ["light", "dark"]
PATIENCE = 20.0
"""Seconds to wait for the app to answer."""


@contextmanager
def running_app() -> Iterator[str]:
    """The app on a free port of this machine, as http://127.0.0.1:PORT."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    sys.exit("The app did not start. Run it alone to see why: make run")


def draw(browser: Browser, address: str) -> None:
    for screen, size in SCREENS.items():
        for scheme in SCHEMES:
            context = browser.new_context(base_url=address, viewport=size, color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            for name, path in PAGES.items():
                page.goto(path)
                page.screenshot(path=SCREENSHOTS / f"{name}-{screen}-{scheme}.png")
            context.close()


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("To draw the screenshots, install Chromium: apt-get install chromium")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        draw(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
