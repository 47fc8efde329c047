"""What did the person type about their treatment days or their week, and what should they put right?

The form for treatment days is sent as a POST, so that no such day and no hospital stands in an address; every field of
it may be left empty. What a week is asked with is about no one person, and may stand in an address.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from foods.keeping import version_seen
from planner.answer import moved_treatment
from planner.calendar import ABOUT, BY_CHOICE, Kind
from planner.course import (
    EARLIEST_DAY,
    FIRST_COURSE_DAYS,
    LATEST_DAY,
    CannotMove,
    Course,
    all_given,
    course_of,
    is_far_off,
    out_of_order,
    plan_course,
)
from planner.keeping import KeptEater
from planner.leaflet import QUESTIONS, SAYS_NOTHING, NotAnAnswer, Question, read_answer
from planner.own_sheet import LARGEST_FILE, NotASheet, OwnSheet
from planner.protocol import TREATMENTS, Anchor, Protocol, offered
from planner.treatment import Treatment, counts_from_courses, needed_days
from planner.window import RunsBackwards, TeamStop, say_day

NOT_CHOSEN = ""
OWN_SHEET, OWN_GROUP = "own-sheet", "Entered by us"
"""How the sheet that a person entered is called among the hospitals of a list, and what stands above it."""
EXAMPLE = "like 14 8 2026"
BOXES = ("day", "month", "year")


class DayField(Field):
    """A day in three boxes, named `<field>-day`, `<field>-month` and `<field>-year`.

    `typed` keeps what stood in each box, `data` is the day or None, and `wrong_boxes` names the boxes to look at.
    """

    typed: dict[str, str]
    data: date | None
    errors: Sequence[str]
    wrong_boxes: tuple[str, ...] = ()
    wrong_because = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the three boxes. What is wrong with them is said by `validate`, like any other mistake."""
        self.process_errors = []
        self.wrong_boxes, self.wrong_because, self.data = (), "", None
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
        self.wrong_boxes, self.wrong_because = boxes, what
        return ValueError(f"{self.label.text} {what}")

    def rename(self, words: str) -> None:
        """Call it something else, in what is wrong with it too."""
        self.label.text = words
        if self.wrong_because:
            self.process_errors = [f"{words} {self.wrong_because}"]

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with this day, beside its boxes."""
        self.wrong_boxes = BOXES
        self.errors = [*self.errors, sentence]


def mistakes(form: Form) -> list[tuple[str, str]]:
    """Every mistake in a form: the id of the control to go to, and the sentence that says what to do there."""
    return [(_first_control(field), field.errors[0]) for field in _single_fields(form) if field.errors]


def _single_fields(form: Iterable[Field]) -> Iterator[Field]:
    """The fields of a form and of the forms inside it, in the order of the page."""
    for field in form:
        if isinstance(field, FormField | FieldList):
            yield from _single_fields(field)
        else:
            yield field


def _first_control(field: Field) -> str:
    if isinstance(field, DayField):
        return f"{field.name}-{(field.wrong_boxes or BOXES)[0]}"
    return str(field.id)


AGREE = "Yes, keep my hospital and my treatment days here. I know that they are health data."
NOT_AGREED = "Tick the box if we may keep this. Without it nothing is kept."


class AgreeForm(Form):
    """May this be kept? Health data are kept only for somebody who said so."""

    agreed = BooleanField(AGREE)

    def validate_agreed(self, field: BooleanField) -> None:
        """Ticked, or nothing is kept."""
        if not field.data:
            raise ValidationError(NOT_AGREED)


MOST_COURSES, MOST_DAYS = 6, 10
SPARE_DAYS = 1
"""Empty rows at the foot of a course, for a day that was put in."""
PLANNED, GIVEN, MISSED = "planned", "given", "missed"
STATES = (PLANNED, GIVEN, MISSED)
_STATE_CHOICES = [SelectChoice(state, state.capitalize()) for state in STATES]
_LONGEST_NAME = 80


class RowsField(FieldList):
    """Rows of fields, as many as were sent, up to `max_entries`."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """The numbers of the rows that were sent. What is no small number in a name was never a row of ours."""
        for name in formdata:
            number = name.removeprefix(prefix + self._separator).split(self._separator, 1)[0]
            if name.startswith(prefix + self._separator) and re.fullmatch("[0-9]{1,2}", number, re.ASCII):
                yield int(number)


class InfusionForm(Form):
    """One infusion day of a course: planned, given or missed."""

    on = DayField("Infusion day")
    state = SelectField("How it went", choices=_STATE_CHOICES, default=PLANNED, validate_choice=False)

    def validate_state(self, field: SelectField) -> None:
        """What was not in the list was not chosen from it."""
        if field.data not in STATES:
            raise ValidationError(f"{field.label.text} must be planned, given or missed.")


class CourseForm(Form):
    """One course: its first day, and once that is known a row for each of its days."""

    first = DayField("First infusion day")
    days = RowsField(FormField(InfusionForm), max_entries=MOST_DAYS)
    decision = DayField("Day you decided to have the treatment")
    discharge = DayField("Day you left hospital")

    def number(self, number: int, courses: int) -> None:
        """Say which course this is, wherever there are several."""
        lead = f"Course {number}: " if courses > 1 else ""
        for field in (self.first, self.decision, self.discharge):
            words = field.label.text
            field.rename(lead + (words[0].lower() + words[1:] if lead else words))
        for place, row in enumerate(self.days, start=1):
            row.form.on.rename(f"{lead}day {place}" if lead else f"Day {place}")
            row.form.state.label.text = f"How {row.form.on.label.text[:1].lower()}{row.form.on.label.text[1:]} went"

    @property
    def rows(self) -> list[tuple[date, str, DayField]]:
        """The rows that hold a day: the day, how it went, and its boxes."""
        forms = [row.form for row in self.days]
        return [(form.on.data, form.state.data, form.on) for form in forms if form.on.data]

    @property
    def has_rows(self) -> bool:
        """Is anything left of the list of days? Else the first day alone is asked for."""
        return any(any(row.form.on.typed.values()) for row in self.days)

    def course(self, number: int) -> Course:
        """The course as it was filled in. The first day alone stands for the usual plan."""
        if self.rows:
            planned, given, missed = ([day for day, went, _ in self.rows if went == state] for state in STATES)
            course = course_of(planned, given, missed)
        else:
            course = plan_course(self.first.data, number) if self.first.data else Course(())
        return replace(course, decision=self.decision.data, discharge=self.discharge.data)

    def check(self, number: int, today: date) -> bool:
        """Is every day there once, none given that is still to come, and none before one that it must follow?"""
        wrong = out_of_order(self.course(number).anchors)
        for anchor, sentence in wrong.items():
            self._boxes_of(anchor).refuse(sentence)
        return all([not wrong, *self._check_rows(today)])

    def _check_rows(self, today: date) -> Iterator[bool]:
        seen: set[date] = set()
        for day, went, boxes in self.rows:
            if day in seen:
                boxes.refuse(f"{boxes.label.text} is there already. Change it, or leave its boxes empty.")
            elif went == GIVEN and day > today:
                boxes.refuse(f"{boxes.label.text} is still to come, so it must be planned or missed.")
            yield not boxes.errors
            seen.add(day)

    def _boxes_of(self, anchor: Anchor) -> DayField:
        own = {Anchor.DECISION: self.decision, Anchor.DISCHARGE: self.discharge}
        return own.get(anchor) or self.first_boxes

    @property
    def first_boxes(self) -> DayField:
        """Where the first day of this course stands on the page."""
        return self.rows[0][2] if self.rows else self.first


class DatesForm(Form):
    """My hospital, my courses and other days, what my team said, and what I ask about."""

    protocol = SelectField("My hospital", default=NOT_CHOSEN, validate_choice=False)
    older = SelectField("The sheet that you began on", default=NOT_CHOSEN, validate_choice=False)
    also = SelectField("A second sheet that you were given", default=NOT_CHOSEN, validate_choice=False)
    courses = RowsField(FormField(CourseForm), min_entries=1, max_entries=MOST_COURSES)
    admission = DayField("Day you went into hospital")
    transplant = DayField("Day of the transplant")
    last_chemotherapy = DayField("Day of the last chemotherapy course")
    laboratory_value = DayField("Day of the blood test that started it")
    started = BooleanField("I keep the diet already")
    on = DayField("Day you ask about")
    move_course = SelectField("Which course moves", choices=[], default="", validate_choice=False)
    move_to = DayField("New first day")
    stop_who = StringField("Who said so", filters=[lambda text: (text or "").strip()])
    stop_day = DayField("Day they said so")
    stopped = HiddenField(default="")
    agreed = BooleanField(AGREE)
    version = HiddenField(default="0")

    def __init__(
        self,
        formdata: Any = None,
        *,
        protocols: Mapping[str, Protocol],
        today: date,
        filled: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(formdata, data=filled)
        self.today, self.known = today, protocols
        for field in (self.protocol, self.also):
            field.choices = _protocol_choices(protocols)
        replaced = [SelectChoice(one.slug, one.name) for one in protocols.values() if one.superseded]
        self.older.choices = [SelectChoice(NOT_CHOSEN, "I hold a sheet that is in the list above"), *replaced]
        self._number_courses()

    def _number_courses(self) -> None:
        entries = [entry.form for entry in self.courses]
        for number, course in enumerate(entries, start=1):
            course.number(number, len(entries))
        self.move_course.choices = [SelectChoice(str(place), f"Course {place + 1}") for place in range(len(entries))]
        self.move_course.data = self.move_course.data or "0"

    @property
    def chosen(self) -> list[Protocol]:
        """The protocols that the dates are counted by, each once. What is not in the list counts for nothing.

        Whoever began on a sheet that was replaced since goes on with it.
        """
        slugs = dict.fromkeys((self.older.data or self.protocol.data, self.also.data))
        return [self.known[slug] for slug in slugs if slug in self.known]

    @property
    def held_now(self) -> Protocol | None:
        """The sheet that they hold now, where they began on an older one."""
        return self.known.get(self.protocol.data) if self.older.data else None

    def press(self, button: str) -> Treatment | None:
        """The person's days once they pressed a button; None where they have to put something right first.

        "given-1" and "drop-1" are about the first course, "stop" and "undo-stop" about the team's word, "use-move" takes
        the new days over. Any other button changes nothing.
        """
        if button in ("stop", "undo-stop"):
            self.stopped.data = "yes" if button == "stop" else ""
        if not self.validate():
            return None
        treatment = self.treatment(*button.split("-", 1)) if button.startswith(("given-", "drop-")) else self.treatment()
        return self._moved(treatment) if button == "use-move" and self.move else treatment

    def treatment(self, doing: str = "", number: str = "") -> Treatment:
        """The person's days as they filled them in, with one course all given or dropped. Empty courses are left out."""
        courses = [entry.form.course(place) for place, entry in enumerate(self.courses, start=1)]
        place = int(number) - 1 if re.fullmatch("[1-9]", number, re.ASCII) else len(courses)
        if place < len(courses):
            courses[place] = all_given(courses[place], self.today) if doing == "given" else Course(())
        return Treatment(
            courses=tuple(course for course in courses if course != Course(())),
            others={anchor: field.data for anchor, field in self.other_days().items() if field.data},
            started_on=self.today if self.started.data else None,
            stop=TeamStop(self.stop_day.data, self.stop_who.data) if self.stopped.data and self.stop_day.data else None,
        )

    def _moved(self, treatment: Treatment) -> Treatment | None:
        place, to = self.move or (0, self.today)
        try:
            return moved_treatment(self.chosen, treatment, place, to, self.today)
        except (CannotMove, RunsBackwards) as error:
            self.refuse(error)
            return None

    def refuse(self, error: CannotMove | RunsBackwards) -> None:
        """Say what does not fit: beside the new day of a move, else beside the first of the days that it came from."""
        others = [field for field in self.other_days().values() if field.data]
        days = [self.move_to] if self.move else [*others, self.courses[0].form.first_boxes]
        days[0].refuse(str(error) if isinstance(error, CannotMove) else f"{error} Check the days you gave.")

    @property
    def seen(self) -> int:
        """Which version of the kept dates the person saw; 0 for none."""
        return version_seen(self.version.data)

    def refuse_to_keep(self) -> None:
        """Say that nothing is kept for somebody who did not agree."""
        self.agreed.errors = [NOT_AGREED]

    @property
    def needed(self) -> frozenset[Anchor]:
        """The days beside the infusions that the chosen sheets count from."""
        return needed_days(self.chosen)

    @property
    def asks_for_courses(self) -> bool:
        """Are infusion days asked for? Not with a transplant alone, but what was typed stays."""
        return not self.chosen or any(map(counts_from_courses, self.chosen)) or self._holds_courses()

    @property
    def can_add_course(self) -> bool:
        """Is there room for one more course?"""
        return len(self.courses) < MOST_COURSES

    def _holds_courses(self) -> bool:
        forms = [entry.form for entry in self.courses]
        days = (box for one in forms for field in (one.first, one.decision, one.discharge) for box in field.typed.values())
        return any(days) or any(one.has_rows for one in forms)

    @property
    def asks_more(self) -> bool:
        """Is there more than a hospital and a first day, so that the page shows all its questions?

        The first button of those changes nothing. It must stand first wherever others do, as the Enter key presses it.
        """
        typed = (box for field in (self.on, self.move_to, self.stop_day) for box in field.typed.values())
        has_buttons = len(self.courses) > 1 or self.courses[0].form.has_rows
        return has_buttons or any(typed) or bool(self.stop_who.data or self.stop_who.errors or self.stop_day.errors)

    @property
    def move(self) -> tuple[int, date] | None:
        """Which course moves and to which day, where the person asks about that."""
        return (int(self.move_course.data), self.move_to.data) if self.move_to.data else None

    def other_days(self) -> dict[Anchor, DayField]:
        """The days beside the courses that a protocol may count from."""
        return {
            Anchor.ADMISSION: self.admission,
            Anchor.TRANSPLANT: self.transplant,
            Anchor.LAST_CHEMOTHERAPY: self.last_chemotherapy,
            Anchor.LABORATORY_VALUE: self.laboratory_value,
        }

    def validate_protocol(self, field: SelectField) -> None:
        """A hospital that is not in the list was not chosen from it."""
        if field.data not in self.known or not self.known[field.data].is_offered:
            if field.data != NOT_CHOSEN:
                raise ValidationError(f'{field.label.text} must be one from the list, or "I have not chosen yet".')

    validate_also = validate_protocol

    def validate_older(self, field: SelectField) -> None:
        """One of those that were replaced, or none."""
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(f"{field.label.text} must be one from the list.")

    def validate_move_course(self, field: SelectField) -> None:
        """A course that is not there cannot move."""
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError("Which course moves must be one of your courses.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Is every day real, does each course make sense, and do the courses follow each other?"""
        fine = bool(super().validate(extra_validators))
        checked = [entry.form.check(number, self.today) for number, entry in enumerate(self.courses, start=1)]
        return all([fine, *checked, self._courses_follow(), not self.stopped.data or self._check_stop()])

    def _courses_follow(self) -> bool:
        last: date | None = None
        fine = True
        for number, entry in enumerate(self.courses, start=1):
            course = entry.form.course(number)
            if last and course.first_day and course.first_day <= last:
                after = f"{say_day(last)}, the last day of the course before it"
                entry.form.first_boxes.refuse(f"Course {number} must start after {after}.")
                fine = False
            last = course.last_day or last
        return fine

    def _check_stop(self) -> bool:
        """Is it said who ended the diet, and on which day, that is not still to come?"""
        fine = True
        if not self.stop_who.data or len(self.stop_who.data) > _LONGEST_NAME:
            self.stop_who.errors = [f"Who said so must be filled in, like my MS nurse, in at most {_LONGEST_NAME} letters."]
            fine = False
        if self.stop_day.data is None and not self.stop_day.errors:
            self.stop_day.refuse(f"Day they said so must be a date, {EXAMPLE}.")
        elif self.stop_day.data and self.stop_day.data > self.today:
            self.stop_day.refuse("Day they said so must be today or before.")
        return fine and not self.stop_day.errors


def _protocol_choices(protocols: Mapping[str, Protocol]) -> list[SelectChoice]:
    """The protocols that are offered, under the treatment that they go with."""
    found = sorted(offered(protocols), key=lambda one: TREATMENTS.index(one.treatment))
    found.sort(key=lambda one: one.slug != OWN_SHEET)
    groups = ((one, OWN_GROUP if one.slug == OWN_SHEET else one.treatment[0].upper() + one.treatment[1:]) for one in found)
    chosen = [SelectChoice(one.slug, one.name, optgroup=group) for one, group in groups]
    return [SelectChoice(NOT_CHOSEN, "I have not chosen yet"), *chosen]


def as_filled(form: DatesForm, treatment: Treatment, keeps_on: bool, button: str) -> dict[str, Any]:
    """What a fresh form holds: the same choices, and this treatment's days in their rows. A button may add a course."""
    shown = [_course_as_filled(course) for course in treatment.courses]
    if (button == "add-course" and len(shown) < MOST_COURSES) or not shown:
        shown.append({})
    return {
        "protocol": form.protocol.data,
        "older": form.older.data,
        "also": form.also.data,
        "courses": shown,
        **{field.name: treatment.others.get(anchor) for anchor, field in form.other_days().items()},
        "started": keeps_on,
        "on": form.on.data,
        "move_course": form.move_course.data if int(form.move_course.data) < len(shown) else "0",
        "move_to": None if button == "use-move" else form.move_to.data,
        "stop_who": treatment.stop.who if treatment.stop else form.stop_who.data,
        "stop_day": treatment.stop.day if treatment.stop else form.stop_day.data,
        "stopped": "yes" if treatment.stop else "",
    }


def _course_as_filled(course: Course) -> dict[str, Any]:
    states = {
        **dict.fromkeys(course.missed, MISSED),
        **dict.fromkeys(course.planned, PLANNED),
        **dict.fromkeys(course.given, GIVEN),
    }
    rows: list[dict[str, Any]] = [{"on": day, "state": states[day]} for day in sorted(states)]
    spare = min(SPARE_DAYS, MOST_DAYS - len(rows)) if rows else 0
    return {
        "days": rows + [{"on": None, "state": PLANNED}] * spare,
        "decision": course.decision,
        "discharge": course.discharge,
    }


# ---- Who eats here ----

MOST_EATERS, SPARE_EATERS, LONGEST_AVOIDS = 12, 2, 200
AGREE_EATERS = "Yes, keep this here. I know that it is health data who keeps the diet."


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", " ").split())


class EaterForm(Form):
    """One person who eats here."""

    name = StringField("Name", filters=[_plain])
    on_diet = BooleanField("Keeps the diet")
    avoids = StringField("What they avoid", filters=[_plain])

    def number(self, number: int) -> None:
        """Say which person each box is about, for whoever hears the labels one by one."""
        for field in (self.name, self.on_diet, self.avoids):
            field.label.text = f"Person {number}: {field.label.text[0].lower()}{field.label.text[1:]}"

    def validate(self, extra_validators: Any = None) -> bool:
        """Has everybody of whom something is said a name, and is nothing too long?"""
        if not self.name.data and (self.on_diet.data or self.avoids.data):
            self.name.errors = [f"{self.name.label.text} must be filled in, like Kim."]
        for field, most in ((self.name, _LONGEST_NAME), (self.avoids, LONGEST_AVOIDS)):
            if len(field.data) > most:
                field.errors = [f"{field.label.text} must be {most} letters or fewer."]
        return not any(field.errors for field in self)


class EatersForm(Form):
    """Everybody who eats here, with empty rows for more."""

    people = RowsField(FormField(EaterForm), max_entries=MOST_EATERS)
    agreed = BooleanField(AGREE_EATERS)

    def __init__(self, formdata: Any = None, *, eaters: Sequence[KeptEater] = (), is_agreed: bool = False) -> None:
        rows = [{"name": one.name, "on_diet": one.on_diet, "avoids": one.avoids} for one in eaters]
        spare = min(SPARE_EATERS, MOST_EATERS - len(rows))
        super().__init__(formdata, data={"people": [*rows, *[{}] * spare]})
        self.is_agreed = is_agreed
        for number, entry in enumerate(self.people, start=1):
            entry.form.number(number)

    def validate_agreed(self, field: BooleanField) -> None:
        """Ticked once, or nothing is kept."""
        if not (field.data or self.is_agreed):
            raise ValidationError(NOT_AGREED)

    @property
    def eaters(self) -> tuple[KeptEater, ...]:
        """Those who have a name, in their order."""
        forms = [entry.form for entry in self.people]
        return tuple(KeptEater(one.name.data, one.on_diet.data, one.avoids.data) for one in forms if one.name.data)


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
