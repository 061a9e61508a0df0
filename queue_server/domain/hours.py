"""When numbers are given: one function, :func:`opening`, that every screen and every command asks.

Order of what is asked, the first that speaks decides: always open (demo) · holiday · the weekday · before opening ·
after closing · within the cutoff before closing. The cutoff stops new numbers only; who waits is still served.

Hours are wall-clock times in the site's zone; every comparison is made in UTC, so a day on which the clocks change
works too (Python compares two times of one zone by their wall clocks, which then go back or skip).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, overload

from .site import MIDNIGHT, WEEKDAYS, Holiday, Service, Site, WeekHours

HORIZON_DAYS = 60  # how far ahead the next opening is looked for; further is no help to a visitor

HOLIDAY = "holiday"
NOT_TODAY = "not_today"
NOT_YET = "not_yet"
AFTER_CUTOFF = "after_cutoff"
CLOSED = "closed"

Window = tuple[time, time]  # opens, closes; MIDNIGHT as a closing time is the end of the day
WHOLE_DAY: Window = (time(0), MIDNIGHT)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a service gives numbers at an instant, or why not. Instants are aware, in the site's zone.

    ``opens_at``: when closed, the next instant at which numbers are given again (None: not within
    ``HORIZON_DAYS``). ``since``: since when it is as it is today (opened, stopped giving numbers, closed).
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
class _Span:
    """One day's window as instants (UTC): numbers are given in [opens, stops), people served until closes."""

    opens: datetime
    stops: datetime
    closes: datetime


def opening(site: Site, service_id: str, now: datetime) -> Opening:
    """Decide whether ``service_id`` gives numbers at ``now`` (aware), from the declared structure alone.

    A day closed by a supervisor and used-up quotas are added by ``quota.availability``.
    """
    if site.always_open:
        return Opening(open=True)
    service, zone = site.services[service_id], site.timezone
    today = now.astimezone(zone).date()
    rest = _rests(site, today)
    if rest:
        return _shut(site, service, now, HOLIDAY, holiday=rest.name)
    span = _span(site, service, today)
    if span is None:
        return _shut(site, service, now, NOT_TODAY)
    return _within(site, service, span, now.astimezone(UTC))


def _within(site: Site, service: Service, span: _Span, now: datetime) -> Opening:
    """Decide on a day that has hours."""
    zone = site.timezone
    if now < span.opens:
        return _shut(site, service, now, NOT_YET)
    if now >= span.closes:
        return _shut(site, service, now, CLOSED, since=span.closes.astimezone(zone))
    if now >= span.stops:
        since, until = span.stops.astimezone(zone), span.closes.astimezone(zone)
        return _shut(site, service, now, AFTER_CUTOFF, since=since, until=until)
    if _around_the_clock(site, service):
        return Opening(open=True)
    return Opening(open=True, since=span.opens.astimezone(zone), until=span.stops.astimezone(zone))


def _shut(
    site: Site,
    service: Service,
    now: datetime,
    reason: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    holiday: str | None = None,
) -> Opening:
    opens_at = next_opening(site, service.id, now)
    return Opening(False, reason, opens_at=opens_at, since=since, until=until, holiday=holiday)


def next_opening(site: Site, service_id: str, after: datetime, *, first_day: date | None = None) -> datetime | None:
    """Find the next instant, later than ``after``, at which the service begins to give numbers.

    ``first_day`` skips the days before it (tomorrow, when today is used up). None if there is none within
    ``HORIZON_DAYS``.
    """
    start = first_day or after.astimezone(site.timezone).date()
    for day in (start + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1)):
        span = None if _rests(site, day) else _span(site, site.services[service_id], day)
        if span and span.opens < span.stops and span.opens > after:
            return span.opens.astimezone(site.timezone)
    return None


def site_hours_on(site: Site, day: date) -> Window | None:
    """The site's own opening and closing time on a date, None if it is closed; ``WHOLE_DAY`` around the clock."""
    if site.always_open or site.hours is None:
        return WHOLE_DAY
    special = site.holidays.get(day)
    if special is None:
        return site.hours.get(_weekday(day))
    if special.closed:
        return None
    return special.hours or site.hours.get(_weekday(day))


def service_hours_on(site: Site, service_id: str, day: date) -> Window | None:
    """The service's opening and closing time on a date, None if it has none that day."""
    return None if _rests(site, day) else _window(site, site.services[service_id], day)


def open_span(site: Site, day: date) -> tuple[datetime, datetime] | None:
    """From when to when (UTC) anybody serves on ``day``; None if nobody does."""
    spans = [] if _rests(site, day) else [_span(site, service, day) for service in site.services.values()]
    found = [span for span in spans if span is not None]
    return (min(span.opens for span in found), max(span.closes for span in found)) if found else None


def written(window: Window) -> list[str]:
    """Write a window for a document: ``["08:00", "15:30"]``, the end of the day as ``24:00``."""
    opens, closes = window
    return [f"{opens:%H:%M}", "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"]


@overload
def written_week(hours: WeekHours) -> dict[str, list[str]]: ...
@overload
def written_week(hours: None) -> Literal["always"]: ...
def written_week(hours: WeekHours | None) -> dict[str, list[str]] | Literal["always"]:
    """Write a week's hours for a document; None, the site file's ``"always"``, stays that word."""
    if hours is None:
        return "always"
    return {day: written(hours[day]) for day in WEEKDAYS if day in hours}


def _rests(site: Site, day: date) -> Holiday | None:
    """The holiday that closes the site on ``day``. A site that is always open keeps none."""
    special = _special(site, day)
    return special if special is not None and special.closed else None


def _special(site: Site, day: date) -> Holiday | None:
    return None if site.always_open or site.hours is None else site.holidays.get(day)


def _window(site: Site, service: Service, day: date) -> Window | None:
    """The hours of a day that is no holiday: the service's own ``days`` and ``hours`` replace the site's."""
    if site.always_open:
        return WHOLE_DAY
    if service.days is not None and _weekday(day) not in service.days:
        return None
    of_site = site_hours_on(site, day)
    if service.hours is None:
        return of_site
    own = service.hours.get(_weekday(day))
    special = _special(site, day)
    if own is None or special is None or special.hours is None:
        return own
    return _overlap(own, special.hours)  # a day with hours of its own (a short day) cuts everybody's


def _overlap(one: Window, other: Window) -> Window | None:
    """The hours that both windows share."""
    opens = max(one[0], other[0])
    closes = min(one[1], other[1], key=lambda moment: (moment == MIDNIGHT, moment))
    return (opens, closes) if opens < closes or closes == MIDNIGHT else None


def _span(site: Site, service: Service, day: date) -> _Span | None:
    """The instants of a day that is no holiday."""
    window = _window(site, service, day)
    if window is None:
        return None
    last = day + timedelta(days=1) if window[1] == MIDNIGHT else day
    opens, closes = _instant(site, day, window[0]), _instant(site, last, window[1])
    cutoff = timedelta(minutes=0 if site.hours is None else site.cutoff_minutes)
    return _Span(opens, max(opens, closes - cutoff), closes)


def _instant(site: Site, day: date, moment: time) -> datetime:
    """A wall-clock time of the site in UTC. A time that a clock change skips falls as far after the change."""
    return datetime.combine(day, moment, tzinfo=site.timezone).astimezone(UTC)


def _around_the_clock(site: Site, service: Service) -> bool:
    """Whether neither the site nor the service ever closes."""
    return site.hours is None and service.hours is None and service.days is None


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]
