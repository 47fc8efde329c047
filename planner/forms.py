"""What did the person type about their treatment days or their week, and what should they put right?

The form for treatment days is sent as a POST, so that no such day and no hospital stands in an address; every field of
it may be left empty. What a week is asked with is about no one person, and may stand in an address.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wtforms import (
    Field,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from planner.calendar import ABOUT, BY_CHOICE, Kind
from planner.course import (
    EARLIEST_DAY,
    FIRST_COURSE_DAYS,
    LATEST_DAY,
    Course,
    course_of,
    is_far_off,
    out_of_order,
    plan_course,
)
from planner.leaflet import QUESTIONS, SAYS_NOTHING, NotAnAnswer, Question, read_answer
from planner.own_sheet import LARGEST_FILE, NotASheet, OwnSheet
from planner.protocol import Anchor, Protocol, offered
from planner.week import FEWEST_MINUTES, MOST_MINUTES, USUAL_MINUTES

NOT_CHOSEN = ""
EXAMPLE = "like 14 8 2026"
BOXES = ("day", "month", "year")


class DayField(Field):
    """A day in three boxes, named `<field>-day`, `<field>-month` and `<field>-year`.

    `typed` keeps what stood in each box, `data` is the day or None, and `wrong_boxes` names the boxes to look at.
    """

    typed: dict[str, str]
    wrong_boxes: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the three boxes. What is wrong with them is said by `validate`, like any other mistake."""
        self.process_errors = []
        self.data = None
        self.typed = {box: self._in_box(box, formdata, data) for box in BOXES}
        try:
            self.data = self._read()
        except ValueError as error:
            self.process_errors.append(str(error))

    def _in_box(self, box: str, formdata: Any, data: Any) -> str:
        """What was typed, or on a page that was not sent what is offered."""
        if formdata:
            return str(formdata.get(f"{self.name}-{box}", "")).strip()
        return str(getattr(data, box)) if isinstance(data, date) else ""

    def _read(self) -> date | None:
        missing = tuple(box for box in BOXES if not self.typed[box])
        if len(missing) == len(BOXES):
            return None
        if missing:
            raise self._wrong(missing, f"must have a {' and a '.join(missing)} too, {EXAMPLE}.")
        try:
            day = date(*(int(self.typed[box]) for box in reversed(BOXES)))
        except (ValueError, OverflowError):
            raise self._wrong(BOXES, f"must be a real date, {EXAMPLE}.") from None
        if is_far_off(day):
            raise self._wrong(("year",), f"must have a year from {EARLIEST_DAY.year} to {LATEST_DAY.year}, {EXAMPLE}.")
        return day

    def _wrong(self, boxes: tuple[str, ...], what: str) -> ValueError:
        self.wrong_boxes = boxes
        return ValueError(f"{self.label.text} {what}")


def mistakes(form: Form) -> list[tuple[str, str]]:
    """Every mistake in a form: the id of the control to go to, and the sentence that says what to do there."""
    return [(_first_control(field), field.errors[0]) for field in form if field.errors]


def _first_control(field: Field) -> str:
    if isinstance(field, DayField):
        return f"{field.name}-{(field.wrong_boxes or BOXES)[0]}"
    return str(field.id)


class DatesForm(Form):
    """My hospital, my treatment days, and the day I ask about."""

    protocol = SelectField("My hospital", default=NOT_CHOSEN, validate_choice=False)
    first_infusion = DayField("First infusion day")
    last_infusion = DayField("Last infusion day")
    discharge = DayField("Day you left hospital")
    decision = DayField("Day you decided to have the treatment")
    on = DayField("Day you ask about")

    def __init__(self, formdata: Any = None, *, protocols: Mapping[str, Protocol]) -> None:
        super().__init__(formdata)
        chosen = [(protocol.slug, protocol.name) for protocol in offered(protocols)]
        self.protocol.choices = [(NOT_CHOSEN, "I have not chosen yet"), *chosen]

    @property
    def days(self) -> dict[Anchor, date]:
        """The days that a protocol counts from, as far as the person gave them."""
        return {anchor: field.data for anchor, field in self._anchor_fields().items() if field.data}

    def validate_protocol(self, field: SelectField) -> None:
        """A hospital that is not in the list was not chosen from it."""
        if field.data not in dict(field.choices):
            raise ValidationError('My hospital must be one from the list, or "I have not chosen yet".')

    def validate(self, extra_validators: Any = None) -> bool:
        """Is every day real, and none before one that it must follow?"""
        fine = bool(super().validate(extra_validators))
        fields = self._anchor_fields()
        wrong = out_of_order(self.days)
        for anchor, sentence in wrong.items():
            fields[anchor].wrong_boxes = BOXES
            fields[anchor].errors = [*fields[anchor].errors, sentence]
        return fine and not wrong

    def _anchor_fields(self) -> dict[Anchor, DayField]:
        return {
            Anchor.FIRST_INFUSION: self.first_infusion,
            Anchor.LAST_INFUSION: self.last_infusion,
            Anchor.DISCHARGE: self.discharge,
            Anchor.DECISION: self.decision,
        }


class WholeNumberField(IntegerField):
    """A whole number; what is none gets a sentence that says what to type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Left out it keeps its default; an empty box is no number."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(f"{self.label.text} must be a whole number, like {self.default}.") from None


LAST_SEED = 999_999


def _between(name: str, least: int, most: int) -> NumberRange:
    return NumberRange(least, most, f"{name} must be a number from {least} to {most}.")


class WeekChoices(Form):
    """What stands in the address of a week: how many eat, the minutes of cooking a day, and which of the good weeks."""

    servings = WholeNumberField("People eating", default=2, validators=[_between("People eating", 1, 12)])
    minutes = WholeNumberField(
        "Cooking minutes a day",
        default=USUAL_MINUTES,
        validators=[_between("Cooking minutes a day", FEWEST_MINUTES, MOST_MINUTES)],
    )
    seed = WholeNumberField("Week number", default=1, validators=[_between("Week number", 1, LAST_SEED)])

    @property
    def in_address(self) -> dict[str, Any]:
        """The choices as they stand in the address of the week."""
        return {name: field.data for name, field in self._fields.items() if name in ("seed", "servings", "minutes")}


class WeekForm(WeekChoices):
    """What a week is asked with: those choices and its first day."""

    first_day = DayField("First day of the week")

    @property
    def day_in_address(self) -> str:
        """The first day as it stands in the address of the week; empty where there is none."""
        return self.first_day.data.isoformat() if self.first_day.data else ""

    def validate_first_day(self, field: DayField) -> None:
        """A week needs a day to begin on."""
        if field.data is None and not field.process_errors:
            field.wrong_boxes = BOXES
            raise ValidationError(f"First day of the week must be a date, {EXAMPLE}.")


# ---- A sheet that we do not ship, and the calendar ----


class OwnSheetForm(BaseForm):
    """Every question about a sheet, each with what was typed or picked for it; left alone it is "does not say"."""

    def __init__(self, formdata: Any = None, answers: Mapping[str, str] | None = None) -> None:
        super().__init__({question.key: _answer_field(question) for question in QUESTIONS})
        self.process(formdata, data=answers or {})

    @property
    def typed(self) -> dict[str, str]:
        """What stands in every field, read or not."""
        return {name: field.data or SAYS_NOTHING for name, field in self._fields.items()}


def _answer_field(question: Question) -> Field:
    def reads(form: BaseForm, field: Field) -> None:
        try:
            read_answer(question, field.data or SAYS_NOTHING)
        except NotAnAnswer as error:
            raise ValidationError(f"“{question.asks}” {error}") from None

    if question.choices:
        choices = [SelectChoice(value, words) for value, words in question.choices]
        return RadioField(question.asks, choices=choices, default=SAYS_NOTHING, validate_choice=False, validators=[reads])
    return (TextAreaField if question.lines else StringField)(question.asks, default=SAYS_NOTHING, validators=[reads])


class SheetFileForm(Form):
    """A sheet that was saved as a file. `sheet` is what it holds, once it has been validated."""

    file = FileField("The file of a sheet that you saved")
    sheet: OwnSheet

    def validate_file(self, field: FileField) -> None:
        """Only a whole sheet will do; anything else gets its sentence and changes nothing."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError("Choose the file of a sheet that you saved here.")
        try:
            self.sheet = OwnSheet.from_json(field.data.read(LARGEST_FILE + 1))
        except NotASheet as error:
            raise ValidationError(str(error)) from None


class OwnDatesForm(Form):
    """A person's treatment days, for the dates under their own sheet."""

    first_infusion = DayField("First infusion day")
    last_infusion = DayField("Last infusion day")
    discharge = DayField("Day you left hospital")
    decision = DayField("Day you decided to have the treatment")

    @property
    def days(self) -> dict[Anchor, date]:
        """The days that a protocol counts from, as far as the person gave them."""
        fields = {anchor: self[anchor.name.lower()] for anchor in _TYPED_DAYS}
        return {anchor: field.data for anchor, field in fields.items() if field.data}

    def validate(self, extra_validators: Any = None) -> bool:
        """Is every day real, and none before one that it must follow?"""
        fine = bool(super().validate(extra_validators))
        wrong = out_of_order(self.days)
        for anchor, sentence in wrong.items():
            field = self[anchor.name.lower()]
            field.wrong_boxes = BOXES
            field.errors = [*field.errors, sentence]
        return fine and not wrong


_TYPED_DAYS = (Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION, Anchor.DISCHARGE, Anchor.DECISION)


OWN_SHEET = "own-sheet"
"""The answer that stands for the sheet that travels with the form."""
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
