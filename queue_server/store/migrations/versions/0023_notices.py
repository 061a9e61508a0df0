"""Notices: a table of what screens tell visitors, and on the site's row the revision at which one last changed.

Expand only: a process of the release before makes none, and its documents tell none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Nothing is told yet."""
    op.add_column("site", sa.Column("notices", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "notice",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("where", sa.JSON(), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("agency", sa.String(64)),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger()),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
