"""A counter's break: until when it may last, whom it would leave without a counter, and when it was forgotten.

The law wants service without a pause (form F-03 of PermenPANRB's evaluation: *jam kerja layanan tanpa jeda waktu
istirahat*), so breaks go round from counter to counter, and the hall goes on.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from .day_hours import service_hours_on
from .errors import Code, QueueError
from .fold import CounterState
from .site import Counter, Site

# Perpres 21/2023: an hour a day, and an hour and a half on Fridays.
_LONGEST, _LONGEST_ON_FRIDAY, _FRIDAY = timedelta(minutes=60), timedelta(minutes=90), 4


def longest(site: Site, begun: datetime) -> timedelta:
    """How long a break that began then may last."""
    return _LONGEST_ON_FRIDAY if begun.astimezone(site.timezone).weekday() == _FRIDAY else _LONGEST


def ends_at(site: Site, until: time, begun: datetime, now: datetime) -> datetime:
    """When a break until a time of day ends: when a clock of the hall shows it next. Raises ``invalid`` if that is
    later than a break may last."""
    here = now.astimezone(site.timezone)
    day = here.date() + timedelta(days=until <= here.time())
    end = datetime.combine(day, until, tzinfo=site.timezone).astimezone(UTC)
    most = longest(site, begun)
    if end > begun + most:
        raise QueueError(Code.INVALID, field="until", reason="too_long", limit=int(most.total_seconds()) // 60)
    return end


def over_at(site: Site, state: CounterState) -> datetime | None:
    """From when a break has been forgotten; None if the counter is on none."""
    if state.break_since is None:
        return None
    return state.break_until or state.break_since + longest(site, state.break_since)


def left_alone(
    site: Site, counter: Counter, working: Collection[str], today: date | None, waited_for: Collection[str]
) -> list[str]:
    """The counter's services that nobody would call from while it rests: given today, or waited for.

    ``working``: the counters whose officers are there; ``today`` None: the date is not known, so hours do not matter.
    """
    others = [c for c in site.counters.values() if c.id in working and c.id != counter.id]
    served = {service for other in others for service in other.services}
    return [
        service
        for service in counter.services
        if service not in served
        and (service in waited_for or today is None or bool(service_hours_on(site, service, today)))
    ]
