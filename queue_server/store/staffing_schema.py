"""The tables of people at work (``schema.py`` has the others)."""

from sqlalchemy import Column, String, Table

from .columns import Id, Instant, metadata

lending = Table(  # accounts that help out at another agency's counters; a row goes when the day closes
    "lending",
    metadata,
    Column("site", Id, primary_key=True),
    Column("account", String(36), primary_key=True),
    Column("agency", Id, primary_key=True),
    Column("by", String(36), nullable=False),
    Column("at", Instant, nullable=False),
)
