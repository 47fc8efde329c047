"""Are the protocols read as their sheets put them, and is every mistake in the file reported?"""

import csv
from datetime import date
from pathlib import Path

import pytest

from planner.protocol import (
    ALEMTUZUMAB,
    NOT_GIVEN,
    PROTOCOL_COLUMNS,
    WHEN_TEAM_SAYS,
    Anchor,
    Bound,
    NotABound,
    Protocol,
    Unit,
    offered,
    read_bound,
    read_protocols,
)
from planner.window import windows_of

DATA = Path(__file__).parents[2] / "data"
with (DATA / "sources.csv").open(encoding="utf-8", newline="") as sources:
    SOURCES = {row["source"] for row in csv.DictReader(sources)}
SHIPPED, SHIPPED_MISTAKES = read_protocols(DATA / "protocols.csv", SOURCES)


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("2 weeks before first infusion", Bound(-2, Unit.WEEK, Anchor.FIRST_INFUSION)),
        ("at least 2 weeks before first infusion", Bound(-2, Unit.WEEK, Anchor.FIRST_INFUSION, at_least=True)),
        ("at least 4 weeks after last infusion", Bound(4, Unit.WEEK, Anchor.LAST_INFUSION, at_least=True)),
        ("1 month after the last infusion", Bound(1, Unit.MONTH, Anchor.LAST_INFUSION)),
        ("3 months after discharge", Bound(3, Unit.MONTH, Anchor.DISCHARGE)),
        ("100 days after transplant", Bound(100, Unit.DAY, Anchor.TRANSPLANT)),
        ("3 months after last chemotherapy course", Bound(3, Unit.MONTH, Anchor.LAST_CHEMOTHERAPY)),
        ("from decision", Bound(0, Unit.DAY, Anchor.DECISION)),
        ("from admission", Bound(0, Unit.DAY, Anchor.ADMISSION)),
        ("from laboratory value", Bound(0, Unit.DAY, Anchor.LABORATORY_VALUE)),
        ("from the blood test", Bound(0, Unit.DAY, Anchor.LABORATORY_VALUE)),
        ("before first infusion", Bound(anchor=Anchor.FIRST_INFUSION)),
        ("when your team says", WHEN_TEAM_SAYS),
        ("not given", NOT_GIVEN),
    ],
)
def test_a_bound_is_read_in_the_sheets_own_unit(words: str, bound: Bound) -> None:
    assert read_bound(words) == bound
    assert read_bound(str(bound)) == bound


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (Bound(4, Unit.WEEK, Anchor.LAST_INFUSION, at_least=True), "at least 4 weeks after the last infusion"),
        (Bound(-1, Unit.WEEK, Anchor.FIRST_INFUSION), "1 week before the first infusion"),
        (Bound(0, Unit.DAY, Anchor.DECISION), "from the decision"),
        (Bound(3, Unit.MONTH, Anchor.DISCHARGE), "3 months after discharge"),
        (Bound(0, Unit.DAY, Anchor.LABORATORY_VALUE), "from the blood test"),
    ],
)
def test_a_bound_is_said_as_people_say_it(bound: Bound, words: str) -> None:
    assert str(bound) == words


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="nothing"),
        pytest.param("2 weeks", id="no anchor"),
        pytest.param("2 weeks before", id="an anchor left out"),
        pytest.param("two weeks before first infusion", id="a number in letters"),
        pytest.param("0 weeks before first infusion", id="no weeks at all"),
        pytest.param("1.5 months after last infusion", id="half a month"),
        pytest.param("-2 weeks before first infusion", id="a minus sign"),
        pytest.param("2 fortnights before first infusion", id="another unit"),
        pytest.param("2 weeks before infusion", id="which infusion?"),
        pytest.param("3 to 4 months after last infusion", id="a range"),
        pytest.param("2 weeks before team", id="the team is not a day"),
        pytest.param("when your team says so", id="a word too many"),
        pytest.param("no diet", id="no diet is said of a protocol, not of a bound"),
    ],
)
def test_other_words_are_refused_with_examples(words: str) -> None:
    with pytest.raises(NotABound, match="at least 4 weeks after last infusion"):
        read_bound(words)


GOOD = {
    "protocol": "invented",
    "name": "An invented hospital",
    "phase": "diet",
    "authority": "An invented hospital",
    "country": "UK",
    "treatment": "alemtuzumab",
    "kind": "hospital",
    "version": "2026-01",
    "starts": "2 weeks before first infusion",
    "ends": "at least 4 weeks after last infusion",
    "ends_when": "",
    "source": "invented-sheet",
    "read_how": "full",
    "checked_on": "2026-01-01",
    "review_by": "2026-07-01",
}


def read(folder: Path, *rows: dict[str, str]) -> tuple[dict[str, Protocol], list[tuple[int, str, str]]]:
    """The protocols in a file of rows, each GOOD but for what it changes; and each mistake's row, column and cell."""
    lines = [",".join({**GOOD, **row}[column] for column in PROTOCOL_COLUMNS) for row in rows]
    path = folder / "protocols.csv"
    path.write_text("\n".join([",".join(PROTOCOL_COLUMNS), *lines]) + "\n", encoding="utf-8")
    protocols, mistakes = read_protocols(path, {"invented-sheet"})
    return protocols, [(one.row, one.column, one.found) for one in mistakes]


def test_a_protocol_of_two_phases_keeps_their_order(tmp_path: Path) -> None:
    strict = {"phase": "strict", "starts": "from transplant", "ends": "6 months after transplant"}
    hygiene = {"phase": "basic hygiene", "starts": "6 months after transplant", "ends": "when your team says"}
    protocols, mistakes = read(tmp_path, strict, hygiene)
    assert mistakes == []
    assert [phase.name for phase in protocols["invented"].phases] == ["strict", "basic hygiene"]
    assert protocols["invented"].phases[1].ends == WHEN_TEAM_SAYS


def test_no_diet_is_a_protocol_without_phases(tmp_path: Path) -> None:
    protocols, mistakes = read(tmp_path, {"phase": "", "starts": "no diet", "ends": ""})
    assert mistakes == []
    assert protocols["invented"].asks_for_no_diet


def test_edge_20_a_superseded_protocol_is_kept_and_not_offered(tmp_path: Path) -> None:
    protocols, mistakes = read(tmp_path, {"protocol": "old", "version": "2017-04-04 superseded"}, {})
    assert mistakes == []
    assert (protocols["old"].version, protocols["old"].is_offered) == ("2017-04-04", False)
    assert [protocol.slug for protocol in offered(protocols)] == ["invented"]


def test_a_protocol_without_a_treatment_goes_with_alemtuzumab(tmp_path: Path) -> None:
    assert read(tmp_path, {"treatment": ""})[0]["invented"].treatment == "alemtuzumab"


def test_a_protocol_knows_the_days_it_counts_from(tmp_path: Path) -> None:
    strict = {"phase": "strict", "starts": "from admission", "ends": "100 days after transplant"}
    later = {"phase": "later", "starts": "not given", "ends": "when your team says"}
    protocol = read(tmp_path, strict, later)[0]["invented"]
    assert protocol.anchors == {Anchor.ADMISSION, Anchor.TRANSPLANT}


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("2019-01-21", "21 January 2019"),
        ("2019-04", "April 2019"),
        ("2018", "2018"),
        ("2017-04-04 superseded", "4 April 2017"),
        ("undated", "no date on it"),
    ],
)
def test_a_version_is_said_as_a_date(tmp_path: Path, version: str, words: str) -> None:
    assert read(tmp_path, {"version": version})[0]["invented"].dated == words


@pytest.mark.parametrize(
    ("change", "column"),
    [
        pytest.param({"protocol": "My Hospital"}, "protocol", id="a slug with capitals and a space"),
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"phase": ""}, "phase", id="a phase without a name"),
        pytest.param({"authority": ""}, "authority", id="nobody says so"),
        pytest.param({"country": ""}, "country", id="no country"),
        pytest.param({"kind": "blog"}, "kind", id="an unknown kind"),
        pytest.param({"treatment": "surgery"}, "treatment", id="a treatment we have no dates for"),
        pytest.param({"version": "last year"}, "version", id="a version that is no date"),
        pytest.param({"version": "2019-13"}, "version", id="a version in a 13th month"),
        pytest.param({"starts": "a while before"}, "starts", id="a start nobody can count"),
        pytest.param({"ends": "4 weeks"}, "ends", id="an end without an anchor"),
        pytest.param({"ends": "4 weeks before first infusion"}, "ends", id="an end before the treatment"),
        pytest.param({"ends": "from decision"}, "ends", id="an end on the day of its anchor"),
        pytest.param({"ends": "before first infusion"}, "ends", id="an end before the treatment, with no number"),
        pytest.param({"ends": "no diet"}, "ends", id="no diet in the wrong column"),
        pytest.param({"source": ""}, "source", id="no source"),
        pytest.param({"source": "invented-sheet;hearsay"}, "source", id="a source that sources.csv does not have"),
        pytest.param({"read_how": "glanced"}, "read_how", id="read in no way we know"),
        pytest.param({"checked_on": "1 January"}, "checked_on", id="a day that is not written as a day"),
        pytest.param({"checked_on": ""}, "checked_on", id="never checked"),
        pytest.param({"review_by": "2026-02-30"}, "review_by", id="a day that does not exist"),
        pytest.param({"review_by": "2025-12-31"}, "review_by", id="a review before the check"),
        pytest.param({"phase": "", "starts": "no diet"}, "ends", id="no diet, yet it ends"),
        pytest.param({"starts": "no diet", "ends": ""}, "phase", id="no diet, yet a phase"),
    ],
)
def test_a_mistake_is_reported_in_its_column_and_the_protocol_left_out(
    tmp_path: Path, change: dict[str, str], column: str
) -> None:
    protocols, mistakes = read(tmp_path, change)
    assert mistakes == [(2, column, {**GOOD, **change}[column])]
    assert protocols == {}


def test_all_mistakes_are_reported_at_once_and_good_protocols_stay(tmp_path: Path) -> None:
    protocols, mistakes = read(
        tmp_path, {"kind": "blog", "ends": "soon"}, {"protocol": "good"}, {"protocol": "bad", "name": ""}
    )
    assert mistakes == [(2, "kind", "blog"), (2, "ends", "soon"), (4, "name", "")]
    assert list(protocols) == ["good"]


@pytest.mark.parametrize(
    ("rows", "mistake"),
    [
        pytest.param([{}, {"phase": "later", "name": "Another"}], (3, "name", "Another"), id="two names for one protocol"),
        pytest.param([{}, {"protocol": "other"}, {}], (4, "protocol", "invented"), id="its rows stand apart"),
        pytest.param(
            [{}, {"phase": "", "starts": "no diet", "ends": ""}], (3, "starts", "no diet"), id="a diet and no diet"
        ),
    ],
)
def test_the_rows_of_one_protocol_must_agree(
    tmp_path: Path, rows: list[dict[str, str]], mistake: tuple[int, str, str]
) -> None:
    assert mistake in read(tmp_path, *rows)[1]


def test_two_phases_need_two_names(tmp_path: Path) -> None:
    assert read(tmp_path, {}, {})[1] == [(2, "phase", "diet"), (3, "phase", "diet")]


def test_a_mistake_says_what_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "protocols.csv"
    cells = {**GOOD, "starts": "soon"}
    path.write_text(",".join(PROTOCOL_COLUMNS) + "\n" + ",".join(cells[one] for one in PROTOCOL_COLUMNS) + "\n")
    (mistake,) = read_protocols(path, {"invented-sheet"})[1]
    assert str(mistake).startswith("protocols.csv, row 2, column starts: found 'soon'; must be like \"2 weeks before first")
    assert str(mistake).endswith('or "no diet"')


def test_the_shipped_file_has_no_mistake() -> None:
    assert [str(mistake) for mistake in SHIPPED_MISTAKES] == []


JUNE = {
    Anchor.DECISION: date(2025, 1, 6),
    Anchor.FIRST_INFUSION: date(2025, 6, 2),
    Anchor.LAST_INFUSION: date(2025, 6, 6),
    Anchor.DISCHARGE: date(2025, 6, 7),
}


WINDOWS_IN_JUNE = {
    "barts-pack": (date(2025, 5, 26), None),
    "barts-2016": (None, date(2025, 9, 6)),
    "abn-diet": (None, date(2025, 7, 6)),
    "uk-patient-2018": (date(2025, 4, 2), date(2025, 10, 6)),
    "london-patient-2019": (date(2025, 1, 6), date(2025, 9, 7)),
    "german-ms-page": (date(2025, 5, 19), date(2025, 7, 4)),
    "sanofi-sweden-2019": (date(2025, 5, 19), date(2025, 7, 6)),
    "eu-label": (date(2025, 5, 19), date(2025, 7, 6)),
    "eu-label-2017": (None, date(2025, 7, 6)),
    "us-label": (None, None),
    "virginia": (date(2025, 1, 6), None),
    "uk-patient-2017": (date(2025, 1, 6), None),
    "us-patient-2016": (None, None),
}
OTHER_DAYS = {
    Anchor.ADMISSION: date(2025, 8, 25),
    Anchor.TRANSPLANT: date(2025, 8, 31),
    Anchor.LAST_CHEMOTHERAPY: date(2025, 11, 30),
    Anchor.LABORATORY_VALUE: date(2025, 9, 3),
}
OTHER_WINDOWS = {
    "glasgow-transplant-own-cells": [(date(2025, 8, 25), date(2025, 12, 9))],
    "glasgow-transplant-donor": [(date(2025, 8, 25), None)],
    # There is no 31 November: the strict part ends on 1 December, the part after it starts on 30 November.
    "cambridge-transplant": [(date(2025, 8, 31), date(2025, 12, 1)), (date(2025, 11, 30), date(2026, 3, 1))],
    "cincinnati-transplant": [(date(2025, 8, 25), date(2025, 12, 9))],
    "st-georges-kidney": [(date(2025, 8, 31), date(2026, 3, 1))],
    # There is no 30 February.
    "leeds-cancer": [(None, date(2026, 3, 1))],
    "bucks-neutropenia": [(None, None)],
    "bda-neutrophils": [(date(2025, 9, 3), None)],
    "goh-clinic": [(date(2025, 9, 3), None)],
    "birmingham-hiv": [(date(2025, 9, 3), None)],
}


@pytest.mark.parametrize(("slug", "window"), WINDOWS_IN_JUNE.items(), ids=WINDOWS_IN_JUNE)
def test_each_shipped_protocol_gives_the_dates_of_its_sheet(slug: str, window: tuple[date | None, date | None]) -> None:
    (found,) = windows_of(SHIPPED[slug], JUNE)
    assert (found.first_day, found.last_day) == window


@pytest.mark.parametrize(("slug", "windows"), OTHER_WINDOWS.items(), ids=OTHER_WINDOWS)
def test_a_protocol_of_another_treatment_gives_the_dates_of_its_sheet(
    slug: str, windows: list[tuple[date | None, date | None]]
) -> None:
    assert [(one.first_day, one.last_day) for one in windows_of(SHIPPED[slug], OTHER_DAYS)] == windows


def test_every_shipped_protocol_with_a_diet_is_in_the_tables_above() -> None:
    by_treatment = {slug: protocol.treatment for slug, protocol in SHIPPED.items() if protocol.phases}
    assert set(WINDOWS_IN_JUNE) == {slug for slug, treatment in by_treatment.items() if treatment == ALEMTUZUMAB}
    assert set(OTHER_WINDOWS) == {slug for slug, treatment in by_treatment.items() if treatment != ALEMTUZUMAB}


def test_only_alemtuzumab_protocols_count_from_infusions() -> None:
    infusions = {Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION, Anchor.DISCHARGE, Anchor.DECISION}
    assert not [slug for slug, one in SHIPPED.items() if one.treatment != ALEMTUZUMAB and one.anchors & infusions]


def test_at_least_stands_on_the_end_that_the_sheet_puts_it_on() -> None:
    at_least = {slug: (phase.starts.at_least, phase.ends.at_least) for slug, one in SHIPPED.items() for phase in one.phases}
    assert {slug for slug, (start, _) in at_least.items() if start} == {"sanofi-sweden-2019"}
    assert {slug for slug, (_, end) in at_least.items() if end} == {
        *("german-ms-page", "eu-label", "eu-label-2017"),
        *("cincinnati-transplant", "st-georges-kidney"),
    }


def test_the_antibiotic_alone_asks_for_no_diet() -> None:
    assert [slug for slug, one in SHIPPED.items() if one.asks_for_no_diet] == ["abn-antibiotic"]


def test_only_the_label_of_2017_is_not_offered() -> None:
    assert set(SHIPPED) - {protocol.slug for protocol in offered(SHIPPED)} == {"eu-label-2017"}


@pytest.mark.parametrize("protocol", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_protocol_says_how_it_was_read(protocol: Protocol) -> None:
    if protocol.is_patient_report:
        assert protocol.authority.startswith("a patient in ")
        assert protocol.version == protocol.authority[-4:]
    if protocol.kind == "label":
        assert protocol.read_how != "full"
    for phase in protocol.phases:
        assert phase.ends != NOT_GIVEN or phase.ends_when.startswith("ask your MS team")
