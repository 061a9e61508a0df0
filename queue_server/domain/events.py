"""What can happen, once: every kind of event, and one row of facts about each that fold, times, store and reports read.

A kind's value is the word in the database; it never changes. ``facts`` of a word that this release does not know says
that nothing happens to anybody: a newer process may write beside an older one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from .ticket import State

WAIT, WALK, SERVICE, HOLD, AWAY = "wait", "walk", "service", "hold", "away"  # the stays (``times.py``)
CallKind = Literal["call", "recall"]


class Kind(StrEnum):
    """The word that an event is recorded under; at most 24 characters."""

    ISSUED = "issued"
    CALLED = "called"
    RECALLED = "recalled"
    UNDONE = "undone"
    SERVED = "served"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    HELD = "held"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    TRANSFER_UNDONE = "transfer_undone"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUSED = "refused"
    OVERSEEN = "overseen"
    COUNTER_OPENED = "counter_opened"
    COUNTER_CLOSED = "counter_closed"
    DAY_OPENED = "day_opened"
    DAY_CLOSED = "day_closed"
    DAY_REOPENED = "day_reopened"
    DAY_CONFIRMED = "day_confirmed"
    NUMBERS_OPENED = "numbers_opened"
    CONFIGURED = "configured"
    RESTORED = "restored"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    PASSWORD_SET = "password_set"  # noqa: S105  a word, not a password
    DEVICE_ADDED = "device_added"
    DEVICE_REVOKED = "device_revoked"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event of a kind does.

    ``enters``: the state that its ticket enters; the stay before it ends then, and ``begins`` begins (None: the
    visit is over). ``takes_back``: the stay that is struck out, as if it had never begun. ``frees``: its ticket goes
    away from the counter. ``announced``: shown and spoken as that kind of call. ``quota``: it may take a place of a
    day's quota, or give one back (``fold.quota_change`` says which).
    """

    enters: State | None = None
    begins: str | None = None
    takes_back: str | None = None
    frees: bool = False
    announced: CallKind | None = None
    quota: bool = False


_NOTHING = Facts()

FACTS: dict[str, Facts] = {
    **dict.fromkeys(Kind, _NOTHING),
    Kind.ISSUED: Facts(enters=State.WAITING, begins=WAIT, quota=True),
    Kind.CALLED: Facts(enters=State.CALLED, begins=WALK, announced="call"),
    Kind.RECALLED: Facts(announced="recall"),
    Kind.UNDONE: Facts(takes_back=WALK, frees=True),
    Kind.SERVED: Facts(enters=State.SERVING, begins=SERVICE),
    Kind.FINISHED: Facts(enters=State.COMPLETED, frees=True),
    Kind.NO_SHOW: Facts(enters=State.NO_SHOW, begins=AWAY, frees=True),
    Kind.HELD: Facts(enters=State.HELD, begins=HOLD, frees=True),
    Kind.RETURNED: Facts(enters=State.WAITING, begins=WAIT, frees=True),
    Kind.TRANSFERRED: Facts(enters=State.WAITING, begins=WAIT, frees=True, quota=True),
    Kind.TRANSFER_UNDONE: Facts(takes_back=WAIT, quota=True),
    Kind.CANCELLED: Facts(enters=State.CANCELLED, frees=True, quota=True),
    Kind.EXPIRED: Facts(enters=State.EXPIRED),  # who waits or is held has no counter
}

ANNOUNCED = tuple(kind for kind in Kind if FACTS[kind].announced)
#: after these a counter has nobody: it was opened, or let go of somebody
IDLE_SINCE = (Kind.COUNTER_OPENED, *(kind for kind in Kind if FACTS[kind].frees))


def facts(kind: str) -> Facts:
    """The row of a kind; of an unknown one, that nothing happens."""
    return FACTS.get(kind, _NOTHING)
