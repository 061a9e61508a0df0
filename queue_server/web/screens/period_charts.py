"""A period's pictures as shapes that a template writes as SVG: they print, need no script, and are read in greyscale.

Beside each stands a table of the same numbers, for whoever does not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...domain.rounding import under
from ...reports.period_report import BIN_S

WIDTH, HEIGHT = 640, 220  # of a picture's own units, without its margins


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, from its top; ``dark``: within what half of the people waited, or within the promise."""

    x: float
    y: float
    width: float
    height: float
    dark: bool
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis with what stands at it."""

    at: float
    label: int


def ticks(most: float) -> list[Tick]:
    """Three or four lines in round steps, from nothing up to at least ``most``."""
    step = next(s for s in _steps() if s * 4 >= most)
    count = max(1, -(-int(most) // step))
    return [Tick(HEIGHT - HEIGHT * n / count, n * step) for n in range(count + 1)]


def _steps() -> Any:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def wait_bars(bins: Sequence[Any], p90_s: int | None) -> tuple[list[Bar], list[Tick]]:
    """How many waited how long, by five minutes; dark are those that nine of ten stayed below."""
    axis = ticks(max((one["n"] for one in bins), default=0))
    top, slot = max(axis[-1].label, 1), WIDTH / max(len(bins), 1)
    bars = []
    for n, one in enumerate(bins):
        height = HEIGHT * one["n"] / top
        minutes = f"{one['from_s'] // 60}–{one['to_s'] // 60}" if one["to_s"] else f"{one['from_s'] // 60}+"
        dark = p90_s is not None and one["from_s"] < p90_s
        bars.append(Bar(slot * n + 2, HEIGHT - height, slot - 4, height, dark, minutes, one["n"]))
    return bars, axis


def at_wait(seconds: int | None, bins: Sequence[Any]) -> float | None:
    """Where a time stands on the axis of waits."""
    if seconds is None:
        return None
    return round(min(seconds / BIN_S, len(bins) - 0.5) * WIDTH / len(bins), 1)


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a measure: a line of points, broken where there is none."""

    points: list[tuple[float, float, str, int]]  # x, y, what it is of, minutes
    path: str


def course(rows: Sequence[Any], measure: str, labels: Sequence[str], most: int) -> Course:
    """One line; ``most``: the minutes at the top."""
    slot = WIDTH / max(len(rows), 1)
    points, path, lifted = list[tuple[float, float, str, int]](), "", True
    for n, (row, label) in enumerate(zip(rows, labels, strict=True)):
        minutes = under(row[measure])
        if minutes is None:
            lifted = True
            continue
        x, y = round(slot * (n + 0.5), 1), round(HEIGHT - HEIGHT * min(minutes, most) / most, 1)
        points.append((x, y, label, minutes))
        path += f"{'M' if lifted else 'L'}{x} {y} "
        lifted = False
    return Course(points, path.strip())


def aims(minutes: Sequence[float | None], most: int) -> str:
    """The path of a target that may change from step to step."""
    slot, path, lifted = WIDTH / max(len(minutes), 1), "", True
    for n, value in enumerate(minutes):
        if value is None:
            lifted = True
            continue
        y = round(HEIGHT - HEIGHT * min(value, most) / most, 1)
        path += f"{'M' if lifted else 'L'}{round(slot * n, 1)} {y} L{round(slot * (n + 1), 1)} {y} "
        lifted = False
    return path.strip()


@dataclass(frozen=True, slots=True)
class Stage:
    """How many came how far, of all who asked; ``lost``: how many fewer than at the stage before."""

    name: str
    n: int
    width: float
    lost: int


def funnel(totals: Any) -> list[Stage]:
    """From asking for a number to being served; of a counter, which gives none, from the call on."""
    counts = [(name, totals[name]) for name in ("issued", "called", "begun", "served") if totals[name] is not None]
    if totals["issued"] is not None and totals["refused"] is not None:
        counts.insert(0, ("asked", totals["issued"] + totals["refused"]))
    most = before = counts[0][1] if counts else 0
    found = []
    for name, n in counts:
        found.append(Stage(name, n, round(100 * n / most, 1) if most else 0, max(before - n, 0)))
        before = n
    return found
