"""How are a household's ticks, its lines by hand and its order of the aisles kept? Merged with whatever is kept already."""

from collections.abc import Callable

from foods.keeping import Keeps, Reads
from planner.aisles import order_of
from planner.ticks import Ticks

LIST, AISLES = "list", "aisles"
"""The kinds of what is kept. A list is kept under its week's first day."""
LINK = "shopping list"
"""What a link to a list opens. It is about the week's first day."""


def ticks_kept(kept: Reads, day: str) -> Ticks:
    """What happened to the list of the week that begins on a day."""
    found = kept.read(LIST, day)
    return Ticks.of(found.said) if found else Ticks()


def change_ticks(kept: Keeps, day: str, change: Callable[[Ticks], Ticks]) -> Ticks:
    """Change whatever is kept of the list, whoever else does so meanwhile: the whole list. NotAList if it is full."""
    found = kept.read(LIST, day)
    while True:
        now = Ticks.of(found.said) if found else Ticks()
        changed = change(now)
        changed.check()
        if changed == now:
            return now
        said = {**(found.said if found else {}), **changed.as_said()}
        found = kept.keep_unless_changed(LIST, day, said, found.version if found else 0)
        if found is None:
            return changed


def is_strictest(kept: Reads, day: str) -> bool:
    """Was the list shared from a device that went by more than the household's own sheets? Then all sheets count for it."""
    found = kept.read(LIST, day)
    return bool(found and found.said.get("strictest"))


def keep_strictest(kept: Keeps, day: str, strictest: bool) -> None:
    """Keep whether all sheets count for what a link to this list opens."""
    found = kept.read(LIST, day)
    while bool(found and found.said.get("strictest")) != strictest:
        said = {**(found.said if found else Ticks().as_said()), "strictest": strictest}
        found = kept.keep_unless_changed(LIST, day, said, found.version if found else 0)
        if found is None:
            return


def order_kept(kept: Reads) -> tuple[str, ...]:
    """The order of the aisles that a household keeps, else the usual one."""
    found = kept.read(AISLES)
    return order_of(found.said["order"] if found else ())


def keep_order(kept: Keeps, order: tuple[str, ...]) -> None:
    """Keep an order of the aisles. Of two people who move aisles at once the later one's order stands."""
    found = kept.read(AISLES)
    while True:
        found = kept.keep_unless_changed(AISLES, "", {"order": [*order]}, found.version if found else 0)
        if found is None:
            return
