"""What was set for today: by whom, when, why, and what the structure says instead."""

from ..documents.hall import SetToday
from ..domain import levers as rules
from ..domain.fold import Event
from ..store import accounts, events
from .reasons import concerns
from .snapshot import Snapshot
from .ticket import iso


def set_today(view: Snapshot, agencies: frozenset[str] = frozenset()) -> list[SetToday]:
    """The levers that hold, the latest first; ``agencies``: only theirs, empty means all."""
    held = rules.standing(view.levers, view.day)
    if not (held.get("services") or held.get("quotas")):
        return []
    happened = events.of_levers(view.conn, view.site.id, view.day) if view.day else []
    last = {(event.kind, event.counter, event.service): (event, why) for event, why in happened}
    names = accounts.names(view.conn)
    shown = [_document(view, event, why, names) for event, why in last.values() if concerns(view, event, agencies)]
    return [one for one in reversed(shown) if _holds(held, one)]


def _holds(held: rules.Levers, one: SetToday) -> bool:
    kind, of = ("services", one["counter"]) if one["counter"] else ("quotas", one["service"])
    return of in held.get(kind, {})


def _document(view: Snapshot, event: Event, why: str | None, names: dict[str, str]) -> SetToday:
    declared = view.declared
    counter = declared.counters.get(event.counter or "")
    of, day = event.service or "", view.day
    service = declared.service_on(of, day) if day and of in declared.services else None
    return {
        "counter": event.counter,
        "service": event.service,
        "services": event.detail.get("services"),
        "quota": event.detail.get("quota"),
        "declared_services": list(counter.services) if counter else None,
        "declared_quota": rules.quota_of(service) if service else None,
        "at": iso(event.at),
        "by": names.get(event.by or ""),
        "reason": why,
        "reason_code": event.detail.get("reason_code"),
    }
