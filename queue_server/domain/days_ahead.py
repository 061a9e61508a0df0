"""The days to come, for people who have not left home yet: when the hall is open, and which holidays close it."""

from collections.abc import Iterator
from datetime import date, timedelta

from .day_hours import rest_day, service_hours_on, site_hours_on, week_on, weekday
from .site import WEEKDAYS, Holiday, Periods, Site, WeekHours

LOOKED_AHEAD_DAYS = 60  # as far as the next opening is looked for (``hours.HORIZON_DAYS``)


def open_days(site: Site, first: date, most: int) -> list[tuple[date, Periods]]:
    """The next dates on which the hall is open, ``first`` among them if it is, with their hours."""
    found = ((day, site_hours_on(site, day)) for day in _dates(first))
    return [(day, hours) for day, hours in found if hours][:most]


def rests_ahead(site: Site, first: date) -> list[Holiday]:
    """The holidays that close the hall on a weekday on which it would be open, the next first."""
    return [rest for day in _dates(first) if (rest := rest_day(site, day)) and _would_open(site, day)]


def next_day_of(site: Site, service: str, first: date) -> date | None:
    """The next date on which the service is given; None within the days that are looked at."""
    return next((day for day in _dates(first) if service_hours_on(site, service, day)), None)


def own_week(site: Site, service: str, day: date) -> WeekHours | None:
    """The week of a service as it holds on a date, where it is not the hall's; None: the hall's hours hold."""
    declared, hall = site.service_on(service, day), week_on(site, day)
    if site.always_open or (declared.hours is None and declared.days is None):
        return None
    hours = declared.hours if declared.hours is not None else hall
    if hours is None:
        return None
    days = WEEKDAYS if declared.days is None else declared.days
    own = {name: hours[name] for name in WEEKDAYS if name in days and hours.get(name)}
    return None if hall is not None and own == {name: hall[name] for name in WEEKDAYS if hall.get(name)} else own


def _would_open(site: Site, day: date) -> bool:
    week = week_on(site, day)
    return week is None or bool(week.get(weekday(day)))


def _dates(first: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(LOOKED_AHEAD_DAYS + 1))
