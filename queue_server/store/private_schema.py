"""The table of what is personal beside events (``schema.py`` has the others)."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from .columns import Id, Instant, metadata

private = Table(  # everything personal: purged by lifetime, not part of what events replay
    "private",
    metadata,
    Column("site", Id, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("name", String(32), primary_key=True),  # note, reason, booking, address, browser (``domain/privacy.py``)
    Column("value", Text, nullable=False),  # sealed
    Column("at", Instant, nullable=False),
    Column("key", String(16)),  # the id of the key that opens it; null: written in plain by a release before this one
)
_plain = text("key IS NULL")  # SQLite compares an index by its words
Index("private_plain", private.c.site, sqlite_where=_plain, postgresql_where=_plain)
Index("private_by_time", private.c.at)
