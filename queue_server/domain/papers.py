"""Which papers were missing: of the service's own list, so that they can be counted, and read in every language.

A visitor who lacks some may be set aside with the right to come back that day, in the old place; who does not come
back has not given up, and their number ends with the outcome ``papers``.
"""

from collections.abc import Iterable

from .carry import CARRIED
from .errors import Code, QueueError
from .site import Service
from .ticket import State

PAPERS = "papers"  # the outcome of a number whose holder did not come back with them
MOST = 20  # papers of one visit
_ONE = "kurang-"  # an outcome of this beginning names the paper that was missing
_SOME = "berkas-kurang"  # the shipped halls' outcome for several


def missing_papers(service: Service | None, asked: Iterable[str], outcome: str | None = None) -> tuple[str, ...]:
    """The papers that were missing, in the order of the service's list, each once.

    An outcome that names one of them (``kurang-KTP``) says it too. Raises ``unknown_paper``.
    """
    known = service.papers if service else {}
    asked = {*asked}
    if unknown := sorted(asked - known.keys()):
        raise QueueError(Code.UNKNOWN_PAPER, paper=unknown[0])
    named = outcome.removeprefix(_ONE) if outcome and outcome.startswith(_ONE) else None
    return tuple(paper for paper in known if paper in asked or paper == named)


def outcome_for(service: Service | None, missing: tuple[str, ...]) -> str | None:
    """How a visit ended that ended for want of these, where nobody said it: by the hall's own outcomes."""
    offered = service.outcomes if service else ()
    words = (*(f"{_ONE}{paper}" for paper in missing if len(missing) == 1), *((_SOME,) if missing else ()))
    return next((word for word in words if word in offered), None)


def expires_as(state: State, missing: Iterable[str]) -> str | None:
    """With which outcome a number expires when the day closes; None: it has none."""
    return PAPERS if state is State.HELD and [*missing] else None


def ended_as(state: State, outcome: str | None) -> str:
    """How an ended number counts: whoever lacked papers and did not come back has not given up, nor has whoever has a
    place on another day."""
    return outcome if state is State.EXPIRED and outcome in (PAPERS, CARRIED) else state.value
