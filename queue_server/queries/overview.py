"""The overview document: a whole site at one glance, for its leaders and for a lobby. Accounts are not even read."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ..documents.hall import Alarm
from ..documents.overview import Overview, OverviewAgency, OverviewLine, Topic, TopicKind
from ..documents.shared import Words
from ..domain.site import Agency, Counter
from ..domain.ticket import State
from .alarms import alarms, dropped, within
from .hall_now import HallNow, read_hall
from .snapshot import Snapshot
from .ticket import iso

# What is said of a service. A call that is stuck and a counter that calls nobody are for the supervisor: each points at
# one officer, and the page may hang in a lobby.
_TOLD: dict[str, TopicKind] = {"over_target": "over_target", "nobody_open": "nobody_open", "quota": "quota"}


def overview(view: Snapshot, agencies: frozenset[str] = frozenset()) -> Overview:
    """Figures, a row for each agency, and what to talk about; ``agencies`` limits it to theirs, empty means all."""
    places, services = within(view.site, agencies)
    now = read_hall(view)
    gone = dropped(view, now, agencies)
    shown = [s.id for s in services] + gone
    here = {place.id for place in places}
    return {
        "site": view.site.id,
        **view.stamp(),
        "now": view.now.isoformat(),
        "day": view.day.isoformat() if view.day else None,
        "day_closed": view.day_closed,
        "open_until": iso(view.open_until) if view.opened else None,
        "waiting": _waiting(now, shown),
        "people_waiting": _people(now, shown),
        "first": _first(now, shown),
        "serving": sum(t.state is State.SERVING for counter, t in now.in_hand.items() if counter in here),
        "counters": len(places),
        "counters_open": _open(now, places),
        "agencies": [
            _agency(view, now, one, places, [id for id in shown if _owner(view, id) == one.id])
            for one in view.site.agencies.values()
            if not agencies or one.id in agencies
        ],
        "topics": _topics(view, now, alarms(view, now, agencies)),
    }


def _waiting(now: HallNow, services: Collection[str]) -> int:
    return sum(now.lines[id].waiting for id in services if id in now.lines)


def _people(now: HallNow, services: Collection[str]) -> int:
    return sum(now.lines[id].people for id in services if id in now.lines)


def _first(now: HallNow, services: Collection[str]) -> str | None:
    found = [now.lines[id].first for id in services if id in now.lines]
    return iso(min(found)) if found else None


def _open(now: HallNow, places: Iterable[Counter]) -> int:
    return sum(now.state(place.id).works for place in places)


def _owner(view: Snapshot, service: str) -> str | None:
    known = view.site.named(service)
    return known.agency if known else None


def _name(view: Snapshot, service: str) -> Words:
    known = view.site.named(service)
    return dict(known.name) if known else {"id": service}


def _agency(
    view: Snapshot, now: HallNow, agency: Agency, places: Iterable[Counter], services: list[str]
) -> OverviewAgency:
    own = [place for place in places if place.agency == agency.id]
    waited_for = sorted((id for id in services if id in now.lines), key=lambda id: now.lines[id].first)
    return {
        "id": agency.id,
        "name": agency.short_name,
        "color": agency.color,
        "waiting": _waiting(now, services),
        "people_waiting": _people(now, services),
        "first": _first(now, services),
        "counters": len(own),
        "counters_open": _open(now, own),
        "lines": [_line(view, now, id) for id in waited_for],
    }


def _line(view: Snapshot, now: HallNow, service: str) -> OverviewLine:
    line = now.lines[service]
    return {
        "service": service,
        "name": _name(view, service),
        "waiting": line.waiting,
        "first": line.first.isoformat(),
    }


def _topics(view: Snapshot, now: HallNow, found: list[Alarm]) -> list[Topic]:
    """What is an alarm by now and is told here, once for each service; the gravest first."""
    topics: dict[str, Topic] = {}
    for alarm in found:
        kind, service = _TOLD.get(alarm["kind"]), alarm["service"]
        if kind is None or service is None or datetime.fromisoformat(alarm["at"]) > view.now:
            continue
        id = f"{kind}/{service}/{alarm['class'] or ''}"
        known = topics.get(id)
        if known is not None:  # one more counter where it takes longer than promised
            known["count"] += 1
            known["since"] = min(known["since"] or "", alarm["since"] or "")
            continue
        topics[id] = {
            "id": id,
            "kind": kind,
            "service": service,
            "name": _name(view, service),
            "since": alarm["since"],
            "class": alarm["class"],
            "count": _count(now, kind, alarm),
            "quota": alarm["quota"],
        }
    return list(topics.values())


def _count(now: HallNow, kind: TopicKind, alarm: Alarm) -> int:
    if kind == "quota":
        return alarm["left"] or 0
    return 1 if kind == "over_target" else _waiting(now, (alarm["service"] or "",))
