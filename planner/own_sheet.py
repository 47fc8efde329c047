"""What does a hospital's sheet say that we do not ship? A sheet as a person entered it, and the file that keeps it.

Silence stays silence: a question left alone makes no row. A "fine" counts for the foods that the question names and for no
others; where a floor or a report by word of mouth stops it, a sentence says so. The rows read through `read_sheets`.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from foods.datafile import Mistake, Row
from foods.food import Food, Source, Verdict
from foods.rules import judge
from foods.sheets import PATIENT_REPORT, SHEET_COLUMNS, Sheet, read_sheets
from foods.table import SOURCE_COLUMNS, FoodTable
from planner.leaflet import (
    BY_KEY,
    NEVER_OUT,
    NO_DIET,
    ONLY_COOKED,
    PRODUCE_WORDS,
    QUESTIONS,
    SAYS_NOTHING,
    SECOND_PART,
    TOLD,
    USUAL_ADVICE,
    VERDICT_WORDS,
    WHOLE_KINDS,
    FoodQuestion,
    NotAnAnswer,
    Question,
    check_second_part,
    read_answer,
    read_end,
    read_start,
    read_version,
    rule_in_words,
)
from planner.protocol import NOT_GIVEN, PROTOCOL_COLUMNS, Anchor, Bound, Phase, Protocol
from planner.window import months_from

LARGEST_FILE = 64 * 1024
"""Bytes. A whole sheet with every answer at its longest stays below half of this."""
FILE_KIND, FILE_VERSION = "piping-hot-own-sheet", 2
WITHOUT_SECOND_PART = 1
"""The version that an app can read which knows of no second part; a file that holds none is still written so."""
REVIEW_MONTHS = 6
DO_THIS = {
    "cook": "Heat it until it is steaming hot all the way through.",
    "avoid": "Leave it out, even cooked.",
}


FIRST_PART = "first part"
NOT_GIVEN_OR_TEAM = (None, Anchor.TEAM)
"""The anchors of an end that is no day."""


class NotASheet(ValueError):
    """A file that is no sheet of ours. Its text says what to do."""


@dataclass(frozen=True)
class Limit:
    """Something that a sheet says and that we do not follow, and why, in a sentence to stand beside the question."""

    key: str
    sentence: str


@dataclass(frozen=True)
class OwnSheet:
    """A sheet as a person entered it: the answers in the order of the questions, and the day they were given."""

    answers: tuple[tuple[str, str], ...]
    seen_on: date

    def answer(self, key: str) -> str:
        """What was answered; empty where the sheet does not say."""
        return dict(self.answers).get(key, SAYS_NOTHING)

    @property
    def name(self) -> str:
        """Whose sheet it is, as the person calls it."""
        return self.answer("name")

    @property
    def slug(self) -> str:
        """The key of this sheet. It begins with "own-", so that it is never one of those we ship."""
        plain = unicodedata.normalize("NFKD", self.name.casefold()).encode("ascii", "ignore").decode()
        return "own-" + ("-".join(re.findall("[a-z0-9]+", plain)) or "sheet")

    @property
    def was_told(self) -> bool:
        """Is there no sheet to read, only what somebody said? Then it may only tighten."""
        return self.answer("how") == TOLD

    @property
    def kind(self) -> str:
        """What kind of source it is."""
        return PATIENT_REPORT if self.was_told else "hospital"

    @property
    def review_by(self) -> date:
        """When somebody should look at the sheet again: six months after it was entered."""
        return months_from(self.seen_on, REVIEW_MONTHS, move_on=False)

    def source(self) -> Source:
        """Who says so. Nobody but the person has read it, so it counts as second-hand."""
        version = read_version(self.answer("dated"))
        return Source(
            slug=self.slug,
            authority=self._authority,
            kind=self.kind,
            title="Low-Listeria diet sheet, as a person who has it entered it",
            address="",
            dated="" if version == "undated" else version,
            read_how="second-hand",
        )

    @property
    def _authority(self) -> str:
        """A patient's report names no hospital and nobody."""
        if not self.was_told:
            return self.name
        country = self.answer("country")
        return f"a patient in {country}, {self.seen_on.year}" if country else f"a patient, {self.seen_on.year}"

    def protocol(self) -> Protocol:
        """When this sheet's diet starts and ends."""
        return Protocol(
            slug=self.slug,
            name=self.name,
            authority=self._authority,
            country=self.answer("country") or "country not given",
            kind=self.kind,
            version=read_version(self.answer("dated")),
            superseded=False,
            phases=self._phases,
            sources=(self.slug,),
            read_how="second-hand",
            checked_on=self.seen_on,
            review_by=self.review_by,
        )

    @property
    def _phases(self) -> tuple[Phase, ...]:
        """One part or two, where the second begins as the first ends; none where the sheet asks for no diet."""
        starts, ends = read_start(self.answer("starts")), read_end(self.answer("ends"))
        if starts is None:
            return ()
        if not any(map(self.answer, SECOND_PART)):
            return (Phase("diet", starts, ends, self._sentence("ends_when")),)
        second_ends = read_end(self.answer("second_ends"))
        # Two parts that count from different days might cross: then the sheet's silence on the start of the second stands.
        counts_on = second_ends.anchor in (ends.anchor, *NOT_GIVEN_OR_TEAM)
        name = self.answer("second_name").rstrip(".")
        return (
            Phase(FIRST_PART, starts, ends, self._sentence("second_when")),
            Phase(
                name if name not in ("", FIRST_PART) else "second part",
                replace(ends, at_least=False) if counts_on else NOT_GIVEN,
                second_ends,
                self._sentence("ends_when"),
            ),
        )

    def _sentence(self, key: str) -> str:
        return self.answer(key).rstrip(".")

    def sheet(self, table: FoodTable) -> Sheet:
        """What this sheet says about foods, read by the same code as the sheets that we ship."""
        mistakes: list[Mistake] = []
        rows = [Row("your sheet", at, row, mistakes) for at, row in enumerate(self.sheet_rows(table), start=1)]
        sheets = read_sheets(rows, table.foods, table.classes, {self.slug: self.source()})
        return sheets.get(self.slug) or Sheet(self.slug, {}, {}, {})

    def sheet_rows(self, table: FoodTable) -> list[dict[str, str]]:
        """The rows of `sheets.csv`, one for each food, class or rule that the sheet speaks of."""
        rows: dict[str, dict[str, str]] = {}
        for said in (*self._about_foods(table), *self._general_rules()):
            known = rows.get(said.about)
            if known is None or _rank(said.verdict) > _rank(known["verdict"]):
                rows[said.about] = self._row(said)
        return list(rows.values())

    def limits(self, table: FoodTable) -> list[Limit]:
        """Everything that the sheet says and that we do not follow."""
        found = [limit for question, said in self._sayings(table) if (limit := self._limit(question, said, table))]
        found += [Limit(key, sentence) for key, sentence in self._not_found(table)]
        return list(dict.fromkeys(found))

    def _row(self, said: "_Saying") -> dict[str, str]:
        cells = (self.slug, said.about, said.verdict, said.why, said.do_this, self.slug, self.seen_on.isoformat())
        return dict(zip(SHEET_COLUMNS, cells, strict=True))

    def _about_foods(self, table: FoodTable) -> Iterator["_Saying"]:
        for question, said in self._sayings(table):
            if self._limit(question, said, table) is None:
                yield said

    def _sayings(self, table: FoodTable) -> Iterator[tuple[Question, "_Saying"]]:
        """All that the sheet says about foods, each with the question that it answers; followed or not."""
        for question in QUESTIONS:
            if isinstance(question, FoodQuestion) and self.answer(question.key):
                yield from ((question, said) for said in self._answers_to(question, table))
        washing = self.answer("washing")
        for about in ONLY_COOKED.get(washing, ()):
            yield BY_KEY["washing"], self._says(about, "cook", PRODUCE_WORDS[washing], "")
        for about in NEVER_OUT if self.answer("eating_out") == "avoid" else ():
            yield BY_KEY["eating_out"], self._says(about, "avoid", "food that you would eat out", "")
        for phrase, food in self._others("others_out", table):
            for about in _meant(phrase, food, table) if food else ():
                yield BY_KEY["others_out"], self._says(about, "avoid", phrase, "")
        for phrase, food in self._others("others_fine", table):
            if food:
                fine = food.do_this if food.verdict is Verdict.OK else USUAL_ADVICE
                yield BY_KEY["others_fine"], self._says(food.slug, "ok", phrase, fine)

    def _answers_to(self, question: FoodQuestion, table: FoodTable) -> Iterator["_Saying"]:
        """A row for each food that is named, and for what else is covered where that makes it stricter."""
        word = self.answer(question.key)
        others = (
            [one for one in question.covers if _tightens(table.foods.get(one), Verdict.of(word))] if word != "ok" else []
        )
        about = dict.fromkeys((*question.named, *others))
        return (self._says(one, word, question.food, question.if_fine) for one in about)

    def _says(self, about: str, word: str, food: str, if_fine: str) -> "_Saying":
        who = "This patient's hospital" if self.was_told else "This sheet"
        why = {
            "ok": f"{who} says that you can eat {food}.",
            "cook": f"{who} says to eat {food} only when steaming hot.",
            "avoid": f"{who} says to leave out {food}.",
        }
        return _Saying(about, word, why[word], DO_THIS.get(word, if_fine))

    def _limit(self, question: Question, said: "_Saying", table: FoodTable) -> Limit | None:
        """Why this saying is not followed; None where it is."""
        food, verdict = table.foods.get(said.about), Verdict.of(said.verdict)
        if food is None or verdict >= food.verdict:
            return None
        keeps = "“Do not eat this”" if food.verdict is Verdict.AVOID else "“Only when steaming hot”"
        if food.floor and verdict < food.floor:
            return Limit(question.key, f"No sheet can loosen this: for {food.name} we keep {keeps}. Ask your MS team.")
        if question.lines and _is_whole_kind(food):
            return Limit(
                question.key, f"{food.name.capitalize()} can be many things. Name one kind, like “hard goat's cheese”."
            )
        if self.was_told:
            return Limit(question.key, f"What you were told can only be stricter: for {food.name} we keep {keeps}.")
        return None

    def _others(self, key: str, table: FoodTable) -> Iterator[tuple[str, Food | None]]:
        """The foods that were typed, each with the one food that it names, if we know it."""
        for phrase in self.answer(key).splitlines():
            finding = judge(table, phrase)
            known = len(finding.about) == 1 and not finding.unexplained
            yield phrase, finding.about[0].food if known else None

    def _not_found(self, table: FoodTable) -> Iterator[tuple[str, str]]:
        for key in ("others_out", "others_fine"):
            for phrase, food in self._others(key, table):
                if food and food.slug in WHOLE_KINDS and key == "others_out":
                    yield key, f"“{phrase}” is many foods. We leave out {food.food_class.name}. Name any others one by one."
                if food is None:
                    yield key, f"We do not know “{phrase}” as one food, so we cannot say that it is fine. Leave it out."

    def _general_rules(self) -> Iterator["_Saying"]:
        who = "This patient's hospital" if self.was_told else "This sheet"
        for key in ("leftover_hours", "reheats", "opened_hours", "eating_out", "washing", "fridge"):
            if value := self.answer(key):
                yield _Saying(key, value, f"{who} says: {rule_in_words(key, value)}", "")

    # ---- The file, and the rows to send in ----

    def to_json(self) -> str:
        """The file that the person keeps. `from_json` reads it back."""
        whole = {
            "kind": FILE_KIND,
            "version": FILE_VERSION if any(map(self.answer, SECOND_PART)) else WITHOUT_SECOND_PART,
            "seen_on": self.seen_on.isoformat(),
            "answers": dict(self.answers),
        }
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "OwnSheet":
        """The sheet in a file. Raises NotASheet, with a sentence for the person, for anything that is not one of ours."""
        read = _read_file(text)
        try:
            seen_on = date.fromisoformat(str(read.get("seen_on")))
        except ValueError:
            raise NotASheet("This file does not say when it was made. Enter the sheet again.") from None
        answers = read.get("answers")
        if not isinstance(answers, dict) or not all(isinstance(value, str) for value in answers.values()):
            raise NotASheet(_BROKEN)
        if strange := sorted(set(answers) - set(BY_KEY)):
            raise NotASheet(f"This file answers {len(strange)} questions that we do not ask. Enter the sheet again.")
        return cls.of(answers, seen_on)

    @classmethod
    def of(cls, answers: Mapping[str, str], seen_on: date) -> "OwnSheet":
        """The sheet from what was typed. Raises NotASheet naming the first answer that cannot be read."""
        kept = []
        for question in QUESTIONS:
            try:
                text = read_answer(question, answers.get(question.key, SAYS_NOTHING))
            except NotAnAnswer as error:
                raise NotASheet(f"“{question.asks}” {error}") from None
            kept += [(question.key, text)] if text else []
        try:
            check_second_part(dict(kept))
        except NotAnAnswer as error:
            raise NotASheet(f"“{BY_KEY['second_ends'].asks}” {error}") from None
        return cls(tuple(kept), seen_on)

    @classmethod
    def so_far(cls, typed: Mapping[str, str], seen_on: date) -> "OwnSheet":
        """The sheet from those answers that can be read, for a person who is still entering it."""
        kept: list[tuple[str, str]] = []
        for question in QUESTIONS:
            with suppress(NotAnAnswer):
                kept.append((question.key, read_answer(question, typed.get(question.key, SAYS_NOTHING))))
        return cls(tuple((key, text) for key, text in kept if text), seen_on)

    def rows_to_send(self, table: FoodTable) -> dict[str, str]:
        """The rows for whoever keeps the facts, by the file that they belong in."""
        return {
            "sources.csv": _as_csv([_cells(self.source())]),
            "protocols.csv": _as_csv(self._protocol_rows()),
            "sheets.csv": _as_csv([list(row.values()) for row in self.sheet_rows(table)]),
        }

    def _protocol_rows(self) -> list[list[str]]:
        """A row for each part of the diet, or the one row of a sheet that asks for none."""
        protocol = self.protocol()
        # A patient's report names no hospital, in the list that people pick from as well.
        name = f"A hospital's advice, as {protocol.authority} told it" if self.was_told else protocol.name
        same = {
            "protocol": protocol.slug,
            "name": name,
            "authority": protocol.authority,
            "country": protocol.country,
            "kind": protocol.kind,
            "version": protocol.version,
            "source": self.slug,
            "read_how": protocol.read_how,
            "checked_on": protocol.checked_on.isoformat(),
            "review_by": protocol.review_by.isoformat(),
        }
        rows = [same | _phase_cells(phase) for phase in protocol.phases] or [same | {"starts": NO_DIET}]
        return [[cells.get(column, "") for column in PROTOCOL_COLUMNS] for cells in rows]


def _phase_cells(phase: Phase) -> dict[str, str]:
    return {
        "phase": phase.name,
        "starts": _bound_cell(phase.starts),
        "ends": _bound_cell(phase.ends),
        "ends_when": phase.ends_when,
    }


@dataclass(frozen=True)
class _Saying:
    """One row of a sheet: a verdict on a food or a class, or the value of a general rule."""

    about: str
    verdict: str
    why: str
    do_this: str


_BROKEN = "This file could not be read as a sheet. Choose the file that you saved here, without changes."


def _read_file(text: str | bytes) -> dict[str, object]:
    if len(text) > LARGEST_FILE:
        raise NotASheet("This file is far too large for a sheet. Choose the file that you saved here.")
    try:
        read = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except (ValueError, RecursionError):
        raise NotASheet(_BROKEN) from None
    if not isinstance(read, dict) or read.get("kind") != FILE_KIND:
        raise NotASheet(_BROKEN)
    version = read.get("version")
    if isinstance(version, int) and version > FILE_VERSION:
        raise NotASheet("This file comes from a newer Piping Hot. Open it there, or enter the sheet again.")
    if version not in (WITHOUT_SECOND_PART, FILE_VERSION):
        raise NotASheet(_BROKEN)
    return read


def _tightens(food: Food | None, verdict: Verdict) -> bool:
    """Is a row about this stricter than the table? One about a whole class always is: it never loosens."""
    return food is None or verdict >= food.verdict


def _meant(phrase: str, food: Food, table: FoodTable) -> Iterator[str]:
    """All that a phrase forbids: every form of the food where it names none, and the class where it names a kind."""
    vocabulary = table.names.vocabulary
    yield food.slug
    if not food.picked_by & vocabulary.states_in(vocabulary.fold(phrase)):
        yield from (form.slug for form in table.forms(food) if form != food)
    if food.slug in WHOLE_KINDS:
        yield food.food_class.slug


def _is_whole_kind(food: Food) -> bool:
    """Does the food's name leave open which form it is? "Goat's cheese" does, "hard goat's cheese" does not."""
    return food.slug in WHOLE_KINDS or "not stated" in food.form or food.form == "any"


def _rank(verdict: str) -> int:
    """How strict a word of a row is; a general rule's value stands alone and has no rank."""
    return Verdict.of(verdict) if verdict in VERDICT_WORDS else 0


def _bound_cell(bound: Bound) -> str:
    """A bound as a data file writes it. `read_bound` reads its words back, with "the" or without."""
    return str(bound).replace(" the ", " ")


def _cells(source: Source) -> list[str]:
    values = {**vars(source), "source": source.slug}
    return [str(values[column]) for column in SOURCE_COLUMNS]


def _as_csv(rows: Iterable[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()
