"""The rows of a site as one value: compared with what the events amount to, and told apart by a hash."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from ..domain.fold import Replayed, replay
from . import counters, events, schema
from .rows import TICKET_COLUMNS, to_ticket


def rows(conn: Connection, site: str) -> Replayed:
    """The rows as they stand, in the shape of a replay."""
    t, s, q = schema.ticket, schema.series, schema.quota
    standing = Replayed(counters=dict(counters.of_site(conn, site)))
    for row in conn.execute(select(*TICKET_COLUMNS).where(t.c.site == site)):
        standing.tickets[row.id] = to_ticket(row)
    for service, day, following in conn.execute(select(s.c.service, s.c.day, s.c.next).where(s.c.site == site)):
        standing.series[service, day] = following
    for row in conn.execute(select(q.c.service, q.c.day, q.c.class_, q.c.used).where(q.c.site == site)):
        standing.quotas[row.service, row.day, row.class_] = row.used
    return standing


def differences(conn: Connection, site: str) -> list[str]:
    """What the rows and the replayed events disagree about (I-8): ``"3 tickets"``; nothing if they agree."""
    told, standing = replay(events.of_site(conn, site)), rows(conn, site)
    found = []
    for name in ("tickets", "counters", "series", "quotas"):
        ours, theirs = getattr(told, name), getattr(standing, name)
        wrong = sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
        if wrong:
            found.append(f"{wrong} {name}")
    return found


def fingerprint(state: Replayed) -> str:
    """SHA-256 of the rows: equal on every machine and store whenever the state is."""
    tables = {name: sorted((_key(k), _plain(v)) for k, v in table.items()) for name, table in asdict(state).items()}
    return hashlib.sha256(json.dumps(tables, sort_keys=True, default=str).encode()).hexdigest()


def _key(key: Any) -> str:
    return key if isinstance(key, str) else "/".join(map(str, key))


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
