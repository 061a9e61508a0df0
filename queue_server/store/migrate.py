"""Bring a database to this version's schema; refuse one that is newer."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from .engine import StoreUnusable

HEAD = "0001"  # the newest file in migrations/versions; a test compares
_FOLDER = Path(__file__).parent / "migrations"


class SchemaTooNew(StoreUnusable):
    """The database was made by a newer Antrean: this one would not understand it."""


def current(engine: Engine) -> str | None:
    """The schema version the database is at; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """Apply what is missing, each migration in a transaction of its own.

    Raises SchemaTooNew if the database is at a version this code does not know.
    """
    version = current(engine)
    if version == HEAD:
        return  # the usual start: Alembic is not even imported
    if version is not None and not list((_FOLDER / "versions").glob(f"{version}_*.py")):
        raise SchemaTooNew(f"the database is at schema {version}, this version knows up to {HEAD}")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
