"""Is the last infusion the last day given, and is a planned end marked as planned?"""

from datetime import date

import pytest

from planner.course import Course, Infusion, course_of, earliest_next_course, is_far_off, out_of_order, plan_course
from planner.protocol import Anchor

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY = (
    date(2025, 6, 2), date(2025, 6, 3), date(2025, 6, 4), date(2025, 6, 5), date(2025, 6, 6), date(2025, 6, 9),
)  # fmt: skip
WEEK = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)


@pytest.mark.parametrize(
    ("number", "last"),
    [
        pytest.param(1, FRIDAY, id="the first course is planned for 5 days"),
        pytest.param(2, WEDNESDAY, id="the second for 3"),
        pytest.param(4, WEDNESDAY, id="and every later one for 3"),
    ],
)
def test_the_usual_plan(number: int, last: date) -> None:
    course = plan_course(MONDAY, number)
    assert (course.first_day, course.last_day) == (MONDAY, last)
    assert course.is_provisional
    assert course.last_given is None


@pytest.mark.parametrize(
    ("planned", "given", "last_given", "last_day", "is_provisional"),
    [
        pytest.param((), WEEK, FRIDAY, FRIDAY, False, id="all given as planned"),
        pytest.param(WEEK, WEEK[:2], TUESDAY, FRIDAY, True, id="two given, three to come"),
        pytest.param((), WEEK[:3], WEDNESDAY, WEDNESDAY, False, id="stopped early: the other days were struck out"),
        pytest.param(
            (), (*WEEK[:4], NEXT_MONDAY), NEXT_MONDAY, NEXT_MONDAY, False, id="one missed and given after the weekend"
        ),
        pytest.param((NEXT_MONDAY,), WEEK[:4], THURSDAY, NEXT_MONDAY, True, id="one missed and planned again"),
        pytest.param((), (), None, None, False, id="no day known"),
    ],
)
def test_the_last_infusion_is_the_last_day_given(
    planned: tuple[date, ...],
    given: tuple[date, ...],
    last_given: date | None,
    last_day: date | None,
    is_provisional: bool,
) -> None:
    course = course_of(planned, given)
    assert (course.last_given, course.last_day, course.is_provisional) == (last_given, last_day, is_provisional)


def test_a_course_gives_the_days_that_a_protocol_counts_from() -> None:
    days = {Anchor.FIRST_INFUSION: MONDAY, Anchor.LAST_INFUSION: FRIDAY}
    assert course_of(reversed(WEEK), ()).anchors == days
    assert Course(()).anchors == {}


@pytest.mark.parametrize(
    "infusions",
    [
        pytest.param((Infusion(TUESDAY), Infusion(MONDAY)), id="out of order"),
        pytest.param((Infusion(MONDAY), Infusion(MONDAY, given=True)), id="one day twice"),
    ],
)
def test_a_course_lists_each_day_once_and_in_order(infusions: tuple[Infusion, ...]) -> None:
    with pytest.raises(ValueError, match="in order, each day once"):
        Course(infusions)


@pytest.mark.parametrize(
    ("last_dose", "earliest"),
    [
        pytest.param(date(2025, 6, 6), date(2026, 6, 6), id="a year on, the same day"),
        pytest.param(date(2024, 2, 29), date(2025, 3, 1), id="no 29 February: rounded on"),
        pytest.param(date(2023, 2, 28), date(2024, 2, 28), id="into a leap year"),
    ],
)
def test_the_next_course_is_12_months_after_the_last_dose(last_dose: date, earliest: date) -> None:
    assert earliest_next_course(last_dose) == earliest


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        pytest.param({}, {}, id="no days"),
        pytest.param({Anchor.FIRST_INFUSION: MONDAY, Anchor.LAST_INFUSION: MONDAY}, {}, id="one day of treatment"),
        pytest.param(
            {Anchor.FIRST_INFUSION: TUESDAY, Anchor.LAST_INFUSION: MONDAY},
            {
                Anchor.LAST_INFUSION: "The last infusion cannot be before the first infusion on Tuesday 3 June 2025."
                " Check both days."
            },
            id="last before first",
        ),
        pytest.param(
            {Anchor.DECISION: TUESDAY, Anchor.FIRST_INFUSION: MONDAY, Anchor.LAST_INFUSION: FRIDAY},
            {
                Anchor.FIRST_INFUSION: "The first infusion cannot be before the decision on Tuesday 3 June 2025."
                " Check both days."
            },
            id="treated before deciding",
        ),
        pytest.param(
            {Anchor.FIRST_INFUSION: WEDNESDAY, Anchor.DISCHARGE: TUESDAY},
            {Anchor.DISCHARGE: "Discharge cannot be before the first infusion on Wednesday 4 June 2025. Check both days."},
            id="discharged before the first, the last not known",
        ),
        pytest.param({Anchor.TRANSPLANT: MONDAY, Anchor.DISCHARGE: FRIDAY}, {}, id="a transplant has no place in the order"),
    ],
)
def test_days_out_of_order_are_named(days: dict[Anchor, date], wrong: dict[Anchor, str]) -> None:
    assert out_of_order(days) == wrong


@pytest.mark.parametrize(
    ("day", "far_off"),
    [
        (date(1999, 12, 31), True),
        (date(2000, 1, 1), False),
        (date(2099, 12, 31), False),
        (date(2100, 1, 1), True),
        (date(9999, 12, 31), True),
    ],
)
def test_a_day_in_another_century_is_a_slip(day: date, far_off: bool) -> None:
    assert is_far_off(day) is far_off
