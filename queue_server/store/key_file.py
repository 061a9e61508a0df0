"""The file of the keys that what is personal is sealed with: written whole or not at all, and kept in no version."""

import base64
import errno
import hashlib
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import structlog

from ..domain.errors import Code, QueueError
from ..domain.privacy import Lifetime
from .closed import close_to_others

FILE = "private.keys"  # in the data folder, and once beside the backups
_REMEMBERED = timedelta(days=400)  # so long the id of a destroyed key: no copy in use is older
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and what it is for."""

    id: str
    site: str
    day: date
    lifetime: Lifetime
    secret: bytes

    def own(self, use: bytes) -> bytes:
        """64 bytes for one use of it."""
        return hmac.digest(self.secret, use, hashlib.sha512)


@dataclass(frozen=True, slots=True)
class Content:
    """What a file of keys holds; ``destroyed``: ids of keys that were, and their days."""

    keys: Sequence[Key]
    destroyed: Mapping[str, date] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()


def read_keys(file: Path) -> Content:
    """What a file holds. Raises ValueError for one that is none of ours, OSError if it cannot be read."""
    try:
        said = json.loads(file.read_text())
        destroyed = {id: date.fromisoformat(day) for id, day in said["destroyed"].items()}
        return Content([_key_of(one) for one in said["keys"]], destroyed, frozenset(said["forgotten"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file} is no file of keys") from error


def _key_of(one: Mapping[str, str]) -> Key:
    secret = base64.b64decode(one["key"], validate=True)
    return Key(one["id"], one["site"], date.fromisoformat(one["day"]), Lifetime(one["lifetime"]), secret)


def as_bytes(content: Content) -> bytes:
    """A file of keys; the newest last. Ids of keys that were destroyed long ago are no longer named."""
    in_order = sorted(content.keys, key=lambda key: (key.day, key.site, key.lifetime, key.id))
    newest = max(content.destroyed.values(), default=date.max)
    said = {
        "keys": [
            {
                "id": key.id,
                "site": key.site,
                "day": key.day.isoformat(),
                "lifetime": key.lifetime.value,
                "key": base64.b64encode(key.secret).decode(),
            }
            for key in in_order
        ],
        "destroyed": {id: day.isoformat() for id, day in content.destroyed.items() if newest - day < _REMEMBERED},
        "forgotten": sorted(content.forgotten),
    }
    return (json.dumps(said, indent=0) + "\n").encode()


def lock_of(file: Path) -> Path:
    """What whoever writes a file of keys holds meanwhile."""
    return file.with_name(f"{file.name}.lock")


def refusal(error: OSError, file: Path) -> QueueError:
    """What whoever asked is told when a file of keys cannot be written: what was in its way, for whoever can mend it.

    ``storage_full`` if the disk has no room; else ``keys_unwritable``: the file or its folder is another user's, or may
    not be written. The log says which file, and why.
    """
    log.error("keys_unwritable", file=str(file), why=error.strerror or str(error))
    return QueueError(Code.STORAGE_FULL if error.errno in _NO_ROOM else Code.KEYS_UNWRITABLE)


def replace_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, its owner's alone where the disk can; the blocks of the one before are wiped.

    Wiped as far as a disk writes where it wrote: on flash, and where the file system copies, something may remain.
    """
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        _write_new(fresh, content)
        give_to_owner(fresh, file)
    except BaseException:  # a full disk: keys that are half there would outlive their destruction
        fresh.unlink(missing_ok=True)
        raise
    before = _opened(file)
    try:
        fresh.replace(file)
        _sync_folder(file.parent)
        if before is not None:
            _write_all(before, b"\0" * os.fstat(before).st_size)
    finally:
        if before is not None:
            os.close(before)


def wipe(file: Path) -> None:
    """Write over a file where the disk writes in place, and remove it. Raises OSError."""
    if (handle := _opened(file)) is not None:
        try:
            _write_all(handle, b"\0" * os.fstat(handle).st_size)
        finally:
            os.close(handle)
    file.unlink(missing_ok=True)


def _write_new(fresh: Path, content: bytes) -> None:
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write_all(handle, content)
    finally:
        os.close(handle)
    close_to_others(fresh)


def give_to_owner(fresh: Path, file: Path) -> None:
    """What a command that root runs makes is left to the server's own user, who had the file or has its folder."""
    of = (file if file.exists() else file.parent).stat()
    if os.geteuid() == 0 and (of.st_uid, of.st_gid) != (0, 0):
        os.chown(fresh, of.st_uid, of.st_gid)


def _opened(file: Path) -> int | None:
    try:
        return os.open(file, os.O_WRONLY)
    except OSError:
        return None


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
