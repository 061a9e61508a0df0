"""Periods: which one is asked for, and which was the one before."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 366 * 5


@dataclass(frozen=True, slots=True)
class Period:
    """Dates from ``first`` to ``last``, both of them too."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many dates."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int | None:
        """How many whole months it is; None if it is not."""
        whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1 if whole else None

    def before(self) -> "Period":
        """The one before: as many whole months, or as many days."""
        last = self.first - timedelta(days=1)
        months = self.months
        if months is None:
            return Period(last - timedelta(days=self.days - 1), last)
        index = self.first.year * 12 + self.first.month - 1 - months
        return Period(date(index // 12, index % 12 + 1, 1), last)

    def step(self) -> str:
        """By what its course is told: day, week or month, so that there are some thirty at most."""
        return "day" if self.days <= 31 else "week" if self.days <= 31 * 7 else "month"


def month_of(day: date) -> Period:
    """The month that a date is of."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
