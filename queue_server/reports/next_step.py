"""What a leader is told to look at next: a rule on the figures of a period, so that nobody makes it up.

A target that is missed comes first, the one missed by the largest part of it; where none is, the figure that became
worse by the largest part since the period before, by a tenth at least. It is looked for where it is worst: in a
service, and in an hour of that service. Figures of fewer than ten cases say nothing, in whatever place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..documents.reports import JudgedTarget, PeriodReport, PeriodRow
from ..domain.targets import BETTER

FEW = 10  # cases; of fewer a figure stands out by chance
NOTABLE = 0.1  # of the figure before

Family = Literal["wait", "walk", "promise", "no_show", "refused"]
#: measure -> what is looked into, and of how many cases the figure is made
MEASURES: Mapping[str, tuple[Family, str]] = {
    "wait_p50_s": ("wait", "waits"),
    "wait_p90_s": ("wait", "waits"),
    "wait_in_promise": ("wait", "waits"),
    "wait_in_promise_without": ("wait", "waits"),
    "walk_p50_s": ("walk", "begun"),
    "walk_p90_s": ("walk", "begun"),
    "service_in_promise": ("promise", "served"),
    "service_in_promise_without": ("promise", "served"),
    "no_show_share": ("no_show", "called"),
    "refused": ("refused", "refused"),
}
#: what is held against the period before; of refusals the part of all requests, since a fuller hall refuses more
COMPARED = ("wait_p90_s", "wait_p50_s", "wait_in_promise", "service_in_promise", "no_show_share", "refused")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What stands out, against what, and where it is worst; None: nowhere more than elsewhere."""

    measure: str
    family: Family
    value: float
    target: JudgedTarget | None  # None: it stands out against the period before
    before: float | None
    service: PeriodRow | None = None
    hour: PeriodRow | None = None


def step(
    report: PeriodReport, services: Sequence[PeriodRow], hours_of: Callable[[str], Sequence[PeriodRow]]
) -> Step | None:
    """What to look at next; None: nothing stands out. ``hours_of``: a service's lines by the hour."""
    found = _missed(report) or _worse(report)
    if found is None:
        return None
    service = _worst(found.measure, services)
    hour = _worst(found.measure, hours_of(str(service["key"]))) if service else None
    return Step(found.measure, found.family, found.value, found.target, found.before, service, hour)


def _missed(report: PeriodReport) -> Step | None:
    """The target that is missed by the largest part of it."""
    totals: Figures = report["totals"]
    missed = [one for one in report["targets"] if one["met"] is False and _enough(one["measure"], totals)]
    if not missed:
        return None
    worst = max(missed, key=lambda one: abs(totals[one["measure"]] - (one["value"] or 0)) / (one["value"] or 1))
    measure = worst["measure"]
    return Step(measure, MEASURES[measure][0], totals[measure], worst, report["previous"]["totals"][measure])


def _worse(report: PeriodReport) -> Step | None:
    """The figure that became worse by the largest part of what it was."""
    now: Figures = report["totals"]
    was: Figures = report["previous"]["totals"]
    changes = [(change, name) for name in COMPARED if (change := _change(name, now, was)) >= NOTABLE]
    if not changes:
        return None
    _, measure = max(changes, key=lambda one: one[0])
    return Step(measure, MEASURES[measure][0], now[measure], None, was[measure])


def _change(measure: str, now: Figures, was: Figures) -> float:
    """By what part a figure became worse; 0: it did not, or there is too little to tell."""
    if not _enough(measure, now) or not was["issued"] or (measure != "refused" and not _enough(measure, was)):
        return 0
    a, b = (_part_refused(one) if measure == "refused" else one[measure] for one in (was, now))
    if not a:
        return 0
    return (a - b if BETTER.get(measure) == "more" else b - a) / a


def _part_refused(figures: Figures) -> float:
    refused, issued = figures["refused"] or 0, figures["issued"] or 0
    return refused / (refused + issued) if refused else 0


def _enough(measure: str, figures: Figures) -> bool:
    return (figures[MEASURES[measure][1]] or 0) >= FEW and figures[measure] is not None


def _worst(measure: str, rows: Sequence[PeriodRow]) -> PeriodRow | None:
    """The line in which a measure is worst, the first of equals."""
    enough: list[Any] = [one for one in rows if _enough(measure, one)]
    if not enough:
        return None
    found: PeriodRow = (min if BETTER.get(measure) == "more" else max)(enough, key=lambda one: one[measure])
    return found
