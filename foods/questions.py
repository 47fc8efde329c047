"""Which questions does a person keep for the nurse? A short list that fits into one cookie on their own device."""

from collections.abc import Sequence
from urllib.parse import quote_plus, unquote_plus

LONGEST_QUESTION = 160
"""Letters."""
MOST_QUESTIONS = 20
MOST_BYTES = 3_500
"""A browser keeps 4,096 bytes of one cookie, its name and its rules among them."""
BETWEEN = "!"


class ListIsFull(Exception):
    """No more fits on this device. The message says what to do."""


def read_questions(kept: str) -> tuple[str, ...]:
    """The questions that a device kept, in the order they were added. What cannot be read is left out."""
    found = (_tidied(unquote_plus(part, errors="ignore")) for part in kept[:MOST_BYTES].split(BETWEEN))
    return tuple(dict.fromkeys(one for one in found if one))[:MOST_QUESTIONS]


def as_kept(questions: Sequence[str]) -> str:
    """The questions as a device keeps them: letters that any cookie may hold."""
    return BETWEEN.join(quote_plus(one, safe="") for one in questions)


def with_question(questions: Sequence[str], question: str) -> tuple[str, ...]:
    """The list with one more question, or as it was if the question is there already. ListIsFull when it does not fit."""
    longer = tuple(dict.fromkeys((*questions, _tidied(question))))
    if len(longer) > MOST_QUESTIONS or len(as_kept(longer)) > MOST_BYTES:
        raise ListIsFull("Your list is full. Print it, then take some questions off.")
    return longer


def without_question(questions: Sequence[str], number: int) -> tuple[str, ...]:
    """The list without its question of this number, counted from 1; as it was if there is none."""
    return tuple(one for place, one in enumerate(questions, 1) if place != number)


def _tidied(question: str) -> str:
    seen = "".join(sign if sign.isprintable() else " " for sign in question)
    return " ".join(seen.split())[:LONGEST_QUESTION].strip()
