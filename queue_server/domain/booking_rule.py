"""The rule of the door for who has booked, published in plain words.

A visitor who comes by ``early_minutes`` before the slot, and up to ``late_minutes`` after it, comes in time. On the day
itself, once the hall is open, whoever comes earlier sits down and is called from ``early_minutes`` before the slot on.
A later one has missed it, and the front desk may let them in for a reason.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum


class Arrival(StrEnum):
    """When somebody comes, by the rule."""

    TOO_EARLY = "too_early"  # on an earlier day, or before the hall opens
    EARLY = "early"
    IN_TIME = "in_time"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class SlotRule:
    """The hall's own slots of a service: how long each is, and how many places anybody may book in it.

    ``hours``: between which times of the day there are slots, beside the service's own hours; none: in all of those.
    ``lead_minutes``: a slot is booked no later than so long before it begins. ``days_ahead``: and no earlier than so
    many days before. ``online_share``: per cent of the day's quota that may be booked so.
    """

    minutes: int
    hours: tuple[tuple[time, time], ...] = ()
    capacity: int = 1
    lead_minutes: int = 60
    days_ahead: int = 14
    online_share: int = 30


@dataclass(frozen=True, slots=True)
class BookingRule:
    """So many minutes before the slot one can be called, so many after it one is too late.

    ``own``: the slots that anybody may book on the hall's own page; None: there are none, only lists.
    """

    early_minutes: int = 30
    late_minutes: int = 30
    own: SlotRule | None = None

    def callable_from(self, slot: datetime) -> datetime:
        """From when on whoever has checked in is called."""
        return slot - timedelta(minutes=self.early_minutes)

    def until(self, slot: datetime) -> datetime:
        """The last instant at which one comes in time."""
        return slot + timedelta(minutes=self.late_minutes)

    def arrival(self, slot: datetime, now: datetime, doors: datetime | None) -> Arrival:
        """When somebody comes; ``doors``: when the hall opens on the booked day (None: it is open all day)."""
        if now > self.until(slot):
            return Arrival.TOO_LATE
        if doors is not None and now < doors:
            return Arrival.TOO_EARLY
        return Arrival.EARLY if now < self.callable_from(slot) else Arrival.IN_TIME
