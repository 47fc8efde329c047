"""What may a person type on a shopping list, and what should they put right?"""

from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length

from planner.ticks import LONGEST_FOOD


def _seen_in_one_line(text: str | None) -> str:
    """The words without what cannot be seen: they go on a list that others read."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())


class FoodOnList(Form):
    """One food: to add to the list, or what the shop has instead."""

    food = StringField(
        "Food",
        filters=[_seen_in_one_line],
        validators=[
            DataRequired("Enter one food, like feta."),
            Length(max=LONGEST_FOOD, message=f"Enter one food a line, in {LONGEST_FOOD} letters at most."),
        ],
    )
