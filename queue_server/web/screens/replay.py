"""What happened at 10.42: the hall at any moment, what happened around it, and the day's calls out of order."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from ...documents.hall import Hall, Step
from ...domain.audit import KINDS
from ...domain.day import local_date
from ...domain.errors import QueueError
from ...queries.hall_at import steps
from ..http import audit_query
from .tile import tile
from .visit import Visit
from .whys import whys

_AROUND = 8  # events before and after the moment that are listed
_BARS = 60
_MINUTE = timedelta(minutes=1)


def show(visit: Visit) -> dict[str, Any]:
    """``at``: an instant, of its own date or of a ``day``; ``day`` and ``time``: a day and a time of it.

    Neither: the last of the open day.
    """
    house, actor = visit.house, visit.account.actor
    site = house.site(visit.site)
    zone, now = site.timezone, house.clock()
    at = audit_query.instant(zone) or _typed(zone)
    day = audit_query.day() or (
        local_date(site, at) if at else house.read(site.id, lambda view: view.day) or now.date()
    )
    walked = house.read_aside(site.id, lambda view: steps(view, day, actor.agencies))
    happened = [(datetime.fromisoformat(one["at"]).astimezone(zone), one) for one in walked["steps"]]
    if at is None and happened:
        at = happened[-1][0]
    here = max((n for n, (when, _) in enumerate(happened) if at and when <= at), default=None)
    found = _hall(visit, at, day) if at is not None and here is not None else None
    times = [when for when, _ in happened]  # in the order of the record: a clock may have stepped back
    first, last = (min(times), max(*times, min(times) + _MINUTE)) if times else (None, None)
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "day": day,
        "at": at.astimezone(zone) if at else None,
        "hall": found,
        "places": [(site.counters.get(one["id"]), one) for one in found["counters"]] if found else [],
        "waiting": sum(one["waiting"] for one in found["services"]) if found else 0,
        "bars": _bars(times, first, last) if first and last else [],
        "first": first,
        "last": last,
        "around": _around(happened, here),
        "before": happened[here - 1][0] if here else None,
        "after": happened[here + 1][0] if here is not None and here + 1 < len(happened) else None,
        "out_of_order": walked["out_of_order"],
        "why_of": whys(house.texts),
        "moment": lambda written: datetime.fromisoformat(written).astimezone(zone),
        "kinds": KINDS,
        "tile": tile,
        "today": local_date(site, now),
    }


def _typed(zone: ZoneInfo) -> datetime | None:
    """A day and a time of day, as the form sends them."""
    day, said = audit_query.day(), request.args.get("time", "")
    try:
        hour, minute = (int(part) for part in said.replace(".", ":").split(":")[:2])
        return datetime(day.year, day.month, day.day, hour, minute, 59, tzinfo=zone) if day else None
    except ValueError:
        return None


def _hall(visit: Visit, at: datetime, day: date) -> Hall | None:
    try:
        return visit.house.hall_at(visit.site, at, visit.account.actor.agencies, day)
    except QueueError:
        return None  # nothing is recorded of that moment: the page says so


def _around(happened: Sequence[tuple[datetime, Step]], here: int | None) -> list[tuple[datetime, Step, bool]]:
    if here is None:
        return []
    near = range(max(here - _AROUND, 0), min(here + _AROUND + 1, len(happened)))
    return [(*happened[n], n == here) for n in near]


def _bars(happened: Sequence[datetime], first: datetime, last: datetime) -> list[int]:
    """How much happened over the day: the height of each bar, of a hundred."""
    counts = [0] * _BARS
    for when in happened:
        counts[min(int((when - first) / (last - first) * _BARS), _BARS - 1)] += 1
    return [round(one * 100 / max(counts)) for one in counts]
