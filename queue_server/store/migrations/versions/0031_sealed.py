"""What is personal is sealed: each row beside an event names the key that opens it.

Expand only: a process of the release before writes plain texts, which are sealed at the next start, and cannot read
those that are sealed already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Nothing is sealed yet: that is done once the keys are at hand (``store/first_sealing.py``)."""
    op.add_column("private", sa.Column("key", sa.String(16)))
    plain = sa.text("key IS NULL")
    op.create_index("private_plain", "private", ["site"], sqlite_where=plain, postgresql_where=plain)
    op.create_index("private_by_time", "private", ["at"])
    op.add_column("refused_sign_in", sa.Column("key", sa.String(16)))
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no lengths
        op.alter_column("refused_sign_in", "address", type_=sa.String(120))
