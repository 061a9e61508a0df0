"""Who waits, and for how long probably: shared by board, queue, ticket and site documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..domain.estimate import Pool, cycle_time, estimate, pool
from ..domain.fold import Ticket
from ..store import counters, tickets
from .snapshot import Snapshot

Estimate = dict[str, int] | None


@dataclass
class Waits:
    """A site's waiting figures at one snapshot, each read at most once."""

    view: Snapshot
    _pools: dict[str, Pool] = field(default_factory=dict)
    _cycles: dict[str, float | None] = field(default_factory=dict)

    @cached_property
    def open(self) -> frozenset[str]:
        """The counters that an officer has open."""
        return counters.open_ids(self.view.conn, self.view.site.id)

    @cached_property
    def _working(self) -> list[frozenset[str]]:
        return [frozenset(p.services) for p in self.view.site.counters.values() if p.id in self.open]

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        return tickets.waiting_counts(self.view.conn, self.view.site.id)

    def _cycle(self, service: str) -> float | None:
        """Seconds from one call to the next at a counter, as of late or as promised; None if neither is known."""
        if service not in self._cycles:
            declared, view = self.view.site.services.get(service), self.view
            target_s = declared.target_minutes * 60 if declared and declared.target_minutes else None
            today = (view.site.id, view.epoch, view.day)
            recent = tickets.recent_durations(view.conn, *today, service) if view.day else []
            self._cycles[service] = cycle_time(recent, target_s)
        return self._cycles[service]

    def count(self, service: str) -> int:
        """How many wait for a service."""
        return self._counts.get(service, 0)

    def ahead(self, found: Ticket) -> int:
        """How many wait for the same service and came before this ticket."""
        if found.arrival == self.view.revision:  # issued just now: all the others did
            return self.count(found.service) - 1
        return tickets.ahead(self.view.conn, self.view.site.id, found.service, found.arrival)

    def _pool(self, service: str) -> Pool:
        """Who works on the service's queue now."""
        if service not in self._pools:
            self._pools[service] = pool(service, self._working, self._counts)
        return self._pools[service]

    def estimate(self, service: str, ahead: int) -> Estimate:
        """The wait, as a range in seconds, of one with ``ahead`` before them; None if nobody serves."""
        working = self._pool(service)
        cycle = self._cycle(service) if working.counters else None
        found = estimate(working.ahead(ahead), cycle, working.counters)
        return {"low_s": found[0], "high_s": found[1]} if found else None


def queue(view: Snapshot, service: str, waits: Waits | None = None) -> dict[str, Any]:
    """The queue document: the waiting numbers in the order of arrival; a phone finds itself in it."""
    waits = waits or Waits(view)
    order = tickets.waiting_numbers(view.conn, view.site.id, service)
    found = [waits.estimate(service, ahead) for ahead in range(len(order))]
    return {
        "site": view.site.id,
        "service": service,
        **view.stamp(),
        "order": [number for _, number in order],
        "estimates": [[e["low_s"], e["high_s"]] if e else None for e in found],
    }
