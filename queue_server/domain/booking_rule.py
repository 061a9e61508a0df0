"""The rule of the door for who has booked, published in plain words.

A visitor who comes by ``early_minutes`` before the slot, and up to ``late_minutes`` after it, comes in time. On the day
itself, once the hall is open, whoever comes earlier sits down and is called from ``early_minutes`` before the slot on.
A later one has missed it, and the front desk may let them in for a reason.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Arrival(StrEnum):
    """When somebody comes, by the rule."""

    TOO_EARLY = "too_early"  # on an earlier day, or before the hall opens
    EARLY = "early"
    IN_TIME = "in_time"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class BookingRule:
    """So many minutes before the slot one can be called, so many after it one is too late."""

    early_minutes: int = 30
    late_minutes: int = 30

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
