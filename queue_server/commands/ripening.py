"""Time passes: who sat beside the line can be called, and who has not come has missed their booked place.

Done by the server's clock every few seconds (``app.py``), so that screens hear of it; a call asks the time itself.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from ..domain.booking_events import BookingsMissed
from ..domain.bookings import Booking, is_over, misses
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Ticket
from ..domain.rights import Act, require
from ..store import bookings, tickets
from ..store.transaction import Transaction, record


def let_in_line(tx: Transaction, ticket: Ticket) -> Ticket:
    """A visitor who is called has come in line before. Raises ``too_early`` for one whose time has not come.

    While no time can be read from the clock, an officer's word is enough.
    """
    if not ticket.early or ticket.callable_from is None:
        return ticket
    if tx.believed_now < ticket.callable_from and not tx.clock_lost:
        raise QueueError(Code.TOO_EARLY, **{"from": ticket.callable_from.isoformat()})
    record(tx, Kind.CALLABLE, ticket=ticket)
    return tx.tickets[ticket.id]


def ripen(tx: Transaction) -> None:
    """Let in line whose time has come, and release the places of those whose time is over.

    Nothing is done by a clock that is lost: it would take everybody's place away.
    """
    require(tx.actor, Act.RUN_DAY, tx.site_id)
    if tx.clock_lost:
        return
    for ticket in tickets.early(tx.conn, tx.site_id):
        if ticket.callable_from is not None and ticket.callable_from <= tx.now:
            record(tx, Kind.CALLABLE, ticket=ticket)
    miss(tx, [one for one in bookings.still_booked(tx.conn, tx.site_id, tx.now) if is_over(tx.config, one, tx.now)])


def miss(tx: Transaction, over: Iterable[Booking]) -> None:
    """Nobody came for these; their places go back to the quotas of their days."""
    missed = list(over)
    if missed:
        detail = BookingsMissed(bookings=[one.id for one in missed], places=misses(missed))
        record(tx, Kind.BOOKINGS_MISSED, detail=detail)


def miss_all(tx: Transaction) -> None:
    """The service day ends: whoever has not come by now does not.

    Their own days decide, so that the day of a site ends, too, which is served no more and has no time zone here.
    """
    after = datetime.combine(tx.today + timedelta(days=2), time(0), tzinfo=UTC)  # later than its end in every zone
    over = bookings.still_booked(tx.conn, tx.site_id, after)
    miss(tx, [one for one in over if one.day <= tx.today])
