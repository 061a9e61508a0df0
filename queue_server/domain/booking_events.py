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


class OfBooking(TypedDict):
    """What an issue tells of the booking that it came by.

    ``held``: its place was taken before; ``late``: let in after its time by the front desk.
    """

    id: str
    slot: str
    held: bool
    late: NotRequired[bool]
