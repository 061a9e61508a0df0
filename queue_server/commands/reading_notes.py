"""A note about a visitor is opened by somebody who does not serve them: that is recorded, the text is not."""

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Ticket
from ..domain.numbering import normalise
from ..domain.rights import Act, may, require
from ..store import events, tickets
from ..store.transaction import Transaction, record

_OF_NOBODY = ""  # the agency of a service that is no more


def open_notes(tx: Transaction, typed: str) -> Ticket:
    """Record that the notes of a number were opened, if there are any.

    Raises ``not_found``; ``forbidden`` for who neither helps nor works for the agency where it stands.
    """
    require(tx.actor, Act.BY_NUMBER, tx.site_id)
    number = normalise(typed)
    ticket = tickets.by_number(tx.conn, tx.site_id, tx.day, number) if number and tx.day else None
    if ticket is None:
        raise QueueError(Code.NOT_FOUND)
    service = tx.config.services.get(ticket.service)
    agency = service.agency if service else _OF_NOBODY
    if not may(tx.actor, Act.HELP, tx.site_id, agency):
        require(tx.actor, Act.WORK, tx.site_id, agency)
    if events.has_note(tx.conn, ticket.id):
        record(tx, Kind.NOTE_READ, ticket=ticket)
    return ticket
