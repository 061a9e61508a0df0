"""What events tell of booked places, beside their own columns. No code, and nothing that was made of one."""

from typing import Any, NotRequired, TypedDict

Listed = list[Any]  # [id, slot in ISO 8601, people]
Place = list[Any]  # [day in ISO 8601, service, how many]


class ListImported(TypedDict):
    """What a list changed of one day and service.

    ``added``, ``changed``: with their new slot and people; ``gone``: no more in the list; ``places``: how many the
    quota of that day gives more (below 0: gets back).
    """

    date: str
    service: str
    added: list[Listed]
    changed: list[Listed]
    gone: list[str]
    places: int


class BookingsImported(TypedDict):
    """A list of bookings was read."""

    lists: list[ListImported]


class BookingsMissed(TypedDict):
    """The time of these was over, and nobody came; ``places``: what the quotas of their days get back."""

    bookings: list[str]
    places: list[Place]


class Booked(TypedDict):
    """A place that somebody booked on the hall's own page; ``confirmed``: there is no day before it any more."""

    id: str
    date: str
    slot: str
    people: int
    confirmed: bool


class SlotBooked(TypedDict):
    """Somebody booked a place on the hall's own page."""

    booking: Booked


class OneBooking(TypedDict):
    """Which booking, and for when it is."""

    id: str
    slot: str


class BookingConfirmed(TypedDict):
    """A holder says that they will come."""

    booking: OneBooking


class BookingGivenBack(TypedDict):
    """A holder will not come; ``places``: what the quota of its day gets back."""

    booking: OneBooking
    places: list[Place]


class BookingsReleased(TypedDict):
    """Nobody said the day before that they will come for these; ``places``: what the quota of the day gets back."""

    bookings: list[str]
    places: list[Place]


class OfBooking(TypedDict):
    """What an issue tells of the booking that it came by.

    ``held``: its place was taken before; ``late``: let in after its time by the front desk.
    """

    id: str
    slot: str
    held: bool
    late: NotRequired[bool]
