"""A period's figures, in all and by what somebody asks: each measure from the rows of days' sheets, exactly.

Median and 90th percentile are those of ``measures.spread``: of every single stretch of time, none left out, in whole
seconds. A measure that the rows asked about cannot have (numbers issued at one counter) is None, never 0.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from . import sheet, span
from .by import PAPER
from .measure_table import MEASURES, NOBODYS, Measure
from .rows import Rows, among
from .sheet import Sheet
from .span import Wanted

Value = int | float | None
Figures = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is of, and its figures."""

    key: Any
    figures: Figures


class Grouping:
    """Which line each row belongs to. ``places``: place in a list, or day, to line, by the column that tells."""

    def __init__(self, by: str | None, whole: Sheet) -> None:
        self.by, self.keys = by, list[Any]()
        self._whole, self._of = whole, dict[str, np.ndarray]()
        dims = whole.dims
        if by is None:
            self.keys = [None]
        elif by in _OF_DAYS:
            self._tell("day", [_OF_DAYS[by](day) for day in whole.days])
        elif by == "hour":
            self._tell("hour", list(range(24)))
        elif by == "class":
            self._tell("class", dims.classes)
        elif by == "counter":
            self._tell("counter", [one["id"] for one in dims.counters])
        elif by in ("outcome", "officer"):
            self._tell(by, getattr(dims, f"{by}s"))
        elif by == PAPER:
            self._tell(by, [span.paper_key(one) for one in dims.papers])
        else:
            name = {"service": "id"}.get(by, by)
            self._tell("service", [one[name] for one in dims.services])
            if by == "agency":
                self._tell("counter", [one["agency"] for one in dims.counters])

    def _tell(self, column: str, keys: Sequence[Any]) -> None:
        line = {key: n for n, key in enumerate(self.keys)}
        for key in keys:
            line.setdefault(key, len(line))
        self.keys = list(line)
        self._of[column] = np.array([line[key] for key in keys], "u2")

    def lines(self, rows: Rows) -> np.ndarray | None:
        """The line of each row, the one after the last if it is of none; None where such rows do not tell."""
        nobody = len(self.keys)
        if self.by is None:
            return np.zeros(len(rows), "u2")
        if self.by == "outcome":
            ended = span.outcomes(self._whole, rows)
            return None if ended is None else self._of["outcome"][ended]
        column = next((name for name in self._of if name in rows.names), None)
        if column is None:
            return None
        places, line = rows[column], self._of[column]
        if places.dtype.itemsize > 1:  # where nobody stands is told by the highest of places
            line = np.concatenate((line, [nobody])).astype("u2")
            places = np.minimum(places, len(line) - 1)
        return line[places]


_OF_DAYS: Mapping[str, Callable[[date], Any]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "weekday": lambda day: day.weekday(),
}


def figures(whole: Sheet, wanted: Wanted, by: str | None = None) -> list[Line]:
    """The figures of what is asked about, by one of ``BY``; in all, as a single line, if by nothing.

    A line on which nothing happened is left out, but the one of all.
    """
    made = _Making(whole, wanted, Grouping(by, whole))
    values = made.values()
    some = made.happened() if by is not None else np.ones(1, bool)
    measured = [(m, values[m.name]) for m in MEASURES]
    lines = [
        Line(key, {m.name: _value(m, column, n) for m, column in measured})
        for n, key in enumerate(made.grouping.keys)
        if some[n]
    ]
    return sorted(lines, key=lambda line: line.key) if by in (*_OF_DAYS, "hour") else lines


def _value(measure: Measure, column: np.ndarray | None, n: int) -> Value:
    if column is None:
        return None
    value = float(column[n])
    if np.isnan(value):
        return None
    return value if measure.unit == "share" else round(value)


class _Making:
    """The columns of figures of one question, one value a line."""

    def __init__(self, whole: Sheet, wanted: Wanted, grouping: Grouping) -> None:
        self.grouping, self._many = grouping, len(grouping.keys)
        self._wanted = wanted
        self._known: dict[int, tuple[Rows, np.ndarray | None]] = {}
        self._part = span.part(whole, wanted)
        self._rows = dict(self._part.tables)
        self._rows["issued"] = span.issued_part(whole, wanted)
        self._outcome = {name: n for n, name in enumerate(whole.dims.outcomes)}
        self._cause = {name: n for n, name in enumerate(whole.dims.causes)}

    def happened(self) -> np.ndarray:
        """Whether there is anything to tell on each line."""
        found = np.zeros(self._many, bool)
        papers = ("missing",) if self.grouping.by == PAPER else ()
        for name in ("issued", "number", "spell", "refusal", "counter", "booking", *papers):
            many = self._count(self._rows[name])
            if many is not None:
                found |= many > 0
        return found

    def values(self) -> dict[str, np.ndarray | None]:
        """Every measure."""
        out: dict[str, np.ndarray | None] = {}
        for make in (self._numbers, self._refusals, self._missing, self._times, self._excused, self._counters):
            out |= make()
        out |= self._passings() | self._bookings() | self._foretold()
        asked, by = self._wanted, self.grouping.by
        lacks = dict.fromkeys(out, False)
        for m in MEASURES:
            if asked.counter is not None or by == "counter":
                lacks[m.name] |= not m.at_counter
            if asked.officer is not None or by == "officer":
                lacks[m.name] |= not m.of_officer
            if asked.outcome is not None:
                lacks[m.name] |= m.table in NOBODYS
        return {m.name: None if lacks[m.name] else out[m.name] for m in MEASURES}

    def _lines(self, rows: Rows) -> np.ndarray | None:
        """The line of each row of a table, or of a part of one that is kept with it."""
        if id(rows) not in self._known:
            self._known[id(rows)] = rows, self.grouping.lines(rows)
        return self._known[id(rows)][1]

    def _count(self, rows: Rows, which: np.ndarray | None = None, of: str | None = None) -> np.ndarray | None:
        """How many rows are of each line, or the sum of a column of theirs; ``which``: only of those."""
        lines = self._lines(rows)
        if lines is None:
            return None
        if which is not None:
            lines = lines[which]
        weights = None
        if of is not None:
            weights = (rows[of] if which is None else rows[of][which]).astype(float)
        return np.bincount(lines, weights, minlength=self._many + 1)[: self._many].astype(float)

    def _numbers(self) -> dict[str, np.ndarray | None]:
        rows = self._rows["number"]
        ended = lambda *names: among(rows["outcome"], [self._outcome.get(n, 255) for n in names])  # noqa: E731
        done = ended("completed")
        called, missed = self._count(rows, rows["flags"] & sheet.CALLED > 0), self._count(rows, ended("no_show"))
        return {
            "issued": self._count(self._rows["issued"]),
            "called": called,
            "begun": self._count(rows, rows["flags"] & sheet.BEGUN > 0),
            "served": self._count(rows, done),
            "people": self._count(rows, done, "people"),
            "no_show": missed,
            "no_show_share": _share(missed, called),
            "given_up": self._count(rows, ended("cancelled", "expired")),
            "papers": self._count(rows, ended("papers")),
            "carried": self._count(rows, ended("carried")),
        }

    def _refusals(self) -> dict[str, np.ndarray | None]:
        rows = self._rows["refusal"]
        out = {"refused": self._count(rows)}
        for cause in sheet.CAUSES:
            out["refused_" + cause] = self._count(rows, rows["cause"] == self._cause.get(cause, 255))
        return out

    def _missing(self) -> dict[str, np.ndarray | None]:
        return {"missing": self._count(self._rows["missing"])}

    def _times(self) -> dict[str, np.ndarray | None]:
        officers = self._wanted.officer is not None or self.grouping.by == "officer"
        found = span.by_officer if officers else span.spells
        of = {kind: found(self._part, kind) for kind in range(5)}
        wait, served = of[sheet.WAIT], of[sheet.VISIT]
        out = {
            "waits": self._count(wait),
            "service_s": self._count(of[sheet.SERVICE], of="seconds"),
            "hold_s": self._count(of[sheet.HOLD], of="seconds"),
        }
        for name, kind in (("wait", sheet.WAIT), ("walk", sheet.WALK), ("service", sheet.SERVICE)):
            out[f"{name}_p50_s"], out[f"{name}_p90_s"] = self._spread(of[kind])
        for name, of_kind in (("wait", wait), ("service", served)):
            promised = self._count(of_kind, of_kind["flags"] & sheet.PROMISED > 0)
            for flag, what in ((sheet.KEPT, ""), (sheet.KEPT_WITHOUT, "_without")):
                kept = self._count(of_kind, of_kind["flags"] & flag > 0)
                out[f"{name}_in_promise{what}"] = _share(kept, promised)
        return out

    def _spread(self, rows: Rows) -> tuple[np.ndarray | None, np.ndarray | None]:
        """Median and 90th percentile of each line, rounded to whole seconds; NaN where there is none."""
        lines = self._lines(rows)
        return (None, None) if lines is None else spreads(rows, lines, self._many)

    def _excused(self) -> dict[str, np.ndarray | None]:
        rows = self._rows["excused"]
        of = lambda kind: rows["kind"] == kind  # noqa: E731
        return {
            "wait_left_out_s": self._count(rows, of(sheet.WAIT), "seconds"),
            "left_out_s": self._count(rows, of(sheet.VISIT), "seconds"),
        }

    def _counters(self) -> dict[str, np.ndarray | None]:
        """Of a service or a class nobody knows: a counter is open for all that it serves."""
        nothing = dict.fromkeys(("open_s", "break_s", "idle_s", "utilisation"))
        asked = self._wanted
        if any(one is not None for one in (asked.service, asked.class_, asked.segment, asked.outcome)):
            return {**nothing}
        rows = self._rows["counter"]
        parts = [self._count(rows, of=name) for name in ("open", "rest", "busy")]
        open_s, rest_s, busy_s = parts
        if open_s is None or rest_s is None or busy_s is None:
            return {**nothing}
        there = np.maximum(open_s - rest_s, 0)
        shared = {"idle_s": np.maximum(there - busy_s, 0), "utilisation": _share(np.minimum(busy_s, there), there)}
        return {"open_s": open_s, "break_s": rest_s, **shared}

    def _bookings(self) -> dict[str, np.ndarray | None]:
        rows = self._rows["booking"]
        went = lambda *names: among(rows["went"], [sheet.WENT.index(name) for name in names])  # noqa: E731
        came = went("checked_in")
        return {
            "booked": self._count(rows, ~went("cancelled"), "n"),
            "came": self._count(rows, came, "n"),
            "came_late": self._count(rows, came & (rows["late"] > 0), "n"),
            "missed": self._count(rows, went("missed"), "n"),
            "given_back": self._count(rows, went("cancelled"), "n"),
        }

    def _foretold(self) -> dict[str, np.ndarray | None]:
        """Of each number where it was issued: it was told there."""
        rows = self._rows["issued"]
        many = self._count(rows, rows["flags"] & sheet.FORETOLD > 0)
        return {"foretold": many, "as_told": _share(self._count(rows, rows["flags"] & sheet.AS_TOLD > 0), many)}

    def _passings(self) -> dict[str, np.ndarray | None]:
        rows = self._rows["passing"]
        return {
            "overtaken": self._count(rows, of="suffered"),
            "overtook": self._count(rows, of="made"),
        }


def _share(part: np.ndarray | None, whole: np.ndarray | None) -> np.ndarray | None:
    if part is None or whole is None:
        return None
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def spreads(rows: Rows, lines: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Median and 90th percentile of the rows of each line, as ``measures.spread`` reckons them; NaN for none."""
    order = rows.by_seconds()
    if many > 1:
        order = order[np.argsort(lines[order], kind="stable")]
    seconds, sizes = rows["seconds"], np.bincount(lines, minlength=many)[:many]
    first = np.cumsum(sizes) - sizes
    half, p90 = np.full(many, np.nan), np.full(many, np.nan)
    some = np.flatnonzero(sizes)
    begin, size = first[some], sizes[some]
    at = lambda place: seconds[order[begin + place]]  # noqa: E731
    half[some] = (at((size - 1) // 2) + at(size // 2)) / 2
    place, rest = np.divmod(9 * (size - 1), 10)
    p90[some] = (at(place) * (10 - rest) + at(np.minimum(place + 1, size - 1)) * rest) / 10
    return np.round(half), np.round(p90)
