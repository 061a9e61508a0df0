"""Where each site stood when this machine last looked, kept beside the data: so a lost history is noticed at a start.

Written without syncing, after the database has: what is read back may be older than the database, never newer, unless
the database itself has lost something (a standby that lagged took over, a disk lied, somebody put an old file back).
"""

import json
import time
from collections.abc import Mapping
from pathlib import Path

FILE = "reached.json"
_EVERY_S = 1.0

Reached = Mapping[str, tuple[int, int]]  # site -> (epoch, revision)


def read(data: Path) -> dict[str, tuple[int, int]]:
    """What was kept; nothing if there is no such file, or half of one."""
    try:
        kept = json.loads((data / FILE).read_text())
        return {site: (int(epoch), int(revision)) for site, (epoch, revision) in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def keep(data: Path, reached: Reached) -> None:
    """Write it down whenever it has moved, for ever; a disk that is full must not stop anything."""
    written: dict[str, tuple[int, int]] = {}
    while True:
        time.sleep(_EVERY_S)
        now = dict(reached)
        if now != written and write(data, now):
            written = now


def write(data: Path, reached: Reached) -> bool:
    """Put it in the place of what was there, at once or not at all; whether it could be done."""
    fresh = data / f"{FILE}.new"
    try:
        fresh.write_text(json.dumps(reached))
        fresh.replace(data / FILE)
    except OSError:
        return False
    return True
