"""Issue and call-next: latency one after another, throughput at 1, 8 and 32, beside hello and the raw transaction."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.world.busy_hall import COUNTERS, SERVICES, Caller, write_config
from tests.world.percentile import percentile
from tests.world.tree import ROOT
from tests.world.wire import Http

from .figures import Ratio, Rounds, Row, number, versus
from .processes import Process, bare, copy, prepare, served, serving
from .statements import capture

_WAITING = 700
_DESK = SERVICES[:4]  # what each counter of the smaller hall serves: 60 wait there for one of four services
_AT_DESK, _HELD, _MISSED, _SERVED = 60, 3, 2, 40  # the last three: by the officer who is measured, today


async def run(folder: Path, quick: bool) -> list[Row]:
    """All rows of this module."""
    config, data = write_config(folder / "config"), folder / "asking"
    people = prepare(config, data, _WAITING)
    told, floor_data = _floor(config, folder)
    smaller, four = write_config(folder / "smaller", _DESK, range(4)), folder / "desk"
    staff = prepare(smaller, four)
    with (
        serving(config, data) as ours,
        serving(smaller, four) as desk,
        bare(folder, [told, floor_data / "queue.db"]) as floor,
    ):
        caller = Caller(ours.port, people)
        rounds, each = (3, 40) if quick else (5, 100)
        rows = await _latency(caller, floor, rounds, each)
        rows += await _at_a_desk(Caller(desk.port, staff), floor, rounds, each)
        rows += await _throughput(caller, floor, 1.0 if quick else 2.5)
    return rows


def _floor(config: Path, folder: Path) -> tuple[Path, Path]:
    """This tree's statements and a database to send them to, whichever tree's server is measured."""
    measured, served.tree = served.tree, ROOT
    try:
        floor_data = folder / "floor"
        people, told = prepare(config, floor_data, _WAITING), folder / "statements.json"
        capture(config, copy(floor_data, folder / "captured"), people, told)
    finally:
        served.tree = measured
    return told, floor_data


_SAME = "≤ 2× (hello + the same statements, raw)"
_LEAST = "≤ 2× (hello + a durable raw transaction of three statements)"


async def _timed(asked: Awaitable[tuple[object, float]]) -> float:
    return (await asked)[1]


async def _latency(caller: Caller, floor: Process, rounds: int, each: int) -> list[Row]:
    kiosk, officers = await caller.kiosk(), [await caller.officer(c) for c in range(COUNTERS)]
    bare_http = await Http.to(floor.port)
    hello, raw_issue, raw_call, issue, call, least = (Rounds() for _ in range(6))
    for turn in range(rounds + 1):  # the first round warms up and does not count
        parts: list[list[float]] = [[] for _ in range(6)]
        for n in range(each):
            parts[0].append(await _timed(bare_http.must("GET", "/hello")))
            parts[1].append(await _timed(bare_http.must("POST", "/transaction/issue")))
            parts[2].append(await _timed(bare_http.must("POST", "/transaction/call-next")))
            await bare_http.must("POST", "/transaction/serve+finish")
            parts[3].append(await _timed(caller.issue(kiosk, n)))
            at = n % COUNTERS  # each counter in its turn: one alone would call faster than its visitors come
            parts[4].append(await _timed(caller.verb(officers[at], at, "call-next")))
            await caller.verb(officers[at], at, "serve")
            await caller.verb(officers[at], at, "finish")
            parts[5].append(await _timed(bare_http.must("POST", "/three")))
        for all_rounds, one in zip((hello, raw_issue, raw_call, issue, call, least), parts, strict=True):
            if turn:
                all_rounds.add(one)
    return [
        Row("hello, bare Flask on eventlet", "", str(hello)),
        versus("issue a ticket, one after another, 700 waiting", issue, least, _LEAST, 2.0),
        versus("… of the same statements, raw", issue, raw_issue),
        versus("call next, one after another, 700 waiting", call, raw_call, _SAME, 2.0),
    ]


async def _at_a_desk(caller: Caller, floor: Process, rounds: int, each: int) -> list[Row]:
    """One officer in the middle of a day; what is called is taken back, so that the day stays as it is."""
    kiosk, officer, other = await caller.kiosk(), await caller.officer(0), await caller.officer(1)
    await _half_a_day(caller, kiosk, officer)
    bare_http = await Http.to(floor.port)
    hello, least, issue, call = (Rounds() for _ in range(4))
    for turn in range(rounds + 1):
        parts: list[list[float]] = [[] for _ in range(4)]
        for n in range(each):
            parts[0].append(await _timed(bare_http.must("GET", "/hello")))
            parts[1].append(await _timed(bare_http.must("POST", "/three")))
            parts[2].append(await _timed(caller.issue(kiosk, n % len(_DESK))))
            for verb in ("call-next", "serve", "finish"):  # another officer's: sixty wait as before
                await caller.verb(other, 1, verb)
            parts[3].append(await _timed(caller.verb(officer, 0, "call-next")))
            await caller.verb(officer, 0, "undo")
        for all_rounds, one in zip((hello, least, issue, call), parts, strict=True):
            if turn:
                all_rounds.add(one)
    desk, _ = await officer.must("GET", f"{caller.site}/counters/1/desk")
    waiting = sum(line["count"] for line in desk["waiting"])
    stands = (waiting, len(desk["held"]), len(desk["no_shows"]), desk["mine"]["served"])
    assert stands == (_AT_DESK, _HELD, _MISSED, _SERVED), stands
    return [
        versus("issue, 60 waiting in 4 services", issue, least, _LEAST, 2.0),
        versus("call next, 60 waiting in 4 services, 3 held, 2 missed, 40 served", call, hello, "≤ 4× hello", 4.0),
        versus("… of an issue there", call, issue, "≤ 1.5×", 1.5),
    ]


async def _half_a_day(caller: Caller, kiosk: Http, officer: Http) -> None:
    ends = [("serve", "finish")] * _SERVED + [("hold",)] * _HELD + [("no-show",)] * _MISSED
    for n in range(_AT_DESK + len(ends)):
        await caller.issue(kiosk, n % len(_DESK))
    for verbs in ends:
        for verb in ("call-next", *verbs):
            await caller.verb(officer, 0, verb)


async def _until(ended: Callable[[], bool], one: Callable[[], Awaitable[float]]) -> list[float]:
    took = []
    while not ended():
        took.append(await one())
    return took


Workers = list[Callable[[], Awaitable[float]]]


def _seconds(seconds: float) -> Callable[[], bool]:
    """Whether so much time has passed."""
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= until


def _times(count: int) -> Callable[[], bool]:
    """Whether so many have begun: however fast the machine, no more are called than have come."""
    turns = iter(range(count))
    return lambda: next(turns, None) is None


async def _together(ended: Callable[[], bool], workers: Workers) -> tuple[float, list[float]]:
    """How many a second, and how long each took."""
    began = time.perf_counter()
    found = [t for own in await asyncio.gather(*(_until(ended, w) for w in workers)) for t in own]
    return len(found) / (time.perf_counter() - began), found


async def _throughput(caller: Caller, floor: Process, seconds: float) -> list[Row]:
    rows = []
    for clients in (1, 8, 32):
        kiosks = [await caller.kiosk() for _ in range(clients)]
        desks = [(c, await caller.officer(c)) for c in range(min(clients, COUNTERS))]
        bares = [await Http.to(floor.port) for _ in range(clients)]
        numbers: list[str] = []
        rows += [
            await _issues(caller, kiosks, bares, seconds, numbers),
            await _calls(caller, desks, bares, seconds),
        ]
        for http in (*kiosks, *(h for _, h in desks), *bares):
            http.close()
    return rows


async def _issues(caller: Caller, kiosks: list[Http], bares: list[Http], seconds: float, numbers: list[str]) -> Row:
    speeds, floors, took = [], [], Rounds()

    def kiosk(http: Http, n: int) -> Callable[[], Awaitable[float]]:
        async def one() -> float:
            ticket, spent = await caller.issue(http, n)
            numbers.append(ticket["number"])
            return spent

        return one

    for _ in range(3):
        speed, found = await _together(_seconds(seconds), [kiosk(h, n) for n, h in enumerate(kiosks)])
        speeds.append(speed)
        took.add(found)
        raw = [lambda h=h: _timed(h.must("POST", "/three")) for h in bares]
        floors.append((await _together(_seconds(seconds), raw))[0])
        await caller.empty()
        await bares[0].must("POST", "/empty")
    twice = len(numbers) - len(set(numbers))
    ratio, p99 = Ratio(tuple(f / s for f, s in zip(floors, speeds, strict=True))), took.ms(0.99)
    eight = len(kiosks) == 8
    return Row(
        f"issue, {len(kiosks)} kiosks at once; {len(numbers):,} tickets, {twice} duplicates",
        f"{_speeds(speeds)}, {took}",
        _speeds(floors),
        str(ratio),
        "≤ 2.5× (0.4 of its numbers/s), p99 ≤ 40 ms, no duplicate" if eight else "no duplicate",
        (float(ratio) <= 2.5 and p99 <= 40 and not twice) if eight else not twice,
    )


def _speeds(each: list[float]) -> str:
    return f"{number(sorted(each)[1])}/s ({number(min(each))}–{number(max(each))})"


async def _calls(caller: Caller, desks: list[tuple[int, Http]], bares: list[Http], seconds: float) -> Row:
    speeds, floors, took = [], [], Rounds()
    kiosk = await caller.kiosk()

    def desk(counter: int, http: Http) -> Callable[[], Awaitable[float]]:
        async def one() -> float:
            _, spent = await caller.verb(http, counter, "call-next")
            await caller.verb(http, counter, "serve")
            await caller.verb(http, counter, "finish")
            return spent

        return one

    for _ in range(3):
        cycles = int(100 * seconds)
        for n in range(2 * cycles):  # some counters are faster than others, and they share their lines
            await caller.issue(kiosk, n % len(desks))  # counter n serves service n
            await bares[0].must("POST", "/transaction/issue")
        speed, found = await _together(_times(cycles), [desk(c, h) for c, h in desks])
        speeds.append(speed)
        took.add(found)
        floors.append((await _together(_times(cycles), [lambda h=h: _raw_cycle(h) for h in bares]))[0])
        await caller.empty()
        await bares[0].must("POST", "/empty")
    kiosk.close()
    return Row(
        f"call-next + serve + finish, {len(desks)} officers at once",
        f"{_speeds(speeds)}, call-next {took}",
        _speeds(floors),
        str(Ratio(tuple(f / s for f, s in zip(floors, speeds, strict=True)))),
    )


async def _raw_cycle(http: Http) -> float:
    """As many requests and transactions as a cycle has; all of it in the last, since one counter holds one ticket."""
    for _ in range(2):
        await http.must("GET", "/hello")
    return await _timed(http.must("POST", "/transaction/call-next+serve+finish"))


async def calls_while(
    caller: Caller, http: Http, counter: int, until: Callable[[], bool], pause_s: float = 0.0
) -> list[float]:
    """The latency of one officer's call-next, cycle after cycle, until something has ended."""
    took = []
    while not until():
        _, spent = await caller.verb(http, counter, "call-next")
        took.append(spent)
        await caller.verb(http, counter, "serve")
        await caller.verb(http, counter, "finish")
        await asyncio.sleep(pause_s)
    return took


def p99_ms(values: list[float]) -> float:
    """In milliseconds."""
    return percentile(values, 0.99) * 1000
