"""The real server with a clock that a test can turn: ``python -m tests.serve CLOCKFILE run --data …``.

The clock file holds seconds to add to the machine's time, or an ISO instant at which the clock stands still.
``TEST_SABOTAGE`` names a function of ``tests/trust/sabotage.py`` that breaks the server on purpose before it starts:
the controls, which prove that a test would notice. ``exits.before_commit`` is one of ``tests/trust/exits.py``.
"""

import importlib
import os
import sys
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path


class FileClock:
    """Reads the file at every look: a test turns the clock of a running server by writing it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> datetime:
        """The told time (UTC)."""
        told = self.path.read_text().strip() if self.path.exists() else ""
        if "T" in told:
            return datetime.fromisoformat(told).astimezone(UTC)
        return datetime.now(UTC) + timedelta(seconds=float(told or 0))


def main() -> None:
    """As ``queue_server.__main__.main``, with the clock of the file."""
    clock = FileClock(Path(sys.argv.pop(1)))
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    from queue_server import __main__ as entry

    green = entry._green() if entry._wants_green(sys.argv[1:]) else None
    from queue_server.cli import cli
    from queue_server.serving import Runtime, serve_threads

    if broken := os.environ.get("TEST_SABOTAGE"):
        module, _, name = broken.rpartition(".")
        getattr(importlib.import_module(f"tests.trust.{module or 'sabotage'}"), name)()
    cli(obj=Runtime(**(green or {"serve": serve_threads}), clock=clock))


if __name__ == "__main__":
    main()
