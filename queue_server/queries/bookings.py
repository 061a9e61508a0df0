"""A day's booked places, as staff see them."""

from collections.abc import Collection
from datetime import date

from ..documents.bookings import Booked, Bookings, BookingsOfService, ImportedBookings, OfList
from ..domain.bookings import AHEAD, Booking, Ended, is_over, went
from ..domain.roles import Actor
from ..domain.site import Site
from ..domain.slots import is_gone
from ..store import bookings
from .snapshot import Snapshot
from .standing import early
from .ticket import iso
from .to_come import site_on


def of_day(view: Snapshot, reader: Actor, day: date | None = None, service: str | None = None) -> Bookings:
    """The bookings of a day (None: the open one) and service (None: all) within the reader's agencies."""
    day = day or view.day or view.now.astimezone(view.site.timezone).date()
    mine = [id for id in services_of(view.site, reader.agencies) if service in (None, id)]
    found = [one for one in bookings.of_day(view.conn, view.site.id, day) if one.service in mine]
    numbers = bookings.numbers_of_day(view.conn, view.site.id, day)
    site = site_on(view)(day)
    return {
        "site": view.site.id,
        **view.stamp(),
        "day": day.isoformat(),
        "services": how_they_went(view, found, day, mine),
        "bookings": [_booked(view, one, numbers, site) for one in found],
    }


def out_of_hours(view: Snapshot, reader: Actor) -> dict[date, int]:
    """Day -> how many places were booked, by now, for a time at which the service will not be given any more.

    Of the services within the reader's agencies; by the structure that will hold then, saved for that day maybe.
    """
    on, mine, found = site_on(view), services_of(view.site, reader.agencies), dict[date, int]()
    for one in bookings.still_booked(view.conn, view.site.id, view.now + AHEAD):
        if one.service in mine and is_gone(on(one.day), one):
            found[one.day] = found.get(one.day, 0) + 1
    return found


def is_ripe(view: Snapshot) -> bool:
    """Whether somebody beside the line can be called by now, or a place was booked for a time that is over.

    By a clock that is lost nobody's time comes.
    """
    if view.clock_lost:
        return False
    sitting, booked = early(view), bookings.still_booked(view.conn, view.site.id, view.now)
    due = any(one.callable_from is not None and one.callable_from <= view.now for one in sitting)
    return due or any(is_over(view.site, one, view.now) for one in booked)


def services_of(site: Site, agencies: Collection[str] = ()) -> list[str]:
    """The services of these agencies (none: of all), with those that were dropped."""
    own = [id for id, service in site.services.items() if not agencies or service.agency in agencies]
    return [*own, *site.former_of(agencies)]


def booked_on(view: Snapshot, day: date, agencies: Collection[str] = ()) -> list[BookingsOfService]:
    """How the bookings of a day went, per service of these agencies (none: of all)."""
    return how_they_went(view, bookings.of_day(view.conn, view.site.id, day), day, services_of(view.site, agencies))


def how_they_went(
    view: Snapshot, found: Collection[Booking], day: date, mine: Collection[str]
) -> list[BookingsOfService]:
    """Per service that has or may have bookings."""
    out: list[BookingsOfService] = []
    for id in mine:
        own = [one for one in found if one.service == id]
        declared = view.site.services.get(id)
        if not own and (declared is None or declared.booking is None):
            continue
        people = sum(one.people for one in own if not one.given_back)
        out.append({"service": id, **went(own), "people": people, "quota": _quota(view.site, id, day)})
    return out


def _quota(site: Site, service: str, day: date) -> int | None:
    return site.service_on(service, day).quota.get("booked") if service in site.services else None


def _booked(view: Snapshot, one: Booking, numbers: dict[str, str], site: Site) -> Booked:
    """``site``: as it will be on its day."""
    return {
        "id": one.id,
        "service": one.service,
        "slot": iso(one.slot.astimezone(view.site.timezone)),
        "people": one.people,
        "state": one.state,
        "late": one.late,
        "number": numbers.get(one.ticket) if one.ticket else None,
        "own": one.own,
        "confirmed": one.confirmed,
        "ended": Ended(one.ended) if one.ended else None,
        "gone": one.expected and is_gone(site, one),
    }


def imported(
    view: Snapshot, lists: Collection[tuple[date, str, int, int, int, int]], doubled: int, ignored: Collection[str]
) -> ImportedBookings:
    """What a list changed, and how much is booked now; of each: day, service, added, changed, gone, unchanged."""
    return {
        "site": view.site.id,
        **view.stamp(),
        "lists": [_of_list(view, *one) for one in lists],
        "doubled": doubled,
        "ignored": [*ignored],
    }


def _of_list(view: Snapshot, day: date, service: str, added: int, changed: int, gone: int, unchanged: int) -> OfList:
    now = [one for one in bookings.of_day(view.conn, view.site.id, day) if one.service == service]
    return {
        "date": day.isoformat(),
        "service": service,
        "added": added,
        "changed": changed,
        "gone": gone,
        "unchanged": unchanged,
        "booked": sum(one.people for one in now if not one.given_back),
        "quota": _quota(view.site, service, day),
    }
