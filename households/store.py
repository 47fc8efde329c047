"""Where are accounts, devices, invitations and share links kept? And how is the database opened?

Every function takes a session, and the time where it needs one. Nothing here commits: `Database.begin` does, at its end.
"""

import itertools
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    ForeignKey,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    func,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import Session as Session

from households.household import (
    ATTEMPTS_WITHIN,
    INVITED_FOR,
    SEEN_AGAIN,
    SIGNED_IN_AT_MOST,
    SIGNED_IN_FOR,
    Device,
    Document,
    Role,
    Said,
    digest,
    folded,
)
from households.household import Account as Account

MIGRATIONS = Path(__file__).parent.parent / "migrations"
VERSION_TABLE = "alembic_version"
Row = dict[str, Any]
BUSY = 5.0
"""Seconds that a writer waits for another one on SQLite, or anybody for a server, before they give up."""
NO_SUCH_TABLE = ("42P01", "42703")
"""What PostgreSQL calls a table or a column that is not there: the tables are older than the app."""
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""So that a migration can name what it changes on either database."""


class NotReady(OSError):
    """The database is away, locked, full or read-only. Checking a food needs none, and still works."""


class NameTaken(Exception):
    """Somebody on this server has that user name."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment}


class HouseholdRow(Base):
    __tablename__ = "household"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]


class AccountRow(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(120), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    shares_days: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class DeviceRow(Base):
    __tablename__ = "device"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    called: Mapped[str] = mapped_column(String(60))
    since: Mapped[datetime]
    seen: Mapped[datetime]


class InvitationRow(Base):
    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    ends_at: Mapped[datetime]


class RecoveryCodeRow(Base):
    __tablename__ = "recovery_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(64))


class AttemptRow(Base):
    """Something that is limited was tried: signing in under a name, signing up from an address."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(20))
    who: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]


class ShareLinkRow(Base):
    """A link that opens one thing of a household to whoever has it."""

    __tablename__ = "share_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    opens: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(80))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class KeptRow(Base):
    """One thing that a household keeps: a recipe, its dates, a week. What it says is its own package's business."""

    __tablename__ = "kept"
    __table_args__ = (UniqueConstraint("household_id", "kind", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(80))
    said: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


# ---- The database ----


class Database:
    """The one place where everything people make is kept. Opened when first asked: without it the app still checks food."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._is_current = not self.is_sqlite
        self._upgrading = threading.Lock()
        if self.is_sqlite:
            # Without its parameters, a statement that fails says nothing about a person in a log.
            self.engine = create_engine(self.url, connect_args={"timeout": BUSY}, hide_parameters=True)
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            self.engine = create_engine(
                self.url,
                pool_pre_ping=True,
                pool_size=8,
                pool_timeout=BUSY,
                connect_args={"connect_timeout": int(BUSY)},
                hide_parameters=True,
            )

    @contextmanager
    def begin(self, writes: bool = True) -> Iterator[Session]:
        """A session whose changes are all kept at the end, or none if anything fails. NotReady when the database is.

        On SQLite one that writes takes the lock when it begins: waiting then is safe, an upgrade half-way is not.
        """
        self._bring_up_to_date()
        with self._connect(writes) as connection, Session(connection) as session:
            yield session
            session.flush()

    @contextmanager
    def _connect(self, writes: bool = True, isolation: str = "") -> Iterator[Connection]:
        options: dict[str, Any] = {"writes": writes}
        if isolation and not self.is_sqlite:
            options["isolation_level"] = isolation
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except (DatabaseError, NoneFree, sqlite3.DatabaseError) as error:
            if _is_our_fault(error):
                raise
            raise NotReady(str(getattr(error, "orig", error))) from error

    def _bring_up_to_date(self) -> None:
        """SQLite is one person's file: its tables follow the app by themselves. A server's are upgraded by a command."""
        with self._upgrading:
            if not self._is_current:
                self.upgrade()
            self._is_current = True

    def _make_folder(self) -> None:
        if not self.is_sqlite:
            return
        try:
            Path(self.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotReady(str(error)) from error

    def upgrade(self, to: str = "head") -> None:
        """Bring the tables to this version of the app. NotReady."""
        self._migrate("upgrade", to)

    def downgrade(self, to: str = "base") -> None:
        """Take the tables back to an older version. NotReady."""
        self._migrate("downgrade", to)

    def _migrate(self, direction: str, to: str) -> None:
        self._make_folder()
        with self._connect() as connection:
            _migrate(connection, direction, to)

    # ---- Everything at once, for backups ----

    @contextmanager
    def everything(self) -> Iterator[tuple[str, Iterator[tuple[str, Row]]]]:
        """The version of the tables, and every row of every table with the table's name, all as of one moment."""
        self._bring_up_to_date()
        with self._connect(writes=False, isolation="REPEATABLE READ") as connection:
            yield revision(connection), _all_rows(connection)

    def replace_everything(self, version: str, rows: Iterable[tuple[str, Row]]) -> None:
        """Put these rows, of that version of the tables, in the place of all there is. If it fails, nothing has changed."""
        self._make_folder()
        with self._connect() as connection:
            _migrate(connection, "downgrade", "base")
            _migrate(connection, "upgrade", version)
            _insert(connection, rows)
            _migrate(connection, "upgrade", "head")
        self._is_current = True

    def forget_erased(self) -> None:
        """Take what was erased out of the files too, not only out of sight. SQLite overwrites it when it erases.

        PostgreSQL keeps the rows until it is vacuumed. If it cannot now, its own vacuum does that later.
        """
        with suppress(DatabaseError, NoneFree, sqlite3.DatabaseError):
            if self.is_sqlite:
                # Not in a transaction, which would be one more reader of what is to go.
                raw = self.engine.raw_connection()
                try:
                    raw.cursor().execute("pragma wal_checkpoint(truncate)")
                finally:
                    raw.close()
            else:
                with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(
                        text("vacuum household, account, device, invitation, recovery_code, share_link, kept")
                    )

    def is_ready(self) -> bool:
        """Can the database be asked anything right now, and has it the newest table?"""
        try:
            with self.begin(writes=False) as session:
                session.execute(select(KeptRow.id).limit(1))
        except NotReady:
            return False
        return True


def _is_our_fault(error: Exception) -> bool:
    """Was what we asked wrong? All else is the database's: it is away, full, read-only, half-written or too old."""
    if isinstance(error, ProgrammingError):
        return getattr(error.orig, "sqlstate", "") not in NO_SUCH_TABLE
    return isinstance(error, (IntegrityError, DataError))


def _migrate(connection: Connection, direction: str, to: str) -> None:
    # Read only when there is something to do: it is slow to open.
    import alembic.command
    import alembic.config

    settings = alembic.config.Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    getattr(alembic.command, direction)(settings, to)


def revision(connection: Connection) -> str:
    """The version of the tables, as migrations/ numbers them."""
    return str(connection.scalar(text(f"select version_num from {VERSION_TABLE}")))


def known_revisions() -> frozenset[str]:
    """Every version of the tables that this app can read."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, those first that others hang on."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def _all_rows(connection: Connection) -> Iterator[tuple[str, Row]]:
    for table in _tables(connection):
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            yield table.name, dict(row)


def _insert(connection: Connection, rows: Iterable[tuple[str, Row]]) -> None:
    tables = {table.name: table for table in _tables(connection)}
    for name, of_table in itertools.groupby(rows, key=lambda row: row[0]):
        connection.execute(insert(tables[name]), [row for _, row in of_table])
    if connection.dialect.name == "postgresql":
        for table in tables.values():
            _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows by a counter of its own, which must go on after the rows that were put in."""
    sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
    if "id" in table.columns:
        most = f"(select max(id) from {table.name})"
        connection.execute(text(f"select setval({sequence}, coalesce({most}, 1), {most} is not null)"))


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Readers never wait for a writer, links between tables are kept, and what is erased is overwritten."""
    # The driver must not begin transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    for setting in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on"):
        connection.execute(f"pragma {setting}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("begin immediate" if connection.get_execution_options().get("writes", True) else "begin")


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


def withdraw(session: Session, household: int, link: int) -> None:
    """Make a link open nothing any more."""
    session.execute(delete(ShareLinkRow).where(ShareLinkRow.id == link, ShareLinkRow.household_id == household))


# ---- What a household keeps ----


class Changed(Exception):
    """Somebody else changed it meanwhile: `now` is what it says now, None when it is gone."""

    def __init__(self, now: Document | None) -> None:
        super().__init__("somebody else changed it meanwhile")
        self.now = now


def read_kept(session: Session, household: int, kind: str, key: str) -> Document | None:
    """One thing that a household keeps."""
    row = session.scalar(select(KeptRow).where(*_one(household, kind, key)))
    return _document(session, row) if row else None


def all_kept(session: Session, household: int, kind: str | None = None) -> list[Document]:
    """Everything of one kind that a household keeps, or everything at all, in the order it was first kept."""
    asked = select(KeptRow).where(KeptRow.household_id == household).order_by(KeptRow.id)
    return [_document(session, row) for row in session.scalars(asked if kind is None else asked.where(KeptRow.kind == kind))]


def keep(session: Session, account: Account, kind: str, key: str, said: Said, version: int, now: datetime) -> int:
    """Keep what is said in the place of the version that the person saw; 0 for something new. The new version. Changed."""
    return _keep(session, account.household, account.key, kind, key, said, version, now)


def keep_by_link(session: Session, household: int, kind: str, key: str, said: Said, version: int, now: datetime) -> int:
    """The same for somebody who has a link and no account. The new version. Changed."""
    return _keep(session, household, None, kind, key, said, version, now)


def _keep(
    session: Session, household: int, by: int | None, kind: str, key: str, said: Said, version: int, now: datetime
) -> int:
    values = {
        "said": json.dumps(said, ensure_ascii=False),
        "version": version + 1,
        "changed_at": now,
        "changed_by": by,
    }
    if version:
        seen = update(KeptRow).where(*_one(household, kind, key), KeptRow.version == version).values(**values)
        fine = bool(session.execute(seen).rowcount)  # type: ignore[attr-defined]
    else:
        fine = _add_kept(session, KeptRow(household_id=household, kind=kind, key=key, **values))
    if not fine:
        raise Changed(read_kept(session, household, kind, key))
    return version + 1


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
