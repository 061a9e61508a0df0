"""A site's hall as it is at one snapshot, each thing read once: what the supervisor's document is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..domain.fold import CounterState, Ticket
from ..domain.quota import Availability, availability, day_facts
from ..store import events, numbers, tickets
from ..store.tickets import Line
from .snapshot import Snapshot
from .standing import counters_now, in_hand

NOBODY = CounterState("")


@dataclass(frozen=True, slots=True)
class HallNow:
    """``lines`` and ``in_hand`` have an entry only where somebody waits, or is called or served.

    ``last_acts`` tells when something last happened at a counter today; it is read only if a counter is idle though
    people wait, and is empty otherwise.
    """

    counters: Mapping[str, CounterState]
    in_hand: Mapping[str, Ticket]
    lines: Mapping[str, Line]
    offers: Mapping[str, Availability]
    last_acts: Mapping[str, datetime]

    def state(self, counter: str) -> CounterState:
        """What the counter does; one that is not in the database yet is closed."""
        return self.counters.get(counter, NOBODY)


def read_hall(view: Snapshot) -> HallNow:
    """Read the hall."""
    conn, site = view.conn, view.site.id
    states, here, lines = counters_now(view), in_hand(view), tickets.lines(conn, site)
    idle = {id for id, state in states.items() if state.works and id not in here}
    lacking = any(
        counter.id in idle and lines.keys() & set(counter.services) for counter in view.site.counters.values()
    )
    acts = events.last_acts(conn, site, view.day) if lacking and view.day else {}
    return HallNow(states, here, lines, _offers(view), acts)


def _offers(view: Snapshot) -> dict[str, Availability]:
    used = numbers.used(view.conn, view.site.id, view.day)
    return {
        id: availability(view.site, id, view.now, day=view.day, used=used.get(id, {}), **day_facts(view))
        for id in view.site.services
    }
