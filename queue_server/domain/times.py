"""Where a visitor's time went: the definitions of wait, walk and service time, once.

A ticket's events cut its life into stays, one after another without gap: *early* (here before the
booked time, not to be called yet), *wait* (in the queue), *walk* (from a call
to the beginning of service, or to whatever ends the call), *service*, *hold*, and *away* (from a no-show until the
visitor is back). A counter that changes hands parts a service in two, one for each officer. A call or transfer that
was undone never ended the stay before it: the one counts as waiting, the other as service. A no-show nobody came back
from is the end of the ticket, not a stay.

For a ticket whose clock was sound, early + wait + walk + service + hold + away = end − issue, exactly. A stay that the
clock made end before it began lasts 0 and is marked suspect, as is one at whose ends the clock was known to be wrong.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .events import AWAY, EARLY, HOLD, SERVICE, WAIT, WALK, Kind, facts
from .fold import Event
from .replaced import replaced


@dataclass(frozen=True)  # no slots, as a ticket: each is made once without its end, and once with it
class Interval:
    """One stay, credited to the counter, service and officer with whom it was spent.

    ``end`` None: it still lasts. A wait is spent in a service's queue and at no counter; ``called_to`` then names the
    counter whose call ended it.
    """

    kind: str
    start: datetime
    end: datetime | None
    counter: str | None
    service: str | None
    officer: str | None = None
    called_to: str | None = None
    suspect: bool = False

    def seconds(self, now: datetime | None = None) -> float:
        """How long it lasted, in seconds, never below 0; one that still lasts counts up to ``now``, else 0."""
        end = self.end or now
        return 0.0 if end is None else max(0.0, (end - self.start).total_seconds())


@dataclass(frozen=True, slots=True)
class Journey:
    """One ticket's way through the hall: its stays, and how it ended (``papers.ended_as``; None: it has not)."""

    stays: tuple[Interval, ...]
    outcome: str | None
    people: int = 1

    @property
    def series(self) -> str | None:
        """The service that it was issued for."""
        return self.stays[0].service

    @property
    def service(self) -> str | None:
        """The service where it stands, or ended."""
        return self.stays[-1].service


@dataclass(frozen=True, slots=True)
class Times:
    """Sums over a ticket's stays, in seconds; ``clock_suspect`` if any of them cannot be trusted."""

    wait_s: float
    walk_s: float
    service_s: float
    hold_s: float
    away_s: float
    clock_suspect: bool = False
    early_s: float = 0.0

    @property
    def total_s(self) -> float:
        """From issue to end."""
        return self.early_s + self.wait_s + self.walk_s + self.service_s + self.hold_s + self.away_s


def intervals(events: Iterable[Event]) -> list[Interval]:
    """Cut one ticket's events, in order, into its stays. Only the last may still last."""
    stays: list[Interval] = []
    for event in events:
        row = facts(event.kind)
        if event.kind == Kind.OUTAGE_ENTERED:
            stays += _on_paper(event)
            continue
        if row.takes_back is not None:
            _take_back(stays, row.takes_back)
        elif row.enters is not None or event.kind == Kind.CALLABLE:
            _turn(stays, event, row.begins)
        elif row.splits is not None and stays and stays[-1].kind == row.splits:
            _turn(stays, event, row.splits)
    return stays


@dataclass(frozen=True, slots=True)
class Visit:
    """One ticket at one service, once that is over: the sum of its serving stretches there, in seconds.

    A service's promise is judged by this, once: a hold parts the stretches, it does not make two visitors.
    ``counter``: where the last of them was. ``excused``: seconds of it while nothing could be done there.
    """

    service: str | None
    counter: str | None
    seconds: float
    excused: float = 0.0


def visits(stays: Iterable[Interval], excused: Callable[[Interval], float] = lambda _: 0.0) -> list[Visit]:
    """The services that served a ticket, from its stays, in the order of their last stretch.

    ``excused``: how many seconds of a stay an interruption takes.

    A service is over when the ticket has ended, has gone on to another one, or was not there when it was called.
    """
    every = list(stays)
    last = every[-1] if every else None
    under_way = last.service if last and last.end is None and last.kind != AWAY else None
    served: dict[str | None, Visit] = {}
    for stay in every:
        if stay.kind == SERVICE and stay.end is not None and stay.service != under_way:
            before = served.pop(stay.service, None)
            seconds = stay.seconds() + (before.seconds if before else 0.0)
            left_out = excused(stay) + (before.excused if before else 0.0)
            served[stay.service] = Visit(stay.service, stay.counter, seconds, left_out)
    return list(served.values())


def times(stays: Iterable[Interval], now: datetime | None = None) -> Times:
    """Add up a ticket's stays; with ``now``, the one that still lasts too (a visitor who is away may never be back)."""
    sums = dict.fromkeys((EARLY, WAIT, WALK, SERVICE, HOLD, AWAY), 0.0)
    suspect = False
    for stay in stays:
        sums[stay.kind] += stay.seconds(None if stay.kind == AWAY else now)
        suspect = suspect or stay.suspect
    return Times(sums[WAIT], sums[WALK], sums[SERVICE], sums[HOLD], sums[AWAY], suspect, sums[EARLY])


def _on_paper(event: Event) -> list[Interval]:
    """The stays of a visit that an outage's paper tells of; they are credited to nobody."""
    ends = [datetime.fromisoformat(event.detail[name]) for name in ("came_at", "called_at", "served_at", "finished_at")]
    wait, walk, service = zip((WAIT, WALK, SERVICE), ends, ends[1:], strict=False)
    there = event.counter
    return [
        Interval(*wait, None, event.service, called_to=there),
        Interval(*walk, there, event.service),
        Interval(*service, there, event.service),
    ]


def _turn(stays: list[Interval], event: Event, kind: str | None) -> None:
    """End the present stay and begin one of ``kind``; None: the visit is over."""
    before = stays[-1] if stays else None
    if before is not None and before.end is None:
        stays[-1] = _ended(before, event)
    if kind is None:
        return
    service = _service(before, event)
    if kind == WAIT:
        sits_on = before is not None and before.kind == EARLY and event.kind == Kind.TRANSFERRED
        kind = EARLY if sits_on or "callable_from" in event.detail else kind
        came_at = event.detail.get("came_at")
        since = datetime.fromisoformat(came_at) if came_at else event.at
        stays.append(Interval(kind, since, None, None, service, suspect=event.clock_suspect))
        return
    counter = event.counter or (before.counter if before else None)
    officer = event.officer or (before.officer if before else None)
    stays.append(Interval(kind, event.at, None, counter, service, officer, suspect=event.clock_suspect))


def _ended(stay: Interval, event: Event) -> Interval:
    called_to = event.counter if stay.kind == WAIT and event.kind == Kind.CALLED else None
    suspect = stay.suspect or event.clock_suspect or event.at < stay.start
    return replaced(stay, {"end": event.at, "called_to": called_to, "suspect": suspect})


def _service(before: Interval | None, event: Event) -> str | None:
    """The service the next stay belongs to: a transfer names its target, everything else stays where it is."""
    if event.kind == Kind.TRANSFERRED:
        target: str = event.detail["to"]
        return target
    return before.service if before else event.service


def _take_back(stays: list[Interval], kind: str) -> None:
    """The stay before the call (or transfer) goes on as if nothing had happened."""
    if len(stays) > 1 and stays[-1].kind == kind:
        stays.pop()
        stays[-1] = replaced(stays[-1], {"end": None, "called_to": None})
