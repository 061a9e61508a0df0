"""What the record says of booked places: which of them an event makes or changes, and what it takes of any quota."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from .booking_events import ListImported
from .bookings import Booking, BookingState, Ended
from .events import Kind
from .fold import Event

_GIVEN_BACK = (Kind.BOOKINGS_MISSED, Kind.BOOKING_GIVEN_BACK, Kind.BOOKINGS_RELEASED)
#: what tells of booked places, of days to come too
OF_BOOKINGS = (
    *(Kind.BOOKINGS_IMPORTED, Kind.BOOKINGS_MISSED),
    *(Kind.SLOT_BOOKED, Kind.BOOKING_CONFIRMED, Kind.BOOKING_GIVEN_BACK, Kind.BOOKINGS_RELEASED),
)
_OF_ONE = (Kind.BOOKING_CONFIRMED, Kind.BOOKING_GIVEN_BACK)
_OF_SEVERAL = (Kind.BOOKINGS_MISSED, Kind.BOOKINGS_RELEASED)


def booking_places(event: Event) -> list[tuple[date, str, int]]:
    """(day, service, how many) for the places that an event of bookings takes of any day's quota, or gives back."""
    said = event.detail
    if event.kind == Kind.BOOKINGS_IMPORTED:
        return [
            (date.fromisoformat(one["date"]), one["service"], one["places"]) for one in said["lists"] if one["places"]
        ]
    if event.kind == Kind.SLOT_BOOKED:
        return [(date.fromisoformat(said["booking"]["date"]), event.service or "", said["booking"]["people"])]
    if event.kind in _GIVEN_BACK:
        return [(date.fromisoformat(day), service, -n) for day, service, n in said["places"]]
    return []


def bookings_named(event: Event) -> list[str]:
    """The ids of the bookings that an event makes or changes."""
    if event.kind == Kind.BOOKINGS_IMPORTED:
        listed = [id for one in event.detail["lists"] for id, *_ in (*one["added"], *one["changed"])]
        return [*listed, *(id for one in event.detail["lists"] for id in one["gone"])]
    if event.kind in _OF_SEVERAL:
        return [*event.detail["bookings"]]
    return [event.detail["booking"]["id"]] if "booking" in event.detail else []


def bookings_after(known: Mapping[str, Booking], event: Event) -> list[Booking]:
    """The bookings that an event changes, as they are after it; ``known``: those it may concern, by their id."""
    if event.kind == Kind.BOOKINGS_IMPORTED:
        return [one for each in event.detail["lists"] for one in _imported(known, event.site, each)]
    if event.kind == Kind.SLOT_BOOKED:
        return [_booked(event)]
    if event.kind in _AFTER:
        return [replace(known[id], **_AFTER[event.kind]) for id in bookings_named(event)]
    came = event.detail.get("booking") if event.kind == Kind.ISSUED else None
    if not came or came["id"] not in known:
        return []
    late = came.get("late", False)
    return [replace(known[came["id"]], state=BookingState.CHECKED_IN, late=late, ticket=event.ticket)]


#: what an event makes of the bookings that it names
_AFTER: Mapping[str, Mapping[str, Any]] = {
    Kind.BOOKINGS_MISSED: {"state": BookingState.MISSED},
    Kind.BOOKING_CONFIRMED: {"confirmed": True},
    Kind.BOOKING_GIVEN_BACK: {"state": BookingState.CANCELLED, "ended": Ended.BY_HOLDER.value},
    Kind.BOOKINGS_RELEASED: {"state": BookingState.CANCELLED, "ended": Ended.UNCONFIRMED.value},
}


def bookings_of_day(event: Event, day: date, known: Collection[str]) -> Event | None:
    """The event as it concerns the bookings of one day alone, None where it tells of others.

    ``known``: the ids of those of that day that were made so far.
    """
    said = event.detail
    if event.kind == Kind.BOOKINGS_IMPORTED:
        return replace(event, detail={**said, "lists": [o for o in said["lists"] if o["date"] == day.isoformat()]})
    if event.kind == Kind.SLOT_BOOKED:
        return event if said["booking"]["date"] == day.isoformat() else None
    if event.kind in _OF_ONE:
        return event if said["booking"]["id"] in known else None
    if event.kind in _OF_SEVERAL:
        back = [place for place in said["places"] if place[0] == day.isoformat()]
        return replace(
            event, detail={**said, "bookings": [id for id in said["bookings"] if id in known], "places": back}
        )
    return event


def _booked(event: Event) -> Booking:
    said = event.detail["booking"]
    slot, day = datetime.fromisoformat(said["slot"]), date.fromisoformat(said["date"])
    taken = (said["id"], event.site, day, event.service or "", slot, said["people"], BookingState.BOOKED)
    return Booking(*taken, own=True, confirmed=said["confirmed"])


def _imported(known: Mapping[str, Booking], site: str, said: ListImported) -> Iterable[Booking]:
    day, booked = date.fromisoformat(said["date"]), BookingState.BOOKED
    for id, slot, people in said["added"]:
        yield Booking(id, site, day, said["service"], datetime.fromisoformat(slot), people, booked)
    for id, slot, people in said["changed"]:
        yield replace(known[id], slot=datetime.fromisoformat(slot), people=people, state=booked)
    for id in said["gone"]:
        yield replace(known[id], state=BookingState.CANCELLED)
