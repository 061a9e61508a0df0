"""Nothing stays open for somebody who may not work there any more, nor at a site that is not served any more."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from queue_server import data_folder
from queue_server.booking_lists import read_list
from queue_server.commands import admin, importing, leaving, officer
from queue_server.domain.errors import Code
from queue_server.domain.roles import Role
from queue_server.domain.ticket import State
from queue_server.operations import left_behind
from queue_server.store import accounts, schema, site_leases
from tests.world.declared import redeclared
from tests.world.hall import DEDI, KIOSK, RATNA, SARI, SITE, TUTI, WATI

CHANGES = {
    "disabled": lambda hall: hall.on_server(admin.disable_account, "sari"),
    "moved to another site": lambda hall: changed(hall, "sari", sites=("elsewhere",)),
    "moved to another agency": lambda hall: changed(hall, "sari", agencies=("imigrasi",)),
    "no officer any more": lambda hall: changed(hall, "sari", roles=Role.AUDITOR.only),
}


def changed(hall, username, **changes):
    """What the shell's ``user change`` does."""
    hall.perform("*", lambda tx: admin.change_account(tx, username, **changes))


def look(hall):
    """What the server does each minute."""
    left_behind.clear_counters(hall.perform, hall.reader)
    left_behind.clear_sites(hall.perform, hall.reader)


@pytest.fixture
def at_work(hall):
    """Sari serves at counter 5; her visitor."""
    hall.do(SARI, officer.open_counter, "5")
    ticket = hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    return ticket


@pytest.mark.parametrize("change", CHANGES)
def test_a_counter_closes_when_its_officer_may_not_work_there_any_more(hall, at_work, change):
    CHANGES[change](hall)
    look(hall)
    assert hall.counter("5").officer is None
    assert hall.ticket(at_work).state is State.WAITING and hall.ticket(at_work).arrival == at_work.arrival
    hall.check_replay()
    hall.do(DEDI, officer.open_counter, "5")
    hall.do(DEDI, officer.call_next, "5")
    assert hall.at_hand("5") == at_work.number


@pytest.mark.parametrize("change", CHANGES)
def test_whoever_comes_first_may_sit_down_before_the_server_has_looked(hall, at_work, change):
    CHANGES[change](hall)
    hall.do(DEDI, officer.open_counter, "5")
    assert hall.counter("5").officer == "dedi" and hall.ticket(at_work).state is State.WAITING
    hall.check_replay()


def test_nobody_else_is_sent_away(hall, at_work):
    hall.do(RATNA, officer.open_counter, "2")
    hall.on_server(admin.disable_account, "dedi")
    with hall.changes_nothing():
        look(hall)
    with hall.refuses(Code.COUNTER_TAKEN):
        hall.do(WATI, officer.open_counter, "5")


@pytest.fixture
def elsewhere(hall, at_work):
    """The same server without Lebak's file, and Sari sent to the other hall."""
    other, counter = "elsewhere", hall.site.counters["2"]
    told = redeclared(hall.settings, {other: replace(hall.site, id=other)})
    perform = data_folder.make_performer(told, hall.folder, hall.writer, clock=lambda: hall.now)
    data_folder.apply_structure(perform, told)
    sari = replace(SARI, sites=frozenset({other}), agencies=frozenset({counter.agency}))
    return perform, other, counter.id, sari


def test_a_site_that_left_the_configuration_keeps_no_officer_busy(hall, elsewhere):
    perform, other, counter, sari = elsewhere
    hall.later(minutes=16)
    left_behind.clear_sites(perform, hall.reader)
    assert hall.counter("5").officer is None
    hall.check_replay()
    perform(other, lambda tx: officer.open_counter(tx, counter), actor=sari)
    with hall.reader.connect() as conn, conn.begin():
        taken = select(schema.counter.c.officer).where(schema.counter.c.site == other, schema.counter.c.id == counter)
        assert conn.execute(taken).scalar() == "sari"


def test_one_that_is_only_out_for_an_hour_keeps_its_queue(hall, at_work, elsewhere):
    perform, *_ = elsewhere
    hall.later(hours=1)
    left_behind.clear_sites(perform, hall.reader)
    assert hall.ticket(at_work).state is State.WAITING and not hall.row().day_closed


def test_while_another_server_serves_it_nothing_is_done(hall, at_work, elsewhere):
    perform, *_ = elsewhere
    hall.later(minutes=14)
    with hall.changes_nothing():
        left_behind.clear_sites(perform, hall.reader)


@pytest.mark.parametrize("why", ["it is served here", "something happened there just now", "another server says so"])
def test_a_site_is_left_by_nobody_while(hall, at_work, elsewhere, why):
    """The command itself looks once more: between the look and its turn a server may have come."""
    perform, *_ = elsewhere
    if why == "another server says so":
        with hall.perform.aside() as conn:
            site_leases.hold(conn, "another", [SITE])
    if why != "something happened there just now":
        hall.later(minutes=16)
    with hall.changes_nothing():
        (hall.perform if why == "it is served here" else perform)(SITE, leaving.leave_site)


def test_the_day_of_a_site_that_left_ends_once_it_is_over(hall, at_work, elsewhere):
    perform, *_ = elsewhere
    with hall.writer.begin() as conn:
        key = {"scope": "kiosk", "key": "k", "body_hash": "h", "status": 201, "reply": {}, "ticket": at_work.id}
        conn.execute(schema.request.insert().values(site=SITE, day=hall.row().day, at=hall.now, **key))
    waiting = hall.issue("kk-akta", by=KIOSK)
    list_ = read_list(b"date,time,service,code\n2026-11-23,14:00,paspor-wawancara,48217306\n")
    hall.do(TUTI, importing.import_bookings, list_)
    hall.later(hours=25)
    left_behind.clear_sites(perform, hall.reader)
    [missed] = hall.events("bookings_missed")
    assert len(missed.detail["bookings"]) == 1, "nobody came, and nobody serves the hall any more"
    row = hall.row()
    assert row.day_closed and hall.counter("5").officer is None
    assert {hall.ticket(t).state for t in (at_work, waiting)} == {State.NO_SHOW, State.EXPIRED}
    hall.check_replay()
    with hall.reader.connect() as conn, conn.begin():
        assert not conn.execute(select(schema.request).where(schema.request.c.site == SITE)).all()
    left_behind.clear_sites(perform, hall.reader)
    assert hall.row().revision == row.revision, "once"


def test_an_account_is_changed_by_an_event_and_signs_in_again(hall):
    with hall.reader.connect() as conn, conn.begin():
        dedi = accounts.by_username(conn, "dedi")
    hall.on_server(admin.sign_in, dedi, "a session")
    changed(hall, "DEDI", roles=Role.SUPERVISOR.only, sites=(), agencies=())
    with hall.reader.connect() as conn, conn.begin():
        now = accounts.by_username(conn, "dedi")
        assert (now.role, now.sites, now.agencies) == (Role.SUPERVISOR, (), ())
        assert not conn.execute(select(schema.session)).all()
        (event,) = conn.execute(select(schema.event.c.detail).where(schema.event.c.kind == "account_changed")).all()
    assert event.detail == {
        "account": "dedi",
        "role": "supervisor",
        "roles": ["supervisor"],
        "sites": [],
        "agencies": [],
    }
    assert now.actor.at("a site of tomorrow") and now.actor.for_agency("any")


def test_a_name_stands_in_no_event_and_ends_no_session(hall):
    with hall.reader.connect() as conn, conn.begin():
        dedi = accounts.by_username(conn, "dedi")
    hall.on_server(admin.sign_in, dedi, "a session")
    changed(hall, "dedi", name="Dedi Kurniawan")
    with hall.reader.connect() as conn, conn.begin():
        assert accounts.name_of(conn, "dedi") == "Dedi Kurniawan"
        assert conn.execute(select(schema.session)).all()
        (event,) = conn.execute(select(schema.event.c.detail).where(schema.event.c.kind == "account_changed")).all()
    assert event.detail == {"account": "dedi"}


def test_an_account_that_is_not_there_cannot_be_changed(hall):
    from queue_server.domain.errors import QueueError

    with pytest.raises(QueueError) as refused:
        changed(hall, "nobody", roles=Role.OFFICER.only)
    assert refused.value.code is Code.NOT_FOUND
