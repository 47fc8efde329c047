"""What does a person ask of a week, and what should they put right? About no treatment, so it may stand in an address."""

from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import Form, IntegerField, SelectChoice, SelectMultipleField
from wtforms.form import BaseForm
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from planner.forms import BOXES, EXAMPLE, DayField
from planner.week import FEWEST_MINUTES, MEALS_OF_A_DAY, MOST_MINUTES, USUAL_MINUTES, Eater, Wishes
from recipes.recipe import ALLERGENS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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


class TickBoxes(SelectMultipleField):
    """Boxes to tick. A value that no box has is said, never passed over: a food to avoid must not get lost."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        """Everything sent must be one of the boxes."""
        if not {*(self.data or ())} <= {choice.value for choice in self.choices}:
            raise ValidationError(f"{self.label.text} must be ticked from the list.")


class WeekChoices(Form):
    """What stands in the address of a week: what is asked of it that is about no treatment, and which good week it is."""

    servings = WholeNumberField("People eating", default=2, validators=[_between("People eating", 1, 12)])
    minutes = WholeNumberField(
        "Cooking minutes a day",
        default=USUAL_MINUTES,
        validators=[_between("Cooking minutes a day", FEWEST_MINUTES, MOST_MINUTES)],
    )
    meals = TickBoxes(
        "Meals to plan",
        default=list(MEALS_OF_A_DAY),
        choices=[SelectChoice(one, one.capitalize()) for one in MEALS_OF_A_DAY],
    )
    away = TickBoxes("Lunch at work", choices=[SelectChoice(one, one.capitalize()) for one in WEEKDAYS])
    without = TickBoxes("Leave out", choices=[SelectChoice(one, one.capitalize()) for one in ALLERGENS])
    seed = WholeNumberField("Week number", default=1, validators=[_between("Week number", 1, LAST_SEED)])

    @property
    def in_address(self) -> dict[str, Any]:
        """The choices as they stand in the address of the week. Every meal of the day goes without saying."""
        numbers = {name: self[name].data for name in ("servings", "minutes", "seed")}
        ticked = {name: self[name].data for name in ("away", "without") if self[name].data}
        meals = {} if self.wanted_meals == MEALS_OF_A_DAY else {"meals": list(self.wanted_meals)}
        return numbers | meals | ticked

    @property
    def wanted_meals(self) -> tuple[str, ...]:
        """The meals to plan, in the order of the day. None ticked stands for all."""
        return tuple(one for one in MEALS_OF_A_DAY if one in self.meals.data) or MEALS_OF_A_DAY

    def wishes(self, first_day: date) -> Wishes:
        """The same as wishes for the week from a day on. Only after `validate`."""
        wishes = Wishes(first_day, self.minutes.data, self.seed.data, self.wanted_meals)
        away = frozenset(day for day in wishes.days if WEEKDAYS[day.weekday()] in self.away.data)
        return replace(wishes, away=away, eaters=(Eater(allergens=frozenset(self.without.data)),))


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
