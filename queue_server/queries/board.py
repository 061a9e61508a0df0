"""The board document: what a wall or counter display shows. No token, no class, no person."""

from datetime import datetime, timedelta

from ..documents.board import Board, BoardCounter, BoardService, Standing
from ..domain.fold import CounterState
from ..domain.quota import availability, day_facts
from ..domain.ticket import State
from ..store import numbers
from . import calls
from .carrying import kept_places
from .interruptions import lasting, of_counter_id
from .notices import to_tell
from .snapshot import Snapshot
from .standing import counters_now, in_hand
from .ticket import iso
from .waits import Waits

_KEPT = timedelta(seconds=1)  # what hours say may change between two revisions; a second is not noticed


def board(view: Snapshot) -> Board:
    """Counters, recent calls and waiting figures of a site."""
    waits, used = Waits(view), numbers.used(view.conn, view.site.id, view.day)
    return {
        "site": view.site.id,
        **view.stamp(),
        "last_call": view.last_call,
        "now": view.now.isoformat(),
        "counters": _counters(view),
        "recent": calls.recent(view),
        "services": [_service(view, waits, id, used.get(id, {})) for id in view.site.services],
        "interruptions": lasting(view),
        "notices": to_tell(view),
        "carried": kept_places(view),
    }


def at_counter(view: Snapshot, counter: str) -> tuple[str | None, Standing | None]:
    """The number that is called to a counter or served there, and which of the two; twice None: nobody's."""
    here = in_hand(view).get(counter)
    if here is None:
        return None, None
    return here.number, "serving" if here.state is State.SERVING else "called"


def unoccupied(state: CounterState) -> Standing:
    """What a counter does at which nobody is called or served."""
    if state.officer is None:
        return "closed"
    return "break" if state.on_break else "idle"


class Boards:
    """Boards for everybody who asks at once: one is made for each revision, however many screens come back together.

    The revision is read from the database each time, so that a board is never older than what is committed.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[int, int], datetime, Board]] = {}

    def __call__(self, view: Snapshot) -> Board:
        """The board of this snapshot."""
        stamp, kept = (view.epoch, view.revision), self._kept.get(view.site.id)
        if kept and kept[0] == stamp and kept[1] <= view.now < kept[1] + _KEPT:
            return kept[2]
        document = board(view)
        self._kept[view.site.id] = (stamp, view.now, document)
        return document


def _counters(view: Snapshot) -> list[BoardCounter]:
    states, nobody = counters_now(view), CounterState("")
    out: list[BoardCounter] = []
    for counter in view.site.counters.values():
        state = states.get(counter.id, nobody)
        number, shown = at_counter(view, counter.id)
        out.append(
            {
                "id": counter.id,
                "name": counter.name,
                "open": state.officer is not None,
                "state": shown or unoccupied(state),
                "number": number,
                "interruption": of_counter_id(view, counter.id),
                "until": iso(state.break_until),
            }
        )
    return out


def _service(view: Snapshot, waits: Waits, id: str, used: dict[str, int]) -> BoardService:
    service = view.site.services[id]
    found = availability(view.site, id, view.now, day=view.day, used=used, **day_facts(view))
    return {
        "id": id,
        "name": service.name["id"],
        "prefix": service.prefix,
        "waiting": waits.count(id),
        "people_waiting": waits.people_waiting(id),
        "open": found.open,
        "estimate": waits.estimate_now(id),
    }
