"""Is a food ever called fine when nobody knows it, or when it is dangerous? Chance looks for a way; none may be found."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foods.food import Food, SheetSays, Verdict
from foods.names import Kind
from foods.rules import judge, judge_food
from foods.sheets import Sheet
from foods.table import read_table

TABLE, _ = read_table(Path(__file__).parents[2] / "data")
LONG = settings(max_examples=20_000, deadline=None)

HAZARDS = sorted(name for food in TABLE.foods.values() if food.verdict > Verdict.OK for name in food.names)
FINE = sorted(name for food in TABLE.foods.values() if food.verdict is Verdict.OK for name in food.names)
KNOWN = sorted({" ".join(words) for words in TABLE.names.vocabulary.states} | {*HAZARDS, *FINE})
PLAIN = sorted(" ".join(words) for words in TABLE.names.vocabulary.plain)
BETWEEN = st.sampled_from([" ", ", ", " and ", " or ", "/", " with ", " (", "\n", " - "])


WORDS_IN_USE = {word for phrase in [*KNOWN, *PLAIN] for word in TABLE.names.vocabulary.fold(phrase)}
"""Every word that stands in a name, a state or a plain phrase: beside the right food, it may make a longer name."""


def nobody_knows(word: str) -> bool:
    """Does this word stand nowhere in the table, and is it admitted to be unexplained?"""
    pieces = TABLE.names.read(word)
    explained = any(piece.kind is not Kind.UNEXPLAINED or piece.text in WORDS_IN_USE for piece in pieces)
    return bool(pieces) and not explained


unknown_words = st.text("abcdefghijklmnopqrstuvwxyzàéøß", min_size=3, max_size=12).filter(nobody_knows)
unknown_phrases = st.lists(unknown_words, min_size=1, max_size=6).map(" ".join)
plain_words = st.lists(st.sampled_from(PLAIN), max_size=3).map(" ".join)


@st.composite
def mixtures(draw: st.DrawFn, several: Sequence[st.SearchStrategy[str]]) -> str:
    """One of each, in any order, with whatever may stand between foods."""
    parts = [draw(one) for one in draw(st.permutations(several))]
    return "".join(part + draw(BETWEEN) for part in parts)


def check_unknown_words_alone(phrase: str) -> None:
    assert judge(TABLE, phrase).verdict is Verdict.UNKNOWN


def check_never_fine(phrase: str) -> None:
    assert judge(TABLE, phrase).verdict is not Verdict.OK


def check_answered(text: str, cooked: bool) -> None:
    finding = judge(TABLE, text, cooked=cooked)
    assert finding.asked == text
    assert finding.verdict in Verdict
    assert finding.why and (finding.do_this or finding.verdict is Verdict.OK)
    assert finding.verdict is not Verdict.OK or (finding.about and not finding.unexplained)


@given(unknown_phrases)
def test_unknown_words_are_never_fine(phrase: str) -> None:
    check_unknown_words_alone(phrase)


@given(mixtures([unknown_phrases, plain_words, st.sampled_from(FINE)]))
def test_an_unknown_word_beside_a_fine_food_is_never_fine(phrase: str) -> None:
    check_never_fine(phrase)


@given(mixtures([unknown_phrases, plain_words, st.sampled_from(HAZARDS)]))
def test_a_hazard_beside_unknown_words_is_never_fine(phrase: str) -> None:
    check_never_fine(phrase)


@given(mixtures([st.sampled_from(HAZARDS), st.sampled_from(["", "raw ", "cold ", "2 ", "sliced ", "ripe "])]))
def test_a_hazard_beside_plain_words_is_never_fine(phrase: str) -> None:
    check_never_fine(phrase)


@given(st.one_of(st.text(), st.lists(st.sampled_from(KNOWN + PLAIN)).map(" ".join)), st.booleans())
def test_any_text_is_answered(text: str, cooked: bool) -> None:
    check_answered(text, cooked)


@pytest.mark.long
@LONG
@given(unknown_phrases)
def test_unknown_words_are_never_fine_at_length(phrase: str) -> None:
    check_unknown_words_alone(phrase)


@pytest.mark.long
@LONG
@given(mixtures([unknown_phrases, plain_words, st.sampled_from(FINE)]))
def test_an_unknown_word_beside_a_fine_food_is_never_fine_at_length(phrase: str) -> None:
    check_never_fine(phrase)


@pytest.mark.long
@LONG
@given(mixtures([unknown_phrases, plain_words, st.sampled_from(HAZARDS)]))
def test_a_hazard_beside_unknown_words_is_never_fine_at_length(phrase: str) -> None:
    check_never_fine(phrase)


@pytest.mark.long
@LONG
@given(st.one_of(st.text(), st.lists(st.sampled_from(KNOWN + PLAIN)).map(" ".join)), st.booleans())
def test_any_text_is_answered_at_length(text: str, cooked: bool) -> None:
    check_answered(text, cooked)


FOODS = st.sampled_from(sorted(TABLE.foods.values(), key=lambda food: food.slug))
SAID = st.sampled_from([Verdict.OK, Verdict.COOK, Verdict.AVOID])
ORIGINS = st.sampled_from(sorted(TABLE.sources.values(), key=lambda source: source.slug))


@st.composite
def sheets_about(draw: st.DrawFn, food: Food) -> Sheet:
    """A sheet that may say something about this food, its class, both or neither, whoever it comes from."""
    origin = draw(ORIGINS)

    def says(about: str) -> dict[str, SheetSays]:
        verdict = draw(st.none() | SAID)
        return {about: SheetSays("made-up", about, verdict, "why", "do", origin, food.checked_on)} if verdict else {}

    return Sheet("made-up", foods=says(food.slug), classes=says(food.food_class.slug), rules={})


@given(st.data())
def test_no_sheet_goes_under_the_floor_and_no_class_row_loosens(data: st.DataObject) -> None:
    food = data.draw(FOODS)
    sheet = data.draw(sheets_about(food))
    finding = judge_food(TABLE, food, [sheet])
    assert finding.verdict >= (food.floor or Verdict.OK)
    if food.slug not in sheet.foods:
        assert finding.verdict >= food.verdict
        assert finding.if_cooked >= food.if_cooked
    elif sheet.foods[food.slug].source.kind == "patient report":
        assert finding.verdict >= food.verdict


@given(st.data())
def test_two_sheets_are_never_looser_than_either_or_the_table(data: st.DataObject) -> None:
    food = data.draw(FOODS)
    sheets = [data.draw(sheets_about(food)), data.draw(sheets_about(food))]
    both = judge_food(TABLE, food, sheets).verdict
    assert both >= max(food.verdict, *(judge_food(TABLE, food, [sheet]).verdict for sheet in sheets))


@pytest.mark.parametrize("slug", TABLE.sheets)
def test_no_shipped_sheet_goes_under_a_floor_or_loosens_a_class(slug: str) -> None:
    sheet = TABLE.sheets[slug]
    for food in TABLE.foods.values():
        finding = judge_food(TABLE, food, [sheet])
        assert finding.verdict >= (food.floor or Verdict.OK), f"{slug} loosens {food.slug} below its floor"
        assert food.slug in sheet.foods or finding.verdict >= food.verdict, f"{slug} loosens {food.slug} by its class"
