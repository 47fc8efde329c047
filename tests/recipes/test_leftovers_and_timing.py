"""Are leftovers kept no longer than the strictest of all says, and are a step's minutes found?"""

import pytest

from foods.food import Source
from foods.sheets import GeneralRule, Sheet
from recipes.leftovers import Leftovers, leftovers
from recipes.recipe import LibraryRecipe
from recipes.timing import minutes_in

HILL = Source("hill", "Hill Hospital", "hospital", "Your diet", "", "2026", "full")


def a_sheet(**rules: str) -> Sheet:
    general = {name: GeneralRule("hill", name, value, "It says so.", "Do so.", HILL) for name, value in rules.items()}
    return Sheet("hill", {}, {}, general)


KEPT = [
    pytest.param(24, {}, Leftovers(24, 1), id="the sheet is silent"),
    pytest.param(24, {"leftover_hours": "12"}, Leftovers(12, 1, ("Hill Hospital",)), id="the sheet is stricter"),
    pytest.param(24, {"leftover_hours": "72"}, Leftovers(24, 1), id="the sheet never makes it longer"),
    pytest.param(24, {"leftover_hours": "0"}, Leftovers(None, 1, ("Hill Hospital",)), id="no leftovers at all"),
    pytest.param(24, {"reheats": "0"}, Leftovers(None, 0, ("Hill Hospital",)), id="a hot dish that may not be reheated"),
    pytest.param(None, {}, Leftovers(None, 1), id="nothing is left of it"),
]


@pytest.mark.parametrize(("keeps", "rules", "expected"), KEPT)
def test_the_strictest_counts(keeps: int | None, rules: dict[str, str], expected: Leftovers) -> None:
    recipe = LibraryRecipe("Stew", (), (), keeps_hours=keeps)
    assert leftovers(recipe, [a_sheet(**rules)] if rules else []) == expected


TIMES = [
    pytest.param("Fry for 8 minutes until soft.", [8], id="minutes"),
    pytest.param("Bake for 10 to 12 minutes.", [12], id="the longer of a range"),
    pytest.param("Simmer for 1 hour, then 20 minutes more.", [60, 20], id="hours and minutes"),
    pytest.param("Cook for 1 1/2 hours.", [90], id="an hour and a half"),
    pytest.param("Simmer for half an hour.", [30], id="half an hour"),
    pytest.param("Fry 2 minutes a side, 2 minutes.", [2], id="each once"),
    pytest.param("Cook until steaming hot.", [], id="no time"),
    pytest.param("Chill within 1 hour. Eat within 24 hours.", [60], id="a day is no timer"),
]


@pytest.mark.parametrize(("step", "minutes"), TIMES)
def test_a_steps_minutes_are_found(step: str, minutes: list[int]) -> None:
    assert minutes_in(step) == minutes
