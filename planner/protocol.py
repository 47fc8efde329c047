"""When does each hospital's diet start and end? Protocols as their sheets put them, read from data/protocols.csv.

A protocol is a list of phases, and a protocol without phases asks for no diet. Every number stays in the sheet's own
unit: 4 weeks is not a month. What a sheet does not say stays unsaid; only `window.py` turns a bound into a day.
"""

import datetime
import re
from calendar import month_name
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from foods.datafile import Mistake, Row, read_rows
from foods.sheets import PATIENT_REPORT
from foods.table import READ_HOW

PROTOCOL_COLUMNS = (
    "protocol", "name", "phase", "authority", "country", "treatment", "kind", "version", "starts", "ends", "ends_when",
    "source", "read_how", "checked_on", "review_by",
)  # fmt: skip
KINDS = frozenset({"label", "maker", "hospital", "professional body", "charity", "clinician", PATIENT_REPORT})
ALEMTUZUMAB = "alemtuzumab"
TREATMENTS = (
    ALEMTUZUMAB,
    "stem-cell transplant",
    "kidney transplant",
    "cancer treatment",
    "low white blood cells",
    "HIV",
)
"""What a protocol's diet goes with, in the order that pages show them. An empty cell means the first."""

_OF_A_PHASE = ("phase", "starts", "ends", "ends_when")
_NO_DIET = "no diet"
_SUPERSEDED = "superseded"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_VERSION = re.compile(f"(?P<dated>undated|[0-9]{{4}}(-{_MONTH}(-{_DAY})?)?)(?P<superseded> {_SUPERSEDED})?")


class Unit(StrEnum):
    """What a sheet counts in. Units are never turned into each other."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_BLOOD_TEST = "blood test"
"""How people say a laboratory value."""


class Anchor(StrEnum):
    """The day that a sheet counts from."""

    DECISION = "decision"
    FIRST_INFUSION = "first infusion"
    LAST_INFUSION = "last infusion"
    ADMISSION = "admission"
    DISCHARGE = "discharge"
    TRANSPLANT = "transplant"
    LAST_CHEMOTHERAPY = "last chemotherapy course"
    LABORATORY_VALUE = "laboratory value"
    TEAM = "team"
    """No day at all: only the team can say."""

    @property
    def phrase(self) -> str:
        """The anchor inside a sentence, like "the first infusion"."""
        if self is Anchor.LABORATORY_VALUE:
            return f"the {_BLOOD_TEST}"
        return self.value if self in (Anchor.ADMISSION, Anchor.DISCHARGE) else f"the {self.value}"


@dataclass(frozen=True)
class Bound:
    """Where a phase starts or ends, as the sheet says it.

    `count` is below 0 for days before the anchor and 0 for the anchor's own day. It is None where the sheet names the
    anchor but no number. No anchor at all means that the sheet gives no day.
    """

    count: int | None = None
    unit: Unit | None = None
    anchor: Anchor | None = None
    at_least: bool = False

    def __str__(self) -> str:
        """The bound in words, like "at least 4 weeks after the last infusion"; `read_bound` reads it back."""
        if self.anchor is None:
            return "not given"
        if self.anchor is Anchor.TEAM:
            return "when your team says"
        if self.count is None or self.unit is None:
            return f"before {self.anchor.phrase}"
        if self.count == 0:
            return f"from {self.anchor.phrase}"
        number = abs(self.count)
        plural = "" if number == 1 else "s"
        side = "before" if self.count < 0 else "after"
        return f"{'at least ' * self.at_least}{number} {self.unit}{plural} {side} {self.anchor.phrase}"


NOT_GIVEN = Bound()
WHEN_TEAM_SAYS = Bound(anchor=Anchor.TEAM)
BOUND_EXAMPLES = (
    '"2 weeks before first infusion", "at least 4 weeks after last infusion", "3 months after discharge", '
    '"from decision", "before first infusion", "when your team says" or "not given"'
)

_ANCHORS = {anchor.value: anchor for anchor in Anchor if anchor is not Anchor.TEAM}
_ANCHORS[_BLOOD_TEST] = Anchor.LABORATORY_VALUE
_ANCHOR = "(?:the )?(?P<anchor>" + "|".join(_ANCHORS) + ")"
_COUNTED = re.compile(
    r"(?P<least>at least )?(?P<count>[1-9][0-9]{0,2}) (?P<unit>day|week|month)s? (?P<side>before|after) " + _ANCHOR
)
_UNCOUNTED = re.compile("(?P<how>from|before) " + _ANCHOR)


class NotABound(ValueError):
    """A start or an end in words that cannot be read. Its text says what can."""


def read_bound(words: str) -> Bound:
    """What "at least 4 weeks after last infusion" and its like mean. Raises NotABound for anything else."""
    for fixed in (NOT_GIVEN, WHEN_TEAM_SAYS):
        if words == str(fixed):
            return fixed
    if found := _COUNTED.fullmatch(words):
        sign = -1 if found["side"] == "before" else 1
        return Bound(sign * int(found["count"]), Unit(found["unit"]), _ANCHORS[found["anchor"]], bool(found["least"]))
    if found := _UNCOUNTED.fullmatch(words):
        anchor = _ANCHORS[found["anchor"]]
        return Bound(0, Unit.DAY, anchor) if found["how"] == "from" else Bound(anchor=anchor)
    raise NotABound(f"must be like {BOUND_EXAMPLES}")


@dataclass(frozen=True)
class Phase:
    """One stretch of a protocol. `ends_when` says in words what must be so before it ends; it may be empty."""

    name: str
    starts: Bound
    ends: Bound
    ends_when: str = ""


@dataclass(frozen=True)
class Protocol:
    """One hospital's, maker's or label's diet dates, who says so, and how that was read."""

    slug: str
    name: str
    authority: str
    country: str
    kind: str
    version: str
    superseded: bool
    phases: tuple[Phase, ...]
    sources: tuple[str, ...]
    read_how: str
    checked_on: datetime.date
    review_by: datetime.date
    treatment: str = ALEMTUZUMAB

    @property
    def dated(self) -> str:
        """The version in words, like "21 January 2019", "April 2019", "2019" or "no date on it"."""
        if self.version == "undated":
            return "no date on it"
        year, month, day = (int(part) for part in f"{self.version}-0-0".split("-")[:3])
        return f"{day or ''} {month_name[month]} {year}".strip()

    @property
    def asks_for_no_diet(self) -> bool:
        """Does it keep Listeria off by other means, such as an antibiotic alone?"""
        return not self.phases

    @property
    def is_patient_report(self) -> bool:
        """Is it what a patient says that a hospital said? Every page that shows it must say so."""
        return self.kind == PATIENT_REPORT

    @property
    def anchors(self) -> frozenset[Anchor]:
        """The days that its dates count from, so the days a person has to give."""
        bounds = (bound for phase in self.phases for bound in (phase.starts, phase.ends))
        return frozenset(bound.anchor for bound in bounds if bound.anchor and bound.anchor is not Anchor.TEAM)

    @property
    def is_offered(self) -> bool:
        """May a person choose it now? One that was replaced is kept for those who began on it."""
        return not self.superseded


def read_protocols(path: Path, source_keys: Collection[str]) -> tuple[dict[str, Protocol], list[Mistake]]:
    """The protocols in a file by slug, in the file's order, and every mistake in it.

    `source_keys` are the sources that a row may name. A protocol with a mistake in it is left out.
    """
    rows, mistakes = read_rows(path, PROTOCOL_COLUMNS)
    protocols: dict[str, Protocol] = {}
    for slug, group in groupby(rows, lambda row: row["protocol"]):
        own = list(group)
        before = len(mistakes)
        if slug in protocols:
            own[0].complain("protocol", "the rows of one protocol must stand together")
        protocol = _read_protocol(own, source_keys)
        if protocol and len(mistakes) == before:
            protocols[slug] = protocol
    return protocols, mistakes


def _read_protocol(rows: list[Row], source_keys: Collection[str]) -> Protocol | None:
    first = rows[0]
    _check_facts(first, source_keys)
    for row in rows[1:]:
        _check_same(row, first)
    phases = _read_phases(rows)
    version = _VERSION.fullmatch(first["version"])
    checked_on, review_by = first.day("checked_on"), first.day("review_by")
    if version is None or checked_on is None or review_by is None:
        return None
    return Protocol(
        slug=first["protocol"],
        name=first["name"],
        authority=first["authority"],
        country=first["country"],
        kind=first["kind"],
        version=version["dated"],
        superseded=bool(version["superseded"]),
        phases=phases,
        sources=first.many("source"),
        read_how=first["read_how"],
        checked_on=checked_on,
        review_by=review_by,
        treatment=first["treatment"] or ALEMTUZUMAB,
    )


def _check_facts(row: Row, source_keys: Collection[str]) -> None:
    for column in ("name", "authority", "country", "source", "checked_on", "review_by"):
        row.required(column)
    if not _SLUG.fullmatch(row["protocol"]):
        row.complain("protocol", "must be small letters, figures and hyphens, like barts-pack")
    if not _VERSION.fullmatch(row["version"]):
        row.complain("version", f'must be like 2019, 2019-04, 2019-01-21 or undated, then " {_SUPERSEDED}" if replaced')
    row.one_of("kind", KINDS)
    row.one_of("treatment", ("", *TREATMENTS))
    row.one_of("read_how", READ_HOW)
    row.each_of("source", source_keys, "a source in sources.csv")
    if row["checked_on"] and row["review_by"] and row["review_by"] <= row["checked_on"]:
        row.complain("review_by", "must be after checked_on")


def _check_same(row: Row, first: Row) -> None:
    for column in PROTOCOL_COLUMNS:
        if column not in _OF_A_PHASE and row[column] != first[column]:
            row.complain(column, f"every row of one protocol must say the same here: {first[column]!r}")


def _read_phases(rows: list[Row]) -> tuple[Phase, ...]:
    if any(row["starts"] == _NO_DIET for row in rows):
        _check_no_diet(rows)
        return ()
    names = [row.required("phase") for row in rows]
    for row, name in zip(rows, names, strict=True):
        if names.count(name) > 1:
            row.complain("phase", "each phase of a protocol must have a name of its own")
    phases = (Phase(row["phase"], _read_start(row), _read_end(row), row["ends_when"]) for row in rows)
    return tuple(phases)


def _check_no_diet(rows: list[Row]) -> None:
    if len(rows) > 1:
        rows[1].complain("starts", f'a protocol that says "{_NO_DIET}" has one row only')
    for column in ("phase", "ends", "ends_when"):
        if rows[0][column]:
            rows[0].complain(column, f'must be empty where starts is "{_NO_DIET}"')


def _read_start(row: Row) -> Bound:
    return _bound_in(row, "starts", f' or "{_NO_DIET}"')


def _read_end(row: Row) -> Bound:
    bound = _bound_in(row, "ends", "")
    # An end on or before its anchor would let a slip of the pen end the diet before the treatment does.
    if bound not in (NOT_GIVEN, WHEN_TEAM_SAYS) and (bound.count or 0) <= 0:
        row.complain("ends", 'an end must be after something, like "4 weeks after last infusion"')
    return bound


def _bound_in(row: Row, column: str, also: str) -> Bound:
    try:
        return read_bound(row[column])
    except NotABound as error:
        row.complain(column, f"{error}{also}")
        return NOT_GIVEN


def offered(protocols: Mapping[str, Protocol]) -> list[Protocol]:
    """The protocols that a person may choose now, in the file's order."""
    return [protocol for protocol in protocols.values() if protocol.is_offered]
