"""Interruptions: what cannot work is said, confirmed, and over again. The rules about them stand in the domain."""

from datetime import datetime, timedelta

from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.interruption import (
    Interruption,
    InterruptionBegun,
    InterruptionConfirmed,
    InterruptionEnded,
    Issuing,
    Reason,
    Scope,
    agency_of,
)
from ..domain.lasting import as_judged
from ..domain.privacy import refuse_identity_number
from ..domain.rights import Act, may, require
from ..store import events
from ..store.ids import new_id
from ..store.transaction import Transaction, record

_LOOKED_BACK = timedelta(days=31)  # so long can one still be confirmed
_AHEAD = timedelta(minutes=1)  # so far may a person's clock be in front of the server's


def begin(
    tx: Transaction,
    scope: Scope,
    reason: Reason,
    issuing: Issuing = "warn",
    *,
    notice: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Interruption:
    """Say that something cannot work. One that an officer says excuses no wait until a supervisor confirms it.

    ``since``: a moment of today that has passed, for a supervisor who enters what the server missed; ``until``: what
    is announced. Raises ``forbidden``, ``invalid``, ``day_closed``, and ``already_interrupted`` where the same is said
    of the same scope by now.
    """
    _may(tx, agency_of(tx.config, scope))
    stands_for_it = _oversees(tx, agency_of(tx.config, scope))
    if tx.day_closed or tx.day is None:
        raise QueueError(Code.DAY_CLOSED)
    if same := [one for one in tx.interruptions if one.scope == scope]:
        raise QueueError(Code.ALREADY_INTERRUPTED, interruption=same[0].id)
    detail: InterruptionBegun = {
        "interruption": new_id(),
        "scope": scope,
        "reason": reason,
        "issuing": issuing,
        "since": tx.now.isoformat(),
        "confirmed": stands_for_it,
    }
    if since is not None:
        if not stands_for_it:
            raise QueueError(Code.FORBIDDEN)
        detail |= {"since": _passed(tx, "since", since).isoformat(), "entered_later": True}
    if until is not None:
        if until <= tx.now:
            raise QueueError(Code.INVALID, field="until")
        detail["until"] = until.isoformat()
    if notice:
        refuse_identity_number("notice", notice)
        detail["notice"] = notice
    record(tx, Kind.INTERRUPTION_BEGUN, detail=detail, service=scope.get("service"))
    return lasting(tx, detail["interruption"])


def end(tx: Transaction, id: str, at: datetime | None = None) -> None:
    """Say that it works again. ``at``: when it did, for a supervisor who enters it later; not before it began.

    Raises ``not_found`` for one that does not last, ``forbidden``, ``invalid``.
    """
    one = lasting(tx, id)
    whose = _owner(tx, one.scope)
    _may(tx, whose)
    moment = max(tx.now, one.since)
    if at is not None:
        if not _oversees(tx, whose):
            raise QueueError(Code.FORBIDDEN)
        moment = _passed(tx, "at", at)
        if moment < one.since:
            raise QueueError(Code.INVALID, field="at")
    ended = InterruptionEnded(interruption=id, at=moment.isoformat())
    record(tx, Kind.INTERRUPTION_ENDED, detail=ended, service=one.scope.get("service"))


def end_all(tx: Transaction, by: str) -> None:
    """With the day every interruption ends; what has no end yet is said anew on the next."""
    for one in tx.interruptions:
        ended = InterruptionEnded(interruption=one.id, at=max(tx.now, one.since).isoformat(), by=by)
        record(tx, Kind.INTERRUPTION_ENDED, detail=ended, service=one.scope.get("service"))


def confirm(tx: Transaction, id: str) -> None:
    """A supervisor stands for what an officer said, also when it and its day are over: that day's figures follow.

    Again, nothing changes. Raises ``not_found``, also for one that began over 31 days ago, ``forbidden``.
    """
    one = _overseen(tx, id)
    if not one.confirmed:
        _judge(tx, one, Kind.INTERRUPTION_CONFIRMED)


def reject(tx: Transaction, id: str) -> None:
    """A supervisor has looked at what an officer said, and does not stand for it: it goes on to excuse no wait.

    It lasts until somebody ends it, and may be confirmed after all. Again, nothing changes. Raises ``not_found``,
    also for one that began over 31 days ago, ``forbidden``; ``illegal_transition`` for one that somebody stands for,
    because figures were told by it.
    """
    one = _overseen(tx, id)
    if one.confirmed:
        raise QueueError(Code.ILLEGAL_TRANSITION, action="reject", state="confirmed")
    if not one.rejected:
        _judge(tx, one, Kind.INTERRUPTION_REJECTED)


def _overseen(tx: Transaction, id: str) -> Interruption:
    """The one of that id, for whoever may stand for it. Raises ``not_found``, ``forbidden``."""
    one = recent(tx, id)
    if not _oversees(tx, _owner(tx, one.scope)):
        raise QueueError(Code.FORBIDDEN)
    return one


def _judge(tx: Transaction, one: Interruption, verdict: Kind) -> None:
    detail = InterruptionConfirmed(interruption=one.id)
    began = [e.day for e in _of_record(tx, one.id) if e.kind == Kind.INTERRUPTION_BEGUN]
    if began and began[0] != tx.day:
        detail["day"] = began[0].isoformat()
    record(tx, verdict, detail=detail, service=one.scope.get("service"))


def recent(tx: Transaction, id: str) -> Interruption:
    """The one of that id, if it lasts, or began within 31 days. Raises ``not_found``."""
    if tx.day is None or any(one.id == id for one in tx.interruptions):
        return lasting(tx, id)
    its_own = _of_record(tx, id)
    begun, later = its_own[:1], its_own[1:]
    if not begun or begun[0].kind != Kind.INTERRUPTION_BEGUN:
        raise QueueError(Code.NOT_FOUND)
    return as_judged(begun[0], later)


def _of_record(tx: Transaction, id: str) -> list[Event]:
    """What was said of it within 31 days."""
    every = events.of_interruptions(tx.conn, tx.site_id, tx.today - _LOOKED_BACK, tx.today)
    return [event for event in every if event.detail["interruption"] == id]


def lasting(tx: Transaction, id: str) -> Interruption:
    """The one of that id, if it lasts. Raises ``not_found``."""
    found = [one for one in tx.interruptions if one.id == id]
    if not found:
        raise QueueError(Code.NOT_FOUND)
    return found[0]


def _may(tx: Transaction, agency: str | None) -> None:
    """Raises ``forbidden``: what concerns the whole site is for supervisors without agencies."""
    require(tx.actor, Act.INTERRUPT if agency is not None else Act.INTERRUPT_ALL, tx.site_id, agency)


def _oversees(tx: Transaction, agency: str | None) -> bool:
    act = Act.CONFIRM_INTERRUPTION if agency is not None else Act.INTERRUPT_ALL
    return may(tx.actor, act, tx.site_id, agency)


def _owner(tx: Transaction, scope: Scope) -> str | None:
    """The agency it belongs to; what the hall has not got any more is the whole site's."""
    try:
        return agency_of(tx.config, scope)
    except QueueError:
        return None


def _passed(tx: Transaction, field: str, at: datetime) -> datetime:
    """A moment of the open day that is not to come. Raises ``invalid``."""
    if at > tx.now + _AHEAD or local_date(tx.config, at) != tx.day:
        raise QueueError(Code.INVALID, field=field)
    return min(at, tx.now)
