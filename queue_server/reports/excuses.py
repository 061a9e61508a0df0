"""What interruptions excuse: how long of somebody's time nothing could be done, by the record of a day.

Only what a supervisor stands for excuses anything, and only within its scope. Both shares are shown, with it and
without; no median and no 90th percentile leaves anything out.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from ..domain import interruption
from ..domain.events import OF_INTERRUPTIONS, Kind
from ..domain.fold import Event
from ..domain.interruption import Interruption
from ..domain.site import Site
from ..domain.times import Interval

_NOT_YET = datetime.max.replace(tzinfo=UTC)
Period = tuple[datetime, datetime]


class Excuses:
    """A day's confirmed interruptions, asked about stays."""

    def __init__(self, site: Site, happened: Iterable[Event]) -> None:
        self._site = site
        events = [event for event in happened if event.kind in OF_INTERRUPTIONS]
        confirmed = {e.detail["interruption"] for e in events if e.kind == Kind.INTERRUPTION_CONFIRMED}
        ends = {e.detail["interruption"]: e.detail["at"] for e in events if e.kind == Kind.INTERRUPTION_ENDED}
        begun = interruption.read(e.detail for e in events if e.kind == Kind.INTERRUPTION_BEGUN)
        self._all = [
            (one, (one.since, datetime.fromisoformat(ends[one.id]) if one.id in ends else _NOT_YET))
            for one in begun
            if one.confirmed or one.id in confirmed
        ]
        self._periods: dict[tuple[str | None, str | None], list[Period]] = {}

    def __call__(self, stay: Interval) -> float:
        """Seconds of a stay that has ended, while its service or its counter could not work."""
        if not self._all or stay.end is None:
            return 0.0
        periods = self._of(stay.service, stay.counter)
        spans = ((max(since, stay.start), min(until, stay.end)) for since, until in periods)
        return sum((until - since).total_seconds() for since, until in spans if until > since)

    def _of(self, service: str | None, counter: str | None) -> list[Period]:
        key = (service, counter)
        if key not in self._periods:
            found = (period for one, period in self._all if self._concerns(one, service, counter))
            self._periods[key] = _merged(found)
        return self._periods[key]

    def _concerns(self, one: Interruption, service: str | None, counter: str | None) -> bool:
        of_service = service is not None and one.concerns_service(self._site, service)
        return of_service or (counter is not None and one.concerns_counter(self._site, counter))


def _merged(periods: Iterable[Period]) -> list[Period]:
    """The same time in periods that do not overlap, the earliest first."""
    out: list[Period] = []
    for since, until in sorted(periods):
        if out and since <= out[-1][1]:
            out[-1] = (out[-1][0], max(until, out[-1][1]))
        else:
            out.append((since, until))
    return out
