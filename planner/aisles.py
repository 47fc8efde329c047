"""In which order are the aisles of this shop? The usual one, or the one that a person made of it."""

from collections.abc import Iterable, Sequence

from planner.shopping import AISLE_NAMES, OTHER

USUAL = tuple(AISLE_NAMES)
BETWEEN, ASK = ".", "ask"
"""How a device keeps an order: short names with points between, and a name for the aisle that has none."""
UP, DOWN = -1, 1


def order_of(said: Iterable[object]) -> tuple[str, ...]:
    """An order of all the aisles: those named first, in their order, then the others as usual. What is none is left out."""
    return tuple(dict.fromkeys([*(one for one in said if isinstance(one, str) and one in AISLE_NAMES), *USUAL]))


def read_order(kept: str) -> tuple[str, ...]:
    """The order that a device kept. What cannot be read is left out."""
    return order_of(OTHER if one == ASK else one for one in kept.split(BETWEEN)[: len(USUAL)] if one != OTHER)


def as_kept(order: Sequence[str]) -> str:
    """The order as a device keeps it; empty for the usual one, which needs no keeping."""
    return "" if tuple(order) == USUAL else BETWEEN.join(one or ASK for one in order)


def moved(order: Sequence[str], aisle: str, by: int) -> tuple[str, ...]:
    """The order with one aisle a place further up or down; as it was where there is no such aisle or place."""
    places = [*order]
    if aisle not in places or not 0 <= (to := places.index(aisle) + by) < len(places):
        return tuple(order)
    places.remove(aisle)
    places.insert(to, aisle)
    return tuple(places)
