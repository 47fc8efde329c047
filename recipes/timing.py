"""For how long does a step say to cook? For the timers of the cooking view."""

import re
from fractions import Fraction

_TIME = re.compile(
    r"(?<![\d/.])(?P<first>\d+(?: ?[½¼¾])?(?: 1/2)?|[½¼¾]|an?|one|half an?)"
    r"(?: ?(?:-|–|to|or) ?(?P<last>\d+(?: ?[½¼¾])?(?: 1/2)?))?"
    r"(?: more)? (?P<unit>minutes?|hours?)\b"
)
LONGEST = 12 * 60
"""Minutes. A longer wait needs no timer beside the stove."""


def minutes_in(step: str) -> list[int]:
    """Each time that a step gives, in whole minutes and in its order, the longer one of a range; each once."""
    found = []
    for time in _TIME.finditer(step.lower()):
        each = 60 if time["unit"].startswith("hour") else 1
        minutes = _number(time["last"] or time["first"]) * each
        if minutes.denominator == 1 and 1 <= minutes <= LONGEST:
            found.append(int(minutes))
    return list(dict.fromkeys(found))


def _number(text: str) -> Fraction:
    if text in ("a", "an", "one"):
        return Fraction(1)
    if text.startswith("half"):
        return Fraction(1, 2)
    parts = text.replace("½", " 1/2").replace("¼", " 1/4").replace("¾", " 3/4").split()
    return sum((Fraction(part) for part in parts), Fraction(0))
