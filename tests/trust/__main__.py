"""``python -m tests.trust [--effort E] [--seed N] [--only F3 …]``: the long run, and its table in ``README.md``."""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

# Nothing of ``tests.world`` is imported before pytest runs: it could not rewrite its asserts any more, and says so.

README = Path(__file__).with_name("README.md")


def main() -> int:
    """Run what stands behind the figures, one after another; pytest's exit code."""
    told = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    told.add_argument("--effort", type=float, default=0.02, help="1 = a whole night; 0.02 = about half an hour")
    told.add_argument("--seed", type=int, help="as the figures of before, unless another is named")
    told.add_argument("--workers", type=int, default=1, help="files of tests side by side; more than one shows no bars")
    told.add_argument("--only", action="append", metavar="WORD", help="only tests of that name; README is left alone")
    options, began = told.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="antrean-trust-") as folder:
        kept = Path(folder) / "figures.jsonl"
        kept.touch()
        arguments = ["-q", "-s", "--no-header", f"--effort={options.effort}"]
        arguments += [f"--seed={options.seed}"] if options.seed is not None else []
        arguments += [f"--figures-to={kept}", "tests", *(["-k", " or ".join(options.only)] if options.only else [])]
        arguments += ["-n", str(options.workers), "--dist", "loadfile"] if options.workers > 1 else []
        failures = Failures()
        code = pytest.main(arguments, plugins=[failures])
        rows = [json.loads(line) for line in kept.read_text().splitlines()]
    from tests.trust.table import BEGIN, END, table
    from tests.world.figures import SEED
    from tests.world.page import insert

    seed = SEED if options.seed is None else options.seed
    said = _circumstances(options.effort, seed, time.monotonic() - began)
    shown = table(rows, f"{said} {failures}")
    print(shown)
    if not options.only and code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        README.write_text(insert(README.read_text(), shown, BEGIN, END))  # a promise that broke is published too
    return int(code)


class Failures:
    """Which tests of the run failed, in words."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a test that did not pass."""
        if report.failed:
            self.names.append(report.nodeid.rpartition("::")[2])

    def __str__(self) -> str:
        names = ", ".join(f"`{name}`" for name in dict.fromkeys(self.names))
        return f"**Failed: {names}.**" if names else "Every test behind it passed."


def _circumstances(effort: float, seed: int, seconds: float) -> str:
    """When, on what and how large: a figure without them says nothing."""
    at, cores = datetime.now(UTC), os.cpu_count()
    return (
        f"Run of {at:%Y-%m-%d} at effort {effort:g} (1 is a whole night), seed {seed}, {seconds / 60:.0f} minutes; "
        f"{cores} cores, Python {platform.python_version()}, SQLite {_sqlite()}. No plug was pulled from a real PC."
    )


def _sqlite() -> str:
    from queue_server.store.engine import sqlite_module

    own, standard = sqlite_module().sqlite_version, sqlite3.sqlite_version
    return own if own == standard else f"{own} (power cuts: {standard})"


if __name__ == "__main__":
    sys.exit(main())
