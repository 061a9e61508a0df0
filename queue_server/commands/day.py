"""The service day: it opens by an event, closes by the contract's table, and never goes back by the clock alone."""

from datetime import UTC, date, datetime, time, timedelta

from ..domain.bookings import KEPT_WITHIN, codes_kept_since
from ..domain.day import day_due, local_date
from ..domain.day_events import NumbersOpened, OfDay
from ..domain.errors import Code, QueueError
from ..domain.events import ByWhat, Expired, Finished, Kind
from ..domain.fold import Ticket
from ..domain.papers import expires_as
from ..domain.verbs import Verb, kind_of, require_verb
from ..store import bookings, counters, escorts, events, requests, taken_alarms, tickets
from ..store.transaction import Transaction, record
from . import carrying, interrupting, lending, own_booking, ripening, structuring


def is_due(tx: Transaction) -> bool:
    """Whether a new service day is to be opened before anything else is done."""
    return day_due(tx.day, tx.last_at, tx.config, tx.now) is not None or carrying.is_due(tx)


def open_day(tx: Transaction) -> None:
    """Close the old day and open the one that the clock shows; whoever has a place on it is let in with its hours.

    Does nothing unless a day is due, or somebody is to be let in.
    """
    due = day_due(tx.day, tx.last_at, tx.config, tx.now)
    if due is not None:
        last_at = tx.last_at
        _open(tx, due)
        own_booking.release(tx, due, last_at)
    if carrying.is_due(tx):
        carrying.let_in(tx)


def _open(tx: Transaction, day: date) -> None:
    if tx.day is not None:
        _close(tx, by="clock")  # also what was done after a supervisor had closed it
    tx.day = day
    record(tx, Kind.DAY_OPENED, detail=OfDay(day=day.isoformat()))
    structuring.take_effect(tx)
    _forget_codes(tx, day)
    carrying.after_opening(tx)
    requests.forget_before(tx.conn, tx.site_id, day - timedelta(days=1))  # a retry may come just after midnight


def _forget_codes(tx: Transaction, day: date) -> None:
    since = codes_kept_since(events.days(tx.conn, tx.site_id, day - KEPT_WITHIN, day))
    if since is not None:
        bookings.forget_codes(tx.conn, tx.site_id, since)
    bookings.forget_addresses(tx.conn, tx.site_id)


def close_day(tx: Transaction) -> None:
    """A supervisor closes the day: who waits expires, counters close, issuing stops until the next date."""
    require_verb(tx.actor, Verb.CLOSE_DAY, tx.site_id)
    if not tx.day_closed:
        carrying.before_closing(tx)
        _close(tx, by="supervisor")


def open_numbers(tx: Transaction, reason: str, until: time | None = None) -> None:
    """A supervisor lets numbers be given now, whatever the hours or the calendar say; a closed day opens again.

    ``until``: a time of today at the site; None: as long as the day lasts. A clock that woke with the wrong day, or a
    holiday that was guessed wrongly, then keeps nobody out. Raises ``invalid`` for a time that has passed.
    """
    require_verb(tx.actor, Verb.OPEN_DAY, tx.site_id)
    today = local_date(tx.config, tx.now)
    if tx.day is None:
        _open(tx, today)
    last = today + timedelta(days=1) if until is None else today
    ends = datetime.combine(last, until or time(0), tzinfo=tx.config.timezone).astimezone(UTC)
    if ends <= tx.now:
        raise QueueError(Code.INVALID, field="until")
    record(tx, Kind.NUMBERS_OPENED, detail=NumbersOpened(until=ends.isoformat()), private={"reason": reason})
    carrying.let_in(tx, now=True)


def reopen_day(tx: Transaction) -> None:
    """A supervisor opens the closed day again; its series go on."""
    require_verb(tx.actor, Verb.REOPEN_DAY, tx.site_id)
    if tx.day_closed:
        record(tx, Kind.DAY_REOPENED)


def confirm_day(tx: Transaction, day: date) -> None:
    """A supervisor confirms the date when the clock was not believed; it may correct a false future day.

    Raises ``invalid`` if ``day`` is not what the server's clock shows now: set the clock first.
    """
    require_verb(tx.actor, Verb.CONFIRM_DAY, tx.site_id)
    if day != local_date(tx.config, tx.now):
        raise QueueError(Code.INVALID, field="day", clock=local_date(tx.config, tx.now).isoformat())
    tx.last_at = tx.now  # from here on the clock is believed again
    if tx.day != day:
        _open(tx, day)
    record(tx, Kind.DAY_CONFIRMED, detail=OfDay(day=day.isoformat()))


def close_left(tx: Transaction) -> None:
    """The day of a site that nobody serves any more ends like every other."""
    _close(tx, by="site_removed")


def _ended(ticket: Ticket) -> Expired:
    """What is said of one whose visit nobody ended: of papers that were not brought, that."""
    outcome = expires_as(ticket.state, ticket.papers)
    return Expired(by="day_closed", outcome=outcome) if outcome else Expired(by="day_closed")


def _close(tx: Transaction, by: str) -> None:
    interrupting.end_all(tx, by="day_closed")
    ripening.miss_all(tx)
    states = counters.of_site(tx.conn, tx.site_id)
    for ticket in tickets.still_open(tx.conn, tx.site_id):
        kind = kind_of(Verb.CLOSE_DAY, ticket.state)
        detail = Finished(outcome="day_closed") if kind is Kind.FINISHED else _ended(ticket)
        at = states.get(ticket.counter) if ticket.counter else None
        record(tx, kind, ticket=ticket, counter=at if at and at.ticket == ticket.id else None, detail=detail)
    for state in counters.of_site(tx.conn, tx.site_id).values():
        if state.officer is not None:
            record(tx, Kind.COUNTER_CLOSED, counter=state, officer=state.officer, detail=ByWhat(by="day_closed"))
    lending.end_all(tx, by="day_closed")
    taken_alarms.forget(tx.conn, tx.site_id)
    if escorts.of_site(tx.conn, tx.site_id):
        escorts.forget(tx.conn, tx.site_id)
        requests.forget_escorts(tx.conn, tx.site_id)
    if not tx.day_closed:
        record(tx, Kind.DAY_CLOSED, detail=ByWhat(by=by))
