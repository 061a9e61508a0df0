"""What an event says of one day's bookings: its own part of a list, and of those of other days nothing."""

from datetime import date

import pytest

from queue_server.domain.booking_record import bookings_of_day
from queue_server.domain.events import Kind
from queue_server.domain.fold import Event
from queue_server.domain.replay import replay_day
from tests.world.values import at

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
KNOWN = {"of tuesday"}


def event(kind: Kind, detail: dict) -> Event:
    """Something that is said on Monday."""
    return Event("lebak", 1, 1, 0, at("2026-11-23 09:00"), MONDAY, kind, detail=detail)


@pytest.mark.parametrize(
    ("kind", "detail", "told"),
    [
        (Kind.SLOT_BOOKED, {"booking": {"date": "2026-11-24"}}, {"booking": {"date": "2026-11-24"}}),
        (Kind.SLOT_BOOKED, {"booking": {"date": "2026-11-25"}}, None),
        (Kind.BOOKING_CONFIRMED, {"booking": {"id": "of tuesday"}}, {"booking": {"id": "of tuesday"}}),
        (Kind.BOOKING_CONFIRMED, {"booking": {"id": "another"}}, None),
        (Kind.BOOKINGS_IMPORTED, {"lists": [{"date": "2026-11-24"}, {"date": "2026-11-25"}]}, {"lists": 1}),
        (Kind.BOOKINGS_MISSED, {"bookings": ["of tuesday", "x"], "places": [["2026-11-24", "a", -1]]}, {"bookings": 1}),
        (Kind.CALLED, {"counter": "5"}, {"counter": "5"}),
    ],
)
def test_an_event_tells_of_one_day_what_is_that_day_s(kind, detail, told):
    said = bookings_of_day(event(kind, detail), TUESDAY, KNOWN)
    if told is None:
        assert said is None
        return
    assert said is not None
    found = {key: len(said.detail[key]) if isinstance(told[key], int) else said.detail[key] for key in told}
    assert found == told


def test_a_day_that_is_folded_alone_has_no_place_of_another():
    of_other = event(Kind.SLOT_BOOKED, {"booking": {"date": "2026-11-25"}})
    assert replay_day([of_other], TUESDAY, ("5",)) == replay_day([], TUESDAY, ("5",))
