"""The table of stays is what a replay of the events says, ticket for ticket and figure for figure."""

import pytest
from sqlalchemy import delete, insert, select, update

from queue_server.commands import day, officer, visitor
from queue_server.domain.roles import Actor, Role
from queue_server.domain.times import Interval
from queue_server.followers import batches, stays
from queue_server.followers.stays import FOLLOWER
from queue_server.reports.excuses import Excuses
from queue_server.reports.performance import facts, facts_of
from queue_server.reports.performance_cache import read_days
from queue_server.store import cursors, events, foretold, schema
from queue_server.store import stays as rows
from tests.followers.following import expire, follow, runner, standing
from tests.world import story
from tests.world.hall import DEDI, MONDAY, SARI, SITE, WATI
from tests.world.values import at

KIND = {"waiting": "wait", "called": "walk", "serving": "service", "held": "hold", "no_show": "away"}


def a_day(hall):
    """A little of everything: served, held, transferred, missed and back, a call undone, given up, still there."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    people = [hall.issue(service) for service in ("ktp-perekaman", "ktp-cetak", "ktp-cetak", "kk-akta", "ktp-cetak")]
    hall.issue("ktp-cetak", "priority")
    for verb in (officer.call_next, officer.serve, officer.hold):
        hall.later(minutes=3)
        hall.do(SARI, verb, "5")
    hall.do(SARI, officer.call_next, "5")
    hall.later(seconds=5)
    hall.do(SARI, officer.undo, "5")
    for verb in (officer.call_next, officer.serve):
        hall.later(minutes=2)
        hall.do(SARI, verb, "5")
    hall.do(SARI, officer.transfer, "5", "kk-akta", None, None, True)
    hall.later(minutes=1)
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.no_show, "5")
    hall.later(minutes=4)
    for verb in (officer.call_next, officer.serve, officer.finish, officer.call_next, officer.serve):
        hall.later(minutes=1)
        hall.do(DEDI, verb, "6")
    waiting = next(t for t in (hall.ticket(p) for p in people) if t.state.value == "waiting")
    hall.do(Actor("visitor", Role.VISITOR.only, frozenset({SITE})), visitor.cancel_own, waiting.id)
    hall.issue("ktp-perekaman")


def written(hall):
    """ticket -> its stays as the table has them, in the words of the contract's states."""
    found = {}
    with hall.reader.connect() as conn, conn.begin():
        for row in conn.execute(select(schema.stay).order_by(schema.stay.c.ticket, schema.stay.c.n)):
            found.setdefault(row.ticket, []).append((row.kind, row.start, row.end, row.counter))
    return found


def expected(hall):
    """The same, told by the tests' own reading of the events."""
    found = {}
    for visit in story.visits(hall.events()).values():
        ended = {"completed", "cancelled", "expired"}
        kept = [stay for stay in visit.stays if stay[0] not in ended]
        found[visit.id] = [(KIND[state], since, until, counter) for state, since, until, counter in kept]
    return found


def differences(hall):
    """How many tickets' stays are wrong, over all days."""
    seen = standing(hall, FOLLOWER)
    with hall.reader.connect() as conn, conn.begin():
        return sum(rows.differences(conn, SITE, day, seen.cursor) for day in rows.days(conn, SITE))


def test_the_stays_are_what_another_reading_of_the_events_says(hall):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    assert len(written(hall)) == 7
    assert {s[0] for own in written(hall).values() for s in own} == set(KIND.values())
    mine = {id: [stay[:3] for stay in own] for id, own in written(hall).items()}
    assert mine == {id: [stay[:3] for stay in own] for id, own in expected(hall).items()}


def test_each_row_says_whose_stay_it_was_and_how_the_visit_ended(hall):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    with hall.reader.connect() as conn, conn.begin():
        found = conn.execute(select(schema.stay).order_by(schema.stay.c.ticket, schema.stay.c.n)).all()
    tickets = {t.id: t for t in hall.tickets()}
    for row in found:
        ticket = tickets[row.ticket]
        assert (row.site, row.day, row.class_) == (SITE, ticket.day, ticket.class_)
        assert row.outcome == (ticket.state.value if ticket.finished_at else None)
        assert (row.counter is None) == (row.kind == "wait")
    assert {row.outcome for row in found} == {None, "completed", "cancelled", "no_show"}
    assert {row.officer for row in found if row.kind == "service"} == {"sari", "dedi"}


def figures(hall):
    """A day's facts as the public page takes them, and as its events say."""
    url = hall.reader.url.render_as_string(hide_password=False)
    days = sorted({e.day for e in hall.events()})
    with hall.reader.connect() as conn, conn.begin():
        told = [facts(hall.site, day, events.of_days(conn, SITE, day, day)) for day in days]
        written = [
            facts_of(
                hall.site,
                d,
                rows.journeys(conn, SITE, d),
                events.refused(conn, SITE, d),
                Excuses(hall.site, events.of_interruptions(conn, SITE, d, d)),
                foretold.of_day(conn, SITE, d),
            )
            for d in days
        ]
    return read_days(url, hall.site, days, hall.perform.sites), told, written


def test_the_figures_of_the_public_page_are_the_same_from_stays_as_from_events(hall):
    a_day(hall)
    hall.now = at("2026-11-24 09:00")
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    shown, told, written = figures(hall)
    assert shown == told == written
    assert sum(sum(d.issued.values()) for d in told) == 14 and any(d.promises for d in told)
    assert sum(many for d in told for _, many in d.foretold.values()) > 3, (
        "estimates that were told and came true, or not"
    )


def test_a_day_that_is_not_written_yet_is_read_from_its_events(hall):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    hall.now = at("2026-11-24 09:00")
    a_day(hall)  # followed by nobody
    shown, told, written = figures(hall)
    assert shown == told != written
    with hall.reader.connect() as conn, conn.begin():
        assert rows.stale_days(conn, SITE) == {MONDAY.date(), hall.now.date()}, "Monday's were closed on Tuesday"


def test_a_table_that_lags_far_behind_or_was_never_written_is_not_believed(hall, monkeypatch):
    a_day(hall)
    with hall.reader.connect() as conn, conn.begin():
        assert rows.stale_days(conn, SITE) is None
    follow(runner(hall, FOLLOWER))
    hall.issue("ktp-cetak")
    monkeypatch.setattr(rows, "LATE_AT_MOST", 0)
    with hall.reader.connect() as conn, conn.begin():
        assert rows.stale_days(conn, SITE) is None


def test_the_public_page_reads_the_stays_and_no_event_of_a_ticket(hall, monkeypatch):
    """Seen by whom it serves: a wrong stay makes a wrong figure, so it is the table that is read."""
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    before, _, _ = figures(hall)
    with hall.writer.begin() as conn:
        conn.execute(delete(schema.stay).where(schema.stay.c.outcome == "completed"))
    after, told, _ = figures(hall)
    assert after != before == told


def test_a_wrong_missing_or_invented_stay_is_found(hall):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    assert differences(hall) == 0
    s = schema.stay.c
    with hall.reader.connect() as conn, conn.begin():
        one = conn.execute(select(schema.stay).where(s.kind == "service").limit(1)).one()
    key = (s.ticket == one.ticket, s.n == one.n)
    changes = (
        update(schema.stay).where(*key).values(counter="99"),
        update(schema.stay).where(*key).values(end=MONDAY),
        delete(schema.stay).where(*key),
        insert(schema.stay).values(one._asdict() | {"ticket": "nobody's"}),
    )
    for n, change in enumerate(changes, 1):
        with hall.writer.begin() as conn:
            conn.execute(change)
        assert differences(hall) == (2 if n == len(changes) else 1), n


def test_rebuilding_mends_them_and_the_follower_goes_on_from_there(hall):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    whole = written(hall)
    with hall.writer.begin() as conn:
        conn.execute(update(schema.stay).values(counter="99"))
        one = conn.execute(select(schema.stay).limit(1)).one()
        conn.execute(insert(schema.stay).values(one._asdict() | {"ticket": "nobody's"}))
    count = batches.rebuild(FOLLOWER, SITE, "the shell", hall.reader, hall.perform.aside, lambda s: None)
    assert count == 8, "seven tickets, and what belonged to none"
    assert written(hall) == whole and differences(hall) == 0
    seen = standing(hall, FOLLOWER)
    assert (seen.behind, seen.runner) == (0, "the shell")
    hall.issue("ktp-cetak")
    expire(hall)
    follow(runner(hall, FOLLOWER))
    assert differences(hall) == 0 and len(written(hall)) == 8


def test_a_rebuilding_that_is_broken_off_is_made_good_by_the_follower(hall, monkeypatch):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    with hall.writer.begin() as conn:
        conn.execute(delete(schema.stay))
    real, done = rows.rewrite, []

    def broken_off(conn, id):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(id)
        real(conn, id)

    monkeypatch.setattr(rows, "rewrite", broken_off)
    with pytest.raises(KeyboardInterrupt):
        batches.rebuild(FOLLOWER, SITE, "the shell", hall.reader, hall.perform.aside, lambda s: None)
    monkeypatch.setattr(rows, "rewrite", real)
    assert standing(hall, FOLLOWER).cursor == cursors.BEGINNING
    with hall.reader.connect() as conn, conn.begin():
        assert rows.stale_days(conn, SITE) == {MONDAY.date()}
    expire(hall)
    follow(runner(hall, FOLLOWER))
    assert differences(hall) == 0 and len(written(hall)) == 7


def test_nobody_else_moves_the_cursor_while_it_is_rebuilt(hall):
    a_day(hall)
    follow(runner(hall, FOLLOWER))
    server = runner(hall, FOLLOWER)

    def meanwhile(_: float) -> None:
        assert server.step() is False

    batches.rebuild(FOLLOWER, SITE, "the shell", hall.reader, hall.perform.aside, meanwhile)
    assert standing(hall, FOLLOWER).behind == 0


def test_the_end_of_a_day_is_written_in_parts(hall):
    hall.do(SARI, officer.open_counter, "5")
    for _ in range(40):
        hall.issue("ktp-cetak")
    follow(runner(hall, FOLLOWER))
    hall.do(WATI, day.close_day)
    closing = [e for e in hall.events() if e.kind == "expired"]
    assert len(closing) == 40 == len(list(stays.parts(closing)))
    follow(runner(hall, FOLLOWER))
    with hall.reader.connect() as conn, conn.begin():
        assert {row.outcome for row in conn.execute(select(schema.stay))} == {"expired"}
    assert differences(hall) == 0


def test_a_stay_s_columns_are_those_of_an_interval():
    """A field that is added to one and not to the other would be lost."""
    about = {"site", "day", "ticket", "n", "class_", "outcome", "people"}
    assert {c.name for c in schema.stay.columns} == about | set(Interval.__match_args__)
