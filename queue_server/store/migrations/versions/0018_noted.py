"""Whether somebody wrote a note about a ticket, so that none is looked for where there is none.

Expand only: a process of the release before writes notes that the next counter is not shown, as ever.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column: of the tickets of before it is not said."""
    op.add_column("ticket", sa.Column("noted", sa.Boolean(), nullable=False, server_default=sa.false()))
