"""Which hours a date has, for the hall and for one of its services.

The first that speaks decides: always open (demo) · a special day of the calendar · a span of dates · the week. A
service's own hours and days replace the hall's; a special day's or a span's hours cut them, unless the span gives that
service hours of its own (``settings.site_file`` has then laid one over the other already).
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Literal, overload

from .site import MIDNIGHT, WEEKDAYS, Holiday, Period, Periods, Site, WeekHours

WHOLE_DAY: Periods = ((time(0), MIDNIGHT),)


def site_hours_on(site: Site, day: date) -> Periods:
    """The periods in which the hall itself is open on a date, none if it is closed; ``WHOLE_DAY`` around the clock."""
    week = week_on(site, day)
    if week is None:
        return WHOLE_DAY
    special = special_day(site, day)
    if special is not None and (special.closed or special.hours):
        return () if special.closed else special.hours or ()
    return week.get(weekday(day), ())


def service_hours_on(site: Site, service_id: str, day: date) -> Periods:
    """The periods in which the service is given on a date, none if it is not."""
    if site.always_open:
        return WHOLE_DAY
    span, service = site.span_on(day), site.service_on(service_id, day)
    if rest_day(site, day) or (span and service_id in span.not_offered):
        return ()
    if service.days is not None and weekday(day) not in service.days:
        return ()
    if service.hours is None:
        return site_hours_on(site, day)
    own, special = service.hours.get(weekday(day), ()), special_day(site, day)
    # A day with hours of its own (a short day) cuts everybody's.
    return overlap(own, special.hours) if special is not None and special.hours else own


def week_on(site: Site, day: date) -> WeekHours | None:
    """The hall's week as it holds on a date; None: around the clock."""
    if site.always_open:
        return None
    span = site.span_on(day)
    return span.hours if span is not None and span.hours is not None else site.hours


def cutoff_on(site: Site, day: date) -> timedelta:
    """How long before the last closing of a date the last number is given."""
    span = site.span_on(day)
    if span is not None and span.cutoff_minutes is not None:
        return timedelta(minutes=span.cutoff_minutes)
    return timedelta(minutes=0 if site.hours is None else site.cutoff_minutes)


def special_day(site: Site, day: date) -> Holiday | None:
    """What the calendar says of a date. A site that is open around the clock, or always, keeps none."""
    return None if site.always_open or site.hours is None else site.holidays.get(day)


def rest_day(site: Site, day: date) -> Holiday | None:
    """The holiday that closes the site on ``day``."""
    special = special_day(site, day)
    return special if special is not None and special.closed else None


def overlap(some: Periods, others: Periods) -> Periods:
    """The hours that both share, in order."""
    found = (
        (max(one[0], other[0]), min(one[1], other[1], key=_as_end))
        for one in some
        for other in others  # both are in order, and so is what they share
    )
    return tuple(period for period in found if period[0] < period[1] or period[1] == MIDNIGHT)


def week_overlap(own: WeekHours, others: WeekHours) -> WeekHours:
    """What a service's own week has in common with the hall's: a weekday without any is left out."""
    shared = {day: overlap(periods, others.get(day, ())) for day, periods in own.items()}
    return {day: periods for day, periods in shared.items() if periods}


def written(periods: Periods) -> list[list[str]]:
    """Write a day's periods for a document: ``[["08:00", "15:30"]]``, the end of the day as ``24:00``."""
    return [[f"{opens:%H:%M}", _written_end(closes)] for opens, closes in periods]


@overload
def written_week(hours: WeekHours) -> dict[str, list[list[str]]]: ...
@overload
def written_week(hours: None) -> Literal["always"]: ...
def written_week(hours: WeekHours | None) -> dict[str, list[list[str]]] | Literal["always"]:
    """Write a week's periods for a document; None, the site file's ``"always"``, stays that word."""
    if hours is None:
        return "always"
    return {day: written(hours[day]) for day in WEEKDAYS if day in hours}


@overload
def written_ends(hours: WeekHours) -> dict[str, list[str]]: ...
@overload
def written_ends(hours: None) -> Literal["always"]: ...
def written_ends(hours: WeekHours | None) -> dict[str, list[str]] | Literal["always"]:
    """Write a week as the first opening and the last closing of each day, whatever gaps lie between."""
    if hours is None:
        return "always"
    return {day: [f"{hours[day][0][0]:%H:%M}", _written_end(hours[day][-1][1])] for day in WEEKDAYS if day in hours}


def in_order(periods: Iterable[Period]) -> bool:
    """Whether each period begins after the one before has ended: what a day's periods have to be."""
    return all(_as_end(one[1]) < (False, other[0]) for one, other in pairwise(periods))


def weekday(day: date) -> str:
    """The day of the week, as the site file writes it."""
    return WEEKDAYS[day.weekday()]


def _as_end(moment: time) -> tuple[bool, time]:
    """By which closing times are compared: ``24:00`` is the last of them."""
    return moment == MIDNIGHT, moment


def _written_end(moment: time) -> str:
    return "24:00" if moment == MIDNIGHT else f"{moment:%H:%M}"
