"""What does this person's household keep? The one thing that app.py hands to the other packages, which know no database."""

from dataclasses import dataclass
from datetime import datetime

from households import store
from households.household import Account, Document, Said


@dataclass(frozen=True)
class Kept:
    """What the household of one person keeps, read and changed in that person's name. Every method may raise NotReady."""

    database: store.Database
    account: Account
    now: datetime

    def read(self, kind: str, key: str = "") -> Document | None:
        """One thing."""
        with self.database.begin(writes=False) as session:
            return store.read_kept(session, self.account.household, kind, key)

    def all(self, kind: str | None = None) -> list[Document]:
        """Everything of one kind, or everything at all."""
        with self.database.begin(writes=False) as session:
            return store.all_kept(session, self.account.household, kind)

    def keep(self, kind: str, key: str, said: Said, version: int = 0) -> int:
        """Keep this in the place of the version that was seen; 0 for something new. The new version, or Changed."""
        with self.database.begin() as session:
            return store.keep(session, self.account, kind, key, said, version, self.now)

    def drop(self, kind: str, key: str = "") -> None:
        """Keep it no longer."""
        with self.database.begin() as session:
            store.drop(session, self.account.household, kind, key)
