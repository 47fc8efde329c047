"""What may a person hand in to have a recipe checked? An address, pasted words, or a file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from wtforms import Field, FileField, Form, StringField, TextAreaField

from recipes.imports import Imported, Report, read_file
from recipes.webpage import read_any

if TYPE_CHECKING:
    from recipes.fetch import Page

NOTHING_GIVEN = "Give an address, paste a recipe, or choose a file."
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
            self.given.errors = [NOTHING_GIVEN]
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
        filled = {"text": self.text.data, "file": getattr(self.file.data, "filename", ""), "address": self.address.data}
        ways = [way for way in (self.way.data, *filled) if filled.get(way)]
        return self[ways[0]] if ways else self.address


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
