"""A hall's own slots, and a place that was booked of one: as whoever has its link may see it."""

from typing import Annotated

from pydantic import Field

from ..domain.bookings import BookingState, Ended
from .shared import Count, Document, Instant, Stamped


class SlotOfDay(Document):
    """One slot that can still be booked, or (``left`` 0) was full."""

    time: Annotated[str, Field(description="HH:MM at the site")]
    left: Count


class DayWithSlots(Document):
    """A day on which there are slots; ``left``: places in all of them."""

    date: str
    left: Count


class Slots(Stamped):
    """A service's slots of a day, and the days that have any."""

    site: str
    service: str
    date: str
    minutes: Count
    people_most: Annotated[Count, Field(description="that one booking may be for")]
    early_minutes: int
    late_minutes: int
    days: list[DayWithSlots]
    slots: list[SlotOfDay]


class BareOwnBooking(Stamped):
    """A booked place without its secrets.

    ``callable_from``, ``until``: between them one comes in time. ``gone``: the service is not given at that time any
    more. ``confirm_from``, ``confirm_until``: when it may be said that somebody will come, null where it need not.
    ``number``: of whoever came with it.
    """

    site: str
    service: str
    date: str
    time: str
    slot: Instant
    people: Count
    state: BookingState
    ended: Annotated[Ended | None, Field(description="why it was given back")]
    late: bool
    callable_from: Instant
    until: Instant
    confirmed: bool
    confirm_from: Instant | None
    confirm_until: Instant | None
    may_confirm: bool
    may_cancel: bool
    gone: bool
    number: str | None


class OwnBooking(BareOwnBooking):
    """The same for whoever has its link: the code for kiosk and front desk, and the link."""

    code: str
    url: str
