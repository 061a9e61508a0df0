"""The keys of a service's bookings, as they stand in the site file (``site_schema.py`` has the others)."""

from typing import Annotated

from pydantic import Field

from queue_server.settings.site_values import Periods
from queue_server.settings.toml_file import Strict


class SlotsTable(Strict):
    """Slots that anybody may book on the hall's own page, without a name."""

    minutes: Annotated[int, Field(ge=5, le=240)]
    """How long each slot is."""
    hours: Periods | None = None
    """Between which times there are slots: ``["08:30-11:30", "13:00-14:30"]``; without it, in all hours
    of the service."""


class BookingTable(Strict):
    """When they who have booked a place may come."""

    early_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    """So many minutes before the booked time a visitor who is here can be called; until then they sit down."""
    late_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    """So many minutes after the booked time a visitor still comes in time."""
    slots: SlotsTable | None = None
    """Slots that anybody may book on the page ``/{site}/book``; without it, there are lists alone."""
    capacity: Annotated[int, Field(ge=1, le=100)] = 1
    """Places of each slot; what a list has booked for that time counts too."""
    lead_minutes: Annotated[int, Field(ge=0, le=7 * 24 * 60)] = 60
    """A slot can be booked until so many minutes before it begins."""
    days_ahead: Annotated[int, Field(ge=0, le=92)] = 14
    """And so many days before at most."""
    online_share: Annotated[int, Field(ge=1, le=100)] = 30
    """Per cent of the day's quota that can be booked on the page; the rest is for those who come without a phone."""
