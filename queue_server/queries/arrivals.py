"""A day's arrivals by the hour, beside those of the same weekdays."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from ..documents.hall import ForecastHour
from ..domain.arrivals import by_hour, same_weekdays
from ..store import tickets
from .snapshot import Snapshot

Day = Mapping[tuple[str, int], int]  # (service, quarter of an hour since 1970) -> how many came

# A day that is over changes no more: it is read once by each process, not at each look at the hall.
_PAST: WeakKeyDictionary[Engine, dict[tuple[str, int, date], Day]] = WeakKeyDictionary()
_MOST = 200  # days that are remembered


def forecast(view: Snapshot, agencies: frozenset[str] = frozenset()) -> list[ForecastHour]:
    """The open day, hour by hour: how many came, and usually do; ``agencies``: for their services, empty means all."""
    if view.day is None:
        return []
    mine = {id for id, one in view.site.services.items() if not agencies or one.agency in agencies}
    today = _by_hour(view, tickets.arrivals(view.conn, view.site.id, view.day), mine)
    past = [_by_hour(view, _past(view, day), mine) for day in same_weekdays(view.day)]
    return [{"hour": one.hour, "expected": one.expected, "arrived": one.arrived} for one in by_hour(today, past)]


def _past(view: Snapshot, day: date) -> Day:
    known = _PAST.setdefault(view.conn.engine, {})
    key = (view.site.id, view.epoch, day)
    if key not in known:
        if len(known) >= _MOST:
            known.clear()
        known[key] = tickets.arrivals(view.conn, view.site.id, day)
    return known[key]


def _by_hour(view: Snapshot, came: Day, mine: set[str]) -> Counter[int]:
    found: Counter[int] = Counter()
    for (service, quarter), n in came.items():
        if service in mine:
            at = datetime.fromtimestamp(quarter * tickets.QUARTER_S, UTC)
            found[at.astimezone(view.site.timezone).hour] += n
    return found
