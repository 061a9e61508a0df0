"""The present hall as suggestions play it on: lines, counters, paces, who is still to come; and what could be done."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from statistics import fmean
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from ..domain.bookings import Booking
from ..domain.day import local_date
from ..domain.drawn import Turn
from ..domain.pace import Pace, turn
from ..domain.roster import now_on
from ..domain.site import Class, Counter
from ..domain.suggesting import OPENED_FOR_S, WALK_S, Option
from ..domain.what_if import Coming, Hand, InLine, Post, Present
from ..store import accounts, bookings, rosters, suggestions, tickets
from .hall_now import HallNow, read_hall
from .interruptions import of_counter_id, of_service_id
from .snapshot import Snapshot
from .standing import early, people, recent_durations

EARLIER = timedelta(days=14)  # so far back paces are known from
COMING_S = 5400.0  # so far ahead newcomers are played
_WORTH_S = 300.0  # a break that ends within that of somebody's walk there is not worth ending
_SHOWN = 0.85  # the part of booked places that somebody comes for
_PRIORITY = 8  # of newcomers of a service that has it, one in so many

_PAST: WeakKeyDictionary[Engine, dict[tuple[str, int, date], Mapping[str, Pace]]] = WeakKeyDictionary()


class Read(NamedTuple):
    """What is read of a hall for suggestions; ``among``: service -> the arrivals of those who wait for it."""

    hall: Present
    options: tuple[Option, ...]
    promised: Mapping[str, float | None]
    names: Mapping[str, str]  # counter -> the person who could do it
    among: Mapping[str, tuple[int, ...]]


def read(view: Snapshot) -> Read:
    """All that suggestions are worked out of."""
    now, site = read_hall(view), view.site
    lines = {id: own.tickets for id, own in people(view, sorted(now.lines)).items()}
    turns = {id: found for id in site.services if (found := _turn(view, id)) is not None}
    waiting = tuple(
        InLine(t.arrival, id, t.class_, t.people, max((view.now - (t.callable_from or t.issued_at)).total_seconds(), 0))
        for id, own in lines.items()
        if id in turns
        for t in own
    )
    posts = tuple(_post(view, now, counter, {id: one.mean_s for id, one in turns.items()}) for counter in _places(view))
    day = view.day or local_date(site, view.now)
    coming = tuple(one for one in _coming(view, now, day) if one.service in turns)
    hall = Present(site.order, posts, waiting, turns, coming, suggestions.missed(view.conn, site.id, day))
    names = _names(view, now, day)
    options = tuple(_options(view, now, hall, names))
    promised = {
        id: one.wait_target_minutes * 60.0 if one.wait_target_minutes else None for id, one in site.services.items()
    }
    return Read(hall, options, promised, names, {id: tuple(t.arrival for t in own) for id, own in lines.items()})


def _places(view: Snapshot) -> list[Counter]:
    return list(view.site.counters.values())


def _turn(view: Snapshot, service: str) -> Turn | None:
    promised = view.site.services[service].target_minutes
    earlier = _earlier(view).get(service, Pace(0, 0.0, 0.0))
    return turn(recent_durations(view, service), earlier, promised * 60.0 if promised else None)


def _earlier(view: Snapshot) -> Mapping[str, Pace]:
    """Read once a day by each process: days that are over change no more."""
    known, day = _PAST.setdefault(view.conn.engine, {}), view.day or view.now.date()
    key = (view.site.id, view.epoch, day)
    if key not in known:
        if len(known) >= 100:
            known.clear()
        known[key] = suggestions.paces(view.conn, view.site.id, day - EARLIER, day)
    return known[key]


def _post(view: Snapshot, now: HallNow, counter: Counter, means: Mapping[str, float]) -> Post:
    state, here = now.state(counter.id), now.in_hand.get(counter.id)
    services = frozenset(id for id in counter.services if id in means)
    if state.officer is None or of_counter_id(view, counter.id) is not None:
        return Post(counter.id, services, state.wheel, None)
    if here is not None and here.service in means:
        called = here.since if here.called_at is None or here.recalls else here.called_at
        so_far = max((view.now - called).total_seconds(), 0.0)
        return Post(counter.id, services, state.wheel, 0.0, Hand(here.service, here.people, so_far))
    if state.break_since is not None:
        until = state.break_until or view.now + timedelta(seconds=900)
        return Post(counter.id, services, state.wheel, max((until - view.now).total_seconds(), 0.0))
    awaited = not services.isdisjoint(now.lines)
    free_s = fmean(means[id] for id in services) / 2 if awaited and services else 0.0
    return Post(counter.id, services, state.wheel, free_s)


def _coming(view: Snapshot, now: HallNow, day: date) -> Iterator[Coming]:
    """Newcomers as in the last hour, where numbers are given; whoever sits early; whoever has booked."""
    quarter, came = int(view.now.timestamp()) // tickets.QUARTER_S, dict[str, int]()
    for (service, at), n in tickets.arrivals(view.conn, view.site.id, day).items():
        if quarter - 4 <= at < quarter:
            came[service] = came.get(service, 0) + n
    for service, n in sorted(came.items()):
        offer, declared = now.offers.get(service), view.site.services.get(service)
        if offer is None or declared is None or not offer.open:
            continue
        for k in range(int(COMING_S / 3600 * n)):
            class_: Class = (
                "priority" if k % _PRIORITY == _PRIORITY // 2 and "priority" in declared.classes else "regular"
            )
            yield Coming((k + 0.5) * 3600 / n, service, class_)
    for ticket in early(view):
        if ticket.callable_from is not None:
            yield Coming(max((ticket.callable_from - view.now).total_seconds(), 0.0), ticket.service, ticket.class_)
    yield from _booked(view, bookings.of_day(view.conn, view.site.id, day))


def _booked(view: Snapshot, today: list[Booking]) -> Iterator[Coming]:
    due = [one for one in today if one.state == "booked"]
    for n, one in enumerate(due):
        in_s = (one.slot - view.now).total_seconds()
        if in_s <= COMING_S and int((n + 1) * _SHOWN) > int(n * _SHOWN):
            yield Coming(max(in_s, 0.0), one.service, "booked")


def _names(view: Snapshot, now: HallNow, day: date) -> Mapping[str, str]:
    """Counter -> the name of the one planned at it now, while it is closed, or resting there."""
    known = accounts.names(view.conn)
    planned = {
        shift.counter: shift.account
        for shift, _ in now_on(rosters.of_day(view.conn, view.site.id, day), view.site, day, view.now)
    }
    resting = {id: state.officer for id, state in now.counters.items() if state.officer and state.break_since}
    found = {counter: known.get(account) for counter, account in {**planned, **resting}.items()}
    return {counter: name for counter, name in found.items() if name}


def _options(view: Snapshot, now: HallNow, hall: Present, names: Mapping[str, str]) -> Iterator[Option]:
    """Open a closed counter for an hour, end a break, let a counter serve one more service of its agency.

    A closed one may be opened for one more service of its agency, too.
    """
    declared = view.site.services
    for post in hall.posts:
        state, agency = now.state(post.id), view.site.counters[post.id].agency
        own = frozenset(id for id in post.services if of_service_id(view, id) is None)
        if of_counter_id(view, post.id) is not None:
            continue
        waited_for = sorted(now.lines.keys() & hall.turns.keys() - post.services)
        more = [id for id in waited_for if declared[id].agency == agency and of_service_id(view, id) is None]
        if state.officer is None:
            for services, meant_for in [
                (post.services, own),
                *((post.services | {id}, frozenset({id})) for id in more),
            ]:
                opened = Post(post.id, services, post.pointer, WALK_S, None, WALK_S + OPENED_FOR_S)
                yield Option("open", opened, meant_for, post.id in names)
            continue
        if state.break_since is not None:
            if (post.free_s or 0.0) > WALK_S + _WORTH_S:
                yield Option("resume", Post(post.id, post.services, post.pointer, WALK_S), own)
            continue
        for id in more:
            with_it = Post(post.id, post.services | {id}, post.pointer, post.free_s, post.hand)
            yield Option("serve", with_it, frozenset({id}))
