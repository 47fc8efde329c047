"""Are steps cut at what is done, and does each act say how the heat comes and for how long?"""

import pytest

from recipes.heat import Way
from recipes.steps import Act, acts


def verbs(*steps: str) -> list[str]:
    return [act.verb for act in acts(steps)]


def only(step: str) -> Act:
    """The one act of a step that heats."""
    (act,) = [act for act in acts([step]) if act.way]
    return act


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("Cook the pasta and toss with the cheese.", ["cook", "toss"]),
        ("Bake for 20 minutes, then sprinkle with parsley.", ["bake", "sprinkle"]),
        ("Drain; set aside.", ["drain", "set aside"]),
        ("Simmer the sauce. Stir in the peas.", ["simmer", "stir"]),
        ("It should be golden.", [""]),
    ],
)
def test_a_step_is_cut_at_its_verbs(step: str, expected: list[str]) -> None:
    assert verbs(step) == expected


@pytest.mark.parametrize(
    "step",
    [
        "Put it under the grill",
        "Set over a medium heat",
        "Tip into a casserole dish",
        "Spread with cream cheese",
        "Serve with crackers or toast",
        "Add the mince",
        "Brush with barbecue sauce",
        "Use a roasting tin or bake tray",
        "Stir in the crab but don't let it boil",
        "Whisk without letting it simmer or boil",
        "The hot stock will cook the beef",
        "Sprinkle with brown sugar",
    ],
)
def test_a_word_that_only_looks_like_a_heating_heats_nothing(step: str) -> None:
    assert [act.verb for act in acts([step]) if act.way] == []


@pytest.mark.parametrize(
    ("step", "way"),
    [
        ("Roast the potatoes", Way.OVEN),
        ("Bring to the boil", Way.WET),
        ("Cover and steam for 5 minutes", Way.WET),
        ("Stir-fry the chicken", Way.PAN),
        ("Cook on low for 8 hours", Way.WET),
        ("Cook in the boiling water", Way.WET),
        ("Cook in the oven for 20 minutes", Way.OVEN),
        ("Cook at 180°C for 20 minutes", Way.OVEN),
        ("Melt the butter", Way.WARM),
    ],
)
def test_the_way_of_the_heat(step: str, way: Way) -> None:
    assert only(step).really is way


@pytest.mark.parametrize(
    ("step", "minutes"),
    [
        ("Bake for 25 minutes", 25),
        ("Simmer for 1 hour 30 minutes", 90),
        ("Bake for 40-45 mins", 40),
        ("Roast for 1½ hours", 90),
        ("Fry for 3 minutes on each side", 6),
        ("Fry for 4 minutes per side", 8),
        ("Sear for 45 seconds each side", 1.5),
        ("Fry for a few minutes", 2),
        ("Fry for a couple of minutes", 2),
        ("Bake until golden", None),
    ],
)
def test_minutes_are_the_shortest_time_and_each_side_counts(step: str, minutes: float | None) -> None:
    assert only(step).minutes == minutes


@pytest.mark.parametrize(
    ("step", "thing"),
    [
        ("Bake the wedges for 30 minutes", "wedges"),
        ("Toast seeds in a dry pan", "seeds"),
        ("Bake until golden", ""),
        ("Simmer gently for 5 minutes", ""),
    ],
)
def test_what_a_heat_is_done_to(step: str, thing: str) -> None:
    assert only(step).object.strip() == thing


@pytest.mark.parametrize(
    "step",
    [
        "If you like, grill for 5 minutes until bubbling.",
        "Alternatively, bake for 20 minutes.",
        "You could grill it until bubbling.",
    ],
)
def test_a_heat_that_may_never_be_done_is_a_choice(step: str) -> None:
    assert only(step).is_a_choice


@pytest.mark.parametrize(
    "steps",
    [
        ["Leftovers keep for 2 days. Reheat in the microwave until piping hot."],
        ["To store, chill for up to 3 days.", "Reheat until steaming hot."],
    ],
)
def test_what_is_done_with_leftovers_is_no_heat_of_the_dish(steps: list[str]) -> None:
    assert not [act for act in acts(steps) if act.way]


@pytest.mark.parametrize(
    ("step", "adds"),
    [
        ("Stir in the cream.", True),
        ("Whisk in the eggs.", True),
        ("Whisk the eggs and sugar.", False),
        ("Toss the prawns with lemon.", False),
        ("Dip in the egg.", True),
        ("Arrange the ham on plates.", False),
    ],
)
def test_adding_to_what_is_there_is_told_from_a_bowl_of_its_own(step: str, adds: bool) -> None:
    (act,) = acts([step])
    assert act.adds is adds


@pytest.mark.parametrize(
    "text", ["for the dressing, whisk the oil", "make a mayonnaise with the yolk", "dressing: blend the egg"]
)
def test_another_part_of_the_dish_is_a_bowl_of_its_own(text: str) -> None:
    assert Act("whisk", None, text, 1, text).new_bowl


def test_an_act_keeps_its_step_and_its_own_words() -> None:
    act = list(acts(["Heat the oil.", "Fry the onion. Bake the fish until it flakes."]))[-1]
    assert (act.step, act.sentence) == (2, "Bake the fish until it flakes.")


@pytest.mark.parametrize(
    ("text", "count"), [("mix the first 5 ingredients", 5), ("mix the first three ingredients", 3), ("mix", 0)]
)
def test_ingredients_are_counted(text: str, count: int) -> None:
    assert Act("mix", None, text, 1, text).first_so_many == count
