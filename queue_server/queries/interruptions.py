"""Interruptions as documents: those that last, and those that the record tells of past days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ..documents.interruptions import Interruption, Interruptions, InterruptionScope, PastInterruption
from ..domain import interruption as rules
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.lasting import as_judged
from ..domain.site import Counter
from ..store import accounts, events
from .snapshot import Snapshot


def lasting(view: Snapshot) -> list[Interruption]:
    """All that last, the earliest first."""
    return [document(one) for one in view.interruptions]


def of_service(view: Snapshot, service: str) -> list[Interruption]:
    """Those because of which somebody may wait longer for a service."""
    return [document(one) for one in view.interruptions if one.concerns_service(view.site, service)]


def of_counter(view: Snapshot, counter: Counter) -> list[Interruption]:
    """Those of a counter, or of one of its services."""
    site = view.site
    return [
        document(one)
        for one in view.interruptions
        if one.concerns_counter(site, counter.id) or any(one.concerns_service(site, id) for id in counter.services)
    ]


def of_service_id(view: Snapshot, service: str) -> str | None:
    """The earliest because of which one may wait longer for a service."""
    return next((one.id for one in view.interruptions if one.concerns_service(view.site, service)), None)


def of_counter_id(view: Snapshot, counter: str) -> str | None:
    """The earliest because of which a counter cannot work."""
    return next((one.id for one in view.interruptions if one.concerns_counter(view.site, counter)), None)


def document(one: rules.Interruption) -> Interruption:
    """One as everybody may see it."""
    scope: InterruptionScope = {**one.scope}
    return {
        "id": one.id,
        "scope": scope,
        "reason": one.reason,
        "notice": one.notice,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "issuing": one.issuing,
        "confirmed": one.confirmed,
        "rejected": one.rejected,
    }


def register(
    view: Snapshot, first: date, last: date, agencies: frozenset[str] = frozenset(), *, named: bool = True
) -> Interruptions:
    """Those that began on a service day from ``first`` to ``last``, the latest first.

    ``agencies``: only what concerns them, empty means all. ``named``: with the name of who began each.
    """
    names = accounts.names(view.conn) if named else {}
    found = begun_between(view.conn, view.site.id, first, last, names)
    return {"site": view.site.id, "interruptions": [one for one in found if _is_for(view, one, agencies)]}


def begun_between(conn: Any, site: str, first: date, last: date, names: dict[str, str]) -> list[PastInterruption]:
    """The same of all agencies. ``names``: of accounts, for who began each."""
    happened = list(events.of_interruptions(conn, site, first, last))
    return [past(one, happened, names) for one in happened if one.kind == Kind.INTERRUPTION_BEGUN][::-1]


def past(begun: Event, happened: Iterable[Event], names: dict[str, str]) -> PastInterruption:
    """One of the record, from the event of its beginning and those that came after."""
    id = begun.detail["interruption"]
    later = [one for one in happened if one.kind != Kind.INTERRUPTION_BEGUN and one.detail["interruption"] == id]
    ended = [one.detail["at"] for one in later if one.kind == Kind.INTERRUPTION_ENDED]
    return {
        **document(as_judged(begun, later)),
        "day": begun.day.isoformat(),
        "ended_at": ended[0] if ended else None,
        "entered_later": begun.detail.get("entered_later", False),
        "by": names.get(begun.by or ""),
    }


def _is_for(view: Snapshot, one: PastInterruption, agencies: frozenset[str]) -> bool:
    """What concerns the whole site is everybody's."""
    if not agencies or not one["scope"]:
        return True
    scope, site = one["scope"], view.site
    known = site.services.get(scope.get("service", "")) or site.counters.get(scope.get("counter", ""))
    return (known.agency if known else scope.get("agency")) in agencies
