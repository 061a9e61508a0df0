"""The numbers behind a figure: whoever doubts it finds the tickets that it is made of."""

from collections.abc import Sequence

import numpy as np

from ..documents.reports import NumberBehind
from . import sheet, span
from .measure_table import BY_NAME, NOBODYS
from .rows import Rows
from .sheet import NONE, Sheet
from .span import Wanted

PER_PAGE = 100
_OUTCOMES = {
    "served": ("completed",),
    "people": ("completed",),
    "no_show": ("no_show",),
    "no_show_share": ("no_show",),
    "given_up": ("cancelled", "expired"),
    "papers": ("papers",),
    "carried": ("carried",),
}
_FLAGS = {"called": sheet.CALLED, "begun": sheet.BEGUN}
_WHERE_ISSUED = ("issued", "foretold", "as_told")
_SHOWN = ("day", "service", "class", "counter", "hour", "people", "outcome")
_KINDS = {"wait": sheet.WAIT, "walk": sheet.WALK, "hold": sheet.HOLD}


def has(measure: str) -> bool:
    """Whether numbers stand behind a measure."""
    return measure in BY_NAME and BY_NAME[measure].table not in NOBODYS


def behind(whole: Sheet, wanted: Wanted, measure: str) -> tuple[np.ndarray, np.ndarray | None]:
    """(rows of numbers, their seconds) behind a measure; of times the longest first, else the latest first.

    Of a share within a promise: those that broke it; of waits as told: those that were not.
    """
    table = BY_NAME[measure].table
    if table == "number":
        return _numbers(whole, wanted, measure)[::-1], None
    rows = span.part(whole, wanted).tables[table]
    rows = rows[_told(rows, measure)]
    if "seconds" not in rows.names:
        return rows["of"][::-1], None
    order = np.argsort(-rows["seconds"], kind="stable")
    return rows["of"][order], rows["seconds"][order]


def _numbers(whole: Sheet, wanted: Wanted, measure: str) -> np.ndarray:
    """The places of numbers in the whole sheet."""
    every = whole.tables["number"]
    if measure in _WHERE_ISSUED:
        known, right = every["flags"] & sheet.FORETOLD > 0, every["flags"] & sheet.AS_TOLD > 0
        among = {"issued": np.ones(len(every), bool), "foretold": known, "as_told": known & ~right}[measure]
        return np.flatnonzero(span.issued_mask(whole, wanted) & among)
    fits = span.mask(whole, "number", every, wanted)
    if measure in _FLAGS:
        return np.flatnonzero(fits & (every["flags"] & _FLAGS[measure] > 0))
    places = [whole.dims.outcomes.index(name) for name in _OUTCOMES[measure] if name in whole.dims.outcomes]
    return np.flatnonzero(fits & np.isin(every["outcome"], places))


def _told(rows: Rows, measure: str) -> np.ndarray:
    if measure in ("overtaken", "overtook"):
        return rows["suffered" if measure == "overtaken" else "made"] > 0
    if measure == "missing":
        return np.ones(len(rows), bool)
    part = measure.split("_")[0].removesuffix("s")
    promise = "in_promise" in measure or "left_out" in measure
    kind = _KINDS.get(part, sheet.VISIT if promise else sheet.SERVICE)
    fits: np.ndarray = rows["kind"] == kind
    if "in_promise" in measure:
        kept = sheet.KEPT_WITHOUT if measure.endswith("without") else sheet.KEPT
        fits &= (rows["flags"] & sheet.PROMISED > 0) & (rows["flags"] & kept == 0)
    return fits


def described(whole: Sheet, of: Sequence[int], seconds: Sequence[float] | None) -> list[NumberBehind]:
    """Numbers as a document tells them."""
    dims, every = whole.dims, whole.tables["number"]
    found: list[NumberBehind] = []
    for n, place in enumerate(of):
        row = {name: int(every[name][place]) for name in _SHOWN}
        found.append(
            {
                "day": whole.days[row["day"]].isoformat(),
                "number": whole.numbers[int(place)],
                "service": dims.services[row["service"]]["id"],
                "class": dims.classes[row["class"]],
                "counter": None if row["counter"] == NONE else dims.counters[row["counter"]]["id"],
                "hour": row["hour"],
                "people": row["people"],
                "outcome": dims.outcomes[row["outcome"]],
                "seconds": None if seconds is None else round(float(seconds[n])),
            }
        )
    return found
