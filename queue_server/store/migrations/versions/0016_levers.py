"""Levers for today: the site's row keeps what was set for one day, as the events left it.

Expand only: a process of the release before sets none, and leaves the column as it is; what is kept names its day, so
that nothing of it outlives that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nothing is set yet."""
    op.add_column("site", sa.Column("levers", sa.JSON(), nullable=False, server_default="{}"))
