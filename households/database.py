"""Which tables are there, and how is the database opened, upgraded, and read or written as a whole?"""

import itertools
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import Session as Session

from households.household import Account as Account

MIGRATIONS = Path(__file__).parent.parent / "migrations"


VERSION_TABLE = "alembic_version"


Row = dict[str, Any]


BUSY = 5.0
"""Seconds that a writer waits for another one on SQLite, or anybody for a server, before they give up."""


CATCHES_UP = (0, 0.005, 0.02)
"""Seconds to wait before each look whether the replica has caught up. After the last one the main server is read."""


REPLICA_RESTS = 30.0
"""Seconds for which a replica that did not answer is left alone."""


HAS_REPLAYED = text("select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= cast(:position as pg_lsn)")
"""A replica that was made the main server is in recovery no more: it goes its own way, and is not read."""


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


class Database:
    """The one place where everything people make is kept. Opened when first asked: without it the app still checks food."""

    def __init__(self, url: str, replica: str = "") -> None:
        """`replica` is the address of a PostgreSQL server that follows the one at `url`; empty without one."""
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
            self.engine = _server_engine(url)
        self.replica = _server_engine(replica) if replica and not self.is_sqlite else None
        self._replica_rests_until = 0.0

    @contextmanager
    def begin(self, writes: bool = True) -> Iterator[Session]:
        """A session whose changes are all kept at the end, or none if anything fails. NotReady when the database is.

        On SQLite one that writes takes the lock when it begins: waiting then is safe, an upgrade half-way is not.
        """
        self._bring_up_to_date()
        with self._connect(writes) as connection, Session(connection) as session:
            yield session
            session.flush()

    def position(self, session: Session) -> str:
        """Up to where the main server has written, for `read`; empty without a replica."""
        return str(session.scalar(text("select pg_current_wal_lsn()"))) if self.replica else ""

    @contextmanager
    def read(self, position: str = "") -> Iterator[Session]:
        """A session that only reads, on the replica if it holds everything that was saved up to this position."""
        if self.replica is None or not position or not self._has_caught_up(self.replica, position):
            with self.begin(writes=False) as session:
                yield session
            return
        with self._connect(writes=False, engine=self.replica) as connection, Session(connection) as session:
            yield session

    def _has_caught_up(self, replica: Engine, position: str) -> bool:
        if time.monotonic() < self._replica_rests_until:
            return False
        try:
            for seconds in CATCHES_UP:
                time.sleep(seconds)
                with replica.connect() as connection:
                    if connection.scalar(HAS_REPLAYED, {"position": position}):
                        return True
        except (DatabaseError, NoneFree):
            # It may be away for long, and each try takes seconds, so the next pages do not wait for it.
            self._replica_rests_until = time.monotonic() + REPLICA_RESTS
        return False

    @contextmanager
    def _connect(self, writes: bool = True, isolation: str = "", engine: Engine | None = None) -> Iterator[Connection]:
        options: dict[str, Any] = {"writes": writes}
        if isolation and not self.is_sqlite:
            options["isolation_level"] = isolation
        try:
            with (engine or self.engine).connect().execution_options(**options) as connection, connection.begin():
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


def _server_engine(url: str) -> Engine:
    return create_engine(
        make_url(url),
        pool_pre_ping=True,
        pool_size=8,
        pool_timeout=BUSY,
        connect_args={"connect_timeout": int(BUSY)},
        hide_parameters=True,
    )


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
