"""A hall's own slots when two ask at once, over midnight, a change of structure, and seen from later."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from shutil import copytree, rmtree

import pytest

from queue_server import data_folder
from queue_server.commands import checking_in, own_booking, restored
from queue_server.domain.booking_rule import SlotRule
from queue_server.domain.errors import Code
from queue_server.domain.replay import replay
from queue_server.domain.roles import SYSTEM
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.hall_at import hall_at
from tests.world.hall import KIOSK, SITE
from tests.world.own_slots import AHEAD, HOLDER, MONDAY, as_told, begin, code, come, open_slots, take, used, with_slots
from tests.world.values import at


@pytest.fixture
def slots(make_hall, prepared):
    return make_hall(services=with_slots(prepared[1].sites[SITE]))


def test_cancel_and_check_in_at_once_from_two_processes_one_of_them_wins(slots):
    """Two performers stand for two processes: the hall's row decides, and the place is one visitor's or nobody's."""
    clock = slots.perform.clock
    other = data_folder.make_performer(slots.settings, slots.folder, slots.writer, clock=clock)
    made = [take(slots, f"{9 + n // 4:02d}:{30 * (n // 2 % 2):02d}", MONDAY, f"b{n}") for n in range(2, 8)]
    slots.now = at(f"{MONDAY} 09:20")
    ends = {"came": 0, "given back": 0}
    for one in made:
        typed = code(slots, one)

        def cancel(one=one):
            return other(SITE, lambda tx: own_booking.give_back(tx, one.id), actor=HOLDER)

        def check_in(typed=typed):
            return slots.perform(SITE, lambda tx: checking_in.check_in(tx, typed), actor=KIOSK)

        with ThreadPoolExecutor(2) as both:
            done = [both.submit(act) for act in (cancel, check_in)]
            failed = [error.code for each in done if (error := each.exception())]
        assert failed in ([Code.ILLEGAL_TRANSITION], [Code.BOOKING_CANCELLED])
        ends["came" if failed == [Code.ILLEGAL_TRANSITION] else "given back"] += 1
    assert used(slots, MONDAY) == ends["came"] == len(slots.events("issued"))
    assert len(slots.events("booking_given_back")) == ends["given back"] == len(made) - ends["came"]
    assert slots.rows() == replay(slots.events())


def test_a_booking_goes_through_midnight_a_change_of_structure_and_the_hall_of_the_past(slots):
    first, second = take(slots, "09:00"), take(slots, "09:30", browser="two")
    slots.now = at(f"{MONDAY} 23:59")
    open_slots(slots, SlotRule(15, capacity=1))
    begin(slots, f"{AHEAD} 00:00")
    assert [as_told(slots, one)["state"] for one in (first, second)] == ["booked", "booked"]
    slots.now = at(f"{AHEAD} 09:00")
    come(slots, code(slots, first))
    then, seen_then = slots.now, services(slots.read(hall_document))
    slots.later(minutes=5)
    slots.do(HOLDER, own_booking.give_back, second.id)
    take(slots, "11:15", "2026-11-25", "three")
    with slots.reader.connect() as conn, conn.begin():
        past = hall_at(conn, slots.perform.sites.built, slots.site, then, frozenset())
    assert services(past) == seen_then
    assert slots.rows() == replay(slots.events())


def laid_aside(hall, cluster):
    """A copy of all that the hall has, which may be put in its place."""
    hall.stop()
    copy, told = hall.folder.parent / "copy", hall.settings.server
    copytree(hall.folder, copy)
    saved = cluster.url(cluster.create(told.database_url.rpartition("/")[2])) if cluster else None
    hall.start()

    def put_back():
        hall.stop()
        rmtree(hall.folder)
        copytree(copy, hall.folder)
        if saved:
            hall.settings = replace(hall.settings, server=replace(told, database_url=saved))
        hall.start()

    return put_back


def test_after_a_restore_whoever_had_booked_before_comes_and_what_was_booked_since_is_nobody_s(slots, prepared):
    """The hall goes on from the evening before: it knows neither the second booking nor that the first has come."""
    first = take(slots, "09:00")
    put_back = laid_aside(slots, prepared[2])
    second = take(slots, "09:30", browser="two")
    begin(slots, f"{AHEAD} 08:50")
    lost, of_second = come(slots, code(slots, first)), code(slots, second)
    put_back()
    begin(slots, f"{AHEAD} 08:55")
    slots.do(SYSTEM, lambda tx: restored.go_on_after_loss(tx, tx.revision))
    assert (as_told(slots, first)["state"], used(slots)) == ("booked", 1)
    again = come(slots, code(slots, first))
    assert (again.class_, again.number != lost.number, used(slots)) == ("booked", True, 1)
    with slots.refuses(Code.UNKNOWN_BOOKING):
        come(slots, of_second)
    assert take(slots, "09:30", browser="three").id != second.id
    assert slots.rows() == replay(slots.events())


def services(document) -> list:
    return [one["bookings"] for one in document["services"]]
