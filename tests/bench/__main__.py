"""``python -m tests.bench [--quick] [--full] [--only NAME]``: measure, print the table, keep it in RESULTS.md."""

import argparse
import asyncio
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

from . import asking, day, past, screens, telling  # noqa: E402
from .figures import HEAD, Row, page  # noqa: E402
from .wire import raise_file_limit  # noqa: E402

Part = Callable[[Path, argparse.Namespace], Coroutine[Any, Any, list[Row]]]
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Run what was asked for, one after another."""
    parts: dict[str, Part] = {
        "asking": lambda folder, o: asking.run(folder, o.quick),
        "telling": lambda folder, o: telling.run(folder, o.quick),
        "past": lambda folder, o: past.run(folder, o.quick),
        "screens": lambda folder, o: screens.run(folder, o.quick),
        "day": lambda folder, o: day.run(folder, 600 if o.full else 10 if o.quick else 60),
    }
    told = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    told.add_argument("--quick", action="store_true", help="few rounds, small crowds: does it run at all?")
    told.add_argument("--full", action="store_true", help="the sustained day for ten minutes instead of one")
    told.add_argument("--only", choices=parts, action="append", help="these parts only; RESULTS.md is left alone")
    options = told.parse_args()
    raise_file_limit()
    rows: list[Row] = []
    print(HEAD, flush=True)
    for name in options.only or parts:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
            found = asyncio.run(parts[name](Path(folder), options))
        print(*found, sep="\n", flush=True)
        print(f"({name}: {time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
        rows += found
    if not options.only and not options.quick:
        RESULTS.write_text(page(rows, ""))


if __name__ == "__main__":
    main()
