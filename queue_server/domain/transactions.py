"""What was done in one visit: several transactions, each with its outcome, as often as it was done."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from .errors import Code, QueueError
from .papers import missing_papers, outcome_for
from .site import Service

MOST = 20  # of one visit


class Done(TypedDict):
    """One of them as the record has it: ``missing`` are papers by their ids."""

    outcome: str | None
    quantity: int
    missing: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Transacted:
    """One of them as it is told."""

    outcome: str | None = None
    quantity: int = 1
    missing: tuple[str, ...] = ()


def transactions(service: Service | None, asked: Iterable[Transacted]) -> list[Done]:
    """As they are recorded. Raises ``unknown_outcome``, ``unknown_paper`` for what is not the service's."""
    return [_done(service, one) for one in asked]


def _done(service: Service | None, one: Transacted) -> Done:
    if one.outcome is not None and (service is None or one.outcome not in service.outcomes):
        raise QueueError(Code.UNKNOWN_OUTCOME, outcome=one.outcome)
    papers = missing_papers(service, one.missing, one.outcome)
    outcome = one.outcome if one.outcome is not None else outcome_for(service, papers)
    done = Done(outcome=outcome, quantity=one.quantity)
    if papers:
        done["missing"] = [*papers]
    return done


def in_all(done: Sequence[Done]) -> tuple[str | None, int, tuple[str, ...]]:
    """The visit as one: the first outcome, how many transactions, and every paper that was missing, each once."""
    papers = dict.fromkeys(paper for one in done for paper in one.get("missing", ()))
    return done[0]["outcome"], sum(one["quantity"] for one in done), tuple(papers)


def by_outcome(finished: Mapping[str, Any]) -> Counter[str | None]:
    """outcome -> how often, by the detail of a visit's end; None: nobody said which. A visit is at least one."""
    each = finished.get("transactions") or [
        {"outcome": finished.get("outcome"), "quantity": finished.get("quantity") or 1}
    ]
    count: Counter[str | None] = Counter()
    for one in each:
        count[one["outcome"]] += one["quantity"]
    return count
