"""Those who have booked for today and are still to come: a part of everybody's wait (``domain/booked_ahead.py``).

They are read once and kept from command to command; how many come, once a day.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from ..domain.booked_ahead import BOOKED, Due, come_rate, come_rates
from ..domain.booking_record import bookings_named
from ..domain.bookings import Booking, BookingState
from ..store import bookings
from .kept import Moved, Things, kept
from .snapshot import Snapshot
from .standing import early

_EARLIER = timedelta(days=28)  # so far back it is known who came

_RATES: WeakKeyDictionary[Engine, dict[str, tuple[tuple[int, date], Mapping[str, float]]]] = WeakKeyDictionary()


def _after(things: Things, moved: Moved) -> Things:
    came = {id for event in moved.events for id in bookings_named(event)}
    return {of: [one for one in known if one.id not in came] for of, known in things.items()} if came else things


@kept(_after)
def _still_booked(view: Snapshot) -> list[Booking]:
    """The places of the open day that nobody has come with, and whose time is not over."""
    if view.day is None or view.day_closed or not any(BOOKED in view.site.offered(id) for id in view.site.services):
        return []
    return bookings.expected(view.conn, view.site.id, view.day)


def _rates(view: Snapshot, day: date) -> Mapping[str, float]:
    """service -> the part of its places that was used in time, of the days before the open one."""
    known, key = _RATES.setdefault(view.conn.engine, {}), (view.epoch, day)
    if known.get(view.site.id, (None,))[0] != key:
        went: dict[str, tuple[int, int]] = {}
        for _, service, _, state, late, n in bookings.counts(
            view.conn, view.site.id, day - _EARLIER, day - timedelta(1)
        ):
            used, missed = went.get(service, (0, 0))
            in_time = state == BookingState.CHECKED_IN and not late
            went[service] = (used + n * in_time, missed + n * (state == BookingState.MISSED or late))
        known[view.site.id] = (key, come_rates(went))
    return known[view.site.id][1]


def due(view: Snapshot, service: str, serving: Collection[frozenset[str]]) -> list[Due]:
    """Those whose time is still to come, as far as they take turns of the counters that serve the service.

    ``serving``: what each counter calls from that an officer has open. By a clock that is lost nobody's time comes.
    """
    booked, sitting = _still_booked(view), early(view)
    if view.clock_lost or view.day is None or not (booked or sitting):
        return []
    theirs = {*(one.service for one in booked), *(one.service for one in sitting)}
    found, part = [], {id: _part(service, id, serving) for id in theirs}
    for place in booked:
        in_s = (place.slot - view.now).total_seconds()
        if in_s >= 0 and part[place.service]:
            people = place.people * come_rate(_rates(view, view.day), place.service)
            found.append(Due(in_s, people * part[place.service]))
    for one in sitting:
        if one.callable_from is not None and part[one.service]:
            in_s = max((one.callable_from - view.now).total_seconds(), 0.0)
            found.append(Due(in_s, one.people * part[one.service]))
    return found


def _part(service: str, theirs: str, serving: Collection[frozenset[str]]) -> float:
    """Of the counters that serve those who have booked, the part that serves the service too."""
    own = [service in services for services in serving if theirs in services]
    return sum(own) / len(own) if own else 0.0
