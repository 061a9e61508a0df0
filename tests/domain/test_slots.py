"""A hall's own slots, on values: a service without them, without a quota, and without a day to confirm on."""

from datetime import date, time, timedelta

import pytest

from queue_server.domain.booking_rule import BookingRule, SlotRule
from queue_server.domain.bookings import Booking, BookingState
from queue_server.domain.site import Holiday
from queue_server.domain.slots import (
    DayOfSlots,
    address_places,
    confirm_from,
    day_left,
    free_slots,
    is_to_confirm,
    slot_times,
)
from tests.world.values import at, hall, service, special

MONDAY, NOW = date(2026, 11, 23), at("2026-11-23 09:00")
RULE = SlotRule(30, ((time(8), time(12)),), capacity=2, lead_minutes=30, days_ahead=14, online_share=25)
BOOKABLE = service(classes=("regular", "booked"), booking=BookingRule(own=RULE))


def one(day: date, **changes) -> Booking:
    """Somebody's place at nine."""
    slot = at(f"{day} 09:00")
    return Booking("b", "lebak", day, changes.pop("service", "ktp"), slot, 1, BookingState.BOOKED, **changes)


@pytest.mark.parametrize("given", [service(), service(booking=BookingRule(own=RULE))], ids=["none", "nobody may come"])
def test_a_service_without_slots_of_its_own_has_none_and_no_place_of_them(given):
    site, on = hall(given), DayOfSlots(MONDAY)
    assert (slot_times(site, "ktp", MONDAY), free_slots(site, "ktp", on, NOW)) == ([], [])
    assert (day_left(site, "ktp", on), address_places(site, "ktp", MONDAY)) == (0, 0)


def test_without_a_quota_the_share_of_one_address_is_one_of_what_the_slots_hold():
    site = hall(BOOKABLE)
    assert len(slot_times(site, "ktp", MONDAY)) == 8
    assert address_places(site, "ktp", MONDAY) == 8 * 2 * 25 // 100
    assert address_places(site, "ktp", date(2026, 11, 29)) == 1, "on a Sunday there is none, but the least is one"


@pytest.mark.parametrize(
    ("day", "from_"),
    [
        pytest.param("2026-11-25", "2026-11-24 00:00", id="the day before"),
        pytest.param("2026-11-23", "2026-11-20 00:00", id="a Monday, from Friday on"),
        pytest.param("2026-12-24", "2026-12-23 00:00", id="after a long holiday, the day before"),
    ],
)
def test_it_is_said_from_the_last_day_on_which_the_service_was_given(day, from_):
    shut = [Holiday(date(2026, 12, 1) + timedelta(days=n), "Cuti", closed=True) for n in range(23)]
    assert confirm_from(hall(BOOKABLE, holidays=special(*shut)), "ktp", date.fromisoformat(day)) == at(from_)


def test_for_a_service_that_is_no_more_it_is_said_the_day_before():
    assert confirm_from(hall(BOOKABLE), "sim", MONDAY) == at("2026-11-22 00:00")


@pytest.mark.parametrize(
    ("booked", "asked"),
    [
        ({"own": True}, True),
        ({"own": False}, False),
        ({"own": True, "confirmed": True}, False),
    ],
)
def test_only_whoever_booked_here_and_has_not_said_so_is_asked_to(booked, asked):
    assert is_to_confirm(hall(BOOKABLE), one(date(2026, 11, 24), **booked), NOW) is asked
