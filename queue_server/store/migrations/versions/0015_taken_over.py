"""When an officer took over the service of another.

Expand only: a process of the release before leaves the column as it is, and takes nothing over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column, empty: every service was one officer's."""
    op.add_column("ticket", sa.Column("officer_since", sa.BigInteger(), nullable=True))
