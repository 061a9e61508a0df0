"""The record for those who check it: read backwards, a day at a step, so that a year of it costs no more than a page.

Three things are told together: what happened at a site; what happened to accounts, sessions and devices, which is
recorded for the whole server; and the counts of refused sign-ins. A reader of some agencies is told what happened
there, what their own people did, and what concerns everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from ..documents.audit import AuditEntry
from ..domain import audit as rules
from ..domain.audit import SIGN_IN_REFUSED, Accounts, Change, Place, Position
from ..domain.day import local_date
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.roles import Actor
from ..store import accounts, media, refused_sign_ins
from ..store import audit as store
from ..store.refused_sign_ins import NOBODY, Refusals
from ..store.transaction import ALL_SITES
from .names_of_days import NamesOfDays
from .snapshot import Snapshot
from .ticket import iso

_DAY = timedelta(days=1)
_NOBODY_S = ("visitor", "system")
What = Literal["account", "kiosk", "display", "visitor", "system"]
_OF_ACCOUNTS = (Kind.ACCOUNT_ADDED, Kind.ACCOUNT_CHANGED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; None: whatever it be. The days are both within."""

    first: date | None = None
    last: date | None = None
    kinds: Sequence[str] | None = None
    who: str | None = None
    counter: str | None = None
    number: str | None = None

    @property
    def of_the_hall(self) -> bool:
        """Whether only what has a counter or a number is wanted: the server's own entries have none."""
        return self.counter is not None or self.number is not None


@dataclass
class Known:
    """Whom and what an account may be told of at a site; read once, for all steps of one answer."""

    people: dict[str, str]  # whom the reader may be told of by what they did on the server: id -> name
    names: dict[str, str]  # of everybody
    devices: dict[str, tuple[str, str]]
    was: Accounts
    pictures: dict[str, str]  # those of the walls that are there: id -> name
    own: store.Own | None
    whole: bool  # the reader is of the whole site


def known(view: Snapshot, reader: Actor) -> Known:
    """What is told to this reader at this site."""
    conn, site, agencies = view.conn, view.site.id, reader.agencies
    everybody = accounts.all_accounts(conn)
    if agencies:
        people = {row.id: row.name for row in everybody if row.agencies and set(row.agencies) <= agencies}
        services, counters = store.of_agencies(conn, site, agencies)
        own = store.Own(services, counters, list(people), rules.OF_EVERYBODY)
    else:
        people = {row.id: row.name for row in everybody if not row.sites or site in row.sites}
        own = None
    was = Accounts(store.of_kinds(conn, ALL_SITES, _OF_ACCOUNTS))
    names = {row.id: row.name for row in everybody}
    shown = {id: one.name for id, one in media.pictures(conn, site).items()}
    return Known(people, names, accounts.device_names(conn), was, shown, own, not agencies)


def step(
    view: Snapshot, who: Known, asked: Asked, at: Position, limit: int
) -> tuple[list[AuditEntry], Position | None]:
    """Entries of one day, the latest first, at most so many; and where to go on, None at the end of the record."""
    day = _next_day(view, who, asked, date.fromisoformat(at.day))
    if day is None:
        return [], None
    if day.isoformat() != at.day:
        at = Position(day.isoformat())
    happened = store.of_day(view.conn, _wanted(view, who, asked), day, at.site, limit + 1)
    server = _of_server(view, who, asked, day)
    server = server[: len(server) if at.server is None else at.server]
    shown: list[Event | Refusals] = []
    heads = iter(happened)
    head = next(heads, None)
    place = at.site
    while len(shown) < limit and (head is not None or server):
        if head is not None and (not server or head.at >= _at(server[-1])):
            shown.append(head)
            place, head = Place(head.epoch, head.revision, head.n), next(heads, None)
        else:
            shown.append(server.pop())
    entries = _entries(view, who, day, shown)
    if head is not None or server:
        return entries, at.at(place, len(server))
    return entries, Position((day - _DAY).isoformat())


def _wanted(view: Snapshot, who: Known, asked: Asked) -> store.Wanted:
    return store.Wanted(view.site.id, asked.kinds, asked.who, asked.counter, asked.number, who.own)


def _next_day(view: Snapshot, who: Known, asked: Asked, until: date) -> date | None:
    """The last day, not after that one, of which there may be something to tell; None where nothing is left."""
    if asked.last is not None:
        until = min(until, asked.last)
    days = [store.last_day(view.conn, view.site.id, until)]
    if not asked.of_the_hall:
        # The server counts its days in UTC: what it wrote on one may have been the next day here, or the one before.
        servers = store.last_day(view.conn, ALL_SITES, until + _DAY)
        hour = refused_sign_ins.newest(view.conn, _begins(until + _DAY, view.site.timezone))
        days += [servers + _DAY if servers else None, local_date(view.site, hour) if hour else None]
    found = [min(day, until) for day in days if day is not None]
    if not found or (asked.first is not None and max(found) < asked.first):
        return None
    return max(found)


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _of_server(view: Snapshot, who: Known, asked: Asked, day: date) -> list[Event | Refusals]:
    """What the whole server recorded on that date of the site and concerns the reader, the oldest first."""
    if asked.of_the_hall:
        return []
    zone = view.site.timezone
    begins, ends = _begins(day, zone), _begins(day + _DAY, zone)
    found: list[Event | Refusals] = [
        event
        for event in store.of_server(view.conn, ALL_SITES, day - _DAY, day + _DAY)
        if begins <= event.at < ends
        and _concerns(view, who, event)
        and (asked.kinds is None or event.kind in asked.kinds)
        and (asked.who is None or asked.who in (event.by or event.officer, rules.account_of(event)))
    ]
    if asked.kinds is None or SIGN_IN_REFUSED in asked.kinds:
        refused = refused_sign_ins.between(view.conn, begins, ends)
        found += [one for one in refused if _may_be_told(who, one) and asked.who in (None, one.account)]
    return sorted(found, key=_at)


def _at(one: Event | Refusals) -> datetime:
    return one.hour if isinstance(one, Refusals) else one.at


def _concerns(view: Snapshot, who: Known, event: Event) -> bool:
    account = rules.account_of(event)
    if account is not None or "site" not in event.detail:
        return (account or event.by or event.officer) in who.people
    return who.whole and event.detail["site"] == view.site.id


def _may_be_told(who: Known, refused: Refusals) -> bool:
    return refused.account in who.people or (refused.account == NOBODY and who.whole)


def _entries(view: Snapshot, who: Known, day: date, shown: Sequence[Event | Refusals]) -> list[AuditEntry]:
    happened = [one for one in shown if isinstance(one, Event)]
    apart = store.kept_apart(view.conn, happened)
    numbers = store.numbers(view.conn, {one.ticket for one in happened if one.ticket})
    names = NamesOfDays(view.conn, view.site.id)
    return [
        _refused(who, day, one)
        if isinstance(one, Refusals)
        else _entry(who, names, day, one, numbers, apart.get((one.site, one.epoch, one.revision, one.n), {}))
        for one in shown
    ]


def _entry(
    who: Known, names: NamesOfDays, day: date, event: Event, numbers: dict[str, str], apart: dict[str, str]
) -> AuditEntry:
    by = event.by or event.officer
    service, counter = names(day, event.service or "", event.counter)
    changed = _named(who, who.was.change(event) if event.kind in _OF_ACCOUNTS else rules.change(event))
    account, device = rules.account_of(event), rules.device_of(event)
    device_name = who.devices.get(device or by or "", ("", None))[1]
    return {
        "at": iso(event.at),
        "day": day.isoformat(),
        "kind": event.kind,
        "epoch": event.epoch,
        "revision": event.revision,
        "n": event.n,
        "who": who.names.get(by or "") or (device_name if by in who.devices else None),
        "who_id": by,
        "what": _what(who, by),
        "roles": who.was.roles(by, event.at) if by in who.names else [],
        "officer": who.names.get(event.officer or "") if event.officer != by else None,
        "about": who.names.get(account, account) if account is not None else None,
        "number": numbers.get(event.ticket or "") or event.detail.get("number"),
        "service": event.service,
        "service_name": service or None,
        "counter": event.counter,
        "counter_name": counter or None,
        "device": device_name,
        "address": apart.get("address"),
        "browser": apart.get("browser"),
        "reason_code": rules.reason_code(event),
        "reason": apart.get("reason"),
        "noted": "note" in apart,
        "before": dict(changed.before) or None,
        "after": dict(changed.after) or None,
        "clock_suspect": event.clock_suspect,
    }


def _refused(who: Known, day: date, one: Refusals) -> AuditEntry:
    nothing: dict[str, Any] = dict.fromkeys(AuditEntry.__annotations__)
    known_of_it: dict[str, Any] = {
        "at": iso(one.hour),
        "day": day.isoformat(),
        "kind": SIGN_IN_REFUSED,
        "roles": [],
        "about": who.names.get(one.account),
        "address": one.address or None,
        "noted": False,
        "count": one.count,
        "clock_suspect": False,
    }
    return cast(AuditEntry, nothing | known_of_it)


def _what(who: Known, by: str | None) -> What | None:
    if by in _NOBODY_S:
        return cast(What, by)
    if by in who.devices:
        return cast(What, who.devices[by][0])
    return "account" if by else None


def _named(who: Known, change: Change) -> Change:
    """The same, with names where the record has the ids of accounts, devices and pictures."""
    return replace(change, before=_said(who, change.before), after=_said(who, change.after))


def _said(who: Known, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(who, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_said(who, one) for one in value]
    if isinstance(value, str):
        named = who.names.get(value) or who.pictures.get(value)
        return named or (who.devices[value][1] if value in who.devices else value)
    return value
