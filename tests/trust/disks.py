"""A disk that fails under the real server: told by a file in its data folder, so that a test chooses when and how.

``TEST_SABOTAGE=trust.disks.fails``: while ``FAILS`` lies in the data folder, every write and sync of the database fails
with the SQLite code that stands in it. It is the standard library's SQLite that serves then: only that one can be
reached.
"""

import sqlite3
import sys
from pathlib import Path

from tests.trust import power

FAILS = "disk-fails"
WRITE_FAILS, SYNC_FAILS, FULL = 778, 1034, 13  # SQLITE_IOERR_WRITE (a disk remounted read-only), _FSYNC, SQLITE_FULL


def fails() -> None:
    """Stand under the server's SQLite for the rest of its life."""
    from queue_server.store import backup, engine

    engine.sqlite_module = backup.sqlite_module = lambda: sqlite3
    told = Path(sys.argv[sys.argv.index("--data") + 1]) / FAILS
    standing = power.recording((".db", ".db-wal"))
    record = standing.__enter__()
    record.steps = _Forgetful()

    def refuse(act: str) -> int:
        try:
            code = int(told.read_text())
        except OSError:
            return 0
        return code if code != SYNC_FAILS or act == "sync" else 0

    record.refuse = refuse
    _KEPT.append(standing)


class _Forgetful(list):
    """Nobody asks for images here."""

    def append(self, step: object) -> None:
        """Let it go."""


_KEPT: list[object] = []
