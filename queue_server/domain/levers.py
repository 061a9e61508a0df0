"""Levers for today: what a counter serves, how many numbers a service gives, and notices, set by hand for one day.

They are kept with the site's own row as their events left them, beside the structure, which they do not change: the
site of a day is its structure with that day's levers (``applied``), and every rule reads that one. When the next day
opens they are over, for what is kept names its day.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from .events import Kind
from .site import Class, Counter, Service, Site

Levers = Mapping[str, Any]  # as the site's row has it: ``day``, ``revision``, ``services``, ``quotas``
TOTAL = "total"  # all classes together, beside the names of classes


After = Callable[[Levers, date, int, str, Mapping[str, Any]], Levers]  # kept, day, revision, of what, detail


def _kept(kept: Levers, day: date, revision: int, kind: str, of: str, value: Any) -> Levers:
    """The levers with one set, or (``value`` empty) let go; those of another day are over."""
    today = kept if kept.get("day") == day.isoformat() else {}
    others = {id: one for id, one in today.get(kind, {}).items() if id != of}
    fresh = {**others, of: value} if value else others
    return {**today, "day": day.isoformat(), "revision": revision, kind: fresh}


def services_set(kept: Levers, day: date, revision: int, counter: str, detail: Mapping[str, Any]) -> Levers:
    """Those that hold once a counter serves these services."""
    value = None if detail.get("declared") else list(detail["services"])
    return _kept(kept, day, revision, "services", counter, value)


def quota_set(kept: Levers, day: date, revision: int, service: str, detail: Mapping[str, Any]) -> Levers:
    """Those that hold once a service gives that many numbers."""
    return _kept(kept, day, revision, "quotas", service, dict(detail["quota"]))


#: what an event makes of the levers that were set for its day
AFTER: Mapping[str, After] = {Kind.SERVICES_SET: services_set, Kind.QUOTA_SET: quota_set}


def standing(kept: Levers, day: date | None) -> Levers:
    """Those of that day; none of another."""
    return kept if day is not None and kept.get("day") == day.isoformat() else {}


def revision(kept: Levers, day: date | None) -> int:
    """When one of the day's levers was last set, as a revision; 0: none was."""
    return int(standing(kept, day).get("revision", 0))


def applied(site: Site, kept: Levers, day: date | None) -> Site:
    """The site as it is on a day, with the levers that were set for it.

    Whatever the structure has no longer is left out: a counter may be retired while it serves something else for a day.
    """
    held = standing(kept, day)
    if day is None or not (held.get("services") or held.get("quotas")):
        return site
    counters = {id: _serving(site, one, held.get("services", {}).get(id)) for id, one in site.counters.items()}
    quotas = held.get("quotas", {})
    span = site.span_on(day)
    changed = replace(site, counters=counters, services=_giving(site.services, quotas))
    if span is None:
        return changed
    spans = tuple(replace(one, services=_giving(one.services, quotas)) if one is span else one for one in site.spans)
    return replace(changed, spans=spans)


def _serving(site: Site, counter: Counter, services: list[str] | None) -> Counter:
    there = tuple(id for id in services or () if id in site.services)
    return replace(counter, services=there) if there else counter


def _giving(services: Mapping[str, Service], quotas: Mapping[str, Mapping[str, int | None]]) -> Mapping[str, Service]:
    return {id: with_quota(one, quotas.get(id, {})) for id, one in services.items()}


def with_quota(service: Service, quota: Mapping[str, int | None]) -> Service:
    """The service with these places a day in place of its own; null: unlimited."""
    if not quota:
        return service
    own: dict[Class, int | None] = {**service.quota}
    own.update({c: quota[c] for c in service.classes if c in quota})
    limits = {class_: n for class_, n in own.items() if n is not None}
    return replace(service, quota=limits, quota_total=quota.get(TOTAL, service.quota_total))


def quota_of(service: Service) -> dict[str, int | None]:
    """The places of a service's day by class and in ``total``; null: unlimited."""
    return {**{c: service.quota.get(c) for c in service.classes}, TOTAL: service.quota_total}
