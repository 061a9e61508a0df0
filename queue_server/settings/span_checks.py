"""What may be wrong with dated exceptions (``[[spans]]``): dates that collide, names of nothing, no hours."""

from collections.abc import Iterator
from datetime import timedelta

from queue_server.domain.day_hours import service_hours_on
from queue_server.domain.hours import HORIZON_DAYS
from queue_server.domain.site import Site
from queue_server.settings.checking import Found, cut_off, quota_mistakes, unknown
from queue_server.settings.site_schema import SiteTable, SpanTable, Week


def mistakes(site: SiteTable) -> Iterator[Found]:
    """What makes a span unusable although every key by itself is well formed."""
    for i, span in enumerate(site.spans):
        key = f"spans[{i}]"
        if span.last_day < span.first_day:
            yield f"{key}.last_day", f"{span.last_day} is before first_day, {span.first_day}"
        for n, other in enumerate(site.spans[:i]):
            if _collide(span, other):
                reason = f"shares dates with spans[{n}]; of two such spans one must lie within the other, and it counts"
                yield f"{key}.first_day", reason
        yield from _of_services(key, site, span)
        yield from _of_hours(key, site, span)


def _collide(one: SpanTable, other: SpanTable) -> bool:
    """Whether nobody could say which of two counts on a day that both hold."""
    shared = max(one.first_day, other.first_day) <= min(one.last_day, other.last_day)
    within = [
        inner.first_day >= outer.first_day and inner.last_day <= outer.last_day
        for inner, outer in ((one, other), (other, one))
    ]
    return shared and within in ([False, False], [True, True])


def _of_services(key: str, site: SiteTable, span: SpanTable) -> Iterator[Found]:
    known = {service.id: service for service in site.services}
    yield from unknown(f"{key}.offered", span.offered or (), known, "service")
    first: dict[str, int] = {}
    for i, row in enumerate(span.services):
        yield from unknown(f"{key}.services[{i}].id", [row.id], known, "service")
        seen = first.setdefault(row.id, i)
        if seen != i:
            yield f"{key}.services[{i}].id", f"{row.id!r} already stands in {key}.services[{seen}]"
        if row.quota is not None and row.id in known:
            yield from quota_mistakes(f"{key}.services[{i}].quota", row.quota, known[row.id].classes)


def _of_hours(key: str, site: SiteTable, span: SpanTable) -> Iterator[Found]:
    cutoff = site.hours.cutoff_minutes if span.cutoff_minutes is None else span.cutoff_minutes
    yield from cut_off(f"{key}.hours", span.hours, cutoff)
    for i, row in enumerate(span.services):
        yield from cut_off(f"{key}.services[{i}].hours", row.hours, cutoff)
    if span.cutoff_minutes is None:
        return
    usual: list[Week | None] = [site.hours] if span.hours is None else []
    weeks = [*usual, *(service.hours for service in site.services)]
    found = [reason for week in weeks for _, reason in cut_off("", week, cutoff)]
    if found:
        yield f"{key}.cutoff_minutes", found[0]


def doubts(site: Site) -> Iterator[Found]:
    """A service that a span offers and that has no hours on any of its dates."""
    for span in site.spans:
        dates = (span.first + timedelta(days=n) for n in range(min((span.last - span.first).days + 1, HORIZON_DAYS)))
        mine = [day for day in dates if site.span_on(day) is span]
        offered = [id for id in site.services if id not in span.not_offered]
        without = [id for id in offered if mine and not any(service_hours_on(site, id, day) for day in mine)]
        if without:
            yield "spans", f"{span.name['id']}: no opening hours in it: {', '.join(without)}"
