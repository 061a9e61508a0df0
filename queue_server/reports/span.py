"""Several days' sheets as one, and the part of it that somebody asks about."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .rows import Rows, among
from .sheet import NONE, PART, SERVICE, TABLES, Dims, Sheet

#: which list a column's places belong to
_LISTS = {
    **dict.fromkeys(("service", "series"), "services"),
    **{"counter": "counters", "class": "classes", "officer": "officers", "paper": "papers"},
    **{"outcome": "outcomes", "cause": "causes"},
}
#: what makes two entries of a list the same: a service that moved to another agency is told apart
_SAME: dict[str, Callable[[Any], Any]] = {
    "services": lambda one: (one["id"], one["agency"]),
    "counters": lambda one: (one["id"], one["agency"]),
    "agencies": lambda one: one["id"],
    "papers": lambda one: (one["service"], one["id"]),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked about; None: all of it. ``agencies``: what the asker is limited to, empty means all."""

    agencies: frozenset[str] = frozenset()
    agency: str | None = None
    service: str | None = None
    counter: str | None = None
    class_: str | None = None
    weekday: int | None = None  # 0 is Monday
    hour: int | None = None
    segment: str | None = None
    outcome: str | None = None  # of the number that something happened to
    officer: str | None = None


def paper_key(one: Mapping[str, Any]) -> str:
    """A paper of a day's list, told apart from one of the same id at another service."""
    return f"{one['service']}/{one['id']}"


def joined_sheets(sheets: Sequence[Sheet]) -> Sheet:
    """Days, oldest first, as one sheet; names are those of the last day that had them."""
    dims, days = Dims(classes=[], outcomes=[], causes=[]), [day for one in sheets for day in one.days]
    known: dict[str, dict[Any, int]] = {name: {} for name in (*_LISTS.values(), "agencies")}
    moved: list[Mapping[str, np.ndarray | None]] = []  # by list: where a day's places stand now
    for one in sheets:
        moved.append({name: _merged(getattr(dims, name), getattr(one.dims, name), name, known[name]) for name in known})
        dims.corrected += one.dims.corrected
        dims.turns += one.dims.turns
    before = _ends([len(one.tables["number"]) for one in sheets])[:-1]
    tables = {name: _joined([one.tables[name] for one in sheets], name, moved, before) for name in TABLES}
    return Sheet(days, dims, tables, _Chained([one.numbers for one in sheets]))


def _ends(sizes: Sequence[int]) -> np.ndarray:
    """Where each part of so many begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(sizes, dtype="u4"))).astype("u4")


def _joined(
    parts: Sequence[np.ndarray], name: str, moved: Sequence[Mapping[str, np.ndarray | None]], before: np.ndarray
) -> Rows:
    """The days' tables of one name. ``before``: how many numbers there were before each day.

    A column at a time, and stretches kind by kind: rows of millions are held once, whatever is asked of them.
    """
    sizes = [len(one) for one in parts]
    ends, columns = _ends(sizes), dict[str, np.ndarray]()
    dtype = TABLES[name]
    kinds = np.concatenate([one["kind"] for one in parts]) if name == "spell" and parts else None
    order = None if kinds is None else np.argsort(kinds, kind="stable").astype("u4")
    for column in dtype.names or ():
        if column == "day":
            values = np.repeat(np.arange(len(parts), dtype="u2"), sizes)
        else:
            values = np.concatenate([one[column] for one in parts] or [np.empty(0, dtype[column])])
        if column == "of":
            values += np.repeat(before, sizes)
        listed = _LISTS.get(column, "")
        for n, places in enumerate(moved):
            if (now := places.get(listed)) is not None and sizes[n]:
                values[ends[n] : ends[n + 1]] = _moved(values[ends[n] : ends[n + 1]], now)
        columns[column] = values if order is None else values[order]
    return Rows(columns, int(ends[-1]))


def _merged(into: list[Any], more: list[Any], name: str, known: dict[Any, int]) -> np.ndarray | None:
    """Where each entry of a day's list stands in the list of all; None: where it stands already."""
    same = _SAME.get(name, lambda one: one)
    places = []
    for one in more:
        key = same(one)
        if key not in known:
            known[key] = len(into)
            into.append(one)
        into[known[key]] = one
        places.append(known[key])
    return None if places == list(range(len(places))) else np.array(places, "u2")


def _moved(column: np.ndarray, places: np.ndarray) -> np.ndarray:
    nobody = NONE if column.dtype.itemsize > 1 else 255
    return np.where(column == nobody, nobody, places[np.minimum(column, len(places) - 1)]) if len(places) else column


class _Chained(Sequence[str]):
    """The numbers of all days, one after another."""

    def __init__(self, parts: Sequence[Sequence[str]]) -> None:
        self._parts = parts
        self._ends = np.cumsum([len(part) for part in parts])

    def __getitem__(self, at: Any) -> Any:
        part = int(np.searchsorted(self._ends, at, side="right"))
        return self._parts[part][at - (int(self._ends[part - 1]) if part else 0)]

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._parts) else 0


def part(whole: Sheet, wanted: Wanted) -> Sheet:
    """The rows that are asked about; where a counter is named, rows that know none are left out, and so on."""
    if wanted == Wanted():
        return whole
    if wanted not in whole.parts:
        tables = {name: rows[mask(whole, name, rows, wanted)] for name, rows in whole.tables.items()}
        whole.parts[wanted] = Sheet(whole.days, whole.dims, tables, whole.numbers)
    found: Sheet = whole.parts[wanted]
    return found


def spells(part: Sheet, kind: int) -> Rows:
    """The stretches of one kind, which stand one behind another (``joined_sheets``)."""
    if ("spells", kind) not in part.parts:
        rows = part.tables["spell"]
        begin, end = np.searchsorted(rows["kind"], [kind, kind + 1])
        part.parts["spells", kind] = rows[int(begin) : int(end)]
    found: Rows = part.parts["spells", kind]
    return found


def by_officer(part: Sheet, kind: int) -> Rows:
    """The stretches of one kind as officers had them: a service that several shared is told by what each had of it."""
    if kind != SERVICE:
        return spells(part, kind)
    if "of officers" not in part.parts:
        rows = part.tables["spell"]
        own = (rows["kind"] == SERVICE) & (rows["officer"] != NONE)
        part.parts["of officers"] = rows[own | (rows["kind"] == PART)]
    found: Rows = part.parts["of officers"]
    return found


def mask(whole: Sheet, name: str, rows: Rows, wanted: Wanted) -> np.ndarray:
    """Which rows of a table are asked about."""
    fits = np.ones(len(rows), bool)
    names = rows.names
    if wanted.weekday is not None:
        fits &= np.array([day.weekday() == wanted.weekday for day in whole.days], bool)[rows["day"]]
    if wanted.hour is not None:
        fits &= rows["hour"] == wanted.hour
    dims = whole.dims
    listed = dims.services if "service" in names else dims.counters
    whose = rows["service"] if "service" in names else rows["counter"]
    for agencies in ({wanted.agency} if wanted.agency is not None else None, wanted.agencies or None):
        if agencies is not None:
            fits &= among(whose, (n for n, one in enumerate(listed) if one["agency"] in agencies))
    if wanted.service is not None:
        fits &= among(whose, _places(dims.services, wanted.service)) if "service" in names else False
    if wanted.class_ is not None:
        fits &= rows["class"] == _place(dims.classes, wanted.class_) if "class" in names else False
    if wanted.counter is not None:
        fits &= among(rows["counter"], _places(dims.counters, wanted.counter)) if "counter" in names else False
    if wanted.segment is not None:
        theirs = [n for n, one in enumerate(dims.services) if one["segment"] == wanted.segment]
        fits &= among(whose, theirs) if "service" in names else False
    if wanted.outcome is not None:
        ended = outcomes(whole, rows)
        fits &= False if ended is None else ended == _place(dims.outcomes, wanted.outcome)
    if wanted.officer is not None:
        fits &= rows["officer"] == _place(dims.officers, wanted.officer, NONE - 1) if "officer" in names else False
    return fits


def outcomes(whole: Sheet, rows: Rows) -> np.ndarray | None:
    """How the number ended that each row is of; None: such rows are of no number."""
    names = rows.names
    if "outcome" in names:
        return rows["outcome"]
    return whole.tables["number"]["outcome"][rows["of"]] if "of" in names else None


def services_of(whole: Sheet, wanted: Wanted) -> list[int]:
    """The places of the services that are asked about."""
    return [
        n
        for n, one in enumerate(whole.dims.services)
        if (not wanted.agencies or one["agency"] in wanted.agencies)
        and wanted.agency in (None, one["agency"])
        and wanted.service in (None, one["id"])
        and wanted.segment in (None, one["segment"])
    ]


def _places(listed: Collection[dict[str, Any]], id: str) -> list[int]:
    return [n for n, one in enumerate(listed) if one["id"] == id]


def _place(listed: list[str], id: str, nobody: int = 255) -> int:
    return listed.index(id) if id in listed else nobody


def issued_mask(whole: Sheet, wanted: Wanted) -> np.ndarray:
    """Which numbers were issued for what is asked about: each counts where it was issued, not where it ended."""
    return mask(whole, "number", _as_issued(whole), wanted)


def issued_part(whole: Sheet, wanted: Wanted) -> Rows:
    """These numbers."""
    if ("issued", wanted) not in whole.parts:
        rows = _as_issued(whole)
        limited = wanted != Wanted()
        whole.parts["issued", wanted] = rows[mask(whole, "number", rows, wanted)] if limited else rows
    found: Rows = whole.parts["issued", wanted]
    return found


def _as_issued(whole: Sheet) -> Rows:
    if "issued" not in whole.parts:
        rows = whole.tables["number"]
        whole.parts["issued"] = rows.with_column("service", rows["series"])
    found: Rows = whole.parts["issued"]
    return found
