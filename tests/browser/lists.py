"""How does a browser test come to a household's list, and to a link to it?"""

import itertools
from typing import TYPE_CHECKING

from flask import Flask

from households import store
from households.kept import Kept
from tests.browser.waiting import until
from tests.households.conftest import NOW, PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAY = "2026-11-30"
LIST = f"/week/{DAY}/list"
_kitchens = itertools.count()


def ready(page: "Page") -> None:
    """Wait until the page's script has done all it does at the start."""
    page.locator("html[data-ready=yes]").wait_for(state="attached")


def kept_on_phone(page: "Page") -> None:
    """Wait until the phone can show this list alone. Only then may a test cut the network."""
    until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    until(page, "caches.match(location.href.split('#')[0]).then((found) => found && true)")


def open_list(page: "Page", app: Flask) -> None:
    """Begin a kitchen that keeps a week, and open its list."""
    name = f"lister {next(_kitchens)}"
    page.goto("/household/begin")
    page.get_by_label("A name for the kitchen").fill("Rosehill kitchen")
    page.get_by_label("Your user name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="I have written them down").wait_for()
    keep_week(app, name)
    page.goto(LIST)
    ready(page)


def keep_week(app: Flask, name: str) -> None:
    """Keep a week for the household of somebody, as the pages of weeks do."""
    database = app.extensions["database"]
    with database.begin(writes=False) as session:
        found = store.find_account(session, name)
    assert found, f"nobody is called {name}"
    Kept(database, found[0], NOW).keep("week", DAY, {"asked": {"servings": ["2"], "seed": ["1"]}})


def share_list(page: "Page", app: Flask) -> str:
    """Open a household's list and share it: the address of the link."""
    open_list(page, app)
    page.get_by_role("button", name="Make a link to this list").click()
    return page.locator("code").inner_text()
