"""Where each site stood when this machine last looked, kept beside the data: so a lost history is noticed at a start.

Written without syncing, after the database has: what is read back may be older than the database, never newer, unless
the database itself has lost something (a standby that lagged took over, a disk lied, somebody put an old file back).
"""

import contextlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = "reached.json"
_EVERY_S = 1.0


@dataclass
class Note:
    """What is kept of ``reached``: site -> (epoch, revision)."""

    data: Path
    reached: Mapping[str, tuple[int, int]]
    written: dict[str, tuple[int, int]] = field(default_factory=dict)

    def run(self) -> None:
        """Write it down whenever it has moved, for ever; a disk that is full must not stop anything."""
        while True:
            time.sleep(_EVERY_S)
            self.write()

    def write(self) -> None:
        """Put it in the place of what was there, at once or not at all."""
        now = dict(self.reached)
        if now == self.written:
            return
        fresh = self.data / f"{FILE}.{os.getpid()}"
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps(now))
            fresh.replace(self.data / FILE)
            self.written = now


def read(data: Path) -> dict[str, tuple[int, int]]:
    """What was kept; nothing if there is no such file, or half of one.

    Raises OSError if it cannot be read now: a server that took that for "nothing" would not notice a lost history.
    """
    try:
        kept = json.loads((data / FILE).read_text())
        return {site: (int(epoch), int(revision)) for site, (epoch, revision) in kept.items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}
