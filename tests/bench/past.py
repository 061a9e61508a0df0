"""Cost against history: the same requests on an empty hall and after years; start; a report meanwhile."""

import asyncio
import subprocess
import sys
from pathlib import Path

from tests.world.busy_hall import OFFERED, SITE, Caller, People, write_config
from tests.world.percentile import percentile
from tests.world.tree import ROOT
from tests.world.years import past

from .asking import calls_while
from .figures import Ratio, Rounds, Row, number, versus
from .processes import prepare, serving


async def run(folder: Path, quick: bool) -> list[Row]:
    """All rows of this module."""
    config = write_config(folder / "config")
    empty, people = _hall(config, folder / "empty", 0)
    rows: list[Row] = []
    for count in (20_000,) if quick else (100_000, 1_000_000):
        data, theirs = _hall(config, folder / f"past-{count}", count)
        rows += await _against(config, (empty, people), (data, theirs), count, 3 if quick else 5)
        rows += await _report(config, data, theirs, count)
    return rows


def _hall(config: Path, data: Path, count: int) -> tuple[Path, People]:
    past(config, data, count)
    return data, prepare(config, data, 700)


async def _against(
    config: Path, empty: tuple[Path, People], full: tuple[Path, People], count: int, rounds: int
) -> list[Row]:
    with serving(config, empty[0]) as young, serving(config, full[0]) as old:
        callers = (Caller(young.port, empty[1]), Caller(old.port, full[1]))
        kinds = ("issue", "call next", "board", "desk")
        found = {kind: (Rounds(), Rounds()) for kind in kinds}
        doors = [(await c.kiosk(), await c.officer(0)) for c in callers]
        for turn in range(rounds + 1):
            parts = {kind: ([], []) for kind in kinds}
            for n in range(40):
                for place, (caller, (kiosk, officer)) in enumerate(zip(callers, doors, strict=True)):
                    for kind, took in zip(kinds, await _each(caller, kiosk, officer, n), strict=True):
                        parts[kind][place].append(took)
            if turn:
                for kind in kinds:
                    for place in (0, 1):
                        found[kind][place].add(parts[kind][place])
    target, at_most = ("≤ 1.1×", 1.1) if count == 1_000_000 else ("", None)
    rows = [
        versus(f"{kind} after {count:,} tickets (floor: empty)", ours, base, target, at_most)
        for kind, (base, ours) in found.items()
    ]
    return [*rows, _starts(config, empty[0], full[0], count)]


def _starts(config: Path, empty: Path, full: Path, count: int) -> Row:
    """From the command to the first answer that says ready, one start after another."""
    young, old = Rounds(), Rounds()
    for _ in range(3):
        for data, rounds in ((empty, young), (full, old)):
            with serving(config, data) as process:
                rounds.add([process.started_s])
    seconds = [sorted(s / 1000 for s in rounds.per_round(0.5)) for rounds in (old, young)]
    ours, base = (f"{s[1]:.2f} s ({s[0]:.2f}–{s[2]:.2f})" for s in seconds)
    name = f"start until ready, {count:,} tickets (floor: empty)"
    return Row(name, ours, base, str(Ratio.of(old, young)), "≤ 2 s", seconds[0][1] <= 2)


async def _each(caller: Caller, kiosk, officer, n: int) -> list[float]:
    service = OFFERED[n % len(OFFERED)]  # of the first counter's: it never runs out of visitors
    took = [(await caller.issue(kiosk, service))[1], (await caller.verb(officer, 0, "call-next"))[1]]
    for verb in ("serve", "finish"):
        await caller.verb(officer, 0, verb)
    for path in ("/board", "/counters/1/desk"):
        took.append((await officer.must("GET", caller.site + path))[1])
    return took


async def _report(config: Path, data: Path, people: People, count: int) -> list[Row]:
    """Call-next alone, then while the supervisor reads the report and the whole history is exported beside it."""
    with serving(config, data) as process:
        caller = Caller(process.port, people)
        officer, boss = await caller.officer(2), await caller.supervisor()
        alone, turns = [], iter(range(30))
        alone = await calls_while(caller, officer, 2, lambda: next(turns, None) is None)
        args = ["-m", "queue_server", "export", "tickets", "--site", SITE, "--from", "2020-01-01", "--to", "2099-12-31"]
        args += ["--data", str(data), "--config", str(config), "--out", str(data / "export.csv")]
        export = subprocess.Popen([sys.executable, *args], cwd=ROOT)
        reading = asyncio.create_task(_read(boss))
        seconds = asyncio.create_task(asyncio.sleep(8))
        try:
            busy = await calls_while(caller, officer, 2, seconds.done, 0.1)
        finally:
            reading.cancel()
            export.kill()
            export.wait()
    p99, base = (percentile(took, 0.99) * 1000 for took in (busy, alone))
    name = f"call-next p99 while the report is read and history exported, {count:,} tickets (floor: alone)"
    ours = f"{number(p99)} ms of {len(busy)}"
    return [Row(name, ours, f"{number(base)} ms", f"{p99 / base:.2f}×", "≤ 250 ms", p99 <= 250)]


async def _read(boss) -> None:
    while True:
        await boss.must("GET", f"/{SITE}/report")
        await asyncio.sleep(1)
