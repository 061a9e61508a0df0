"""Somebody takes an alarm upon themselves.

Expand only: a process of the release before tells every alarm, whoever took it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table, empty: nobody took any."""
    op.create_table(
        "taken_alarm",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("alarm", sa.String(255), primary_key=True),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
    )
