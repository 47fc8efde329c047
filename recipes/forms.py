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


def _stripped(text: str | None) -> str:
    return (text or "").replace("\x00", " ").strip()


class RecipeToCheck(Form):
    """A recipe to check: its `address`, its `text` pasted by a person, or a `file` from a web page or another planner.

    Where several are given the words count first, because somebody pastes them when the address did not work.
    """

    address = StringField("The address of a recipe page", filters=[_stripped])
    text = TextAreaField("Or paste the recipe here", filters=[_stripped])
    file = FileField("Or choose a file")

    def validate(self, extra_validators: object = None) -> bool:
        """True when there is something to read; else the sentence stands beside the box."""
        ok = super().validate()
        if len(self.text.data) > LONGEST_RECIPE:
            self.text.errors = [TOO_LONG]
            return False
        if not (self.text.data or self.address.data or self._has_file):
            self.given.errors = [NOTHING_GIVEN]
            return False
        return bool(ok)

    def read(self, fetch: Callable[[str], "Page"]) -> Report:
        """The recipe in what was handed in, or the recipes in a file. Raises NoRecipe; `given` is the box to say it at."""
        if self.given is self.file:
            return read_file(bytes(self.file.data.read()), str(self.file.data.filename))
        if self.text.data and not _is_address(self.text.data):
            return read_file(self.text.data.encode(), name="")
        page = fetch(self.text.data or _with_scheme(self.address.data))
        recipe = read_any(page.content, page.address, page.charset)
        return Report((Imported(recipe.name, recipe),))

    @property
    def given(self) -> Field:
        """The box that counts."""
        if self.text.data:
            return self.text
        return self.file if self._has_file else self.address

    @property
    def _has_file(self) -> bool:
        return bool(getattr(self.file.data, "filename", ""))


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(map(str.isspace, text))


def _with_scheme(address: str) -> str:
    """The address with https:// where somebody left that out, as browsers show it."""
    return address if ":" in address.partition("/")[0] or "." not in address else f"https://{address}"
