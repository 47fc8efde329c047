"""What does a person ask of a week, and what should they put right? About no treatment, so it may stand in an address."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import Form, IntegerField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.form import BaseForm
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from planner.forms import BOXES, EXAMPLE, DayField
from planner.week import FEWEST_MINUTES, MEALS_OF_A_DAY, MOST_MINUTES, USUAL_MINUTES, Eater, Wishes
from recipes.recipe import ALLERGENS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST_SEED = 999_999
LONGEST_WORDS = 200
"""Letters in a box of foods to use up or to leave out."""
USUAL, LOW, GOOD, OUT = "", "low", "good", "out"
ENERGY = {
    USUAL: "As usual",
    LOW: "Low: little cooking",
    GOOD: "Good: more time to cook",
    OUT: "Out all day (hospital, a trip)",
}
"""How a day is, in an address and in words."""
LOW_MINUTES = 15
"""Minutes of cooking that a day of low energy holds at most; a good day holds half as many again as a usual one."""
DIETS = {"": "Everything", "pescatarian": "No meat, but fish", "vegetarian": "No meat and no fish", "vegan": "Vegan"}


class WholeNumberField(IntegerField):
    """A whole number; what is none gets a sentence that says what to type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Left out it keeps its default; an empty box is no number."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(f"{self.label.text} must be a whole number, like {self.default}.") from None


def _between(name: str, least: int, most: int) -> NumberRange:
    return NumberRange(least, most, f"{name} must be a number from {least} to {most}.")


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", " ").split())


class TickBoxes(SelectMultipleField):
    """Boxes to tick. A value that no box has is said, never passed over: a food to avoid must not get lost."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        """Everything sent must be one of the boxes."""
        if not {*(self.data or ())} <= {choice.value for choice in self.choices}:
            raise ValidationError(f"{self.label.text} must be ticked from the list.")


class OneOf(SelectField):
    """One of a few. What is none of them is said with what to do."""

    def pre_validate(self, form: BaseForm) -> None:
        """What was sent must be one of the list."""
        if self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(f"{self.label.text} must be one of the list.")


def _day_of(weekday: str) -> OneOf:
    return OneOf(weekday.capitalize(), default=USUAL, choices=[SelectChoice(*one) for one in ENERGY.items()])


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
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(_day_of, WEEKDAYS)
    away = TickBoxes("Lunch at work", choices=[SelectChoice(one, one.capitalize()) for one in WEEKDAYS])
    shop = TickBoxes("Shop days", choices=[SelectChoice(one, one.capitalize()) for one in WEEKDAYS])
    diet = OneOf("What you eat", default="", choices=[SelectChoice(*one) for one in DIETS.items()])
    without = TickBoxes("Leave out", choices=[SelectChoice(one, one.capitalize()) for one in ALLERGENS])
    dislikes = StringField("Foods nobody here likes", filters=[_plain])
    use_up = StringField("Foods to use up", filters=[_plain])
    seed = WholeNumberField("Week number", default=1, validators=[_between("Week number", 1, LAST_SEED)])

    @property
    def in_address(self) -> dict[str, Any]:
        """The choices as they stand in the address of the week. What is as usual goes without saying."""
        numbers = {name: self[name].data for name in ("servings", "minutes", "seed")}
        said = {name: self[name].data for name in (*WEEKDAYS, "away", "shop", "diet", "without", "dislikes", "use_up")}
        meals = {} if self.wanted_meals == MEALS_OF_A_DAY else {"meals": list(self.wanted_meals)}
        return numbers | meals | {name: value for name, value in said.items() if value}

    @property
    def wanted_meals(self) -> tuple[str, ...]:
        """The meals to plan, in the order of the day. None ticked stands for all."""
        return tuple(one for one in MEALS_OF_A_DAY if one in self.meals.data) or MEALS_OF_A_DAY

    @property
    def energy(self) -> Mapping[str, str]:
        """How each weekday is that is not as usual."""
        return {name: self[name].data for name in WEEKDAYS if self[name].data}

    @property
    def is_detailed(self) -> bool:
        """Is more asked than how many eat and how long they cook?"""
        extra = {*self.in_address} - {"servings", "minutes", "seed"}
        return bool(extra) or any(self[name].errors for name in self._fields if name not in ("servings", "minutes", "seed"))

    def validate_dislikes(self, field: StringField) -> None:
        """Not too long for an address."""
        _short_enough(field)

    def validate_use_up(self, field: StringField) -> None:
        """Not too long for an address."""
        _short_enough(field)

    def wishes(self, first_day: date) -> Wishes:
        """The same as wishes for the week from a day on. Only after `validate`."""
        wishes = Wishes(first_day, self.minutes.data, self.seed.data, self.wanted_meals)
        named = {WEEKDAYS[day.weekday()]: day for day in wishes.days}
        return replace(
            wishes,
            away=frozenset(named[one] for one in self.away.data),
            shops=frozenset(named[one] for one in self.shop.data),
            infusions=frozenset(named[one] for one, energy in self.energy.items() if energy == OUT),
            energy=dict(self._minutes_of(named)),
            eaters=(Eater(diet=self.diet.data, allergens=frozenset(self.without.data), portions=self.servings.data),),
        )

    def _minutes_of(self, named: Mapping[str, date]) -> Iterator[tuple[date, int]]:
        usual = self.minutes.data
        for weekday, energy in self.energy.items():
            if energy == LOW:
                yield named[weekday], min(LOW_MINUTES, usual)
            elif energy == GOOD:
                yield named[weekday], min(MOST_MINUTES, usual * 3 // 2)


def _short_enough(field: StringField) -> None:
    if len(field.data) > LONGEST_WORDS:
        raise ValidationError(f"{field.label.text} must be {LONGEST_WORDS} letters or fewer.")


class WeekForm(WeekChoices):
    """What a week is asked with: those choices and its first day."""

    first_day = DayField("First day of the week")

    @property
    def day_in_address(self) -> str:
        """The first day as it stands in the address of the week; empty where there is none."""
        return self.first_day.data.isoformat() if self.first_day.data else ""

    @property
    def begins(self) -> date:
        """The first day. Only after `validate`."""
        if self.first_day.data is None:
            raise ValueError("a form that was not validated")
        return self.first_day.data

    def validate_first_day(self, field: DayField) -> None:
        """A week needs a day to begin on."""
        if field.data is None and not field.process_errors:
            field.wrong_boxes = BOXES
            raise ValidationError(f"First day of the week must be a date, {EXAMPLE}.")
