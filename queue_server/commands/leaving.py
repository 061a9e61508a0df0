"""What is left open by what is no longer there: an account that may not work any more, a site that is not served."""

from datetime import timedelta

from ..domain.fold import CounterState
from ..domain.rights import Act, may
from ..store import accounts, counters, requests, site_leases
from ..store.transaction import Transaction
from .day import close_left
from .vacating import vacate

RESTS_AFTER = timedelta(minutes=15)  # without an event: nobody is at work there
OVER_AFTER = timedelta(hours=24)  # without an event: the service day has ended in every zone


def is_left(tx: Transaction, state: CounterState, agency: str) -> bool:
    """Whether whoever has the counter open may not work there any more: disabled, or of another place by now."""
    holder = accounts.holder(tx.conn, state.officer) if state.officer else None
    return holder is not None and not may(holder, Act.WORK, tx.site_id, agency)


def vacate_left(tx: Transaction) -> None:
    """Close every counter that ``is_left``."""
    for state in counters.of_site(tx.conn, tx.site_id).values():
        counter = tx.config.counters.get(state.id)
        if counter is not None and is_left(tx, state, counter.agency):
            vacate(tx, state, "left")


def leave_site(tx: Transaction) -> None:
    """Leave a site that the configuration no longer has: its counters when it rests, its day once that is over.

    Nobody else would: its officers would be busy everywhere, its visitors wait, and no backup could be restored. While
    anything happens there, or a server says that it serves it, nothing is done.
    """
    rests = tx.now - tx.last_at if tx.last_at is not None else timedelta()
    if tx.site is not None or rests < RESTS_AFTER or site_leases.is_held(tx.conn, tx.site_id):
        return
    if rests > OVER_AFTER and tx.day is not None and not tx.day_closed:
        close_left(tx)
        requests.forget_before(tx.conn, tx.site_id, tx.now.date())
        return
    for state in counters.of_site(tx.conn, tx.site_id).values():
        if state.officer is not None:
            vacate(tx, state, "site_removed")
