"""The table of refused sign-ins (``schema.py`` has the others)."""

from sqlalchemy import Column, Integer, String, Table

from .columns import Instant, metadata

refused_sign_in = Table(  # how often a name or a password was wrong: counts, no events; a row goes after 30 days
    "refused_sign_in",
    metadata,
    Column("hour", Instant, primary_key=True),  # its beginning
    Column("account", String(36), primary_key=True),  # "": a name that nobody has
    Column("address", String(45), primary_key=True),  # "": of the many addresses of that hour
    Column("count", Integer, nullable=False),
)
