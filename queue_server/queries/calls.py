"""The call document: one occurrence, to be shown and spoken once."""

from collections.abc import Mapping

from ..documents.board import Call, Calls
from ..domain.events import facts
from ..domain.fold import Event
from ..domain.site import Site
from ..domain.ticket import CALL_LASTS
from ..store import events
from ..voice.phrases import clips, needed
from .kept import kept
from .snapshot import Snapshot
from .standing import calls_after, standing_calls

PER_ZONE = 10  # recent calls a board carries for each zone
_LOOK_BACK = 400  # standing calls looked at to find them


def call(site: Site, event: Event) -> Call:
    """The document of a ``called`` or ``recalled`` event; names no person, no class, no token."""
    counter, service, kind = event.counter or "", event.service or "", facts(event.kind).announced
    if kind is None:
        raise ValueError(f"{event.kind} is no call")
    found = site.counters.get(counter)
    name = found.name if found else counter
    number = event.detail["number"]
    return {
        "epoch": event.epoch,
        "revision": event.revision,
        "previous": event.detail["previous"],
        "number": number,
        "counter": counter,
        "counter_name": name,
        "service": service,
        "kind": kind,
        "called_at": event.at.isoformat(),
        "expires_at": (event.at + CALL_LASTS).isoformat(),
        "clips": clips(number, name),
    }


def clips_of(site: Site) -> list[str]:
    """Every clip that a call of this site may name: what its displays fetch before the first call."""
    prefixes = (service.prefix for service in site.services.values())
    return needed(prefixes, (counter.name for counter in site.counters.values()))


def after(view: Snapshot, revision: int) -> Calls:
    """Today's calls newer than ``revision``, oldest first: how a display catches up."""
    newer = events.calls_after(view.conn, view.site.id, view.epoch, revision, view.day)
    return {**view.stamp(), "last_call": view.last_call, "calls": [call(view.site, e) for e in newer]}


@kept(calls_after)
def last_called(view: Snapshot) -> Mapping[str, str]:
    """service -> the number that was called last for it today, where one was; a call that was undone does not count."""
    oldest_first = reversed(standing_calls(view, _LOOK_BACK))
    return {event.service or "": event.detail["number"] for event in oldest_first}


def recent(view: Snapshot) -> list[Call]:
    """The newest standing call of each number, newest first, at most ten per zone."""
    room = dict.fromkeys(view.site.wall.zones, PER_ZONE)
    out: list[Call] = []
    for event in standing_calls(view, _LOOK_BACK):
        counter = view.site.counters.get(event.counter or "")
        if counter is None or room.get(counter.zone, 0) == 0:
            continue
        room[counter.zone] -= 1
        out.append(call(view.site, event))
        if not any(room.values()):
            break
    return out
