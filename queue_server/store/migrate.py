"""Bring a database to this version's schema; refuse one that is newer."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from .engine import StoreUnusable, patiently

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

HEAD = "0034"  # the newest file in migrations/versions; a test compares
_FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x616E747265616E  # PostgreSQL's advisory lock: two servers may start at once


class SchemaTooNew(StoreUnusable):
    """The database was made by a newer Antrean: this one would not understand it."""


def version(connection: Connection) -> str | None:
    """The schema version the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def current(engine: Engine) -> str | None:
    """The schema version of the engine's database; None for an empty one."""

    def look() -> str | None:
        with engine.connect() as connection:
            return version(connection)

    return patiently(look)


def migrate(engine: Engine, before: Callable[[str], None] = lambda at: None) -> None:
    """Apply what is missing, each migration in a transaction of its own: what fails leaves nothing behind.

    ``before`` is called with the present version before a database that holds something is changed: the place for a
    backup. Raises SchemaTooNew if the database is at a version this code does not know.
    """
    at = current(engine)
    if at == HEAD:
        return  # the usual start: Alembic is not even imported
    if at is not None and not list((_FOLDER / "versions").glob(f"{at}_*.py")):
        raise SchemaTooNew(f"the database is at schema {at}, this version knows up to {HEAD}")
    if at is not None:
        before(at)
    while at != HEAD:
        at = _step(engine)


def _step(engine: Engine) -> str | None:
    """Apply the next migration, unless another server has meanwhile; the version the database is at now."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    scripts = _scripts(_FOLDER)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))  # a large hall's index takes its time
            connection.execute(text("SET LOCAL lock_timeout = '60s'"))  # and who starts beside us waits for it
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        if version(connection) == HEAD:
            return HEAD
        config = Config(attributes={"connection": connection})
        with EnvironmentContext(config, scripts, fn=lambda at, _: scripts._upgrade_revs("+1", at)):
            scripts.run_env()
        return version(connection)


@cache
def _scripts(folder: Path) -> "ScriptDirectory":
    """All migrations of a folder, read once: Alembic's own command reads them anew for each step."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(folder)
