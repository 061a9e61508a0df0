"""The life of a ticket: the one transition table (``contract.md``, "The life of a ticket")."""

from datetime import datetime, timedelta
from enum import StrEnum

from .errors import Code, QueueError


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    NO_SHOW = "no_show"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Action(StrEnum):
    """What may be done to a ticket."""

    CALL_NEXT = "call_next"
    CALL = "call"
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    NO_SHOW = "no_show"
    HOLD = "hold"
    RETURN = "return"
    TRANSFER = "transfer"
    UNDO = "undo"
    UNDO_TRANSFER = "undo_transfer"
    CANCEL = "cancel"  # by the visitor, or by staff
    CANCEL_CALLED = "cancel_called"  # staff only
    CLOSE_DAY = "close_day"


S, A = State, Action

AT_COUNTER = frozenset({S.CALLED, S.SERVING})  # the counter's one open ticket
ENDED = frozenset({S.NO_SHOW, S.COMPLETED, S.CANCELLED, S.EXPIRED})
OPEN = frozenset(State) - ENDED

#: (action, from) -> to. Whatever is not here is illegal. Undo goes back to the state before the call, undo_transfer to
#: the state before the transfer, so their target is not fixed here: WAITING and CALLED stand for it.
TRANSITIONS: dict[tuple[Action, State], State] = {
    (A.CALL_NEXT, S.WAITING): S.CALLED,
    (A.CALL, S.WAITING): S.CALLED,
    (A.CALL, S.HELD): S.CALLED,
    (A.CALL, S.NO_SHOW): S.CALLED,
    (A.RECALL, S.CALLED): S.CALLED,
    (A.SERVE, S.CALLED): S.SERVING,
    (A.FINISH, S.SERVING): S.COMPLETED,
    (A.NO_SHOW, S.CALLED): S.NO_SHOW,
    (A.HOLD, S.CALLED): S.HELD,
    (A.HOLD, S.SERVING): S.HELD,
    (A.RETURN, S.CALLED): S.WAITING,
    (A.RETURN, S.HELD): S.WAITING,
    (A.RETURN, S.NO_SHOW): S.WAITING,
    (A.TRANSFER, S.CALLED): S.WAITING,
    (A.TRANSFER, S.SERVING): S.WAITING,
    (A.TRANSFER, S.WAITING): S.WAITING,  # by number: a wrong transfer is put right
    (A.UNDO, S.CALLED): S.WAITING,
    (A.UNDO_TRANSFER, S.WAITING): S.CALLED,
    (A.CANCEL, S.WAITING): S.CANCELLED,
    (A.CANCEL, S.HELD): S.CANCELLED,
    (A.CANCEL_CALLED, S.CALLED): S.CANCELLED,
    (A.CLOSE_DAY, S.WAITING): S.EXPIRED,
    (A.CLOSE_DAY, S.HELD): S.EXPIRED,
    (A.CLOSE_DAY, S.CALLED): S.NO_SHOW,
    (A.CLOSE_DAY, S.SERVING): S.COMPLETED,
}

UNDO_WITHIN = timedelta(seconds=15)
CALL_LASTS = timedelta(seconds=60)  # a call is announced while it is younger than this


def after(action: Action, state: State) -> State:
    """The state that ``action`` leads to from ``state``.

    Raises ``QueueError(illegal_transition)`` for every pair outside the table.
    """
    to = TRANSITIONS.get((action, state))
    if to is None:
        raise QueueError(Code.ILLEGAL_TRANSITION, action=action.value, state=state.value)
    return to


def may_come_back(missed_at: datetime, now: datetime, within_minutes: int) -> bool:
    """Whether a no-show of ``missed_at`` may still be called or returned (the site's missed-call rule)."""
    return now - missed_at <= timedelta(minutes=within_minutes)
