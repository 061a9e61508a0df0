"""Anybody may book a place on the hall's own page.

Expand only: a process of the release before books none, and reads those of others as a list's.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the columns: no place was booked so before."""
    for name in ("own", "confirmed"):
        op.add_column("booking", sa.Column(name, sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("booking", sa.Column("ended", sa.String(16)))
    for name in ("token_hash", "browser_hash", "address_hash"):
        op.add_column("booking", sa.Column(name, sa.String(64)))
    indexes = (
        ("booking_by_token", ["token_hash"], True),
        ("booking_by_address", ["site", "address_hash"], False),
        ("booking_by_browser", ["site", "browser_hash"], False),
    )
    for name, columns, unique in indexes:
        there = sa.text(f"{columns[-1]} IS NOT NULL")
        op.create_index(name, "booking", columns, unique=unique, sqlite_where=there, postgresql_where=there)
