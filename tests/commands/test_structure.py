"""The site file becomes rows: idempotently, by stable ids; what is removed is retired, never deleted."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from queue_server.commands import admin, officer, structuring
from queue_server.domain.errors import Code
from queue_server.domain.roles import SYSTEM, Role
from queue_server.domain.ticket import State
from queue_server.store import schema
from queue_server.store.accounts import Account
from tests.world.hall import DEDI, SARI, SITE


def without(counters, *ids):
    """The counters but for these."""
    return {id: c for id, c in counters.items() if id not in ids}


def retired(hall, table):
    """The ids of retired rows."""
    with hall.reader.connect() as conn, conn.begin():
        return {r.id for r in conn.execute(select(table).where(table.c.site == SITE)) if r.retired_at is not None}


def test_applying_the_same_file_again_changes_nothing(hall):
    with hall.changes_nothing():
        hall.do(SYSTEM, lambda tx: structuring.configure(tx, tx.config, tx.structure))
    with hall.changes_nothing():
        hall.start()


def test_a_changed_name_is_one_event_and_the_same_row(hall):
    counters = dict(hall.site.counters)
    counters["5"] = replace(counters["5"], name="Loket Cetak")
    hall.do(SARI, officer.open_counter, "5")
    before = hall.revision
    hall.start(counters=counters)
    assert hall.revision == before + 1
    event = hall.events("configured")[-1]
    assert event.detail["changes"] == {"counter": {"5": "declared"}}
    assert hall.counter("5").officer == "sari", "counters stay open with their officers"


def renamed(hall, changes):
    """The hall's services and counters, as a site file that calls services otherwise would have them."""
    services = {changes.get(id, id): replace(s, id=changes.get(id, id)) for id, s in hall.site.services.items()}
    counters = {
        id: replace(c, services=tuple(changes.get(s, s) for s in c.services)) for id, c in hall.site.counters.items()
    }
    return {"services": services, "counters": counters}


def test_a_service_that_is_called_otherwise_goes_on_above_the_numbers_of_its_prefix(hall):
    given = [hall.issue("ktp-cetak").number for _ in range(3)]
    hall.start(**renamed(hall, {"ktp-cetak": "ktp-el"}))
    given += [hall.issue("ktp-el").number for _ in range(2)]
    assert len(set(given)) == 5 and given == sorted(given)
    hall.start(**renamed(hall, {"ktp-el": "ktp-cetak"}))
    assert hall.issue("ktp-cetak").number not in given


def test_services_that_change_their_prefixes_give_no_number_twice(hall):
    one, other = "ktp-cetak", "kk-akta"
    given = [hall.issue(one).number for _ in range(3)] + [hall.issue(other).number]
    services = dict(hall.site.services)
    services[one] = replace(services[one], prefix=hall.site.services[other].prefix)
    services[other] = replace(services[other], prefix=hall.site.services[one].prefix)
    hall.start(services=services)
    given += [hall.issue(one).number for _ in range(3)] + [hall.issue(other).number for _ in range(4)]
    assert len(set(given)) == len(given)


def test_who_waits_for_a_service_that_was_dropped_can_still_be_called_by_number(hall):
    hall.do(SARI, officer.open_counter, "5")
    waiting = hall.issue("kk-akta")
    services = without(hall.site.services, "kk-akta")
    kept = {
        id: replace(c, services=tuple(s for s in c.services if s != "kk-akta")) for id, c in hall.site.counters.items()
    }
    hall.start(services=services, counters=kept)
    hall.do(SARI, officer.call, "5", waiting.number, "layanan dihapus")
    assert hall.at_hand("5") == waiting.number
    hall.do(SARI, officer.serve, "5")
    hall.do(SARI, officer.finish, "5")
    assert hall.ticket(waiting).state is State.COMPLETED


def test_a_removed_counter_that_nobody_had_open_is_retired_and_nothing_happened_there(hall):
    hall.start(counters=without(hall.site.counters, "5"))
    assert "5" in retired(hall, schema.counter)
    assert hall.events("counter_closed", "returned") == []


def test_a_removed_counter_is_closed_and_retired_and_its_visitor_waits_again(hall):
    hall.do(SARI, officer.open_counter, "5")
    ticket = hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    everything = hall.site.counters
    hall.start(counters=without(everything, "5"))
    assert retired(hall, schema.counter) == {"5"}
    assert (hall.ticket(ticket).state, hall.counter("5").officer) == (State.WAITING, None)
    assert hall.last(3) == ["returned", "counter_closed", "configured"]
    with hall.refuses(Code.NOT_FOUND):
        hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    hall.do(DEDI, officer.call_next, "6")
    assert hall.at_hand("6") == ticket.number
    hall.start(counters=everything)
    assert retired(hall, schema.counter) == set()
    hall.do(SARI, officer.open_counter, "5")


def test_new_weights_turn_every_wheel_to_its_first_slot(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak", "priority")
    hall.do(SARI, officer.call_next, "5")
    assert hall.counter("5").wheel == 1
    hall.start(order={"priority": 1, "regular": 3})
    assert hall.counter("5").wheel == 0
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.undo, "5")  # the wheel it would turn back is gone
    assert hall.at_hand("5") == "J001"


def test_a_class_dropped_from_the_order_is_taken_no_more_and_called_to_the_last(hall):
    hall.issue("ktp-cetak", "priority"), hall.issue("ktp-cetak")
    hall.start(order={"regular": 1})
    with hall.refuses(Code.CLASS_NOT_OFFERED, service="ktp-cetak", **{"class": "priority"}):
        hall.issue("ktp-cetak", "priority")
    hall.do(SARI, officer.open_counter, "5")
    called = []
    for _ in range(2):
        hall.do(SARI, officer.call_next, "5")
        called.append(hall.at_hand("5"))
        hall.do(SARI, officer.no_show, "5")
    assert sorted(called) == ["J001", "J002"]


def test_a_restart_keeps_counters_tickets_wheels_and_revisions(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak", "priority"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    before = hall.rows(), hall.revision
    hall.stop()
    hall.start()
    assert (hall.rows(), hall.revision) == before
    hall.do(SARI, officer.serve, "5")
    assert hall.revision == before[1] + 1


def test_a_username_is_taken_once_whatever_its_case(hall):
    again = Account("x", "SARI", "Sari", Role.OFFICER.only, "-", (SITE,), ())
    with hall.refuses(Code.USERNAME_TAKEN, field="username"):
        hall.on_server(admin.add_account, again)


def test_server_wide_commands_leave_every_site_alone(hall):
    """I-14"""
    before = hall.marks()
    hall.on_server(admin.add_device, "Kios pintu", Role.KIOSK, SITE, "token")
    assert hall.marks() == before


@pytest.mark.parametrize("order", [{"priority": 2, "booked": 1, "regular": 1}])
def test_the_order_in_force_is_remembered(hall, order):
    assert hall.row().weights == order


def test_a_counter_that_the_file_names_and_the_database_not_yet_is_not_found(hall):
    new = replace(hall.site.counters["5"], id="new")
    with_it = replace(hall.site, counters={**hall.site.counters, "new": new})
    hall.perform.sites.learn(SITE, hall.row().epoch, hall.row().structure, with_it)
    with hall.refuses(Code.NOT_FOUND):
        hall.do(SARI, officer.open_counter, "new")
