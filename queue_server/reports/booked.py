"""What became of the bookings of some days, beside those days' sheets: read anew each time, for it may change."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..domain.site import Site
from ..store import bookings
from . import sheet
from .day_sheet import unlisted
from .sheet import Sheet

CLASS = "booked"


def add_bookings(conn: Any, site: Site, days: Sequence[Sheet]) -> None:
    """Fill the table of bookings of these sheets, each of one day; of days without a sheet nothing is told."""
    if not days:
        return
    of = {one.days[0]: one for one in days}
    rows: dict[date, list[tuple[Any, ...]]] = {}
    for day, service, slot, went, late, n in bookings.counts(conn, site.id, min(of), max(of)):
        if day in of:
            hour = slot.astimezone(site.timezone).hour
            dims = of[day].dims
            whose = (0, _place(dims.services, service), dims.classes.index(CLASS), hour)
            rows.setdefault(day, []).append((*whose, sheet.WENT.index(went), late, n))
    for day, found in rows.items():
        of[day].tables["booking"] = sheet.table("booking", found)


def _place(services: list[dict[str, Any]], id: str) -> int:
    found = next((n for n, one in enumerate(services) if one["id"] == id), None)
    if found is None:
        services.append(unlisted(id, None))
        return len(services) - 1
    return found
