"""Are the verdicts in the order that keeps people safe?"""

import itertools

import pytest

from foods.food import Finding, Verdict


def test_the_order_of_the_verdicts_is_pinned() -> None:
    assert sorted(Verdict) == [Verdict.OK, Verdict.COOK, Verdict.UNKNOWN, Verdict.AVOID]


def test_the_worst_of_nothing_is_unknown() -> None:
    assert Verdict.worst([]) is Verdict.UNKNOWN


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_the_worst_of_itself(verdict: Verdict) -> None:
    assert Verdict.worst([verdict, verdict]) is verdict


@pytest.mark.parametrize(("better", "worse"), list(itertools.combinations(sorted(Verdict), 2)))
def test_the_worse_of_two_wins_in_either_order(better: Verdict, worse: Verdict) -> None:
    assert Verdict.worst([better, worse]) is worse
    assert Verdict.worst(iter([worse, better])) is worse


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_written_as_data_files_and_commands_write_it(verdict: Verdict) -> None:
    assert verdict.word in ("ok", "cook", "unknown", "avoid")
    assert Verdict.of(verdict.word) is verdict


@pytest.mark.parametrize("word", ["", "fine", "ok ", "yes"])
def test_no_other_word_is_a_verdict(word: str) -> None:
    with pytest.raises(KeyError):
        Verdict.of(word)


def test_a_finding_about_no_food_is_unknown_before_and_after_cooking() -> None:
    finding = Finding("moss", Verdict.UNKNOWN, "why", "do this")
    assert finding.decides is None
    assert finding.base is Verdict.UNKNOWN
    assert finding.if_cooked is Verdict.UNKNOWN
    assert finding.sources == ()
