"""Places may be booked beforehand; who comes before they can be called sits beside the line.

Expand only: a process of the release before knows no bookings, and would call somebody who came early.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the table, empty, and the columns: nobody has booked. The index of who waits holds what a call looks at."""
    op.create_table(
        "booking",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False, server_default="0"),
        sa.Column("ticket", sa.String(36)),
        sa.Column("code_hash", sa.String(64)),
    )
    op.create_index("booking_by_day", "booking", ["site", "day", "service"])
    op.create_index("booking_by_code", "booking", ["site", "code_hash", "day", "service"], unique=True)
    still = sa.text("state = 'booked'")
    op.create_index("booking_open", "booking", ["site", "slot"], sqlite_where=still, postgresql_where=still)
    op.add_column("ticket", sa.Column("callable_from", sa.BigInteger()))
    op.add_column("ticket", sa.Column("early", sa.Boolean(), nullable=False, server_default="0"))
    early = sa.text("state = 'waiting' AND early = true")
    columns = ["site", "callable_from", "arrival"]
    op.create_index("ticket_early", "ticket", columns, sqlite_where=early, postgresql_where=early)
    waits = sa.text("state = 'waiting'")
    columns = ["site", "service", "class_", "arrival", "early", "callable_from"]
    op.drop_index("ticket_waiting", "ticket")
    op.create_index("ticket_waiting", "ticket", columns, sqlite_where=waits, postgresql_where=waits)
