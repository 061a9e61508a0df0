"""Which papers a visitor lacked.

Expand only: a process of the release before leaves the column as it is, and its events say nothing of papers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column, empty: none was ever said to be missing."""
    op.add_column("ticket", sa.Column("missing", sa.Text(), nullable=True))
