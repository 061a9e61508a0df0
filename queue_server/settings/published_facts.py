"""From the tables of a hall's file to what its offices publish, and what of it is wrong or owed."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from types import MappingProxyType

from queue_server.domain.published import Case, Channel, Fact, Fee, Online, Owed, Published, Texts
from queue_server.domain.site import Site
from queue_server.settings.checking import Found
from queue_server.settings.published_schema import CaseTable, ComplaintTable, FeeTable
from queue_server.settings.site_schema import ServiceTable, SiteTable

_KEYS: Mapping[Fact, str] = {  # by which keys a service tells of it
    "requirements": "requirements",
    "procedure": "procedure",
    "completion": "completion (or target_minutes)",
    "fees": "fees (or cost)",
    "product": "product",
    "complaints": "complaints (or complaint of its agency or the hall)",
    "checked": "checked",
}


def published(table: ServiceTable) -> Published:
    """What a service publishes."""
    online = table.online
    return Published(
        cases=tuple(map(_case, table.requirements)),
        procedure=_texts(table.procedure),
        product=_texts(table.product),
        completion=_texts(table.completion),
        cost=_texts(table.cost),
        fees=tuple(map(_fee, table.fees)),
        pay=_texts(table.pay),
        bring=_texts(table.bring),
        complaints=_texts(table.complaints),
        basis=_texts(table.basis),
        checked=table.checked,
        online=Online(MappingProxyType(dict(online.text)), online.url) if online else None,
        search=tuple(table.search),
    )


def channel(table: ComplaintTable | None) -> Channel | None:
    """Where one complains."""
    return Channel(table.phone, table.address, table.link) if table else None


def _texts(words: Mapping[str, str] | None) -> Texts | None:
    return MappingProxyType(dict(words)) if words else None


def _fee(table: FeeTable) -> Fee:
    return Fee(MappingProxyType(dict(table.name)), table.amount, _texts(table.per), _texts(table.note))


def _case(table: CaseTable) -> Case:
    return Case(_texts(table.when), MappingProxyType({lang: tuple(lines) for lang, lines in table.items.items()}))


def mistakes(site: SiteTable) -> Iterator[Found]:
    """What makes published facts unusable although every key by itself is well formed."""
    channels = [("complaint", site.complaint)]
    channels += [(f"agencies[{i}].complaint", agency.complaint) for i, agency in enumerate(site.agencies)]
    for key, where in channels:
        if where is not None and channel(where) == Channel():
            yield key, "says nowhere to go; give phone, address or link"
    for i, service in enumerate(site.services):
        papers = [paper.id.lower() for paper in service.papers]
        for n, id in enumerate(papers):
            if id in papers[:n]:
                yield f"services[{i}].papers[{n}].id", f"{id!r} is already the id of another paper"
        for n, case in enumerate(service.requirements):
            if not any(case.items.values()):
                yield f"services[{i}].requirements[{n}].items", "names nothing to bring"


def doubts(site: Site, today: date) -> Iterator[Found]:
    """What the offices still owe their visitors, one line for each fact."""
    every = sorted(site.owed(today), key=lambda one: list(_KEYS).index(one.fact))
    for fact, some in groupby(every, key=lambda one: one.fact):
        yield "services", _line(fact, list(some), len(site.services))


def _line(fact: Fact, some: list[Owed], services: int) -> str:
    who = "any service" if len(some) == services else ", ".join(one.service for one in some)
    if fact == "checked":
        return f"nobody has looked at the published facts for a year: {who}; the office sets {_KEYS[fact]}"
    return f"not published (UU 25/2009): {_KEYS[fact]} of {who}"
