"""A number may be a group's: how many people come with it.

Expand only: a process of the release before gives numbers to one, and counts a group that it moves as one place.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the columns: everybody came alone."""
    for table in ("ticket", "stay"):
        op.add_column(table, sa.Column("people", sa.Integer(), nullable=False, server_default="1"))
    few = sa.text("state = 'waiting' AND people > 1")
    columns = ["site", "service", "arrival", "people"]
    op.create_index("ticket_group", "ticket", columns, sqlite_where=few, postgresql_where=few)
