"""A ticket keeps what its holder was told of the wait, and what that was made of.

Expand only: a process of the release before tells without writing it down; of such a ticket nothing is learnt.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the columns, empty, and the index by which the last calls of a service are found."""
    for name in ("told_low_s", "told_high_s", "expected_s"):
        op.add_column("ticket", sa.Column(name, sa.Integer()))
    where = sa.text("expected_s IS NOT NULL AND called_at IS NOT NULL")
    op.create_index(
        "ticket_told", "ticket", ["site", "series", "called_at"], sqlite_where=where, postgresql_where=where
    )
