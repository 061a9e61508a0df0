"""``python -m tests.bench [--quick] [--full] [--only NAME] [--beside TREE]``: measure and print the table.

Whole and of this tree alone, it is written into ``README.md``.
"""

import argparse
import asyncio
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

from tests.world.page import insert  # noqa: E402
from tests.world.tree import ROOT  # noqa: E402
from tests.world.wire import raise_file_limit  # noqa: E402

from . import asking, day, past, reports, screens, telling, years  # noqa: E402
from .figures import HEAD, Row, failed, shown  # noqa: E402
from .processes import served  # noqa: E402

Part = Callable[[Path, argparse.Namespace], Coroutine[Any, Any, list[Row]]]
README = Path(__file__).with_name("README.md")
MARKS = ("<!-- benchmark: written by `make bench` -->", "<!-- end of benchmark -->")
_DAY_S = {"full": 600, "quick": 10, "": 60}
_AT_MOST_S = 420  # a part that takes longer hangs: the others are still measured

PARTS: dict[str, Part] = {
    "asking": lambda folder, o: asking.run(folder, o.quick),
    "telling": lambda folder, o: telling.run(folder, o.quick),
    "storm": lambda folder, o: telling.storm(folder, o.quick),
    "past": lambda folder, o: past.run(folder, o.quick),
    "reports": lambda folder, o: reports.run(folder, o.quick),
    "years": lambda folder, o: years.run(folder, o.quick),
    "screens": lambda folder, o: screens.run(folder, o.quick),
    "day": lambda folder, o: day.run(folder, _DAY_S["full" if o.full else "quick" if o.quick else ""]),
}


def main() -> int:
    """Run what was asked for, one after another; 1 if a part failed. A target that is missed is a result."""
    options = _options()
    raise_file_limit()
    rows: list[Row] = []
    broken = False
    print(HEAD, flush=True)
    for name in options.only or PARTS:
        for tree in (ROOT, options.beside.resolve()) if options.beside else (ROOT,):
            served.tree, began = tree, time.monotonic()
            try:
                found = asyncio.run(_measured(PARTS[name], options))
            except Exception as error:
                found, broken = [failed(name, error)], True
            found = [replace(row, what=f"beside: {row.what}") for row in found] if tree != ROOT else found
            print(*found, sep="\n", flush=True)
            print(f"({name}: {time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
            rows += found
    if not options.only and not options.quick and not options.beside:
        README.write_text(insert(README.read_text(), shown(rows, ""), *MARKS))
    return int(broken)


def _options() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    told.add_argument("--quick", action="store_true", help="few rounds, small crowds: does it run at all?")
    told.add_argument("--full", action="store_true", help="the sustained day for ten minutes instead of one")
    told.add_argument("--only", choices=PARTS, action="append", help="these parts only; the README is left alone")
    told.add_argument("--beside", type=Path, help="measure another tree's server too; the README is left alone")
    return told.parse_args()


async def _measured(part: Part, options: argparse.Namespace) -> list[Row]:
    """The rows of a part, in a folder of its own, in bounded time."""
    seconds = _AT_MOST_S + (_DAY_S["full"] if options.full else 0)
    with tempfile.TemporaryDirectory(prefix="antrean-bench-", ignore_cleanup_errors=True) as folder:
        return await asyncio.wait_for(part(Path(folder), options), seconds)


if __name__ == "__main__":
    sys.exit(main())
