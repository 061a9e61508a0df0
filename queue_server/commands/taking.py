"""A supervisor takes an alarm: *saya urus*. It is quiet for everybody until it is worse, or the day closes."""

from datetime import datetime

from ..domain.alarms import Taken
from ..domain.events import Kind
from ..domain.rights import Act, require
from ..domain.staffing_events import AlarmTaken
from ..store import taken_alarms
from ..store.transaction import Transaction, record


def take(tx: Transaction, alarm: str, since: datetime | None, level: int) -> None:
    """Take an alarm as it stands; which of them there are, and how bad, is told by the caller's own look."""
    require(tx.actor, Act.TAKE_ALARM, tx.site_id)
    taken_alarms.take(tx.conn, tx.site_id, alarm, Taken(tx.actor.id, tx.now, since, level))
    record(tx, Kind.ALARM_TAKEN, detail=AlarmTaken(alarm=alarm, level=level))
