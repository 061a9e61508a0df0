"""``python -m tests.bench [--quick] [--full] [--only NAME]``: measure, print the table, keep it in RESULTS.md."""

import argparse
import asyncio
import sys
import tempfile
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

from . import asking, telling  # noqa: E402
from .figures import HEAD, Row, page  # noqa: E402
from .wire import raise_file_limit  # noqa: E402

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Run what was asked for, one after another."""
    parts = {"asking": asking.run, "telling": telling.run}
    told = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    told.add_argument("--quick", action="store_true", help="few rounds, small crowds: does it run at all?")
    told.add_argument("--only", choices=parts, action="append", help="these parts only; RESULTS.md is left alone")
    options = told.parse_args()
    raise_file_limit()
    rows: list[Row] = []
    print(HEAD, flush=True)
    for name in options.only or parts:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
            found = asyncio.run(parts[name](Path(folder), options.quick))
        print(*found, sep="\n", flush=True)
        print(f"({name}: {time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
        rows += found
    if not options.only and not options.quick:
        RESULTS.write_text(page(rows, ""))


if __name__ == "__main__":
    main()
