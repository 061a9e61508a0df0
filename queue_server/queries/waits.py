"""The line: who waits, in which order they would be called, how long that takes. All documents take it from here."""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, TypeVar

from ..documents.board import Queue
from ..documents.shared import Estimate
from ..domain import turns
from ..domain.estimate import cycle_time, estimate
from ..domain.fold import Ticket
from ..domain.site import Class
from ..domain.turns import Caller, Outlook, Waiting
from ..store import counters, tickets
from .snapshot import Snapshot

T = TypeVar("T")

# Behind more people than this a newcomer's place is told from counts, as if all called from one line. To play two
# thousand calls out takes some 5 ms of an issue; a hall of a thousand is a rush, and told twice its wait it goes home.
FAR = 2000


class Waits:
    """A site's waiting figures at one revision, each read and worked out at most once for all who ask."""

    def __init__(self, view: Snapshot) -> None:
        self.view = view

    def _once(self, key: Any, make: Callable[[], T]) -> T:
        kept = self.view.kept
        if key not in kept:
            kept[key] = make()
        found: T = kept[key]
        return found

    @cached_property
    def _standing(self) -> Mapping[str, counters.Standing]:
        return self._once("standing", lambda: counters.standing(self.view.conn, self.view.site.id))

    @cached_property
    def open(self) -> frozenset[str]:
        """The counters that an officer has open."""
        return frozenset(id for id, how in self._standing.items() if how.officer is not None)

    @cached_property
    def _callers(self) -> list[Caller]:
        return self._once("callers", self._all_callers)

    def _all_callers(self) -> list[Caller]:
        site, out = self.view.site, []
        for counter in site.counters.values():
            how = self._standing.get(counter.id, counters.Standing(None, 0, None))
            here = (how.wheel, how.officer is not None, how.ticket is not None)
            out.append(Caller(frozenset(counter.services), *here, turns.turn_s(site, counter)))
        return out

    @cached_property
    def _counts(self) -> Mapping[str, Mapping[Class, int]]:
        return self._once("counts", lambda: tickets.waiting_counts(self.view.conn, self.view.site.id))

    def _cycle(self, service: str) -> float | None:
        """Seconds from one call to the next at a counter, as of late or as promised; None if neither is known."""

        def found() -> float | None:
            declared, view = self.view.site.services.get(service), self.view
            target_s = declared.target_minutes * 60 if declared and declared.target_minutes else None
            site, epoch, day = view.site.id, view.epoch, view.day
            recent = tickets.recent_durations(view.conn, site, epoch, day, service) if day else []
            return cycle_time(recent, target_s)

        return self._once(("cycle", service), found)

    def count(self, service: str) -> int:
        """How many wait for a service."""
        return sum(self._counts.get(service, {}).values())

    def waited_for(self) -> Collection[str]:
        """The services that anybody waits for."""
        return self._counts.keys()

    def stands_with(self, service: str, moved: Collection[str]) -> bool:
        """Whether the places of those who wait for the service may change when somebody of the others comes or goes."""
        return not self._reached(turns.team(service, self._callers), service).isdisjoint(moved)

    def ahead(self, found: Ticket) -> int:
        """How many would be called before this waiting ticket, by the counters that serve it, if nobody else came."""
        if found.arrival == self.view.revision:  # issued just now, and the last in every line
            return self._behind(found.service, found.class_, fresh=True)
        return self.places(found.service)[found.arrival]

    def places(self, service: str) -> Mapping[int, int]:
        """arrival -> how many would be called before, for all who wait for the service."""
        return self._outlook(service).places

    def newcomer(self, service: str) -> int:
        """How many would be called before an ordinary visitor who came now."""
        return self._once(("newcomer", service), lambda: self._behind(service, turns.ORDINARY))

    def _behind(self, service: str, class_: Class, *, fresh: bool = False) -> int:
        """The place at the end of the line; ``fresh``: one of that class has just taken it and is in the counts."""
        team = turns.team(service, self._callers)
        together = turns.alike(service, team, self._counts)
        if together is None:
            if sum(self.count(s) for s in self._reached(team, service)) <= FAR:
                outlook = self._outlook(service)
                return outlook.places[self.view.revision] if fresh else outlook.newcomers[service]
            together = frozenset().union(*(c.services for c in team if service in c.services))
        counts: dict[Class, int] = {}
        for each in together:
            for kind, n in self._counts.get(each, {}).items():
                counts[kind] = counts.get(kind, 0) + n
        counts[class_] = counts.get(class_, 0) - fresh
        mine = [c for c in team if service in c.services]
        return turns.newcomer(self.view.site.order, mine, counts, class_)

    @staticmethod
    def _reached(team: list[Caller], service: str) -> frozenset[str]:
        return frozenset({service}).union(*(c.services for c in team))

    def _outlook(self, service: str) -> Outlook:
        """All who stand in lines that are connected with the service's."""
        team = turns.team(service, self._callers)
        reached = self._reached(team, service)

        def played() -> Outlook:
            found = tickets.waiting_in_line(self.view.conn, self.view.site.id, sorted(reached))
            return turns.outlook(self.view.site.order, team, map(Waiting._make, found))

        return self._once(("outlook", tuple(team), reached), played)

    def counters_open(self, service: str) -> int:
        """How many counters that serve it an officer has open."""
        return sum(c.open and service in c.services for c in self._callers)

    def estimate(self, service: str, ahead: int) -> Estimate | None:
        """The wait, as a range in seconds, of one with ``ahead`` called before them; None if nobody serves."""
        working = self.counters_open(service)
        cycle = self._cycle(service) if working else None
        found = estimate(ahead, cycle, working)
        return {"low_s": found[0], "high_s": found[1]} if found else None

    def estimate_now(self, service: str) -> Estimate | None:
        """The wait of an ordinary visitor who came now; None if nobody serves."""
        serves = any(c.open and service in c.services for c in self._callers)
        return self.estimate(service, self.newcomer(service)) if serves else None


def queue(view: Snapshot, service: str, waits: Waits | None = None) -> Queue:
    """The queue document: the waiting numbers in the order of arrival, and each one's place; a phone finds its own."""
    waits = waits or Waits(view)
    order = tickets.waiting_numbers(view.conn, view.site.id, service)
    of = waits.places(service) if order else {}
    places = [of[arrival] for arrival, _ in order]
    found = [waits.estimate(service, place) for place in places]
    return {
        "site": view.site.id,
        "service": service,
        **view.stamp(),
        "order": [number for _, number in order],
        "places": places,
        "counters_open": waits.counters_open(service),
        "estimates": [(e["low_s"], e["high_s"]) if e else None for e in found],
    }
