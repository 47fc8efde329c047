"""What did the person type about their treatment days, and what should they put right?

The form is sent as a POST, so that no such day and no hospital stands in an address; every field of it may be left empty.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import ValidationError

from foods.keeping import version_seen
from planner.answer import moved_treatment
from planner.course import (
    EARLIEST_DAY,
    LATEST_DAY,
    CannotMove,
    Course,
    all_given,
    course_of,
    is_far_off,
    out_of_order,
    plan_course,
)
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
LONGEST_NAME = 80


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
            if button == "stop":
                # What was refused is not recorded; what was typed stays in its boxes.
                self.stopped.data = ""
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
        if not self.stop_who.data or len(self.stop_who.data) > LONGEST_NAME:
            self.stop_who.errors = [f"Who said so must be filled in, like my MS nurse, in at most {LONGEST_NAME} letters."]
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
