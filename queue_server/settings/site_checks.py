"""What no single key shows: names that point nowhere, numbers that collide, colours nobody can read.

Mistakes stop the start; warnings are for ``queue-server check`` and for people.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import combinations

from queue_server import places
from queue_server.domain.origins import OTHER
from queue_server.domain.site import LANGUAGES, Site
from queue_server.settings import published_facts, span_checks
from queue_server.settings.checking import Found, cut_off, quota_mistakes, unknown
from queue_server.settings.site_schema import AgencyTable, CounterTable, ServiceTable, SiteTable

CONTRAST_NEEDED = 4.5  # WCAG 2.2, 1.4.3 level AA: text on the agency's colour
CONTRAST_WANTED = 7.0  # level AAA: legible under the lamps of a hall

# Letters whose Indonesian names are easily mistaken over a loudspeaker: be ce de e ge pe te we; el em en; ef es.
SOUND_ALIKE = (frozenset("BCDEGPTW"), frozenset("LMN"), frozenset("FS"))


def mistakes(site: SiteTable) -> list[Found]:
    """List what makes the file unusable although every key by itself is well formed."""
    return [
        *_site(site),
        *_twice("agencies", site.agencies),
        *_twice("services", site.services),
        *_twice("counters", site.counters),
        *_agencies(site.agencies),
        *_services(site),
        *_counters(site),
        *span_checks.mistakes(site),
        *published_facts.mistakes(site),
        *_dates(site),
        *_survey(site),
        *_origins(site),
    ]


def _survey(site: SiteTable) -> Iterator[Found]:
    first: dict[str, int] = {}
    for i, one in enumerate(site.survey_questions):
        seen = first.setdefault(one.element, i)
        if seen != i:
            yield f"survey_questions[{i}].element", f"{one.element!r} is already asked by survey_questions[{seen}]"


def _origins(site: SiteTable) -> Iterator[Found]:
    """A district is known by its id in the record, and by its name to the visitor."""
    first: dict[str, int] = {OTHER: -1}
    for i, one in enumerate(site.origins.districts):
        for key, value in (("id", one.id), ("name", one.name)):
            seen = first.setdefault(value, i)
            if seen == -1:
                yield f"origins.districts[{i}].{key}", f"{value!r} is the answer of whoever comes from elsewhere"
            elif seen != i:
                yield f"origins.districts[{i}].{key}", f"{value!r} is already said by origins.districts[{seen}]"


def _dates(site: SiteTable) -> Iterator[Found]:
    first: dict[date, int] = {}
    for i, day in enumerate(site.dates):
        if day.closed and day.hours:
            yield f"dates[{i}].hours", "a closed day has no hours; write closed = false"
        seen = first.setdefault(day.date, i)
        if seen != i:
            yield f"dates[{i}].date", f"{day.date} is already given by dates[{seen}]"


def _site(site: SiteTable) -> Iterator[Found]:
    if "id" not in site.languages:
        yield "languages", 'must contain "id": every text exists in Indonesian'
    for language in site.languages:
        if language not in LANGUAGES:
            yield "languages", f"no screen speaks {language!r}; there are {', '.join(LANGUAGES)}"
    if not any(site.order.values()):
        yield "order", "at least one class needs a weight above 0, or nobody would ever be called"
    for tables in ("agencies", "services", "counters"):
        if not getattr(site, tables):
            yield tables, f"a hall needs at least one: [[{tables}]]"
    yield from cut_off("hours", site.hours, site.hours.cutoff_minutes)
    for i, service in enumerate(site.services):
        yield from cut_off(f"services[{i}].hours", service.hours, site.hours.cutoff_minutes)


def _twice(tables: str, rows: Sequence[AgencyTable | ServiceTable | CounterTable]) -> Iterator[Found]:
    """Ids are compared without regard to case: people read them aloud and type them."""
    first: dict[str, int] = {}
    for i, row in enumerate(rows):
        seen = first.setdefault(row.id.lower(), i)
        if seen != i:
            yield f"{tables}[{i}].id", f"{row.id!r} is already the id of {tables}[{seen}]"


def _agencies(agencies: Sequence[AgencyTable]) -> Iterator[Found]:
    for i, agency in enumerate(agencies):
        if agency.color and contrast_with_white(agency.color) < CONTRAST_NEEDED:
            yield f"agencies[{i}].color", _too_pale(agency.color, CONTRAST_NEEDED)


def _services(site: SiteTable) -> Iterator[Found]:
    known = {service.id for service in site.services}
    agencies = {agency.id for agency in site.agencies}
    prefixes: dict[str, int] = {}
    for i, service in enumerate(site.services):
        key = f"services[{i}]"
        yield from unknown(f"{key}.agency", [service.agency], agencies, "agency")
        yield from unknown(f"{key}.zone", [service.zone or site.wall.zones[0]], site.wall.zones, "zone")
        yield from unknown(f"{key}.next", service.next, known, "service")
        seen = prefixes.setdefault(service.prefix, i)
        if seen != i:
            yield (
                f"{key}.prefix",
                f"{service.prefix!r} is already the prefix of services[{seen}] ({site.services[seen].id})",
            )
        yield from _on_paper(site, i)
        yield from quota_mistakes(f"{key}.quota", service.quota, service.classes)
        if service.booking is not None and "booked" not in service.classes:
            yield f"{key}.booking", "nobody can come who has booked: classes lacks 'booked'"


def _on_paper(site: SiteTable, i: int) -> Iterator[Found]:
    """A number on paper says by its prefix that it is of the paper, and of which service."""
    own = site.services[i].outage_prefix
    for j, other in enumerate(site.services if own else ()):
        if own == other.prefix:
            yield f"services[{i}].outage_prefix", f"{own!r} is the prefix of services[{j}] ({other.id})"
        elif own == other.outage_prefix and j < i:
            yield f"services[{i}].outage_prefix", f"{own!r} is already the outage_prefix of services[{j}] ({other.id})"


def _counters(site: SiteTable) -> Iterator[Found]:
    known = {service.id for service in site.services}
    agencies = {agency.id for agency in site.agencies}
    for i, counter in enumerate(site.counters):
        key = f"counters[{i}]"
        yield from unknown(f"{key}.agency", [counter.agency], agencies, "agency")
        yield from unknown(f"{key}.zone", [counter.zone or site.wall.zones[0]], site.wall.zones, "zone")
        yield from unknown(f"{key}.services", counter.services, known, "service")


def doubts(site: Site, today: date) -> list[Found]:
    """List what works but will trouble somebody: shown by ``queue-server check``."""
    checks = (
        _sound_alikes,
        _pale,
        _no_icon,
        _never_open,
        _nothing_left,
        _second_queue,
        _unserved,
        _foreign,
        _empty_zones,
        _asks_nothing,
        span_checks.doubts,
    )
    return [*(found for check in checks for found in check(site)), *published_facts.doubts(site, today)]


def _sound_alikes(site: Site) -> Iterator[Found]:
    """All such pairs in one line: a hall of many services has some in any case, and keeps the prefixes people know."""
    prefixes = [service.prefix for service in site.services.values()]
    pairs = [pair for pair in combinations(prefixes, 2) if sound_alike(*pair)]
    if pairs:
        named = ", ".join(" and ".join(pair) for pair in pairs)
        yield "services", f"prefixes that sound alike when called: {named}; give a new service another letter"


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two prefixes are hard to tell apart by ear: letter for letter the same or of one group."""
    if len(one) != len(other):
        return False
    return all(a == b or any({a, b} <= group for group in SOUND_ALIKE) for a, b in zip(one, other, strict=True))


def _pale(site: Site) -> Iterator[Found]:
    for i, agency in enumerate(site.agencies.values()):
        if agency.color and contrast_with_white(agency.color) < CONTRAST_WANTED:
            yield f"agencies[{i}].color", _too_pale(agency.color, CONTRAST_WANTED)


def _no_icon(site: Site) -> Iterator[Found]:
    there = {file.stem for file in places.icons()}
    for i, agency in enumerate(site.agencies.values()):
        if agency.icon and there and agency.icon not in there:
            like = get_close_matches(agency.icon, there, n=3)
            hint = f"; like it: {', '.join(like)}" if like else ""
            yield f"agencies[{i}].icon", f"there is no icon {agency.icon!r}{hint}: the tile would be blank"


def _too_pale(color: str, wanted: float) -> str:
    return f"white text on {color} has a contrast of {contrast_with_white(color):.2f}; {wanted:g} is wanted"


def contrast_with_white(color: str) -> float:
    """Compute WCAG's contrast ratio (1 to 21) of white text on ``"#rrggbb"``."""
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    """Undo sRGB's gamma, as WCAG defines relative luminance."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _never_open(site: Site) -> Iterator[Found]:
    for i, service in enumerate(site.services.values()):
        if not site.offered(service.id):
            yield f"services[{i}].classes", "none of its classes has a weight in [order]: nobody can take a number"
        days = service.days if service.days is not None else frozenset(service.hours or site.hours or ("mon",))
        week = service.hours if service.hours is not None else site.hours
        without = sorted(days - set(week)) if week is not None else []
        if not days or without:
            yield f"services[{i}]", f"has no opening hours on {', '.join(without) or 'any day'}"


def _nothing_left(site: Site) -> Iterator[Found]:
    """A 0 that was meant as "no limit" gives nobody a number."""
    for i, service in enumerate(site.services.values()):
        for name, places_a_day in [*service.quota.items(), ("total", service.quota_total)]:
            if places_a_day == 0:
                yield f"services[{i}].quota.{name}", "0 gives nobody a number; left out means no limit"


def _unserved(site: Site) -> Iterator[Found]:
    served = {service for counter in site.counters.values() for service in counter.services}
    for i, service in enumerate(site.services):
        if service not in served:
            yield f"services[{i}]", f"no counter serves {service!r}: its visitors would wait for ever"


def _foreign(site: Site) -> Iterator[Found]:
    """Agencies that come on different days may share a counter; more often such a line is a slip of the pen."""
    for i, counter in enumerate(site.counters.values()):
        for service in map(site.services.__getitem__, counter.services):
            if service.agency != counter.agency:
                reason = f"{service.id!r} belongs to agency {service.agency!r}, the counter to {counter.agency!r}"
                yield f"counters[{i}].services", reason


def _empty_zones(site: Site) -> Iterator[Found]:
    stand = {counter.zone for counter in site.counters.values()}
    for i, zone in enumerate(site.wall.zones):
        if zone not in stand:
            yield f"wall.zones[{i}]", f"no counter stands in zone {zone!r}"


def _second_queue(site: Site) -> Iterator[Found]:
    """A limit that one need only press another key to pass."""
    for i, service in enumerate(site.services.values()):
        free = [c for c in site.offered(service.id) if c not in service.quota]
        if service.quota and free and service.quota_total is None:
            reason = (
                f"{' and '.join(free)} has no limit beside it: numbers go on when {' and '.join(service.quota)} is full"
            )
            yield f"services[{i}].quota", f"{reason}; quota.total with quota.reserved limits all together"


def _asks_nothing(site: Site) -> Iterator[Found]:
    for i, service in enumerate(site.services.values()):
        if service.origin and not site.origins.districts:
            yield f"services[{i}].origin", "nobody is asked: origins.districts names no kecamatan"
