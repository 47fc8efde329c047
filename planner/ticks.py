"""What is ticked on a list that several devices hold, each at times without a signal? Ticks that merge, and lines by hand.

A line is an add-wins flag: two counters for each device, how often it ticked the line and how many of those ticks somebody
who had seen them took back. It is ticked while a device has a tick that nobody took back. Merging takes the larger of each
counter, so that order, repeats and detours do not matter. `static/ticks.js` follows this step by step.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.shopping import LONGEST_KEY

Flag = Mapping[str, tuple[int, int]]
"""device -> how often it ticked, and how many of those ticks were taken back."""

MOST_LINES, MOST_DEVICES, MOST_ADDED = 300, 60, 100
"""Lines of one list that may be ticked, devices that may tick one line, lines that may be added by hand."""
LONGEST_FOOD = 80
MOST_TICKS = 1_000_000
"""How often one device may tick one line: more than a person ever will."""
NAME = re.compile("[a-z0-9]{8,32}", re.ASCII)
"""How a device, or a line that was added by hand, is named: letters and figures taken by chance."""


class NotAList(ValueError):
    """What was sent is no list of ticks, or is more than a list may hold. The message says what to do."""


def is_ticked(flag: Flag) -> bool:
    """Does some device have a tick that nobody took back?"""
    return any(ticked > unticked for ticked, unticked in flag.values())


def ticked_by(flag: Flag, device: str) -> Flag:
    """The line once this device has ticked it. What is ticked already stays as it is."""
    if is_ticked(flag):
        return flag
    ticked, unticked = flag.get(device, (0, 0))
    return {**flag, device: (max(ticked, unticked) + 1, unticked)}


def unticked(flag: Flag) -> Flag:
    """The line once every tick that was seen here is taken back. A tick that was not seen stays."""
    return {device: (ticked, max(ticked, back)) for device, (ticked, back) in flag.items()}


def merged_flag(one: Flag, other: Flag) -> Flag:
    """One line as two devices know it: of each counter the larger."""
    devices = sorted({*one, *other})
    pairs = ((one.get(device, (0, 0)), other.get(device, (0, 0))) for device in devices)
    return {device: (max(a[0], b[0]), max(a[1], b[1])) for device, (a, b) in zip(devices, pairs, strict=True)}


@dataclass(frozen=True)
class Ticks:
    """What happened to one list: the ticks of each line, and the lines added by hand; None for one that was taken off."""

    lines: Mapping[str, Flag] = field(default_factory=dict)
    added: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def ticked(self) -> frozenset[str]:
        """The keys of the lines that are ticked."""
        return frozenset(line for line, flag in self.lines.items() if is_ticked(flag))

    @property
    def by_hand(self) -> dict[str, str]:
        """The lines added by hand that nobody took off: name -> food."""
        return {name: food for name, food in self.added.items() if food is not None}

    def tick(self, line: str, device: str) -> "Ticks":
        """The list once a device has ticked a line."""
        return Ticks({**self.lines, line: ticked_by(self.lines.get(line, {}), device)}, self.added)

    def untick(self, line: str) -> "Ticks":
        """The list once a line is unticked."""
        return Ticks({**self.lines, line: unticked(self.lines.get(line, {}))}, self.added)

    def add(self, name: str, food: str) -> "Ticks":
        """The list with one more line, under a name that nothing else has. One that was taken off does not come back."""
        return self.merge(Ticks(added={name: food}))

    def take_off(self, name: str) -> "Ticks":
        """The list without a line that was added. Its words go, its name stays, so that no device brings it back."""
        return Ticks(self.lines, {**self.added, name: None})

    def merge(self, other: "Ticks") -> "Ticks":
        """The list as two devices know it."""
        lines = sorted({*self.lines, *other.lines})
        names = sorted({*self.added, *other.added})
        return Ticks(
            {line: merged_flag(self.lines.get(line, {}), other.lines.get(line, {})) for line in lines},
            {name: _last_word([one.added[name] for one in (self, other) if name in one.added]) for name in names},
        )

    def as_said(self) -> dict[str, Any]:
        """What JSON can hold of it."""
        lines = {line: {device: [*pair] for device, pair in flag.items()} for line, flag in self.lines.items()}
        return {"ticks": lines, "added": dict(self.added)}

    @classmethod
    def of(cls, sent: object) -> "Ticks":
        """The list that was kept or sent. Raises NotAList for anything else, and for more than a list may hold."""
        match sent:
            case {"ticks": dict() as lines, "added": dict() as added}:
                read = cls({line: _flag(flag) for line, flag in lines.items()}, {**added})
            case _:
                raise NotAList("This is no list of ticks. Open the list again.")
        read.check()
        return read

    def check(self) -> None:
        """Raises NotAList where there is more than a list may hold, or a name or food that cannot be one."""
        if len(self.lines) > MOST_LINES or len(self.added) > MOST_ADDED:
            raise NotAList(f"This list is full: it takes {MOST_LINES} lines, and {MOST_ADDED} added by hand.")
        if any(len(flag) > MOST_DEVICES for flag in self.lines.values()):
            raise NotAList(f"Too many devices tick this list: {MOST_DEVICES} at most.")
        if not all(_is_line(line, LONGEST_KEY) for line in self.lines):
            raise NotAList("A line of the list has a name that is none. Open the list again.")
        if not all(
            NAME.fullmatch(name) and (food is None or _is_line(food, LONGEST_FOOD)) for name, food in self.added.items()
        ):
            raise NotAList(f"Write one food a line, in {LONGEST_FOOD} letters at most.")


def _last_word(said: Iterable[str | None]) -> str | None:
    """Of one line as two devices know it: taken off wins. Words never differ, unless somebody made them up."""
    words = [*said]
    return None if None in words else max(word for word in words if word is not None)


def _flag(said: object) -> Flag:
    if not isinstance(said, dict):
        raise NotAList("This is no list of ticks. Open the list again.")
    return {_device(device): _counters(pair) for device, pair in said.items()}


def _device(said: object) -> str:
    if isinstance(said, str) and NAME.fullmatch(said):
        return said
    raise NotAList("A device has a name that is none. Open the list again.")


def _counters(said: object) -> tuple[int, int]:
    match said:
        case [int() as ticked, int() as back] if 0 <= back <= ticked <= MOST_TICKS and bool not in (
            type(ticked),
            type(back),
        ):
            return ticked, back
    raise NotAList("A tick is counted in a way that cannot be. Open the list again.")


def _is_line(said: object, longest: int) -> bool:
    """Are these words that one line can hold: some letters, none that cannot be seen?"""
    return isinstance(said, str) and 0 < len(said) <= longest and said.isprintable() and said == said.strip()
