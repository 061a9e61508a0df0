"""The doctor, asked by the running server: in a process of its own at the lowest priority, so that nobody waits for it.

It is the very command that a technician types; what it said is told again for a minute.
"""

import json
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from .remedies import Entry

GOOD_FOR_S = 60.0
_AT_MOST_S = 180

log = structlog.get_logger()


@dataclass
class Examination:
    """Asks the doctor about the folder that is served; ``config``: that of the configuration, if it is another."""

    data: Path
    config: Path | None
    found: list[Entry] | None = None
    asked_at: float = float("-inf")  # monotonic
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> list[Entry] | None:
        """The findings, the gravest first; None if the doctor could not be asked."""
        with self.lock:  # one at a time, however many ask
            if time.monotonic() - self.asked_at > GOOD_FOR_S:
                self.found, self.asked_at = self._ask(), time.monotonic()
            return self.found

    def _ask(self) -> list[Entry] | None:
        asked = [*_politely(), sys.executable, "-m", "queue_server", "doctor", "--json"]
        asked += ["--data", str(self.data.resolve())]
        asked += ["--config", str(self.config.resolve())] if self.config else []
        try:
            said = subprocess.run(asked, capture_output=True, timeout=_AT_MOST_S, check=False)
            found: list[Entry] = json.loads(said.stdout)
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            log.warning("examination_failed", why=type(error).__name__)
            return None
        return found


def _politely() -> list[str]:
    """Behind everybody else on this machine, where the system can do that."""
    nice = shutil.which("nice")
    return [nice, "-n", "19"] if nice else []
