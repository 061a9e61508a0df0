"""Booked places: how a day's went, and what a list changed. No name and no code is known of any."""

from typing import Annotated

from pydantic import Field

from ..domain.bookings import BookingState, Ended
from .shared import Count, Document, Instant, Stamped


class Went(Document):
    """How many bookings of a day and service."""

    booked: Annotated[Count, Field(description="all but those given back")]
    came: Annotated[Count, Field(description="with those who came too late and were let in")]
    came_late: Count
    missed: Annotated[Count, Field(description="their time was over, and nobody came")]
    given_back: Annotated[Count, Field(description="cancelled before their time")]
    to_come: Annotated[Count, Field(description="still expected")]


class BookingsOfService(Went):
    """One service's."""

    service: str
    people: Annotated[Count, Field(description="in the bookings that were not given back")]
    quota: Annotated[int | None, Field(description="how many the class may have that day; null: no limit")]


class Booked(Document):
    """One booked place; ``number``: of whoever came with it."""

    id: str
    service: str
    slot: Instant
    people: Count
    state: BookingState
    late: bool
    number: str | None
    own: Annotated[bool, Field(description="booked on the hall's own page, not by a list")]
    confirmed: Annotated[bool, Field(description="of such a one: it was said the day before that somebody will come")]
    ended: Annotated[Ended | None, Field(description="of such a one: why it was given back")]
    gone: Annotated[bool, Field(description="expected, but the service is not given at that time any more")]


class Bookings(Stamped):
    """A day's bookings within the reader's agencies, in the order of their times."""

    site: str
    day: str
    services: list[BookingsOfService]
    bookings: list[Booked]


class OfList(Document):
    """What a list changed of one day and service."""

    date: str
    service: str
    added: Count
    changed: Annotated[Count, Field(description="another time or number of people, or given back before")]
    gone: Annotated[Count, Field(description="no more in the list: cancelled, their places given back")]
    unchanged: Count
    booked: Annotated[Count, Field(description="people, of this list and of what was booked otherwise")]
    quota: Annotated[int | None, Field(description="how many the class may have that day; null: no limit")]


class ImportedBookings(Stamped):
    """What a file changed; ``doubled``: lines that stood there twice; ``ignored``: sheets that are no list."""

    site: str
    lists: list[OfList]
    doubled: Count
    ignored: list[str]
