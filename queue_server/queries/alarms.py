"""What a supervisor should see to: only what the server can tell for certain, each with the moment it began."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

from ..documents.hall import Acknowledged, Alarm, AlarmKind, Alarms
from ..domain.absence import ABSENT_AFTER, Place, absent_from, counted_from, wanted_from
from ..domain.alarms import OUT_OF_ORDER, WITHIN, Taken, is_quiet, jumped, level_of, same_trouble
from ..domain.breaks import over_at
from ..domain.day import local_date
from ..domain.devices import MUTE_AFTER, is_gone
from ..domain.hours import last_closing
from ..domain.quota import QUOTA_FULL
from ..domain.roster import now_on
from ..domain.site import Class, Counter, Service, Site
from ..domain.ticket import State
from ..store import accounts, events, presence, rosters, taken_alarms
from .hall_now import HallNow, read_hall
from .snapshot import Snapshot
from .ticket import iso

IDLE_AFTER = timedelta(minutes=2)  # an officer may turn a page before calling the next
STUCK_AFTER = timedelta(minutes=5)  # whom a call has brought by then stands at the counter, or is a no-show
UNSTAFFED_AFTER = timedelta(seconds=30)  # one officer gets up and the next sits down
FORGOTTEN_AFTER = timedelta(minutes=30)  # after the last closing, with nobody left to serve: the day's papers are done
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
    found = [_help(place, since) for place in places if (since := _asks_since(hall, place)) is not None]
    found += [a for place in places for a in _of_counter(view, hall, place)]
    found += [a for service in services for a in _of_service(view, hall, service)]
    found += [_of_former(hall, id) for id in dropped(view, hall, agencies) if id in hall.lines]
    found += _unstaffed(view, hall, {place.id: place for place in places})
    found += _out_of_order(view, {place.id for place in places})
    found += _of_screens(view, heard or {}, {place.id for place in places} if agencies else None)
    found = _with_who_took_them(view, found) if found else []
    return sorted(found, key=lambda a: (a["acknowledged"] is not None, _ORDER.index(a["kind"]), a["at"]))


def _with_who_took_them(view: Snapshot, found: list[Alarm]) -> list[Alarm]:
    taken = taken_alarms.of_site(view.conn, view.site.id)
    names = accounts.names(view.conn) if taken else {}
    return [_with_who_took(view, one, taken.get(one["id"]), names) for one in found]


def _with_who_took(view: Snapshot, one: Alarm, taken: Taken | None, names: Mapping[str, str]) -> Alarm:
    since = datetime.fromisoformat(one["since"]) if one["since"] else None
    level = max(one["level"], level_of(since, datetime.fromisoformat(one["at"]), view.now))
    quiet: Acknowledged | None = None
    if taken is not None and is_quiet(taken, same_trouble(one["kind"], since), level):
        quiet = {"by": names.get(taken.by), "at": iso(taken.at)}
    return {**one, "level": level, "acknowledged": quiet}


def alarms_now(view: Snapshot, agencies: frozenset[str], heard: Heard) -> Alarms:
    """Those that are due."""
    found = alarms(view, read_hall(view), agencies, heard)
    return [one for one in found if datetime.fromisoformat(one["at"]) <= view.now]


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
    number: str | None = None,
) -> Alarm:
    return {
        "id": f"{kind}:{counter or ''}:{service or ''}:{class_ or ''}:",
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
        "fault": None,
        "person": None,
        "number": number,
        "value": None,
        "limit": None,
        "level": 1 if left == 0 else 0,
        "acknowledged": None,
    }


def _of_counter(view: Snapshot, hall: HallNow, place: Counter) -> Iterator[Alarm]:
    """A visitor called long ago, or longer here than promised; an officer who calls nobody though people wait, who
    rests for longer than was said, or who has gone and left the counter open."""
    here, state = hall.in_hand.get(place.id), hall.state(place.id)
    if here is not None:
        service = view.site.named(here.service)
        if here.state is State.SERVING and service is not None and service.target_minutes:
            over = here.since + timedelta(minutes=service.target_minutes)
            yield _alarm("over_target", over, here.since, counter=place.id, service=here.service)
        if here.state is State.CALLED:
            at = here.since + STUCK_AFTER
            yield _alarm("stuck_call", at, here.since, counter=place.id, service=here.service, number=here.number)
        return
    waiting = [hall.lines[s].since for s in place.services if s in hall.lines]
    if (back_at := over_at(view.site, state)) is not None:
        yield _alarm("break_over", back_at, back_at, counter=place.id)
        return
    if state.officer is None:
        return
    if not waiting:
        yield from _left_open(view, place, state.opened_at)
        return
    idle = hall.last_acts.get(place.id) or state.opened_at or view.now
    since = max(idle, min(waiting))
    yield _alarm("idle", since + IDLE_AFTER, since, counter=place.id)


def _asks_since(hall: HallNow, place: Counter) -> datetime | None:
    state = hall.state(place.id)
    return state.help_since if state.asks_help else None


def _help(place: Counter, since: datetime) -> Alarm:
    """An officer asks for help; nobody has said yet that they come."""
    return _alarm("help", since, since, counter=place.id)


def _unstaffed(view: Snapshot, hall: HallNow, places: Mapping[str, Counter]) -> Iterator[Alarm]:
    """Counters at which somebody should sit now, by the roster, and that nobody has open."""
    if view.clock_lost and not view.opened:
        return  # no hours can be read from it
    day = local_date(view.site, view.now)
    planned = now_on(rosters.of_day(view.conn, view.site.id, day), view.site, day, view.now)
    empty = [(one, began) for one, began in planned if one.counter in places and not hall.state(one.counter).officer]
    if not empty:
        return
    left, names = events.last_closed(view.conn, view.site.id, day), accounts.names(view.conn)
    for shift, began in empty:
        empty_from = max(began, left.get(shift.counter, began))
        place, asked = places[shift.counter], {"opened": view.opened, "day_closed": view.day_closed}
        since = wanted_from(view.site, place.services, empty_from, view.now, **asked)
        if since is not None:
            alarm = _alarm("unstaffed", since + UNSTAFFED_AFTER, since, counter=shift.counter)
            yield {**alarm, "person": names.get(shift.account)}


def _left_open(view: Snapshot, place: Counter, opened_at: datetime | None) -> Iterator[Alarm]:
    """A counter that its officer has forgotten: nobody waits there, and nobody can come any more today."""
    if view.opened or view.clock_lost:
        return
    ended = last_closing(view.site, place.services, local_date(view.site, view.now))
    if (since := max((at for at in (ended, opened_at) if at is not None), default=None)) is not None:
        yield _alarm("left_open", since + FORGOTTEN_AFTER, since, counter=place.id)


def _of_service(view: Snapshot, hall: HallNow, service: Service) -> Iterator[Alarm]:
    """People wait and no counter serves them, or longer than was promised; hardly a number is left."""
    line = hall.lines.get(service.id)
    if line is not None and service.wait_target_minutes:
        limit = timedelta(minutes=service.wait_target_minutes)
        over = _alarm("wait_over", line.since + limit, line.since, service=service.id)
        yield {**over, "value": _seconds(view.now - line.since), "limit": _seconds(limit)}
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


def _out_of_order(view: Snapshot, places: set[str]) -> Iterator[Alarm]:
    """Counters that lately called by number, past others who waited, more often than chance would have it."""
    calls = events.calls_past_others(view.conn, view.site.id, view.day) if view.day else []
    last = {counter: number for counter, _, number in calls}
    for counter, times in jumped(((counter, at) for counter, at, _ in calls), view.now).items():
        if counter in places:
            alarm = _alarm("out_of_order", times[OUT_OF_ORDER - 1], counter=counter, number=last[counter])
            level = len(times) // OUT_OF_ORDER - 1
            yield {**alarm, "value": len(times), "limit": _seconds(WITHIN), "level": level}


def _seconds(span: timedelta) -> int:
    return max(0, int(span.total_seconds()))


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
    """Enrolled screens that were there today and are not, or should speak and cannot.

    Of these counters' displays only, if any are named.
    """
    for place, since, at, name in absent(view, heard):
        if counters is None or place.counter in counters:
            yield _of_screen("dead", view, place, name, at, since, ABSENT_AFTER)
    for place, since, at, name in mute(view, heard):
        if counters is None or place.counter in counters:
            yield _of_screen("mute", view, place, name, at, since, MUTE_AFTER)


def _of_screen(
    fault: Literal["dead", "mute"],
    view: Snapshot,
    place: Place,
    name: str,
    at: datetime,
    since: datetime,
    after: timedelta,
) -> Alarm:
    about = "" if fault == "dead" else fault
    return {
        **_alarm("device", at, since, counter=place.counter),
        "id": f"device:{place.counter or ''}:{about}::{place.device}",
        "device": place.device,
        "name": name,
        "screen": place.screen,
        "fault": fault,
        "value": _seconds(view.now - since),
        "limit": int(after.total_seconds()),
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


def mute(view: Snapshot, heard: Heard) -> list[tuple[Place, datetime, datetime, str]]:
    """(screen, mute since, an alarm from, its name) of screens that should speak and cannot; one that is gone is not.

    Whether it is meant to speak is its own page's word; until ``live/presence.py`` has written that, it is not known.
    """
    if view.clock_lost and not view.opened:
        return []
    found = []
    for row in presence.mute(view.conn, view.site.id):
        place = Place(row.id, view.site.id, row.screen, row.counter)
        asked = {"opened": view.opened, "day_closed": view.day_closed}
        at = counted_from(view.site, row.mute_since + MUTE_AFTER, view.now, **asked)
        if at is not None and not is_gone(heard.get(place, view.now), view.now):
            found.append((place, row.mute_since, at, row.name))
    return found


def open_counters(view: Snapshot, hall: HallNow, service: str) -> int:
    """How many counters that serve it an officer has open."""
    return sum(service in p.services and bool(hall.state(p.id).officer) for p in view.site.counters.values())
