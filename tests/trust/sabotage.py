"""The controls: each function breaks the server in a way that real queue systems are broken.

A test that a broken server passes proves nothing, so every claim of this folder is also run against one of these and
must fail there (``tests/serve.py`` applies them before the server starts).
"""

import time
from typing import Any


def _chosen_before_the_lock(choose: Any) -> dict[str, Any]:
    """Let ``choose(performer, site)`` run before every command takes its lock, and others run in between."""
    from queue_server.perform import Performer

    whole, seen = Performer.__call__, {}

    def call(self: Performer, site: str, command: Any, **options: Any) -> Any:
        import threading

        seen[threading.get_ident()] = choose(self, site)
        time.sleep(0.002)  # the network, another query: whatever stands between reading and writing
        return whole(self, site, command, **options)

    Performer.__call__ = call
    return seen


def naive_call_next() -> None:
    """Read who is next, then update: without the site's row first, without looking again."""
    import threading

    from queue_server.store import tickets, transaction

    def first(performer: Any, site: str) -> Any:
        with performer.engine.connect() as conn, conn.begin():
            return _first_of_all(conn, site)

    seen = _chosen_before_the_lock(first)
    really = tickets.first_waiting
    tickets.first_waiting = lambda conn, *a: seen.get(threading.get_ident()) or really(conn, *a)
    _unguarded(transaction)


def _first_of_all(conn: Any, site: str) -> Any:
    from sqlalchemy import select

    from queue_server.store.rows import to_ticket
    from queue_server.store.schema import ticket

    where = (ticket.c.site == site, ticket.c.state == "waiting")
    row = conn.execute(select(ticket).where(*where).order_by(ticket.c.arrival).limit(1)).first()
    return to_ticket(row) if row else None


def _unguarded(transaction: Any) -> None:
    """Write a ticket whatever has become of it meanwhile."""
    from sqlalchemy import update

    from queue_server.domain import fold
    from queue_server.store import schema
    from queue_server.store.rows import changed

    def write(tx: Any, old: Any, event: Any) -> None:
        new = fold.ticket_after(old, event)
        tx.conn.execute(update(schema.ticket).where(schema.ticket.c.id == old.id).values(changed(old, new)))
        tx.tickets[new.id] = new

    transaction._write_ticket = write


def max_plus_one() -> None:
    """The next number is the highest so far plus one, read before the lock."""
    import threading

    from sqlalchemy import func, select

    from queue_server.commands import visitor
    from queue_server.domain.numbering import number
    from queue_server.store.schema import ticket

    def highest(performer: Any, site: str) -> int:
        with performer.engine.connect() as conn, conn.begin():
            return conn.execute(select(func.max(ticket.c.seq)).where(ticket.c.site == site)).scalar() or 0

    seen = _chosen_before_the_lock(highest)
    visitor.number = lambda prefix, seq: number(prefix, seen[threading.get_ident()] + 1)


def forget_keys() -> None:
    """Idempotency keys are accepted and forgotten: a retry is a new ticket."""
    from queue_server.store import requests

    requests.find = lambda *a, **k: None
    requests.store = lambda *a, **k: None


def forget_the_wheel() -> None:
    """Every call starts the counter's wheel anew, as after a restart that kept the pointer in memory only."""
    from queue_server.domain import order

    turn = order.choose
    order.choose = lambda weights, pointer, waiting: turn(weights, 0, waiting)


def lose_commits() -> None:
    """Some commits are acknowledged and never arrive: a disk that lies, a flush that came too late."""
    import itertools

    from queue_server.store import engine

    begin, count = engine.begin, itertools.count(1)

    def lossy(*args: Any) -> Any:
        conn = begin(*args)
        n = next(count)
        if n > 20 and n % 15 == 0:  # not while the officers arrive: a hall without them would prove nothing
            conn.commit = conn.rollback
        return conn

    engine.begin = lossy


def a_thousand_connections() -> None:
    """Eventlet's own limit: 1,024 connections, WebSockets included."""
    import eventlet.wsgi

    serve = eventlet.wsgi.server
    eventlet.wsgi.server = lambda *a, **k: serve(*a, **{**k, "max_size": 1024})


def slow_goodbye() -> None:
    """A stop that waits for the screens to leave first."""
    from queue_server import serving

    serving.Gate.drain = lambda self: time.sleep(30)


def always_open() -> None:
    """Hours, holidays and cutoff are never looked at."""
    from queue_server.commands import visitor
    from queue_server.domain.quota import Availability

    Availability.why_not = lambda self, class_: None
    assert visitor.availability


def sessions_that_stay() -> None:
    """A socket is asked who it is once, when it connects, and never again."""
    from queue_server.live.revocation import Watch

    Watch.look = lambda self: None


def trusting_pages() -> None:
    """Texts go into pages as they are, and the browser is not told to be careful."""
    from flask import Flask

    from queue_server.web import security

    Flask.select_jinja_autoescape = lambda self, filename: False
    security._POLICY = "connect-src 'self' {socket}"
