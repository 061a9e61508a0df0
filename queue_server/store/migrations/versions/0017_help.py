"""An officer asks for help, and somebody comes.

Expand only: a process of the release before neither asks nor comes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns, empty: nobody has asked."""
    op.add_column("counter", sa.Column("help", sa.String(36), nullable=True))
    op.add_column("counter", sa.Column("help_since", sa.BigInteger(), nullable=True))
    op.add_column("counter", sa.Column("helper", sa.String(36), nullable=True))
    op.add_column("counter", sa.Column("helped_at", sa.BigInteger(), nullable=True))
