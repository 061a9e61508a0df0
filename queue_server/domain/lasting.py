"""What events make of interruptions: of those that last, and of one that is over."""

from collections.abc import Iterable, Mapping, Sequence

from . import interruption
from .events import Kind
from .fold import Event

#: what an event makes of the interruptions that last
LASTING_AFTER: Mapping[str, interruption.After] = {
    Kind.INTERRUPTION_BEGUN: interruption.begun,
    Kind.INTERRUPTION_ENDED: interruption.ended,
    Kind.INTERRUPTION_CONFIRMED: interruption.confirmed,
    Kind.INTERRUPTION_REJECTED: interruption.rejected,
}


def as_judged(begun: Event, later: Iterable[Event]) -> interruption.Interruption:
    """One as supervisors' words left it: from the event of its beginning and those of it that came after."""
    kept: Sequence[interruption.Lasting] = [begun.detail]
    for event in later:
        if event.kind != Kind.INTERRUPTION_ENDED:
            kept = LASTING_AFTER[event.kind](kept, event.detail)
    return interruption.read(kept)[0]
