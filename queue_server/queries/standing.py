"""How a site stands: its counters, whom they have, who waits, who is set aside. Every document begins with it.

Each thing is read once a revision for all who ask, and says below what a command leaves of it (``kept.py``).
"""

from bisect import insort
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from ..domain.events import Kind, facts
from ..domain.fold import CounterState, Event, Ticket
from ..domain.play import lines_of
from ..domain.site import CLASSES, Class
from ..domain.ticket import State
from ..domain.turns import Waiting
from ..store import counters, events, tickets
from ..store import escorts as store_escorts
from ..store.tickets import Group, Served
from .kept import After, Moved, Things, kept, kept_each, rule, without
from .snapshot import Snapshot

_AT_COUNTER, _ASIDE = (State.CALLED, State.SERVING), (State.HELD, State.NO_SHOW)
_UNASKED = 3  # completed tickets that nobody has asked about since: then all are read at once
_NOBODY: tuple[tuple[int, ...], ...] = ((),) * len(CLASSES)


@kept(lambda things, moved: {} if Kind.CONFIDED in moved.kinds else things)
def escorts(view: Snapshot) -> frozenset[str]:
    """The tickets of whoever asked to be guided to the counter."""
    return store_escorts.of_site(view.conn, view.site.id)


def _counters_after(things: Things, moved: Moved) -> Things:
    return {of: {**thing, **moved.counters} for of, thing in things.items()} if moved.counters else things


@kept(_counters_after)
def counters_now(view: Snapshot) -> Mapping[str, CounterState]:
    """Every counter's state by id, retired ones included."""
    return counters.of_site(view.conn, view.site.id)


def _in_hand_after(things: Things, moved: Moved) -> Things:
    if not moved.services(*_AT_COUNTER):
        return things
    return {of: _with_whom(thing, moved) for of, thing in things.items()}


def _with_whom(known: Mapping[str, Ticket], moved: Moved) -> Mapping[str, Ticket]:
    out = dict(known)
    for old, new in moved.tickets:
        if old and old.state in _AT_COUNTER:
            out.pop(old.counter or "", None)
        if new.state in _AT_COUNTER:
            out[new.counter or ""] = new
    return out


@kept(_in_hand_after)
def in_hand(view: Snapshot) -> Mapping[str, Ticket]:
    """counter -> the ticket that is called or served there."""
    return tickets.in_hand(view.conn, view.site.id)


def _waiting(one: Ticket | None, service: str) -> bool:
    return one is not None and one.in_line and one.service == service


def _counts_after(things: Things, moved: Moved) -> Things:
    return {of: _counted(thing, moved) for of, thing in things.items()} if moved.waiting else things


def _counted(known: Mapping[str, Mapping[Class, int]], moved: Moved) -> Mapping[str, Mapping[Class, int]]:
    out = dict(known)
    for one, by in ((one, by) for pair in moved.tickets for one, by in zip(pair, (-1, 1), strict=True)):
        if one is not None and one.in_line:
            of = out.get(one.service, {})
            of = {**of, one.class_: of.get(one.class_, 0) + by}
            out[one.service] = {class_: n for class_, n in of.items() if n}
    return {service: of for service, of in out.items() if of}


@kept(_counts_after)
def waiting_counts(view: Snapshot) -> Mapping[str, Mapping[Class, int]]:
    """service -> class -> how many wait, where anybody does."""
    return tickets.waiting_counts(view.conn, view.site.id)


def _groups_after(things: Things, moved: Moved) -> Things:
    touched = [one for pair in moved.tickets for one in pair if one is not None and one.people > 1]
    return {of: _grouped(thing, moved) for of, thing in things.items()} if touched else things


def _grouped(known: Mapping[int, Group], moved: Moved) -> Mapping[int, Group]:
    out = dict(known)
    for _, new in moved.tickets:
        out.pop(new.arrival, None)
        if new.in_line and new.people > 1:
            out[new.arrival] = Group(new.service, new.people)
    return out


@kept(_groups_after)
def groups(view: Snapshot) -> Mapping[int, Group]:
    """arrival -> the group that came then, of those that wait; mostly none."""
    return tickets.groups_waiting(view.conn, view.site.id)


def _early_after(things: Things, moved: Moved) -> Things:
    touched = [one for pair in moved.tickets for one in pair if one is not None and one.early]
    return {of: _sitting(thing, moved) for of, thing in things.items()} if touched else things


def _sitting(known: list[Ticket], moved: Moved) -> list[Ticket]:
    changed = {new.id: new for _, new in moved.tickets}
    now = [one for one in known if one.id not in changed]
    now += [one for one in changed.values() if one.early and one.state is State.WAITING]
    return sorted(now, key=lambda one: (one.callable_from, one.arrival))


@kept(_early_after)
def early(view: Snapshot) -> list[Ticket]:
    """Those who came before their booked time and sit beside the line, whose time comes first; mostly nobody."""
    return tickets.early(view.conn, view.site.id)


Line = tuple[tuple[int, ...], ...]  # class by class (as ``CLASSES``) the arrivals, earliest first


def _each_line(after: Callable[[Any, Moved, str], Any]) -> After:
    """Of those lines only that somebody joined or left."""

    def all_of_them(things: Things, moved: Moved) -> Things:
        if not moved.waiting:
            return things
        touched = moved.waiting & things.keys()
        return {**things, **{service: after(things[service], moved, service) for service in touched}}

    return all_of_them


def _line_after(line: Line, moved: Moved, service: str) -> Line:
    for old, new in moved.tickets:
        for one, comes in ((old, False), (new, True)):
            if one is not None and _waiting(one, service):
                kind = CLASSES.index(one.class_)
                own = [a for a in line[kind] if a != one.arrival]
                if comes:
                    insort(own, one.arrival)
                line = (*line[:kind], tuple(own), *line[kind + 1 :])
    return line


@kept_each(_each_line(_line_after))
def lines(view: Snapshot, services: Collection[str]) -> Mapping[str, Line]:
    """service -> who waits for it, by their arrivals; read from an index alone."""
    found = lines_of(map(Waiting._make, tickets.waiting_in_line(view.conn, view.site.id, services)))
    return {s: tuple(tuple(line) for line in found.get(s, _NOBODY)) for s in services}


class People:
    """The people who wait for a service, in the order of arrival."""

    def __init__(self, tickets: Iterable[Ticket] = ()) -> None:
        self.tickets = list(tickets)

    @cached_property
    def of_class(self) -> Mapping[str, list[Ticket]]:
        """class -> they."""
        out: dict[str, list[Ticket]] = {class_: [] for class_ in CLASSES}
        for one in self.tickets:
            out[one.class_].append(one)
        return out

    @cached_property
    def first_issued(self) -> Any:
        """Since when the first of them waits to be called; None if nobody waits."""
        return min((one.callable_from or one.issued_at for one in self.tickets), default=None)


def _people_after(people: People, moved: Moved, service: str) -> People:
    for old, new in moved.tickets:
        if _waiting(old, service) or _waiting(new, service):
            stay = [one for one in people.tickets if one.id != new.id]
            if _waiting(new, service):
                insort(stay, new, key=lambda one: one.arrival)
            people = People(stay)
    return people


@kept_each(_each_line(_people_after))
def people(view: Snapshot, services: Collection[str]) -> Mapping[str, People]:
    """service -> who waits for it."""
    found: dict[str, list[Ticket]] = {s: [] for s in services}
    for one in tickets.all_waiting(view.conn, view.site.id, services):
        found[one.service].append(one)
    return {service: People(own) for service, own in found.items()}


def _aside_after(things: Things, moved: Moved) -> Things:
    touched = moved.services(*_ASIDE)
    return (
        {of: thing for of, thing in things.items() if touched.isdisjoint(cast(tuple[str, ...], of))}
        if touched
        else things
    )


@kept(_aside_after)
def set_aside(view: Snapshot, services: tuple[str, ...]) -> list[Ticket]:
    """Today's held and missed tickets of the services, longest first."""
    return tickets.set_aside(view.conn, view.site.id, view.day, services) if view.day else []


class _Completed(NamedTuple):
    """What is known of completed tickets, newest first; and which were completed since that was read."""

    known: list[Any]
    since: tuple[str, ...] = ()


def _completed_since(whose: Callable[[Ticket], Hashable]) -> After:
    """All is read anew where a ticket that was completed is something else now."""

    def after(things: Things, moved: Moved) -> Things:
        if not moved.services(State.COMPLETED):
            return things
        now = dict(things)
        for old, new in moved.tickets:
            if old is not None and old.state is State.COMPLETED:
                now = without(now, {whose(old), whose(new)})
            elif new.state is State.COMPLETED and (known := now.get(whose(new))):
                since = (*known.since, new.id)
                now[whose(new)] = known._replace(since=since)
                now = without(now, {whose(new)} if len(since) > _UNASKED else ())
        return now

    return after


T = TypeVar("T", bound=tuple[Any, ...])


def _completed(view: Snapshot, kind: str, whose: str, read: Callable[..., list[T]], most: int | None = None) -> list[T]:
    """What ``read`` finds, first of all then of each ticket by itself; in the order of its first column."""
    if view.day is None:
        return []
    things, asked = view.kept.setdefault(kind, {}), (view.conn, view.site.id, view.epoch, view.day, whose)
    before: _Completed | None = things.get(whose)
    if before is None:
        before = things[whose] = _Completed(read(*asked))
    elif before.since:
        since = [one for id in before.since for one in read(*asked, id)]
        known = sorted([*since, *before.known], key=itemgetter(0), reverse=True)[:most]
        before = things[whose] = _Completed(known)
    return before.known


rule("served", _completed_since(lambda ticket: ticket.officer))
rule("durations", _completed_since(lambda ticket: ticket.service))


def served_by(view: Snapshot, officer: str) -> list[Served]:
    """Today's completed tickets of an officer that were served, newest first."""
    return _completed(view, "served", officer, tickets.served_by)


def recent_durations(view: Snapshot, service: str) -> list[float]:
    """Seconds from the last call to the finish of the day's last completed tickets of a service."""
    found = _completed(view, "durations", service, tickets.recent_durations, tickets.RECENT)
    return [max(us / 1e6, 0.0) for _, us in found if us is not None]


@kept(lambda things, moved: without(things, {e.counter for e in moved.events if _tells(things, e)}))
def last_overseen(view: Snapshot, counter: str) -> Event | None:
    """What a supervisor last did today at a counter that somebody else had open; until that one acts there again."""
    last = events.last_overseen(view.conn, view.site.id, view.day, counter) if view.day else None
    officer = last.detail.get("at") if last else None
    return None if last and officer and events.has_acted_since(view.conn, last, officer) else last


def _tells(things: Things, event: Event) -> bool:
    return event.kind == Kind.OVERSEEN or things.get(event.counter) is not None


def _called_anew(moved: Moved) -> list[Ticket]:
    """The tickets whose newest call is another than before."""
    return [new for old, new in moved.tickets if new.call_revision != (old.call_revision if old else None)]


def calls_after(things: Things, moved: Moved) -> Things:
    """All is made anew after a call, and after one that was undone."""
    return {} if _called_anew(moved) else things


def _standing_after(things: Things, moved: Moved) -> Things:
    """A call comes first, and its ticket's call of before stands no more: some hundred others are not read again.

    Where an older one stands again, or might come in at the end, all are read anew.
    """
    tickets = _called_anew(moved)
    if not tickets:
        return things
    new = {(one.ticket, one.revision): one for one in moved.events if facts(one.kind).announced}
    came = [new.get((one.id, one.call_revision)) for one in tickets if one.call_revision is not None]
    if None in came:
        return {}
    first = sorted(cast(list[Event], came), key=lambda one: one.revision, reverse=True)
    gone, now = {one.id for one in tickets}, Things()
    for most, calls in things.items():
        stay = first + [one for one in calls if one.ticket not in gone]
        if len(stay) >= len(calls) or len(calls) < cast(int, most):
            now[most] = stay[: cast(int, most)]
    return now


@kept(_standing_after)
def standing_calls(view: Snapshot, most: int) -> list[Event]:
    """Today's newest call of each ticket, newest first; a call that was undone stands no more."""
    return list(events.standing_calls(view.conn, view.site.id, view.epoch, view.day, most))
