"""What a data folder holds, read beside the server: the events, the rows, and whether the two agree."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import Connection, select

from queue_server.domain.fold import Event
from queue_server.domain.replay import Replayed, replay
from queue_server.store import counters, cursors, engine, events, schema, stays
from queue_server.store.rows import to_ticket
from tests.world.server import Server


@contextmanager
def reading(server: Server) -> Iterator[Connection]:
    """One snapshot of the server's database."""
    url = server.environ.get("QUEUE_DATABASE_URL") or engine.database_url(server.data)
    opened = engine.open_reader(url)
    try:
        with opened.connect() as conn, conn.begin():
            yield conn
    finally:
        opened.dispose()


def history(server: Server, site: str) -> list[Event]:
    """A site's events, oldest first."""
    with reading(server) as conn:
        return list(events.of_site(conn, site))


def rows(conn: Connection, site: str) -> Replayed:
    """The rows as they stand, in the shape of a replay."""
    found = Replayed()
    found.tickets = {
        t.id: to_ticket(t) for t in conn.execute(select(schema.ticket).where(schema.ticket.c.site == site))
    }
    found.counters = counters.of_site(conn, site)
    for row in conn.execute(select(schema.series).where(schema.series.c.site == site)):
        found.series[row.service, row.day] = row.next
    for row in conn.execute(select(schema.quota).where(schema.quota.c.site == site)):
        found.quotas[row.service, row.day, row.class_] = row.used
    return found


def check_replay(server: Server, site: str) -> list[Event]:
    """I-8: folding the events gives the rows. I-11: revisions go up by one, and every command left an event.

    The stays, which a follower writes behind the commands, are what the events say as far as its cursor has come.
    """
    with reading(server) as conn:
        told = list(events.of_site(conn, site))
        now = rows(conn, site)
        followed = cursors.standing(conn, stays.NAME, site)
        upto = followed.cursor or cursors.BEGINNING
        assert upto <= followed.head
        assert sum(stays.differences(conn, site, day, upto) for day in stays.days(conn, site)) == 0
        revision = conn.execute(select(schema.site.c.revision).where(schema.site.c.id == site)).scalar_one()
    amounts = replay(told)
    assert amounts.tickets == now.tickets
    assert amounts.counters == now.counters
    assert amounts.series == now.series
    assert {k: v for k, v in amounts.quotas.items() if v} == {k: v for k, v in now.quotas.items() if v}
    check_revisions(told, revision)
    check_numbers(list(now.tickets.values()), gaps=sum(e.kind == "restored" for e in told))
    return told


def check_revisions(told: list[Event], newest: int) -> None:
    """Every revision 1 … newest has events, numbered from 0 without a gap; calls name the call before them."""
    seen = Counter(e.revision for e in told)
    assert sorted(seen) == list(range(1, newest + 1))
    for at, group in _by_revision(told):
        assert [e.n for e in group] == list(range(len(group))), f"revision {at}"
    previous = 0
    for event in told:
        if event.kind in ("called", "recalled"):
            assert event.detail["previous"] == previous
            previous = event.revision


def check_numbers(tickets: list, gaps: int = 0) -> None:
    """I-1: the numbers of each series of each day are 1 … n, none twice, none missing but for the gaps on record."""
    taken: dict[tuple, list[int]] = {}
    for ticket in tickets:
        if ticket.seq < 0:
            continue  # of an outage's paper
        taken.setdefault((ticket.series, ticket.day), []).append(ticket.seq)
        assert ticket.number.endswith(f"{ticket.seq:03d}")
    for series, numbers in taken.items():
        run = sorted(numbers)
        assert len(set(run)) == len(run), series
        assert sum(b != a + 1 for a, b in pairwise([0, *run])) <= gaps, series


def _by_revision(told: list[Event]) -> Iterator[tuple[int, list[Event]]]:
    group: list[Event] = []
    for event in told:
        if group and event.revision != group[0].revision:
            yield group[0].revision, group
            group = []
        group.append(event)
    if group:
        yield group[0].revision, group


def as_committed(told: list[Event]) -> list[Event]:
    """The events without their instants: what two runs can be compared by."""
    return [replace(e, at=told[0].at) for e in told]


def state_of(server: Server, site: str) -> tuple:
    """Everything that a refused request must leave as it was: events, rows, revision."""
    with reading(server) as conn:
        told = list(events.of_site(conn, site))
        now = rows(conn, site)
        revision = conn.execute(select(schema.site.c.revision).where(schema.site.c.id == site)).scalar_one()
    return told, now, revision
