"""What may a person type about their kitchen, their name and their password, and what should they put right?"""

from typing import Any

from wtforms import BooleanField, Form, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from households.household import LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD, Role
from households.passwords import is_easily_guessed


def _tidy(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", " ").split())


def _name(label: str, example: str) -> StringField:
    give = DataRequired(f"Enter {label[0].lower()}{label[1:]}, like {example}.")
    return StringField(
        label,
        filters=[_tidy],
        validators=[give, Length(max=LONGEST_NAME, message=f"{label} must be {LONGEST_NAME} letters or fewer.")],
    )


TOO_SHORT = f"Password must have at least {SHORTEST_PASSWORD} letters, like three words that do not belong together."
TOO_LONG = f"Password must have {LONGEST_PASSWORD} letters or fewer."
GUESSED = "That password is easily guessed. Take three words that do not belong together."


class NewPassword(Form):
    """A password that a person chooses. It may be shown while it is typed, pasted, and of any letters."""

    password = PasswordField("Password")

    def validate_password(self, field: PasswordField) -> None:
        """Long enough, and none that is tried first."""
        typed = field.data or ""
        if len(typed) < SHORTEST_PASSWORD:
            raise ValidationError(TOO_SHORT)
        if len(typed) > LONGEST_PASSWORD:
            raise ValidationError(TOO_LONG)
        if is_easily_guessed(typed, self.known_words):
            raise ValidationError(GUESSED)

    @property
    def known_words(self) -> list[str]:
        """Words that somebody who knows this person would try."""
        return ["piping", "listeria", "lemtrada"]


class BeginForm(NewPassword):
    """A new kitchen: its name, the first person's user name and password."""

    kitchen = _name("A name for the kitchen", "Rosehill kitchen")
    name = _name("Your user name", "robin")
    # Said again, so that it comes after the others in the page and in the list of what to mend.
    password = PasswordField("Password")
    take_over = BooleanField("Yes, keep them in my kitchen. I know that my hospital is health data.")

    @property
    def known_words(self) -> list[str]:
        """Their own names are the first that are tried."""
        return [*super().known_words, self.name.data or "", self.kitchen.data or ""]


class JoinForm(NewPassword):
    """A person who was invited chooses a name and a password."""

    name = _name("Your user name", "robin")
    password = PasswordField("Password")


class SignInForm(Form):
    """A user name and its password."""

    name = _name("Your user name", "robin")
    password = PasswordField("Password", validators=[DataRequired("Enter your password.")])


class RecoverForm(NewPassword):
    """A user name, one of its recovery codes, and a new password."""

    name = _name("Your user name", "robin")
    code = StringField(
        "A recovery code",
        filters=[lambda text: _tidy(text).lower()],
        validators=[DataRequired("Enter one of your recovery codes.")],
    )
    password = PasswordField("New password")


class ChangePasswordForm(NewPassword):
    """The password that is, and the one that shall be."""

    old_password = PasswordField("Password now", validators=[DataRequired("Enter the password that you use now.")])
    password = PasswordField("New password")


class NewCodesForm(Form):
    """New recovery codes cost the password: whoever has the codes has the account."""

    password = PasswordField("Password", validators=[DataRequired("Enter your password to make new codes.")])


INVITED_AS = {Role.CARER: "Plan weeks and tick lists (carer)", Role.READER: "Only look (reader)"}


class InviteForm(Form):
    """What the person who is invited may do."""

    role = SelectField(
        "What may they do?",
        choices=[SelectChoice(role.value, words) for role, words in INVITED_AS.items()],
        validate_choice=False,
    )

    def validate_role(self, field: SelectField) -> None:
        """One of the two; there is one patient in a kitchen who invites the others."""
        if field.data not in {role.value for role in INVITED_AS}:
            raise ValidationError("Choose what they may do.")


class EraseForm(Form):
    """Erasing asks for the password again, since it cannot be undone."""

    password = PasswordField("Password", validators=[DataRequired("Enter your password to erase everything.")])
    sure = BooleanField("Yes, erase everything in this kitchen")

    def validate_sure(self, field: BooleanField) -> None:
        """Ticked, or nothing happens."""
        if not field.data:
            raise ValidationError("Tick the box if you are sure.")


def mistakes(form: Any) -> list[tuple[str, str]]:
    """Every mistake in a form: the id of the control to go to, and the sentence that says what to do there."""
    return [(field.id, field.errors[0]) for field in form if field.errors]
