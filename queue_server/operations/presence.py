"""The process at work on a data folder, and whether the last server left it in order.

A hold is the system's lock on a file: it is let go of when a process ends, however it ends, so none is ever stale.
"""

import errno
import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from ..store.engine import StoreUnusable, make_folder

_LOCK = "server.lock"
_RESTORING = "restoring"  # lies here from the first to the last step of a restore that replaces files
_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Listening:
    """What a server listens on, by which address it was reached when it started, and the public one it was given."""

    host: str
    port: int
    base: str
    public_url: str | None = None

    @property
    def mark(self) -> str:
        """As it stands in the folder's lock, after the process."""
        return f"{self.port} {self.host} {self.base} {self.public_url or '-'}"


@dataclass
class Presence:
    """A hold on the data folder; the system lets go of it when the process ends, however it ends."""

    handle: int
    unclean: bool  # the server before this one did not leave in order: power, kill -9
    beside: int | None = None  # the hold on the database file itself

    def leave(self) -> None:
        """Leave in order. Of several servers the last one does."""
        if _try(self.handle, fcntl.LOCK_EX):
            os.ftruncate(self.handle, 0)
        os.close(self.handle)
        if self.beside is not None:
            os.close(self.beside)


def enter(data: Path, at: Listening | None = None, database: Path | None = None) -> Presence:
    """Begin to serve from a folder, never beside a restore; beside other servers on PostgreSQL only.

    ``database``: the SQLite file that is served, which one server has to itself: each would tell its own screens only,
    and two processes' clocks and looks would fall together. Commands beside the server are told by ``listens_on`` where
    it is. Raises StoreUnusable if another server or a restore is at work, or a restore was interrupted.
    """
    make_folder(data)
    handle = os.open(data / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    mark = f"{os.getpid()} {at.mark}\n" if at else f"{os.getpid()}\n"
    try:
        unclean = _unclean(handle, data, mark, fcntl.LOCK_EX if database else fcntl.LOCK_SH)
        return Presence(handle, unclean, _alone_with(database))
    except BaseException:
        os.close(handle)
        raise


def _alone_with(database: Path | None) -> int | None:
    """The hold on an SQLite file itself: two data folders may name the same one."""
    if database is None:
        return None
    handle = os.open(database.with_name(f"{database.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    if not _wait(handle, fcntl.LOCK_EX):
        os.close(handle)
        raise StoreUnusable(f"another server runs on {database}, from another data folder: stop it first")
    return handle


def _unclean(handle: int, data: Path, mark: str, how: int) -> bool:
    alone = _wait(handle, how) if how == fcntl.LOCK_EX else _try(handle, fcntl.LOCK_EX)
    found = alone and os.pread(handle, 1, 0) != b""
    if not (alone and how == fcntl.LOCK_EX) and not _wait(handle, how):
        raise StoreUnusable(_in_the_way(data))
    if (data / _RESTORING).exists():
        raise StoreUnusable(f"a restore of {data} was interrupted: run it once more")
    os.ftruncate(handle, 0)
    os.pwrite(handle, mark.encode(), 0)
    return found


def _in_the_way(data: Path) -> str:
    if (other := _marked(data)) is None:
        return f"a restore of {data} is under way"
    process, at = other
    where = f", port {at.port}" if at else ""
    return (
        f"another server (process {process}{where}) runs on {data}: stop it first, or name another folder with --data"
    )


class Restoring:
    """The hold of a restore: nobody serves meanwhile, and a half-done one is noticed.

    Raises StoreUnusable if a server is running on the folder.
    """

    def __init__(self, data: Path, database: Path | None = None) -> None:
        make_folder(data)
        self._mark = data / _RESTORING
        self._beside: int | None = None
        self._handle = os.open(data / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        if not _wait(self._handle, fcntl.LOCK_EX):
            self.__exit__()
            raise StoreUnusable("the server is running on this folder: stop it first")
        try:
            self._beside = _alone_with(database)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> "Restoring":
        return self

    def begin(self) -> None:
        """From here on the folder is not whole until ``done``."""
        self._mark.touch()

    def done(self) -> None:
        """The folder is whole again, and in order."""
        os.ftruncate(self._handle, 0)
        self._mark.unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)
        if self._beside is not None:
            os.close(self._beside)


def is_running(data: Path) -> bool:
    """Whether a server (or a restore) is at work on the folder now."""
    if not (data / _LOCK).exists():
        return False
    handle = os.open(data / _LOCK, os.O_RDONLY)
    try:
        # Another that asks the same holds it for a moment, on a busy machine for a tenth of a second and more.
        return not _wait(handle, fcntl.LOCK_EX, 0.5)
    finally:
        os.close(handle)


def listens_on(data: Path) -> Listening | None:
    """Where the server is that runs on the folder; of several, the one that was started last, if it still runs."""
    marked = _marked(data) if is_running(data) else None
    return marked[1] if marked else None


def _marked(data: Path) -> tuple[int, Listening | None] | None:
    """The living process that last began to serve from here, and where it listens if it said so."""
    match (data / _LOCK).read_text().split():
        case [process, port, host, base, public] if _lives(int(process)):
            return int(process), Listening(host, int(port), base, None if public == "-" else public)
        case [process, *_] if _lives(int(process)):
            return int(process), None  # a server of an older version
    return None  # a restore, or one of several that is gone


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another user's
    return True


def _try(handle: int, how: int) -> bool:
    """Whether the hold could be had. Raises StoreUnusable where a disk keeps no locks: nobody could be kept out."""
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise StoreUnusable(
            f"the disk that the data folder lies on keeps no locks ({error.strerror}), as some network disks:"
            " put the data on a disk of this machine"
        ) from error
    return True


def _wait(handle: int, how: int, patience_s: float = _PATIENCE_S) -> bool:
    """Another server that starts or ends just now holds the folder alone for a moment."""
    until = time.monotonic() + patience_s
    while not _try(handle, how):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
