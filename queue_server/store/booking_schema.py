"""The table of booked places (``schema.py`` has the others)."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, text

from .columns import Id, Instant, metadata

booking = Table(  # who booked a place for when; the code as a keyed hash alone, for seven service days
    "booking",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("service", Id, nullable=False),
    Column("slot", Instant, nullable=False),
    Column("people", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("late", Boolean, nullable=False, server_default="0"),
    Column("ticket", String(36)),
    Column("code_hash", String(64)),  # personal: not part of what events replay
    Index("booking_by_day", "site", "day", "service"),
    Index("booking_by_code", "site", "code_hash", "day", "service", unique=True),
)
_open = text("state = 'booked'")
Index("booking_open", booking.c.site, booking.c.slot, sqlite_where=_open, postgresql_where=_open)
