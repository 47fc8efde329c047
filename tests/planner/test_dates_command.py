"""Does `flask planner dates` answer with the sheet's days, and with one plain sentence when it cannot?"""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from planner.commands import planner
from planner.protocol import Phase, Protocol, read_bound, read_protocols

DATA = Path(__file__).parents[2] / "data"
Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def ask() -> Ask:
    """Runs `flask planner dates` on the shipped protocols and on one that counts from two days of no set order."""
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["source"] for row in csv.DictReader(file)}
    protocols, _ = read_protocols(DATA / "protocols.csv", sources)
    app = Flask("dates")
    app.extensions["facts"] = SimpleNamespace(protocols={**protocols, "two-treatments": two_treatments()})
    app.cli.add_command(planner)
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["planner", "dates", *words])


def two_treatments() -> Protocol:
    strict = Phase("strict", read_bound("from transplant"), read_bound("1 month after last chemotherapy course"))
    gentle = Phase("gentle", read_bound("1 month after transplant"), read_bound("when your team says"))
    day = date(2026, 1, 1)
    return Protocol(
        "two-treatments", "An invented clinic", "An invented clinic", "UK", "hospital", "2026", False, (strict, gentle),
        ("invented",), "full", day, day,
    )  # fmt: skip


JUNE = ("--first-infusion", "2025-06-02", "--last-infusion", "2025-06-06")


def test_json_is_one_object_of_the_windows_and_the_stage(ask: Ask) -> None:
    result = ask("--protocol", "german-ms-page", *JUNE, "--on", "2025-06-20", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "protocol": "german-ms-page",
        "windows": [
            {
                "phase": "diet",
                "first_day": "2025-05-19",
                "last_day": "2025-07-04",
                "first_free_day": "2025-07-05",
                "starts_at_least": False,
                "ends_at_least": True,
                "ends_when": None,
            }
        ],
        "stage": "on_diet",
    }


@pytest.mark.parametrize(
    ("words", "window", "stage"),
    [
        pytest.param(
            ("--protocol", "uk-patient-2018", *JUNE), ("2025-04-02", "2025-10-06", "2025-10-07"), "ask_team", id="past"
        ),
        pytest.param(
            ("--protocol", "uk-patient-2018", *JUNE, "--on", "2025-04-01"),
            ("2025-04-02", "2025-10-06", "2025-10-07"),
            "starts_later",
            id="the day before the first",
        ),
        pytest.param(
            ("--protocol", "sanofi-sweden-2019", "--first-infusion", "2025-10-27", "--last-infusion", "2025-10-31"),
            ("2025-10-13", "2025-12-01", "2025-12-02"),
            "ask_team",
            id="there is no 31 November, so the end moves on",
        ),
        pytest.param(
            (
                "--protocol",
                "london-patient-2019",
                "--anchor",
                "decision=2019-01-07",
                "--anchor",
                "discharge=2019-02-10",
            ),
            ("2019-01-07", "2019-05-10", "2019-05-11"),
            "ask_team",
            id="from the decision to 3 months after discharge",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--first-infusion", "2025-06-02"),
            ("2025-05-26", None, None),
            "on_diet",
            id="an end that the pack does not give never comes on its own",
        ),
        pytest.param(("--protocol", "uk-patient-2018"), (None, None, None), "no_date", id="no infusion day yet"),
        pytest.param(
            ("--protocol", "us-label", *JUNE, "--on", "2025-06-01"), (None, None, None), "no_date", id="no numbers"
        ),
    ],
)
def test_dates_and_stage(ask: Ask, words: tuple[str, ...], window: tuple[str | None, ...], stage: str) -> None:
    on = () if "--on" in words else ("--on", "2026-11-21")
    answer = json.loads(ask(*words, *on, "--json").stdout)
    (found,) = answer["windows"]
    assert (found["first_day"], found["last_day"], found["first_free_day"]) == window
    assert answer["stage"] == stage


def test_no_diet_has_no_windows(ask: Ask) -> None:
    answer = json.loads(ask("--protocol", "abn-antibiotic", *JUNE, "--json").stdout)
    assert answer == {"protocol": "abn-antibiotic", "windows": [], "stage": "no_date"}


def test_each_phase_is_a_window_of_its_own(ask: Ask) -> None:
    days = ("--anchor", "transplant=2026-01-31", "--anchor", "last-chemotherapy-course=2026-02-02")
    answer = json.loads(ask("--protocol", "two-treatments", *days, "--on", "2026-02-14", "--json").stdout)
    assert [(one["phase"], one["first_day"], one["last_day"]) for one in answer["windows"]] == [
        ("strict", "2026-01-31", "2026-03-02"),
        ("gentle", "2026-02-28", None),
    ]


def test_people_read_full_sentences(ask: Ask) -> None:
    result = ask("--protocol", "uk-patient-2018", *JUNE, "--on", "2025-10-07")
    assert result.stdout.splitlines() == [
        "A strict UK hospital, as a patient told it in 2018.",
        "A patient says that their hospital told them this. Ask your own hospital.",
        "First day of the diet: Wednesday 2 April 2025 (2 months before the first infusion).",
        "Last day of the diet: Monday 6 October 2025 (4 months after the last infusion).",
        "First day without it: Tuesday 7 October 2025.",
        "On Tuesday 7 October 2025: ask your MS team before you stop.",
        "Earliest next course: Saturday 6 June 2026, 12 months after the last infusion.",
        "Your own hospital's sheet comes first. Ask your MS team before you stop.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(
            ("--protocol", "sanofi-sweden-2019", *JUNE),
            "First day of the diet, at the latest: Monday 19 May 2025 (at least 2 weeks before the first infusion).",
            id="at least, at the start",
        ),
        pytest.param(
            ("--protocol", "german-ms-page", *JUNE),
            "Last day of the diet, at the earliest: Friday 4 July 2025 (at least 4 weeks after the last infusion).",
            id="at least, at the end",
        ),
        pytest.param(
            ("--protocol", "barts-2016", *JUNE),
            "First day of the diet: no date given by this protocol.",
            id="no start given",
        ),
        pytest.param(("--protocol", "barts-pack", *JUNE), "Before you stop: ask your MS team.", id="no end given"),
        pytest.param(
            ("--protocol", "us-label", *JUNE),
            "First day of the diet: before the first infusion, with no number of days.",
            id="before, with no number",
        ),
        pytest.param(
            ("--protocol", "virginia", *JUNE),
            "First day of the diet: from the decision. That day is not known yet.",
            id="a decision day that is not known",
        ),
        pytest.param(
            ("--protocol", "german-ms-page", "--first-infusion", "2025-06-02"),
            "If all goes as planned, with 5 infusions on 5 days in a row, the last day will be Friday 4 July 2025.",
            id="a provisional end, marked so",
        ),
        pytest.param(
            ("--protocol", "german-ms-page", *JUNE, "--on", "2025-05-25"),
            "If you have not started, start now and tell your MS team.",
            id="a start already past",
        ),
        pytest.param(
            ("--protocol", "german-ms-page", *JUNE, "--on", "2025-05-01"),
            "The last infusion is still to come. If it moves, work these dates out again.",
            id="a planned infusion may move",
        ),
        pytest.param(
            ("--protocol", "abn-antibiotic"),
            "It asks for no diet. Only your MS team can say if that is your plan.",
            id="no diet",
        ),
        pytest.param(
            ("--protocol", "sanofi-sweden-2019"),
            "Who says so: Sanofi Genzyme Sweden (Sweden, 21 January 2019).",
            id="who says so, and when",
        ),
        pytest.param(("--protocol", "eu-label"), "We have not read this ourselves: others report it.", id="second-hand"),
        pytest.param(
            ("--protocol", "eu-label-2017"),
            "This has been replaced. Keep to it only if your team started you on it.",
            id="superseded",
        ),
        pytest.param(("--protocol", "two-treatments"), "Gentle:", id="a heading for each phase"),
        pytest.param(
            ("--protocol", "two-treatments"), "Last day of the diet: when your team says.", id="only the team ends it"
        ),
    ],
)
def test_what_people_are_told(ask: Ask, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in ask(*words).stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param((), "Say whose dates you want, like --protocol barts-pack. We know: barts-pack, ", id="no protocol"),
        pytest.param(
            ("--protocol", "moon-hospital"),
            'We do not know a protocol "moon-hospital". Choose one of: barts-pack, barts-2016, ',
            id="a protocol that does not exist",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--first-infusion", "2025-02-30"),
            '--first-infusion must be a real date, like 2026-08-14, not "2025-02-30".',
            id="an impossible date",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--on", ""),
            '--on must be a real date, like 2026-08-14, not "".',
            id="an empty date",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--last-infusion", "9999-12-31"),
            "--last-infusion must lie between 2000-01-01 and 2099-12-31, like 2026-08-14, not 9999-12-31.",
            id="the end of time",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--first-infusion", "2025-06-06", "--last-infusion", "2025-06-02"),
            "The last infusion cannot be before the first infusion on Friday 6 June 2025. Check both days.",
            id="last before first",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--anchor", "birthday=2025-06-06"),
            '--anchor needs a name and a day, like discharge=2026-08-14, not "birthday=2025-06-06". Names: decision, ',
            id="an anchor nobody counts from",
        ),
        pytest.param(
            ("--protocol", "barts-pack", "--anchor", "discharge"),
            '--anchor discharge must be a real date, like 2026-08-14, not "".',
            id="an anchor without a day",
        ),
        pytest.param(
            ("--protocol", "barts-pack", *JUNE, "--anchor", "last-infusion=2025-06-07"),
            "You gave two different days for the last infusion. Give it once.",
            id="one anchor, two days",
        ),
        pytest.param(
            ("--protocol", "two-treatments", "--anchor", "transplant=2026-05-01")
            + ("--anchor", "last-chemotherapy-course=2026-01-01"),
            "A diet cannot end on Sunday 1 February 2026, before it starts on Friday 1 May 2026. Check the days ",
            id="days that contradict each other",
        ),
    ],
)
def test_a_question_without_an_answer_gets_one_sentence_and_exit_2(ask: Ask, words: tuple[str, ...], sentence: str) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith(f"Error: {sentence}")
