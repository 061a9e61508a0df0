"""Until when a supervisor lets numbers be given, whatever hours and calendar say.

Expand only: a process of the release before writes on without the column.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, empty: hours decide."""
    op.add_column("site", sa.Column("open_until", sa.BigInteger(), nullable=True))
