"""A day's roster is written down: who sits at which counter."""

from collections.abc import Sequence
from datetime import date, timedelta

from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.rights import Act, may, require
from ..domain.roster import Shift, problems, version_of
from ..domain.staffing_events import RosterSet
from ..store import rosters
from ..store.transaction import Transaction, record

AHEAD = timedelta(days=366)  # how far a roster is written ahead


def write(tx: Transaction, day: date, shifts: Sequence[Shift], based_on: str | None = None) -> None:
    """Let these be a day's shifts, at the counters that are the caller's to see to; those of others stay.

    ``based_on``: the version (``domain.roster.version_of``) that the caller looked at. Raises ``forbidden`` for a
    counter of another agency; ``roster_changed`` if somebody else was quicker; ``invalid`` for a day that is over or
    too far ahead, and with all ``problems`` by their places in the list.
    """
    require(tx.actor, Act.ASSIGN, tx.site_id)
    today = local_date(tx.config, tx.now)
    if not today <= day <= today + AHEAD:
        raise QueueError(Code.INVALID, field="day", reason="day_not_ahead")
    for shift in shifts:
        if shift.counter in tx.config.counters:
            require(tx.actor, Act.ASSIGN, tx.site_id, tx.config.counters[shift.counter].agency)
    before = rosters.of_day(tx.conn, tx.site_id, day)
    mine = [shift for shift in before if is_own(tx, shift)]
    others = [shift for shift in before if shift not in mine]
    if based_on is not None and based_on != version_of(mine):
        raise QueueError(Code.ROSTER_CHANGED)
    people = rosters.people(tx.conn, tx.site_id, lent=day == today)
    if found := problems(tx.config, shifts, people, others):
        wrong = [{"key": one.key, "reason": one.reason} for one in found]
        raise QueueError(Code.INVALID, field=found[0].key, reason=found[0].reason, problems=wrong)
    if version_of(shifts) == version_of(mine):
        return
    rosters.write(tx.conn, tx.site_id, day, [*others, *shifts])
    listed = [[one.counter, one.account, one.begins, one.ends] for one in shifts]
    record(tx, Kind.ROSTER_SET, detail=RosterSet(day=day.isoformat(), shifts=listed))


def is_own(tx: Transaction, shift: Shift) -> bool:
    """Whether the shift's counter is the caller's to see to; a counter that is no more is everybody's."""
    counter = tx.config.counters.get(shift.counter)
    return counter is None or may(tx.actor, Act.ASSIGN, tx.site_id, counter.agency)
