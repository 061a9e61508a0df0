"""A visitor asks to be guided to the counter (*minta didampingi*), or needs nobody after all.

Shown to front desk and officer, never public, in no report, gone when the day closes. The event says that something of
the ticket changed which the record does not keep, not what: so screens are told, and nobody can read it later.
"""

from ..domain.errors import Code, QueueError
from ..domain.fold import Ticket
from ..domain.rights import Act, require
from ..domain.verbs import Verb, kind_of
from ..store import escorts, tickets
from ..store.transaction import Transaction
from .by_number import agency_of, found
from .desk import act


def own_escort(tx: Transaction, ticket_id: str, wanted: bool) -> Ticket:
    """By the number's holder. Raises ``illegal_transition`` once it is served or over."""
    ticket = tickets.by_id(tx.conn, ticket_id)
    if ticket is None:
        raise QueueError(Code.NOT_FOUND)
    return say(tx, ticket, wanted)


def escort_number(tx: Transaction, typed: str, wanted: bool) -> Ticket:
    """For a visitor, by staff who help or work there. Raises ``not_found``, ``forbidden``, ``illegal_transition``."""
    ticket = found(tx, typed)
    require(tx.actor, Act.ESCORT, tx.site_id, agency_of(tx, ticket))
    return say(tx, ticket, wanted)


def say(tx: Transaction, ticket: Ticket, wanted: bool) -> Ticket:
    """What was said before changes nothing."""
    kind_of(Verb.ESCORT, ticket.state)
    if (ticket.id in escorts.of_site(tx.conn, tx.site_id)) == wanted:
        return ticket
    (escorts.ask if wanted else escorts.take_back)(tx.conn, tx.site_id, ticket.id)
    act(tx, Verb.ESCORT, ticket)
    return tx.tickets[ticket.id]
