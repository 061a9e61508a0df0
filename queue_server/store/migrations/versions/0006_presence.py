"""Enrolled screens: what each last said of itself, and what came of its last test.

Expand only: a process of the release before knows neither table, and writes on without them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the two tables, empty: every screen says of itself what it is as soon as it is heard."""
    op.create_table(
        "presence",
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("screen", sa.String(length=16), nullable=False),
        sa.Column("counter", sa.String(length=64), nullable=True),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("mute_since", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
    op.create_table(
        "device_test",
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("device"),
    )
