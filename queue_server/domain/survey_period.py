"""Periods of a survey: whole months that are over, and the quarters that are closed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import Code, QueueError

_QUARTER = re.compile(r"^(20\d\d)-Q([1-4])$")
MOST_MONTHS = 60


def month_of(day: date) -> str:
    """``YYYY-MM``."""
    return f"{day.year:04}-{day.month:02}"


def next_month(month: str) -> str:
    """The one after."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Months:
    """From a month to a month, both within."""

    first: str
    last: str

    @property
    def all(self) -> list[str]:
        """Each of them, in order."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(next_month(found[-1]))
        return found

    @property
    def begins(self) -> date:
        """The first day."""
        return date(int(self.first[:4]), int(self.first[5:]), 1)

    @property
    def ends(self) -> date:
        """The last day."""
        after = next_month(self.last)
        return date(int(after[:4]), int(after[5:]), 1) - timedelta(days=1)

    def is_over(self, today: date) -> bool:
        """Whether nobody can answer in it any more."""
        return today > self.ends

    @property
    def quarter(self) -> str | None:
        """Its name, if it is exactly one."""
        name = quarter_of(self.begins)
        return name if quarter(name) == self else None


def quarter_of(day: date) -> str:
    """``2026-Q4``."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def quarter(name: str) -> Months:
    """The months of ``2026-Q4``. Raises ``invalid``."""
    found = _QUARTER.match(name)
    if found is None:
        raise QueueError(Code.INVALID, field="quarter")
    first = 3 * int(found[2]) - 2
    return Months(f"{found[1]}-{first:02}", f"{found[1]}-{first + 2:02}")


def quarter_before(months: Months) -> Months:
    """The quarter that ended before these began."""
    return quarter(quarter_of(months.begins - timedelta(days=1)))


def asked(first: date | None, last: date | None, today: date, answered: Iterable[str]) -> Months:
    """The period that somebody asks for, as whole months that are over. Raises ``invalid`` for any other.

    Neither: the last quarter that is over and of which there are answers, else the months of this one that are over.
    """
    if first is None and last is None:
        return _usual(today, [month for month in answered if Months(month, month).is_over(today)])
    begins = first or (last or today).replace(day=1)
    found = Months(month_of(begins), month_of(last or begins))
    if (first and first != found.begins) or (last and last != found.ends):
        raise QueueError(Code.INVALID, field="from" if first and first != found.begins else "to", reason="whole_months")
    if found.last < found.first or len(found.all) > MOST_MONTHS:
        raise QueueError(Code.INVALID, field="to")
    if not found.is_over(today):
        raise QueueError(Code.INVALID, field="to", reason="not_over")
    return found


def _usual(today: date, answered: list[str]) -> Months:
    this = quarter(quarter_of(today))
    before = quarter_before(this)
    past = [month for month in answered if month < this.first]
    if past:
        latest = max(past)
        return quarter(quarter_of(date(int(latest[:4]), int(latest[5:]), 1)))
    over = [month for month in this.all if month < month_of(today)]
    return Months(over[0], over[-1]) if over and answered else before
