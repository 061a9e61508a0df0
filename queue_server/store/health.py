"""Whether the database can be written and is this version's."""

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from . import migrate
from .trouble import trouble


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
    return None if version == migrate.HEAD else f"schema {version}"
