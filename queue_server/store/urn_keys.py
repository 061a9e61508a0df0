"""The keys by which a month's answers are sealed and its tickets are marked: files beside the database, in no backup.

A key is destroyed soon after its month. Then no copy of the database, however old, tells which ticket has answered or
what somebody said while it was sealed. They who lose the disk lose the answers that were sealed then, a few of each
service; the price stands in ``decisions.md``.
"""

import fcntl
import os
import secrets
from pathlib import Path

from .closed import close_to_others
from .key_file import refusal

FOLDER = "survey-keys"  # in the data folder
_BYTES = 32


class UrnKeys:
    """All months' keys of a data folder; the processes that share it share them."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def get(self, month: str) -> bytes | None:
        """The key of a month (``YYYY-MM``); None if it is destroyed, or was never made here."""
        try:
            key = bytes.fromhex((self._folder / month).read_text())
        except (FileNotFoundError, ValueError):
            return None
        return key if len(key) == _BYTES else None

    def make(self, month: str) -> bytes:
        """The key of a month, made now if there is none; whole on the disk before it is used.

        Raises ``storage_full`` or ``keys_unwritable`` if it cannot be kept: nobody could open what it sealed.
        """
        if (key := self.get(month)) is not None:
            return key
        try:
            return self._made(month)
        except OSError as error:
            raise refusal(error, self._folder / month) from error

    def _made(self, month: str) -> bytes:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(self._folder / ".making", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)  # another process may have been the first
            if (key := self.get(month)) is not None:
                return key
            fresh = self._folder / f"{month}.new"
            key = secrets.token_bytes(_BYTES)
            with fresh.open("w") as file:
                close_to_others(fresh)
                file.write(key.hex())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._folder / month)
            return key
        finally:
            os.close(handle)

    def months(self) -> list[str]:
        """The months whose keys are there, the first one first."""
        if not self._folder.is_dir():
            return []
        return sorted(file.name for file in self._folder.iterdir() if file.name[:1].isdigit() and len(file.name) == 7)

    def destroy(self, month: str) -> None:
        """For ever: written over where the disk lets one, then gone."""
        file = self._folder / month
        try:
            with file.open("r+b") as old:
                old.write(b"0" * (2 * _BYTES))
                old.flush()
                os.fsync(old.fileno())
        except FileNotFoundError:
            return
        file.unlink(missing_ok=True)
