"""Do the hospitals stand side by side for the same days, and are the foods on which they differ really such foods?"""

from datetime import date

import pytest
from flask import Flask

from foods.rules import judge_food
from planner.protocol import ALEMTUZUMAB, TREATMENTS, Anchor, Protocol, offered
from planner.side_by_side import ASKED_ABOUT, Beside, around_alemtuzumab, contested, side_by_side

JUNE = {Anchor.FIRST_INFUSION: date(2025, 6, 2), Anchor.LAST_INFUSION: date(2025, 6, 6)}


@pytest.fixture(scope="module")
def beside(app: Flask) -> dict[str, Beside]:
    facts = app.extensions["facts"]
    groups = side_by_side(facts.protocols, facts.table, JUNE)
    return {one.protocol.slug: one for _, found in groups for one in found}


def test_every_protocol_that_is_offered_stands_there_once_by_treatment(app: Flask, beside: dict[str, Beside]) -> None:
    facts = app.extensions["facts"]
    groups = side_by_side(facts.protocols, facts.table, JUNE)
    assert [treatment for treatment, _ in groups] == [one for one in TREATMENTS if one in dict(groups)]
    assert groups[0][0] == ALEMTUZUMAB
    assert set(beside) == {one.slug for one in offered(facts.protocols)}
    assert sum(len(found) for _, found in groups) == len(beside)
    assert all(one.protocol.treatment == treatment for treatment, found in groups for one in found)


def test_the_infusions_say_nothing_about_a_transplant(beside: dict[str, Beside]) -> None:
    assert beside["st-georges-kidney"].starts == "from the transplant. That day is not known yet."
    assert beside["german-ms-page"].starts == "Monday 19 May 2025 (2 weeks before the first infusion)."


def test_a_protocol_in_two_parts_starts_once_and_says_when_each_part_ends(beside: dict[str, Beside]) -> None:
    found = beside["cambridge-transplant"]
    assert found.starts == "from the transplant. That day is not known yet."
    assert found.ends.startswith("Strict: 3 months after the transplant.")
    assert "Good food hygiene: 6 months after the transplant." in found.ends


def test_the_foods_that_are_shown_are_those_on_which_sheets_come_to_different_verdicts(app: Flask) -> None:
    table = app.extensions["facts"].table
    assert set(ASKED_ABOUT) <= set(table.foods)
    found = contested(table)
    for slug in ASKED_ABOUT:
        verdicts = {judge_food(table, table.foods[slug], [sheet]).verdict for sheet in table.sheets.values()}
        assert (slug in found) is (len(verdicts) > 1), slug
    assert {"stilton", "ham", "smoked-salmon"} <= set(found)


def test_what_a_sheet_does_not_mention_is_told_from_what_it_says(beside: dict[str, Beside]) -> None:
    says = {one.finding.food.slug: one.is_mentioned for one in beside["barts-2016"].foods}
    assert says["stilton"] and not says["ham"]
    assert beside["eu-label"].foods == (), "nobody has read its food list"


def test_the_general_rules_of_a_sheet_are_said_too(beside: dict[str, Beside]) -> None:
    assert any("wash" in rule for rule in beside["barts-pack"].rules)


def test_the_range_is_over_alemtuzumab_alone(app: Flask) -> None:
    protocols: list[Protocol] = around_alemtuzumab(app.extensions["facts"].protocols)
    assert protocols and {one.treatment for one in protocols} == {ALEMTUZUMAB}
    assert all(one.is_offered for one in protocols)
