"""Today's figures for those who watch all day: made at most every fifteen seconds, and never where others must wait.

The day's events are kept, so that each time only the newest are read. Making figures of a full day takes as long as
answering dozens of officers, so that happens beside the green threads.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..documents.figures import Today, TodayFigures, TodayHead
from ..domain.fold import Event
from ..domain.site import Site
from ..queries.snapshot import Snapshot
from ..store import events
from .measures import figures

EVERY_S = 15.0

Read = Callable[[str, Callable[[Snapshot], Any]], Any]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, and what came of it; ``made_at`` in monotonic seconds."""

    day: date | None
    epoch: int
    revision: int
    happened: list[Event]
    made_at: float
    document: Today


class TodaysFigures:
    """The newest figures of each site."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, frozenset[str]], _Read] = {}
        self._busy: set[tuple[str, frozenset[str]]] = set()

    def of(self, site: str, read: Read, off_hub: Callable[..., Any], agencies: frozenset[str] = frozenset()) -> Today:
        """The figures, at most fifteen seconds old; while they are made anew others get those of before.

        ``agencies`` limits them to theirs; empty means all.
        """
        asked = (site, agencies)
        kept = self._kept.get(asked)
        if kept and (asked in self._busy or self._clock() < kept.made_at + EVERY_S):
            return kept.document
        self._busy.add(asked)
        try:
            head: TodayHead
            head, site_now, day, happened = read(site, lambda view: _read(view, kept))
            made: TodayFigures = off_hub(_figures, site_now, happened, agencies)
            document: Today = {**head, **made}
            self._kept[asked] = _Read(day, head["epoch"], head["revision"], happened, self._clock(), document)
        finally:
            self._busy.discard(asked)
        return document


def _read(view: Snapshot, kept: _Read | None) -> tuple[TodayHead, Site, date | None, list[Event]]:
    head: TodayHead = {"site": view.site.id, "now": view.now.isoformat(), **view.stamp()}
    return head, view.site, view.day, _happened(view, kept)


def _happened(view: Snapshot, kept: _Read | None) -> list[Event]:
    """The day's events; of the day that is already known only what is new."""
    if view.day is None:
        return []
    if kept and (kept.day, kept.epoch) == (view.day, view.epoch):
        return kept.happened + events.after(view.conn, view.site.id, view.epoch, kept.revision)
    return list(events.of_days(view.conn, view.site.id, view.day, view.day))


def _figures(site: Site, happened: list[Event], agencies: frozenset[str]) -> TodayFigures:
    made = figures(site, happened, agencies)
    totals = made["totals"]
    return {
        "completed": totals["completed"],
        "wait": totals["wait"],
        "within_target": totals["within_target"],
        "within_target_percent": totals["within_target_percent"],
        "services": [
            {
                "id": one["id"],
                "wait": one["wait"],
                "within_target": one["within_target"],
                "within_target_percent": one["within_target_percent"],
            }
            for one in made["services"]
        ],
    }
