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
    Column("own", Boolean, nullable=False, server_default="0"),  # booked on the hall's own page
    Column("confirmed", Boolean, nullable=False, server_default="0"),
    Column("ended", String(16)),
    Column("code_hash", String(64)),  # personal: not part of what events replay
    Column("token_hash", String(64)),  # of the link, for as long
    Column("browser_hash", String(64)),  # in which it was booked, for as long
    Column("address_hash", String(64)),  # from which, until the next day opens; another value each day
    Index("booking_by_day", "site", "day", "service"),
    Index("booking_by_code", "site", "code_hash", "day", "service", unique=True),
)
_open = text("state = 'booked'")
Index("booking_open", booking.c.site, booking.c.slot, sqlite_where=_open, postgresql_where=_open)
_linked, _today = text("token_hash IS NOT NULL"), text("address_hash IS NOT NULL")
Index("booking_by_token", booking.c.token_hash, unique=True, sqlite_where=_linked, postgresql_where=_linked)
Index("booking_by_address", booking.c.site, booking.c.address_hash, sqlite_where=_today, postgresql_where=_today)
_known = text("browser_hash IS NOT NULL")
Index("booking_by_browser", booking.c.site, booking.c.browser_hash, sqlite_where=_known, postgresql_where=_known)
