"""What may a person say about who eats here?"""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Form, FormField, StringField
from wtforms.validators import ValidationError

from planner.forms import LONGEST_NAME, NOT_AGREED, RowsField
from planner.keeping import KeptEater

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
        for field, most in ((self.name, LONGEST_NAME), (self.avoids, LONGEST_AVOIDS)):
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
