"""An account helps out at another agency's counters until the day closes."""

from ..domain.account_events import LendingEnded, Lent
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.rights import Act, may, require
from ..store import accounts, counters, lendings
from ..store.lendings import Lending
from ..store.transaction import Transaction, record
from .vacating import vacate


def lend(tx: Transaction, account: str, agency: str) -> None:
    """Lend an account to an agency's counters; to those that it is lent to already, nothing happens.

    Raises ``forbidden``; ``not_found`` for an account that may not sign in; ``invalid`` for an agency that the hall
    does not have or that is the account's own, and for an account that works at no counter here.
    """
    _require(tx, agency)
    found = accounts.by_id(tx.conn, account)
    if found is None or found.disabled:
        raise QueueError(Code.NOT_FOUND)
    if not may(found.actor, Act.WORK, tx.site_id):
        raise QueueError(Code.INVALID, field="account", reason="no_counter_work")
    if found.actor.for_agency(agency):
        raise QueueError(Code.INVALID, field="agency", reason="own_agency")
    if lendings.stands(tx.conn, tx.site_id, account, agency):
        return
    lendings.begin(tx.conn, Lending(tx.site_id, account, agency, tx.actor.id, tx.now))
    record(tx, Kind.ACCOUNT_LENT, detail=Lent(account=account, agency=agency))


def take_back(tx: Transaction, account: str, agency: str) -> bool:
    """The account is lent no more, and a counter of that agency that it has open is closed; whether there was one.

    Raises ``forbidden``, ``not_found``, and ``counter_busy`` while somebody is called or served there.
    """
    _require(tx, agency)
    if not lendings.end(tx.conn, tx.site_id, account, agency):
        raise QueueError(Code.NOT_FOUND)
    held = [
        state
        for state in counters.of_site(tx.conn, tx.site_id).values()
        if state.officer == account and state.id in tx.config.counters and tx.config.counters[state.id].agency == agency
    ]
    for state in held:
        if state.ticket:
            raise QueueError(Code.COUNTER_BUSY)
        vacate(tx, state, "left")
    record(tx, Kind.LENDING_ENDED, detail=LendingEnded(account=account, agency=agency))
    return bool(held)


def end_all(tx: Transaction, by: str) -> None:
    """The day is over for everybody who was lent; they sign in again, so that no open page shows what it may not."""
    for one in lendings.of_site(tx.conn, tx.site_id):
        lendings.end(tx.conn, tx.site_id, one.account, one.agency)
        accounts.end_sessions(tx.conn, one.account)
        record(tx, Kind.LENDING_ENDED, detail=LendingEnded(account=one.account, agency=one.agency, by=by))


def _require(tx: Transaction, agency: str) -> None:
    require(tx.actor, Act.ASSIGN, tx.site_id, agency)
    if agency not in tx.config.agencies:
        raise QueueError(Code.INVALID, field="agency", reason="unknown")
