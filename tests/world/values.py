"""A small hall for the rules' tests: two services, two counters, Monday to Friday 08:00-15:30 in Banten's time."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from queue_server.domain.site import Agency, Counter, Holiday, MissedCall, Periods, Service, Site, Span, Wall

WIB = ZoneInfo("Asia/Jakarta")
WEEK = {day: ((time(8), time(15, 30)),) for day in ("mon", "tue", "wed", "thu", "fri")}


def at(written: str, zone: ZoneInfo = WIB) -> datetime:
    """An instant in the hall's zone: ``at("2026-01-19 08:00")``."""
    return datetime.fromisoformat(written).replace(tzinfo=zone)


def hours(*written: str) -> Periods:
    """A day's periods: ``hours("08:00-11:30", "13:00-16:00")``; 24:00 is the end of the day."""
    ends = (period.replace("24:00", "00:00").split("-") for period in written)
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in ends)


def special(*days: Holiday) -> dict[date, Holiday]:
    """Holidays by their date."""
    return {day.day: day for day in days}


def span(services: Iterable[Service], first: str, last: str, **changes) -> Span:
    """Some dates on which the hall works otherwise."""
    values = {"name": {"id": "Ramadan"}, "hours": None, "cutoff_minutes": None, "not_offered": frozenset()}
    dates = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    return Span(**(values | dates | {"services": {one.id: one for one in services}} | changes))


def service(id: str = "ktp", **changes) -> Service:
    """A service of the hall, with what the test cares about changed."""
    values = {
        "id": id,
        "agency": "dukcapil",
        "prefix": "K",
        "name": {"id": "KTP-el"},
        "zone": "A",
        "target_minutes": 10,
        "kiosk": True,
        "classes": ("regular", "priority"),
        "quota": {},
        "hours": None,
        "days": None,
        "next": (),
        "outcomes": (),
    }
    return Service(**(values | changes))


def hall(*services: Service, **changes) -> Site:
    """A site with the given services (else one), with what the test cares about changed."""
    known = {each.id: each for each in services or (service(),)}
    values = {
        "id": "lebak",
        "name": "MPP Lebak",
        "short_name": "MPP Lebak",
        "owner": None,
        "address": None,
        "timezone": WIB,
        "languages": ("id",),
        "hours": WEEK,
        "cutoff_minutes": 30,
        "holidays": {},
        "order": {"priority": 2, "booked": 1, "regular": 1},
        "missed_call": MissedCall(2, 30),
        "wall": Wall(10, 43, ("A",)),
        "finish_on_next": False,
        "agencies": {"dukcapil": Agency("dukcapil", "Dukcapil", "Dukcapil", {"id": "KTP"}, None, None)},
        "services": known,
        "counters": {"1": Counter("1", "Loket 1", "dukcapil", "A", tuple(known))},
    }
    return Site(**(values | changes))
