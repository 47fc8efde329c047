"""Does a device's list of questions come back as it was kept, whatever was asked, and never outgrow a cookie?"""

import pytest

from foods.questions import (
    LONGEST_QUESTION,
    MOST_BYTES,
    MOST_QUESTIONS,
    ListIsFull,
    as_kept,
    read_questions,
    with_question,
    without_question,
)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Can I eat brie?", id="plain"),
        pytest.param('Käse ~ pâté; 奶酪, "quoted" = 100% & more+', id="signs that cookies mind"),
        pytest.param("<b>moss</b> '; DROP TABLE", id="markup and SQL"),
        pytest.param("هل يمكنني", id="right to left"),
    ],
)
def test_a_question_comes_back_as_it_was_asked(question: str) -> None:
    kept = as_kept(with_question((), question))
    assert read_questions(kept) == (question,)
    assert kept.isascii() and not set(kept) & set(' ";,\\')


def test_the_order_is_kept_and_a_question_stands_once() -> None:
    questions = with_question(with_question(with_question((), "b?"), "a?"), " b? \n")
    assert questions == ("b?", "a?")
    assert without_question(questions, 1) == ("a?",)
    assert without_question(questions, 7) == questions


def test_a_list_that_is_full_says_what_to_do() -> None:
    full = tuple(f"May I eat food number {number}?" for number in range(MOST_QUESTIONS))
    with pytest.raises(ListIsFull, match="Print it, then take some questions off"):
        with_question(full, "One more?")
    assert with_question(full, full[0]) == full


def test_letters_that_take_much_room_fill_it_sooner() -> None:
    questions: tuple[str, ...] = ()
    with pytest.raises(ListIsFull):
        for number in range(MOST_QUESTIONS):
            questions = with_question(questions, f"{number}" + "奶" * LONGEST_QUESTION)
    assert questions and len(as_kept(questions)) <= MOST_BYTES


@pytest.mark.parametrize("kept", ["", "!!!", "%ff%fe", "x" * 100_000, "a?!a?!\x00", "%00~%0a"])
def test_whatever_a_device_sends_is_read(kept: str) -> None:
    found = read_questions(kept)
    assert all(0 < len(one) <= LONGEST_QUESTION and one.isprintable() for one in found)
