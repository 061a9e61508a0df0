"""How many numbers a day allows, and the one answer to "open, or why not?" that a kiosk shows.

Places taken and given back are folded from the events (``taken_places.quota_changes``): an issue
takes one, a transfer takes one of its target; a cancellation before the first call gives it back, a no-show does not.
A group's number takes as many as come with it, or none.

A service may limit each class (``quota``) and all together (``quota_total``). Of the total some places may be kept for
a class (``quota_reserved``, UU 25/2009 art. 29): nobody else takes those, and who they are kept for takes them first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypedDict

from .day import local_date
from .hours import AFTER_CUTOFF, CLOSED, NOT_YET, PAUSE, Opening, next_opening, opening
from .interruption import Interruption, Reason, stopping
from .site import Class, Service, Site

DAY_CLOSED = "day_closed"
INTERRUPTED = "interrupted"
QUOTA_FULL = "quota_full"

DetailName = Literal["opens_at", "since", "until", "holiday", "cause"]

# Today's facts speak before the hours do. A closed day will not open at 08:00, so "not yet" would be untrue of it,
# and nobody is served to the end of one; but on a holiday the holiday is the reason.
_SAID_INSTEAD_OF = {
    DAY_CLOSED: (None, NOT_YET, PAUSE, AFTER_CUTOFF, CLOSED),
    QUOTA_FULL: (None, NOT_YET, PAUSE),
}


class Standing(Protocol):
    """A site as a command or a reading finds it."""

    @property
    def day_closed(self) -> bool: ...
    @property
    def clock_lost(self) -> bool: ...
    @property
    def opened(self) -> bool: ...
    @property
    def interruptions(self) -> tuple[Interruption, ...]: ...


class DayFacts(TypedDict):
    """What is so of the whole site now, whatever the service.

    ``day_closed``: a supervisor closed this service day. ``clock_lost``: the time is far off, so it is no reason to
    send anybody home: the open day goes on until a person closes it. ``opened``: a supervisor lets numbers be given
    now, whatever hours and calendar say. ``interruptions``: those that last.
    """

    day_closed: bool
    clock_lost: bool
    opened: bool
    interruptions: tuple[Interruption, ...]


def day_facts(site: Standing) -> DayFacts:
    """What ``availability`` asks of the whole site, beside hours and quotas."""
    return {
        "day_closed": site.day_closed,
        "clock_lost": site.clock_lost,
        "opened": site.opened,
        "interruptions": site.interruptions,
    }


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a service can be taken a number of now, or why not; times as in :class:`~.hours.Opening`.

    ``class_full`` names the classes without a number left: one may be full while others are not. ``quota_left`` has
    every class of the service; None means unlimited. ``again_at``: where a class is full, when numbers begin anew.
    """

    open: bool
    reason: str | None
    quota_left: Mapping[Class, int | None]
    class_full: tuple[str, ...]
    total_left: int | None = None
    again_at: datetime | None = None
    opens_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    holiday: str | None = None
    cause: Reason | None = None  # of an interruption

    @property
    def detail(self) -> dict[DetailName, str]:
        """What is known about the reason, for a document: instants in ISO 8601; empty when open."""
        if self.open:
            return {}
        instants: dict[DetailName, datetime | None]
        instants = {"opens_at": self.opens_at, "since": self.since, "until": self.until}
        known = {name: at.isoformat() for name, at in instants.items() if at is not None}
        said: dict[DetailName, str | None] = {"holiday": self.holiday, "cause": self.cause}
        return known | {name: word for name, word in said.items() if word}

    def why_not(self, class_: Class, people: int = 1) -> str | None:
        """Return the reason for refusing a number of this class; None if one may be issued to so many people."""
        if self.reason is not None:
            return self.reason
        return QUOTA_FULL if lacks(self.quota_left.get(class_), people) else None


def quota_left(
    service: Service, used: Mapping[str, int], offered: Collection[str] | None = None
) -> dict[Class, int | None]:
    """Count what each class of the service can still take today, never below 0; None is unlimited.

    ``used``: class -> places taken today; a class left out has none taken. ``offered``: the classes one may take a
    number of (default: all of the service); for another no place is kept.
    """
    if not service.limited:
        return dict.fromkeys(service.classes)
    offered = service.classes if offered is None else offered
    kept = {c: max(0, n - used.get(c, 0)) for c, n in service.quota_reserved.items() if c in offered}
    free = None if (total := total_left(service, used)) is None else total - sum(kept.values())
    own = {c: None if (n := service.quota.get(c)) is None else n - used.get(c, 0) for c in service.classes}
    return {c: _least(own[c], None if free is None else free + kept.get(c, 0)) for c in service.classes}


def lacks(left: int | None, people: int) -> bool:
    """Whether so many do not fit: a group is refused whole."""
    return left is not None and left < people


def total_left(service: Service, used: Mapping[str, int]) -> int | None:
    """Count what all classes together can still take today; None is unlimited."""
    return None if service.quota_total is None else max(0, service.quota_total - sum(used.values()))


def _least(*limits: int | None) -> int | None:
    known = [limit for limit in limits if limit is not None]
    return max(0, min(known)) if known else None


def availability(
    site: Site,
    service_id: str,
    now: datetime,
    *,
    day: date | None = None,
    day_closed: bool,
    used: Mapping[str, int],
    clock_lost: bool = False,
    opened: bool = False,
    interruptions: Iterable[Interruption] = (),
) -> Availability:
    """Decide whether the service gives numbers at ``now``: the one answer for kiosk, board and command.

    ``day``: the service day of which ``used`` counts, and whose quotas hold (None: no day was opened yet). The rest is
    as in :class:`DayFacts`. The service as a whole is full when every class it offers is. An interruption stops it
    where nothing else does.
    """
    service = site.service_on(service_id, day or local_date(site, now))
    left = quota_left(service, used, site.offered(service_id))
    full = tuple(class_ for class_ in service.classes if left[class_] == 0)
    hours = Opening(True, None) if clock_lost or opened else opening(site, service_id, now)
    today = _today(site, service_id, full, day_closed=day_closed)
    another = _another_day(site, service_id, now) if not clock_lost and (full or day_closed) else None
    counted = (left, full, total_left(service, used), another if full else None)
    if today and hours.reason in _SAID_INSTEAD_OF[today]:
        return Availability(False, today, *counted, opens_at=another)
    stopped = stopping(site, interruptions, service_id) if hours.open else None
    if stopped is not None:
        return Availability(
            False, INTERRUPTED, *counted, since=stopped.since, until=stopped.until, cause=stopped.reason
        )
    return Availability(hours.open, hours.reason, *counted, hours.opens_at, hours.since, hours.until, hours.holiday)


def _today(site: Site, service_id: str, full: tuple[str, ...], *, day_closed: bool) -> str | None:
    """The reason that this very day gives, whatever the hours say."""
    if day_closed:
        return DAY_CLOSED
    if not full:
        return None
    offered = site.offered(service_id)
    return QUOTA_FULL if offered and set(offered) <= set(full) else None


def _another_day(site: Site, service_id: str, now: datetime) -> datetime | None:
    """Numbers begin anew with the next service day that has hours."""
    tomorrow = now.astimezone(site.timezone).date() + timedelta(days=1)
    return next_opening(site, service_id, now, first_day=tomorrow)
