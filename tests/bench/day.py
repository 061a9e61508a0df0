"""A sustained day: twenty numbers and twenty calls a second, with walls listening, for as long as is asked."""

from pathlib import Path

from tests.world.busy_hall import SITE, Caller, write_config
from tests.world.percentile import percentile
from tests.world.wire import Crowd, rss_kib
from tests.world.working_day import Day

from .figures import Row, number
from .processes import prepare, serving

_PER_SECOND = 20
_WALLS = 100
_SLICE = 0.1  # of the run at its start and end that are compared


async def run(folder: Path, seconds: float) -> list[Row]:
    """All rows of this module."""
    config, data = write_config(folder / "config"), folder / "day"
    people = prepare(config, data, 200)
    with serving(config, data) as process:
        day = Day(Caller(process.port, people))
        walls = Crowd(process.port, {"site": SITE, "screen": "wall"})
        await walls.grow(_WALLS)
        before = rss_kib(process.pid)
        await day.live(seconds)
        grown = rss_kib(process.pid) - before
    return [*rows(day, seconds), Row("… memory of the server after it", f"+{grown / 1024:.1f} MiB")]


def rows(day: Day, seconds: float) -> list[Row]:
    """What it was like."""
    twice = sum(n - 1 for n in day.numbers.values())
    out = [
        Row(
            f"sustained {seconds:.0f} s at 20 numbers + 20 calls/s, {_WALLS} walls: numbers, calls",
            f"{len(day.issued):,}, {len(day.called):,}; {twice} duplicates, {day.late} late",
            "",
            "",
            "no duplicate",
            not twice,
        ),
    ]
    for name, took in (("issue", day.issued), ("call next", day.called)):
        part = max(1, int(len(took) * _SLICE))
        p50, p99 = (number(percentile(took, share) * 1000) for share in (0.5, 0.99))
        first, last = (percentile(t, 0.5) * 1000 for t in (took[:part], took[-part:]))
        tenths = f"{number(first)} ms (its first tenth), {number(last)} ms (its last)"
        out.append(Row(f"… {name}", f"{p50} / {p99} ms", tenths, f"{last / first:.2f}×"))
    return out
