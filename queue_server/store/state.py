"""The rows of a site as one value: compared with what the events amount to, and told apart by a hash.

Both go through all that a site ever had, one ticket at a time: what they hold grows with services and days, not with
visitors, so that a year of them fits the memory of a small PC.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from ..domain.carry import by_key
from ..domain.fold import Ticket
from ..domain.interruption import Lasting
from ..domain.replay import Replayed, fold_site, fold_ticket
from . import bookings, counters, events, media, notices, schema, structure
from .rows import TICKET_COLUMNS, TICKET_FIELDS, to_ticket

_A_HANDFUL = 500
_t = schema.ticket.c


def rows(conn: Connection, site: str) -> Replayed:
    """The rows as they stand, in the shape of a replay: all of them, in memory."""
    standing = _but_tickets(conn, site)
    standing.tickets = {ticket.id: ticket for ticket in _tickets(conn, site)}
    return standing


def _but_tickets(conn: Connection, site: str) -> Replayed:
    s, q = schema.series, schema.quota
    kept = structure.site_row(conn, site)
    standing = Replayed(counters=dict(counters.of_site(conn, site)), interruptions=_lasting(kept))
    standing.levers = kept.levers if kept else {}
    standing.notices = {one.id: one for one in notices.of_site(conn, site)}
    standing.bookings = {one.id: one for one in bookings.of_site(conn, site)}
    standing.pictures, standing.playlist = media.pictures(conn, site), media.playlist_of(conn, site)
    standing.carried = by_key(kept.carried) if kept else {}
    for service, day, following in conn.execute(select(s.c.service, s.c.day, s.c.next).where(s.c.site == site)):
        standing.series[service, day] = following
    for row in conn.execute(select(q.c.service, q.c.day, q.c.class_, q.c.used).where(q.c.site == site)):
        standing.quotas[row.service, row.day, row.class_] = row.used
    return standing


def _lasting(kept: structure.SiteRow | None) -> dict[str, Lasting]:
    return {one["interruption"]: one for one in kept.interruptions} if kept else {}


def _tickets(conn: Connection, site: str) -> Iterator[Ticket]:
    """The tickets' rows by id, a handful at a time. By the key: sorted, they would all be held somewhere."""
    wanted = select(*TICKET_COLUMNS).where(_t.site.concat("") == site).order_by(_t.id)
    return map(to_ticket, conn.execute(wanted.execution_options(yield_per=_A_HANDFUL)))


def differences(conn: Connection, site: str) -> list[str]:
    """What the rows and the replayed events disagree about (I-8): ``"3 tickets"``; nothing if they agree."""
    replayed, standing = Replayed(), _but_tickets(conn, site)
    for event in events.flowing(conn, site):
        fold_site(replayed, event)
    wrong = {"tickets": _wrong(_replayed_tickets(conn, site, replayed), _tickets(conn, site))}
    others = ("interruptions", "levers", "notices", "bookings", "pictures", "playlist", "carried")
    for name in ("counters", "series", "quotas", *others):
        ours, theirs = getattr(replayed, name), getattr(standing, name)
        wrong[name] = sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
    return [f"{count} {name}" for name, count in wrong.items() if count]


def _replayed_tickets(conn: Connection, site: str, replayed: Replayed) -> Iterator[Ticket]:
    """The tickets that the events amount to, by id; their quotas are added to ``replayed`` on the way."""
    one = Replayed(quotas=replayed.quotas)
    for own in events.by_ticket(conn, site):
        one.tickets.clear()
        for event in own:
            fold_ticket(one, event)
        yield from one.tickets.values()


def _wrong(replayed: Iterator[Ticket], standing: Iterator[Ticket]) -> int:
    """How many tickets are in one of two lists only, or otherwise there; both by id, walked through side by side."""
    wrong, ours, theirs = 0, next(replayed, None), next(standing, None)
    while ours is not None or theirs is not None:
        only_ours = theirs is None or (ours is not None and ours.id < theirs.id)
        only_theirs = ours is None or (theirs is not None and theirs.id < ours.id)
        wrong += ours != theirs
        ours = ours if only_theirs else next(replayed, None)
        theirs = theirs if only_ours else next(standing, None)
    return wrong


def fingerprint(state: Replayed) -> str:
    """SHA-256 of the rows: equal on every machine and store whenever the state is."""
    return _hash(state, iter(sorted(state.tickets.values(), key=lambda ticket: ticket.id)))


def fingerprint_of(conn: Connection, site: str) -> str:
    """The fingerprint of the rows as they stand."""
    return _hash(_but_tickets(conn, site), _tickets(conn, site))


def _hash(state: Replayed, tickets: Iterator[Ticket]) -> str:
    """The JSON of all tables by name, hashed as it is written."""
    whole, rest = (
        hashlib.sha256(b"{"),
        asdict(Replayed(counters=state.counters, series=state.series, quotas=state.quotas)),
    )
    for name in ("counters", "quotas", "series"):
        rows = sorted([_key(key), _plain(value)] for key, value in rest[name].items())
        whole.update(f"{json.dumps(name)}: {json.dumps(rows, default=str)}, ".encode())
    whole.update(b'"tickets": [')
    for piece in _listed(
        [ticket.id, _plain({name: getattr(ticket, name) for name in TICKET_FIELDS})] for ticket in tickets
    ):
        whole.update(piece.encode())
    whole.update(b"]}")
    return whole.hexdigest()


def _values(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in TICKET_FIELDS}


def _listed(items: Iterable[Any]) -> Iterator[str]:
    between = ""
    for item in items:
        yield between + json.dumps(item, default=str)
        between = ", "


def _key(key: Any) -> str:
    return key if isinstance(key, str) else "/".join(map(str, key))


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
