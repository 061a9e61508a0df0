"""The nightly backup: a dated folder among those of other nights, so many kept, never stopped by its own leftovers."""

import contextlib
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..store import backup
from ..store import engine as store
from .backup import CONTENT, LABEL, Backup, CannotBackUp, make, stay_outside, take_back

_DATED = "%Y-%m-%dT%H%M%S"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_SLACK = 1 << 17  # bytes: secret, label, and what the disk itself needs


def make_dated(
    url: str, data: Path, place: Path, now: datetime, keep: int, keys: Path | None = None
) -> tuple[Backup, list[Path]]:
    """Add a backup named by its moment (in the zone of ``now``) to those in a place, and remove our oldest ones.

    ``keep``: how many there are afterwards; fewer where the disk has no room for so many. Returns those removed, too.
    One that was never finished goes first, a whole one only when the new one is proven, or when the disk has no room
    for it otherwise; the newest whole one stays in any case. Raises as ``make``.
    """
    stay_outside(place)
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        gone = [folder for folder in _ours(place) if not _is_whole(folder)]
        for folder in gone:
            take_back(folder, whole=True)
        try:
            made = make(url, data, place / f"{now:{_DATED}}", now, keys)
        except OSError as error:
            if error.errno not in _NO_ROOM or not (early := _make_room(place, _need(url, place))):
                raise
            gone += early
            made = make(url, data, place / f"{now:{_DATED}}", now, keys)
        old = [folder for folder in _ours(place) if folder != made.folder]
        for folder in old[: max(len(old) - keep + 1, 0)]:
            take_back(folder, whole=True)
            gone.append(folder)
    return made, gone


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One at a time: what another is just writing looks like something never finished."""
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise CannotBackUp(f"another backup to {place} is under way") from None
    except OSError:
        pass  # some network disks know no locks
    try:
        yield
    finally:
        os.close(handle)


def _ours(place: Path) -> list[Path]:
    """Oldest first; by their names and by all that lies in them: nothing else is ever removed."""
    return sorted(folder for folder in place.iterdir() if _is_ours(folder))


def _is_ours(folder: Path) -> bool:
    try:
        datetime.strptime(folder.name, _DATED).replace(tzinfo=UTC)
    except ValueError:
        return False
    return folder.is_dir() and not folder.is_symlink() and all(f.name in CONTENT for f in folder.iterdir())


def _is_whole(folder: Path) -> bool:
    return (folder / LABEL).exists()


def _need(url: str, place: Path) -> int:
    """Bytes that the next backup takes; of PostgreSQL's as many as the newest did."""
    if store.is_sqlite(url):
        return backup.size(store.database_file(url)) + _SLACK
    return max((_size(folder) for folder in _ours(place)[-1:]), default=0) + _SLACK


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def _make_room(place: Path, need: int) -> list[Path]:
    """Remove the oldest whole backups until there is room for one more; none if that would not be enough."""
    oldest, gone = _ours(place)[:-1], []
    if shutil.disk_usage(place).free + sum(map(_size, oldest)) < need:
        return []
    for folder in oldest:
        if gone and shutil.disk_usage(place).free >= need:
            break
        take_back(folder, whole=True)
        gone.append(folder)
    return gone
