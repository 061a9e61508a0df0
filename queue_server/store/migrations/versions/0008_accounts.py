"""Accounts name their organisation and have a version; a session says in which browser it began.

Expand only: a process of the release before writes on without the columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns, empty: not said; every account is at its version 0."""
    op.add_column("account", sa.Column("organisation", sa.String(64), nullable=True))
    op.add_column("account", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("session", sa.Column("browser", sa.String(64), nullable=True))
