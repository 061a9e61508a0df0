"""The front desk: numbers for every agency, and whoever asks where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import g, request

from ...documents.finding import TicketStory
from ...domain.numbering import normalise
from ...domain.rights import Act, may
from ...domain.site import Site
from ...printing.slip import order_rule, wait_words
from ...queries import finding
from ...queries.help import help_wanted
from ...queries.site import site_info
from ...queries.snapshot import Snapshot
from .visit import Visit

_LONGEST = 200  # characters of what is typed or scanned: a slip's link
_LISTED = 12  # numbers under the search, the newest first


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a ticket's life as it is told."""

    at: datetime
    minutes: int | None  # None: less than one
    kind: str
    counter: str | None
    lasts: bool


def show(visit: Visit) -> dict[str, Any]:
    """What was searched for (``q``: a number, a part of one, or a slip's scanned link), and all that can be issued."""
    house, actor, site = visit.house, visit.account.actor, visit.house.site(visit.site)
    q = _asked(visit)
    now = house.clock()

    def read(view: Snapshot) -> tuple[Any, ...]:
        one = finding.story(view, actor, q) if normalise(q) else None
        listed = finding.found(view, actor, q="" if one else q)
        renamed = finding.renamed(view, actor, q)
        return one, renamed, listed, finding.escorted(view, actor), site_info(view), help_wanted(view, actor)

    one, renamed, listed, escorted, hall, asking = house.read(site.id, read)
    services = {service["id"]: service for service in hall["services"]}
    own = [service for service in hall["services"] if may(actor, Act.ISSUE, site.id, service["agency"])]
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "q": q,
        "one": one,
        "renamed": renamed,
        "was": normalise(q),
        "lines": _lines(one, now, site.timezone) if one else [],
        "order": _order(site, one),
        "wait": wait_words(*one["estimate"]["boxes"], g.page_texts) if one and one["estimate"] else "",
        "escorted": escorted,
        "listed": listed["tickets"][:_LISTED],
        "total": listed["total"],
        "services": services,
        "help": asking,
        "booked": any(service["booking"] for service in own),
        "issues": [(agency, [s for s in own if s["agency"] == agency.id]) for agency in site.agencies.values()],
        "classes": [c for c in ("regular", "priority", "booked") if any(c in s["classes"] for s in own)],
        "counters": {counter.id: counter for counter in site.counters.values()},
        "may_lower": may(actor, Act.LOWER_CLASS, site.id),
        "day_of": date.fromisoformat,
        "moment": lambda iso: datetime.fromisoformat(iso).astimezone(site.timezone),
        "done": request.args.get("done"),
    }


def _order(site: Site, one: TicketStory | None) -> str | None:
    """The published order of calls of the number's service, in the page's words."""
    service = site.services.get(one["ticket"]["service"]) if one else None
    return order_rule(site.order, list(service.classes), g.page_texts) if service else None


def _asked(visit: Visit) -> str:
    """What was typed; of a slip's link the number that it belongs to, if that is one of this hall's."""
    said = request.args.get("q", "")[:_LONGEST].strip().replace("\0", "")
    path = urlsplit(said).path
    if not path.startswith("/t/"):
        return said
    token = path.removeprefix("/t/").partition("/")[0]
    ticket = visit.house.ticket_of(token) if token.isascii() else None
    return ticket.number if ticket is not None and ticket.site == visit.site else said


def _lines(one: Mapping[str, Any], now: datetime, zone: Any) -> list[Line]:
    lines = []
    for stay in one["stays"]:
        start = datetime.fromisoformat(stay["start"]).astimezone(zone)
        end = datetime.fromisoformat(stay["end"]) if stay["end"] else now
        minutes = int((end - start) / timedelta(minutes=1))
        lines.append(Line(start, minutes or None, stay["kind"], stay["counter"], stay["end"] is None))
    return lines
