"""What may a person hand in to have a recipe checked? Pasted words, or a file."""

from wtforms import FileField, Form, TextAreaField

NOTHING_GIVEN = "Paste a recipe in the box, or choose a file. Include its ingredients and its method."
LONGEST_RECIPE = 200_000
"""Letters. The longest recipe we have seen is a tenth of this."""


class RecipeToCheck(Form):
    """A recipe to check: `text` pasted by a person, or `file` saved from a web page or another planner."""

    text = TextAreaField("Paste the recipe here", filters=[lambda text: (text or "").replace("\x00", " ").strip()])
    file = FileField("Or choose a file")

    def validate(self, extra_validators: object = None) -> bool:
        """True when there is something to read; else the sentence stands beside the box."""
        ok = super().validate()
        if not self.text.data and not getattr(self.file.data, "filename", ""):
            self.text.errors = [NOTHING_GIVEN]
            return False
        if len(self.text.data) > LONGEST_RECIPE:
            self.text.errors = ["This is very long. Paste one recipe: its name, its ingredients and its method."]
            return False
        return bool(ok)

    @property
    def content(self) -> bytes:
        """What was handed in, the pasted words first."""
        if self.text.data:
            return str(self.text.data).encode()
        return bytes(self.file.data.read())
