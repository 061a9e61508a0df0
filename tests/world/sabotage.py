"""The controls: each function breaks the server in a way that real queue systems are broken.

A test that a broken server passes proves nothing, so every claim of this folder is also run against one of these and
must fail there (``tests/world/serve.py`` applies them before the server starts).
"""

import os
import time
from pathlib import Path
from typing import Any

LOOK_NOW, LOOKING = "look-now", "looking"  # beside the database: what `long_look` waits for, and that it has begun


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
        tx.moved.append((old, new))

    transaction._write_ticket = write


def lock_without_recheck() -> None:
    """Lock the chosen ticket's row and read it again, but never ask if it still waits: the lock changes nothing."""
    import threading

    from queue_server.commands import desk
    from queue_server.domain.events import Kind
    from queue_server.domain.verbs import Verb
    from queue_server.store import tickets

    def first(performer: Any, site: str) -> str | None:
        with performer.engine.connect() as conn, conn.begin():
            found = _first_of_all(conn, site)
        return found.id if found else None

    seen = _chosen_before_the_lock(first)
    really = tickets.first_waiting

    def locked(conn: Any, *asked: Any) -> Any:
        chosen = seen.get(threading.get_ident())
        return _locked_row(conn, chosen) if chosen else really(conn, *asked)

    tickets.first_waiting = locked
    rule = desk.kind_of
    desk.kind_of = lambda verb, state: Kind.CALLED if verb is Verb.CALL_NEXT else rule(verb, state)


def _locked_row(conn: Any, id: str) -> Any:
    from sqlalchemy import select

    from queue_server.store.rows import to_ticket
    from queue_server.store.schema import ticket

    return to_ticket(conn.execute(select(ticket).where(ticket.c.id == id).with_for_update()).one())


def clock_ordered_queue() -> None:
    """The line is ordered by the clock's time of the issue, as if no clock were ever put back."""
    from queue_server.store import tickets
    from queue_server.store.schema import ticket

    tickets._LINE = tickets._LINE.order_by(None).order_by(ticket.c.issued_at)


def max_plus_one() -> None:
    """The next number is the highest so far plus one, read before the lock."""
    from sqlalchemy import func

    from queue_server.store.schema import ticket

    _numbered_before_the_lock(func.coalesce(func.max(ticket.c.seq), 0))


def count_plus_one() -> None:
    """The next number is how many there are plus one, counted before the lock."""
    from sqlalchemy import func

    _numbered_before_the_lock(func.count())


def _numbered_before_the_lock(so_far: Any) -> None:
    import threading

    from sqlalchemy import select

    from queue_server.commands import visitor
    from queue_server.domain.numbering import number
    from queue_server.store.schema import ticket

    def look(performer: Any, site: str) -> int:
        with performer.engine.connect() as conn, conn.begin():
            return conn.execute(select(so_far).select_from(ticket).where(ticket.c.site == site)).scalar_one()

    seen = _chosen_before_the_lock(look)
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
        if n > 20 and n % 5 == 0:  # not while the officers arrive: a hall without them would prove nothing
            conn.commit = conn.rollback
        return conn

    engine.begin = lossy


def days_by_the_clock() -> None:
    """The service day is whatever date the clock shows, forwards or back, and hours are believed with it."""
    from queue_server.commands import day
    from queue_server.domain.day import local_date

    def shown(open_day: Any, last_at: Any, site: Any, now: Any) -> Any:
        date = local_date(site, now)
        return None if date == open_day else date

    day.day_due = shown


def days_in_utc() -> None:
    """One date for every hall: the server's own."""
    from queue_server.commands import day

    day.day_due = lambda open_day, last_at, site, now: None if now.date() == open_day else now.date()


def long_look(most_s: float = 60.0) -> None:
    """A look through a database of many years: in SQLite's C code, while the test says so and no longer than that."""
    from queue_server.store import backup
    from queue_server.store.engine import sqlite_module

    def faults(path: Any, quick: bool = False) -> list[str]:
        told = Path(path).with_name(LOOK_NOW)
        while not told.exists():
            time.sleep(0.02)
        told.with_name(LOOKING).touch()
        began = time.monotonic()
        while told.exists() and time.monotonic() < began + most_s:
            count = (
                "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000) SELECT max(n) FROM c"
            )
            sqlite_module().connect(":memory:").execute(count).fetchall()
        return []

    backup.faults = faults


def long_look_on_the_hub() -> None:
    """The same, in the thread that serves everybody."""
    from queue_server.operations.damage import Watch

    long_look(most_s=3)
    look = Watch._look

    def look_here(self: Watch, *, quick: bool) -> bool:
        self.house.off_hub = lambda function, *args: function(*args)
        return look(self, quick=quick)

    Watch._look = look_here


def waits_in_c() -> None:
    """SQLite itself waits for a lock, as its documentation advises everybody."""
    from queue_server.store import engine

    engine._BUSY_TIMEOUT_MS = 2_000


def a_thousand_connections() -> None:
    """Eventlet's own limit: 1,024 connections, WebSockets included."""
    import eventlet.wsgi

    serve = eventlet.wsgi.server
    eventlet.wsgi.server = lambda *a, **k: serve(*a, **{**k, "max_size": 1024})


def slow_goodbye() -> None:
    """A stop that waits for the screens to leave first."""
    from queue_server.serving import gate

    gate.Gate.drain = lambda self: time.sleep(30)


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

    from queue_server.web.http import security

    Flask.select_jinja_autoescape = lambda self, filename: False
    security._POLICY = "connect-src 'self' {socket}"


def nudges_are_all() -> None:
    """A process believes Redis: it looks when it is nudged, and never by itself."""
    from queue_server.live import follow

    follow.EVERY_S = None


def patience_without_end() -> None:
    """The web server as it comes: it waits for each byte as long as for the next request, and reads without end."""
    from queue_server.serving import patience

    patience.patient = lambda protocol, *_: protocol


def few_files() -> None:
    """A small machine: 400 files in all, so 200 connections, of which strangers have 25. Nothing is broken by it."""
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (400, 400))


def guesses_that_nobody_counts() -> None:
    """Failed logins are forgotten."""
    from queue_server.web.http.security import Door

    Door.login_failed = lambda *_: None


def everybody_may_knock() -> None:
    """Sockets are opened for any address, as often as it likes, and heard however much they say."""
    from queue_server.live.chatter import Chatter
    from queue_server.web.http.security import Door

    Door.knock = lambda self, environ: self._callers.of(environ).standing
    Chatter.may_speak = lambda *_: True


def blind_to_loss() -> None:
    """A database that stands before what was told is taken for the truth."""
    from queue_server.perform import Performer

    Performer._lost = lambda self, tx: None


def screens_that_stay() -> None:
    """What was kept for a screen is kept when it has gone, and a file that was open for it."""
    from queue_server.live import chatter

    kept, attach = [], chatter.attach

    def attach_and_keep(server: Any, each: Any) -> None:
        attach(server, each)
        end = server.eio.handlers["disconnect"]

        def disconnect(connection: str, *told: Any) -> Any:
            kept.append((b"x" * 1_000_000, os.open(os.devnull, os.O_RDONLY)))
            return end(connection, *told)

        server.eio.on("disconnect", disconnect)

    chatter.attach = attach_and_keep
