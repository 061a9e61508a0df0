"""From a file of ``sites/`` to a :class:`~queue_server.domain.site.Site`, every mistake in it reported at once."""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from queue_server.domain.site import Agency, Counter, Holiday, MissedCall, Service, Site, Wall
from queue_server.settings.site_checks import mistakes
from queue_server.settings.site_document import document_of
from queue_server.settings.site_schema import AgencyTable, Always, CounterTable, ServiceTable, SiteTable, Week
from queue_server.settings.toml_file import Problem, SettingsError, id_at, parse, read


def read_site(path: Path) -> tuple[SiteTable, dict[str, Any]]:
    """Read and check one file, and what it says as a document; raise :class:`SettingsError` with all its problems."""
    file = str(path)
    data = read(path)
    table = parse(SiteTable, data, file)
    found = [Problem(file, key, reason, id_at(key, data)) for key, reason in mistakes(table)]
    if found:
        raise SettingsError(found)
    return table, document_of(data)


def site_from(table: SiteTable, holidays: Mapping[date, Holiday], *, always_open: bool) -> Site:
    """Make the domain value of a file that has passed every check."""
    always = isinstance(table.hours, Always)
    return Site(
        id=table.id,
        name=table.name,
        short_name=table.short_name or table.name,
        owner=table.owner,
        address=table.address,
        timezone=table.timezone,
        languages=tuple(table.languages),
        hours=None if always else _week(table.hours),
        cutoff_minutes=table.hours.cutoff_minutes,
        holidays=holidays,
        order=MappingProxyType(dict(table.order)),
        missed_call=MissedCall(table.missed_call.recalls, table.missed_call.return_within_minutes),
        wall=Wall(table.wall.farthest_viewer_m, table.wall.screen_inches, tuple(table.wall.zones)),
        finish_on_next=table.finish_on_next,
        agencies=MappingProxyType({a.id: _agency(a) for a in table.agencies}),
        services=MappingProxyType({s.id: _service(s, table.wall.zones[0]) for s in table.services}),
        counters=MappingProxyType({c.id: _counter(c, table.wall.zones[0]) for c in table.counters}),
        always_open=always_open,
    )


def _week(table: Week) -> Mapping[str, tuple[time, time]]:
    """Keep the weekdays that have hours."""
    days = {day: getattr(table, day) for day in Week.model_fields}
    return MappingProxyType({day: window for day, window in days.items() if window is not None})


def _agency(table: AgencyTable) -> Agency:
    short = table.short_name or table.name
    return Agency(
        id=table.id,
        name=table.name,
        short_name=short,
        task=MappingProxyType(dict(table.task or {"id": short})),  # no task given: the name is what people look for
        icon=table.icon,
        color=table.color,
    )


def _service(table: ServiceTable, first_zone: str) -> Service:
    return Service(
        id=table.id,
        agency=table.agency,
        prefix=table.prefix,
        name=MappingProxyType(dict(table.name)),
        zone=table.zone or first_zone,
        target_minutes=table.target_minutes,
        kiosk=table.kiosk,
        classes=tuple(table.classes),
        quota=MappingProxyType(table.quota.by_class),
        quota_total=table.quota.total,
        quota_reserved=MappingProxyType(dict(table.quota.reserved)),
        hours=_week(table.hours) if table.hours else None,
        days=frozenset(table.days) if table.days else None,
        next=tuple(table.next),
        outcomes=tuple(table.outcomes),
        requirements=MappingProxyType({lang: tuple(lines) for lang, lines in (table.requirements or {}).items()}),
        cost=MappingProxyType(dict(table.cost)) if table.cost else None,
    )


def _counter(table: CounterTable, first_zone: str) -> Counter:
    return Counter(
        id=table.id,
        name=table.name,
        agency=table.agency,
        zone=table.zone or first_zone,
        services=tuple(table.services),
    )
