"""From a file of ``sites/`` to a :class:`~queue_server.domain.site.Site`, every mistake in it reported at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from queue_server.domain.booking_rule import BookingRule, SlotRule
from queue_server.domain.day_hours import week_overlap
from queue_server.domain.origins import Origins
from queue_server.domain.privacy import Lifetime, Lifetimes
from queue_server.domain.site import (
    Agency,
    Counter,
    Holiday,
    MissedCall,
    Question,
    Service,
    Site,
    Span,
    Survey,
    Wall,
    WeekHours,
)
from queue_server.settings.booking_schema import BookingTable
from queue_server.settings.letterhead import letterhead
from queue_server.settings.privacy_schema import PrivacyTable
from queue_server.settings.published_facts import channel, published
from queue_server.settings.site_checks import mistakes
from queue_server.settings.site_document import document_of
from queue_server.settings.site_schema import (
    AgencyTable,
    Always,
    CounterTable,
    QuotaTable,
    ServiceTable,
    SiteTable,
    SpanServiceTable,
    SpanTable,
    Week,
)
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
    services = {s.id: _service(s, table.wall.zones[0]) for s in table.services}
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
        group_max=table.group_max,
        agencies=MappingProxyType({a.id: _agency(a) for a in table.agencies}),
        services=MappingProxyType(services),
        counters=MappingProxyType({c.id: _counter(c, table.wall.zones[0]) for c in table.counters}),
        always_open=always_open,
        complaint=channel(table.complaint),
        getting_here=MappingProxyType(dict(table.getting_here)) if table.getting_here else None,
        map=table.map,
        maklumat=MappingProxyType(dict(table.maklumat)) if table.maklumat else None,
        letterhead=letterhead(table.letterhead),
        survey=_survey(table),
        origins=_origins(table),
        lifetimes=_lifetimes(table.privacy),
        spans=tuple(sorted((_span(s, services) for s in table.spans), key=lambda span: span.last - span.first)),
    )


def _survey(table: SiteTable) -> Survey:
    own = tuple(
        Question(
            one.element,
            MappingProxyType(dict(one.question)),
            tuple(MappingProxyType(dict(answer)) for answer in one.answers),  # type: ignore[arg-type]  # the schema's four
        )
        for one in table.survey_questions
    )
    return Survey(table.survey_strict, table.survey_wording, own)


def _origins(table: SiteTable) -> Origins:
    said = table.origins
    return Origins(said.one_in, MappingProxyType({one.id: one.name for one in said.districts}))


def _lifetimes(table: PrivacyTable) -> Lifetimes:
    days = {
        Lifetime.TEXTS: table.texts_days,
        Lifetime.ADDRESSES: table.addresses_days,
        Lifetime.BOOKINGS: table.bookings_days,
    }
    return Lifetimes(MappingProxyType(days))


def _span(table: SpanTable, services: Mapping[str, Service]) -> Span:
    hours = _week(table.hours) if table.hours else None
    own = {row.id: row for row in table.services}
    return Span(
        name=MappingProxyType(dict(table.name)),
        first=table.first_day,
        last=table.last_day,
        hours=hours,
        cutoff_minutes=table.cutoff_minutes,
        services=MappingProxyType({id: _meanwhile(one, hours, own.get(id)) for id, one in services.items()}),
        not_offered=frozenset(services) - frozenset(table.offered if table.offered is not None else services),
    )


def _meanwhile(service: Service, hours: WeekHours | None, own: SpanServiceTable | None) -> Service:
    """A service during a span: its usual hours are cut by the hall's, those that the span gives it are not."""
    if hours is not None and service.hours is not None:
        service = replace(service, hours=MappingProxyType(dict(week_overlap(service.hours, hours))))
    if own is None:
        return service
    if own.hours is not None:
        service = replace(service, hours=_week(own.hours))
    if own.days is not None:
        service = replace(service, days=frozenset(own.days))
    return replace(service, **_quota(own.quota)) if own.quota is not None else service


def _quota(table: QuotaTable) -> dict[str, Any]:
    """The limits of a service, by the fields of the value."""
    return {
        "quota": MappingProxyType(table.by_class),
        "quota_total": table.total,
        "quota_reserved": MappingProxyType(dict(table.reserved)),
    }


def _week(table: Week) -> WeekHours:
    """Keep the weekdays that have hours."""
    days = {day: getattr(table, day) for day in Week.model_fields}
    return MappingProxyType({day: periods for day, periods in days.items() if periods is not None})


def _agency(table: AgencyTable) -> Agency:
    short = table.short_name or table.name
    return Agency(
        id=table.id,
        name=table.name,
        short_name=short,
        task=MappingProxyType(dict(table.task or {"id": short})),  # no task given: the name is what people look for
        icon=table.icon,
        color=table.color,
        complaint=channel(table.complaint),
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
        **_quota(table.quota),
        hours=_week(table.hours) if table.hours else None,
        days=frozenset(table.days) if table.days else None,
        next=tuple(table.next),
        outcomes=tuple(table.outcomes),
        published=published(table),
        papers=MappingProxyType({paper.id: MappingProxyType(dict(paper.name)) for paper in table.papers}),
        segment=table.segment,
        wait_target_minutes=table.wait_target_minutes,
        outage_prefix=table.outage_prefix,
        booking=_booking(table.booking) if table.booking else None,
        origin=table.origin,
        cost_scale=table.cost_scale or ("paid" if any(fee.amount for fee in table.fees) else "free"),
    )


def _booking(table: BookingTable) -> BookingRule:
    limits = {name: getattr(table, name) for name in ("capacity", "lead_minutes", "days_ahead", "online_share")}
    slots = table.slots
    own = None if slots is None else SlotRule(slots.minutes, tuple(slots.hours or ()), **limits)
    return BookingRule(table.early_minutes, table.late_minutes, own)


def _counter(table: CounterTable, first_zone: str) -> Counter:
    return Counter(
        id=table.id,
        name=table.name,
        agency=table.agency,
        zone=table.zone or first_zone,
        services=tuple(table.services),
    )
