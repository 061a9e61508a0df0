"""Every event says who did it, and an account has all its roles.

Expand only: a process of the release before writes on without the columns. The ``role`` that it writes of an account
then counts (``store/accounts.py``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, empty: not recorded; one role alone."""
    op.add_column("event", sa.Column("by", sa.String(36), nullable=True))
    op.add_column("account", sa.Column("roles", sa.JSON(), nullable=True))
