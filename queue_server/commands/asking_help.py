"""An officer asks for help without a word, and whoever helps says that they come."""

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.fold import CounterState
from ..domain.rights import Act, require
from ..domain.staffing_events import OfHelp
from ..domain.verbs import Verb
from ..store import counters
from ..store.ids import new_id
from ..store.transaction import Transaction, record
from .desk import seat


def ask(tx: Transaction, counter_id: str) -> None:
    """Ask those who help in the hall to come; asking again changes nothing while nobody has said that they do."""
    _, state = seat(tx, counter_id, Verb.HELP)
    if not state.asks_help:
        record(tx, Kind.HELP_ASKED, counter=state, detail=OfHelp(help=new_id()))


def come(tx: Transaction, help: str) -> CounterState:
    """Say that one comes; who said so first is who comes. The counter as it is then.

    Raises ``not_found`` for what nobody asks any more, ``forbidden`` for who does not help there.
    """
    found = [one for one in counters.of_site(tx.conn, tx.site_id).values() if one.help == help]
    if not found or found[0].id not in tx.config.counters:
        raise QueueError(Code.NOT_FOUND)
    require(tx.actor, Act.HELP, tx.site_id, tx.config.counters[found[0].id].agency)
    if found[0].asks_help:
        record(tx, Kind.HELP_COMES, counter=found[0], detail=OfHelp(help=help))
    return tx.counters.get(found[0].id, found[0])


def come_to(tx: Transaction, counter_id: str) -> None:
    """The same of whatever is asked at a counter now. Raises as ``come``."""
    state = counters.get(tx.conn, tx.site_id, counter_id)
    come(tx, state.help if state and state.help else "")
