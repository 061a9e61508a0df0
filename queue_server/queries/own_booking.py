"""A hall's own slots as anybody may see them, and a booked place as its holder does. Nobody else is told of either."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ..documents.own_booking import BareOwnBooking, DayWithSlots, Slots
from ..domain.bookings import Booking, Ended, rule_of
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.site import Site
from ..domain.slots import (
    DayOfSlots,
    Slot,
    begins_at,
    confirm_from,
    free_slots,
    is_gone,
    is_to_confirm,
    rule_of_slots,
)
from ..store import bookings, numbers, tickets
from .snapshot import Snapshot
from .ticket import iso
from .to_come import site_on


def bookable(site: Site) -> list[str]:
    """The services that have slots of their own."""
    return [id for id in site.services if rule_of_slots(site, id) is not None]


def slots(view: Snapshot, service: str, day: date | None = None) -> Slots:
    """The slots of a service: of a day, or of the first that has a place left.

    Raises ``unknown_service`` for a service without slots.
    """
    rule = rule_of_slots(view.site, service)
    if rule is None:
        raise QueueError(Code.UNKNOWN_SERVICE, service=service)
    on = site_on(view)
    found = {one: free for one, free in _days(view, service, on) if free}
    first = next((one for one, free in found.items() if any(slot.left for slot in free)), None)
    shown = day or first or local_date(view.site, view.now)
    site, door = on(shown), rule_of(on(shown), service)
    rule = rule_of_slots(site, service) or rule
    return {
        "site": view.site.id,
        **view.stamp(),
        "service": service,
        "date": shown.isoformat(),
        "minutes": rule.minutes,
        "people_most": min(site.group_max, rule.capacity),
        "early_minutes": door.early_minutes,
        "late_minutes": door.late_minutes,
        "days": [DayWithSlots(date=one.isoformat(), left=sum(s.left for s in free)) for one, free in found.items()],
        "slots": [{"time": _time(view.site, one), "left": one.left} for one in found.get(shown, ())],
    }


def own_booking(view: Snapshot, found: Booking) -> BareOwnBooking:
    """A booked place as it stands, for whoever has its link."""
    found = bookings.known(view.conn, found.site, [found.id]).get(found.id, found)
    site, booked = site_on(view)(found.day), found.expected
    door = rule_of(site, found.service)
    needs = found.own and booked and not found.confirmed
    ticket = tickets.by_id(view.conn, found.ticket) if found.ticket else None
    zone = view.site.timezone
    return {
        "site": found.site,
        **view.stamp(),
        "service": found.service,
        "date": found.day.isoformat(),
        "time": f"{found.slot.astimezone(zone):%H:%M}",
        "slot": iso(found.slot.astimezone(zone)),
        "people": found.people,
        "state": found.state,
        "ended": Ended(found.ended) if found.ended else None,
        "late": found.late,
        "callable_from": iso(door.callable_from(found.slot).astimezone(zone)),
        "until": iso(door.until(found.slot).astimezone(zone)),
        "confirmed": found.confirmed,
        "confirm_from": iso(confirm_from(view.declared, found.service, found.day).astimezone(zone)) if needs else None,
        "confirm_until": iso(begins_at(view.site, found.day).astimezone(zone)) if needs else None,
        "may_confirm": needs and (view.clock_lost or is_to_confirm(view.declared, found, view.now)),
        "may_cancel": booked,
        "gone": booked and is_gone(site, found),
        "number": ticket.number if ticket else None,
    }


def _days(view: Snapshot, service: str, on: Callable[[date], Site]) -> Iterator[tuple[date, list[Slot]]]:
    """Each day that may be booked now, with its slots; none while no time can be read from the clock.

    ``on``: by a day, the site as it will be then.
    """
    rule, today = rule_of_slots(view.site, service), local_date(view.site, view.now)
    if rule is None or view.clock_lost:
        return
    last = today + timedelta(days=rule.days_ahead)
    booked = bookings.standing(view.conn, view.site.id, service, today, last)
    for day in (today + timedelta(days=n) for n in range(rule.days_ahead + 1)):
        if view.day_closed and day == view.day:
            continue
        used = numbers.used(view.conn, view.site.id, day, service).get(service, {})
        of_day = DayOfSlots(day, [one for one in booked if one.day == day], used)
        yield day, free_slots(on(day), service, of_day, view.now, view.interruptions)


def _time(site: Site, one: Slot) -> str:
    return f"{one.at.astimezone(site.timezone):%H:%M}"
