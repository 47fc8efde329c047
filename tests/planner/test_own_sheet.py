"""Does a sheet that a person enters say what they said, stay above the floors, and come back whole from its file?"""

import itertools
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from foods.datafile import Mistake, Row
from foods.food import Verdict
from foods.rules import judge
from foods.sheets import read_sheets
from foods.table import FoodTable, read_table
from planner.leaflet import (
    BY_KEY,
    NEVER_OUT,
    ONLY_COOKED,
    QUESTIONS,
    SCREENS,
    WHOLE_KINDS,
    FoodQuestion,
    NotAnAnswer,
    NumberQuestion,
    read_answer,
    read_end,
    read_start,
    read_version,
)
from planner.own_sheet import FILE_VERSION, LARGEST_FILE, NotASheet, OwnSheet
from planner.protocol import Anchor, read_protocols
from planner.window import joined, windows_of

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def table(app: Flask) -> FoodTable:
    found: FoodTable = app.extensions["facts"].table
    return found


def own(**answers: str) -> OwnSheet:
    return OwnSheet.of({"name": "Harbour Hospital", **answers}, TODAY)


def verdict(sheet: OwnSheet, table: FoodTable, phrase: str, cooked: bool = False) -> str:
    return judge(table, phrase, [sheet.sheet(table)], cooked).verdict.word


# ---- The questions ----


def test_there_are_at_most_30_questions_and_silence_is_the_answer_to_each() -> None:
    assert len(SCREENS) <= 30 and max(map(len, SCREENS)) <= 3
    assert [question for asked in SCREENS for question in asked] == [*QUESTIONS]
    assert len(QUESTIONS) == len(BY_KEY)
    for question in QUESTIONS:
        assert question.needed or read_answer(question, "") == ""
        assert not question.choices or question.choices[0][0] == ""


def test_every_food_and_class_in_a_question_is_one_of_the_table(table: FoodTable) -> None:
    asked = [question for question in QUESTIONS if isinstance(question, FoodQuestion)]
    assert len(asked) >= 15
    for question in asked:
        assert set(question.named) <= set(table.foods), question.key
        assert set(question.covers) <= {*table.foods, *table.classes}, question.key
    assert {*ONLY_COOKED["cook"], *ONLY_COOKED["peel"], *NEVER_OUT} <= {*table.foods, *table.classes}
    assert set(table.foods) >= WHOLE_KINDS


def test_no_answer_about_food_is_refused_by_the_reader_or_lost_without_a_word(table: FoodTable) -> None:
    asked = [question for question in QUESTIONS if isinstance(question, FoodQuestion)]
    for question, how in itertools.product(asked, ["", "told"]):
        for word, _ in question.choices:
            sheet = own(how=how, **{question.key: word})
            mistakes: list[Mistake] = []
            rows = [Row("your sheet", 1, row, mistakes) for row in sheet.sheet_rows(table)]
            read_sheets(rows, table.foods, table.classes, {sheet.slug: sheet.source()})
            assert mistakes == [], question.key
            said = [limit for limit in sheet.limits(table) if limit.key == question.key]
            assert bool(word) == bool(rows or said), (question.key, word)


# ---- The window, in the leaflet's own words ----


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("2 weeks before", "2 weeks before the first infusion"),
        ("Two weeks before treatment.", "2 weeks before the first infusion"),
        ("at least two weeks before each course", "at least 2 weeks before the first infusion"),
        ("a fortnight before", "2 weeks before the first infusion"),
        ("a month before your first infusion", "1 month before the first infusion"),
        ("from when you decide", "from the decision"),
        ("From the decision", "from the decision"),
        ("before treatment", "before the first infusion"),
        ("it does not say", "not given"),
        ("", "not given"),
        ("when my team says", "when your team says"),
    ],
)
def test_a_start_in_the_leaflets_own_words(words: str, read: str) -> None:
    assert str(read_start(words)) == read


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("at least 4 weeks after", "at least 4 weeks after the last infusion"),
        ("minimum of 3 months after your last infusion", "at least 3 months after the last infusion"),
        ("until 4 months after treatment", "4 months after the last infusion"),
        ("for at least 1 month after", "at least 1 month after the last infusion"),
        ("100 days after", "100 days after the last infusion"),
        ("16 weeks after your last dose", "16 weeks after the last infusion"),
        ("3 months after leaving hospital", "3 months after discharge"),
        ("until your MS team tells you to stop", "when your team says"),
        ("The sheet does not say", "not given"),
    ],
)
def test_an_end_in_the_leaflets_own_words(words: str, read: str) -> None:
    assert str(read_end(words)) == read


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("starts", "soon", "must be in words like"),
        ("starts", "2-3 weeks before", "must have one number"),
        ("ends", "3 to 4 months after", "must have one number"),
        ("ends", "2 weeks before", "must be after something"),
        ("ends", "from when you decide", "must be after something"),
        ("ends", "no diet", "must be in words like"),
        ("ends", "1 year after", "must be in words like"),
        ("dated", "last spring", "must be like “2019”"),
        ("dated", "31 February 2019", "must be a real date"),
        ("leftover_hours", "a day", "must be a whole number from 0 to 96"),
        ("leftover_hours", "97", "must be a whole number from 0 to 96"),
        ("fridge", "-5", "must begin with a letter or a figure"),
        ("name", "=1+1", "must begin with a letter or a figure"),
        ("name", "", "must have an answer"),
        ("name", "x" * 81, "must be shorter"),
        ("stilton", "yes", "must be one of the answers"),
        ("others_out", "\n".join(f"food {n}" for n in range(31)), "must be at most 30 foods"),
    ],
)
def test_an_answer_that_cannot_be_read_says_what_to_put(key: str, words: str, sentence: str) -> None:
    with pytest.raises(NotAnAnswer, match="^" + sentence.replace("(", r"\(")):
        read_answer(BY_KEY[key], words)


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ("", "undated"),
        ("2019", "2019"),
        ("April 2019", "2019-04"),
        ("21 January 2019", "2019-01-21"),
        ("3rd Sept 2024", "2024-09-03"),
        ("2019-04", "2019-04"),
    ],
)
def test_the_date_on_a_sheet(words: str, version: str) -> None:
    assert read_version(words) == version


def test_the_window_of_an_own_sheet() -> None:
    sheet = own(starts="2 weeks before", ends="at least 4 weeks after", ends_when="ask your nurse.")
    days = {Anchor.FIRST_INFUSION: date(2025, 6, 2), Anchor.LAST_INFUSION: date(2025, 6, 6)}
    [window] = windows_of(sheet.protocol(), days)
    assert (window.first_day, window.last_day) == (date(2025, 5, 19), date(2025, 7, 4))
    assert window.ends_at_least and window.ends_when == "ask your nurse"


JUNE = {Anchor.FIRST_INFUSION: date(2025, 6, 2), Anchor.LAST_INFUSION: date(2025, 6, 6)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(
            {"ends": "4 weeks after", "second_ends": "at least 3 months after", "second_name": "good food hygiene"},
            [("first part", "2025-05-19", "2025-07-04"), ("good food hygiene", "2025-07-04", "2025-09-06")],
            id="it begins as the first ends",
        ),
        pytest.param(
            {"ends": "4 weeks after", "second_name": "light"},
            [("first part", "2025-05-19", "2025-07-04"), ("light", "2025-07-04", "None")],
            id="without an end only the team can end it",
        ),
        pytest.param(
            {"ends": "until your MS team tells you to stop", "second_ends": "3 months after"},
            [("first part", "2025-05-19", "None"), ("second part", "None", "2025-09-06")],
            id="nobody knows yet when it begins",
        ),
        pytest.param(
            {"ends": "3 months after leaving hospital", "second_ends": "4 months after", "second_name": "first part"},
            [("first part", "2025-05-19", "None"), ("second part", "None", "2025-10-06")],
            id="the parts count from different days",
        ),
        pytest.param(
            {"ends": "4 weeks after", "second_when": "your white cells are back."},
            [("first part", "2025-05-19", "2025-07-04"), ("second part", "2025-07-04", "None")],
            id="what must be so before it is enough to make it one",
        ),
    ],
)
def test_the_two_parts_of_an_own_sheet(answers: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    windows = windows_of(own(starts="2 weeks before", **answers).protocol(), JUNE)
    assert [(one.phase, str(one.first_day), str(one.last_day)) for one in windows] == expected


def test_what_must_be_so_stands_with_the_part_that_waits_for_it() -> None:
    said = {"second_when": "your white cells are back.", "ends_when": "ask your nurse."}
    first, second = own(ends="at least 4 weeks after", **said).protocol().phases
    assert first.ends.at_least and not second.starts.at_least, "an earlier start of the lighter part is not fine"
    assert (first.ends_when, second.ends_when) == ("your white cells are back", "ask your nurse")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        pytest.param({"ends": "4 weeks after", "second_ends": "3 weeks after"}, "must not be before", id="it ends earlier"),
        pytest.param({"ends": "1 month after", "second_ends": "4 weeks after"}, "must not be before", id="in most months"),
        pytest.param({"ends": "100 days after", "second_ends": "3 months after"}, "must not be before", id="by days"),
        pytest.param({"starts": "no diet", "second_name": "light"}, "must be empty", id="there is no diet"),
        pytest.param({"ends": "4 weeks after", "second_ends": "from when you decide"}, "must be after", id="no end"),
    ],
)
def test_a_second_part_that_does_not_fit_says_what_to_put(answers: dict[str, str], sentence: str) -> None:
    with pytest.raises(NotASheet, match=f"^“When does the second part end.” {sentence}"):
        own(**answers)


@pytest.mark.parametrize(("ends", "second_ends"), [("4 weeks after", "1 month after"), ("25 weeks after", "6 months after")])
def test_parts_in_different_units_are_compared_by_the_days_they_make(ends: str, second_ends: str) -> None:
    assert len(own(ends=ends, second_ends=second_ends).protocol().phases) == 2


ENDS = ["", "4 weeks after", "1 month after", "at least 3 months after", "100 days after", "3 months after leaving hospital"]
ANY_SHEET = st.fixed_dictionaries(
    {
        "starts": st.sampled_from(["", "2 weeks before", "2 months before", "from when you decide"]),
        "ends": st.sampled_from(ENDS),
        "second_ends": st.sampled_from(ENDS),
        "second_name": st.sampled_from(["", "light"]),
    }
)


@given(answers=ANY_SHEET, first=st.dates(date(2001, 1, 1), date(2098, 1, 1)), later=st.integers(0, 400))
def test_a_later_infusion_never_ends_an_own_sheet_earlier_nor_leaves_a_free_day(
    answers: dict[str, str], first: date, later: int
) -> None:
    try:
        protocol = own(**answers).protocol()
    except NotASheet as error:
        assert "must not be before the end of the first part" in str(error)
        return
    ends = []
    for last in (first, first + timedelta(days=later)):
        days = {Anchor.FIRST_INFUSION: first, Anchor.LAST_INFUSION: last, Anchor.DISCHARGE: last, Anchor.DECISION: first}
        [stretch] = joined(windows_of(protocol, days))
        ends.append(stretch.last_day or date.max)
    assert ends[0] <= ends[1]


def test_a_sheet_without_a_window_gives_no_date_and_no_diet_gives_no_window() -> None:
    [window] = windows_of(own().protocol(), {Anchor.FIRST_INFUSION: TODAY, Anchor.LAST_INFUSION: TODAY})
    assert window.first_day is None and window.last_day is None
    assert own(starts="No diet").protocol().asks_for_no_diet


# ---- What it says about food ----


@pytest.mark.parametrize(
    ("answers", "phrase", "expected"),
    [
        pytest.param({}, "stilton", "cook", id="silence leaves the general table"),
        pytest.param({"stilton": "ok"}, "stilton", "ok", id="fine loosens the food that is named"),
        pytest.param({"stilton": "ok"}, "shropshire blue", "cook", id="and no other of its class"),
        pytest.param({"stilton": "avoid"}, "shropshire blue", "avoid", id="stricter counts for the whole class"),
        pytest.param({"brie": "ok"}, "raw milk brie", "cook", id="pasteurised brie says nothing of raw milk"),
        pytest.param({"shellfish": "ok"}, "raw prawns", "cook", id="raw shellfish keeps its floor"),
        pytest.param({"shellfish": "avoid"}, "mussels", "avoid", id="no shellfish at all"),
        pytest.param({"washing": "cook"}, "apple", "cook", id="raw fruit only cooked"),
        pytest.param({"washing": "wash-peel-wash"}, "apple", "ok", id="washing is no ban"),
        pytest.param({"takeaways": "avoid"}, "fish and chips", "avoid", id="no takeaways"),
        pytest.param({"takeaways": "cook"}, "kebab shop takeaway", "avoid", id="only hot loosens nothing that is not named"),
        pytest.param({"takeaways": "avoid"}, "restaurant meal", "cook", id="takeaways are not restaurants"),
        pytest.param({"bagged": "cook"}, "bagged salad leaves", "cook", id="only hot loosens the food that is named"),
        pytest.param({"bagged": "cook"}, "bagged lettuce", "avoid", id="and leaves the rest of its class"),
        pytest.param({"yoghurt": "avoid"}, "bio yoghurt", "avoid", id="bio yoghurt is one food with live yoghurt"),
        pytest.param({"others_out": "olives\nfigs"}, "figs", "avoid", id="another food it leaves out"),
        pytest.param({"washing": "peel"}, "lettuce", "cook", id="nobody can peel a lettuce"),
        pytest.param({"washing": "peel"}, "banana", "ok", id="a banana can be peeled"),
        pytest.param({"washing": "cook"}, "basil", "cook", id="nor raw herbs"),
        pytest.param({"leftovers": "avoid"}, "leftover rice", "avoid", id="rice may be left over"),
        pytest.param({"takeaways": "avoid"}, "takeaway pizza", "avoid", id="pizza may be a takeaway"),
        pytest.param({"eating_out": "avoid"}, "pub meal", "avoid", id="no eating out"),
        pytest.param({"eating_out": "hot"}, "hot pub meal", "ok", id="eating out hot"),
        pytest.param({"others_out": "goat's cheese"}, "hard goat's cheese", "avoid", id="a food in all its forms"),
        pytest.param({"others_out": "hard goat's cheese"}, "soft goat's cheese", "cook", id="or in the one that it names"),
        pytest.param({"others_out": "soft cheese"}, "camembert", "avoid", id="a kind of food is its class"),
        pytest.param({"others_fine": "parmesan\nshropshire blue"}, "shropshire blue", "ok", id="another food it allows"),
        pytest.param({"others_fine": "raw milk"}, "raw milk", "avoid", id="no sheet loosens raw milk"),
        pytest.param({"others_fine": "soft cheese"}, "soft cheese", "cook", id="nor a whole kind of food"),
        pytest.param({"stilton": "avoid", "others_fine": "stilton"}, "stilton", "avoid", id="of two answers the worse"),
        pytest.param({"stilton": "ok", "how": "told"}, "stilton", "cook", id="hearsay does not loosen"),
        pytest.param({"stilton": "avoid", "how": "told"}, "stilton", "avoid", id="hearsay tightens"),
    ],
)
def test_the_verdict_under_an_own_sheet(table: FoodTable, answers: dict[str, str], phrase: str, expected: str) -> None:
    assert verdict(own(**answers), table, phrase) == expected


@pytest.mark.parametrize(
    ("answers", "key", "words"),
    [
        pytest.param({"others_fine": "raw milk"}, "others_fine", "No sheet can loosen this", id="a floor"),
        pytest.param({"stilton": "ok", "how": "told"}, "stilton", "can only be stricter", id="hearsay"),
        pytest.param({"others_fine": "goat's cheese"}, "others_fine", "can be many things", id="several forms"),
        pytest.param({"others_fine": "moon dust"}, "others_fine", "We do not know “moon dust”", id="an unknown food"),
        pytest.param(
            {"others_out": "soft cheese"}, "others_out", "We leave out soft cheese with a white rind.", id="a kind"
        ),
        pytest.param({"others_out": "moon dust"}, "others_out", "Leave it out.", id="an unknown food left out"),
    ],
)
def test_what_is_not_followed_is_said_beside_its_question(
    table: FoodTable, answers: dict[str, str], key: str, words: str
) -> None:
    assert [limit.key for limit in own(**answers).limits(table) if words in limit.sentence] == [key]


def test_what_is_followed_has_no_limit(table: FoodTable) -> None:
    assert own(stilton="ok", brie="cook", salmon="avoid", others_out="figs").limits(table) == []


def test_what_a_sheet_forbids_stays_forbidden_when_cooked(table: FoodTable) -> None:
    assert verdict(own(cured="avoid"), table, "salami", cooked=True) == "avoid"
    assert verdict(own(cured="cook"), table, "salami", cooked=True) == "ok"


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        question.key: st.sampled_from([value for value, _ in question.choices])
        if question.choices
        else st.integers(question.least, question.most).map(str)
        for question in QUESTIONS
        if question.choices or isinstance(question, NumberQuestion)
    },
)


@given(answers=CHOICES)
def test_no_sheet_loosens_anything_below_its_floor(table: FoodTable, answers: dict[str, str]) -> None:
    sheet = own(**answers).sheet(table)
    for food in table.foods.values():
        under = sheet.verdict(food, food.verdict)
        assert not food.floor or under >= food.floor
        assert under >= food.verdict or food.slug in sheet.foods
        assert under >= food.verdict or answers.get("how", "") == ""
        assert under in (Verdict.OK, Verdict.COOK, Verdict.AVOID)


def test_no_food_with_a_floor_is_loosened_by_name_without_a_word(table: FoodTable) -> None:
    floored = [food for food in table.foods.values() if food.floor]
    assert len(floored) > 50
    for start in range(0, len(floored), 20):
        batch = floored[start : start + 20]
        sheet = own(others_fine="\n".join(food.name for food in batch))
        under = sheet.sheet(table)
        assert all(under.verdict(food, food.verdict) >= food.verdict for food in floored)
        assert len(sheet.limits(table)) == len(batch)


# ---- The file ----

WHOLE = {
    "name": "St Bríd's, Cork",
    "country": "Ireland",
    "dated": "April 2024",
    "starts": "2 weeks before",
    "ends": "at least 4 weeks after",
    "stilton": "avoid",
    "washing": "wash-peel-wash",
    "leftover_hours": "24",
    "reheats": "1",
    "fridge": "4",
    "eating_out": "hot",
    "others_out": "figs\nraw milk",
}


def test_only_a_second_part_needs_an_app_that_knows_of_one() -> None:
    assert [json.loads(own(**said).to_json())["version"] for said in ({}, {"second_ends": "3 months after"})] == [1, 2]


def test_a_file_from_before_there_were_two_parts_still_loads() -> None:
    answers = {"name": "Harbour", "starts": "2 weeks before", "ends": "4 weeks after", "ends_when": "ask your nurse"}
    old = {"kind": "piping-hot-own-sheet", "version": 1, "seen_on": "2026-11-25", "answers": answers}
    [phase] = OwnSheet.from_json(json.dumps(old)).protocol().phases
    assert (phase.name, str(phase.ends), phase.ends_when) == ("diet", "4 weeks after the last infusion", "ask your nurse")


def test_a_sheet_comes_back_whole_from_its_file() -> None:
    sheet = OwnSheet.of(WHOLE, TODAY)
    assert OwnSheet.from_json(sheet.to_json()) == sheet
    assert OwnSheet.from_json(sheet.to_json().encode("utf-8-sig")) == sheet
    assert dict(sheet.answers) == WHOLE


@given(answers=CHOICES, name=st.text(min_size=1, max_size=90))
def test_any_sheet_that_can_be_entered_comes_back_whole(answers: dict[str, str], name: str) -> None:
    try:
        sheet = OwnSheet.of({**answers, "name": name}, TODAY)
    except NotASheet as error:
        assert str(error).startswith("“Whose sheet is it?”")
        return
    assert OwnSheet.from_json(sheet.to_json()) == sheet


def file(**changes: object) -> str:
    return json.dumps({**json.loads(OwnSheet.of(WHOLE, TODAY).to_json()), **changes})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "This file could not be read as a sheet.", id="empty"),
        pytest.param(b"\xff\xfe\x00", "This file could not be read as a sheet.", id="a picture"),
        pytest.param(file()[:-30], "This file could not be read as a sheet.", id="cut short"),
        pytest.param("[" * 40_000, "This file could not be read as a sheet.", id="nested deep"),
        pytest.param("[]", "This file could not be read as a sheet.", id="a list"),
        pytest.param('{"kind": "shopping"}', "This file could not be read as a sheet.", id="another file of JSON"),
        pytest.param(file() + " " * LARGEST_FILE, "This file is far too large", id="huge"),
        pytest.param(file(version=FILE_VERSION + 1), "This file comes from a newer Piping Hot.", id="newer"),
        pytest.param(file(version="1"), "This file could not be read as a sheet.", id="a version that is no number"),
        pytest.param(file(seen_on="yesterday"), "This file does not say when it was made.", id="no day"),
        pytest.param(file(answers=[]), "This file could not be read as a sheet.", id="answers that are none"),
        pytest.param(file(answers={"name": 7}), "This file could not be read as a sheet.", id="an answer that is a number"),
        pytest.param(
            file(answers={"name": "A", "raw_milk": "ok"}), "This file answers 1 questions", id="a rule smuggled in"
        ),
        pytest.param(file(answers={"name": "A", "stilton": "fine"}), "“Stilton and other hard blue", id="an unknown answer"),
        pytest.param(
            file(answers={"name": "A", "ends": "2 weeks before"}), "“When does the diet end?” must be", id="backwards"
        ),
        pytest.param(file(answers={}), "“Whose sheet is it?” must have an answer", id="no name"),
    ],
)
def test_a_file_that_is_no_sheet_says_so_in_a_sentence(text: str | bytes, sentence: str) -> None:
    with pytest.raises(NotASheet) as refused:
        OwnSheet.from_json(text)
    assert str(refused.value).startswith(sentence)


# ---- The rows to send in ----


def mistakes_with(sheet: OwnSheet, table: FoodTable, folder: Path) -> list[str]:
    """What the project's own readers say of our data files with this sheet's rows added to them."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("recipes"))
    for name, rows in sheet.rows_to_send(table).items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    read, mistakes = read_table(folder)
    _, found = read_protocols(folder / "protocols.csv", set(read.sources))
    return [str(mistake) for mistake in (*mistakes, *found)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="a whole sheet"),
        pytest.param({"how": "told"}, id="by word of mouth"),
        pytest.param({"starts": "no diet", "ends": ""}, id="no diet"),
        pytest.param({"second_ends": "3 months after", "second_name": "light; no, “good”"}, id="two parts"),
        pytest.param({"starts": "from when you decide", "ends": "", "ends_when": 'a, "quoted" test\nis fine'}, id="signs"),
        pytest.param({"name": "Ελλάς", "country": ""}, id="another alphabet"),
    ],
)
def test_the_rows_pass_the_projects_own_readers(table: FoodTable, tmp_path: Path, changes: dict[str, str]) -> None:
    sheet = OwnSheet.of({**WHOLE, **changes}, TODAY)
    assert mistakes_with(sheet, table, tmp_path / "data") == []


@pytest.mark.parametrize(
    "second", [{}, {"second_ends": "3 months after", "second_when": "your team agrees"}], ids=["one", "two"]
)
def test_the_rows_read_back_as_the_same_sheet_and_window(table: FoodTable, tmp_path: Path, second: dict[str, str]) -> None:
    sheet = OwnSheet.of({**WHOLE, **second}, TODAY)
    assert mistakes_with(sheet, table, tmp_path / "data") == []
    read, _ = read_table(tmp_path / "data")
    protocols, _ = read_protocols(tmp_path / "data" / "protocols.csv", set(read.sources))
    assert protocols[sheet.slug] == sheet.protocol()
    assert read.sheets[sheet.slug] == sheet.sheet(table)


def test_a_report_by_word_of_mouth_names_no_hospital_in_the_rows(table: FoodTable) -> None:
    rows = "".join(OwnSheet.of({**WHOLE, "how": "told", "name": "Harbour"}, TODAY).rows_to_send(table).values())
    assert "Harbour" not in rows
    assert "a patient in Ireland, 2026" in rows
