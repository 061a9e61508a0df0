"""The counters whose officers ask for help, as those who come are told."""

from ..documents.desk import Coming, Help
from ..domain.fold import CounterState
from ..domain.rights import Act, may
from ..domain.roles import Actor
from ..store import accounts
from .snapshot import Snapshot
from .standing import counters_now
from .ticket import iso


def help_asked(view: Snapshot, state: CounterState) -> Help | None:
    """What a counter asks; None: nothing."""
    if state.help is None or state.help_since is None:
        return None
    comes: Coming | None = None
    if state.helper is not None and state.helped_at is not None:
        comes = {"by": accounts.name_of(view.conn, state.helper), "at": iso(state.helped_at)}
    return {"id": state.help, "counter": state.id, "since": iso(state.help_since), "acknowledged": comes}


def help_wanted(view: Snapshot, reader: Actor) -> list[Help]:
    """Where nobody comes yet, of those whom the reader may help; the longest first."""
    there = view.site.counters
    asking = [
        asked
        for state in counters_now(view).values()
        if state.asks_help and state.id in there and may(reader, Act.HELP, view.site.id, there[state.id].agency)
        if (asked := help_asked(view, state))
    ]
    return sorted(asking, key=lambda one: one["since"])
