"""How does a test wait for something in a page? Playwright's own waiting evaluates text, which our security policy stops."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 30_000
"""Milliseconds. Playwright sets no limit of its own on what a page evaluates: without one a missed moment waits for ever."""


def until(page: "Page", condition: str) -> None:
    """Come back once a condition in the page, or the promise of one, holds. Fails when it does not within PATIENCE."""
    held = page.evaluate(f"""() => new Promise((tell) => {{
        const last = Date.now() + {PATIENCE};
        const look = async () => {{
            if (await ({condition})) tell(true);
            else if (Date.now() > last) tell(false);
            else setTimeout(look, 50);
        }};
        look();
    }})""")
    assert held, f"never came true within {PATIENCE // 1000} seconds: {condition}"
