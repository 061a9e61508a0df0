"""What a supervisor should see to: only what the server can tell for certain, each with the moment it began."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import get_args

from ..documents.hall import Alarm, AlarmKind
from ..domain.absence import ABSENT_AFTER, Place, absent_from
from ..domain.day import local_date
from ..domain.quota import QUOTA_FULL
from ..domain.site import Class, Counter, Service, Site
from ..domain.ticket import State
from ..store import accounts
from .hall_now import HallNow
from .snapshot import Snapshot
from .ticket import iso

IDLE_AFTER = timedelta(minutes=2)  # an officer may turn a page before calling the next
STUCK_AFTER = timedelta(minutes=5)  # whom a call has brought by then stands at the counter, or is a no-show
NEAR_END = 5  # a quota of which a fifth or less is left
_ORDER = get_args(AlarmKind)  # the gravest first

Heard = Mapping[Place, datetime]  # enrolled screens, and when each last spoke


def alarms(
    view: Snapshot, hall: HallNow, agencies: frozenset[str] = frozenset(), heard: Heard | None = None
) -> list[Alarm]:
    """The gravest first; of ``agencies`` only, if any are named.

    ``at`` is when it becomes an alarm if nothing happens before: a page waits for it by its clock. ``since`` is what
    its time is counted from; a quota has none.
    """
    places, services = within(view.site, agencies)
    found = [a for place in places for a in _of_counter(view, hall, place)]
    found += [a for service in services for a in _of_service(view, hall, service)]
    found += [_of_former(hall, id) for id in dropped(view, hall, agencies) if id in hall.lines]
    found += _of_screens(view, heard or {}, {place.id for place in places} if agencies else None)
    return sorted(found, key=lambda a: (_ORDER.index(a["kind"]), a["at"]))


def within(site: Site, agencies: frozenset[str]) -> tuple[list[Counter], list[Service]]:
    """The counters and services of these agencies; none named means all."""
    places = [c for c in site.counters.values() if not agencies or c.agency in agencies]
    return places, [s for s in site.services.values() if not agencies or s.agency in agencies]


def _alarm(
    kind: AlarmKind,
    at: datetime,
    since: datetime | None = None,
    *,
    counter: str | None = None,
    service: str | None = None,
    class_: Class | None = None,
    left: int | None = None,
    quota: int | None = None,
) -> Alarm:
    return {
        "id": f"{kind}/{counter or ''}/{service or ''}/{class_ or ''}/",
        "kind": kind,
        "at": iso(at),
        "since": iso(since),
        "counter": counter,
        "service": service,
        "class": class_,
        "left": left,
        "quota": quota,
        "device": None,
        "name": None,
        "screen": None,
        "value": None,
        "limit": None,
    }


def _of_counter(view: Snapshot, hall: HallNow, place: Counter) -> Iterator[Alarm]:
    """A visitor called long ago, or longer here than promised; an officer who calls nobody though people wait."""
    here, state = hall.in_hand.get(place.id), hall.state(place.id)
    if here is not None:
        service = view.site.named(here.service)
        if here.state is State.SERVING and service is not None and service.target_minutes:
            over = here.since + timedelta(minutes=service.target_minutes)
            yield _alarm("over_target", over, here.since, counter=place.id, service=here.service)
        if here.state is State.CALLED:
            yield _alarm("stuck_call", here.since + STUCK_AFTER, here.since, counter=place.id, service=here.service)
        return
    waiting = [hall.lines[s].since for s in place.services if s in hall.lines]
    if state.officer is None or not waiting:
        return
    idle = hall.last_acts.get(place.id) or state.opened_at or view.now
    since = max(idle, min(waiting))
    yield _alarm("idle", since + IDLE_AFTER, since, counter=place.id)


def _of_service(view: Snapshot, hall: HallNow, service: Service) -> Iterator[Alarm]:
    """People wait and no counter serves them; hardly a number is left."""
    line = hall.lines.get(service.id)
    if line is not None and not open_counters(view, hall, service.id):
        yield _alarm("nobody_open", line.since, line.first, service=service.id)
    offer = hall.offers[service.id]
    if not (offer.open or offer.reason == QUOTA_FULL):
        return
    today = view.site.service_on(service.id, view.day or local_date(view.site, view.now))
    limits = [(class_, left, today.quota.get(class_)) for class_, left in offer.quota_left.items()]
    for class_, left, quota in [(None, offer.total_left, today.quota_total), *limits]:  # None: all classes together
        if left is not None and quota and left * NEAR_END <= quota:
            yield _alarm("quota", view.now, service=service.id, class_=class_, left=left, quota=quota)


def dropped(view: Snapshot, hall: HallNow, agencies: frozenset[str]) -> list[str]:
    """The agencies' services that are not in the site file any more, for which somebody waits or is at a counter.

    A service that not even the record knows is everybody's.
    """
    theirs = {*view.site.former_of(agencies)}
    stand = hall.lines.keys() | {ticket.service for ticket in hall.in_hand.values()}
    gone = stand - view.site.services.keys()
    return sorted(id for id in gone if id in theirs or id not in view.site.former)


def _of_former(hall: HallNow, id: str) -> Alarm:
    """No counter's queue has them: nobody is called unless somebody calls them by number."""
    line = hall.lines[id]
    return _alarm("nobody_open", line.since, line.first, service=id)


def _of_screens(view: Snapshot, heard: Heard, counters: set[str] | None) -> Iterator[Alarm]:
    """Enrolled screens that were there today and are not; of these counters' displays only, if any are named."""
    for place, since, at, name in absent(view, heard):
        if counters is None or place.counter in counters:
            yield {
                **_alarm("device", at, since, counter=place.counter),
                "id": f"device/{place.counter or ''}///{place.device}",
                "device": place.device,
                "name": name,
                "screen": place.screen,
                "value": max(0, int((view.now - since).total_seconds())),
                "limit": int(ABSENT_AFTER.total_seconds()),
            }


def absent(view: Snapshot, heard: Heard) -> list[tuple[Place, datetime, datetime, str]]:
    """(screen, last heard, an alarm from, its name) of screens that have gone silent; none that was revoked."""
    if view.clock_lost and not view.opened:
        return []  # no hours can be read from it
    asked = {"opened": view.opened, "day_closed": view.day_closed}
    doubted = [(place, since, absent_from(view.site, since, view.now, **asked)) for place, since in heard.items()]
    due = [(place, since, at) for place, since, at in doubted if at is not None]
    standing = accounts.standing_devices(view.conn, [place.device for place, *_ in due]) if due else {}
    return [(place, since, at, standing[place.device].name) for place, since, at in due if place.device in standing]


def open_counters(view: Snapshot, hall: HallNow, service: str) -> int:
    """How many counters that serve it an officer has open."""
    return sum(service in p.services and bool(hall.state(p.id).officer) for p in view.site.counters.values())
