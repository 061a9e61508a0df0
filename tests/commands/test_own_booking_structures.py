"""Slots follow the structure that will hold on their day; whose slot it takes away is told before, and so is staff."""

from datetime import date

import pytest

from queue_server.commands import own_booking
from queue_server.domain.errors import Code
from queue_server.domain.replay import replay
from queue_server.queries.bookings import of_day, out_of_hours
from tests.commands.test_bookings import book, line
from tests.commands.test_structure_versions import edited, save
from tests.world.hall import WATI
from tests.world.own_slots import HOLDER, as_told, begin, code, come, seen, take, used

THURSDAY, FRIDAY = "2026-11-26", "2026-11-27"
SLOTS = {"slots": {"minutes": 30, "hours": ["08:00-12:00"]}, "capacity": 2, "lead_minutes": 30, "online_share": 100}
SHORT = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:00-10:00")


@pytest.fixture
def hall(hall):
    """Today is Monday. Slots until noon, two places each."""
    save(hall, edited(hall, paspor_wawancara={"booking": SLOTS}))
    return hall


def from_friday(hall, **changes) -> None:
    save(hall, edited(hall, paspor_wawancara=changes), from_day=date.fromisoformat(FRIDAY))


def test_slots_are_those_of_the_structure_that_holds_on_their_day(hall):
    from_friday(hall, hours=SHORT, booking={**SLOTS, "capacity": 1, "slots": {"minutes": 60}})
    assert (list(seen(hall, THURSDAY).values()), list(seen(hall, FRIDAY).items())) == (
        [2] * 8,
        [("08:00", 1), ("09:00", 1)],
    )
    assert take(hall, "11:30", THURSDAY)
    for time_ in ("11:30", "09:30"):
        with hall.refuses(Code.SLOT_GONE):
            take(hall, time_, FRIDAY)
    assert take(hall, "09:00", FRIDAY)
    with hall.refuses(Code.SLOT_FULL):
        take(hall, "09:00", FRIDAY, browser="two")
    begin(hall, f"{FRIDAY} 08:00")
    assert seen(hall, FRIDAY) == {"09:00": 0}
    assert hall.rows() == replay(hall.events())


def test_a_service_without_slots_by_then_has_none_to_book_on_those_days(hall):
    from_friday(hall, booking={"early_minutes": 30})
    assert (len(seen(hall, THURSDAY)), seen(hall, FRIDAY)) == (8, {})
    with hall.refuses(Code.SLOT_GONE):
        take(hall, "09:00", FRIDAY)


def test_whose_slot_a_later_structure_takes_away_is_told_before_that_day_and_so_is_staff(hall):
    kept, lost = take(hall, "09:00", FRIDAY), take(hall, "11:00", FRIDAY)
    early = take(hall, "11:00", THURSDAY, browser="two")
    book(hall, line("11:30", "4455", on=FRIDAY))
    assert not hall.read(lambda view: out_of_hours(view, WATI))
    from_friday(hall, hours=SHORT)
    assert [as_told(hall, one)["gone"] for one in (kept, lost, early)] == [False, True, False]
    assert hall.read(lambda view: out_of_hours(view, WATI)) == {date.fromisoformat(FRIDAY): 2}
    rows = hall.read(lambda view: of_day(view, WATI, date.fromisoformat(FRIDAY)))["bookings"]
    assert [row["gone"] for row in rows] == [False, True, True]
    hall.do(HOLDER, own_booking.give_back, lost.id)
    assert (used(hall, FRIDAY), hall.read(lambda view: out_of_hours(view, WATI))) == (
        2,
        {date.fromisoformat(FRIDAY): 1},
    )


def test_the_rule_of_the_door_that_is_told_is_that_of_the_day(hall):
    one = take(hall, "09:00", FRIDAY)
    from_friday(hall, booking={**SLOTS, "early_minutes": 10, "late_minutes": 5})
    told = as_told(hall, one)
    assert (told["callable_from"][11:16], told["until"][11:16]) == ("08:50", "09:05")
    begin(hall, f"{THURSDAY} 08:00")
    hall.do(HOLDER, own_booking.confirm, one.id)
    begin(hall, f"{FRIDAY} 08:40")
    assert come(hall, code(hall, one)).early
