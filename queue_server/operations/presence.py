"""Who is at work on a data folder, and whether the last server left it in order."""

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

    def leave(self) -> None:
        """Leave in order. Of several servers the last one does."""
        if _try(self.handle, fcntl.LOCK_EX):
            os.ftruncate(self.handle, 0)
        os.close(self.handle)


def enter(data: Path, at: Listening | None = None) -> Presence:
    """Begin to serve from a folder, beside other servers but never beside a restore.

    Commands beside the server are told by ``listens_on`` where it is. Raises StoreUnusable if a restore is under way,
    or was interrupted.
    """
    make_folder(data)
    handle = os.open(data / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        unclean = _unclean(handle, data, f"{os.getpid()} {at.mark}\n" if at else f"{os.getpid()}\n")
    except BaseException:
        os.close(handle)
        raise
    return Presence(handle, unclean)


def _unclean(handle: int, data: Path, mark: str) -> bool:
    alone = _try(handle, fcntl.LOCK_EX)
    found = alone and os.pread(handle, 1, 0) != b""
    if not _wait(handle, fcntl.LOCK_SH):
        raise StoreUnusable(f"a restore of {data} is under way")
    if (data / _RESTORING).exists():
        raise StoreUnusable(f"a restore of {data} was interrupted: run it once more")
    os.ftruncate(handle, 0)
    os.pwrite(handle, mark.encode(), 0)
    return found


class Restoring:
    """The hold of a restore: nobody serves meanwhile, and a half-done one is noticed.

    Raises StoreUnusable if a server is running on the folder.
    """

    def __init__(self, data: Path) -> None:
        make_folder(data)
        self._mark = data / _RESTORING
        self._handle = os.open(data / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        if not _try(self._handle, fcntl.LOCK_EX):
            os.close(self._handle)
            raise StoreUnusable("the server is running on this folder: stop it first")

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


def is_running(data: Path) -> bool:
    """Whether a server (or a restore) is at work on the folder now."""
    if not (data / _LOCK).exists():
        return False
    handle = os.open(data / _LOCK, os.O_RDONLY)
    try:
        return not _try(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def listens_on(data: Path) -> Listening | None:
    """Where the server is that runs on the folder; of several, the one that was started last, if it still runs."""
    if not is_running(data):
        return None
    match (data / _LOCK).read_text().split():
        case [process, port, host, base, public] if _lives(int(process)):
            return Listening(host, int(port), base, None if public == "-" else public)
    return None  # a restore, a server of an older version, or one of several that is gone


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another user's
    return True


def _try(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _wait(handle: int, how: int) -> bool:
    """Another server that starts just now holds the folder alone for a moment."""
    until = time.monotonic() + _PATIENCE_S
    while not _try(handle, how):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
