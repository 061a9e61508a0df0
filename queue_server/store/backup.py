"""A copy of an SQLite database while others write it, and whether a file is whole. Never a plain file copy."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from . import migrate, schema, state
from .closed import close_to_others
from .database_errors import is_passing
from .engine import open_file, sqlite_module

_WAIT_S = 5.0  # for a file that somebody holds
_AT_ONCE = 1024 * 1024  # bytes


class Damaged(RuntimeError):
    """The file is not a whole database; the message says what is wrong with it."""


def copy(source: Path, target: Path) -> None:
    """Copy the database of a running server, at one moment between two commits; synced to the disk.

    A failure leaves no half of a copy. Raises Damaged if the source cannot be read through, OSError with the file that
    was in the way for everything else: a full disk is no damage, and it is the target's.
    """
    sqlite = sqlite_module()
    try:
        with contextlib.ExitStack() as opened:
            old = opened.enter_context(contextlib.closing(sqlite.connect(f"file:{source}?mode=ro", uri=True)))
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()  # what fails after this is not its
            new = opened.enter_context(contextlib.closing(sqlite.connect(target)))
            old.backup(new)  # all pages in one step: readers never make writers wait, nor the other way round
        close_to_others(target)
        settle(target)
    except BaseException as error:
        forget(target)
        if isinstance(error, sqlite.DatabaseError):
            raise _what_it_means(error, source, target) from None
        raise


def size(source: Path) -> int:
    """Bytes that a copy will have: all pages, also those that are still in the log. 0 if the file cannot be asked."""
    sqlite = sqlite_module()
    try:
        with contextlib.closing(sqlite.connect(f"file:{source}?mode=ro", uri=True)) as conn:
            (pages,), (each,) = (conn.execute(f"PRAGMA page_{what}").fetchone() for what in ("count", "size"))
    except sqlite.DatabaseError:
        return 0
    return int(pages * each)


def forget(database: Path) -> None:
    """Remove a database that nobody uses, with what SQLite lays beside it."""
    for end in ("", "-journal", "-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)


# SQLite's primary result codes (sqlite.org/rescode.html), and what a copy's error says where it comes without one.
_SAYS = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database or disk is full": 13,
    "unable to open database file": 14,
}
_MEANS = {5: errno.EBUSY, 6: errno.EBUSY, 8: errno.EROFS, 10: errno.EIO, 13: errno.ENOSPC, 14: errno.EACCES}


def _what_it_means(error: Exception, source: Path, target: Path) -> Exception:
    """Damage of the source, or the system's error with the file that it is about."""
    code = getattr(error, "sqlite_errorcode", None) or _SAYS.get(str(error), 0)
    number = _MEANS.get(code & 0xFF)
    if number is None or (number == errno.EIO and not _readable(source)):
        return Damaged(f"{source}: {error}")
    blamed = source if number == errno.EBUSY or not source.exists() else target
    return OSError(number, os.strerror(number), str(blamed))


def _readable(file: Path) -> bool:
    """Whether the disk gives the file, whatever lies in it."""
    try:
        with file.open("rb") as content:
            while content.read(1 << 20):
                pass
    except OSError:
        return False
    return True


def settle(path: Path) -> None:
    """Bring a database that nobody uses into its one file, without a log beside it, and onto the disk."""
    with contextlib.closing(sqlite_module().connect(path)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")
    sync(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make sure that a file's (or a folder's) content is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def faults(path: Path, quick: bool = False) -> list[str]:
    """What SQLite finds wrong with a file; nothing if it is whole. ``quick`` leaves out comparing the indexes.

    Raises OSError, naming the file, if nobody can know now: it is locked, cannot be opened, or its disk cannot be read.
    """
    if not _looked(path, quick):
        return []
    _read_through(path)  # SQLite counts a page that the disk does not give among the damaged ones
    return _looked(path, quick)  # what has passed meanwhile was no damage


def _looked(path: Path, quick: bool) -> list[str]:
    sqlite = sqlite_module()
    try:
        with contextlib.closing(sqlite.connect(f"file:{path}?mode=ro", timeout=_WAIT_S, uri=True)) as conn:
            said = [row[0] for row in conn.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check")]
    except sqlite.DatabaseError as error:
        if is_passing(error):
            raise cannot_look(path, error) from error
        return [str(error)]
    return [] if said == ["ok"] else said


def _read_through(path: Path) -> None:
    for file in (path, path.with_name(f"{path.name}-wal")):
        with contextlib.suppress(FileNotFoundError), file.open("rb", buffering=0) as opened:
            try:
                while opened.read(_AT_ONCE):
                    pass
            except OSError as error:
                error.filename = str(file)
                raise


def cannot_look(path: Path, error: BaseException) -> OSError:
    """That a file could not be looked into just now, and why: no word about what it holds."""
    return OSError(errno.EAGAIN, f"could not be looked through, try again ({error})", str(path))


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """One look at a database file that changes nothing about it."""
    engine = open_file(path)
    try:
        with engine.connect() as conn, conn.begin():
            yield conn
    finally:
        engine.dispose()


def verified(path: Path) -> dict[str, dict[str, Any]]:
    """site -> epoch, revision and fingerprint of a file of this version's schema.

    Raises Damaged if a page is, or if the events do not amount to the rows (I-8); OSError if nobody can know now.
    """
    if found := faults(path):
        raise Damaged(f"{path}: {'; '.join(found[:3])}")
    try:
        with reading(path) as conn:
            return _replayed(path, conn)
    except (Damaged, MemoryError):
        raise
    except Exception as error:
        if is_passing(error):
            raise cannot_look(path, error) from error
        # A page that is whole may hold anything: half a JSON, a kind that nobody knows.
        raise Damaged(f"{path}: its events cannot be read ({type(error).__name__})") from error


def _replayed(path: Path, conn: Connection) -> dict[str, dict[str, Any]]:
    if (version := migrate.version(conn)) != migrate.HEAD:
        raise Damaged(f"{path}: its schema is {version}, not {migrate.HEAD}")
    sites = {row.id: row for row in conn.execute(select(schema.site))}
    for site in sites:
        if wrong := state.differences(conn, site):
            raise Damaged(f"{path}: events and rows of {site} differ: {', '.join(wrong)}")
    return {
        id: {"epoch": row.epoch, "revision": row.revision, "state": state.fingerprint_of(conn, id)}
        for id, row in sites.items()
    }
