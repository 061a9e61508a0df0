"""The hall at an instant of the past: rebuilt from the record by the fold that wrote it, and told by the same query.

Left out is all that the record does not hold of that moment: estimates, what usually comes, screens that were heard,
and who had an alarm in hand.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from ..documents.hall import Hall, OutOfOrder, Step, Steps
from ..domain import levers
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import ISSUES, Kind, facts
from ..domain.fold import Event
from ..domain.interruption import read
from ..domain.replay import Replayed, replay_day
from ..domain.site import Site
from ..domain.ticket import State
from ..store import accounts, audit, events
from ..store.engine import reading_apart
from ..store.rebuilt import in_force, place, reasons, rebuilt, told_elsewhere
from ..store.structure import former
from ..store.structures import Build
from .hall import hall
from .overtaking import ledger
from .reasons import concerns
from .snapshot import Snapshot
from .ticket import iso

_MOST_CALLS = 100_000  # of a day
_LEFT_OUT = ("device", "unstaffed")  # alarms of what is no part of a day's record


def hall_at(
    conn: Connection,
    build: Build,
    site: Site,
    at: datetime,
    agencies: frozenset[str] = frozenset(),
    day: date | None = None,
) -> Hall:
    """The hall after its day's last event not later than that instant.

    ``site``: as it is now. ``day``: whose events, where a clock stepped over midnight; None: of the instant's own date.
    Raises ``invalid`` for an instant of which the record tells nothing.
    """
    day = day or local_date(site, at)
    happened = up_to(list(events.of_days(conn, site.id, day, day)), at)
    if not happened:
        raise QueueError(Code.INVALID, field="at")
    last = happened[-1]
    version = in_force(conn, site.id, last.at)
    then = build(version.document) if version else site
    before = told_elsewhere(conn, site.id, day, happened)
    rows = replay_day(sorted([*before, *happened], key=place), day, then.counters)
    own = _site_row(site.id, day, happened, rows, version.version if version else 0)
    with rebuilt(rows, happened, own, accounts.names(conn), reasons(conn, happened)) as past:
        view = _view(past, then, former(conn, then), own, at)
        document = hall(view, agencies)
    return _only_recorded(document)


def read_hall_at(
    url: str, build: Build, site: Site, at: datetime, agencies: frozenset[str], day: date | None = None
) -> Hall:
    """The same on a connection of its own: for a thread beside the green hub, which a day's fold would keep waiting."""
    with reading_apart(url) as conn:
        return hall_at(conn, build, site, at, agencies, day)


def up_to(happened: Sequence[Event], at: datetime) -> list[Event]:
    """A day's events up to the last one not later than the instant, in the order of the record, whole revisions."""
    past = [n for n, event in enumerate(happened) if event.at <= at]
    if not past:
        return []
    last = happened[past[-1]]
    return [event for event in happened if (event.epoch, event.revision) <= (last.epoch, last.revision)]


def _site_row(id: str, day: date, happened: Sequence[Event], rows: Replayed, version: int) -> dict[str, Any]:
    last = happened[-1]
    own: dict[str, Any] = {"day_closed": False, "open_until": None}
    for event in happened:
        own |= _DAY_AFTER.get(event.kind, {})
        if event.kind == Kind.NUMBERS_OPENED:
            own["open_until"] = datetime.fromisoformat(event.detail["until"])
    calls = [event.revision for event in happened if facts(event.kind).announced and event.epoch == last.epoch]
    return {
        **own,
        "id": id,
        "revision": last.revision,
        "epoch": last.epoch,
        "last_call": max(calls, default=0),
        "last_at": last.at,
        "day": day,
        "weights": {},
        "name": id,
        "structure": version,
        "interruptions": [*rows.interruptions.values()],
        "levers": rows.levers,
        "carried": [*rows.carried.values()],
    }


_DAY_AFTER: dict[str, dict[str, Any]] = {
    Kind.DAY_OPENED: {"day_closed": False, "open_until": None},
    Kind.DAY_CLOSED: {"day_closed": True, "open_until": None},
    Kind.NUMBERS_OPENED: {"day_closed": False},
    Kind.DAY_REOPENED: {"day_closed": False},
}


def _view(conn: Connection, declared: Site, gone: Any, own: dict[str, Any], at: datetime) -> Snapshot:
    declared = replace(declared, former=gone)
    held = levers.standing(own["levers"], own["day"])
    today = levers.applied(declared, held, own["day"]) if held else declared
    place = (own["epoch"], own["revision"], own["last_call"], own["day"], own["day_closed"], at, False)
    more = (own["open_until"], own["structure"], read(own["interruptions"]), own["levers"])
    kept = own["carried"]
    return Snapshot(conn, today, declared, *place, *more, notices_at=0, carried=kept)  # no hall tells of notices


def _only_recorded(document: Hall) -> Hall:
    services = [{**one, "estimate": None} for one in document["services"]]
    alarms = [{**one, "acknowledged": None} for one in document["alarms"] if one["kind"] not in _LEFT_OUT]
    return {**document, "services": services, "alarms": alarms, "forecast": []}  # type: ignore[typeddict-item]


def steps(view: Snapshot, day: date, agencies: frozenset[str] = frozenset()) -> Steps:
    """The revisions of a day, one after another, that concern these agencies; none named means all."""
    numbers: dict[str, str] = {}
    found: list[Step] = []
    seen: tuple[int, int] | None = None
    for event in events.of_days(view.conn, view.site.id, day, day):
        if event.kind in ISSUES:
            numbers[event.ticket or ""] = event.detail["number"]
        place = (event.epoch, event.revision)
        if place == seen or not concerns(view, event, agencies):
            continue
        seen = place
        found.append(
            {
                "epoch": event.epoch,
                "revision": event.revision,
                "at": iso(event.at),
                "kind": event.kind,
                "number": numbers.get(event.ticket or "") or event.detail.get("number"),
                "counter": event.counter,
            }
        )
    passed = out_of_order(view, day, agencies)
    return {"site": view.site.id, "day": day.isoformat(), "steps": found, "out_of_order": passed}


def out_of_order(view: Snapshot, day: date, agencies: frozenset[str] = frozenset()) -> list[OutOfOrder]:
    """The day's calls by number of people who waited, past others, in their order; the reason while it is kept."""
    wanted = audit.Wanted(view.site.id, kinds=(Kind.CALLED,))
    called = [
        event
        for event in reversed(audit.of_day(view.conn, wanted, day, None, _MOST_CALLS))
        if event.detail["by"] == "number"
        and event.detail["before"]["state"] == State.WAITING
        and concerns(view, event, agencies)
    ]
    if not called:
        return []
    why, names, turns = audit.kept_apart(view.conn, called), accounts.names(view.conn), ledger(view, day)
    return [
        {
            "at": iso(event.at),
            "number": event.detail["number"],
            "counter": event.counter,
            "service": event.service,
            "by": names.get(event.by or event.officer or ""),
            "passed": turns.of(event.ticket or "").made,
            "reason": why.get((event.site, event.epoch, event.revision, event.n), {}).get("reason"),
            "reason_code": event.detail.get("reason_code"),
        }
        for event in called
    ]
