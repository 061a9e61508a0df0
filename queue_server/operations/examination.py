"""The doctor, asked by the running server: in a process of its own behind the hall's, so that no call waits for it.

It is the very command that a technician types; what it said is told again for a minute.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from .backup import write
from .remedies import SINCE, Entry, identity, known_since

GOOD_FOR_S = 60.0
_LOOKS_EVERY_S = 3600.0  # of itself: else "since" would be when somebody first opened the page
_AT_MOST_S = 180

log = structlog.get_logger()


@dataclass
class Examination:
    """Asks the doctor about the folder that is served; ``config``: that of the configuration, if it is another."""

    data: Path
    config: Path | None
    clock: Callable[[], datetime]
    found: list[Entry] | None = None
    asked_at: float = float("-inf")  # monotonic
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> list[Entry] | None:
        """The findings, the gravest first; None if the doctor could not be asked."""
        with self.lock:  # one at a time, however many ask
            if time.monotonic() - self.asked_at > GOOD_FOR_S:
                self.found, self.asked_at = self._ask(), time.monotonic()
            return self.found

    def run(self, sleep: Callable[[float], None]) -> None:
        """Look each hour, whoever asks."""
        while True:
            sleep(_LOOKS_EVERY_S)
            self()

    def _ask(self) -> list[Entry] | None:
        asked = [*_politely(), sys.executable, "-m", "queue_server", "doctor", "--json"]
        asked += ["--data", str(self.data.resolve())]
        asked += ["--config", str(self.config.resolve())] if self.config else []
        try:
            said = subprocess.run(asked, capture_output=True, timeout=_AT_MOST_S, check=False)
            found = self._since(json.loads(said.stdout))
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            log.warning("examination_failed", why=type(error).__name__)
            return None
        return found

    def _since(self, found: list[Entry]) -> list[Entry]:
        """Note what is found for the first time, and forget what was put right; a full disk stops nobody."""
        before, now = known_since(self.data), self.clock().isoformat()
        to_do = [one for one in found if one["level"] != "ok"]
        noted = {identity(one): before.get(identity(one), now) for one in to_do}
        if noted != before:
            with contextlib.suppress(OSError):
                write(self.data / SINCE, noted)
        return [one | {"since": noted.get(identity(one))} for one in found]


def _politely() -> list[str]:
    """Behind the hall, where the system can do that; at the very end of the line a page would wait for minutes."""
    nice = shutil.which("nice")
    return [nice, "-n", "5"] if nice else []
