"""Days that are over are kept as the sheets that reports of a period read.

Expand only: a process of the release before neither writes nor reads them, and takes none away. Should it change a day
that is over while both run, ``queue-server rebuild sheets`` puts that right.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the table, empty: servers fill it while they have nothing else to do, or ``queue-server rebuild sheets``."""
    op.create_table(
        "day_sheet",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
    )
