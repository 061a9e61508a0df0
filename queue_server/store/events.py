"""Reading the append-only record of what happened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, literal, select, tuple_

from ..domain import interruption
from ..domain.events import IDLE_SINCE, OF_INTERRUPTIONS, OF_LEVERS, REASONED, Kind
from ..domain.fold import Event
from ..domain.ticket import State
from .day_walk import days_in
from .few import FEW, SAME, few
from .prepared import Prepared
from .private import KEPT, is_kept, opened
from .rows import EVENT_COLUMNS, to_event
from .schema import IS_CALL, event, in_words, private, ticket
from .seldom import of_kinds, of_kinds_on

_e = event.c
_EVENTS = select(*EVENT_COLUMNS)
_SITE = _e.site == bindparam("site")
_EPOCH: BindParameter[int] = bindparam("epoch")
_REVISION: BindParameter[int] = bindparam("revision")

_IN_ORDER = _EVENTS.order_by(_e.epoch, _e.revision, _e.n)
_OF_SITE = _IN_ORDER.where(_SITE)
# All of a history, a handful at a time: neither driver may hold it as a whole. By the index of tickets, whose order the
# groups come in: by the bare column SQLite would take the primary key and sort everything there ever was.
_A_HANDFUL = 500
_FLOWING = _OF_SITE.execution_options(yield_per=_A_HANDFUL)
_BY_TICKET = _EVENTS.where(_e.ticket.is_not(None), _e.site.concat("") == bindparam("site"))
_BY_TICKET = _BY_TICKET.order_by(_e.ticket, _e.epoch, _e.revision, _e.n).execution_options(yield_per=_A_HANDFUL)
# By the index of days: ordered by the bare key, SQLite would walk through every event of the site instead, and a day's
# figures would cost more with every day there ever was.
_OF_DAYS = _EVENTS.where(_SITE, _e.day >= bindparam("first"), _e.day <= bindparam("last"))
_OF_DAYS = _OF_DAYS.order_by(_e.epoch + 0, _e.revision, _e.n)
_CONFIRMED = select(func.count()).where(
    _SITE, _e.day.in_(bindparam("days", expanding=True)), _e.kind == Kind.DAY_CONFIRMED
)
_AFTER = _OF_SITE.where(_e.epoch == _EPOCH, _e.revision > _REVISION)
# Across epochs: what a restore went on from comes before what came after it.
_BEYOND = _OF_SITE.where(tuple_(_e.epoch, _e.revision) > tuple_(_EPOCH, _REVISION)).limit(bindparam("limit"))
_OF_TICKET = Prepared(_IN_ORDER.where(_e.ticket == bindparam("ticket")))
_AT = _EVENTS.where(_SITE, _e.epoch == _EPOCH, _e.revision == _REVISION)
_CALL_AT = _AT.where(IS_CALL)
_TRANSFER_AT = _AT.where(_e.kind == in_words(Kind.TRANSFERRED))

# What a supervisor did at a counter: few in a day.
_OVERSEEN = _EVENTS.join(FEW, SAME).where(few.site == bindparam("site"), few.day == bindparam("day"))
_OVERSEEN = _OVERSEEN.where(few.kind == Kind.OVERSEEN, _e.counter == bindparam("counter"))
_OVERSEEN = _OVERSEEN.order_by(few.epoch.desc(), few.revision.desc()).limit(1)
_HEEDED = select(literal(1)).where(_SITE, tuple_(_e.epoch, _e.revision) > tuple_(_EPOCH, _REVISION)).limit(1)
_HEEDED = _HEEDED.where(_e.counter == bindparam("counter"), _e.by == bindparam("officer"))
_p = private.c
_REASON = select(*KEPT).where(_p.site == bindparam("site"), _p.epoch == _EPOCH, _p.revision == _REVISION)
_REASON = _REASON.where(_p.name == "reason")
_ITS = (_p.site == _e.site) & (_p.epoch == _e.epoch) & (_p.revision == _e.revision) & (_p.n == _e.n)
_NOTES = select(_e.at, _e.by, _e.counter, *KEPT).select_from(event).join(private, _ITS)
_NOTES = _NOTES.where(_e.ticket == bindparam("ticket"), _p.name == "note")
_NOTES = _NOTES.order_by(_e.epoch, _e.revision, _e.n)
_NOTE = select(_p.key).select_from(event).join(private, _ITS)
_NOTE = _NOTE.where(_e.ticket == bindparam("ticket"), _p.name == "note")

# With literals: a list of bound kinds would be written into the statement anew each time.
_LAST_ACTS = select(_e.counter, func.max(_e.at, type_=_e.at.type)).join(FEW, SAME)
_LAST_ACTS = _LAST_ACTS.where(few.site == bindparam("site"), few.day == bindparam("day"))
_LAST_ACTS = _LAST_ACTS.where(few.kind.in_([in_words(kind) for kind in IDLE_SINCE]), _e.counter.is_not(None))
_LAST_ACTS = _LAST_ACTS.group_by(_e.counter)
_LAST_CLOSED = select(_e.counter, func.max(_e.at, type_=_e.at.type)).join(FEW, SAME)
_LAST_CLOSED = _LAST_CLOSED.where(few.site == bindparam("site"), few.day == bindparam("day"))
_LAST_CLOSED = _LAST_CLOSED.where(few.kind == Kind.COUNTER_CLOSED).group_by(_e.counter)
_DAY_CLOSED = select(func.max(_e.at, type_=_e.at.type)).join(FEW, SAME)
_DAY_CLOSED = _DAY_CLOSED.where(few.site == bindparam("site"), few.day == bindparam("day"))
_DAY_CLOSED = _DAY_CLOSED.where(few.kind == in_words(Kind.DAY_CLOSED))
_SET_UP = of_kinds(Kind.SET_UP)
_REFUSED = select(_e.service, func.count()).join(FEW, SAME)
_REFUSED = _REFUSED.where(few.site == bindparam("site"), few.day == bindparam("day"), few.kind == Kind.REFUSED)
_REFUSED = _REFUSED.group_by(_e.service)
_INTERRUPTIONS = of_kinds_on(*OF_INTERRUPTIONS)
_CONFIRMED_LATER = of_kinds_on(Kind.INTERRUPTION_CONFIRMED)

_REASONED = select(*EVENT_COLUMNS, *KEPT).join(FEW, SAME).join(private, _ITS)
_REASONED = _REASONED.where(few.site == bindparam("site"), few.day == bindparam("day"), _p.name == "reason")
_REASONED = _REASONED.where(few.kind.in_([in_words(kind) for kind in REASONED]))
_JUMPED = select(_e.counter, _e.at, _e.detail, ticket.c.number).join(FEW, SAME).join(private, _ITS)
_JUMPED = _JUMPED.join(ticket, ticket.c.id == _e.ticket)
_JUMPED = _JUMPED.where(few.site == bindparam("site"), few.day == bindparam("day"), _p.name == "reason")
_JUMPED = _JUMPED.where(few.kind == Kind.CALLED).order_by(few.epoch + 0, few.revision, few.n)
_LEFT = select(*EVENT_COLUMNS, *KEPT).join(FEW, SAME).outerjoin(private, _ITS & (_p.name == "reason"))
_LEFT = _LEFT.where(few.site == bindparam("site"), few.day == bindparam("day"), few.kind == Kind.COUNTER_CLOSED)
_OF_LEVERS = select(*EVENT_COLUMNS, *KEPT).join(FEW, SAME).outerjoin(private, _ITS & (_p.name == "reason"))
_OF_LEVERS = _OF_LEVERS.where(few.site == bindparam("site"), few.day == bindparam("day"))
_OF_LEVERS = _OF_LEVERS.where(few.kind.in_([in_words(kind) for kind in OF_LEVERS]))
_BY_TIME = (few.epoch + 0, few.revision, few.n)

# A day's calls, by the index of calls: ``epoch + 0`` keeps SQLite from walking the primary key instead, back through
# every event there ever was.
_CALLS = _EVENTS.where(_SITE, _e.day == bindparam("day"), _e.epoch + 0 == _EPOCH, IS_CALL)
_CALLS_AFTER = _CALLS.where(_e.revision > _REVISION).order_by(_e.revision)
_STANDING = _CALLS.join(ticket, (ticket.c.id == _e.ticket) & (ticket.c.call_revision == _e.revision))
_STANDING = _STANDING.order_by(_e.revision.desc()).limit(bindparam("limit"))

_DAYS = days_in(event)


def of_site(conn: Connection, site: str) -> Iterator[Event]:
    """Every event of a site, oldest first."""
    return map(to_event, conn.execute(_OF_SITE, {"site": site}))


def flowing(conn: Connection, site: str) -> Iterator[Event]:
    """As ``of_site``, but never more than a handful of them in memory at once."""
    return map(to_event, conn.execute(_FLOWING, {"site": site}))


def by_ticket(conn: Connection, site: str) -> Iterator[Iterator[Event]]:
    """The events of each ticket of a site, oldest first; the tickets by id. A handful in memory at once."""
    happened = map(to_event, conn.execute(_BY_TICKET, {"site": site}))
    return (own for _, own in groupby(happened, key=lambda event: event.ticket))


def of_days(conn: Connection, site: str, first: date, last: date) -> Iterator[Event]:
    """The events of the service days ``first`` … ``last``, oldest first."""
    return map(to_event, conn.execute(_OF_DAYS, {"site": site, "first": first, "last": last}))


def days(conn: Connection, site: str, first: date, last: date) -> list[date]:
    """The service days from ``first`` to ``last`` of which anything is recorded, oldest first."""
    return list(conn.execute(_DAYS, {"site": site, "first": first, "last": last}).scalars())


def of_interruptions(conn: Connection, site: str, first: date, last: date) -> Iterator[Event]:
    """What was said of interruptions on the service days ``first`` … ``last``, oldest first; and of those, later."""
    yield from map(to_event, conn.execute(_INTERRUPTIONS, {"site": site, "first": first, "last": last}))
    yield from confirmed_later(conn, site, first, last)


def confirmed_later(conn: Connection, site: str, first: date, last: date) -> list[Event]:
    """Interruptions that began on the days ``first`` … ``last`` and were confirmed on a later one."""
    asked = {"site": site, "first": first, "last": date.max}
    found = [to_event(row) for row in conn.execute(_CONFIRMED_LATER, asked)]
    return [one for one in found if first.isoformat() <= one.detail.get("day", "") <= last.isoformat()]


def begun(conn: Connection, site: str, day: date) -> tuple[interruption.Interruption, ...]:
    """The interruptions that began on a service day, as they were said."""
    every = of_interruptions(conn, site, day, day)
    return interruption.read(event.detail for event in every if event.kind == Kind.INTERRUPTION_BEGUN)


def days_confirmed(conn: Connection, site: str, days: Iterable[date]) -> int:
    """How often a supervisor confirmed one of these dates: only then may a day that was over go on."""
    return conn.execute(_CONFIRMED, {"site": site, "days": list(days)}).scalar_one()


def refused(conn: Connection, site: str, day: date) -> dict[str | None, int]:
    """service -> how many asked for it in vain that day."""
    return dict(conn.execute(_REFUSED, {"site": site, "day": day}).all())


def after(conn: Connection, site: str, epoch: int, revision: int) -> list[Event]:
    """What was committed in an epoch after a revision, oldest first."""
    return [to_event(r) for r in conn.execute(_AFTER, {"site": site, "epoch": epoch, "revision": revision})]


def beyond(conn: Connection, site: str, position: tuple[int, int], limit: int) -> list[list[Event]]:
    """The next whole revisions after a position, across epochs, each with its events; some ``limit`` events of them.

    Never less than one revision, if there is any: one that is larger by itself comes whole.
    """
    epoch, revision = position
    asked = {"site": site, "epoch": epoch, "revision": revision}
    found = [to_event(row) for row in conn.execute(_BEYOND, asked | {"limit": limit})]
    whole = [list(own) for _, own in groupby(found, key=lambda event: (event.epoch, event.revision))]
    if len(found) < limit:
        return whole
    if len(whole) > 1:
        return whole[:-1]  # of the last there may be more
    first = found[0]
    at = {"site": site, "epoch": first.epoch, "revision": first.revision}
    return [[to_event(row) for row in conn.execute(_AT.order_by(_e.n), at)]]


def of_ticket(conn: Connection, id: str) -> list[Event]:
    """One ticket's events, oldest first."""
    return [to_event(r) for r in _OF_TICKET.rows(conn, {"ticket": id})]


def call_at(conn: Connection, site: str, epoch: int, revision: int) -> Event | None:
    """The call that happened at a revision."""
    row = conn.execute(_CALL_AT, {"site": site, "epoch": epoch, "revision": revision}).first()
    return to_event(row) if row else None


def transfer_at(conn: Connection, site: str, epoch: int, revision: int) -> Event | None:
    """The transfer that happened at a revision."""
    row = conn.execute(_TRANSFER_AT, {"site": site, "epoch": epoch, "revision": revision}).first()
    return to_event(row) if row else None


def last_overseen(conn: Connection, site: str, day: date, counter: str) -> Event | None:
    """The last thing that a supervisor did today at a counter that somebody else had open."""
    row = conn.execute(_OVERSEEN, {"site": site, "day": day, "counter": counter}).first()
    return to_event(row) if row else None


def has_acted_since(conn: Connection, then: Event, officer: str) -> bool:
    """Whether an officer has done anything at an event's counter since that event."""
    asked = {"site": then.site, "epoch": then.epoch, "revision": then.revision, "counter": then.counter}
    return conn.execute(_HEEDED, asked | {"officer": officer}).first() is not None


def reason_at(conn: Connection, site: str, epoch: int, revision: int) -> str | None:
    """The reason given with the command of a revision; None once it was purged."""
    row = conn.execute(_REASON, {"site": site, "epoch": epoch, "revision": revision}).first()
    return opened(conn, row) if row else None


def notes(conn: Connection, ticket: str) -> list[tuple[datetime, str | None, str | None, str]]:
    """(at, by whom, at which counter, text) of the notes about a ticket that are still kept, the first one first."""
    found = [
        (at, by, counter, opened(conn, kept)) for at, by, counter, *kept in conn.execute(_NOTES, {"ticket": ticket})
    ]
    return [(at, by, counter, text) for at, by, counter, text in found if text is not None]


def has_note(conn: Connection, ticket: str) -> bool:
    """Whether somebody wrote a note about the ticket that is still kept."""
    return is_kept(conn, conn.execute(_NOTE, {"ticket": ticket}).scalars())


def last_acts(conn: Connection, site: str, day: date) -> dict[str, datetime]:
    """counter -> when it was opened or last let go of somebody that day: since then it is idle, if nobody is there."""
    return dict(conn.execute(_LAST_ACTS, {"site": site, "day": day}).all())


def day_closed_at(conn: Connection, site: str, day: date) -> datetime | None:
    """When a service day was closed, the last time; None: it is open, or nothing is known of it."""
    return conn.execute(_DAY_CLOSED, {"site": site, "day": day}).scalar()


def last_closed(conn: Connection, site: str, day: date) -> dict[str, datetime]:
    """counter -> when somebody last left it that day."""
    return dict(conn.execute(_LAST_CLOSED, {"site": site, "day": day}).all())


def reasoned(conn: Connection, site: str, day: date) -> list[tuple[Event, str]]:
    """What was done that day for a reason that is still kept, each with it, oldest first."""
    found = conn.execute(_REASONED.order_by(*_BY_TIME), {"site": site, "day": day})
    return [(happened, why) for happened, why in (_with_reason(conn, row) for row in found) if why is not None]


def closings(conn: Connection, site: str, day: date) -> list[tuple[Event, str | None]]:
    """Each closing of a counter that day, with its reason if one was given and is still kept, oldest first."""
    found = conn.execute(_LEFT.order_by(*_BY_TIME), {"site": site, "day": day})
    return [_with_reason(conn, row) for row in found]


def _with_reason(conn: Connection, row: Sequence[Any]) -> tuple[Event, str | None]:
    return Event(*row[: len(EVENT_COLUMNS)]), opened(conn, row[len(EVENT_COLUMNS) :])


def of_levers(conn: Connection, site: str, day: date) -> list[tuple[Event, str | None]]:
    """What was set for that day, with its reason if that is still kept, oldest first."""
    found = conn.execute(_OF_LEVERS.order_by(*_BY_TIME), {"site": site, "day": day})
    return [_with_reason(conn, row) for row in found]


def calls_past_others(conn: Connection, site: str, day: date) -> list[tuple[str, datetime, str]]:
    """(counter, when, number) of each who waited that day and was called by number, oldest first."""
    found = conn.execute(_JUMPED, {"site": site, "day": day})
    return [(row.counter, row.at, row.number) for row in found if row.detail["before"]["state"] == State.WAITING]


def calls_after(conn: Connection, site: str, epoch: int, revision: int, day: date | None) -> list[Event]:
    """Today's calls newer than a revision, oldest first; undone ones are among them."""
    asked = {"site": site, "epoch": epoch, "revision": revision, "day": day}
    return [to_event(r) for r in conn.execute(_CALLS_AFTER, asked)]


def standing_calls(conn: Connection, site: str, epoch: int, day: date | None, limit: int) -> Iterator[Event]:
    """Today's newest call of each ticket, newest first; a call that was undone stands no more."""
    asked = {"site": site, "epoch": epoch, "day": day, "limit": limit}
    return map(to_event, conn.execute(_STANDING, asked))


def stage_of_set_up(conn: Connection, site: str) -> str | None:
    """Where the file of the hall was made ready that the first run made; None if there was no first run."""
    row = conn.execute(_SET_UP, {"site": site}).first()
    return str(to_event(row).detail["stage"]) if row else None
