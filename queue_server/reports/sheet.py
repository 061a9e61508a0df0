"""A service day as columns: every number, stretch of time, refusal, missing paper and turn, one row each.

Reports of a year read a few hundred of these instead of a million rows, and reckon their percentiles exactly. The
tables below say what a row means; ids stand as places in lists of the day's own (``Dims``), so that a day keeps the
names, agencies and promises that it had.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

VERSION = 3  # of what stands in a sheet: one of another version is made anew
NONE = 65535  # no counter, no officer

# Of a stretch of time. A visit is all the service that one number had at one service, which its promise is judged by.
# A stretch of service that officers shared is nobody's (NONE), and a PART of each of them.
WAIT, WALK, SERVICE, VISIT, HOLD, PART = range(6)
PROMISED, KEPT, KEPT_WITHOUT = 1, 2, 4  # flags of a stretch; the last with what interruptions excuse left out
# flags of a number: it was called, its service began, it was called after a wait that had been told, and as told
CALLED, BEGUN, FORETOLD, AS_TOLD = 1, 2, 4, 8

_WHOSE = [("day", "u2"), ("service", "u2"), ("class", "u1"), ("hour", "u1")]
TABLES: Mapping[str, np.dtype[Any]] = {
    name: np.dtype(columns)
    for name, columns in {
        # ``service``: where it ended or stands, ``counter`` and ``officer``: the last that had it,
        # ``flags``: how far it came, and whether as told
        "number": [
            *[*_WHOSE, ("series", "u2"), ("outcome", "u1"), ("counter", "u2"), ("officer", "u2")],
            *[("people", "u2"), ("flags", "u1")],
        ],
        # ``of``: the row of its number; ``hour``: in which it began; of a wait the counter that called
        "spell": [
            *_WHOSE,
            *[("kind", "u1"), ("of", "u4"), ("counter", "u2"), ("officer", "u2"), ("flags", "u1"), ("seconds", "f8")],
        ],
        "excused": [
            *[*_WHOSE, ("kind", "u1"), ("of", "u4"), ("counter", "u2"), ("officer", "u2"), ("seconds", "f8")],
        ],
        "refusal": [*_WHOSE, ("cause", "u1"), ("people", "u2")],
        "missing": [*_WHOSE, ("of", "u4"), ("paper", "u2")],
        "passing": [*_WHOSE, ("of", "u4"), ("suffered", "u4"), ("made", "u4")],
        # of an officer at a counter in an hour, in seconds: was there, rested, was with a visitor or had called one
        "counter": [
            *[("day", "u2"), ("hour", "u1"), ("counter", "u2"), ("officer", "u2")],
            *[("open", "f8"), ("rest", "f8"), ("busy", "f8")],
        ],
        # ``n`` bookings of a time (``hour``: of that time) that went the same way
        "booking": [*_WHOSE, ("went", "u1"), ("late", "u1"), ("n", "u4")],
    }.items()
}
OUTCOMES = ("open", "completed", "no_show", "cancelled", "expired", "papers", "carried")
#: tables that are no part of a kept sheet: what becomes of a booking is written on other days too
READ_ANEW = ("booking",)
KEPT_TABLES = tuple(name for name in TABLES if name not in READ_ANEW)
WENT = ("booked", "checked_in", "missed", "cancelled")
CAUSES = ("quota", "closed", "interruption")


@dataclass(slots=True)
class Dims:
    """What the places of a sheet's rows stand for. Services and counters carry what was true of them that day."""

    services: list[dict[str, Any]] = field(default_factory=list)  # id, agency, name, segment
    counters: list[dict[str, Any]] = field(default_factory=list)  # id, agency, name
    agencies: list[dict[str, Any]] = field(default_factory=list)  # id, name
    classes: list[str] = field(default_factory=list)
    papers: list[dict[str, Any]] = field(default_factory=list)  # id, service, name
    officers: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=lambda: [*OUTCOMES])
    causes: list[str] = field(default_factory=lambda: [*CAUSES])
    corrected: list[dict[str, Any]] = field(default_factory=list)  # day, at, why, n
    turns: list[dict[str, Any]] = field(default_factory=list)  # out of order: day, at, service, counter, how, passed


@dataclass(slots=True)
class Sheet:
    """One day, or (``span.py``) several as one. ``numbers``: what is printed, in the order of the rows.

    ``parts``: what was picked out of it, for whoever asks for the same part again: half a million rows are not copied
    twice.
    """

    days: list[date]
    dims: Dims
    tables: dict[str, Any]  # of one day records (``TABLES``), of several ``rows.Rows``
    numbers: Sequence[str] = ()
    parts: dict[Any, Any] = field(default_factory=dict)


def table(name: str, rows: Sequence[tuple[Any, ...]]) -> np.ndarray:
    """Rows, in the order of the table's columns."""
    return np.array(list(rows), dtype=TABLES[name])


def packed(sheet: Sheet) -> bytes:
    """A day's sheet, to be kept."""
    head = {"version": VERSION, "day": sheet.days[0].isoformat(), "dims": asdict(sheet.dims)}
    blobs = [sheet.tables[name].tobytes() for name in KEPT_TABLES] + ["\n".join(sheet.numbers).encode()]
    head_written = json.dumps(head | {"sizes": [len(blob) for blob in blobs]}, ensure_ascii=False).encode()
    return b"".join([len(head_written).to_bytes(4, "little"), head_written, *blobs])


def unpacked(kept: bytes) -> Sheet:
    """The sheet again."""
    begins = 4 + int.from_bytes(kept[:4], "little")
    head = json.loads(kept[4:begins])
    tables = {name: table(name, ()) for name in READ_ANEW}
    for name, size in zip(KEPT_TABLES, head["sizes"], strict=False):
        dtype = TABLES[name]
        tables[name] = np.frombuffer(kept, dtype, size // dtype.itemsize, begins)
        begins += size
    numbers = kept[begins : begins + head["sizes"][-1]].decode()
    return Sheet([date.fromisoformat(head["day"])], Dims(**head["dims"]), tables, Numbers(numbers))


class Numbers(Sequence[str]):
    """The printed numbers of a day, cut apart only where somebody asks for one."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._cut: list[str] | None = None

    def __getitem__(self, at: Any) -> Any:
        """The number of a row."""
        if self._cut is None:
            self._cut = self._written.split("\n")
        return self._cut[at]

    def __len__(self) -> int:
        """How many there are."""
        return self._written.count("\n") + 1 if self._written else 0
