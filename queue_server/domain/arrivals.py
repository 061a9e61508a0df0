"""Arrivals so far against those of the same weekdays: what a supervisor may expect of the rest of the day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

WEEKS = 8  # so far back the same weekday is looked at: a season, and nothing of last year
LEAST = 2  # of one day alone nobody can say what is usual


class Hour(NamedTuple):
    """``hour``: of the site's day; ``expected``: how many usually come in it, None where nobody can say."""

    hour: int
    expected: int | None
    arrived: int


def same_weekdays(day: date) -> list[date]:
    """The days before that are compared with."""
    return [day - timedelta(weeks=n) for n in range(1, WEEKS + 1)]


def by_hour(arrived: Mapping[int, int], past: Collection[Mapping[int, int]]) -> Sequence[Hour]:
    """The day's hours, from the first to the last in which anybody comes or usually does.

    ``arrived`` and ``past``: hour -> how many came, today and on each of the same weekdays. A day on which nobody came
    was none: a holiday says nothing of a working day.
    """
    days = [day for day in past if any(day.values())]
    known = len(days) >= LEAST
    usual = {hour: _mean([day.get(hour, 0) for day in days]) for hour in {h for d in days for h in d}} if known else {}
    hours = sorted({hour for hour, n in (*arrived.items(), *usual.items()) if n})
    if not hours:
        return []
    span = range(hours[0], hours[-1] + 1)
    return [Hour(hour, usual.get(hour, 0) if known else None, arrived.get(hour, 0)) for hour in span]


def _mean(counts: Sequence[int]) -> int:
    """Rounded half up."""
    return (2 * sum(counts) + len(counts)) // (2 * len(counts))
