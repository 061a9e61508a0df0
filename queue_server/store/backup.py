"""A copy of an SQLite database while others write it, and whether a file is whole. Never a plain file copy."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from . import migrate, schema, state
from .engine import open_file, sqlite_module
from .trouble import is_passing

_WAIT_S = 5.0  # for a file that somebody holds
_AT_ONCE = 1024 * 1024  # bytes


class Damaged(RuntimeError):
    """The file is not a whole database; the message says what is wrong with it."""


def copy(source: Path, target: Path) -> None:
    """Copy the database of a running server, at one moment between two commits; synced to the disk.

    Raises Damaged if the source cannot be read through.
    """
    sqlite = sqlite_module()
    try:
        with contextlib.ExitStack() as opened:
            old = opened.enter_context(contextlib.closing(sqlite.connect(f"file:{source}?mode=ro", uri=True)))
            new = opened.enter_context(contextlib.closing(sqlite.connect(target)))
            old.backup(new)  # all pages in one step: readers never make writers wait, nor the other way round
    except sqlite.DatabaseError as error:
        raise Damaged(f"{source}: {error}") from None
    target.chmod(0o600)
    settle(target)


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
        id: {"epoch": row.epoch, "revision": row.revision, "state": state.fingerprint(state.rows(conn, id))}
        for id, row in sites.items()
    }
