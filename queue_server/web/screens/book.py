"""A place is booked on the hall's own page: a service, a day, a time. Nobody is asked who they are."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Response, request

from ...documents.own_booking import Slots
from ...domain.booking_rule import BookingRule
from ...domain.site import Site
from ...printing.qr import qr_svg
from ...queries.own_booking import bookable, own_booking, slots
from ...queries.site import site_info
from ..http.auth import keep_booker
from ..http.query_values import day_said
from .page_data import page_data
from .visit import Visit

_SAID = (
    "book_failed",
    "book_do",
    "book_come",
    "give_failed",
)  # what the scripts say by themselves; all else stands there


def show(visit: Visit) -> dict[str, Any]:
    """The services that have slots; of the one that is asked for (``service``), its days and the times of one."""
    house, site = visit.house, visit.house.site(visit.site)
    keep_booker()
    offered = bookable(site)
    service = request.args.get("service", "")
    if service not in offered:
        service = offered[0] if len(offered) == 1 else ""
    found = house.read(site.id, lambda view: slots(view, service, _asked())) if service else None
    return {
        "data": _data(visit, site, found=found),
        "site": site,
        "offered": [(site.services[id], site.agencies[site.services[id].agency]) for id in offered],
        "service": site.services.get(service),
        "found": found,
        "months": _months(found) if found else (),
        "times": [_time(site, found, one) for one in found["slots"]] if found else (),
        "day": date.fromisoformat(found["date"]) if found else None,
        "agencies": site.agencies,
    }


def offers(site: Site) -> bool:
    """Whether anything can be booked at this hall."""
    return bool(bookable(site))


def show_own(visit: Visit) -> dict[str, Any]:
    """A booked place, for whoever has its link."""
    house, made = visit.house, visit.booking
    if made is None:
        house.refuse_unknown()
    site = house.site(made.site)
    document = house.with_code(house.read(site.id, lambda view: own_booking(view, made)), made.id)
    hall = house.read(site.id, site_info)
    known = next((one for one in (*hall["services"], *hall["former"]) if one["id"] == made.service), None)
    return {
        "data": _data(visit, site, token=visit.where["token"]),
        "site": site,
        "own": document,
        "known": known,
        "name": known["name"] if known else {"id": made.service},
        "cases": known.get("cases", ()) if known else (),
        "agency": site.agencies.get(site.services[made.service].agency) if made.service in site.services else None,
        "day": made.day,
        "moment": datetime.fromisoformat,
        "ticket_link": house.ticket_link(made.ticket) if made.ticket else None,
        "last_day": lambda iso: (datetime.fromisoformat(iso) - timedelta(minutes=1)).date(),
        "books": made.service in bookable(site),
    }


def qr(visit: Visit) -> Response:
    """The link of a booked place as a QR code: kiosk and front desk read it as they read the code."""
    made = visit.booking
    if made is None:
        visit.house.refuse_unknown()
    house = visit.house
    document = house.with_code(house.read(made.site, lambda view: own_booking(view, made)), made.id)
    return Response(qr_svg(document["url"]), mimetype="image/svg+xml")


def _data(visit: Visit, site: Site, **more: Any) -> dict[str, Any]:
    """The data block without the hall, and with few words of one language: a phone pays for each byte."""
    data = page_data(*visit.texts, **more)
    words: Mapping[str, str] = data["texts"][data["lang"]]
    few = {key: words[key] for key in _SAID if key in words}
    return data | {"langs": list(site.languages), "texts": {data["lang"]: few}, "hall": site.id}


def _asked() -> date | None:
    return day_said(request.args.get("day", ""))


def _months(found: Slots) -> list[tuple[date, list[tuple[date, int]]]]:
    days = [(date.fromisoformat(one["date"]), one["left"]) for one in found["days"]]
    return [(first.replace(day=1), list(own)) for first, own in groupby(days, key=lambda one: one[0].replace(day=1))]


def _time(site: Site, found: Slots, one: Mapping[str, Any]) -> dict[str, Any]:
    """A slot, and between when one comes in time for it."""
    rule = BookingRule(found["early_minutes"], found["late_minutes"])
    hour, minute = map(int, one["time"].split(":"))
    day = date.fromisoformat(found["date"])
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=site.timezone)
    return {
        "value": one["time"],
        "at": at,
        "left": one["left"],
        "from": rule.callable_from(at),
        "until": rule.until(at),
    }
