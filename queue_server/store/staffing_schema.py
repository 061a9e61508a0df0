"""The tables of people at work (``schema.py`` has the others)."""

from sqlalchemy import Column, Date, Integer, String, Table

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

roster = Table(  # which account sits at which counter on a day
    "roster",
    metadata,
    Column("site", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("counter", Id, nullable=False),
    Column("account", String(36), nullable=False),
    Column("begins", String(5), nullable=False),  # wall-clock time at the site: HH:MM
    Column("ends", String(5), nullable=False),  # the end of the day: 24:00
)

escort = Table(  # who asked to be guided to the counter; gone when the day closes, and in no event
    "escort",
    metadata,
    Column("site", Id, primary_key=True),
    Column("ticket", String(36), primary_key=True),
)

taken_alarm = Table(  # alarms that a supervisor sees to; gone when the day closes
    "taken_alarm",
    metadata,
    Column("site", Id, primary_key=True),
    Column("alarm", String(255), primary_key=True),
    Column("by", String(36), nullable=False),
    Column("at", Instant, nullable=False),
    Column("since", Instant),  # which trouble it was: one that begins anew is nobody's
    Column("level", Integer, nullable=False),
)
