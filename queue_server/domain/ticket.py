"""Where a ticket stands, and how long it may stay so. ``verbs.py`` says what leads from state to state."""

from datetime import datetime, timedelta
from enum import StrEnum


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


AT_COUNTER = frozenset({State.CALLED, State.SERVING})  # the counter's one open ticket
ENDED = frozenset({State.NO_SHOW, State.COMPLETED, State.CANCELLED, State.EXPIRED})
OPEN = frozenset(State) - ENDED

UNDO_WITHIN = timedelta(seconds=15)
CALL_LASTS = timedelta(seconds=60)  # a call is announced while it is younger than this


def may_come_back(missed_at: datetime, now: datetime, within_minutes: int) -> bool:
    """Whether a no-show of ``missed_at`` may still be called or returned (the site's missed-call rule)."""
    return now - missed_at <= timedelta(minutes=within_minutes)
