"""The audit trail: the record as those see it who check it."""

from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import g, request

from ...domain.audit import GROUPS, KINDS, Position, kinds_of
from ...domain.day import local_date
from ...domain.errors import QueueError
from ...domain.interruption import REASONS
from ...domain.reasons import REASON_CODES
from ...domain.site import CLASSES
from ...domain.staffing_events import BreakReason
from ...queries.audit import Asked, known
from ...queries.audit_walk import page
from ..http import audit_query
from ..http.endpoint import give_way
from .audit_words import FIELDS, Words
from .page_data import page_language
from .visit import Visit
from .whys import whys

_OF_REFUSALS = (
    *("holiday", "not_today", "not_yet", "pause", "after_cutoff", "closed", "day_closed", "quota_full"),
    *("service_closed", "interrupted"),
)
_OF_CLASSES = ("wrong_button", "asked", "entitled", "not_entitled")
WHYS = tuple(dict.fromkeys((*REASON_CODES, *REASONS, *BreakReason.__args__, *_OF_CLASSES, *_OF_REFUSALS)))
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
    data = visit.data(account=visit.of_account(visit.account))  # before any text: it sets the page's language
    return {
        "data": data,
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
        "changes": Words(site, page_language(), g.page_texts).changes,
        "fields": FIELDS,
        "whys": WHYS,
        "why_of": whys(house.texts),
        "kinds": KINDS,
        "classes": CLASSES,
        "few": _FEW_CHANGES,
    }


def _asked() -> tuple[Asked, Position | None, str | None]:
    """What is asked for; where a field is wrong, everything, and that field's name."""
    try:
        return audit_query.asked(), audit_query.before(), None
    except QueueError as error:
        return Asked(), None, str(error.details.get("field"))
