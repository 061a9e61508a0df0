"""Those who have booked and are still to come lengthen the wait of whoever is here, and of nobody else."""

import pytest

from queue_server.commands import day, officer
from queue_server.queries.waits import Waits, queue
from tests.commands.test_bookings import SERVICE, book, come, line
from tests.world.counting import statements
from tests.world.hall import RATNA, TUTI, WATI, Hall
from tests.world.own_slots import begin

DESK = "2"


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """Nine o'clock; four wait for one counter, ten minutes each as promised."""
    hall.do(RATNA, officer.open_counter, DESK)
    for class_ in ("regular", "regular", "regular", "priority"):
        hall.issue(SERVICE, class_, TUTI)
    return hall


def told(hall: Hall, class_: str = "regular") -> int:
    found = hall.read(lambda view: Waits(view).foretold_newcomer(SERVICE, class_))
    return found.expected_s


def anew(hall: Hall, class_: str = "regular") -> int:
    """The same from the database, by a server that has just begun."""
    hall.stop()
    hall.start()
    return told(hall, class_)


def test_a_place_that_was_booked_for_before_the_call_is_one_more_ahead(hall):
    before = {class_: told(hall, class_) for class_ in ("regular", "priority", "booked")}
    book(hall, line("09:20", "1111"), line("09:25", "2222"), line("12:00", "3333"), line("08:00", "4444"))
    after = {class_: told(hall, class_) for class_ in before}
    assert after["regular"] > before["regular"]
    assert after["booked"] == before["booked"]
    assert anew(hall) == after["regular"]
    came = come(hall, "1111")
    assert (told(hall), hall.ticket(came).in_line) == (anew(hall), True)


def test_all_who_wait_are_told_so_and_each_by_their_own_turn(hall):
    before = hall.read(lambda view: queue(view, SERVICE))["estimates"]
    book(hall, *(line(f"09:{n}", f"55{n}") for n in range(10, 50, 5)))
    after = hall.read(lambda view: queue(view, SERVICE))["estimates"]
    assert all(now >= then for now, then in zip(after, before, strict=True))
    assert after[2] > before[2]
    assert after[0][1] - before[0][1] < after[2][1] - before[2][1]


def test_one_who_sits_here_for_a_later_time_counts_whole(hall):
    book(hall, line("09:50", "6666"))
    maybe = told(hall)
    come(hall, "6666")
    assert maybe < told(hall) == anew(hall)


def test_as_many_are_expected_as_came_on_the_days_before(hall):
    book(hall, *(line("09:20", f"77{n:02d}") for n in range(20)), line("09:20", "8888", on="2026-11-24"))
    for n in range(20):
        come(hall, f"77{n:02d}")
    hall.do(WATI, day.close_day)
    begin(hall, "2026-11-24 09:00")
    hall.do(RATNA, officer.open_counter, DESK)
    for _ in range(3):
        hall.issue(SERVICE, by=TUTI)
    assert told(hall) == expected_of(hall, 4)


def expected_of(hall: Hall, people: int) -> int:
    """With so many before, and nobody to come."""
    return hall.read(lambda view: Waits(view).foretold(SERVICE, people, "booked")).expected_s


def test_it_costs_no_look_at_the_database_from_command_to_command(hall):
    book(hall, line("09:20", "1111"), line("09:40", "2222"))
    hall.issue(SERVICE, by=TUTI)
    told(hall)
    come(hall, "1111")
    with statements() as asked:
        told(hall)
    assert not [one for one in asked if "booking" in one]
