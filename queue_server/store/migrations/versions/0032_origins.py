"""From which kecamatan visitors come: answers without a ticket, a day or an hour.

Expand only: a process of the release before asks nobody, and leaves such answers in the urn until one of this release
empties it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Nobody has been asked yet."""
    op.create_table(
        "origin_answer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("service", sa.String(64)),
        sa.Column("agency", sa.String(64)),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("origin_answer_by_month", "origin_answer", ["site", "month"])
