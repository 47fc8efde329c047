"""What does this person's household keep? The one thing that app.py hands to the other packages, which know no database."""

from dataclasses import dataclass
from datetime import datetime

from households import store
from households.household import Account, Document, Role, Said, digest


@dataclass(frozen=True)
class Kept:
    """What the household of one person keeps, read and changed in that person's name. Every method may raise NotReady."""

    database: store.Database
    account: Account
    now: datetime
    position: str = ""
    """Up to where everything that was saved must be seen, if a replica is read; empty to read where it is saved."""

    @property
    def name(self) -> str:
        """Who is here."""
        return self.account.name

    @property
    def is_patient(self) -> bool:
        """Are they the patient?"""
        return self.account.role is Role.PATIENT

    @property
    def may_change(self) -> bool:
        """May they change what is kept? A reader may not."""
        return self.account.role is not Role.READER

    @property
    def called_on_device(self) -> str:
        """What this household's things are called on a device, so that those of another one there are never mixed up."""
        return digest(f"household {self.account.household}")[:16]

    def sees_days(self) -> bool:
        """May they see the infusion days? The patient may, and the others if the patient says so."""
        if self.is_patient:
            return True
        with self.database.read(self.position) as session:
            people = store.people_in(session, self.account.household)
        return any(one.shares_days for one in people if one.role is Role.PATIENT)

    def read(self, kind: str, key: str = "") -> Document | None:
        """One thing."""
        with self.database.read(self.position) as session:
            return store.read_kept(session, self.account.household, kind, key)

    def all(self, kind: str | None = None) -> list[Document]:
        """Everything of one kind, or everything at all."""
        with self.database.read(self.position) as session:
            return store.all_kept(session, self.account.household, kind)

    def keep(self, kind: str, key: str, said: Said, version: int = 0) -> int:
        """Keep this in the place of the version that was seen; 0 for something new. The new version, or Changed."""
        with self.database.begin() as session:
            return store.keep(session, self.account, kind, key, said, version, self.now)

    def keep_unless_changed(self, kind: str, key: str, said: Said, version: int) -> Document | None:
        """The same, and instead of Changed what it says now. What somebody took away meanwhile is kept anew."""
        try:
            self.keep(kind, key, said, version)
        except store.Changed as changed:
            if changed.now or not version:
                return changed.now
            return self.keep_unless_changed(kind, key, said, 0)
        return None

    def drop(self, kind: str, key: str = "") -> None:
        """Keep it no longer."""
        with self.database.begin() as session:
            store.drop(session, self.account.household, kind, key)

    def share(self, opens: str, about: str, token: str) -> None:
        """Let whoever has the link with this token see one thing."""
        with self.database.begin() as session:
            store.share(session, self.account.household, opens, about, token, self.now)

    def links(self, opens: str) -> list[tuple[int, str, datetime]]:
        """The links that open this kind of thing: key, about what, since when."""
        with self.database.read(self.position) as session:
            found = store.links_of(session, self.account.household)
        return [(key, about, since) for key, opened, about, since in found if opened == opens]

    def withdraw_all(self, opens: str, about: str | None = None) -> None:
        """Make every link of that kind, or every one about this, open nothing any more."""
        with self.database.begin() as session:
            for key, opened, said, _ in store.links_of(session, self.account.household):
                if opened == opens and about in (None, said):
                    store.withdraw(session, self.account.household, key)


CHANGED_BY_LINK = {"shopping list": "list"}
"""What a link opens -> the one kind of thing that whoever has it may change. No other link changes anything."""


class NotShared(Exception):
    """A link was to change what it does not open."""


@dataclass(frozen=True)
class Opened:
    """What a link opens: what it is about, and a way to read that. It knows no account. Every method may raise NotReady."""

    database: store.Database
    household: int
    opens: str
    about: str
    now: datetime

    def read(self, kind: str, key: str = "") -> Document | None:
        """One thing of the household that shared it."""
        with self.database.begin(writes=False) as session:
            return store.read_kept(session, self.household, kind, key)

    def all(self, kind: str | None = None) -> list[Document]:
        """Everything of one kind of theirs, or everything at all. A page shows only what the link is about."""
        with self.database.begin(writes=False) as session:
            return store.all_kept(session, self.household, kind)

    def keep_unless_changed(self, kind: str, key: str, said: Said, version: int) -> Document | None:
        """Keep this, as whoever has the link. What it says now if somebody else changed it. NotShared for any other thing
        than the one that the link is about."""
        if CHANGED_BY_LINK.get(self.opens) != kind or key != self.about:
            raise NotShared(f"a link that opens a {self.opens} may not change this")
        try:
            with self.database.begin() as session:
                store.keep_by_link(session, self.household, kind, key, said, version, self.now)
        except store.Changed as changed:
            if changed.now or not version:
                return changed.now
            return self.keep_unless_changed(kind, key, said, 0)
        return None
