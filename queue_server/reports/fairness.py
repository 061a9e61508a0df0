"""How fair a day was: who was called before somebody that had come earlier, by the order or out of it.

The published order (``domain/order.py``) calls priority and booked visitors ahead of their arrival; a call by number is
out of order, and its reason is kept with it. Counted by ``domain/overtakes.py``; nobody is named.
"""

from collections import Counter as Tally
from collections.abc import Collection, Iterable

from ..documents.figures import Fairness, OutOfOrder
from ..domain.fold import Event
from ..domain.overtakes import Ledger, Passing
from ..domain.site import Site
from ..queries.overtaking import serves


def fairness(site: Site, happened: Iterable[Event], mine: Collection[str]) -> Fairness:
    """A day's events, told for the services that are ``mine``: each side of a pair counts where its visitor stood."""
    ledger = Ledger(serves(site)).after(happened)
    suffered = Tally(one.whom.service for one in ledger.overtakings)
    made = Tally(one.who.service for one in ledger.overtakings)
    ours = [one for one in ledger.overtakings if one.whom.service in mine]
    visitors = Tally(one.whom.id for one in ours)
    return {
        "overtakes": {"suffered": len(ours), "made": sum(made[service] for service in mine)},
        "out_of_order": sum(one.how != "next" for one in ours),
        "visitors": len(visitors),
        "most": max(visitors.values(), default=0),
        "services": [
            {"id": id, "overtakes": {"suffered": suffered[id], "made": made[id]}}
            for id in mine
            if suffered[id] or made[id]
        ],
        "calls": [call for turn in ledger.passings.values() if (call := out_of_order(turn, mine)) is not None],
    }


def out_of_order(turn: Passing, mine: Collection[str]) -> OutOfOrder | None:
    """A turn as a document, if the wheels did not give it and one of these services' visitors was there."""
    return _call(turn) if turn.how != "next" and _concerns(turn, mine) else None


def _concerns(turn: Passing, mine: Collection[str]) -> bool:
    return any(one.service in mine for one in (turn.ticket, *turn.passed))


def _call(turn: Passing) -> OutOfOrder:
    return {
        "at": turn.at.isoformat(),
        "number": turn.ticket.number,
        "service": turn.ticket.service,
        "counter": turn.counter,
        "how": "number" if turn.how == "number" else "walk_in",
        "passed": [one.number for one in turn.passed],
    }
