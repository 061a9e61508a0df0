"""A service ends: how, how often, for want of which papers, and with which words for those who come after."""

from collections.abc import Sequence

from ..domain.errors import Code, QueueError
from ..domain.events import Finished
from ..domain.fold import CounterState, Ticket
from ..domain.papers import missing_papers, outcome_for
from ..domain.transactions import Transacted, in_all, transactions
from ..domain.verbs import Verb
from ..store.transaction import Transaction
from .desk import act


def end_service(
    tx: Transaction,
    ticket: Ticket,
    state: CounterState,
    outcome: str | None,
    quantity: int | None,
    note: str | None,
    missing: Sequence[str] = (),
    done: Sequence[Transacted] = (),
) -> None:
    """Record the end of a service.

    Raises ``invalid``, ``unknown_paper``, ``unknown_outcome``, ``illegal_transition``.
    """
    service = tx.config.services.get(ticket.service)
    detail = Finished()
    if done:
        if outcome is not None or quantity is not None or missing:
            raise QueueError(Code.INVALID, field="transactions")  # said twice: which of the two would count?
        detail["transactions"] = transactions(service, done)
        outcome, quantity, papers = in_all(detail["transactions"])
    else:
        if outcome is not None and (service is None or outcome not in service.outcomes):
            raise QueueError(Code.INVALID, field="outcome")
        papers = missing_papers(service, missing, outcome)
        outcome = outcome if outcome is not None else outcome_for(service, papers)
    if papers or ticket.missing:
        detail["missing"] = [*papers]
    if note:
        detail["noted"] = True
    if outcome is not None:
        detail["outcome"] = outcome
    if quantity is not None:
        detail["quantity"] = quantity
    act(tx, Verb.FINISH, ticket, state, detail=detail, private={"note": note})
