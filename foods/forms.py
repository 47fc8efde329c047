"""What may a person ask of the food check? The one box of the Check page."""

from wtforms import Form, SearchField
from wtforms.validators import DataRequired, Length

LONGEST_QUESTION = 200


class FoodQuestion(Form):
    """“Can I eat …?”: the name of one food, as a person types it."""

    q = SearchField(
        "Can I eat …?",
        filters=[lambda text: " ".join((text or "").replace("\x00", " ").split())],
        validators=[
            DataRequired("Enter the name of a food, like brie."),
            Length(max=LONGEST_QUESTION, message="Enter one food at a time, in a few words, like “smoked salmon bagel”."),
        ],
    )
