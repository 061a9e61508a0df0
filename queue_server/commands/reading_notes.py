"""A note about a visitor is opened by somebody who does not serve them: that is recorded, the text is not."""

from ..domain.events import Kind
from ..domain.fold import Ticket
from ..domain.rights import Act, may, require
from ..store import events
from ..store.transaction import Transaction, record
from .by_number import agency_of, found


def open_notes(tx: Transaction, typed: str) -> Ticket:
    """Record that the notes of a number were opened, if there are any.

    Raises ``not_found``; ``forbidden`` for who neither helps nor works for the agency where it stands.
    """
    ticket = found(tx, typed)
    agency = agency_of(tx, ticket)
    if not may(tx.actor, Act.HELP, tx.site_id, agency):
        require(tx.actor, Act.WORK, tx.site_id, agency)
    if events.has_note(tx.conn, ticket.id):
        record(tx, Kind.NOTE_READ, ticket=ticket)
    return ticket
