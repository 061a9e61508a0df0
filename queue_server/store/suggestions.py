"""What was suggested, answered and done, read back from the record; and the paces of the days before."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from math import sqrt
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, func, select, type_coerce

from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.pace import Pace
from ..domain.ticket import State
from .few import FEW, SAME, few
from .rows import EVENT_COLUMNS, to_event
from .schema import event, in_words, ticket

_KINDS = (Kind.SUGGESTION_TAKEN, Kind.SUGGESTION_DECLINED)
#: what a counter does when it does what was suggested
_DOINGS = (Kind.COUNTER_OPENED, Kind.TAKEN_OVER, Kind.BREAK_ENDED, Kind.SERVICES_SET)
_ENOUGH = 20  # visitors: of fewer, a share of those who did not come says too much
_LONGEST_US = 2 * 3600 * 1_000_000  # a number left open tells no pace

_e, _t = event.c, ticket.c
_OF_DAY = select(*EVENT_COLUMNS).join(FEW, SAME)  # found in the index of the day's kinds, then looked up
_OF_DAY = _OF_DAY.where(few.site == bindparam("site"), few.day == bindparam("day"))
_IN_ORDER = (few.epoch + 0, few.revision, few.n)
_ANSWERED = _OF_DAY.where(few.kind.in_([in_words(kind) for kind in _KINDS])).order_by(*_IN_ORDER)
_DONE = _OF_DAY.where(few.kind.in_([in_words(kind) for kind in _DOINGS])).order_by(*_IN_ORDER)
_AMONG = select(_t.state, _t.issued_at, _t.callable_from, _t.called_at, _t.finished_at)
_AMONG = _AMONG.where(_t.site == bindparam("site"), _t.day == bindparam("day"))
_AMONG = _AMONG.where(_t.arrival.in_(bindparam("arrivals", expanding=True)))
_US = (type_coerce(_t.finished_at, BigInteger) - type_coerce(_t.called_at, BigInteger)) / _t.people
_PACES = select(_t.service, func.count(), func.avg(_US), func.avg(_US * 1.0 * _US))
_PACES = _PACES.where(_t.site == bindparam("site"), _t.day >= bindparam("first"), _t.day < bindparam("before"))
_PACES = _PACES.where(_t.state == in_words(State.COMPLETED), _t.called_at.is_not(None), _US > 0, _US < _LONGEST_US)
_PACES = _PACES.group_by(_t.service)
_ENDS = select(_t.state, func.count()).where(_t.site == bindparam("site"), _t.day == bindparam("day"))
_ENDS = _ENDS.where(_t.state.in_([in_words(State.COMPLETED), in_words(State.NO_SHOW)])).group_by(_t.state)


class Waited(NamedTuple):
    """One of those who waited when a suggestion was taken."""

    state: State
    issued_at: datetime
    callable_from: datetime | None
    called_at: datetime | None
    finished_at: datetime | None


def answered(conn: Connection, site: str, day: date) -> list[Event]:
    """The suggestions of that day that were taken or declined, oldest first."""
    return [to_event(row) for row in conn.execute(_ANSWERED, {"site": site, "day": day})]


def doings(conn: Connection, site: str, day: date) -> list[Event]:
    """What counters did that day that may have been suggested, oldest first."""
    return [to_event(row) for row in conn.execute(_DONE, {"site": site, "day": day})]


def waited(conn: Connection, site: str, day: date, arrivals: Collection[int]) -> list[Waited]:
    """What became of those who came then."""
    asked = {"site": site, "day": day, "arrivals": list(arrivals)}
    return [Waited(State(row.state), *row[1:]) for row in conn.execute(_AMONG, asked)]


def paces(conn: Connection, site: str, first: date, before: date) -> Mapping[str, Pace]:
    """How long one person of each service took, from the first call to the finish, on the days from ``first`` on."""
    rows = conn.execute(_PACES, {"site": site, "first": first, "before": before})
    return {id: _pace(n, float(mean), float(square)) for id, n, mean, square in rows}


def _pace(n: int, mean_us: float, square_us: float) -> Pace:
    return Pace(n, mean_us / 1e6, sqrt(max(square_us - mean_us**2, 0.0)) / 1e6)


def missed(conn: Connection, site: str, day: date) -> float:
    """The share of the day's calls that nobody has answered."""
    ends = {str(row.state): int(row[1]) for row in conn.execute(_ENDS, {"site": site, "day": day})}
    return ends.get(State.NO_SHOW, 0) / max(sum(ends.values()), _ENOUGH)
