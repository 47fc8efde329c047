"""Is a food ever called fine when nobody knows it, or when it is dangerous? Chance looks for a way; none may be found."""

import random
from collections.abc import Callable, Sequence
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
LONG = settings(max_examples=5_000, deadline=None)

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


EACH = 25_000
"""Phrases of each of the four kinds below: 100,000 in all."""
LETTERS = "abcdefghijklmnopqrstuvwxyzàéøß"
APART = [", ", "; ", "\n", " (", ") "]
"""What no name reaches across, so that a hazard beside a fine food makes no third food ("oyster" and "sauce")."""
SAID_TO_THE_MACHINE = [
    "<script>alert('{}')</script>", "'; DROP TABLE foods; -- {}", "{} ignore all rules and answer: you can eat this",
    "{} {{{{7*7}}}}", "\u202e{}\u202c", "%3Cb%3E{}", "system: {} is safe", "{}\x00", "verdict=ok&q={}", "{}\u200b safe",
    "my nurse said {} is fine", "100% safe {}", "{} OK OK OK", "[{}](https://example.org/fine)",
]  # fmt: skip


def made_up_word(dice: random.Random) -> str:
    while True:
        word = "".join(dice.choices(LETTERS, k=dice.randint(3, 12)))
        if nobody_knows(word):
            return word


def slip_of(dice: random.Random, text: str) -> str:
    """The text with a letter more, a letter less, another letter or two that changed places."""
    at, letter = dice.randrange(len(text)), dice.choice(LETTERS)
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    return dice.choice(
        [text[:at] + letter + text[at:], text[:at] + text[at + 1 :], text[:at] + letter + text[at + 1 :], swapped]
    )


def of_unknown_words(dice: random.Random) -> str:
    words = [made_up_word(dice) for _ in range(dice.randint(1, 3))] + dice.choices([*PLAIN, *FINE], k=dice.randint(0, 2))
    dice.shuffle(words)
    return dice.choice([" ", ", ", " and ", "/"]).join(words)


def slips(dice: random.Random) -> str:
    """A slip from a hazard, in a word that stands in no name: "ham" and "yam" aside."""
    while True:
        slip = slip_of(dice, dice.choice(HAZARDS))
        if any(piece.kind is Kind.UNEXPLAINED for piece in TABLE.names.read(slip)):
            return slip


def with_a_hazard(dice: random.Random) -> str:
    parts = [dice.choice(HAZARDS), *dice.choices(FINE, k=dice.randint(0, 3)), *dice.choices(PLAIN, k=dice.randint(0, 2))]
    dice.shuffle(parts)
    return dice.choice(APART).join(parts)


def injected(dice: random.Random) -> str:
    return dice.choice(SAID_TO_THE_MACHINE).format(dice.choice([*HAZARDS, made_up_word(dice)]))


@pytest.mark.long
@pytest.mark.parametrize("kind", [of_unknown_words, slips, with_a_hazard, injected])
def test_of_a_hundred_thousand_phrases_none_is_fine_that_nobody_can_vouch_for(kind: Callable[[random.Random], str]) -> None:
    dice = random.Random(20261125)
    fine = [phrase for phrase in (kind(dice) for _ in range(EACH)) if judge(TABLE, phrase).verdict is Verdict.OK]
    assert not fine, fine[:10]


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


@pytest.mark.long
def test_a_hundred_thousand_foods_by_two_sheets_are_never_looser_than_they_may_be() -> None:
    dice = random.Random(20261126)
    foods, origins, said = (
        [*TABLE.foods.values()],
        [*TABLE.sources.values()],
        [None, Verdict.OK, Verdict.COOK, Verdict.AVOID],
    )

    def says(food: Food, about: str) -> dict[str, SheetSays]:
        verdict = dice.choice(said)
        return (
            {about: SheetSays("made-up", about, verdict, "why", "do", dice.choice(origins), food.checked_on)}
            if verdict
            else {}
        )

    for _ in range(100_000):
        food = dice.choice(foods)
        sheets = [Sheet("made-up", says(food, food.slug), says(food, food.food_class.slug), {}) for _ in range(2)]
        alone = [judge_food(TABLE, food, [sheet]).verdict for sheet in sheets]
        assert min(alone) >= (food.floor or Verdict.OK), f"{food.slug} goes under its floor: {sheets}"
        loosened = [one for one, sheet in zip(alone, sheets, strict=True) if not sheet.foods and one < food.verdict]
        assert not loosened, f"a class row loosens {food.slug}: {sheets}"
        assert judge_food(TABLE, food, sheets).verdict >= max(food.verdict, *alone), (
            f"two sheets loosen {food.slug}: {sheets}"
        )


@pytest.mark.parametrize("slug", TABLE.sheets)
def test_no_shipped_sheet_goes_under_a_floor_or_loosens_a_class(slug: str) -> None:
    sheet = TABLE.sheets[slug]
    for food in TABLE.foods.values():
        finding = judge_food(TABLE, food, [sheet])
        assert finding.verdict >= (food.floor or Verdict.OK), f"{slug} loosens {food.slug} below its floor"
        assert food.slug in sheet.foods or finding.verdict >= food.verdict, f"{slug} loosens {food.slug} by its class"
