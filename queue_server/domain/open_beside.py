"""What stands beside the numbers of a closed month for everybody: days, refusals, interruptions, corrections.

A refused request is nobody's number, yet it is somebody's visit: whoever knows its service, hour and cause finds at
least ``LEAST`` that fit as well, in each row; of fewer in a month their sum alone is told. Interruptions and
corrections are the hall's own; of them nothing is told that may be about one officer: no place, and no cause *staff*.
**Every such figure of the public page is made of these rows.**
"""

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from .open_rows import LEAST, POOLED, Row, anonymous, pooled

BesideKind = Literal["days", "refused", "interruption", "corrected"]
Verdict = Literal["confirmed", "rejected", "open", ""]
KINDS: tuple[BesideKind, ...] = get_args(BesideKind)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_TOLD = ("power", "network", "central_system", "equipment")  # causes of interruptions that are about no person


@dataclass(frozen=True, slots=True)
class Beside:
    """One row: ``count`` of a kind. ``minutes``: how long an interruption lasted, rounded down; None: no end is known.

    ``verdict``: whether a supervisor stands for it; ``open``: nobody has said. ``service`` and hours: of refusals.
    """

    kind: BesideKind
    cause: str
    count: int
    verdict: Verdict = ""
    minutes: int | None = None
    service: str = ""
    hour_from: int | None = None
    hour_to: int | None = None

    def content(self) -> tuple[object, ...]:
        """By what rows are put in order: all of it."""
        hours = tuple(-1 if one is None else one for one in (self.hour_from, self.hour_to, self.minutes))
        return KINDS.index(self.kind), self.cause, self.service, *hours, self.verdict, self.count


@dataclass(frozen=True, slots=True)
class BesideFigures:
    """What such rows come to, of one month or of several; all None where a file of an older form tells none."""

    days: int | None  # on which numbers were taken
    refused: int | None
    interruptions: int | None
    interrupted_min: int | None
    interruptions_confirmed: int | None
    interruptions_rejected: int | None
    corrected_paper: int | None
    corrected_date: int | None
    corrected_reopening: int | None
    corrected_restore: int | None
    corrected_interruption: int | None


def refusals(asked: Iterable[tuple[str, int, str]]) -> list[Beside]:
    """Rows of a month's refused requests, each as (service, hour, cause)."""
    every = list(asked)
    if len(every) < LEAST:
        return [Beside("refused", POOLED, len(every), service=POOLED)] if every else []
    few = pooled(Tally(cause for _, _, cause in every))
    by_cause: dict[str, list[Row]] = {}
    for service, hour, cause in every:
        named = POOLED if cause in few else cause
        by_cause.setdefault(named, []).append(Row(service, hour, hour, "", None, None, ""))
    found = Tally(
        (cause, row.service, row.hour_from, row.hour_to) for cause, own in by_cause.items() for row in anonymous(own)
    )
    return [
        Beside("refused", cause, n, service=service, hour_from=first, hour_to=last)
        for (cause, service, first, last), n in found.items()
    ]


def interruption(reason: str, verdict: Verdict, seconds: float | None) -> Beside:
    """The row of one that began in the month; None: no end is known."""
    minutes = None if seconds is None else int(max(0.0, seconds) // 60)
    return Beside("interruption", reason if reason in _TOLD else "other", 1, verdict, minutes)


def in_order(days: int, rows: Iterable[Beside]) -> tuple[Beside, ...]:
    """A month's rows: of the days, and of all else in the order of its content, equal ones together."""
    every = list(rows)
    sums: Tally[Beside] = Tally()
    for row in every:
        if row.count:
            sums[replace(row, count=0)] += row.count
    alike = [replace(row, count=n) for row, n in sums.items() if row.kind != "interruption"]
    alone = [row for row in every if row.kind == "interruption"]  # each has its own length
    return tuple(sorted([Beside("days", "", days), *alike, *alone], key=Beside.content))


def beside(rows: Iterable[Beside]) -> BesideFigures:
    """What rows come to."""
    every = list(rows)
    if not any(row.kind == "days" for row in every):
        return BesideFigures(*[None] * len(BesideFigures.__dataclass_fields__))

    def count(kind: BesideKind, cause: str | None = None) -> int:
        return sum(row.count for row in every if row.kind == kind and cause in (None, row.cause))

    broken = [row for row in every if row.kind == "interruption"]
    return BesideFigures(
        days=count("days"),
        refused=count("refused"),
        interruptions=count("interruption"),
        interrupted_min=sum(row.minutes or 0 for row in broken),
        interruptions_confirmed=sum(row.count for row in broken if row.verdict == "confirmed"),
        interruptions_rejected=sum(row.count for row in broken if row.verdict == "rejected"),
        corrected_paper=count("corrected", "paper"),
        corrected_date=count("corrected", "date"),
        corrected_reopening=count("corrected", "reopening"),
        corrected_restore=count("corrected", "restore"),
        corrected_interruption=count("corrected", "interruption"),
    )
