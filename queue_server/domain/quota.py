"""How many numbers a day allows, and the one answer to "open, or why not?" that a kiosk shows.

What takes a place in a quota and what gives it back is folded from the events (``fold.quota_change``): an issue
takes one, a transfer takes one of its target; a cancellation before the first call gives it back, a no-show does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .hours import AFTER_CUTOFF, CLOSED, NOT_YET, Opening, next_opening, opening
from .site import Service, Site

DAY_CLOSED = "day_closed"
QUOTA_FULL = "quota_full"

# What today's facts say before the hours do. A closed day will not open at 08:00, so "not yet" would be untrue of it,
# and nobody is served to the end of one; but on a holiday the holiday is the reason.
_SAID_INSTEAD_OF = {
    DAY_CLOSED: (None, NOT_YET, AFTER_CUTOFF, CLOSED),
    QUOTA_FULL: (None, NOT_YET),
}


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a service can be taken a number of now, or why not; times as in :class:`~.hours.Opening`.

    ``class_full`` names the classes without a number left: one may be full while others are not. ``quota_left`` has
    every class of the service; None means unlimited.
    """

    open: bool
    reason: str | None
    quota_left: Mapping[str, int | None]
    class_full: tuple[str, ...]
    opens_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    holiday: str | None = None

    @property
    def detail(self) -> dict[str, str]:
        """What is known about the reason, for a document: instants in ISO 8601; empty when open."""
        if self.open:
            return {}
        instants = {"opens_at": self.opens_at, "since": self.since, "until": self.until}
        known = {name: at.isoformat() for name, at in instants.items() if at is not None}
        return known | ({"holiday": self.holiday} if self.holiday else {})

    def why_not(self, class_: str) -> str | None:
        """Return the reason for refusing a number of this class; None if one may be issued."""
        if self.reason is not None:
            return self.reason
        return QUOTA_FULL if class_ in self.class_full else None


def quota_left(service: Service, used: Mapping[str, int]) -> dict[str, int | None]:
    """Count the numbers left today of each class of the service, never below 0; None is unlimited.

    ``used``: class -> places taken today; a class left out has none taken.
    """
    return {class_: _left(service.quota.get(class_), used.get(class_, 0)) for class_ in service.classes}


def _left(quota: int | None, used: int) -> int | None:
    return None if quota is None else max(0, quota - used)


def availability(
    site: Site,
    service_id: str,
    now: datetime,
    *,
    day_closed: bool,
    used: Mapping[str, int],
    clock_lost: bool = False,
) -> Availability:
    """Decide whether the service gives numbers at ``now``: the one answer for kiosk, board and command.

    ``day_closed``: a supervisor closed this service day. The service as a whole is full when every class it offers is.
    ``clock_lost``: ``now`` is far off, so it is no reason to send anybody home: the open day goes on until a
    person closes it.
    """
    service = site.services[service_id]
    left = quota_left(service, used)
    full = tuple(class_ for class_ in service.classes if left[class_] == 0)
    hours = Opening(True, None) if clock_lost else opening(site, service_id, now)
    today = _today(site, service_id, full, day_closed=day_closed)
    if today and hours.reason in _SAID_INSTEAD_OF[today]:
        opens_at = None if clock_lost else _another_day(site, service_id, now)
        return Availability(False, today, left, full, opens_at=opens_at)
    return Availability(hours.open, hours.reason, left, full, hours.opens_at, hours.since, hours.until, hours.holiday)


def _today(site: Site, service_id: str, full: tuple[str, ...], *, day_closed: bool) -> str | None:
    """The reason that this very day gives, whatever the hours say."""
    if day_closed:
        return DAY_CLOSED
    offered = site.offered(service_id)
    return QUOTA_FULL if offered and set(offered) <= set(full) else None


def _another_day(site: Site, service_id: str, now: datetime) -> datetime | None:
    """Numbers begin anew with the next service day that has hours."""
    tomorrow = now.astimezone(site.timezone).date() + timedelta(days=1)
    return next_opening(site, service_id, now, first_day=tomorrow)
