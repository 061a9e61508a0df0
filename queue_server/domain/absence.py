"""When the silence of an enrolled screen that nobody attends is somebody's to see to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from .day import local_date
from .hours import open_span, served_spans
from .site import Site

Screen = Literal["kiosk", "wall", "counter"]

ABSENT_AFTER = timedelta(minutes=1)
DOUBTED_AFTER = timedelta(seconds=20)  # a display speaks every ten seconds, a kiosk every five


@dataclass(frozen=True, slots=True)
class Place:
    """An enrolled screen and what it shows; ``counter``: whose display it is, None for a wall or a kiosk."""

    device: str
    site: str
    screen: Screen
    counter: str | None = None


def absent_from(site: Site, seen_at: datetime, now: datetime, *, opened: bool, day_closed: bool) -> datetime | None:
    """The instant from which a screen last heard at ``seen_at`` is an alarm; None if there is nothing to doubt.

    The instant may lie ahead: it is told as soon as the screen has missed two of its words. Silence counts within
    opening hours only, of a screen that was heard this very day: one that is off all day is off on purpose.
    ``opened``: a supervisor lets numbers be given now, whatever the hours say; ``day_closed``: somebody closed the day.
    """
    if now - seen_at < DOUBTED_AFTER or local_date(site, seen_at) != local_date(site, now):
        return None
    return counted_from(site, seen_at + ABSENT_AFTER, now, opened=opened, day_closed=day_closed)


def counted_from(site: Site, at: datetime, now: datetime, *, opened: bool, day_closed: bool) -> datetime | None:
    """The instant from which a trouble that begins at ``at`` is an alarm: within opening hours only, else None."""
    if opened:
        return at
    span = None if day_closed else open_span(site, local_date(site, now))
    if span is None or not span[0] <= now < span[1]:
        return None
    return max(at, span[0])


def wanted_from(
    site: Site, services: Iterable[str], at: datetime, now: datetime, *, opened: bool, day_closed: bool
) -> datetime | None:
    """Since when, from ``at`` on, somebody is wanted at a counter of these services; None: nobody is now.

    Somebody is wanted while one of them is served, so not in a pause. ``opened``, ``day_closed``: as above.
    """
    if opened:
        return at
    if day_closed:
        return None
    day = local_date(site, now)
    begun = [
        opens for service in services for opens, closes in served_spans(site, service, day) if opens <= now < closes
    ]
    return max(at, min(begun)) if begun else None
