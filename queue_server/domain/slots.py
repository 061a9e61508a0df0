"""A hall's own slots: which there are on a day, how many places each still has, and how many anybody may book.

A slot is a stretch of the service's hours, and can be booked for as long as it lies ahead far enough. Its places are
those that nobody has booked, by whatever way: a list's places count as well as the hall's own. The page never books
more than ``online_share`` of the quota of its day, so that whoever has no telephone finds numbers too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .booking_rule import BookingRule, SlotRule
from .bookings import Booking
from .day import local_date
from .hours import served_spans
from .interruption import Interruption, stopping
from .quota import quota_left
from .site import MIDNIGHT, Service, Site

MOST_HELD = 2  # bookings of one browser that nobody has come with
_LOOKED_BACK = 14  # days before a booked one, for the last on which its service was given


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: the instant (UTC) at which it begins, and how many places are left; 0: it is full."""

    at: datetime
    left: int


@dataclass(frozen=True, slots=True)
class DayOfSlots:
    """A service's day: what was booked of it, and what its quota still has."""

    day: date
    booked: Sequence[Booking] = ()
    used: Mapping[str, int] | None = None  # class -> places taken of its quota


def rule_of_slots(site: Site, service: str) -> SlotRule | None:
    """The service's own slots; None: it has none, or nobody could come with one."""
    known = site.services.get(service)
    rule: BookingRule | None = known.booking if known else None
    return rule.own if rule is not None and "booked" in site.offered(service) else None


def slot_times(site: Site, service: str, day: date) -> list[datetime]:
    """When the slots of a day begin (UTC), in order: those that fit whole into the service's hours."""
    rule = rule_of_slots(site, service)
    if rule is None:
        return []
    length = timedelta(minutes=rule.minutes)
    served = served_spans(site, service, day)
    found = (at for opens, closes in _bounds(site, rule, day, served) for at in _steps(opens, closes, length))
    return sorted({at for at in found if any(opens <= at and at + length <= closes for opens, closes in served)})


def is_gone(site: Site, one: Booking) -> bool:
    """Whether the service is not given any more when this place was booked for."""
    if one.service not in site.services:
        return True
    return not any(opens <= one.slot < closes for opens, closes in served_spans(site, one.service, one.day))


def free_slots(
    site: Site, service: str, on: DayOfSlots, now: datetime, interruptions: Iterable[Interruption] = ()
) -> list[Slot]:
    """The slots of a day that can be booked at ``now`` or were all taken; none on a day too far off, or over.

    An interruption that stops the service takes those of today until it is to end.
    """
    rule = rule_of_slots(site, service)
    today = local_date(site, now)
    if rule is None or not today <= on.day <= today + timedelta(days=rule.days_ahead):
        return []
    begins = now + timedelta(minutes=rule.lead_minutes)
    stopped = stopping(site, interruptions, service) if on.day == today else None
    ahead = [at for at in slot_times(site, service, on.day) if at >= begins and not _is_stopped(stopped, at)]
    left = day_left(site, service, on)
    return [Slot(at, max(0, min(left, rule.capacity - _taken(on.booked, at, rule)))) for at in ahead]


def day_left(site: Site, service: str, on: DayOfSlots) -> int:
    """How many places of a day may still be booked by the page, whatever the slots have."""
    rule, declared = rule_of_slots(site, service), site.service_on(service, on.day)
    if rule is None:
        return 0
    left = [quota_left(declared, on.used or {}, site.offered(service)).get("booked")]
    own = sum(one.people for one in on.booked if one.own and one.holds_place)
    share = online_places(declared, rule)
    left.append(None if share is None else share - own)
    known = [one for one in left if one is not None]
    return max(0, min(known)) if known else rule.capacity


def online_places(service: Service, rule: SlotRule) -> int | None:
    """How many places of a day may be booked by the page in all; None: the service has no quota to be a share of.

    A share of what the class ``booked`` may have: places that are kept for others are never booked.
    """
    own, kept = service.quota.get("booked"), sum(n for c, n in service.quota_reserved.items() if c != "booked")
    total = None if service.quota_total is None else service.quota_total - kept
    known = [one for one in (own, total) if one is not None]
    return max(0, min(known)) * rule.online_share // 100 if known else None


def address_places(site: Site, service: str, day: date) -> int:
    """How many places one address may book of a service within a day: no more than the online share, and one at least.

    Where there is no quota, the share of what the slots of the day hold.
    """
    rule = rule_of_slots(site, service)
    if rule is None:
        return 0
    share = online_places(site.service_on(service, day), rule)
    if share is None:
        share = len(slot_times(site, service, day)) * rule.capacity * rule.online_share // 100
    return max(1, share)


# -- said the day before


def begins_at(site: Site, day: date) -> datetime:
    """When (UTC) a date begins at the site: until then it may be said that somebody will come."""
    return _moment(site, day, time(0))


def confirm_from(site: Site, service: str, day: date) -> datetime:
    """From when (UTC) it may be said that somebody will come on a day: from the last day before it on which the service
    is given, so that a closed weekend is no trap; where there is none near, the day before."""
    if service in site.services:
        for back in range(1, _LOOKED_BACK + 1):
            if served_spans(site, service, day - timedelta(days=back)):
                return begins_at(site, day - timedelta(days=back))
    return begins_at(site, day - timedelta(days=1))


def is_to_confirm(site: Site, one: Booking, now: datetime) -> bool:
    """Whether it may, and must, be said now that somebody will come."""
    if not one.own or one.confirmed or not one.may_come:
        return False
    return confirm_from(site, one.service, one.day) <= now < begins_at(site, one.day)


def unconfirmed(site: Site, of_day: Iterable[Booking], last_at: datetime | None) -> list[Booking]:
    """Those that are released when their day opens. ``last_at``: when anything happened here before.

    If the hall stood still since the first moment at which anybody could have said so, nobody could, and all stay.
    """

    def could(one: Booking) -> bool:
        return last_at is not None and last_at >= confirm_from(site, one.service, one.day)

    return [
        one for one in of_day if one.own and not one.confirmed and one.holds_place and not one.ticket and could(one)
    ]


# -- parts


def _bounds(
    site: Site, rule: SlotRule, day: date, served: list[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    if not rule.hours:
        return served
    return [
        (_moment(site, day, opens), _moment(site, day + timedelta(days=closes == MIDNIGHT), closes))
        for opens, closes in rule.hours
    ]


def _moment(site: Site, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=site.timezone).astimezone(UTC)


def _steps(opens: datetime, closes: datetime, length: timedelta) -> Iterable[datetime]:
    return (opens + n * length for n in range(max(0, (closes - opens) // length)))


def _taken(booked: Iterable[Booking], at: datetime, rule: SlotRule) -> int:
    """How many places of a slot are booked: also by a list that has times between."""
    ends = at + timedelta(minutes=rule.minutes)
    return sum(one.people for one in booked if one.holds_place and at <= one.slot < ends)


def _is_stopped(stopped: Interruption | None, at: datetime) -> bool:
    return stopped is not None and (stopped.until is None or at < stopped.until)
