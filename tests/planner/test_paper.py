"""Is a week printed as large as there is room for, and smaller where more has to stand there?"""

from planner.paper import SIZES, type_size
from planner.week import DINNER, MEALS_OF_A_DAY, Week, Wishes
from tests.planner.kitchens import MONDAY, a_meal

WISHES = Wishes(MONDAY)


def size_of(letters: int, meals: tuple[str, ...] = MEALS_OF_A_DAY, notes: tuple[str, ...] = (), **more: object) -> int:
    """The size of a week in which each dish has a name of so many letters."""
    week = Week(WISHES.days, tuple(a_meal(day, meal, **more) for day in WISHES.days for meal in meals))
    return type_size(week, WISHES, {"stew": "x" * letters}, notes)


def test_dinners_alone_are_printed_as_large_as_can_be() -> None:
    assert size_of(30, meals=(DINNER,)) == SIZES[0]


def test_the_longer_the_names_the_smaller_they_are() -> None:
    sizes = [size_of(letters) for letters in (10, 30, 60, 120)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] >= 12 and sizes[-1] == SIZES[-1]


def test_what_stands_beside_the_dishes_takes_room_too() -> None:
    assert size_of(30, leftover_of="stew") < size_of(30)
    evenings = ("Put the cod from the freezer into the fridge on Saturday evening. Thaw it there, never outside.",) * 14
    assert size_of(30, notes=evenings) < size_of(30)
