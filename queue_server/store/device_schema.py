"""The tables of kiosks and displays (``schema.py`` has the others). All but ``device`` are no part of the record."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text

from .columns import Id, Instant, metadata

device = Table(
    "device",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("site", Id, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("zone", Id),  # where whoever approved it wanted it; null, as of one that was added by its link: anywhere
    Column("counter", Id),  # of a counter's display
    Column("voice", Boolean),  # a wall that speaks
)

presence = Table(  # what each enrolled screen last said of itself; written on change only, and no part of the record
    "presence",
    metadata,
    Column("device", String(36), primary_key=True),
    Column("screen", String(16), nullable=False),  # kiosk, wall, counter
    Column("counter", Id),
    Column("there", Boolean, nullable=False),
    Column("since", Instant, nullable=False),  # when it came, or was last heard before it went
    Column("heard_at", Instant, nullable=False),  # as of this writing
    Column("process", String(80), nullable=False),  # the one that hears it, and says when it goes
    Column("mute_since", Instant),
    Column("said", JSON, nullable=False),  # of itself (``domain/devices.Said``)
)

device_test = Table(  # the last test of each enrolled screen that somebody asked for from afar
    "device_test",
    metadata,
    Column("device", String(36), primary_key=True),
    Column("id", Integer, nullable=False),  # the revision in which it was asked for
    Column("kind", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ok", Boolean),  # null: it has not answered
    Column("value", Integer),
)

pairing = Table(  # new screens that show a code and wait for somebody to approve them; gone with it, or in ten minutes
    "pairing",
    metadata,
    Column("poll_hash", String(64), primary_key=True),  # of the secret that becomes the device's token
    Column("code", String(8), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
