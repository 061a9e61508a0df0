"""The registers of a survey: what is done about an element, and where a result was published.

Both are published themselves. They earn points where services are judged (PEKPPP form F-02, items 6 to 9; the ZI sheet,
VI.iv), and both want dates and proof. An office or a post answers for an act: no person's name is asked for.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from .errors import Code, QueueError
from .followup_events import FollowupSet, PublicationSet
from .plain_text import one_line
from .privacy import refuse_identity_number
from .site import Site
from .survey import Element
from .survey_period import quarter

PublicationKind = Literal["print", "screen", "social", "website", "app", "billboard", "other"]
KINDS: tuple[PublicationKind, ...] = get_args(PublicationKind)
MOST_LETTERS = 300
MOST_OF_PERIOD = 60


@dataclass(frozen=True, slots=True)
class Followup:
    """A follow-up as somebody writes it down, before it is checked."""

    period: str
    element: Element
    act: str
    who: str
    due: date
    agency: str | None = None
    done: date | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A publication as somebody writes it down."""

    period: str
    kind: PublicationKind
    medium: str
    day: date
    proof: str | None = None


def followup(site: Site, id: str, said: Followup, today: date) -> FollowupSet:
    """Raises ``invalid`` with the field: a text that says nothing or names somebody, a day that is still to come."""
    quarter(said.period)
    if said.agency is not None and said.agency not in site.agencies:
        raise QueueError(Code.INVALID, field="agency")
    found: FollowupSet = {
        "id": id,
        "period": said.period,
        "element": said.element,
        "act": _text("act", said.act),
        "who": _text("who", said.who),
        "due": said.due.isoformat(),
    }
    if said.agency:
        found["agency"] = said.agency
    if said.done:
        found["done"] = _past("done", said.done, today)
    if said.proof:
        found["proof"] = _text("proof", said.proof)
    return found


def publication(id: str, said: Published, today: date) -> PublicationSet:
    """Raises as ``followup``."""
    quarter(said.period)
    found: PublicationSet = {
        "id": id,
        "period": said.period,
        "kind": said.kind,
        "medium": _text("medium", said.medium),
        "day": _past("day", said.day, today),
    }
    if said.proof:
        found["proof"] = _text("proof", said.proof)
    return found


def state(due: date, done: date | None, today: date) -> Literal["planned", "late", "done"]:
    """How a follow-up stands."""
    if done is not None:
        return "done"
    return "late" if today > due else "planned"


def _text(field: str, said: str) -> str:
    text = one_line(field, said, MOST_LETTERS)
    refuse_identity_number(field, text)
    return text


def _past(field: str, day: date, today: date) -> str:
    if day > today:
        raise QueueError(Code.INVALID, field=field, reason="still_to_come")
    return day.isoformat()
