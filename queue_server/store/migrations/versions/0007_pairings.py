"""New screens that wait for somebody to approve them, and where a device was wanted when it was approved.

Expand only: a process of the release before adds devices that are wanted anywhere, and approves none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table, empty, and three columns that say nothing of the devices there are."""
    op.create_table(
        "pairing",
        sa.Column("poll_hash", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("poll_hash"),
        sa.UniqueConstraint("code"),
    )
    op.add_column("device", sa.Column("zone", sa.String(length=64), nullable=True))
    op.add_column("device", sa.Column("counter", sa.String(length=64), nullable=True))
    op.add_column("device", sa.Column("voice", sa.Boolean(), nullable=True))
