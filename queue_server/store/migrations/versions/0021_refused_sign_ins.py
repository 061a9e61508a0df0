"""Refused sign-ins are counted, by account, address and hour.

Expand only: a process of the release before counts none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the table, empty: nobody was counted."""
    op.create_table(
        "refused_sign_in",
        sa.Column("hour", sa.BigInteger(), primary_key=True),
        sa.Column("account", sa.String(36), primary_key=True),
        sa.Column("address", sa.String(45), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )
