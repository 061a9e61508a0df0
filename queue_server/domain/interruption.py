"""Interruptions: a service, an agency, a counter or the whole hall cannot work; everybody is told why and since when.

Those that last are kept with the site's own row as their events left them, so that whoever takes or reads it knows of
them without another look. They end by an event, at the latest with the day. Nobody who
waits is forgotten by one: numbers stay, and may be called all the while.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict, cast, get_args

from .errors import Code, QueueError
from .site import Site

Reason = Literal["power", "network", "central_system", "equipment", "staff", "other"]
Issuing = Literal["go_on", "warn", "stop"]
REASONS: tuple[Reason, ...] = get_args(Reason)
ISSUING: tuple[Issuing, ...] = get_args(Issuing)


class Scope(TypedDict):
    """What it concerns: one of the three, or none for the whole site."""

    agency: NotRequired[str]
    service: NotRequired[str]
    counter: NotRequired[str]


class InterruptionBegun(TypedDict):
    """``since``, ``until``: instants in ISO 8601; ``until`` is announced, and ends nothing. ``notice``: for everybody.

    ``confirmed``: a supervisor says so too. ``entered_later``: ``since`` is what somebody remembered.
    """

    interruption: str
    scope: Scope
    reason: Reason
    issuing: Issuing
    since: str
    confirmed: bool
    until: NotRequired[str]
    notice: NotRequired[str]
    entered_later: NotRequired[bool]


class InterruptionEnded(TypedDict):
    """``at``: when it was over; ``by``: what ended it where no person did."""

    interruption: str
    at: str
    by: NotRequired[str]


class InterruptionConfirmed(TypedDict):
    """A supervisor stands for it, or does not; ``day``: on which it began, where that was another."""

    interruption: str
    day: NotRequired[str]


Lasting = Mapping[str, Any]  # the detail of its beginning, as the site's row keeps it
After = Callable[[Sequence[Lasting], Mapping[str, Any]], Sequence[Lasting]]  # those that last after an event


@dataclass(frozen=True, slots=True)
class Interruption:
    """One that lasts, or (``ended_at``) lasted."""

    id: str
    scope: Scope
    reason: Reason
    issuing: Issuing
    since: datetime
    until: datetime | None
    notice: str | None
    confirmed: bool
    rejected: bool = False  # a supervisor looked at it, and does not stand for it
    ended_at: datetime | None = None

    def concerns_service(self, site: Site, service: str) -> bool:
        """Whether who waits for that service waits because of it. A counter's own trouble is not its services'."""
        if "counter" in self.scope:
            return False
        if "service" in self.scope:
            return self.scope["service"] == service
        known = site.named(service)
        return "agency" not in self.scope or (known is not None and known.agency == self.scope["agency"])

    def concerns_counter(self, site: Site, counter: str) -> bool:
        """Whether that counter cannot work: it is meant itself, or all that it serves is."""
        if "counter" in self.scope:
            return self.scope["counter"] == counter
        place = site.counters.get(counter)
        return place is not None and all(self.concerns_service(site, one) for one in place.services)


def read(kept: Iterable[Lasting]) -> tuple[Interruption, ...]:
    """Those that the site's row keeps, the earliest first."""
    return tuple(sorted((_read(one) for one in kept), key=lambda one: (one.since, one.id)))


def _read(d: Lasting) -> Interruption:
    until = datetime.fromisoformat(d["until"]) if "until" in d else None
    since = datetime.fromisoformat(d["since"])
    said = (d["interruption"], d["scope"], d["reason"], d["issuing"], since, until, d.get("notice"), d["confirmed"])
    return Interruption(*said, rejected=d.get("rejected", False))


def begun(kept: Sequence[Lasting], detail: Mapping[str, Any]) -> Sequence[Lasting]:
    """Those that last once this one has begun."""
    return [*kept, {name: detail[name] for name in InterruptionBegun.__annotations__ if name in detail}]


def ended(kept: Sequence[Lasting], detail: Mapping[str, Any]) -> Sequence[Lasting]:
    """Those that last once this one is over."""
    return [one for one in kept if one["interruption"] != detail["interruption"]]


def confirmed(kept: Sequence[Lasting], detail: Mapping[str, Any]) -> Sequence[Lasting]:
    """Those that last once a supervisor stands for this one."""
    return _judged(kept, detail, {"confirmed": True})


def rejected(kept: Sequence[Lasting], detail: Mapping[str, Any]) -> Sequence[Lasting]:
    """Those that last once a supervisor has said that they do not stand for this one."""
    return _judged(kept, detail, {"rejected": True})


def _judged(kept: Sequence[Lasting], detail: Mapping[str, Any], verdict: dict[str, Any]) -> Sequence[Lasting]:
    """The last word holds: one that was rejected may be confirmed after all."""
    return [_without_word(one) | verdict if one["interruption"] == detail["interruption"] else one for one in kept]


def _without_word(one: Lasting) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "rejected"}


def agency_of(site: Site, scope: Scope) -> str | None:
    """The agency it belongs to; None: it is the whole site's. Raises ``invalid`` for several, or what there is not."""
    ids = cast(Mapping[str, str], scope)
    if len(ids) > 1:
        raise QueueError(Code.INVALID, field="scope")
    places: Mapping[str, tuple[Mapping[str, Any], str]] = {
        "agency": (site.agencies, "id"),
        "service": (site.services, "agency"),
        "counter": (site.counters, "agency"),
    }
    for name, id in ids.items():
        known, whose = places[name]
        if id not in known:
            raise QueueError(Code.INVALID, field=f"scope.{name}")
        return str(getattr(known[id], whose))
    return None


def stopping(site: Site, lasting: Iterable[Interruption], service: str) -> Interruption | None:
    """The one, the earliest of them, because of which a service gives no numbers."""
    found = (one for one in lasting if one.issuing == "stop" and one.concerns_service(site, service))
    return next(found, None)
