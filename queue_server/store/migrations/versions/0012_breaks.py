"""A counter may be on a break: since when, until when, and why.

Expand only: a process of the release before writes on without the columns, and calls at a counter that rests.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns, empty: no counter is on a break."""
    op.add_column("counter", sa.Column("break_since", sa.BigInteger(), nullable=True))
    op.add_column("counter", sa.Column("break_until", sa.BigInteger(), nullable=True))
    op.add_column("counter", sa.Column("break_reason", sa.String(16), nullable=True))
