"""Interruptions: the site's row keeps those that last, as their events left them.

Expand only: a process of the release before begins none, and leaves the column as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """None lasts yet."""
    op.add_column("site", sa.Column("interruptions", sa.JSON(), nullable=False, server_default="[]"))
