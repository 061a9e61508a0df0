"""When numbers are given: one function, :func:`opening`, that every screen and every command asks.

Order of what is asked, the first that speaks decides: always open (demo) · holiday · has the day hours (``day_hours``)?
· before opening · between two periods · after closing · within the cutoff before the last closing. The cutoff stops new
numbers only; who waits is still served. It is counted from the day's last closing alone: who waits when a pause begins
is called after it, so a pause needs no time to empty the hall.

Hours are wall-clock times in the site's zone; every comparison is made in UTC, so a day on which the clocks change
works too (Python compares two times of one zone by their wall clocks, which then go back or skip).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .day_hours import cutoff_on, rest_day, service_hours_on, week_on
from .site import MIDNIGHT, Site

HORIZON_DAYS = 60  # how far ahead the next opening is looked for; further is no help to a visitor

HOLIDAY = "holiday"
NOT_TODAY = "not_today"
NOT_YET = "not_yet"
PAUSE = "pause"
AFTER_CUTOFF = "after_cutoff"
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a service gives numbers at an instant, or why not. Instants are aware, in the site's zone.

    ``opens_at``: when closed, the next instant at which numbers are given again (None: not within
    ``HORIZON_DAYS``). ``since``: since when it is as it is today (opened, paused, stopped giving numbers, closed).
    ``until``: when open, the instant numbers stop (None: no end in sight); after the cutoff, the closing time until
    which those who wait are served. ``holiday``: the name of today's holiday where that is the reason.
    """

    open: bool
    reason: str | None = None
    opens_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    holiday: str | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One period of a day as instants (UTC): numbers are given in [opens, stops), people served until closes."""

    opens: datetime
    stops: datetime
    closes: datetime

    @property
    def gives(self) -> bool:
        """Whether it is long enough for a number."""
        return self.opens < self.stops


def opening(site: Site, service_id: str, now: datetime) -> Opening:
    """Decide whether ``service_id`` gives numbers at ``now`` (aware), from the declared structure alone.

    A day closed by a supervisor and used-up quotas are added by ``quota.availability``.
    """
    if site.always_open:
        return Opening(open=True)
    today = now.astimezone(site.timezone).date()
    rest = rest_day(site, today)
    if rest:
        return _shut(site, service_id, now, HOLIDAY, holiday=rest.name)
    stretches = _stretches(site, service_id, today)
    if not stretches:
        return _shut(site, service_id, now, NOT_TODAY)
    return _within(site, service_id, stretches, now.astimezone(UTC))


def _within(site: Site, service_id: str, day: tuple[_Stretch, ...], now: datetime) -> Opening:
    """Decide on a day that has hours."""
    zone = site.timezone
    present = next((one for one in day if one.opens <= now < one.stops), None)
    if present and _around_the_clock(site, service_id, now.astimezone(zone).date()):
        return Opening(open=True)
    if present:
        return Opening(open=True, since=present.opens.astimezone(zone), until=present.stops.astimezone(zone))
    begun = [one for one in day if one.opens <= now]
    if not begun:
        return _shut(site, service_id, now, NOT_YET)
    stopped = max((one.stops for one in begun if one.gives), default=begun[0].stops).astimezone(zone)
    if any(one.gives for one in day if one not in begun):
        return _shut(site, service_id, now, PAUSE, since=stopped)
    closes = max(one.closes for one in day)
    if now >= closes:
        return _shut(site, service_id, now, CLOSED, since=closes.astimezone(zone))
    return _shut(site, service_id, now, AFTER_CUTOFF, since=stopped, until=closes.astimezone(zone))


def _shut(
    site: Site,
    service_id: str,
    now: datetime,
    reason: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    holiday: str | None = None,
) -> Opening:
    opens_at = next_opening(site, service_id, now)
    return Opening(False, reason, opens_at=opens_at, since=since, until=until, holiday=holiday)


def next_opening(site: Site, service_id: str, after: datetime, *, first_day: date | None = None) -> datetime | None:
    """Find the next instant, later than ``after``, at which the service begins to give numbers.

    ``first_day`` skips the days before it (tomorrow, when today is used up). None if there is none within
    ``HORIZON_DAYS``.
    """
    start = first_day or after.astimezone(site.timezone).date()
    for day in (start + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1)):
        for one in _stretches(site, service_id, day):
            if one.gives and one.opens > after:
                return one.opens.astimezone(site.timezone)
    return None


def serves(reason: str | None) -> bool:
    """Whether a service is within its hours that gives no numbers for that reason (None: it gives some)."""
    return reason in (None, AFTER_CUTOFF)


def open_span(site: Site, day: date) -> tuple[datetime, datetime] | None:
    """From when to when (UTC) anybody serves on ``day``, pauses included; None if nobody does."""
    found = [one for service in site.services for one in _stretches(site, service, day)]
    return (min(one.opens for one in found), max(one.closes for one in found)) if found else None


def served_spans(site: Site, service_id: str, day: date) -> list[tuple[datetime, datetime]]:
    """From when to when (UTC) the service is given on ``day``: a span for each of its periods."""
    return [(one.opens, one.closes) for one in _stretches(site, service_id, day)]


def last_closing(site: Site, services: Collection[str], day: date) -> datetime | None:
    """When (UTC) the last of these services closes on ``day``; None if none of them is given."""
    return max((one.closes for service in services for one in _stretches(site, service, day)), default=None)


def _stretches(site: Site, service_id: str, day: date) -> tuple[_Stretch, ...]:
    """The instants of a day's periods; the cutoff stands before the last closing."""
    ends = [
        (_instant(site, day, opens), _instant(site, day + timedelta(days=closes == MIDNIGHT), closes))
        for opens, closes in service_hours_on(site, service_id, day)
    ]
    if not ends:
        return ()
    last_number = ends[-1][1] - cutoff_on(site, day)
    return tuple(_Stretch(opens, max(opens, min(closes, last_number)), closes) for opens, closes in ends)


def _instant(site: Site, day: date, moment: time) -> datetime:
    """A wall-clock time of the site in UTC. A time that a clock change skips falls as far after the change."""
    return datetime.combine(day, moment, tzinfo=site.timezone).astimezone(UTC)


def _around_the_clock(site: Site, service_id: str, day: date) -> bool:
    """Whether neither the site nor the service ever closes."""
    service = site.service_on(service_id, day)
    return week_on(site, day) is None and service.hours is None and service.days is None
