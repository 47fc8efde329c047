"""How does a test wait for something in a page? Playwright's own waiting evaluates text, which our security policy stops."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def until(page: "Page", condition: str) -> None:
    """Come back once a condition in the page, or the promise of one, holds. Playwright's time limit ends it otherwise."""
    page.evaluate(f"""() => new Promise((tell) => {{
        const look = async () => ((await ({condition})) ? tell() : setTimeout(look, 50));
        look();
    }})""")
