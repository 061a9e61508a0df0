"""Reading tickets: the queue of a service, who is set aside, one ticket by id, number or token."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)

from ..domain.events import Kind
from ..domain.fold import Ticket
from ..domain.site import Class
from ..domain.ticket import State
from ..domain.times import intervals, visits
from .carried import came_with, kept_numbers
from .columns import Instant
from .prepared import Asked, Prepared, Rows
from .rows import EVENT_COLUMNS, TICKET_COLUMNS, to_event, to_ticket
from .schema import ASIDE, AT_COUNTER, COMPLETED, GROUP, IN_LINE, SITTING, WAITING, counter, event, in_words, ticket


def _microseconds(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
    """From one instant to another, worked out by the database; null where one of them is."""
    return type_coerce(end, BigInteger) - type_coerce(start, BigInteger)


QUARTER_S = 15 * 60  # every zone's clock is whole quarters of an hour from UTC
RECENT = 20  # so many completed tickets tell how fast a service goes

# Statements are made once: making one costs several times what SQLite then takes to answer it (decisions.md). Those
# that a press of a key sends are prepared, which `tests/web/test_budget.py` counts.
_t = ticket.c
_SITE = _t.site == bindparam("site")
_DAY = _t.day == bindparam("day")
_SERVICE = _t.service == bindparam("service")
_CLASS = _t.class_ == bindparam("class_")
_TICKETS = select(*TICKET_COLUMNS)

_BY_ID = Prepared(_TICKETS.where(_t.id == bindparam("id")))
_BY_TOKEN = Prepared(_TICKETS.where(_t.token_hash == bindparam("token_hash")))
_BY_NUMBER = Prepared(_TICKETS.where(_SITE, _DAY, _t.number == bindparam("number")))
_GIVEN = select(_t.number, _t.seq).where(_SITE, _DAY)
_QUARTER = type_coerce(_t.issued_at, BigInteger) // (QUARTER_S * 1_000_000)
_NEWLY = _t.carried_from.is_(None)
_ARRIVALS = select(_t.series, _QUARTER, func.count()).where(_SITE, _DAY, _NEWLY).group_by(_t.series, _QUARTER)
_NUMBERS = select(_t.arrival, _t.number).where(_SITE, _SERVICE, IN_LINE).order_by(_t.arrival)
_IN_LINE = select(_t.arrival, _t.service, _t.class_).where(_SITE, IN_LINE)
_COUNTS = select(_t.service, _t.class_, func.count()).where(_SITE, IN_LINE).group_by(_t.service, _t.class_)
_AT_COUNTERS = select(counter.c.id, _t.number, _t.state).join(ticket, _t.id == counter.c.ticket)
_AT_COUNTERS = _AT_COUNTERS.where(counter.c.site == bindparam("site"))
# Sorted by what the small indexes are sorted by: else SQLite may look through every ticket that the site ever had.
_STILL_OPEN = (
    _TICKETS.where(_SITE, WAITING).order_by(_t.service, _t.class_, _t.arrival),
    _TICKETS.where(_SITE, AT_COUNTER).order_by(_t.counter),
    _TICKETS.where(_SITE, ASIDE, _t.state == State.HELD.value),
)

# The row knows the first call and the first service, which may have been at another service, before a transfer, or
# before a hold. Where the call that stood at the end is not the first, the ticket's own events are asked for the last.
_STOOD = event.alias("stood")
_OF_CALL = (_STOOD.c.site == _t.site) & (_STOOD.c.epoch == bindparam("epoch")) & (_STOOD.c.revision == _t.call_revision)
_OF_CALL = _OF_CALL & (_STOOD.c.ticket == _t.id)


def _last_call() -> ColumnElement[Any]:
    """When the ticket was last called."""
    again = select(func.max(event.c.at)).where(event.c.ticket == _t.id, event.c.kind == in_words(Kind.CALLED))
    return case((_STOOD.c.at > _t.called_at, again.correlate(ticket).scalar_subquery()), else_=_t.called_at)


_THEIRS = (_SITE, _DAY, _t.officer == bindparam("officer"), COMPLETED)
_AGAIN = _STOOD.c.at > _t.served_at  # called again after being served: held, or sent on, meanwhile
_LAST_HAD = func.coalesce(_t.call_revision, _t.arrival)  # who was never called was served on arrival
_SERVED = select(_LAST_HAD, _t.id, _t.number, _t.service, _t.outcome)
_SERVED = _SERVED.add_columns(_microseconds(_t.served_at, _t.finished_at), _AGAIN)
_SERVED = _SERVED.add_columns(_microseconds(_t.officer_since, _t.finished_at))
_SERVED = _SERVED.select_from(ticket).outerjoin(_STOOD, _OF_CALL).where(*_THEIRS)
# One at a time, so by the call; a clock may stand still.
_SERVED_BY = Prepared(_SERVED.order_by(_LAST_HAD.desc()))
_SERVED_ONE = Prepared(_SERVED.where(_t.id == bindparam("id")))
_THEIR_EVENTS = select(*EVENT_COLUMNS).join(ticket, _t.id == event.c.ticket).join(_STOOD, _OF_CALL)
_THEIR_EVENTS = _THEIR_EVENTS.where(*_THEIRS, _AGAIN)
_THEIR_EVENTS = _THEIR_EVENTS.order_by(event.c.ticket, event.c.epoch, event.c.revision, event.c.n)
_LASTED = select(_t.finished_at, _microseconds(_last_call(), _t.finished_at) // _t.people).select_from(ticket)
_LASTED = _LASTED.outerjoin(_STOOD, _OF_CALL).where(_SITE, _SERVICE, _DAY, COMPLETED, _t.called_at.is_not(None))
_DURATIONS = Prepared(_LASTED.order_by(_t.finished_at.desc()).limit(RECENT))
_DURATION = Prepared(_LASTED.where(_t.id == bindparam("id")))

# A visitor who came before the booked time is called from it on, though nobody has noted yet that it has come.
_DUE = WAITING & ((_t.early == literal_column("false")) | (_t.callable_from <= bindparam("now", type_=Instant())))
_LINE = _TICKETS.where(_SITE, _CLASS, _DUE).order_by(_t.arrival).limit(bindparam("limit"))
_GROUPS = select(_t.arrival, _t.service, _t.people).where(_SITE, IN_LINE, GROUP)
_ALL_WAITING = _TICKETS.where(_SITE, IN_LINE).order_by(_t.arrival)
_CLASSES = select(_t.class_).where(_SITE, _DUE).distinct()
_FROM = func.coalesce(_t.callable_from, _t.issued_at, type_=_t.issued_at.type)  # since when one waits to be called
_LONGEST = select(_t.service, func.count(), func.min(_FROM, type_=_t.issued_at.type))
_LONGEST = _LONGEST.where(_SITE, IN_LINE).group_by(_t.service)
_LINES = _LONGEST.add_columns(func.min(_t.since, type_=_t.since.type), func.sum(_t.people))
_EARLY = Prepared(_TICKETS.where(_SITE, SITTING).order_by(_t.callable_from, _t.arrival))
_IN_HAND = _TICKETS.join(counter, _t.id == counter.c.ticket).where(counter.c.site == bindparam("site"))
_SET_ASIDE = _TICKETS.where(_SITE, _DAY, ASIDE).order_by(_t.since, _t.arrival)


@cache
def _among(query: Select[*tuple[Any, ...]], count: int) -> Prepared:
    """The query narrowed to so many services: a list of any length would be written into it anew each time."""
    return Prepared(query.where(_t.service.in_([bindparam(f"service_{n}") for n in range(count)])))


def _ask(conn: Connection, query: Select[*tuple[Any, ...]], services: Collection[str], **asked: Any) -> Rows:
    named = {f"service_{n}": service for n, service in enumerate(services)}
    return _among(query, len(services)).rows(conn, asked | named)


def by_id(conn: Connection, id: str) -> Ticket | None:
    """The ticket of that id."""
    row = _BY_ID.first(conn, {"id": id})
    return to_ticket(row) if row else None


def by_token_hash(reader: Asked, token_hash: str) -> Ticket | None:
    """The ticket whose holder's token has that SHA-256."""
    row = _BY_TOKEN.first(reader, {"token_hash": token_hash})
    return to_ticket(row) if row else None


def by_number(conn: Connection, site: str, day: date, number: str) -> Ticket | None:
    """Today's ticket of that number."""
    row = _BY_NUMBER.first(conn, {"site": site, "day": day, "number": number})
    return to_ticket(row) if row else None


class Wanted(NamedTuple):
    """Which tickets are looked for: of these services; ``part``: of their numbers."""

    site: str
    day: date
    services: tuple[str, ...]
    part: str = ""
    state: State | None = None


def found(conn: Connection, wanted: Wanted, limit: int, offset: int = 0) -> list[Ticket]:
    """So many of the tickets that are looked for, the newest first."""
    query = _TICKETS.where(*_fitting(wanted)).order_by(_t.arrival.desc()).limit(limit).offset(offset)
    return [to_ticket(row) for row in conn.execute(query)]


def how_many(conn: Connection, wanted: Wanted) -> int:
    """How many there are."""
    return conn.execute(select(func.count()).select_from(ticket).where(*_fitting(wanted))).scalar_one()


def _fitting(wanted: Wanted) -> list[ColumnElement[bool]]:
    fitting = [_t.site == wanted.site, _t.day == wanted.day, _t.service.in_(wanted.services)]
    if wanted.part:
        fitting.append(_t.number.contains(wanted.part, autoescape=True) | came_with(wanted.part))
    if wanted.state is not None:
        fitting.append(_t.state == wanted.state.value)
    return fitting


def highest_given(conn: Connection, site: str, day: date) -> dict[str, int]:
    """prefix -> the highest number given or kept under it that day, whichever service bore it."""
    found: dict[str, int] = {}
    for number, seq in (*conn.execute(_GIVEN, {"site": site, "day": day}), *kept_numbers(conn, site, day)):
        prefix = number.rstrip("0123456789")
        found[prefix] = max(found.get(prefix, 0), seq)
    return found


def arrivals(conn: Connection, site: str, day: date) -> dict[tuple[str, int], int]:
    """(service, quarter of an hour since 1970) -> how many came for it on a day."""
    return {(service, quarter): n for service, quarter, n in conn.execute(_ARRIVALS, {"site": site, "day": day})}


def waiting_classes(conn: Connection, site: str, services: Sequence[str], now: datetime) -> set[Class]:
    """The classes that have somebody who can be called now waiting in any of the services."""
    return {class_ for (class_,) in _ask(conn, _CLASSES, services, site=site, now=now)}


def first_waiting(conn: Connection, site: str, services: Sequence[str], class_: str, now: datetime) -> Ticket:
    """The earliest arrival of a class across the services; in this transaction somebody was seen to wait in it."""
    (first,) = waiting(conn, site, services, class_, now, 1)
    return first


def waiting(
    conn: Connection, site: str, services: Sequence[str], class_: str, now: datetime, limit: int
) -> list[Ticket]:
    """The earliest ``limit`` arrivals of a class across the services that can be called now."""
    return [to_ticket(r) for r in _ask(conn, _LINE, services, site=site, class_=class_, now=now, limit=limit)]


def early(conn: Connection, site: str) -> list[Ticket]:
    """Those who came before their booked time and sit beside the line, whose time comes first."""
    return [to_ticket(row) for row in _EARLY.rows(conn, {"site": site})]


def all_waiting(conn: Connection, site: str, services: Collection[str]) -> list[Ticket]:
    """All who wait for any of the services, in the order of arrival."""
    return [to_ticket(r) for r in _ask(conn, _ALL_WAITING, services, site=site)]


def waiting_numbers(conn: Connection, site: str, service: str) -> list[tuple[int, str]]:
    """(arrival, number) of all who wait for a service, in the order of arrival."""
    return [(arrival, number) for arrival, number in conn.execute(_NUMBERS, {"site": site, "service": service})]


def waiting_in_line(conn: Connection, site: str, services: Collection[str]) -> list[tuple[int, str, str]]:
    """(arrival, service, class) of all who wait for any of the services; read from an index alone."""
    return [(arrival, service, class_) for arrival, service, class_ in _ask(conn, _IN_LINE, services, site=site)]


def waiting_counts(conn: Connection, site: str) -> dict[str, dict[Class, int]]:
    """service -> class -> how many wait, for services where anybody does; read from an index alone."""
    out: dict[str, dict[Class, int]] = {}
    for service, class_, n in conn.execute(_COUNTS, {"site": site}):
        out.setdefault(service, {})[class_] = n
    return out


class Group(NamedTuple):
    """More than one person who wait with one number."""

    service: str
    people: int


def groups_waiting(conn: Connection, site: str) -> dict[int, Group]:
    """arrival -> the group that came then, of those that wait; read from an index alone."""
    return {arrival: Group(*group) for arrival, *group in conn.execute(_GROUPS, {"site": site})}


def longest_waiting(conn: Connection, site: str, services: Collection[str]) -> Mapping[str, tuple[int, datetime]]:
    """service -> (how many wait, the earliest issue among them), for those of the services where anybody does."""
    return {service: (n, first) for service, n, first in _ask(conn, _LONGEST, services, site=site)}


class Line(NamedTuple):
    """Count who waits for a service, with the earliest issue among them and since when one of them has been waiting.

    A number that came back into the queue was issued long before it waits again. ``people``: a group's number is one.
    """

    waiting: int
    first: datetime
    since: datetime
    people: int


def lines(conn: Connection, site: str) -> dict[str, Line]:
    """service -> its line, where anybody waits."""
    return {service: Line(*line) for service, *line in conn.execute(_LINES, {"site": site})}


def in_hand(conn: Connection, site: str) -> dict[str, Ticket]:
    """counter -> the ticket that is called or served there."""
    return {row.counter: to_ticket(row) for row in conn.execute(_IN_HAND, {"site": site})}


def set_aside(conn: Connection, site: str, day: date, services: Sequence[str]) -> list[Ticket]:
    """Today's held and missed tickets of the services, longest first."""
    return [to_ticket(r) for r in _ask(conn, _SET_ASIDE, services, site=site, day=day)]


def at_counters(conn: Connection, site: str) -> dict[str, tuple[str, Literal["called", "serving"]]]:
    """counter -> (number, state) of the ticket that is called or served there."""
    return {c: (n, s) for c, n, s in conn.execute(_AT_COUNTERS, {"site": site})}


def still_open(conn: Connection, site: str) -> list[Ticket]:
    """Every ticket that has not ended, in the order of arrival."""
    found = [to_ticket(row) for query in _STILL_OPEN for row in conn.execute(query, {"site": site})]
    return sorted(found, key=lambda t: t.arrival)


class Served(NamedTuple):
    """A completed ticket, as far as its officer's own day is concerned.

    ``service_s``: all its time at its service, by which the promise is judged; ``own_s``: but for what another officer
    had served before this one took it over.
    """

    call_revision: int
    number: str
    service: str
    outcome: str | None
    service_s: float
    own_s: float


def served_by(conn: Connection, site: str, epoch: int, day: date, officer: str, id: str | None = None) -> list[Served]:
    """Today's completed tickets of an officer that were served, newest first, each with all its time at its service.

    One statement; a second where some of them were served in several stretches. ``id``: of these that ticket alone.
    """
    asked = {"site": site, "epoch": epoch, "day": day, "officer": officer}
    found = _SERVED_BY.rows(conn, asked) if id is None else _SERVED_ONE.rows(conn, asked | {"id": id})
    rows = [row for row in found if row[5] is not None]
    whole = _whole_visits(conn, asked) if any(row[6] for row in rows) else {}
    return [
        Served(call, number, service, outcome, all_s, all_s if own is None else own / 1e6)
        for call, id, number, service, outcome, us, _, own in rows
        for all_s in (whole.get((id, service), us / 1e6),)
    ]


def _whole_visits(conn: Connection, asked: Mapping[str, Any]) -> dict[tuple[str, str | None], float]:
    """(ticket, service) -> the seconds of all its stretches, where there were several."""
    happened = map(to_event, conn.execute(_THEIR_EVENTS, asked))
    return {
        (id or "", visit.service): visit.seconds
        for id, own in groupby(happened, key=lambda e: e.ticket)
        for visit in visits(intervals(own))
    }


class Lasted(NamedTuple):
    """From the last call of a completed ticket to its finish, for each who came; of one never called nothing is learnt.

    Time spent before that, at another service or counter, is not the finishing counter's.
    """

    finished_at: datetime
    microseconds: int | None


def recent_durations(
    conn: Connection, site: str, epoch: int, day: date, service: str, id: str | None = None
) -> list[Lasted]:
    """The day's last ``RECENT`` completed tickets of a service, the newest first; ``id``: of all that one alone."""
    asked = {"site": site, "epoch": epoch, "service": service, "day": day}
    rows = _DURATIONS.rows(conn, asked) if id is None else _DURATION.rows(conn, asked | {"id": id})
    return [Lasted(*row) for row in rows]
