"""Keep households: accounts, devices, invitations, recovery codes, attempts, links to share; and names of missing foods."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _of(table: str) -> sa.Column[int]:
    """A row's household or account; it goes when that goes."""
    return sa.Column(
        f"{table}_id",
        sa.Integer,
        sa.ForeignKey(f"{table}.id", name=None, ondelete="CASCADE"),
        nullable=False,
        index=True,
    )


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _token() -> sa.Column[str]:
    return sa.Column("token", sa.String(64), nullable=False, unique=True)


def upgrade() -> None:
    op.create_table("household", _key(), sa.Column("name", sa.String(60), nullable=False), _moment("made_at"))
    op.create_table(
        "account",
        _key(),
        _of("household"),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("folded", sa.String(120), nullable=False, unique=True),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("shares_days", sa.Boolean, nullable=False),
        _moment("made_at"),
    )
    op.create_table(
        "device",
        _key(),
        _of("account"),
        _token(),
        sa.Column("called", sa.String(60), nullable=False),
        _moment("since"),
        _moment("seen"),
    )
    op.create_table(
        "invitation",
        _key(),
        _of("household"),
        sa.Column("role", sa.String(20), nullable=False),
        _token(),
        _moment("ends_at"),
    )
    op.create_table("recovery_code", _key(), _of("account"), sa.Column("code", sa.String(64), nullable=False))
    op.create_table(
        "attempt",
        _key(),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("who", sa.String(64), nullable=False, index=True),
        _moment("at"),
    )
    op.create_table(
        "share_link",
        _key(),
        _of("household"),
        sa.Column("opens", sa.String(20), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        _token(),
        _moment("made_at"),
    )
    op.create_table(
        "kept",
        _key(),
        sa.Column("household_id", sa.Integer, sa.ForeignKey("household.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _moment("changed_at"),
        sa.Column("changed_by", sa.Integer, sa.ForeignKey("account.id", ondelete="SET NULL")),
        sa.UniqueConstraint("household_id", "kind", "key"),
    )

    op.create_table(
        "food_report",
        sa.Column("key", sa.String(240), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "food_report",
        "kept",
        "share_link",
        "attempt",
        "recovery_code",
        "invitation",
        "device",
        "account",
        "household",
    ):
        op.drop_table(table)
