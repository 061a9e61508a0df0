"""A list of booked places is read in, all of it or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from ..domain.booking_events import BookingsImported, ListImported
from ..domain.booking_lines import Fault, Line, Listed, Problem
from ..domain.bookings import AHEAD, Difference, Wanted, code_hash, difference, rule_of
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.hours import served_spans
from ..domain.rights import Act, require
from ..domain.site import Service, Site
from ..store import bookings
from ..store.ids import new_id
from ..store.transaction import Transaction, record

_SAID_AT_MOST = 200  # problems of one answer


@dataclass(frozen=True, slots=True)
class OfList:
    """What a list changed of one day and service; ``unchanged``: lines that say what was known."""

    day: date
    service: str
    added: int
    changed: int
    gone: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file changed; ``doubled`` lines stood there twice, ``ignored`` are sheets that are no list."""

    lists: tuple[OfList, ...]
    doubled: int
    ignored: tuple[str, ...]


def import_bookings(tx: Transaction, listed: Listed) -> Imported:
    """Let these be the booked places of their days and services: each list replaces the one before it.

    A place that a list no longer names is cancelled, unless somebody has checked in; the same list changes nothing, and
    one without lines cancels all of its day and service.
    Places are taken of the quotas of their days and refuse nobody: these people will come. Raises ``forbidden`` for a
    service of another agency; ``invalid`` with every fault of every line: then nothing has changed.
    """
    require(tx.actor, Act.IMPORT_BOOKINGS, tx.site_id)
    emptied = [listed.empty] if listed.empty else []
    said = [*(one.service for one in listed.lines), *(service for _, service in emptied)]
    named = {one: service_named(tx.config, one) for one in said}
    for known in filter(None, named.values()):
        require(tx.actor, Act.IMPORT_BOOKINGS, tx.site_id, known.agency)
    today = local_date(tx.config, tx.now)
    wrong = [
        *listed.problems,
        *(fault for one in listed.lines for fault in _faults(tx, one, named[one.service], today)),
        *(Problem(0, fault) for day, _ in emptied if (fault := _day_fault(day, today))),
        *(Problem(0, "unknown_service") for _, service in emptied if named[service] is None),
    ]
    if wrong:
        raise _refused(wrong)
    ids = {one: service.id for one, service in named.items() if service is not None}  # all of them, or it was wrong
    lists: dict[tuple[date, str], dict[str, Wanted]] = {(day, ids[service]): {} for day, service in emptied}
    for one in listed.lines:
        slot = datetime.combine(one.day, one.at, tzinfo=tx.config.timezone).astimezone(UTC)
        hashed = code_hash(tx.secret, tx.site_id, one.code)
        wanted = Wanted(bookings.mark(tx.conn, tx.site_id, one.day, hashed), slot, one.people)
        lists.setdefault((one.day, ids[one.service]), {})[wanted.hash] = wanted
    return Imported(_write(tx, lists), listed.doubled, listed.ignored)


def service_named(site: Site, said: str) -> Service | None:
    """The service that a list means: by its id, its prefix, or its name in any language."""
    wanted = said.casefold()
    for service in site.services.values():
        if wanted in {service.id.casefold(), service.prefix.casefold(), *(n.casefold() for n in service.name.values())}:
            return service
    return None


def _faults(tx: Transaction, one: Line, service: Service | None, today: date) -> Iterator[Problem]:
    if service is None:
        yield Problem(one.line, "unknown_service", one.sheet)
        return
    if service.booking is None:
        yield Problem(one.line, "not_booked", one.sheet)
    elif "booked" not in tx.config.offered(service.id):
        yield Problem(one.line, "class_not_offered", one.sheet)
    if fault := _day_fault(one.day, today):
        yield Problem(one.line, fault, one.sheet)
    else:
        slot = datetime.combine(one.day, one.at, tzinfo=tx.config.timezone).astimezone(UTC)
        if not any(opens <= slot < closes for opens, closes in served_spans(tx.config, service.id, one.day)):
            yield Problem(one.line, "closed_then", one.sheet)


def _day_fault(day: date, today: date) -> Fault | None:
    if day < today:
        return "date_past"
    return "date_too_far" if day > today + AHEAD else None


def _refused(wrong: list[Problem]) -> QueueError:
    """Every fault by its line. The line itself is not repeated: it may hold somebody's code."""
    in_order = sorted(wrong, key=lambda one: (one.sheet or "", one.line, one.reason))
    said = [
        {"key": f"lines.{one.line}", "line": one.line, "reason": one.reason}
        | ({"sheet": one.sheet} if one.sheet else {})
        for one in in_order[:_SAID_AT_MOST]
    ]
    return QueueError(Code.INVALID, field="list", problems=said, total=len(wrong))


def _write(tx: Transaction, lists: Mapping[tuple[date, str], Mapping[str, Wanted]]) -> tuple[OfList, ...]:
    done: list[OfList] = []
    said: list[ListImported] = []
    codes: dict[str, bookings.Keys] = {}
    for (day, service), wanted in sorted(lists.items()):
        known = bookings.by_hash(tx.conn, tx.site_id, day, service)
        found = difference(known, [*wanted.values()], partial(_is_ahead, tx, service))
        counts = (len(found.added), len(found.changed), len(found.gone))
        done.append(OfList(day, service, *counts, len(wanted) - counts[0] - counts[1]))
        if not found.nothing:
            said.append(_of_one(day, service, found, codes))
    if said:
        record(tx, Kind.BOOKINGS_IMPORTED, detail=BookingsImported(lists=said), codes=codes)
    return tuple(done)


def _is_ahead(tx: Transaction, service: str, slot: datetime) -> bool:
    return tx.now <= rule_of(tx.config, service).until(slot)


def _of_one(day: date, service: str, found: Difference, codes: dict[str, bookings.Keys]) -> ListImported:
    """What the record says of it; the codes' hashes, by the ids of the new ones, go into ``codes``."""
    ids = {one.hash: new_id() for one in found.added}
    codes |= {id: {"code_hash": hash} for hash, id in ids.items()}
    return {
        "date": day.isoformat(),
        "service": service,
        "added": [[ids[one.hash], one.slot.isoformat(), one.people] for one in found.added],
        "changed": [[old.id, new.slot.isoformat(), new.people] for old, new in found.changed],
        "gone": [one.id for one in found.gone],
        "places": found.places,
    }
