"""The audit trail: the record as those see it who check it."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import request

from ...documents.audit import AuditEntry
from ...domain.audit import GROUPS, KINDS, Position, kinds_of
from ...domain.day import local_date
from ...domain.errors import QueueError
from ...domain.events import BreakReason
from ...domain.interruption import REASONS
from ...domain.site import CLASSES
from ...queries.audit import Asked, known
from ...queries.audit_walk import page
from ..http import audit_query
from ..http.endpoint import give_way
from .visit import Visit

# What an entry tells that has a name of its own here; anything else is shown by the word of the record.
FIELDS = (
    *("by", "class", "people", "language", "walk_in", "came_at", "called_at", "served_at", "finished_at", "outcome"),
    *("quantity", "transactions", "missing", "waiting", "to", "wish", "officer", "until", "since", "at", "day"),
    *("shifts", "scope", "issuing", "notice", "confirmed", "services", "quota", "alarm", "level", "changes"),
    *("counters", "structure", "version", "from_day", "roles", "sites", "agencies", "agency", "organisation", "ended"),
    *("kind", "name", "zone", "counter", "act", "verb"),
    *("text", "where", "zones", "begins", "ends", "urgent", "bytes", "width", "height", "entries"),
)
_OF_REFUSALS = (
    *("holiday", "not_today", "not_yet", "pause", "after_cutoff", "closed", "day_closed", "quota_full"),
    *("service_closed", "interrupted"),
)
_OF_CLASSES = ("wrong_button", "asked", "entitled", "not_entitled")
WHYS = tuple(dict.fromkeys((*REASONS, *BreakReason.__args__, *_OF_CLASSES, *_OF_REFUSALS)))
BYS = ("next", "number", "day_closed", "clock", "site_removed", "kiosk", "visitor")  # what did it, or how
_FEW_CHANGES = 8  # of one entry that stand open; more are folded
_ASKED = ("from", "to", "who", "kind", "counter", "number")


def show(visit: Visit) -> dict[str, Any]:
    """A page of what fits; of one number on one day its story, from the beginning."""
    house, actor = visit.house, visit.account.actor
    site = house.site(visit.site)
    asked, before, wrong = _asked()
    found = page(lambda query: house.read(site.id, query), give_way, actor, asked, before)
    people = house.read(site.id, lambda view: known(view, actor)).people
    story = asked.number is not None and asked.first is not None and asked.first == asked.last
    entries = found["entries"][::-1] if story else found["entries"]
    said = {name: request.args.get(name, "") for name in _ASKED}
    until = date.fromisoformat(found["looked_until"]) if found["looked_until"] else None
    return {
        "data": visit.data(account=visit.of_account(visit.account)),
        "said": said,
        "wrong": wrong,
        "query": "" if wrong else urlencode({name: value for name, value in said.items() if value}),
        "story": asked.number if story else None,
        "days": [(date.fromisoformat(day), list(own)) for day, own in groupby(entries, key=lambda one: one["day"])],
        "seals": {day: list(own) for day, own in groupby(found["seals"], key=lambda one: one["day"])},
        "next": found["next"],
        "until": until,
        "before": before,
        "groups": list(GROUPS),
        "kind": None if said["kind"] in GROUPS or not kinds_of(said["kind"]) else said["kind"],
        "people": sorted(people.items(), key=lambda one: one[1].casefold()),
        "counters": [one for one in site.counters.values() if actor.for_agency(one.agency)],
        "today": local_date(site, house.clock()),
        "moment": lambda entry: datetime.fromisoformat(entry["at"]).astimezone(site.timezone),
        "changes": changes,
        "fields": FIELDS,
        "whys": WHYS,
        "kinds": KINDS,
        "classes": CLASSES,
        "bys": BYS,
        "few": _FEW_CHANGES,
    }


def _asked() -> tuple[Asked, Position | None, str | None]:
    """What is asked for; where a field is wrong, everything, and that field's name."""
    try:
        return audit_query.asked(), audit_query.before(), None
    except QueueError as error:
        return Asked(), None, str(error.details.get("field"))


def changes(entry: AuditEntry) -> list[tuple[str, Any, Any]]:
    """(what, before, after) of an entry, in the order in which the record tells it."""
    before: Mapping[str, Any] = entry["before"] or {}
    after: Mapping[str, Any] = entry["after"] or {}
    return [(key, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]
