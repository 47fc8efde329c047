"""What may a package ask of whatever keeps things for the person who is here? It knows no database and no account."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

Said = dict[str, Any]
"""What a kept thing says, as values that JSON can hold."""


def version_seen(sent: str | None) -> int:
    """Which version of a kept thing a form says that the person saw. What is none of ours counts as none: 0."""
    return int(sent) if sent and re.fullmatch("[0-9]{1,9}", sent, re.ASCII) else 0


class KeptThing(Protocol):
    """One thing that is kept: its key, what it says, which version it is, since when and by whom."""

    @property
    def key(self) -> str: ...
    @property
    def said(self) -> Said: ...
    @property
    def version(self) -> int: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def changed_by(self) -> str: ...


class Reads(Protocol):
    """What is kept can be read: by somebody of the household, or through a link."""

    def read(self, kind: str, key: str = "") -> KeptThing | None:
        """One thing."""

    def all(self, kind: str | None = None) -> "Sequence[KeptThing]":
        """Everything of one kind, or everything at all."""


class Keeps(Reads, Protocol):
    """What is kept can be read and changed: by somebody of the household, or as far as a link allows it."""

    def keep_unless_changed(self, kind: str, key: str, said: Said, version: int) -> KeptThing | None:
        """Keep it in the place of the version that was seen, 0 for something new. What somebody else keeps there meanwhile,
        and then nothing has changed; None when all is well."""


class Keeper(Protocol):
    """What the household of the person who is here keeps. app.py hands it out; every method may raise OSError."""

    @property
    def name(self) -> str:
        """Who is here."""

    @property
    def is_patient(self) -> bool:
        """Are they the patient?"""

    @property
    def may_change(self) -> bool:
        """May they change what is kept? A reader may not."""

    @property
    def called_on_device(self) -> str:
        """What this household's things are called on a device, so that those of another one there are never mixed up."""

    def sees_days(self) -> bool:
        """May they see the infusion days? The patient may, and the others if the patient says so."""

    def read(self, kind: str, key: str = "") -> KeptThing | None:
        """One thing."""

    def all(self, kind: str | None = None) -> "list[KeptThing]":
        """Everything of one kind, or everything at all."""

    def keep_unless_changed(self, kind: str, key: str, said: Said, version: int) -> KeptThing | None:
        """Keep it in the place of the version that was seen, 0 for something new. What somebody else keeps there meanwhile,
        and then nothing has changed; None when all is well."""

    def drop(self, kind: str, key: str = "") -> None:
        """Keep it no longer."""

    def share(self, opens: str, about: str, token: str) -> None:
        """Let whoever has the link with this token see one thing."""

    def links(self, opens: str) -> "list[tuple[int, str, datetime]]":
        """The links that open this kind of thing: key, about what, since when."""

    def withdraw_all(self, opens: str, about: str | None = None) -> None:
        """Make every link of that kind, or every one about this, open nothing any more."""


class Opened(Protocol):
    """What a link that was shared opens: what it is about, and what of the household that takes to show."""

    @property
    def about(self) -> str: ...

    def read(self, kind: str, key: str = "") -> KeptThing | None:
        """One thing of the household that shared it."""

    def all(self, kind: str | None = None) -> "list[KeptThing]":
        """Everything of one kind of theirs, or everything at all. A page shows only what the link is about."""

    def keep_unless_changed(self, kind: str, key: str, said: Said, version: int) -> KeptThing | None:
        """Change the one thing that the link is about, as a keeper does. Anything else is refused."""
