"""Where are accounts, devices, invitations, share links and what a household keeps? Opening the database: database.py.

Every function takes a session, and the time where it needs one. Nothing here commits: `Database.begin` does, at its end.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Session

from households.database import (
    AccountRow,
    AttemptRow,
    DeviceRow,
    HouseholdRow,
    InvitationRow,
    KeptRow,
    RecoveryCodeRow,
    ShareLinkRow,
)
from households.database import Database as Database
from households.database import NotReady as NotReady
from households.database import Row as Row
from households.household import (
    ATTEMPTS_WITHIN,
    INVITED_FOR,
    MOST_DOCUMENTS,
    MOST_LETTERS,
    SEEN_AGAIN,
    SIGNED_IN_AT_MOST,
    SIGNED_IN_FOR,
    SPARE_LETTERS,
    Device,
    Document,
    Role,
    Said,
    digest,
    folded,
)
from households.household import Account as Account


class NameTaken(Exception):
    """Somebody on this server has that user name."""


# ---- Beginning a kitchen, and who is in it ----


def begin_household(session: Session, kitchen: str, name: str, password: str, now: datetime) -> Account:
    """A new household with its first person, who is the patient. `password` is its hash. NameTaken."""
    household = HouseholdRow(name=kitchen, made_at=now)
    session.add(household)
    session.flush()
    return add_account(session, household.id, name, password, Role.PATIENT, now)


def add_account(session: Session, household: int, name: str, password: str, role: Role, now: datetime) -> Account:
    """One more person in a household. `password` is its hash. NameTaken."""
    if session.scalar(select(AccountRow.id).where(AccountRow.folded == folded(name))):
        raise NameTaken(name)
    row = AccountRow(household_id=household, name=name, folded=folded(name), password=password, role=role.value, made_at=now)
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise NameTaken(name) from error
    return _account(session, row)


def find_account(session: Session, name: str) -> tuple[Account, str] | None:
    """The account of this user name and its password hash."""
    row = session.scalar(select(AccountRow).where(AccountRow.folded == folded(name)))
    return (_account(session, row), row.password) if row else None


def people_in(session: Session, household: int) -> list[Account]:
    """Everyone in a household, the first one first."""
    rows = session.scalars(select(AccountRow).where(AccountRow.household_id == household).order_by(AccountRow.id))
    return [_account(session, row) for row in rows]


def everybody(session: Session) -> list[Account]:
    """Every person on this server, for whoever runs it."""
    return [_account(session, row) for row in session.scalars(select(AccountRow).order_by(AccountRow.folded))]


def set_password(session: Session, account: int, password: str) -> None:
    """Keep another password hash for this account."""
    session.execute(update(AccountRow).where(AccountRow.id == account).values(password=password))


def set_sharing(session: Session, account: int, shares_days: bool) -> None:
    """Let the others in the household see this person's infusion days, or not."""
    session.execute(update(AccountRow).where(AccountRow.id == account).values(shares_days=shares_days))


def remove_account(session: Session, household: int, account: int) -> None:
    """Take one person out of the household, with their devices."""
    session.execute(delete(AccountRow).where(AccountRow.id == account, AccountRow.household_id == household))


def erase_household(session: Session, household: int) -> None:
    """Erase a household and everything that hangs on it."""
    session.execute(delete(HouseholdRow).where(HouseholdRow.id == household))


def _account(session: Session, row: AccountRow) -> Account:
    kitchen = session.scalar(select(HouseholdRow.name).where(HouseholdRow.id == row.household_id)) or ""
    return Account(row.id, row.household_id, kitchen, row.name, Role(row.role), row.shares_days)


# ---- Devices ----


def sign_in(session: Session, account: int, token: str, called: str, now: datetime) -> None:
    """Remember a browser by the digest of the token that its cookie holds."""
    session.add(DeviceRow(account_id=account, token=digest(token), called=called, since=now, seen=now))


def signed_in(session: Session, token: str, now: datetime) -> Account | None:
    """Who signed in on the browser with this token? None for one nobody has, or that is too old or rested too long."""
    row = session.scalar(select(DeviceRow).where(DeviceRow.token == digest(token)))
    if row is None or row.seen < now - SIGNED_IN_FOR or row.since < now - SIGNED_IN_AT_MOST:
        return None
    return _account(session, session.get_one(AccountRow, row.account_id))


def was_seen_lately(session: Session, token: str, now: datetime) -> bool:
    """Is it noted already that the browser was here? So that reading pages does not write each time."""
    seen = session.scalar(select(DeviceRow.seen).where(DeviceRow.token == digest(token)))
    return seen is None or seen > now - SEEN_AGAIN


def saw_device(session: Session, token: str, now: datetime) -> None:
    """Note that the browser was here."""
    session.execute(update(DeviceRow).where(DeviceRow.token == digest(token)).values(seen=now))


def devices_of(session: Session, account: int) -> list[Device]:
    """Where this person is signed in, the latest first."""
    rows = session.scalars(select(DeviceRow).where(DeviceRow.account_id == account).order_by(DeviceRow.seen.desc()))
    return [Device(row.id, row.called, row.since, row.seen) for row in rows]


def device_with(session: Session, token: str) -> int | None:
    """The key of the browser with this token."""
    return session.scalar(select(DeviceRow.id).where(DeviceRow.token == digest(token)))


def sign_out(session: Session, token: str) -> None:
    """Forget this browser."""
    session.execute(delete(DeviceRow).where(DeviceRow.token == digest(token)))


def sign_out_device(session: Session, account: int, device: int) -> None:
    """Forget one browser of this person."""
    session.execute(delete(DeviceRow).where(DeviceRow.id == device, DeviceRow.account_id == account))


def sign_out_everywhere(session: Session, account: int, but: str = "") -> None:
    """Forget every browser of this person, but for the one with this token."""
    session.execute(delete(DeviceRow).where(DeviceRow.account_id == account, DeviceRow.token != digest(but)))


# ---- Invitations and recovery codes: each works once ----


def invite(session: Session, household: int, role: Role, token: str, now: datetime) -> None:
    """Let whoever opens the link with this token join, once, for a week."""
    ends_at = now + INVITED_FOR
    session.add(InvitationRow(household_id=household, role=role.value, token=digest(token), ends_at=ends_at))


def invited(session: Session, token: str, now: datetime) -> tuple[int, str, Role] | None:
    """The household, its name and the role that a token invites to. None when it was used, withdrawn or is too old."""
    row = session.scalar(select(InvitationRow).where(InvitationRow.token == digest(token), InvitationRow.ends_at > now))
    if row is None:
        return None
    return row.household_id, session.get_one(HouseholdRow, row.household_id).name, Role(row.role)


def use_invitation(session: Session, token: str) -> bool:
    """Use a link up. False when somebody else was quicker."""
    found = session.execute(delete(InvitationRow).where(InvitationRow.token == digest(token)))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def invitations_of(session: Session, household: int, now: datetime) -> list[tuple[int, Role, datetime]]:
    """The links to join that nobody has used yet: key, what they may do, until when."""
    mine = (InvitationRow.household_id == household, InvitationRow.ends_at > now)
    rows = session.scalars(select(InvitationRow).where(*mine).order_by(InvitationRow.id))
    return [(row.id, Role(row.role), row.ends_at) for row in rows]


def withdraw_invitation(session: Session, household: int, invitation: int) -> None:
    """Let nobody join by a link that was not used yet."""
    mine = (InvitationRow.id == invitation, InvitationRow.household_id == household)
    session.execute(delete(InvitationRow).where(*mine))


def keep_recovery_codes(session: Session, account: int, codes: Iterable[str]) -> None:
    """Keep these codes, and forget the older ones."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account))
    session.add_all(RecoveryCodeRow(account_id=account, code=digest(code)) for code in codes)


def use_recovery_code(session: Session, account: int, code: str) -> bool:
    """Use a code up. False when it is none of this person's."""
    of_account = RecoveryCodeRow.account_id == account
    found = session.execute(delete(RecoveryCodeRow).where(of_account, RecoveryCodeRow.code == digest(code)))
    return bool(found.rowcount)  # type: ignore[attr-defined]


# ---- Limits ----


def note_attempt(session: Session, what: str, who: str, now: datetime) -> None:
    """Note that something limited was tried, and forget what no longer counts."""
    session.execute(delete(AttemptRow).where(AttemptRow.at < now - ATTEMPTS_WITHIN))
    session.add(AttemptRow(what=what, who=digest(who), at=now))


def attempts(session: Session, what: str, who: str, now: datetime) -> int:
    """How often was it tried lately?"""
    lately = (AttemptRow.what == what, AttemptRow.who == digest(who), AttemptRow.at > now - ATTEMPTS_WITHIN)
    return session.scalar(select(func.count()).select_from(AttemptRow).where(*lately)) or 0


def forget_attempts(session: Session, what: str, who: str) -> None:
    """It went well: begin to count anew."""
    session.execute(delete(AttemptRow).where(AttemptRow.what == what, AttemptRow.who == digest(who)))


# ---- Links to share ----


def share(session: Session, household: int, opens: str, about: str, token: str, now: datetime) -> None:
    """Let whoever has the link with this token see one thing."""
    session.add(ShareLinkRow(household_id=household, opens=opens, about=about, token=digest(token), made_at=now))


def opened_by(session: Session, opens: str, token: str) -> tuple[int, str] | None:
    """The household and the thing that a link opens. None when it was withdrawn or never made."""
    row = session.scalar(select(ShareLinkRow).where(ShareLinkRow.opens == opens, ShareLinkRow.token == digest(token)))
    return (row.household_id, row.about) if row else None


def links_of(session: Session, household: int) -> list[tuple[int, str, str, datetime]]:
    """Every link that a household shared: key, what it opens, about what, since when."""
    rows = session.scalars(select(ShareLinkRow).where(ShareLinkRow.household_id == household).order_by(ShareLinkRow.id))
    return [(row.id, row.opens, row.about, row.made_at) for row in rows]


def withdraw(session: Session, household: int, link: int, but: str = "") -> None:
    """Make a link open nothing any more, unless what it opens is `but`."""
    mine = (ShareLinkRow.id == link, ShareLinkRow.household_id == household, ShareLinkRow.opens != but)
    session.execute(delete(ShareLinkRow).where(*mine))


# ---- What a household keeps ----


class Changed(Exception):
    """Somebody else changed it meanwhile: `now` is what it says now, None when it is gone."""

    def __init__(self, now: Document | None) -> None:
        super().__init__("somebody else changed it meanwhile")
        self.now = now


class Full(Exception):
    """The household keeps as much as one may."""


def read_kept(session: Session, household: int, kind: str, key: str) -> Document | None:
    """One thing that a household keeps."""
    row = session.scalar(select(KeptRow).where(*_one(household, kind, key)))
    return _document(session, row) if row else None


def all_kept(session: Session, household: int, kind: str | None = None) -> list[Document]:
    """Everything of one kind that a household keeps, or everything at all, in the order it was first kept."""
    asked = select(KeptRow).where(KeptRow.household_id == household).order_by(KeptRow.id)
    return [_document(session, row) for row in session.scalars(asked if kind is None else asked.where(KeptRow.kind == kind))]


def keep(session: Session, account: Account, kind: str, key: str, said: Said, version: int, now: datetime) -> int:
    """Keep what is said in the place of the version that the person saw; 0 for something new. The new version.

    Raises Changed, and Full.
    """
    return _keep(session, account.household, account.key, kind, key, said, version, now)


def keep_by_link(session: Session, household: int, kind: str, key: str, said: Said, version: int, now: datetime) -> int:
    """The same for somebody who has a link and no account. The new version. Raises Changed, and Full."""
    return _keep(session, household, None, kind, key, said, version, now)


def _keep(
    session: Session, household: int, by: int | None, kind: str, key: str, said: Said, version: int, now: datetime
) -> int:
    values: dict[str, Any] = {
        "said": json.dumps(said, ensure_ascii=False),
        "version": version + 1,
        "changed_at": now,
        "changed_by": by,
    }
    _find_room(session, household, len(values["said"]), is_more=not version and key != "")
    if version:
        seen = update(KeptRow).where(*_one(household, kind, key), KeptRow.version == version).values(**values)
        fine = bool(session.execute(seen).rowcount)  # type: ignore[attr-defined]
    else:
        fine = _add_kept(session, KeptRow(household_id=household, kind=kind, key=key, **values))
    if not fine:
        raise Changed(read_kept(session, household, kind, key))
    return version + 1


def _find_room(session: Session, household: int, letters: int, is_more: bool) -> None:
    """Full, if so many letters more are too many. `is_more`: one more of those things of which a household keeps many."""
    asked = select(func.count(), func.coalesce(func.sum(func.length(KeptRow.said)), 0))
    documents, held = session.execute(asked.where(KeptRow.household_id == household)).one()
    most = MOST_LETTERS if is_more else MOST_LETTERS + SPARE_LETTERS
    if (is_more and documents >= MOST_DOCUMENTS) or held + letters > most:
        raise Full


def _add_kept(session: Session, row: KeptRow) -> bool:
    """Add it, unless it is there already."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def drop(session: Session, household: int, kind: str, key: str) -> None:
    """Keep it no longer."""
    session.execute(delete(KeptRow).where(*_one(household, kind, key)))


def _one(household: int, kind: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return KeptRow.household_id == household, KeptRow.kind == kind, KeptRow.key == key


def _document(session: Session, row: KeptRow) -> Document:
    by = session.get(AccountRow, row.changed_by) if row.changed_by else None
    return Document(row.kind, row.key, json.loads(row.said), row.version, row.changed_at, by.name if by else "")
