"""The day's overtakes (``domain/overtakes.py``), read once and gone on with as visitors are called."""

from datetime import date
from typing import NamedTuple

from ..domain.fold import Event
from ..domain.overtakes import Ledger, Serves
from ..domain.site import Site
from ..store import events
from .kept import Moved, Things, rule
from .snapshot import Snapshot

_KIND = "overtakes"
_UNASKED = 300  # events that nobody has asked about since: then all are read anew


class _Known(NamedTuple):
    ledger: Ledger
    since: tuple[Event, ...] = ()


def _after(things: Things, moved: Moved) -> Things:
    after = {of: known._replace(since=(*known.since, *moved.events)) for of, known in things.items()}
    return {of: known for of, known in after.items() if len(known.since) <= _UNASKED}


rule(_KIND, _after)


def ledger(view: Snapshot, day: date) -> Ledger:
    """The passings of a service day, by what each counter serves today, levers heeded."""
    if day != view.day:
        return Ledger(serves(view.declared)).after(events.of_days(view.conn, view.site.id, day, day))
    things = view.kept.setdefault(_KIND, {})
    known = things.get(day)
    if known is None:
        known = _Known(Ledger(serves(view.declared)).after(events.of_days(view.conn, view.site.id, day, day)))
    elif known.since:
        known = _Known(known.ledger.after(known.since))
    things[day] = known
    return known.ledger


def serves(site: Site) -> Serves:
    """counter -> the services that it calls from."""
    return {counter.id: frozenset(counter.services) for counter in site.counters.values()}
