"""What a day asks of the database costs the same after ten years: nothing walks through the site's whole past."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine, event

from queue_server.commands import day, officer, structuring, visitor
from queue_server.followers import stays
from queue_server.followers.runner import Runner
from queue_server.queries import (
    board,
    calls,
    desk,
    followups,
    interruptions,
    news,
    origins,
    registers,
    site,
    survey_results,
    ticket,
    waits,
)
from queue_server.queries import hall as hall_document
from queue_server.reports import measures, performance_cache
from queue_server.store import events, rebuilt, seldom
from tests.world.hall import ASEP, SARI, WATI, Hall
from tests.world.halls import prepare

# What SQLite says of a look at all that a site ever had. Waiting and called tickets have small indexes of their own; of
# those set aside only the missed stay behind, some in a hundred.
WHOLE_PAST = re.compile(
    r"SCAN (ticket|event|stay|request|private|few|stood)\b"
    r"|SEARCH ticket USING .*INDEX (?!ticket_(waiting|group|at_counter|aside|early) )\S+ \(site=\?\)"
    r"|SEARCH (event|stay|few|stood|request|private) USING .* \(site=\?( AND epoch=\?)?\)"
    r"|SEARCH ticket USING INDEX ticket_served \(site=\? AND day>"  # one after another of a period's, looked up
    r"|SEARCH few USING .* event_by_day \(site=\? AND day>"  # all that happened in a period, for a few of it
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Every statement of a day that touches tickets or events, with what it was asked with."""
    folder, told, _ = prepare(tmp_path_factory)
    found: dict[str, object] = {}
    hall = Hall(folder, told)

    def note(conn, cursor, statement, parameters, context, many):
        if re.search(r"\b(ticket|event|stay|request|private)\b", statement) and not many:
            found.setdefault(statement, parameters)

    event.listen(Engine, "before_cursor_execute", note)  # some reports open a connection of their own
    live_a_day(hall)
    event.remove(Engine, "before_cursor_execute", note)
    yield hall, found
    hall.stop()


def live_a_day(hall: Hall) -> None:
    """Each verb, each document, the turn of the day."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(ASEP, officer.open_counter, "10")
    for step in ("serve", "finish"), ("no_show",), ("hold",), ("serve", "hold"), ("undo",):
        hall.issue("ktp-cetak")
        hall.do(SARI, officer.call_next, "5")
        for verb in step:
            hall.do(SARI, getattr(officer, verb), "5")
    for aside in ("J002", "J003", "J004"):
        hall.do(SARI, officer.return_ticket, "5", aside)
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.recall, "5")
    hall.do(SARI, officer.transfer, "5", "kk-akta", confirm=True)
    hall.do(SARI, officer.call_next, "5")
    hall.do(WATI, officer.hold, "5", "Berkas dicari")
    hall.do(SARI, officer.call, "5", hall.issue("ktp-cetak").number, "Lansia")
    hall.do(SARI, officer.cancel, "5", "Pulang")
    mine = hall.issue("ktp-perekaman")
    hall.do(SARI, visitor.cancel_own, mine.id)
    waiting = hall.issue("skck-baru")
    look(hall, waiting)
    hall.do(WATI, day.close_day)
    hall.do(WATI, day.reopen_day)
    hall.later(days=1)
    hall.issue("ktp-cetak")
    hall.perform(hall.id, lambda tx: structuring.configure(tx, tx.config, tx.structure))


def look(hall: Hall, waiting) -> None:
    """Every document that a screen may show."""
    for document in (board.board, hall_document.hall, site.site_info, measures.today, calls.recent):
        hall.read(document)
    hall.read(lambda view: desk.desk(view, "5"))
    hall.read(lambda view: ticket.ticket(view, waiting))
    hall.read(lambda view: waits.queue(view, "skck-baru"))
    hall.read(lambda view: calls.after(view, 0))
    seen = news.news_after(hall.reader, hall.id, None)
    news.news_after(hall.reader, hall.id, (seen.epoch, seen.revision - 1))
    follower = Runner(stays.FOLLOWER, hall.id, "here", hall.reader, hall.perform.aside, lambda: hall.now)
    while follower.step():
        pass
    url = hall.reader.url.render_as_string(hide_password=False)
    days = [date(2026, 11, 20), date(2026, 11, 23)]
    performance_cache.read_days(url, hall.site, days, hall.perform.sites)
    look_back(hall)
    hall.issue("skck-baru")  # which nobody has followed yet
    performance_cache.read_days(url, hall.site, days, hall.perform.sites)


def look_back(hall: Hall) -> None:
    """What pages of figures and registers ask of all days at once, in the process that serves the hall."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    for query in registers.dated_targets, followups.closed_quarters, followups.followups, followups.publications:
        hall.read(query)
    for query in origins.districts, performance_cache.standing, registers.targets:
        hall.read(query)
    hall.read(lambda view: registers.complaints(view, "2026-01", "2026-12", frozenset()))
    hall.read(lambda view: interruptions.register(view, first, last))
    hall.read(lambda view: events.stage_of_set_up(view.conn, hall.id))
    hall.read(lambda view: survey_results.served(view, first, last))
    today = hall.read(lambda view: view.day)
    happened = hall.read(lambda view: list(events.of_days(view.conn, hall.id, today, today)))
    hall.read(lambda view: rebuilt.told_elsewhere(view.conn, hall.id, today, happened))


def plan(hall: Hall, statement: str, parameters: object) -> list[str]:
    """How SQLite goes about it."""
    with hall.reader.connect() as conn:
        return [row[-1] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def test_nothing_that_a_day_asks_walks_through_the_whole_past(asked):
    hall, found = asked
    assert len(found) > 40
    assert {s: steps for s, p in found.items() if WHOLE_PAST.search(str(steps := plan(hall, s, p)))} == {}


def test_control_a_look_at_every_waiting_ticket_by_the_site_alone_is_noticed(asked):
    hall, _ = asked
    steps = plan(hall, "SELECT number FROM ticket WHERE site = 'lebak' AND class_ = 'regular'", ())
    assert WHOLE_PAST.search(str(steps)), steps


def test_a_kind_that_the_index_of_what_happens_seldom_does_not_hold_is_refused_not_found_empty():
    with pytest.raises(LookupError, match="called"):
        seldom.of_kinds("called")
