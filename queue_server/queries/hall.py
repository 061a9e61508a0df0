"""The hall document: a whole site at one glance, for its supervisors. Names its officers, and no visitor."""

from collections.abc import Collection

from ..documents.board import Standing
from ..documents.hall import BookedToday, Hall, HallCounter, HallService, Left
from ..domain.bookings import Booking, went
from ..domain.fold import CounterState, Ticket
from ..domain.site import Counter, Service
from ..domain.ticket import State
from ..store import accounts, bookings
from .alarms import Heard, alarms, dropped, open_counters, within
from .arrivals import forecast
from .board import unoccupied
from .carrying import kept_places
from .hall_now import HallNow, read_hall
from .interruptions import lasting, of_counter_id, of_service_id
from .levers import set_today
from .reasons import left_closed
from .snapshot import Snapshot
from .standing import early
from .ticket import iso
from .waits import Waits


def hall(view: Snapshot, agencies: frozenset[str] = frozenset(), heard: Heard | None = None) -> Hall:
    """Counters, services and alarms; ``agencies`` limits them to theirs, empty means all.

    ``heard``: the hall's enrolled screens, and when each last spoke.

    It costs what a board costs: it grows with counters, services and people who wait. The day's events are looked at
    only while a counter is idle though people wait.
    """
    own, services = within(view.site, agencies)
    now, waits, names = read_hall(view), Waits(view), accounts.names(view.conn)
    left = left_closed(view, names)
    today = bookings.of_day(view.conn, view.site.id, view.day) if view.day else []
    return {
        "site": view.site.id,
        **view.stamp(),
        "now": view.now.isoformat(),
        "day": view.day.isoformat() if view.day else None,
        "day_closed": view.day_closed,
        "open_until": iso(view.open_until) if view.opened else None,
        "counters": [_counter(view, now, counter, names, left) for counter in own],
        "services": [
            *(_service(view, now, waits, service, today) for service in services),
            *(_former(view, now, id, today) for id in dropped(view, now, agencies)),
        ],
        "interruptions": lasting(view),
        "carried": kept_places(view),
        "set_today": set_today(view, agencies),
        "forecast": forecast(view, agencies),
        "alarms": alarms(view, now, agencies, heard),
    }


def _counter(
    view: Snapshot, now: HallNow, counter: Counter, names: dict[str, str], left: dict[str, Left]
) -> HallCounter:
    state, here = now.state(counter.id), now.in_hand.get(counter.id)
    service = view.site.named(here.service) if here else None
    return {
        "id": counter.id,
        "name": counter.name,
        "officer": names.get(state.officer) if state.officer else None,
        "open": state.officer is not None,
        "state": _standing(state, here),
        "number": here.number if here else None,
        "service": here.service if here else None,
        "since": iso(here.since if here else state.break_since),
        "until": iso(state.break_until),
        "target_s": service.target_minutes * 60 if service and service.target_minutes else None,
        "waiting": sum(now.lines[s].waiting for s in counter.services if s in now.lines),
        "interruption": of_counter_id(view, counter.id),
        "left": left.get(counter.id) if state.officer is None else None,
    }


def _standing(state: CounterState, here: Ticket | None) -> Standing:
    if here is None:
        return unoccupied(state)
    return "called" if here.state is State.CALLED else "serving"


def _service(view: Snapshot, now: HallNow, waits: Waits, service: Service, today: Collection[Booking]) -> HallService:
    line, offer = now.lines.get(service.id), now.offers[service.id]
    return {
        "id": service.id,
        "name": service.name["id"],
        "former": False,
        "open": offer.open,
        "reason": offer.reason,
        "counters_open": open_counters(view, now, service.id),
        "waiting": line.waiting if line else 0,
        "people_waiting": line.people if line else 0,
        "first": iso(line.first) if line else None,  # the earliest issue among those who wait
        "estimate": waits.estimate_now(service.id),
        "interruption": of_service_id(view, service.id),
        **_booked(view, today, service.id),
    }


def _booked(view: Snapshot, today: Collection[Booking], service: str) -> BookedToday:
    """How the service's bookings of today went, and how many of them sit beside the line."""
    declared, own = view.site.services.get(service), [one for one in today if one.service == service]
    may_be = own or (declared is not None and declared.booking is not None)
    sitting = sum(one.service == service for one in early(view))
    return {"early": sitting, "bookings": went(own) if may_be else None}


def _former(view: Snapshot, now: HallNow, id: str, today: Collection[Booking]) -> HallService:
    """The line of a service that was dropped, by its name in the record."""
    line, known = now.lines.get(id), view.site.former.get(id)
    return {
        "id": id,
        "name": known.name["id"] if known else id,
        "former": True,
        "open": False,
        "reason": None,
        "counters_open": 0,
        "waiting": line.waiting if line else 0,
        "people_waiting": line.people if line else 0,
        "first": iso(line.first) if line else None,
        "estimate": None,
        "interruption": None,
        **_booked(view, today, id),
    }
