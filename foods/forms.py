"""What may a person ask of the food check? The box of the Check page, the words of a label, a question to keep."""

import re

from wtforms import Field, Form, SearchField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

LONGEST_QUESTION = 200
LONGEST_LABEL = 10_000
LONGEST_QUESTION_TO_KEEP = 160
LONGEST_NAME = 80


def _in_one_line(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", " ").split())


class FoodQuestion(Form):
    """“Can I eat …?”: the name of one food, as a person types it."""

    q = SearchField(
        "Can I eat …?",
        filters=[_in_one_line],
        validators=[
            DataRequired("Enter the name of a food, like brie."),
            Length(max=LONGEST_QUESTION, message="Enter one food at a time, in a few words, like “smoked salmon bagel”."),
        ],
    )


def _is_a_name_alone(_form: Form, field: Field) -> None:
    """Refuse what may tell who somebody is: an address, a link, a telephone or patient number."""
    if re.search(r"@|://|www\.|(?:\d[ -]?){6}", field.data):
        raise ValidationError("Send the name of the food alone: no addresses, links or long numbers.")
    if not any(sign.isalpha() for sign in field.data):
        raise ValidationError("Enter the name of the food in letters.")


class MissingFood(Form):
    """The name of a food that the table does not know, for whoever keeps the facts."""

    name = StringField(
        "Name of the food",
        filters=[_in_one_line],
        validators=[
            DataRequired("Enter the name of the food."),
            Length(max=LONGEST_NAME, message=f"Send a short name: {LONGEST_NAME} letters at most."),
            _is_a_name_alone,
        ],
    )


class LabelWords(Form):
    """The words on a packet, pasted or typed."""

    words = TextAreaField(
        "The words on the label",
        filters=[lambda text: (text or "").replace("\x00", " ").strip()],
        validators=[
            DataRequired("Paste or type the words of the label."),
            Length(
                max=LONGEST_LABEL, message="That is very long. Paste only the label of one food: 10,000 letters at most."
            ),
        ],
    )


class QuestionToKeep(Form):
    """One question for the nurse."""

    question = StringField(
        "My question",
        filters=[_in_one_line],
        validators=[
            DataRequired("Enter a question, like: May I eat cold rice?"),
            Length(max=LONGEST_QUESTION_TO_KEEP, message="Enter a shorter question: 160 letters at most."),
        ],
    )
