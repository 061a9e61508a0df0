"""The table of seals (``schema.py`` has the others)."""

from sqlalchemy import Column, Date, Integer, String, Table

from .columns import Id, Instant, metadata

seal = Table(  # each closed day's digest (``domain/seal.py``); append-only
    "seal",
    metadata,
    Column("site", Id, primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1, without a gap
    Column("day", Date, nullable=False),
    Column("epoch", Integer, nullable=False),  # the first event that it does not cover
    Column("revision", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("events", Integer, nullable=False),  # so many it covers
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
