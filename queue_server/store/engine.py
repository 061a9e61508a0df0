"""How a database is opened: pragmas, drivers, who may write.

Two engines on one database. The writer begins every transaction with ``BEGIN IMMEDIATE`` (SQLite) so that a
transaction never finds out halfway that it may not write; the reader is ``query_only`` and begins plainly, so that
a query sees one snapshot and makes nobody wait.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from ..domain.errors import Code
from . import limits, postgresql
from .database_errors import code_of, is_cut, is_held
from .json_text import read_json
from .limits import LOCK_WAIT_S as LOCK_WAIT_S

T = TypeVar("T")

FILE = "queue.db"  # in the data folder
_RETRY_EVERY_S = 0.02
_RECONNECT_EVERY_S = 0.2
_ONE_TRY_S = 1.0  # at least, however little is left
_BUSY_TIMEOUT_MS = 20  # SQLite waits in C and stops every green thread with it: keep it short and retry ourselves


class StoreUnusable(RuntimeError):
    """The database cannot be served from; the message says why to whoever starts the server."""


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: pysqlite3's bundled one, else the standard library's (``doctor`` says which)."""
    with contextlib.suppress(ImportError):
        import pysqlite3.dbapi2

        bundled: ModuleType = pysqlite3.dbapi2
        return bundled
    return sqlite3


def make_folder(data: Path) -> None:
    """Make a data folder, this user's alone: password hashes and the server's secret will lie in it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)


def database_url(data: Path) -> str:
    """The default database of a data folder."""
    return f"sqlite:///{data / FILE}"


def database_file(url: str) -> Path:
    """The file of an SQLite URL."""
    return Path(make_url(url).database or "")


def open_writer(url: str, wait_s: float | None = None) -> Engine:
    """The engine that commands use. One connection on SQLite: its writers take turns anyway.

    ``wait_s``: how long each statement may wait in C for SQLite's lock; long only where no green thread waits with it.
    """
    if not is_sqlite(url):
        return _postgresql(url, "READ COMMITTED")  # the site's row, locked first, is what puts commands in line
    return _sqlite(url, "BEGIN IMMEDIATE", wait_s, pool_size=1, max_overflow=0)


def open_reader(url: str, wait_s: float | None = None) -> Engine:
    """The engine that queries use: one read-only snapshot per transaction. ``wait_s`` as for the writer."""
    if not is_sqlite(url):
        return _postgresql(url, "REPEATABLE READ", read_only=True)
    return _sqlite(url, "BEGIN", wait_s, pool_size=5, max_overflow=10, query_only=True)


@contextlib.contextmanager
def reading_apart(url: str) -> Iterator[Connection]:
    """One snapshot on a connection of its own: for a thread beside the green hub, or a process beside the server."""
    reader = open_reader(url)
    try:
        with reader.connect() as conn, conn.begin():
            yield conn
    finally:
        reader.dispose()


def open_file(path: Path) -> Engine:
    """An engine on a database file as it lies there: nothing of it is changed, not even its journal mode."""
    own = sqlite_module()
    return create_engine(
        "sqlite://", module=own, poolclass=NullPool, creator=lambda: own.connect(f"file:{path}?mode=ro", uri=True)
    )


def is_sqlite(url: str) -> bool:
    """Whether the database is a file of ours, rather than a PostgreSQL server's."""
    return url.startswith("sqlite")


def _postgresql(url: str, isolation_level: str, **options: Any) -> Engine:
    """Raises StoreUnusable if the driver is not installed."""
    try:
        return postgresql.open_engine(url, isolation_level, **options)
    except ModuleNotFoundError as error:
        raise StoreUnusable(f"PostgreSQL needs the package {error.name}: install antrean[postgres]") from None


def _sqlite(url: str, begin: str, wait_s: float | None, *, query_only: bool = False, **pool: Any) -> Engine:
    timeout = _BUSY_TIMEOUT_MS / 1000 if wait_s is None else wait_s
    engine = create_engine(
        url,
        module=sqlite_module(),
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": timeout},
        json_deserializer=read_json,
        **pool,
    )

    def on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        patiently(lambda: cursor.execute("PRAGMA journal_mode=WAL"))  # refused for a moment where others begin too
        cursor.execute("PRAGMA synchronous=FULL")  # NORMAL may lose acknowledged tickets when the power goes
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten: no page keeps a name or a text
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    event.listen(engine, "connect", on_connect)

    # By the dialect, not by a "begin" event: with any event listened to, every statement pays for all of them.
    def do_begin(dbapi_connection: Any) -> None:
        _turn(lambda: dbapi_connection.cursor().execute(begin))

    engine.dialect.do_begin = do_begin  # type: ignore[method-assign]
    return engine


class _Loop(threading.local):
    own = False  # who begins here waits by themselves


_loop = _Loop()


def _turn(act: Callable[[], Any]) -> Any:
    return act() if _loop.own else patiently(act)


def patiently(act: Callable[[], T]) -> T:
    """Do what another process may be in the way of: again and again, until its limit or a command's usual wait is over.

    Raises what the last try raised.
    """
    ends = limits.until() or time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            return act()
        except Exception as error:
            if not is_held(error) or time.monotonic() >= ends:
                raise
        time.sleep(_RETRY_EVERY_S)


def begin(engine: Engine, sleep: Callable[[float], None], wait_s: float = LOCK_WAIT_S) -> Connection:
    """A connection inside a fresh transaction; waits cooperatively while another process holds the database, or
    while PostgreSQL restarts.

    Raises DBAPIError (``code_of``: busy) after ``wait_s`` seconds.
    """
    until = time.monotonic() + wait_s
    while True:
        try:
            with limits.within(max(until - time.monotonic(), _ONE_TRY_S)), _by_ourselves():
                return _begun(engine)
        except DBAPIError as error:
            held = code_of(error) is Code.BUSY
            if not held or time.monotonic() >= until:
                raise
            pause = _RECONNECT_EVERY_S if is_cut(error) else _RETRY_EVERY_S
        sleep(pause)


@contextlib.contextmanager
def _by_ourselves() -> Iterator[None]:
    _loop.own = True
    try:
        yield
    finally:
        _loop.own = False


def _begun(engine: Engine) -> Connection:
    connection = engine.connect()
    try:
        connection.begin()
    except BaseException:
        connection.close()
        raise
    return connection
