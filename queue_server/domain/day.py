"""The service day: a date in the site's zone that opens by an event and never goes back by the clock alone.

A computer whose battery is dead wakes in 1970; one that was set wrong may wake next year. A clock that stands before
the last trusted event, or more than 31 days after it, is not believed: it opens nothing, numbers go on in the open
day, and a supervisor confirms the date.
"""

from datetime import UTC, date, datetime, timedelta

from .site import Site

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # before this software was, nothing happened in it
BELIEVED_AHEAD = timedelta(days=31)  # a hall may be shut for a month; a longer silence needs a person's word
LONGEST_DAY = timedelta(hours=25)  # where a zone sets its clocks back
STEPPED_BACK = timedelta(hours=12)  # a wrong zone and a bad quartz stay below; a wrong day does not


def local_date(site: Site, now: datetime) -> date:
    """The date at the site at ``now`` (aware)."""
    return now.astimezone(site.timezone).date()


def clock_suspect(last_at: datetime | None, now: datetime) -> bool:
    """Whether ``now`` cannot be believed after an event at ``last_at``.

    With no event yet there is nothing to doubt; nor is a clock that was put right, if all there ever was happened in
    1970: a new PC's first start with a dead battery must not be held against it for ever.
    """
    if last_at is None or last_at < WRITTEN <= now:
        return False
    return not last_at <= now <= last_at + BELIEVED_AHEAD


def clock_lost(last_at: datetime | None, now: datetime) -> bool:
    """Whether ``now`` is so far off that hours and holidays cannot be read from it.

    A clock that steps back by a moment (it is put right over the network every day) is suspect as a witness of
    durations, but still knows whether it is Sunday.
    """
    stepped = last_at is not None and timedelta() < last_at - now <= STEPPED_BACK
    return clock_suspect(last_at, now) and not stepped


def day_due(open_day: date | None, last_at: datetime | None, site: Site, now: datetime) -> date | None:
    """The service day to open now; None if the open one still holds or the clock is suspect.

    ``open_day`` None: no day was ever opened here. ``last_at``: the instant of the last trusted event, if any.
    """
    if clock_suspect(last_at, now):
        return None
    today = local_date(site, now)
    return today if open_day is None or today > open_day else None


def numbers_opened(until: datetime | None, now: datetime) -> bool:
    """Whether a supervisor lets numbers be given at ``now``, having said so ``until`` a time of that day.

    A time that is further off than a day is long was said by a clock that stood in the future: it is nobody's word
    once the clock was put right, else numbers would be given all night.
    """
    return until is not None and timedelta() < until - now <= LONGEST_DAY
