"""What may a person hand in to have a recipe checked? An address, pasted words, or a file."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wtforms import (
    BooleanField,
    Field,
    FileField,
    Form,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from recipes.choose import MINUTES, Wanted
from recipes.imports import Imported, Report, read_file
from recipes.keeping import InWeeks
from recipes.recipe import ALLERGENS, DIETS, MEALS, TRAVELS
from recipes.scale import MOST_PEOPLE, Reading
from recipes.webpage import read_any

if TYPE_CHECKING:
    from recipes.fetch import Page

NOTHING_GIVEN = "Give an address, paste a recipe, or choose a file."
NO_WORDS_GIVEN = "Paste a recipe, or choose a file."
TOO_LONG = "This is very long. Paste one recipe: its name, its ingredients and its method."
LONGEST_RECIPE = 200_000
"""Letters. The longest recipe we have seen is a tenth of this."""
LONGEST_TITLE = 200


def _stripped(text: str | None) -> str:
    return (text or "").replace("\x00", " ").strip()


class RecipeToCheck(Form):
    """A recipe to check: its `address`, its `text` pasted by a person, or a `file` from a web page or another planner.

    Where several are given, the `way` whose button was pressed counts; else the words, which somebody pastes when the
    address did not work.
    """

    address = StringField("The address of a recipe page", filters=[_stripped])
    text = TextAreaField("Or paste the recipe here", filters=[_stripped])
    file = FileField("Or choose a file")
    way = StringField()

    def validate(self, extra_validators: object = None) -> bool:
        """True when there is something to read; else the sentence stands beside the box."""
        ok = super().validate()
        if len(self.text.data) > LONGEST_RECIPE:
            self.text.errors = [TOO_LONG]
            return False
        if not self.given.data:
            self.given.errors = [NOTHING_GIVEN if "address" in self else NO_WORDS_GIVEN]
            return False
        return bool(ok)

    def read(self, fetch: Callable[[str], "Page"]) -> Report:
        """The recipe in what was handed in, or the recipes in a file. Raises NoRecipe; `given` is the box to say it at."""
        if self.given is self.file:
            return read_file(bytes(self.file.data.read()), str(self.file.data.filename))
        said = str(self.given.data)
        if self.given is self.text and not _is_address(said):
            return read_file(said.encode(), name="")
        page = fetch(_with_scheme(said))
        recipe = read_any(page.content, page.address, page.charset)
        return Report((Imported(recipe.name, recipe),))

    @property
    def given(self) -> Field:
        """The box that counts."""
        address = self["address"].data if "address" in self else ""
        filled = {"text": self.text.data, "file": getattr(self.file.data, "filename", ""), "address": address}
        ways = [way for way in (self.way.data, *filled) if filled.get(way)]
        return self[ways[0] if ways else "address" if "address" in self else "text"]

    def ask_no_address(self) -> None:
        """On a server that reads no page on the web. An address that was sent all the same goes to the box for words."""
        self.text.data = self.text.data or self.address.data
        self.text.label.text = "Paste the recipe here"
        del self.address


class OwnRecipeText(Form):
    """An own recipe as somebody types it: its name, an ingredient a line and a step a line."""

    name = StringField("Name of the recipe", filters=[_stripped])
    ingredients = TextAreaField("Ingredients, one on each line", filters=[_stripped])
    steps = TextAreaField("Method, one step on each line", filters=[_stripped])

    def validate(self, extra_validators: object = None) -> bool:
        """Has it a name and ingredients, and is it no longer than a recipe?"""
        if not self.name.data or len(self.name.data) > LONGEST_TITLE:
            self.name.errors = [f"Name of the recipe must be filled in, in at most {LONGEST_TITLE} letters."]
        if not self.ingredients.data:
            self.ingredients.errors = ["Ingredients must have at least one line."]
        for field in (self.ingredients, self.steps):
            if len(field.data) > LONGEST_RECIPE:
                field.errors = [TOO_LONG]
        return not any(field.errors for field in self)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(map(str.isspace, text))


def _with_scheme(address: str) -> str:
    """The address with https:// where somebody left that out, as browsers show it."""
    return address if ":" in address.partition("/")[0] or "." not in address else f"https://{address}"


ANY = SelectChoice("", "Any")
MEAL_WORDS = {"breakfast": "Breakfast", "lunch": "Lunch", "dinner": "Dinner", "snack": "Snack or pudding"}
TRAVEL_WORDS = {
    "shelf": "In a bag, nothing to chill",
    "flask": "In a flask, filled boiling",
    "cold bag": "In a cold bag",
    "microwave": "To heat in a microwave",
}
EFFORT_WORDS = {1: "Very little", 2: "Little", 3: "Some", 4: "More"}
CHOOSE_FROM_LIST = "Choose one from the list."
LONGEST_WORDS = 200
SHOWN_FIRST = ("uses", "meal", "minutes")
"""The boxes that are seen at once; the others stand under "more"."""


MOST_MINUTES = 240
WEEK_MEALS = ("breakfast", "lunch", "dinner")
"""The meals that a week plans."""


class InWeeksForm(Form):
    """For which meals does a household want its own recipe in its weeks? No meal means: not at all."""

    meals = SelectMultipleField(
        "For which meals?",
        choices=[SelectChoice(one, one.capitalize()) for one in WEEK_MEALS],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    minutes = IntegerField("Minutes with your hands busy", default=30)

    def validate(self, extra_validators: object = None) -> bool:
        """Are the minutes a number that a day can hold?"""
        super().validate()
        self.meals.errors = (
            [] if {*(self.meals.data or ())} <= {*WEEK_MEALS} else ["For which meals? must be ticked from the list."]
        )
        minutes = self.minutes.data
        is_fine = minutes is not None and 1 <= minutes <= MOST_MINUTES
        self.minutes.errors = [] if is_fine else [f"{self.minutes.label.text} must be a number from 1 to {MOST_MINUTES}."]
        return not self.meals.errors and not self.minutes.errors

    @property
    def in_weeks(self) -> InWeeks | None:
        """The same as it is kept. Only after `validate`."""
        meals = tuple(one for one in WEEK_MEALS if one in self.meals.data)
        return InWeeks(meals, int(self.minutes.data)) if meals else None


class RecipeFilter(Form):
    """Which of our recipes to show. Everything may be left empty; it stands in the address, so that it can be shared."""

    uses = StringField("What is in the fridge?", [Length(max=LONGEST_WORDS, message="Name fewer foods at a time.")])
    meal = SelectField("Meal", default="", choices=[ANY, *(SelectChoice(meal, MEAL_WORDS[meal]) for meal in MEALS)])
    minutes = SelectField(
        "Minutes of work", default="", choices=[ANY, *(SelectChoice(str(one), f"{one} or fewer") for one in MINUTES)]
    )
    effort = SelectField(
        "Effort",
        default="",
        choices=[ANY, *(SelectChoice(str(one), f"{words} effort at most") for one, words in EFFORT_WORDS.items())],
    )
    packs = SelectField(
        "How it travels", default="", choices=[ANY, *(SelectChoice(one, TRAVEL_WORDS[one]) for one in TRAVELS)]
    )
    main_food = SelectField("Main food", default="")
    kind = SelectField("Kind of dish", default="")
    diet = SelectField("Diet", default="", choices=[ANY, *(SelectChoice(diet, diet.capitalize()) for diet in DIETS)])
    freezes = BooleanField("Freezes")
    served_hot = BooleanField("Served hot")
    queasy = BooleanField("For queasy days")
    cook_ahead = BooleanField("To cook before the infusions")
    without = SelectMultipleField(
        "Without these allergens",
        choices=[SelectChoice(one, one.capitalize()) for one in ALLERGENS],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    leave_out = StringField("Leave out", [Length(max=LONGEST_WORDS, message="Name fewer foods at a time.")])
    all = BooleanField("Show all, also what I should not eat")

    def __init__(self, asked: object, main_foods: Sequence[str], kinds: Sequence[str]) -> None:
        """`main_foods` and `kinds` are those that our recipes have."""
        super().__init__(asked)
        self.main_food.choices = [ANY, *(SelectChoice(one, one.capitalize()) for one in main_foods)]
        self.kind.choices = [ANY, *(SelectChoice(one, one.capitalize()) for one in kinds)]

    def validate(self, extra_validators: object = None) -> bool:
        """True when each answer is one of those offered."""
        ok = super().validate()
        for control in self:
            if isinstance(control, SelectField | SelectMultipleField) and control.errors:
                control.errors = [CHOOSE_FROM_LIST]
        return bool(ok)

    @property
    def wanted(self) -> Wanted:
        """What was chosen. Only after `validate`."""
        return Wanted(
            meal=self.meal.data or "",
            minutes=int(self.minutes.data) if self.minutes.data else None,
            effort=int(self.effort.data) if self.effort.data else None,
            packs=self.packs.data or "",
            freezes=self.freezes.data,
            served_hot=self.served_hot.data,
            queasy=self.queasy.data,
            cook_ahead=self.cook_ahead.data,
            main_food=self.main_food.data or "",
            kind=self.kind.data or "",
            diet=self.diet.data or "",
            without=tuple(self.without.data or ()),
            leave_out=_stripped(self.leave_out.data),
            uses=_stripped(self.uses.data),
            show_all=self.all.data,
        )

    @property
    def is_asked(self) -> bool:
        """Was anything chosen at all?"""
        return self.wanted != Wanted()

    @property
    def more_asked(self) -> int:
        """How many of the boxes under "more" were filled."""
        return sum(bool(control.data) for control in self if control.name not in SHOWN_FIRST)

    @property
    def is_more_mistaken(self) -> bool:
        """Is there something to mend under "more"?"""
        return any(control.errors for control in self if control.name not in SHOWN_FIRST)


HOW_TO_READ = f"Give a whole number of people from 1 to {MOST_PEOPLE}, and choose the units from the lists."


class HowToRead(Form):
    """For how many people, and in which units, to show a recipe."""

    people = IntegerField("For how many people?", [Optional(), NumberRange(1, MOST_PEOPLE)], name="for")
    measures = SelectField(
        "Amounts in", default="", choices=[SelectChoice("", "grams and ml"), SelectChoice("cups", "cups and ounces")]
    )
    heat = SelectField("Heat in", default="", choices=[SelectChoice("", "°C"), SelectChoice("F", "°F")])

    def validate(self, extra_validators: object = None) -> bool:
        """True when both can be shown; else the sentence stands beside the box."""
        ok = super().validate()
        for control in self:
            control.errors = [HOW_TO_READ] if control.errors else []
        return bool(ok)

    @property
    def reading(self) -> Reading:
        """How to show it. Only after `validate`."""
        return Reading(self.people.data, self.measures.data == "cups", self.heat.data == "F")
