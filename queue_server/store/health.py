"""Whether the database can be written and is this version's."""

import os
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ..domain.errors import Code
from . import limits, migrate
from .database_errors import code_of

_LEAST_ROOM = 256 * 1024  # bytes: a command writes some tens of kilobytes, and finds out only when it commits


def why_not_ready(writer: Engine, to_the_disk: bool = False) -> str | None:
    """What keeps commands from being carried out, in a word; None if nothing does. Changes nothing.

    ``to_the_disk``: ask the disk itself, by writing the same once more. A write fails only at its commit, so
    after a failure nothing less tells whether it has passed.
    """
    try:
        # BEGIN IMMEDIATE: asks for the right to write
        with limits.within(limits.LOCK_WAIT_S), writer.connect() as conn, conn.begin() as asking:
            for step in (1, -1):  # there and back: SQLite writes nothing where nothing changes
                conn.execute(text("UPDATE site SET revision = revision + :step WHERE id = '*'"), {"step": step})
            version = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
            asking.commit() if to_the_disk else asking.rollback()
    except SQLAlchemyError as error:
        code = code_of(error)
        return code.value if code else type(error).__name__
    if version != migrate.HEAD:
        return f"schema {version}"
    return None if _has_room(writer) else Code.STORAGE_FULL.value


def _has_room(writer: Engine) -> bool:
    """Whether files of an SQLite database can grow; PostgreSQL's disk is its own."""
    if writer.dialect.name != "sqlite":
        return True
    disk = os.statvfs(Path(writer.url.database or "").resolve().parent)
    return disk.f_bavail * disk.f_frsize >= _LEAST_ROOM and not disk.f_flag & os.ST_RDONLY
