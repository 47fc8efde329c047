"""What may a person answer about a sheet that we do not ship, and about their own days under it?"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from wtforms import Field, FileField, Form, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from planner.course import out_of_order
from planner.forms import BOXES, DayField
from planner.leaflet import BY_KEY, QUESTIONS, SAYS_NOTHING, NotAnAnswer, Question, check_second_part, read_answer
from planner.own_sheet import LARGEST_FILE, NotASheet, OwnSheet
from planner.protocol import Anchor

INFUSIONS = (Anchor.FIRST_INFUSION, Anchor.LAST_INFUSION)
_TYPED_DAYS = (
    *INFUSIONS,
    *(Anchor.DECISION, Anchor.ADMISSION, Anchor.DISCHARGE),
    *(Anchor.TRANSPLANT, Anchor.LAST_CHEMOTHERAPY, Anchor.LABORATORY_VALUE),
)


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
            if question.key == "second_ends":
                check_second_part(_read_so_far(form))
        except NotAnAnswer as error:
            raise ValidationError(f"“{question.asks}” {error}") from None

    if question.choices:
        choices = [SelectChoice(value, words) for value, words in question.choices]
        return RadioField(question.asks, choices=choices, default=SAYS_NOTHING, validate_choice=False, validators=[reads])
    return (TextAreaField if question.lines else StringField)(question.asks, default=SAYS_NOTHING, validators=[reads])


def _read_so_far(form: BaseForm) -> dict[str, str]:
    """The answers that can be read; what cannot says so at its own box."""
    found = {}
    for name, field in form._fields.items():
        with suppress(NotAnAnswer):
            found[name] = read_answer(BY_KEY[name], field.data or SAYS_NOTHING)
    return found


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
    decision = DayField("Day you decided to have the treatment")
    admission = DayField("Day you went into hospital")
    discharge = DayField("Day you left hospital")
    transplant = DayField("Day of the transplant")
    last_chemotherapy = DayField("Day of the last chemotherapy course")
    laboratory_value = DayField("Day of the blood test that started it")

    def asked_for(self, anchors: Collection[Anchor]) -> list[DayField]:
        """The boxes for the infusions, then for the other days that a sheet counts from."""
        return [self[anchor.name.lower()] for anchor in _TYPED_DAYS if anchor in (*INFUSIONS, *anchors)]

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
