"""The table of notices (``schema.py`` has the others)."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table

from .columns import Id, Instant, metadata

notice = Table(  # what screens tell visitors, as the events left it; one that somebody ends is gone
    "notice",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("text", JSON, nullable=False),  # language -> one line
    Column("where", JSON, nullable=False),
    Column("zones", JSON, nullable=False),
    Column("agency", Id),  # none: the whole hall's
    Column("begins", Instant, nullable=False),
    Column("ends", Instant),
    Column("urgent", Boolean, nullable=False),
    Column("version", Integer, nullable=False),  # the revision that left it so
    Column("by", String(36), nullable=False),
    Column("at", Instant, nullable=False),
)
