"""A visitor is found by the number on the slip, away from any counter."""

from ..domain.errors import Code, QueueError
from ..domain.fold import Ticket
from ..domain.numbering import normalise
from ..domain.rights import Act, require
from ..store import tickets
from ..store.transaction import Transaction

OF_NOBODY = ""  # the agency of a service that is no more: an account without agencies acts for it, too


def found(tx: Transaction, typed: str) -> Ticket:
    """Today's ticket of a number, whatever its service. Raises ``not_found``, ``forbidden``."""
    require(tx.actor, Act.BY_NUMBER, tx.site_id)
    number = normalise(typed)
    ticket = tickets.by_number(tx.conn, tx.site_id, tx.day, number) if number and tx.day else None
    if ticket is None:
        raise QueueError(Code.NOT_FOUND)
    return ticket


def agency_of(tx: Transaction, ticket: Ticket) -> str:
    """The agency of the service where the ticket stands."""
    service = tx.config.services.get(ticket.service)
    return service.agency if service else OF_NOBODY
