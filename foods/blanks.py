"""Which part of a page is the same for all? It is drawn once, with blanks where the words of whoever asks go."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

Value = TypeVar("Value")


def blank(name: str) -> str:
    """The sign of a blank. No request can hold it: the box takes it out of what is typed."""
    return f"\0{name}\0"


class Blanks:
    """A part of a page with blanks in it."""

    def __init__(self, drawn: str) -> None:
        self._pieces = tuple(re.split("(\0[a-z]+\0)", drawn))

    def filled(self, words: Mapping[str, str]) -> str:
        """The part with each blank filled: blank -> what stands there, which must be fit for a page."""
        return "".join([words.get(piece, piece) for piece in self._pieces])

    def __str__(self) -> str:
        return "".join(self._pieces)


def drawn_once(kept: dict[object, Value], most: int, key: object, draw: Callable[[], Value]) -> Value:
    """What was drawn for this key before, else drawn now. `kept` begins anew when it holds `most`."""
    if key not in kept:
        if len(kept) >= most:
            kept.clear()
        kept[key] = draw()
    return kept[key]
