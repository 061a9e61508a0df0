"""How a database is opened: pragmas, drivers, who may write.

Two engines on one database. The writer begins every transaction with ``BEGIN IMMEDIATE`` (SQLite) so that a
transaction never finds out halfway that it may not write; the reader is ``query_only`` and begins plainly, so that
a query sees one snapshot and makes nobody wait.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

LOCK_WAIT_S = 5.0  # how long a command waits for a database held by someone else before it answers 503
_RETRY_EVERY_S = 0.02
_BUSY_TIMEOUT_MS = 20  # SQLite waits in C and stops every green thread with it: keep it short and retry ourselves


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: pysqlite3's bundled one, else the standard library's (``doctor`` says which)."""
    with contextlib.suppress(ImportError):
        import pysqlite3.dbapi2

        return pysqlite3.dbapi2
    return sqlite3


def database_url(data: Path) -> str:
    """The default database of a data folder."""
    return f"sqlite:///{data / 'queue.db'}"


def open_writer(url: str) -> Engine:
    """The engine that commands use. One connection on SQLite: its writers take turns anyway."""
    if not url.startswith("sqlite"):
        return create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True)
    return _sqlite(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)


def open_reader(url: str) -> Engine:
    """The engine that queries use: one read-only snapshot per transaction."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True)
        event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("SET TRANSACTION READ ONLY"))
        return engine
    return _sqlite(url, "BEGIN", pool_size=5, max_overflow=10, query_only=True)


def _sqlite(url: str, begin: str, *, query_only: bool = False, **pool: Any) -> Engine:
    engine = create_engine(
        url,
        module=sqlite_module(),
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": _BUSY_TIMEOUT_MS / 1000},
        **pool,
    )

    def on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # NORMAL may lose acknowledged tickets when the power goes
        cursor.execute("PRAGMA foreign_keys=ON")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(begin))
    return engine


def is_locked(error: BaseException) -> bool:
    """Whether the database said that someone else holds it (and nothing was done)."""
    return isinstance(error, OperationalError) and "locked" in str(error.orig)


def is_full(error: BaseException) -> bool:
    """Whether the database said that there is no room, or that it may not write at all."""
    said = str(getattr(error, "orig", error))
    return isinstance(error, OperationalError) and any(
        s in said for s in ("is full", "readonly", "disk I/O", "No space")
    )


def begin(engine: Engine, sleep: Callable[[float], None], wait_s: float = LOCK_WAIT_S) -> Connection:
    """A connection inside a fresh transaction; waits cooperatively while another process holds the database.

    Raises OperationalError (``is_locked``) after ``wait_s`` seconds.
    """
    waited = 0.0
    while True:
        connection = engine.connect()
        try:
            connection.begin()
            return connection
        except OperationalError as error:
            connection.close()
            if not is_locked(error) or waited >= wait_s:
                raise
        sleep(_RETRY_EVERY_S)
        waited += _RETRY_EVERY_S
