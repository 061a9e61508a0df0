"""The digests of closed days."""

from collections.abc import Sequence
from datetime import date

from ..documents.audit import DaySeal
from ..store import seals as store
from ..store.seals import Seal
from .snapshot import Snapshot
from .ticket import iso


def seals(view: Snapshot, days: Sequence[date]) -> list[DaySeal]:
    """Those of some days, as far as they are over."""
    return [_shown(one) for one in store.of_days(view.conn, view.site.id, days)]


def last_seal(view: Snapshot) -> DaySeal | None:
    """That of the last day that is over; None where none is sealed yet."""
    found = store.last(view.conn, view.site.id)
    return _shown(found) if found else None


def _shown(one: Seal) -> DaySeal:
    return {"day": one.day.isoformat(), "digest": one.digest, "events": one.events, "at": iso(one.at)}
