"""From a call to the last of many screens; memory per socket; officers meanwhile; a storm of reconnects."""

import asyncio
import time
from pathlib import Path
from typing import Any

from tests.world.busy_hall import SITE, Caller, write_config
from tests.world.wire import Crowd, Http, rss_kib

from .asking import p99_ms
from .figures import Ratio, Rounds, Row, failed, number, versus
from .officer import Officer
from .processes import Process, bare, prepare, serving

_WALL = {"site": SITE, "screen": "wall"}
_NOTICED_S = 5.0
_EACH_S = 200  # one size takes a minute at the most on a machine that has nothing else to do
_TARGETS: dict[int, tuple[str, float | None]] = {500: ("≤ 1.5×, p99 too", 1.5)}


async def run(folder: Path, quick: bool) -> list[Row]:
    """Crowd after crowd; what one cannot bear, larger ones are not asked for, and the smaller ones' figures stay."""
    config, data = write_config(folder / "config"), folder / "telling"
    people = prepare(config, data, 1600)
    rows: list[Row] = []
    with serving(config, data) as ours, bare(folder) as floor:
        caller = Caller(ours.port, people)
        hall = Hall(caller, ours, floor)
        for size in (1, 50, 500) if quick else (1, 50, 500, 2000, 5000):
            try:
                async with asyncio.timeout(_EACH_S):
                    rows += await hall.fan_out(size, quick)
            except (RuntimeError, OSError) as error:  # TimeoutError is an OSError
                rows.append(failed(f"call → {size:,} displays", error))
                break
        hall.leave()
    return rows


class Hall:
    """Two crowds of the same size: one before our walls, one before the bare emits."""

    def __init__(self, caller: Caller, ours: Process, floor: Process) -> None:
        self.caller, self.processes = caller, (ours, floor)
        self.crowds = (Crowd(ours.port, _WALL), Crowd(floor.port, _WALL))
        self.emptiest: list[int] = []
        self.other_open = True

    def leave(self) -> None:
        """Everybody hangs up."""
        for crowd in self.crowds:
            crowd.leave()

    async def fan_out(self, size: int, quick: bool) -> list[Row]:
        """Call after call, ours and the floor in turn."""
        officer, bare_http = await self.caller.officer(0), await Http.to(self.processes[1].port)
        await self._same_documents(officer, bare_http)
        if not self.emptiest:
            self.emptiest = [rss_kib(p.pid) for p in self.processes]
        for crowd in self.crowds:
            await crowd.grow(size)
        other, busy = await self.caller.officer(1), []
        ours, floor = Rounds(), Rounds()
        for turn in range(3):
            calls = 5 if quick else 20 if size <= 500 else 10
            mine, bare_took = [], []
            for n in range(calls):
                bare_took.append(await self._bare_call(bare_http, size * 1000 + turn * 100 + n + 1))
                mine.append(await self._call(officer, other, busy))
            ours.add(mine)
            floor.add(bare_took)
        for http in (officer, other, bare_http):
            http.close()
        return self._rows(size, ours, floor, busy)

    async def _same_documents(self, officer: Http, bare_http: Http) -> None:
        """The floor sends what ours sends: the same bytes, as often."""
        for _ in range(12):  # a board's list of recent calls is full then
            desk, _ = await self.caller.verb(officer, 0, "call-next")
            for verb in ("serve", "finish"):
                await self.caller.verb(officer, 0, verb)
        after = desk["revision"] - 1
        calls, _ = await officer.must("GET", f"{self.caller.site}/calls?after={after}")
        board, _ = await officer.must("GET", f"{self.caller.site}/board")
        await bare_http.must("POST", "/documents", {"call": calls["calls"][0], "board": board})

    async def _bare_call(self, http: Http, revision: int) -> float:
        crowd = self.crowds[1]
        began = time.perf_counter()
        asked = asyncio.ensure_future(http.must("POST", f"/emit/{revision}"))
        took = await crowd.last_hears("call", revision) - began
        await asked
        await crowd.last_hears("board", revision)
        return took

    async def _call(self, officer: Http, other: Http, busy: list[float]) -> float:
        """One call, heard by all; meanwhile another officer opens or closes their counter."""
        crowd = self.crowds[0]
        began = time.perf_counter()
        desk, _ = await self.caller.verb(officer, 0, "call-next")
        meanwhile = asyncio.ensure_future(self.caller.verb(other, 1, "close" if self.other_open else "open"))
        took = await crowd.last_hears("call", desk["revision"]) - began
        busy.append((await meanwhile)[1])
        self.other_open = not self.other_open
        await self.caller.verb(officer, 0, "serve")
        done, _ = await self.caller.verb(officer, 0, "finish")
        await crowd.last_hears("board", done["revision"])
        await asyncio.sleep(0.1)
        return took

    def _rows(self, size: int, ours: Rounds, floor: Rounds, busy: list[float]) -> list[Row]:
        target, at_most = _TARGETS.get(size, ("", None))
        rows = [versus(f"call → last of {size:,} displays", ours, floor, target, at_most)]
        if at_most is not None:
            p99 = Ratio.of(ours, floor, 0.99)
            rows.append(
                Row(
                    f"… p99 of {size:,}",
                    f"{number(ours.ms(0.99))} ms",
                    f"{number(floor.ms(0.99))} ms",
                    str(p99),
                    "≤ 1.5×",
                    float(p99) <= at_most,
                )
            )
        if size >= 500:
            rows.append(self._memory(size))
        if size == 5000:
            p99 = ours.ms(0.99)
            rows.append(Row("… p99 of 5,000", f"{number(p99)} ms", "", "", "≤ 400 ms", p99 <= 400))
            p99 = p99_ms(busy)
            rows.append(Row("another officer meanwhile, p99", f"{number(p99)} ms", "", "", "≤ 250 ms", p99 <= 250))
        return rows

    def _memory(self, size: int) -> Row:
        grown = [rss_kib(p.pid) - empty for p, empty in zip(self.processes, self.emptiest, strict=True)]
        ours, floor = (kib / size for kib in grown)
        reached = ours <= 75 if size == 5000 else None
        return Row(
            f"memory per socket, {size:,} sockets",
            f"{ours:.1f} KiB",
            f"{floor:.1f} KiB",
            f"{ours / floor:.2f}×",
            "≤ 75 KiB" if size == 5000 else "",
            reached,
        )


async def storm(folder: Path, quick: bool) -> list[Row]:
    """The power comes back: every screen reconnects in the same moment, while an officer works on."""
    config, data, size = write_config(folder / "config"), folder / "storm", 300 if quick else 3000
    people = prepare(config, data, 800)
    with serving(config, data) as ours, bare(folder) as floor:
        caller = Caller(ours.port, people)
        took: dict[str, Any] = {}
        for name, port in (("floor", floor.port), ("ours", ours.port)):
            crowd = Crowd(port, _WALL)
            await crowd.grow(size)
            crowd.leave()
            await asyncio.sleep(_NOTICED_S)  # that they left belongs to the cut, not to the return
            # twice a second: more than the forty counters of a large hall together
            officer = Officer(caller, 0, 0.4) if name == "ours" else None
            began = time.perf_counter()
            await crowd.grow(size, at_once=size)
            took[name] = time.perf_counter() - began
            if officer:
                took["calls"] = officer.leave()
            refused = crowd.refused
            crowd.leave()
        p99 = p99_ms(took["calls"])
        return [
            Row(
                f"storm: {size:,} screens back and current",
                f"{took['ours']:.1f} s ({refused} turned away)",
                f"{took['floor']:.1f} s, nobody served meanwhile",
                f"{took['ours'] / took['floor']:.1f}×",
                "≤ 20 s",
                took["ours"] <= 20,
            ),
            Row(
                "call-next during the storm, p99",
                f"{number(p99)} ms of {len(took['calls'])}",
                "",
                "",
                "≤ 300 ms",
                p99 <= 300,
            ),
        ]
