"""The right to answer a survey: of the holder of a number that was served, once, as long as its link lives."""

from collections.abc import Iterable
from datetime import timedelta

from .errors import Code, QueueError
from .events import Kind
from .fold import Event
from .ticket import State

LASTS = timedelta(days=2)  # after the ticket's day: as long as its link
_SERVES = (Kind.SERVED, Kind.TAKEN_OVER, Kind.FINISHED)


def is_asked(state: State) -> bool:
    """Whether a number's holder is asked how it was: only one whose visit is finished."""
    return state is State.COMPLETED


def refuse_unfinished(state: State) -> None:
    """Raises ``not_finished``."""
    if not is_asked(state):
        raise QueueError(Code.NOT_FINISHED)


def served_by(happened: Iterable[Event]) -> set[str]:
    """The accounts that served the visitor of a ticket's events."""
    return {event.officer for event in happened if event.kind in _SERVES and event.officer is not None}
