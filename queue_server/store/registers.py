"""What is written down beside a hall's days, read from its events: few, found day by day in the index of days."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from ..domain.complaints import Count, read
from ..domain.events import Kind
from ..domain.fold import Event
from . import events
from .rows import EVENT_COLUMNS, to_event
from .schema import event

_e = event.c
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)
_OF_KIND = select(*EVENT_COLUMNS).where(
    _e.site == bindparam("site"), _e.day.in_(bindparam("days", expanding=True)), _e.kind == bindparam("kind")
)
_OF_KIND = _OF_KIND.order_by(_e.epoch + 0, _e.revision, _e.n)  # not by the primary key: that walks every event


def _happened(conn: Connection, site: str, kind: Kind) -> Iterator[Event]:
    days = events.days(conn, site, _FIRST, _LAST)
    return map(to_event, conn.execute(_OF_KIND, {"site": site, "days": days, "kind": kind}))


def targets_set(conn: Connection, site: str) -> list[Event]:
    """Every time that targets were set, the oldest first."""
    return list(_happened(conn, site, Kind.TARGETS_SET))


def last_targets(conn: Connection, site: str) -> Event | None:
    """The last time."""
    return next(iter(targets_set(conn, site)[-1:]), None)


def last_districts(conn: Connection, site: str) -> Event | None:
    """The last time that anything was written down of the kecamatan."""
    return next(iter(list(_happened(conn, site, Kind.DISTRICTS_SET))[-1:]), None)


def version_of(last: Event | None) -> str:
    """What a change of such a list is based on."""
    return f"{last.epoch}-{last.revision}" if last else "0"


def complaints_of(conn: Connection, site: str) -> list[tuple[Count, datetime]]:
    """The register as it stands, each line with when it was written; the latest months first."""
    found: dict[tuple[str, str, str | None], tuple[Count, datetime]] = {}
    for one in _happened(conn, site, Kind.COMPLAINTS_COUNTED):
        count = read(one.detail)
        found[count.month, count.channel, count.agency] = (count, one.at)
    return sorted(found.values(), key=lambda one: (one[0].month, one[0].agency or "", one[0].channel), reverse=True)
