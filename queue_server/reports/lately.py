"""Today's figures for those who watch all day: made at most every fifteen seconds, and never where others must wait.

The day's events are kept, so that each time only the newest are read. Making figures of a full day takes as long as
answering dozens of officers, so that happens beside the green threads.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    document: dict[str, Any]


class Lately:
    """The newest figures of each site."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, frozenset[str]], _Read] = {}
        self._busy: set[tuple[str, frozenset[str]]] = set()

    def of(
        self, site: str, read: Read, off_hub: Callable[..., Any], agencies: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """The figures, at most fifteen seconds old; while they are made anew others get those of before.

        ``agencies`` limits them to theirs; empty means all.
        """
        asked = (site, agencies)
        kept = self._kept.get(asked)
        if kept and (asked in self._busy or self._clock() < kept.made_at + EVERY_S):
            return kept.document
        self._busy.add(asked)
        try:
            head, site_now, day, happened = read(site, lambda view: _read(view, kept))
            document = head | off_hub(_document, site_now, happened, agencies)
            self._kept[asked] = _Read(day, head["epoch"], head["revision"], happened, self._clock(), document)
        finally:
            self._busy.discard(asked)
        return document


def _read(view: Snapshot, kept: _Read | None) -> tuple[dict[str, Any], Site, date | None, list[Event]]:
    head = {"site": view.site.id, "now": view.now.isoformat(), **view.stamp()}
    return head, view.site, view.day, _happened(view, kept)


def _happened(view: Snapshot, kept: _Read | None) -> list[Event]:
    """The day's events; of the day that is already known only what is new."""
    if view.day is None:
        return []
    if kept and (kept.day, kept.epoch) == (view.day, view.epoch):
        return kept.happened + events.after(view.conn, view.site.id, view.epoch, kept.revision)
    return list(events.of_days(view.conn, view.site.id, view.day, view.day))


def _document(site: Site, happened: list[Event], agencies: frozenset[str]) -> dict[str, Any]:
    made = figures(site, happened, agencies)
    totals, keys = made["totals"], ("wait", "within_target", "within_target_percent")
    return {
        "completed": totals["completed"],
        **{key: totals[key] for key in keys},
        "services": [{"id": one["id"], **{key: one[key] for key in keys}} for one in made["services"]],
    }
