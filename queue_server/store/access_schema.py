"""The table of refused sign-ins (``schema.py`` has the others)."""

from sqlalchemy import Column, Integer, String, Table

from .columns import Instant, metadata

_SEALED = String(45).with_variant(String(120), "postgresql")  # SQLite keeps no lengths

refused_sign_in = Table(  # how often a name or a password was wrong: counts, no events; a row goes after 30 days
    "refused_sign_in",
    metadata,
    Column("hour", Instant, primary_key=True),  # its beginning
    Column("account", String(36), primary_key=True),  # "": a name that nobody has
    Column("address", _SEALED, primary_key=True),  # sealed; "": of the many addresses of that hour
    Column("count", Integer, nullable=False),
    Column("key", String(16)),  # the id of the key that opens the address; null: "", or a release before this one
)
