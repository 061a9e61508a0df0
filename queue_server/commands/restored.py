"""Going on from a database that stands before what was already told: a restored backup, a standby that lagged.

A gap in every series, so that no number given after it comes again.
"""

from collections.abc import Mapping
from datetime import date, datetime

from ..domain.day import local_date
from ..domain.events import Kind
from ..domain.numbering import after_a_restore
from ..domain.structure_events import Restored
from ..store import accounts, numbers
from ..store.transaction import Transaction, begin_epoch, record

Series = Mapping[tuple[str, date], int]  # (service, day) -> next number


def go_on_after_loss(tx: Transaction, known: int) -> None:
    """The database lost what was committed after its revision, up to ``known`` at least: a new history begins here.

    Of accounts it may have lost who signed out or was shut out, so that everybody signs in again.
    """
    lost = {"after": tx.revision - 1, "known": known}
    begin_epoch(tx)
    if tx.site is None:
        accounts.end_every_session(tx.conn)
        record(tx, Kind.RESTORED, detail=Restored(made_at=None, series={}, lost=lost))
    else:
        go_on(tx, None, {}, lost)


def go_on(
    tx: Transaction,
    made_at: datetime | None,
    given: Series,
    lost: Mapping[str, int] | None = None,
) -> None:
    """Let every series of today go on above the next multiple of 1,000, also one with no ticket yet.

    ``made_at``: when the backup was made. ``given``: what is known of numbers given after it. Should the clock not be
    believed, numbers go on in the open day, so its series are raised as well.
    """
    series = {}
    for day in sorted({local_date(tx.config, tx.now), tx.day or local_date(tx.config, tx.now)}):
        kept = numbers.of_day(tx.conn, tx.site_id, day)
        known = {*tx.config.services, *kept, *(service for service, on in given if on == day)}
        series[day.isoformat()] = {
            s: after_a_restore(max(kept.get(s, 1), given.get((s, day), 1)) - 1) for s in sorted(known)
        }
    detail = Restored(made_at=made_at.isoformat() if made_at else None, series=series)
    if lost:
        detail["lost"] = dict(lost)
    record(tx, Kind.RESTORED, detail=detail)
