"""The tables of pictures and playlists (``schema.py`` has the others)."""

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, String, Table, Text, false

from .columns import Id, Instant, metadata

picture = Table(  # what walls may show while nobody is called
    "picture",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("by", String(36), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ms", Integer, nullable=False, server_default="0"),  # how long a film lasts
    Column("sound", Boolean, nullable=False, server_default=false()),  # whether a film is heard
)

picture_content = Table(  # the pictures themselves, encoded by us; they go into every backup
    "picture_content",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

playlist = Table(  # in which order they are shown
    "playlist",
    metadata,
    Column("site", Id, primary_key=True),
    Column("version", Integer, nullable=False),  # the revision that left it so
    Column("entries", JSON, nullable=False),
)
