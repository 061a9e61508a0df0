"""Carry-over: whoever waits when a hall gives up for the day has a place on the next; the site's row keeps which.

Expand only: a process of the release before carries nobody over, and leaves the columns as they are. Should it open the
day on which places are kept, they stay kept, and whoever has one is let in by the first process that knows of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Nobody has been carried over yet."""
    op.add_column("site", sa.Column("carried", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("ticket", sa.Column("carried_to", sa.Date()))
    op.add_column("ticket", sa.Column("carried_as", sa.String(16)))
    op.add_column("ticket", sa.Column("carried_from", sa.String(36)))
    kept, came = sa.text("carried_to IS NOT NULL"), sa.text("carried_from IS NOT NULL")
    columns = ["site", "carried_to"]
    op.create_index("ticket_carried_to", "ticket", columns, sqlite_where=kept, postgresql_where=kept)
    name = "ticket_carried_from"
    op.create_index(name, "ticket", ["carried_from"], unique=True, sqlite_where=came, postgresql_where=came)
