"""Is a heat called enough only when it is, for each kind of food?"""

import pytest

from recipes.heat import PAIRS, Done, Heat, Kind, Way, core_is_enough, core_temperature, how_done, is_slow_oven, is_too_short


def done(kind: Kind, way: Way, text: str, minutes: float | None = None) -> Done:
    return how_done(kind, Heat(way, minutes, text.lower()))


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("roast until the internal temperature is 74°C", 74),
        ("bake to an internal temperature of 165°F", 73.9),
        ("until a thermometer reads 145 degrees F", 62.8),
        ("63 °C in the thickest part", 63),
        ("cook until the core hits 52-54°C", 52),
        ("145°F (63°C) on a probe", 62.8),
        ("until a thermometer registers 120 degrees", 48.9),
        ("until the probe reads 55", 55),
        ("until it reaches 125 on a thermometer", 51.7),
        ("54 degrees celsius", 54),
    ],
)
def test_a_core_temperature_is_read_in_celsius(text: str, degrees: float) -> None:
    assert core_temperature(text.lower()) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize(
    "text",
    [
        "bake at 180°c for 25 minutes",
        "preheat the oven to 350°f",
        "roast at 90°c for 20 minutes",
        "heat the oven to 95 °c",
        "bake for 60 minutes",
        "add 70 g of flour",
    ],
)
def test_an_ovens_heat_or_a_time_is_no_core_temperature(text: str) -> None:
    assert core_temperature(text) is None


@pytest.mark.parametrize(
    ("degrees", "minutes", "enough"),
    [
        (70, None, True),
        (75, None, True),
        (69, None, False),
        (65, None, False),
        (63, None, False),
        (60, None, False),
        (65, 10, True),
        (65, 9, False),
        (63, 10, False),
        (63, 45, True),
        (60, 45, True),
        (60, 44, False),
        (59, 300, False),
    ],
)
def test_below_70_degrees_only_a_stated_pair_counts(degrees: float, minutes: float | None, enough: bool) -> None:
    assert core_is_enough(degrees, minutes) is enough


@pytest.mark.parametrize(("degrees", "minutes"), PAIRS)
def test_each_pair_is_enough_and_a_degree_less_is_not(degrees: float, minutes: float) -> None:
    assert core_is_enough(degrees, minutes)
    below = [pair for pair in PAIRS if pair[0] < degrees]
    assert degrees > 70 or not core_is_enough(degrees - 1, minutes) or below[-1][1] <= minutes


def test_there_are_the_five_pairs_of_the_cook_well_rule() -> None:
    assert PAIRS == ((60, 45), (65, 10), (70, 2), (75, 0.5), (80, 0.1))


@pytest.mark.parametrize(
    ("kind", "way", "text", "answer"),
    [
        (Kind.WHOLE_CUT, Way.PAN, "fry the steak until well done", Done.THROUGH),
        (Kind.WHOLE_CUT, Way.PAN, "sear until browned", Done.MAYBE),
        (Kind.WHOLE_CUT, Way.PAN, "fry until medium rare", Done.UNDER),
        (Kind.WHOLE_CUT, Way.OVEN, "roast until still pink in the middle", Done.UNDER),
        (Kind.WHOLE_CUT, Way.OVEN, "roast until blushing", Done.UNDER),
        (Kind.WHOLE_CUT, Way.PAN, "fry until done to your liking", Done.MAYBE),
        (Kind.WHOLE_CUT, Way.WET, "braise until falling apart", Done.THROUGH),
        (Kind.MINCE, Way.PAN, "fry until browned", Done.THROUGH),
        (Kind.PATTY, Way.PAN, "fry until browned", Done.MAYBE),
        (Kind.PATTY, Way.PAN, "grill until no longer pink", Done.THROUGH),
        (Kind.PATTY, Way.PAN, "grill until slightly pink", Done.UNDER),
        (Kind.POULTRY, Way.OVEN, "roast until the juices run clear", Done.THROUGH),
        (Kind.POULTRY, Way.PAN, "fry until golden", Done.MAYBE),
        (Kind.SAUSAGE, Way.PAN, "fry until crisp", Done.THROUGH),
        (Kind.FISH, Way.OVEN, "bake until it flakes", Done.THROUGH),
        (Kind.FISH, Way.PAN, "sear until pink inside", Done.UNDER),
        (Kind.FISH, Way.PAN, "fry until translucent in the middle", Done.UNDER),
        (Kind.SHELLFISH, Way.PAN, "fry until pink", Done.THROUGH),
        (Kind.EGG, Way.WET, "boil until hard-boiled", Done.THROUGH),
        (Kind.EGG, Way.WET, "simmer until the whites are set", Done.UNDER),
        (Kind.EGG, Way.WET, "poach until soft and runny", Done.UNDER),
        (Kind.EGG, Way.WET, "boil for jammy yolks", Done.UNDER),
        (Kind.EGG, Way.OVEN, "bake until the middle is still molten", Done.UNDER),
        (Kind.EGG, Way.PAN, "fry until the eggs are set and no liquid is left", Done.THROUGH),
        (Kind.FISH, Way.OVEN, "bake until the centre is a little raw", Done.UNDER),
        (Kind.SAUSAGE, Way.PAN, "cook following the packet", Done.THROUGH),
        (Kind.MINCE, Way.PAN, "cook following the packet", Done.MAYBE),
        (Kind.EGG, Way.PAN, "fry the eggs until the edges are crisp and golden", Done.MAYBE),
        (Kind.EGG, Way.PAN, "fry the eggs until the yolks are firm", Done.THROUGH),
        (Kind.EGG, Way.PAN, "whisk until slightly thickened", Done.MAYBE),
        (Kind.EGG, Way.OVEN, "bake until set", Done.THROUGH),
        (Kind.CHEESE, Way.OVEN, "bake until golden", Done.THROUGH),
        (Kind.CHEESE, Way.PAN, "fry until the bread is golden", Done.MAYBE),
        (Kind.CHEESE, Way.WET, "simmer", Done.THROUGH),
        (Kind.VEGETABLE, Way.PAN, "fry until steaming hot", Done.THROUGH),
        (Kind.OTHER, Way.PAN, "cook", Done.MAYBE),
    ],
)
def test_doneness_words_are_read_by_kind(kind: Kind, way: Way, text: str, answer: Done) -> None:
    assert done(kind, way, text) is answer


@pytest.mark.parametrize(
    ("kind", "way", "enough", "too_few"),
    [
        (Kind.EGG, Way.WET, 8, 7),
        (Kind.POULTRY, Way.OVEN, 20, 15),
        (Kind.PATTY, Way.OVEN, 18, 12),
        (Kind.WHOLE_CUT, Way.OVEN, 100, 60),
        (Kind.FISH, Way.PAN, 8, 4),
        (Kind.SHELLFISH, Way.WET, 3, 1),
        (Kind.STRIPS, Way.PAN, 6, 2),
    ],
)
def test_minutes_are_enough_by_kind_and_way(kind: Kind, way: Way, enough: int, too_few: int) -> None:
    assert done(kind, way, "cook", enough) is Done.THROUGH
    assert done(kind, way, "cook", too_few) is Done.MAYBE


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("poach the eggs", Done.UNDER),
        ("boil the eggs", Done.UNDER),
        ("cook the eggs at high pressure", Done.MAYBE),
        ("stir the custard", Done.MAYBE),
    ],
)
def test_a_whole_egg_is_soft_after_five_minutes_in_water(text: str, answer: Done) -> None:
    assert done(Kind.EGG, Way.WET, text, 5) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("roast until the middle is 60°c, about 180 minutes", Done.UNDER),
        ("roast, then keep the middle at 60°c", Done.THROUGH),
        ("roast to an internal temperature of 60°c for 180 minutes", Done.THROUGH),
    ],
)
def test_the_time_to_reach_a_core_temperature_is_no_time_at_it(text: str, answer: Done) -> None:
    assert done(Kind.WHOLE_CUT, Way.OVEN, text, 180) is answer


@pytest.mark.parametrize(
    ("kind", "minutes", "short"),
    [
        (Kind.WHOLE_CUT, 4, True),
        (Kind.WHOLE_CUT, 5, False),
        (Kind.FISH, 2, True),
        (Kind.FISH, 0, False),
        (Kind.MINCE, 1, False),
    ],
)
def test_a_minute_a_side_is_too_short(kind: Kind, minutes: float, short: bool) -> None:
    assert is_too_short(kind, {Way.PAN: minutes} if minutes else {}) is short


@pytest.mark.parametrize("kind", [Kind.EGG, Kind.WHOLE_CUT])
def test_no_time_in_a_pan_finishes_an_egg_or_a_whole_cut(kind: Kind) -> None:
    assert done(kind, Way.PAN, "fry", 30) is Done.MAYBE


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_through_when_kept_warm_or_torched(kind: Kind) -> None:
    assert done(kind, Way.WARM, "warm gently", 240) is not Done.THROUGH
    assert done(kind, Way.PAN, "brown with a blowtorch") is not Done.THROUGH


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.VEGETABLE])
def test_a_low_core_temperature_outweighs_every_good_sign(kind: Kind) -> None:
    assert done(kind, Way.OVEN, "roast until golden and tender, 130°F inside on a probe", 200) is Done.UNDER


def test_a_water_bath_needs_longer_than_the_pair_says() -> None:
    assert done(Kind.POULTRY, Way.WET, "cook in a water bath at 60°C", 60) is Done.UNDER
    assert done(Kind.POULTRY, Way.WET, "cook in a water bath at 60°C", 120) is Done.THROUGH


@pytest.mark.parametrize(
    ("text", "slow"),
    [
        ("bake at 90°c", True),
        ("preheat the oven to 225°f", True),
        ("heat the oven to 180 °c", False),
        ("bake for an hour", None),
    ],
)
def test_a_slow_oven_is_told_from_a_hot_one(text: str, slow: bool | None) -> None:
    assert is_slow_oven(text) is slow
