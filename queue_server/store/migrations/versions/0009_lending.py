"""Accounts are lent to another agency's counters until the day closes.

Expand only: a process of the release before lends nobody, and ends no lending; the next day's opening by this one does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table, empty: nobody is lent."""
    op.create_table(
        "lending",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(36), primary_key=True),
        sa.Column("agency", sa.String(64), primary_key=True),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
