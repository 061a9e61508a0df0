"""A visitor may ask to be guided to the counter.

Expand only: a process of the release before tells nobody of it, and leaves what was asked when it closes a day; the
next day that this release closes takes it along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the table, empty: nobody asked."""
    op.create_table(
        "escort",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("ticket", sa.String(36), primary_key=True),
    )
