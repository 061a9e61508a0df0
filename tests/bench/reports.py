"""A period's report over half a million numbers: made anew, shown, and what call-next pays for it meanwhile."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from queue_server import data_folder, settings
from queue_server.clock import utc_now
from queue_server.operations.sealing import seal_next
from tests.world.busy_hall import SITE, Caller, write_config
from tests.world.percentile import percentile
from tests.world.tree import ROOT
from tests.world.years import past

from .asking import calls_while
from .figures import Row, number
from .processes import prepare, serving

_AT_MOST_S, _AT_LEAST, _P99_MS = 2.0, 5000, 100


async def run(folder: Path, quick: bool) -> list[Row]:
    """All rows of this module."""
    count = 10_000 if quick else 500_000
    config, data = write_config(folder / "config"), folder / "reports"
    past(config, data, count)
    people = prepare(config, data, 1000)
    first, last = _followed(data / "queue.db")
    began = time.perf_counter()
    args = ["-m", "queue_server", "rebuild", "sheets", "--data", str(data), "--config", str(config)]
    subprocess.run([sys.executable, *args], cwd=ROOT, check=True, capture_output=True)
    each = count / (time.perf_counter() - began)
    what = f"sheets of {count:,} tickets made anew"
    rows = [Row(what, f"{each:,.0f} tickets/s", target=f"≥ {_AT_LEAST:,}/s", reached=each >= _AT_LEAST)]
    _seal(config, data)
    os.sync()  # what was made just now would be written to the disk while calls are timed
    with serving(config, data) as process:
        caller = Caller(process.port, people)
        officer, boss = await caller.officer(2), await caller.supervisor()
        asked = f"/report/period?from={first}&to={last}"
        page = f"/{SITE}{asked}"
        first_s = await _get(boss, page)
        rows.append(Row("… the first of all, with the start of the process that reckons", f"{first_s:.2f} s"))
        took = [await _get(boss, page) for _ in range(5)]
        what = f"page of a period of {count:,} tickets, slowest of 5"
        rows.append(Row(what, f"{max(took):.2f} s", target=f"≤ {_AT_MOST_S:.0f} s", reached=max(took) <= _AT_MOST_S))
        turns = iter(range(20))
        alone = await calls_while(caller, officer, 2, lambda: next(turns, None) is None, 0.02)
        reading = asyncio.create_task(_read(boss, page))
        turns = iter(range(100))
        busy = await calls_while(caller, officer, 2, lambda: next(turns, None) is None, 0.02)
        reading.cancel()
    p99, base = (percentile(taken, 0.99) * 1000 for taken in (busy, alone))
    name = "call-next p99 while such pages are read one after another (floor: alone)"
    told = (f"{number(p99)} ms of {len(busy)}", f"{number(base)} ms", f"{p99 / base:.2f}×")
    return [*rows, Row(name, *told, f"≤ {_P99_MS} ms", p99 <= _P99_MS)]


def _followed(database: Path) -> tuple[str, str]:
    """The made-up past counts as followed: its stays are another table's figure. The first and last of its days."""
    with sqlite3.connect(database) as conn:
        head = conn.execute("SELECT epoch, revision FROM site WHERE id = ?", (SITE,)).fetchone()
        conn.execute("DELETE FROM follower WHERE name = 'stays' AND site = ?", (SITE,))
        at = "INSERT INTO follower (name, site, epoch, revision, fence) VALUES ('stays', ?, ?, ?, 0)"
        conn.execute(at, (SITE, *head))
        days = conn.execute("SELECT min(day), max(day) FROM ticket WHERE site = ?", (SITE,)).fetchone()
    conn.close()
    return days


def _seal(config: Path, data: Path) -> None:
    """Seal the days that are over, as a hall's are: the server would do it while calls are timed."""
    told = settings.load(config, environ={})
    writer, reader = data_folder.open_store(told, data)
    perform = data_folder.make_performer(told, data, writer, utc_now)
    while seal_next(perform, reader, SITE, lambda _: None):
        pass
    writer.dispose()
    reader.dispose()


async def _get(http, path: str) -> float:
    return (await http.must("GET", path))[1]


async def _read(http, path: str) -> None:
    while True:
        await _get(http, path)
