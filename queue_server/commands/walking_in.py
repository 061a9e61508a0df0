"""A visitor without a number stands at a free counter: a number is given, and service begins, without a call."""

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.site import Class
from ..domain.verbs import Verb
from ..store import tickets
from ..store.transaction import Transaction, record
from . import visitor
from .desk import seat


def walk_in(
    tx: Transaction,
    counter_id: str,
    service: str,
    class_: Class = "regular",
    reason: str | None = None,
    people: int = 1,
) -> bool:
    """Give a number of one of the counter's services and serve it, to so many people; nothing is announced.

    False if hours or quota refuse (``visitor.issue``). Raises ``counter_busy`` while somebody is called or served
    there; ``unknown_service`` for a service that is not the counter's; ``reason_missing`` while anybody waits for what
    it serves, for they are overtaken.
    """
    counter, state = seat(tx, counter_id, Verb.WALK_IN)
    if state.ticket:
        raise QueueError(Code.COUNTER_BUSY)
    if service not in counter.services:
        raise QueueError(Code.UNKNOWN_SERVICE, service=service)
    if not reason and tickets.waiting_classes(tx.conn, tx.site_id, counter.services, tx.believed_now):
        raise QueueError(Code.REASON_MISSING)
    issued = visitor.issue(tx, service, class_, people=people, walk_in=True)
    if issued is None:
        return False
    record(tx, Kind.SERVED, ticket=issued, counter=state, private={"reason": reason})
    return True
