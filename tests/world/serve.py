"""The real server with a clock that a test can turn: ``python -m tests.world.serve CLOCKFILE run --data …``.

The clock file holds seconds to add to the machine's time, or an ISO instant at which the clock stands still.
``TEST_SABOTAGE`` names a function that breaks the server on purpose before it starts: one of ``sabotage.py`` here, or
one of a test folder's own, as ``trust.exits.before_commit``. These are the controls, which prove that a test would
notice.
"""

import gc
import importlib
import os
import sys
import tempfile
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_IMPORTED_LATE = ("alembic.runtime.environment", "holidays.countries")


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
    """As ``queue_server.__main__.main``, with the clock of the file; ``--nursery`` forks servers (``nursery.py``)."""
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    from queue_server import __main__ as entry

    forks = sys.argv[1:] == ["--nursery"]
    green = entry._green() if forks or entry._wants_green(sys.argv[2:]) else None

    def live(args: list[str]) -> None:
        _live(args, green)

    if not forks:
        live(sys.argv[1:])
        return
    from queue_server import texts
    from queue_server.store import migrate
    from tests.world.in_process import InProcess
    from tests.world.nursery import serve_births

    for module in ("queue_server.cli.serve", *_IMPORTED_LATE):
        importlib.import_module(module)
    migrate._scripts(migrate._FOLDER).get_current_head()
    texts.load()
    with tempfile.TemporaryDirectory() as folder:  # what is made once for each process is made once for all
        InProcess(Path(folder)).close()
    gc.freeze()  # shared by all that are forked
    serve_births(live)


def _live(args: list[str], green: dict[str, Any] | None) -> None:
    from queue_server.cli import cli
    from queue_server.reckoning.workshop import Workshop
    from queue_server.serving.process import Runtime, serve_threads

    sys.argv = ["queue-server", *args[1:]]
    if broken := os.environ.get("TEST_SABOTAGE"):
        module, _, name = broken.rpartition(".")
        getattr(importlib.import_module(f"tests.{module or 'world.sabotage'}"), name)()

    def begin_anew(port: int) -> None:
        os.execv(sys.executable, [sys.executable, "-m", "tests.world.serve", *args, "--port", str(port)])

    served = green or {"serve": serve_threads}
    cli(obj=Runtime(**served, apart=Workshop(), clock=FileClock(Path(args[0])), begin_anew=begin_anew))


if __name__ == "__main__":
    main()
