"""Whether the database can be written and is this version's."""

import shutil
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ..domain.errors import Code
from . import migrate
from .trouble import trouble

_LEAST_ROOM = 256 * 1024  # bytes: a command writes some tens of kilobytes, and finds out only when it commits


def why_not_ready(writer: Engine) -> str | None:
    """What keeps commands from being carried out, in a word; None if nothing does. Changes nothing."""
    try:
        with writer.connect() as conn, conn.begin():  # BEGIN IMMEDIATE: asks for the right to write
            conn.execute(text("UPDATE site SET revision = revision WHERE id = '*'"))
            version = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
            conn.rollback()
    except SQLAlchemyError as error:
        code = trouble(error)
        return code.value if code else type(error).__name__
    if version != migrate.HEAD:
        return f"schema {version}"
    return None if _room(writer) >= _LEAST_ROOM else Code.STORAGE_FULL.value


def _room(writer: Engine) -> int:
    """Bytes free where an SQLite database lies; PostgreSQL's disk is its own."""
    if writer.dialect.name != "sqlite":
        return _LEAST_ROOM
    return shutil.disk_usage(Path(writer.url.database or "").resolve().parent).free
