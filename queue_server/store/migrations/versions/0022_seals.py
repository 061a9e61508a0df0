"""Each closed day is sealed: its digest, which nobody changes any more.

Expand only: a process of the release before seals nothing; the days that end under it are sealed by the next one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_SQLITE = """
CREATE TRIGGER seal_no_{verb} BEFORE {VERB} ON seal BEGIN
    SELECT RAISE(ABORT, 'seals are append-only');
END
"""
_SQLITE_REPLACE = """
CREATE TRIGGER seal_no_replace BEFORE INSERT ON seal
WHEN EXISTS (SELECT 1 FROM seal WHERE site = NEW.site AND number = NEW.number AND digest <> NEW.digest)
BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END
"""
_POSTGRESQL = """
CREATE FUNCTION seal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'seals are append-only'; END $$;
CREATE TRIGGER seal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON seal
    FOR EACH STATEMENT EXECUTE FUNCTION seal_is_append_only();
"""


def upgrade() -> None:
    """Add the table, empty: past days are sealed by the server, one after another."""
    op.create_table(
        "seal",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        return
    for verb in ("update", "delete"):
        op.execute(_SQLITE.format(verb=verb, VERB=verb.upper()))
    op.execute(_SQLITE_REPLACE)
