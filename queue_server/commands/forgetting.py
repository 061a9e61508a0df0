"""Names are forgotten: an officer's long after the account's end, what is kept of a visitor at their own word."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from ..domain.account_events import OfAccount
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Ticket
from ..store import accounts, erasing, private, tickets
from ..store.transaction import Transaction, record


def forget_officers(tx: Transaction, ended_before: datetime, also: Collection[str] = ()) -> list[str]:
    """Accounts that ended before an instant, and those named, become pseudonyms; their ids.

    Figures and audit go on by the ids, which name nobody. ``also``: were forgotten before an old copy was put back.
    """
    gone = accounts.to_forget(tx.conn, ended_before, also)
    for id in gone:
        accounts.forget(tx.conn, id, *pseudonym(id), tx.now)
        record(tx, Kind.ACCOUNT_FORGOTTEN, detail=OfAccount(account=id))
    return gone


def pseudonym(id: str) -> tuple[str, str]:
    """(username, name) of an account that is forgotten: always the same, and nobody's."""
    mark = hashlib.sha256(id.encode()).hexdigest()
    return f"ended-{mark[:16]}", f"Petugas {mark[:6].upper()}"


def erase_own(tx: Transaction, ticket_id: str) -> Ticket:
    """All that is kept of a number's holder and that they may have erased: notes about them, and their booking's code.

    Reasons of what staff did stay for their time: they answer by them. Raises ``not_found``, ``storage_full``.
    """
    ticket = tickets.by_id(tx.conn, ticket_id)
    if ticket is None:
        raise QueueError(Code.NOT_FOUND)
    if erasing.erase(tx.conn, tx.site_id, ticket.id):
        private.remember_erased(tx.conn, ticket.id)
        record(tx, Kind.CONFIDED, ticket=ticket)
    return ticket
