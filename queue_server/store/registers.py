"""What is written down beside a hall's days, read from its events: few, found in the index of what happens seldom."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select

from ..domain.complaints import Count, read
from ..domain.events import Kind
from ..domain.fold import Event
from .rows import to_event
from .seldom import of_kinds

_TARGETS, _DISTRICTS = of_kinds(Kind.TARGETS_SET), of_kinds(Kind.DISTRICTS_SET)
_COMPLAINTS = of_kinds(Kind.COMPLAINTS_COUNTED)


def _happened(conn: Connection, site: str, wanted: Select[Any]) -> Iterator[Event]:
    return map(to_event, conn.execute(wanted, {"site": site}))


def targets_set(conn: Connection, site: str) -> list[Event]:
    """Every time that targets were set, the oldest first."""
    return list(_happened(conn, site, _TARGETS))


def last_targets(conn: Connection, site: str) -> Event | None:
    """The last time."""
    return next(iter(targets_set(conn, site)[-1:]), None)


def last_districts(conn: Connection, site: str) -> Event | None:
    """The last time that anything was written down of the kecamatan."""
    return next(iter(list(_happened(conn, site, _DISTRICTS))[-1:]), None)


def version_of(last: Event | None) -> str:
    """What a change of such a list is based on."""
    return f"{last.epoch}-{last.revision}" if last else "0"


def complaints_of(conn: Connection, site: str) -> list[tuple[Count, datetime]]:
    """The register as it stands, each line with when it was written; the latest months first."""
    found: dict[tuple[str, str, str | None], tuple[Count, datetime]] = {}
    for one in _happened(conn, site, _COMPLAINTS):
        count = read(one.detail)
        found[count.month, count.channel, count.agency] = (count, one.at)
    return sorted(found.values(), key=lambda one: (one[0].month, one[0].agency or "", one[0].channel), reverse=True)
