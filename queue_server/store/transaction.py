"""One command's transaction on one site, and ``record()``: the only writer of tickets, counters and events."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, update

from ..domain import carry, fold, interruption
from ..domain.booking_record import booking_places, bookings_after, bookings_named
from ..domain.calibration import WaitRange
from ..domain.day import clock_lost, clock_suspect, numbers_opened
from ..domain.errors import Code, QueueError
from ..domain.events import ISSUES, OF_LEVERS, OF_MEDIA, OF_NOTICES, REASONED, Kind, facts
from ..domain.fold import CounterState, Event, Ticket
from ..domain.lasting import LASTING_AFTER
from ..domain.levers import Levers
from ..domain.privacy import refuse_identity_number
from ..domain.reasons import ReasonCode, Reasoned
from ..domain.roles import NAMED, Actor
from ..domain.site import Class, Site
from ..domain.taken_places import CARRIED_AFTER, places_changed
from . import bookings, media, notices, numbers, schema
from . import private as private_store
from .ids import next_epoch, token, token_hash
from .prepared import Prepared
from .rows import EVENT_FIELDS, TICKET_FIELDS, changed
from .structures import Structures

_WRITTEN = ("note", "reason")  # what staff write in their own words
ALL_SITES = "*"  # the reserved row that server-wide commands (accounts, devices) lock

# The columns that an UPDATE sets are those of the values it is sent with.
_s, _t, _c = schema.site.c, schema.ticket.c, schema.counter.c
_LOCKED = (_s.epoch, _s.revision, _s.last_call, _s.last_at, _s.day, _s.day_closed, _s.weights, _s.open_until)
_UPDATE_SITE = update(schema.site).where(_s.id == bindparam("of"))
_FROM_THERE = (_s.structure, _s.interruptions, _s.levers, _s.notices, _s.carried)
_LOCK = Prepared(_UPDATE_SITE.values(revision=_s.revision + 1).returning(*_LOCKED, *_FROM_THERE))
_SITE = Prepared(_UPDATE_SITE)
_TICKET = Prepared(update(schema.ticket).where(_t.id == bindparam("of"), _t.state == bindparam("still")))
_COUNTER = Prepared(update(schema.counter).where(_c.site == bindparam("of_site"), _c.id == bindparam("of")))
_NEW_EVENT, _NEW_TICKET = Prepared(schema.event.insert()), Prepared(schema.ticket.insert())


@dataclass
class Transaction:
    """What a command works with: the locked site row, the time, who asks, and what has been recorded so far."""

    conn: Connection
    site: Site | None  # as its structure says; None for a server-wide command
    site_id: str
    epoch: int
    revision: int  # of this command; events share it
    last_call: int
    last_at: datetime | None
    day: date | None  # the open service day
    day_closed: bool
    weights: Mapping[str, int]
    open_until: datetime | None  # numbers are given until then, whatever hours and calendar say
    structure: int  # the version in force, of which ``site`` was made
    lasting: Sequence[interruption.Lasting]  # interruptions, as the site's row keeps them
    levers: Levers  # set for one day, as the site's row keeps them
    notices_at: int  # the revision at which a notice last changed; 0: none was ever made
    carried: carry.Kept  # places on days to come, as the site's row keeps them
    now: datetime
    actor: Actor
    structures: Structures
    secret: bytes = b""  # from which tickets' tokens follow
    events: list[Event] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)  # as they are now, of those that changed
    moved: list[tuple[Ticket | None, Ticket]] = field(default_factory=list)  # each change of one: before, after
    counters: dict[str, CounterState] = field(default_factory=dict)  # as they are now, of those that changed
    known: dict[Any, Any] | None = None  # what documents know of the site with these changes (``queries/kept.py``)
    known_before: dict[Any, Any] | None = None  # what they knew before these
    foretell: Callable[[str, Class], WaitRange | None] = lambda service, class_: (
        None
    )  # what a newcomer is told of the wait
    reason_code: ReasonCode | None = None  # why it is done, by a word of the list; the text is told to ``record``
    as_today: Site | None = None  # the site with the levers of the open day, once somebody asked for it
    refused: QueueError | None = None  # answered after the commit: a refusal that counts as demand

    @property
    def config(self) -> Site:
        """The site as it is today: its structure with the day's levers; server-wide commands have none."""
        if self.site is None:
            raise LookupError("a server-wide command has no site")
        if self.as_today is None:
            self.as_today = self.structures.on(self.site, self.levers, self.day)
        return self.as_today

    def declare(self, site: Site) -> None:
        """From here on the structure is this one."""
        self.site, self.as_today = site, None

    @property
    def today(self) -> date:
        """The service day that is open; before a hall's first one there is none."""
        if self.day is None:
            raise LookupError("no service day was opened yet")
        return self.day

    @property
    def clock_suspect(self) -> bool:
        """Whether ``now`` is not to be believed."""
        return clock_suspect(self.last_at, self.now)

    @property
    def interruptions(self) -> tuple[interruption.Interruption, ...]:
        """Those that last, the earliest first."""
        return interruption.read(self.lasting)

    @property
    def opened(self) -> bool:
        """Whether a supervisor lets numbers be given now."""
        return numbers_opened(self.open_until, self.now)

    @property
    def clock_lost(self) -> bool:
        """Whether hours cannot be read from ``now``."""
        return clock_lost(self.last_at, self.now)

    @property
    def believed_now(self) -> datetime:
        """The time by which somebody's hour has come: while the clock is lost it stands still."""
        return self.last_at if self.clock_lost and self.last_at is not None else self.now


def lock_site(
    conn: Connection, site_id: str, structures: Structures, now: datetime, actor: Actor, secret: bytes
) -> Transaction:
    """The first statement of every command: take the site's row and the next revision.

    One point at which a site's commands stand in line gives strict order, numbers without gap, revisions in the
    order of commits, and no deadlock. The row also names the structure in force, so that no rule decides on an older
    one. Raises ``QueueError(not_found)`` for a site that is not in the database.
    """
    row = _LOCK.first(conn, {"of": site_id})
    if row is None:
        raise QueueError(Code.NOT_FOUND)
    epoch, *_, structure, _, _, _, _ = row
    site = structures.at(conn, site_id, epoch, structure)
    # The columns of _LOCK are the fields in between, in their order: a type checker cannot count them.
    return Transaction(conn, site, site_id, *row, now, actor, structures, secret)  # type: ignore[call-arg]


def record(
    tx: Transaction,
    kind: Kind,
    *,
    ticket: Ticket | None = None,
    new_ticket: str | None = None,
    counter: CounterState | None = None,
    every_counter: Sequence[CounterState] = (),
    service: str | None = None,
    officer: str | None = None,
    detail: Mapping[str, Any] | None = None,
    private: Mapping[str, str | None] | None = None,
    codes: Mapping[str, bookings.Keys] | None = None,
) -> Event:
    """Append an event and write the rows it changes, by folding it (``domain/fold.py``).

    ``new_ticket`` is the id of the ticket that an ``issued`` event makes; ``every_counter`` are the counters that an
    event about the whole site acts on. ``private`` holds what is personal (note, reason, booking code): kept apart,
    sealed, never in the event, but for the word of the list that comes with a reason. Apart as well: ``codes``, the
    hashes by which new bookings are found, by their ids. Raises ``invalid`` if a note or reason holds an identity
    number, RuntimeError if the ticket's row is not as the command saw it, which the site's lock makes impossible.
    """
    event = Event(
        site=tx.site_id,
        epoch=tx.epoch,
        revision=tx.revision,
        n=sum(event.revision == tx.revision for event in tx.events),
        at=tx.now,
        day=tx.day or tx.now.date(),
        kind=kind,
        ticket=ticket.id if ticket else new_ticket,
        counter=counter.id if counter else None,
        service=service or (ticket.service if ticket else None),
        officer=officer or (tx.actor.id if tx.actor.has(NAMED) else None),
        detail={**(detail or {}), **_why(tx, kind, private or {})},
        clock_suspect=tx.clock_suspect,
        by=tx.actor.id,
    )
    tx.events.append(event)
    if facts(kind).announced:
        tx.last_call = tx.revision
    values = {f: getattr(event, f) for f in EVENT_FIELDS}
    _NEW_EVENT.run(tx.conn, values)
    if kind in ISSUES:
        _insert_ticket(tx, event)
    elif ticket is not None:
        _write_ticket(tx, ticket, event)
    for state in (counter, *every_counter) if counter else every_counter:
        _write_counter(tx, state, event)
    if kind in _OF_SITE:
        _write_site(tx, event)
    if kind in OF_NOTICES:
        notices.write(tx.conn, tx.site_id, event.detail["id"], fold.notice_after(event))
    if named := bookings_named(event):
        _write_bookings(tx, event, named, codes or {})
    if kind in OF_MEDIA:
        media.write(tx.conn, tx.site_id, event)
    for (service_id, day), following in fold.series_after(event).items():
        numbers.go_on_at(tx.conn, tx.site_id, service_id, day, following)
    for name, value in (private or {}).items():
        if value:
            if name in _WRITTEN:
                refuse_identity_number(name, value)
            private_store.write(tx.conn, event, name, value)
    return event


def _why(tx: Transaction, kind: Kind, private: Mapping[str, str | None]) -> Reasoned:
    """What an event keeps of the reason that it was done for, after its text was purged."""
    if tx.reason_code is None or kind not in REASONED or not private.get("reason"):
        return Reasoned()
    return Reasoned(reason_code=tx.reason_code)


def _write_ticket(tx: Transaction, old: Ticket, event: Event) -> None:
    for change in places_changed(event, old):
        numbers.count_quota(tx.conn, tx.site_id, *change)
    new = fold.ticket_after(old, event)
    guard, values = {"of": old.id, "still": old.state.value}, changed(old, new)
    if values and _TICKET.run(tx.conn, guard | values) != 1:
        raise RuntimeError(f"ticket {old.id} is no longer {old.state}")
    tx.tickets[new.id] = new
    tx.moved.append((old, new))


def _insert_ticket(tx: Transaction, event: Event) -> None:
    ticket = fold.issued(event)
    for change in places_changed(event, None):
        numbers.count_quota(tx.conn, tx.site_id, *change)
    values = {name: getattr(ticket, name) for name in TICKET_FIELDS}
    _NEW_TICKET.run(tx.conn, {**values, "token_hash": token_hash(token(tx.secret, ticket.id))})
    tx.tickets[ticket.id] = ticket
    tx.moved.append((None, ticket))


def _write_bookings(tx: Transaction, event: Event, named: Sequence[str], codes: Mapping[str, bookings.Keys]) -> None:
    for day, service, by in booking_places(event):
        numbers.count_quota(tx.conn, tx.site_id, day, service, "booked", by)
    before = bookings.known(tx.conn, tx.site_id, named)
    bookings.write(tx.conn, before, bookings_after(before, event), codes)


def _write_counter(tx: Transaction, old: CounterState, event: Event) -> None:
    new = fold.counter_after(old, event)
    values = changed(old, new)
    if values:
        _COUNTER.run(tx.conn, {"of_site": tx.site_id, "of": old.id} | values)
        tx.counters[new.id] = new


#: what an event makes of the site's own row
_SITE_AFTER: Mapping[str, Callable[[Event], dict[str, Any]]] = {
    Kind.DAY_OPENED: lambda e: {"day": e.day, "day_closed": False, "open_until": None},
    Kind.DAY_CLOSED: lambda e: {"day_closed": True, "open_until": None},
    Kind.NUMBERS_OPENED: lambda e: {"day_closed": False, "open_until": datetime.fromisoformat(e.detail["until"])},
    Kind.DAY_REOPENED: lambda e: {"day_closed": False},
    Kind.CONFIGURED: lambda e: {"structure": e.detail["structure"]} if "structure" in e.detail else {},
}


_OF_SITE = frozenset({*_SITE_AFTER, *LASTING_AFTER, *CARRIED_AFTER, *OF_LEVERS, *OF_NOTICES})


def _write_site(tx: Transaction, event: Event) -> None:
    values = _SITE_AFTER[event.kind](event) if event.kind in _SITE_AFTER else {}
    if event.kind in LASTING_AFTER:
        tx.lasting = values["interruptions"] = LASTING_AFTER[event.kind](tx.lasting, event.detail)
    if event.kind in OF_LEVERS:
        tx.levers = values["levers"] = fold.levers_after(tx.levers, event)
    if event.kind in OF_NOTICES:
        tx.notices_at = values["notices"] = event.revision
    if event.kind in CARRIED_AFTER:
        tx.carried = values["carried"] = CARRIED_AFTER[event.kind](tx.carried, event.detail)
    tx.as_today = None  # another day has other levers
    tx.day_closed = values.get("day_closed", tx.day_closed)
    tx.open_until = values.get("open_until", tx.open_until)
    tx.structure = values.get("structure", tx.structure)
    if values:
        _SITE.run(tx.conn, {"of": tx.site_id} | values)


def next_revision(tx: Transaction) -> None:
    """Go on under the next revision, in the same transaction: whoever joins a queue is told apart by it.

    For a command that lets several in at once; all of its revisions are committed together, or none.
    """
    if any(event.revision == tx.revision for event in tx.events):
        row = _LOCK.first(tx.conn, {"of": tx.site_id})
        if row is None:
            raise QueueError(Code.NOT_FOUND)
        tx.revision = row[1]


def begin_epoch(tx: Transaction) -> None:
    """From this command on a new history: screens forget the revisions that they know."""
    tx.epoch = next_epoch(tx.epoch)
    _SITE.run(tx.conn, {"of": tx.site_id, "epoch": tx.epoch})


def close_transaction(tx: Transaction) -> None:
    """The last statement of a command: what the site's row remembers of it."""
    values: dict[str, Any] = {}
    if tx.last_call == tx.revision:
        values["last_call"] = tx.last_call
    if not tx.clock_suspect:
        values["last_at"] = tx.now
    if values:
        _SITE.run(tx.conn, {"of": tx.site_id} | values)
