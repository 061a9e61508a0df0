"""The site document: structure, hours and, per service, open or why not."""

from datetime import date

from .. import formats
from ..documents.site import Site as SiteDocument
from ..documents.site import SiteCounter, SiteFormer, SiteService, SiteSpan
from ..domain.day import local_date
from ..domain.day_hours import cutoff_on, week_on, written_ends, written_week
from ..domain.outage import prefix_or_none
from ..domain.quota import availability, day_facts
from ..domain.site import Counter, Former, Site
from ..domain.slots import rule_of_slots
from ..store import numbers
from .calls import PER_ZONE
from .carrying import kept_places
from .interruptions import lasting, of_service_id
from .media import playlist
from .notices import to_tell
from .origins import likeliest
from .published import channel, published, words
from .snapshot import Snapshot
from .ticket import iso
from .waits import Waits


def site_info(view: Snapshot) -> SiteDocument:
    """Everything a kiosk needs before a number is taken; what the law wants published is here or null."""
    site, waits = view.site, Waits(view)
    used = numbers.used(view.conn, site.id, view.day)
    today = local_date(site, view.now)
    week = week_on(site, today)
    return {
        "id": site.id,
        "name": site.name,
        "short_name": site.short_name,
        "address": site.address,
        "timezone": site.timezone.key,
        "timezone_name": f"{view.now.astimezone(site.timezone):%Z}",
        "demo": site.always_open,
        "owner": site.owner,
        "languages": list(site.languages),
        "day": view.day.isoformat() if view.day else None,
        "now": view.now.isoformat(),
        **view.stamp(),
        "wall": {
            "farthest_viewer_m": site.wall.farthest_viewer_m,
            "screen_inches": site.wall.screen_inches,
            "zones": list(site.wall.zones),
            "recent_per_zone": PER_ZONE,
        },
        "missed_call": {
            "recalls": site.missed_call.recalls,
            "return_within_minutes": site.missed_call.return_within_minutes,
        },
        "complaint": channel(site.complaint),
        "maklumat": words(site.maklumat),
        "order": dict(site.order),
        "finish_on_next": site.finish_on_next,
        "group_max": site.group_max,
        "hours": written_ends(week),
        "periods": written_week(week),
        "week": None if week is None else {lang: formats.week(week, lang) for lang in site.languages},
        "cutoff_minutes": int(cutoff_on(site, today).total_seconds()) // 60,
        "spans": _spans(site, today),
        "interruptions": lasting(view),
        "notices": to_tell(view),
        "media": playlist(view),
        "carried": kept_places(view),
        "agencies": [
            {
                "id": a.id,
                "name": a.name,
                "short_name": a.short_name,
                "task": dict(a.task),
                "icon": a.icon,
                "color": a.color,
                "complaint": channel(a.complaint),
            }
            for a in site.agencies.values()
        ],
        "services": [_service(view, waits, id, used.get(id, {})) for id in site.services],
        "former": [_former(site, f) for f in site.former.values()],
        "counters": [_counter(waits, c) for c in site.counters.values()],
        "origins": likeliest(view),
    }


def _spans(site: Site, today: date) -> list[SiteSpan]:
    """The dated exceptions that a visitor may still meet."""
    current = site.span_on(today)
    return [
        {
            "name": dict(span.name),
            "first_day": span.first.isoformat(),
            "last_day": span.last.isoformat(),
            "now": span is current,
        }
        for span in sorted(site.spans, key=lambda span: (span.first, span.last))
        if span.last >= today
    ]


def _former(site: Site, f: Former) -> SiteFormer:
    """A service that was dropped, as far as its last visitors' slips and phones need it."""
    agency = site.agencies.get(f.agency)
    return {
        "id": f.id,
        "agency": f.agency,
        "agency_name": agency.short_name if agency else f.agency_name,
        "prefix": f.prefix,
        "name": dict(f.name),
        "target_minutes": f.target_minutes,
        "zone": None,  # nobody can ask for it any more
        "classes": [],
        "requirements": None,
    }


def _counter(waits: Waits, c: Counter) -> SiteCounter:
    return {
        "id": c.id,
        "name": c.name,
        "tile": c.tile,
        "agency": c.agency,
        "zone": c.zone,
        "services": list(c.services),
        "open": c.id in waits.open,
    }


def _service(view: Snapshot, waits: Waits, id: str, used: dict[str, int]) -> SiteService:
    s = view.site.service_on(id, view.day or local_date(view.site, view.now))
    found = availability(view.site, id, view.now, day=view.day, used=used, **day_facts(view))
    return {
        "id": s.id,
        "agency": s.agency,
        "prefix": s.prefix,
        "zone": s.zone,
        "name": dict(s.name),
        "target_minutes": s.target_minutes,
        "kiosk": s.kiosk,
        "classes": list(view.site.offered(s.id)),
        "open": found.open,
        "reason": found.reason,
        "reason_detail": found.detail,
        "interruption": of_service_id(view, s.id),
        "waiting": waits.count(s.id),
        "people_waiting": waits.people_waiting(s.id),
        "estimate": waits.estimate_now(s.id),
        "quota": dict(s.quota),
        "quota_total": s.quota_total,
        "quota_reserved": dict(s.quota_reserved),
        "quota_left": dict(found.quota_left),
        "quota_total_left": found.total_left,
        "numbers_again_at": iso(found.again_at),
        **published(s.published),
        "complaint": channel(view.site.complaint_of(id)),
        "papers": [{"id": paper, "name": dict(name)} for paper, name in s.papers.items()],
        "segment": s.segment,
        "wait_target_minutes": s.wait_target_minutes,
        "outage_prefix": prefix_or_none(view.site, id),
        "booking": {
            "early_minutes": s.booking.early_minutes,
            "late_minutes": s.booking.late_minutes,
            "own_slots": rule_of_slots(view.site, s.id) is not None,
        }
        if s.booking
        else None,
        "outcomes": list(s.outcomes),
        "next": list(s.next),
        "days": sorted(s.days) if s.days is not None else None,
        "hours": written_ends(s.hours) if s.hours is not None else None,
        "periods": written_week(s.hours) if s.hours is not None else None,
    }
