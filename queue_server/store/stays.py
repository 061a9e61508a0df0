"""The stays of tickets as rows: written for one ticket at a time, read by day, compared with what the events say."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, bindparam, delete, select, tuple_

from ..domain import fold
from ..domain.events import ISSUES
from ..domain.fold import Event
from ..domain.papers import ended_as
from ..domain.ticket import ENDED
from ..domain.times import Interval, Journey, intervals
from . import cursors, events
from .prepared import Prepared
from .rows import EVENT_COLUMNS, to_event
from .schema import event, stay, ticket

NAME = "stays"  # of the follower that writes them
LATE_AT_MOST = 2000  # revisions; a table that lags further behind is not read at all

_STAY_FIELDS = tuple(f.name for f in fields(Interval))
_s, _e, _t = stay.c, event.c, ticket.c
_SITE, _DAY = _s.site == bindparam("of_site"), _s.day == bindparam("of_day")
_FORGET = Prepared(delete(stay).where(_SITE, _DAY, _s.ticket == bindparam("of_ticket")))
_INSERT = Prepared(stay.insert())
_JOURNEYS = select(_s.ticket, _s.outcome, _s.people, *(_s[name] for name in _STAY_FIELDS))
_JOURNEYS = _JOURNEYS.where(_SITE, _DAY).order_by(_s.ticket, _s.n)
_ROWS = select(*stay.c).where(_SITE, _DAY).order_by(_s.ticket, _s.n)
_DAYS = select(_s.day).where(_SITE).union(select(_t.day).where(_t.site == bindparam("of_site")))
_TOLD = select(*EVENT_COLUMNS).join(ticket, _t.id == _e.ticket)
_TOLD = _TOLD.where(_t.site == bindparam("of_site"), _t.day == bindparam("of_day"))
_TOLD = _TOLD.order_by(_e.ticket, _e.epoch, _e.revision, _e.n)
_STALE = select(_t.day).join(event, _t.id == _e.ticket).where(_e.site == bindparam("of_site"))
_STALE = _STALE.where(tuple_(_e.epoch, _e.revision) > tuple_(bindparam("epoch"), bindparam("revision"))).distinct()

Rows = list[dict[str, object]]


def rewrite(conn: Connection, id: str) -> None:
    """Make a ticket's rows what its events say, whatever they were: twice is as good as once."""
    happened = events.of_ticket(conn, id)
    if rows := rows_of(happened):
        forget(conn, happened[0].site, happened[0].day, id)
        for row in rows:
            _INSERT.run(conn, row)


def rows_of(happened: Sequence[Event]) -> Rows:
    """What a ticket's events amount to; nothing of one whose issue is not among them."""
    if not happened or happened[0].kind not in ISSUES:
        return []
    now = fold.issued(happened[0])
    for each in happened[1:]:
        now = fold.ticket_after(now, each)
    about: dict[str, object] = {"site": now.site, "day": now.day, "ticket": now.id, "class_": now.class_}
    about["people"] = now.people
    about["outcome"] = ended_as(now.state, now.outcome) if now.state in ENDED else None
    stays = enumerate(intervals(happened))
    return [about | {"n": n} | {name: getattr(one, name) for name in _STAY_FIELDS} for n, one in stays]


def journeys(conn: Connection, site: str, day: date) -> list[Journey]:
    """What is written of a day's tickets."""
    found = conn.execute(_JOURNEYS, {"of_site": site, "of_day": day})
    by_ticket = (list(own) for _, own in groupby(found, key=lambda row: row.ticket))
    return [Journey(tuple(Interval(*row[3:]) for row in own), own[0].outcome, own[0].people) for own in by_ticket]


def stale_days(conn: Connection, site: str) -> set[date] | None:
    """The days of which not all is written yet; None: so much is to be done that none of them can be believed."""
    seen = cursors.standing(conn, NAME, site)
    if seen is None or seen.cursor is None or seen.behind > LATE_AT_MOST:
        return None
    if seen.cursor == seen.head:
        return set()
    asked = {"of_site": site, "epoch": seen.cursor[0], "revision": seen.cursor[1]}
    return set(conn.execute(_STALE, asked).scalars())


def days(conn: Connection, site: str) -> list[date]:
    """Every service day that has tickets or stays, oldest first."""
    return sorted(conn.execute(_DAYS, {"of_site": site}).scalars())


def differences(conn: Connection, site: str, day: date, upto: cursors.Position) -> int:
    """How many of a day's tickets have other rows than their events say; of those that are written up to there."""
    asked = {"of_site": site, "of_day": day}
    written: dict[str, Rows] = {}
    for row in conn.execute(_ROWS, asked).mappings():
        written.setdefault(row["ticket"], []).append(dict(row))
    wrong = 0
    for happened in _told(conn, asked):
        rows = written.pop(happened[0].ticket or "", [])
        last = happened[-1]
        wrong += (last.epoch, last.revision) <= upto and rows != rows_of(happened)
    return wrong + len(written)  # stays of tickets that never were


def _told(conn: Connection, asked: dict[str, object]) -> Iterator[list[Event]]:
    happened = map(to_event, conn.execute(_TOLD, asked))
    return (list(own) for _, own in groupby(happened, key=lambda one: one.ticket))


def orphans(conn: Connection, site: str) -> list[tuple[date, str]]:
    """The day and id of what has stays and is no ticket."""
    known = select(_t.id).where(_t.id == _s.ticket).exists()
    found = select(_s.day, _s.ticket).where(_SITE, ~known).distinct()
    return [(row.day, row.ticket) for row in conn.execute(found, {"of_site": site})]


def forget(conn: Connection, site: str, day: date, id: str) -> None:
    """Remove a ticket's rows."""
    _FORGET.run(conn, {"of_site": site, "of_day": day, "of_ticket": id})


def tickets(conn: Connection, site: str) -> Iterator[str]:
    """Every ticket of a site, by day."""
    return conn.execute(select(_t.id).where(_t.site == site).order_by(_t.day, _t.id)).scalars()
