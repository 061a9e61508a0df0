"""Followers: where each stands and who runs it, which process serves which site, and the stays of tickets.

Expand only: a process of the release before knows none of these tables, and writes on without them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the three tables, empty: every follower begins where its promise says."""
    op.create_table(
        "follower",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("runner", sa.String(length=80), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", "site"),
    )
    op.create_table(
        "site_lease",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", "process"),
    )
    op.create_table(
        "stay",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticket", sa.String(length=36), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("class_", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=True),
        sa.Column("counter", sa.String(length=64), nullable=True),
        sa.Column("service", sa.String(length=64), nullable=True),
        sa.Column("officer", sa.String(length=36), nullable=True),
        sa.Column("called_to", sa.String(length=64), nullable=True),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("site", "day", "ticket", "n"),
        sqlite_with_rowid=False,
    )
