"""What may a person ask of the calendar, and how may they type days into it?"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wtforms import (
    Form,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from planner.calendar import ABOUT, BY_CHOICE, Kind
from planner.course import (
    EARLIEST_DAY,
    FIRST_COURSE_DAYS,
    LATEST_DAY,
    Course,
    course_of,
    is_far_off,
    plan_course,
)
from planner.forms import BOXES, EXAMPLE, NOT_CHOSEN, OWN_SHEET, DayField
from planner.own_sheet import OwnSheet
from planner.protocol import Anchor, Protocol, offered

MOST_INFUSIONS = 8


LONGEST_COURSE = timedelta(days=60)


COURSES = (1, 2, 3)


_DAY = re.compile(r"(?P<day>[0-9]{1,2})[^0-9]+(?P<month>[0-9]{1,2})[^0-9]+(?P<year>[0-9]{4})")


_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


class InfusionDaysField(TextAreaField):
    """The infusion days of one course, one on each line. `days` holds them in order; it is empty where none was given."""

    days: tuple[date, ...] = ()

    def pre_validate(self, form: Form) -> None:
        """Every line must be a real day, and all of them one course."""
        lines = [line.strip() for line in (self.data or "").splitlines() if line.strip()]
        if len(lines) > MOST_INFUSIONS:
            raise ValidationError(f"{self.label.text} must be at most {MOST_INFUSIONS} days.")
        days = sorted({self._read(line) for line in lines})
        if days and days[-1] - days[0] > LONGEST_COURSE:
            raise ValidationError(f"{self.label.text} must lie close together. Give each course a box of its own.")
        self.days = tuple(days)

    def _read(self, line: str) -> date:
        found = _ISO_DAY.fullmatch(line) or _DAY.fullmatch(line)
        try:
            day = date(*(int(found[box]) for box in reversed(BOXES))) if found else None
        except ValueError:
            day = None
        if day is None:
            raise ValidationError(f"{self.label.text} must be real dates, one on each line, {EXAMPLE}.")
        if is_far_off(day):
            raise ValidationError(f"{self.label.text} must be from {EARLIEST_DAY.year} to {LATEST_DAY.year}.")
        return day


def _infusion_days(number: int) -> InfusionDaysField:
    return InfusionDaysField(f"Infusion days of course {number}", filters=[lambda text: (text or "")[:1000]])


def _kinds() -> SelectMultipleField:
    return SelectMultipleField(
        "What to put in the calendar",
        choices=[SelectChoice(kind.value, about.name) for kind, about in ABOUT.items()],
        default=[kind.value for kind in ABOUT if kind not in BY_CHOICE],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )


class CalendarForm(Form):
    """What a calendar is made from: my hospital, the infusion days of each course, and what to put in it."""

    protocol = SelectField("My hospital", default=NOT_CHOSEN, validate_choice=False)
    days_1 = _infusion_days(1)
    days_2 = _infusion_days(2)
    days_3 = _infusion_days(3)
    discharge = DayField("Day you left hospital")
    decision = DayField("Day you decided to have the treatment")
    kinds = _kinds()
    titles = RadioField(
        "What others see",
        choices=[
            SelectChoice("plain", "Plain titles, like “Monthly test” and “Kitchen plan starts”"),
            SelectChoice("clear", "Clear titles, like “Infusion, day 1” and “Listeria diet starts”"),
        ],
        default="plain",
        validate_choice=False,
    )
    whose = StringField("Your initials, if two people share this calendar", filters=[lambda text: (text or "").strip()[:40]])

    def __init__(self, formdata: Any = None, *, protocols: Mapping[str, Protocol], own: OwnSheet | None = None) -> None:
        super().__init__(formdata)
        ours = [(protocol.slug, protocol.name) for protocol in offered(protocols)]
        entered = [(OWN_SHEET, own.name)] if own else []
        self.protocol.choices = [(NOT_CHOSEN, "I have not chosen yet: no diet dates"), *entered, *ours]

    def courses(self, today: date) -> list[Course]:
        """The courses in their order. With its first day alone a course is planned as usual; days gone by were given."""
        planned = [self._course(number, field) for number, field in enumerate(self._courses(), start=1)]
        return [course_of((one.day for one in course.infusions), _gone_by(course, today)) for course in planned]

    def _course(self, number: int, field: InfusionDaysField) -> Course:
        return plan_course(field.days[0], number) if len(field.days) == 1 else course_of(field.days, ())

    def _courses(self) -> list[InfusionDaysField]:
        return [self[f"days_{number}"] for number in COURSES]

    @property
    def other_days(self) -> dict[Anchor, date]:
        """The days that a protocol may count from beside the infusions."""
        given = {Anchor.DISCHARGE: self.discharge.data, Anchor.DECISION: self.decision.data}
        return {anchor: day for anchor, day in given.items() if day}

    @property
    def chosen_kinds(self) -> frozenset[Kind]:
        """The kinds that the person ticked."""
        return frozenset(kind for kind in Kind if kind.value in (self.kinds.data or []))

    def validate_protocol(self, field: SelectField) -> None:
        """A hospital that is not in the list was not chosen from it."""
        if field.data not in dict(field.choices):
            raise ValidationError('My hospital must be one from the list, or "I have not chosen yet".')

    def validate(self, extra_validators: Any = None) -> bool:
        """Is there a course to begin with, and does each one follow the one before?"""
        fine = bool(super().validate(extra_validators))
        fields = self._courses()
        if fine and not any(field.days for field in fields):
            self.days_1.errors = ["Infusion days of course 1 must have at least the first day, planned or given."]
            return False
        given = [field for field in fields if field.days]
        for before, after in zip(given, given[1:], strict=False):
            if after.days[0] <= before.days[-1]:
                after.errors = [*after.errors, f"{after.label.text} must come after those of the course before."]
                fine = False
        return fine


_SENT_DAY = re.compile(r"courses-(?P<course>[0-9])-(?:first|days-(?P<row>[0-9])-on)-day")


def infusion_days_sent(sent: Mapping[str, str]) -> dict[int, list[date]]:
    """The infusion days that another page of ours sends along, by the number of their course.

    Either the first and the last day of one course, or a list for each course, without the days that were missed. Days
    that cannot be read are left out: the calendar's own boxes are shown before anything is made of them.
    """
    days: dict[int, list[date]] = {}
    for name in sent:
        found = _SENT_DAY.fullmatch(name)
        day = _day_sent(sent, name.removesuffix("-day")) if found else None
        if found and day and sent.get(f"courses-{found['course']}-days-{found['row']}-state") != "missed":
            days.setdefault(int(found["course"]) + 1, []).append(day)
    return days or {1: _days_between(_day_sent(sent, "first_infusion"), _day_sent(sent, "last_infusion"))}


def _day_sent(sent: Mapping[str, str], name: str) -> date | None:
    try:
        return date(*(int(sent.get(f"{name}-{box}", "")) for box in reversed(BOXES)))
    except (ValueError, OverflowError):
        return None


def _days_between(first: date | None, last: date | None) -> list[date]:
    """Every day of a course as long as usual; only its two ends where they lie further apart."""
    if first is None or last is None or last <= first:
        return [first] if first else []
    length = (last - first).days + 1
    return [first + timedelta(days=after) for after in range(length)] if length <= FIRST_COURSE_DAYS else [first, last]


def _gone_by(course: Course, today: date) -> list[date]:
    return [infusion.day for infusion in course.infusions if infusion.day < today]
