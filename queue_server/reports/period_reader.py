"""A period's figures are asked for one after another, and nobody in the hall waits for any of them."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from ..apart import Apart, Job, here
from ..domain.site import Site
from ..queries.snapshot import Reader
from ..store.structures import Structures
from . import sheets
from .calendar import Period
from .of_site import OfSite
from .sheet import Sheet
from .span import joined_sheets

T = TypeVar("T")
Make = Callable[[list[Sheet]], T]


@dataclass(frozen=True, slots=True)
class Question(OfSite):
    """What is to be made of the sheets of some periods, each joined as one; it can be asked in another process."""

    periods: tuple[Period, ...]
    make: Make[Any]

    def __call__(self) -> Any:
        """The answer."""
        with self.reading() as conn:
            found = [self._joined(conn, one) for one in self.periods]
        return self.make(found)

    def _joined(self, conn: Any, period: Period) -> Sheet:
        """Each is joined before the next one is read: of years the days are not held beside what is made of them."""
        return joined_sheets(sheets.of_period(conn, self.site, self.structures, period.first, period.last))


def of_first(make: Callable[[Sheet], T], found: list[Sheet]) -> T:
    """What is made of the only period that was asked about."""
    return make(found[0])


class PeriodReader:
    """Reads sheets and makes figures of them, one question after another, beside whatever serves the hall."""

    def __init__(self, apart: Apart = here) -> None:
        """``apart``: where the work is done (``reckoning/workshop.py``)."""
        self._one_at_a_time, self._apart = Lock(), apart

    def expect(self, off_hub: Callable[..., Any]) -> None:
        """Somebody reads what leads to a period's figures: have ready what reckons them, without waiting for it."""
        if self._one_at_a_time.acquire(blocking=False):  # else it is at work
            try:
                off_hub(self._apart.prepare)
            finally:
                self._one_at_a_time.release()

    def ask(
        self,
        reader: Reader,
        site: Site,
        structures: Structures,
        off_hub: Callable[..., Any],
        periods: list[Period],
        make: Make[T],
    ) -> T:
        """What is made of the sheets of some periods. ``make``: a function of a module, with its arguments."""
        url = reader.url.render_as_string(hide_password=False)
        found: T = self.run(off_hub, Question(url, site, structures.build, tuple(periods), make))
        return found

    def run(self, off_hub: Callable[..., Any], job: Job) -> Any:
        """The same of any reading that takes long."""
        with self._one_at_a_time:
            return off_hub(self._apart, job)
