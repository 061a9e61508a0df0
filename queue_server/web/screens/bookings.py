"""A day's booked places: who is expected when, who came, and the lists that say so."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import request

from ...booking_lists import CSV, XLSX
from ...domain.bookings import AHEAD
from ...domain.day import local_date
from ...domain.rights import Act, may
from ...queries.bookings import of_day, out_of_hours
from ...queries.own_booking import bookable
from ..http.query_values import day_said
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The bookings of a day (``day``, default today) within the account's agencies; and the form for lists."""
    house, actor, site = visit.house, visit.account.actor, visit.house.site(visit.site)
    today = local_date(site, house.clock())
    day = _asked(today)
    found, lost = house.read(site.id, lambda view: (of_day(view, actor, day), out_of_hours(view, actor)))
    booked = [s for s in site.services.values() if s.booking is not None]
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "found": found,
        "lost": sorted(lost.items()),
        "day": day,
        "today": today,
        "near": [(step, day + timedelta(days=step)) for step in (-1, 1)],
        "services": {service.id: service for service in site.services.values()},
        "own_slots": bool(bookable(site)),
        "lists": [s for s in booked if may(actor, Act.IMPORT_BOOKINGS, site.id, s.agency)],
        "kinds": {"csv": CSV, "xlsx": XLSX},
        "moment": lambda iso: datetime.fromisoformat(iso).astimezone(site.timezone),
    }


def _asked(today: date) -> date:
    """The day that is asked for, as far as there is anything to be seen of it."""
    day = day_said(request.args.get("day", ""))
    return today if day is None else min(day, today + AHEAD)
