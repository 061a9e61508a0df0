"""Numbers into rows: percentiles, spread, ratios, and the table that says reached or missed."""

import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from tests.world.percentile import percentile


@dataclass
class Rounds:
    """One thing measured in several rounds, in seconds."""

    rounds: list[list[float]] = field(default_factory=list)

    def add(self, values: Sequence[float]) -> None:
        """One more round."""
        self.rounds.append(list(values))

    def per_round(self, share: float) -> list[float]:
        """The percentile of each round, in milliseconds."""
        return [percentile(r, share) * 1000 for r in self.rounds]

    def ms(self, share: float) -> float:
        """The median over the rounds of their percentile, in milliseconds."""
        return statistics.median(self.per_round(share))

    def __str__(self) -> str:
        low, high = min(self.per_round(0.5)), max(self.per_round(0.5))
        return f"{number(self.ms(0.5))} / {number(self.ms(0.99))} ms ({number(low)}–{number(high)})"


def number(value: float) -> str:
    """Three figures that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times the floor: the median of the rounds' own ratios, and their spread."""

    each: tuple[float, ...]

    @classmethod
    def of(cls, ours: Rounds, floor: Rounds, share: float = 0.5) -> "Ratio":
        """The rounds of one percentile, paired."""
        return cls(tuple(a / b for a, b in zip(ours.per_round(share), floor.per_round(share), strict=True)))

    def __float__(self) -> float:
        return statistics.median(self.each)

    def __str__(self) -> str:
        return f"{float(self):.2f}× ({min(self.each):.2f}–{max(self.each):.2f})"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    floor: str = ""
    ratio: str = ""
    target: str = ""
    reached: bool | None = None

    def __str__(self) -> str:
        mark = {True: "reached", False: "**missed**", None: ""}[self.reached]
        return f"| {self.what} | {self.ours} | {self.floor} | {self.ratio} | {self.target} | {mark} |"


def versus(what: str, ours: Rounds, floor: Rounds, target: str = "", at_most: float | None = None) -> Row:
    """A row of two things measured in the same rounds."""
    times = Ratio.of(ours, floor)
    return Row(what, str(ours), str(floor), str(times), target, None if at_most is None else float(times) <= at_most)


def failed(part: str, error: BaseException) -> Row:
    """A part that came to no end: said in the table, not left out of it."""
    why = str(error) or "took too long"  # a TimeoutError says nothing
    said = " ".join(f"{type(error).__name__}: {why}".split()).replace("|", "/")
    return Row(f"part `{part}`", f"**failed**: {said[:300]}")


HEAD = """| what | ours: p50 / p99 (spread of p50) | floor in the same run | ratio (spread) | target | |
| --- | --- | --- | --- | --- | --- |"""


def shown(rows: Sequence[Row], told: str) -> str:
    """The whole table, with when and on what it was measured: a figure without them says nothing."""
    from queue_server.store.engine import sqlite_module

    names = ("flask", "flask-socketio", "python-socketio", "eventlet", "sqlalchemy")
    parts = [f"{name} {version(name)}" for name in names]
    made = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {_processor()} · Python {platform.python_version()} · "
        f"SQLite {sqlite_module().sqlite_version} (FULL) · {' · '.join(parts)}{told}"
    )
    return "\n".join([made, "", HEAD, *map(str, rows)])


def _processor() -> str:
    import os

    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, client on the same machine"
