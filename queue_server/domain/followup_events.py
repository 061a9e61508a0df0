"""What the registers of a survey tell, as it lies in the record: never a name of a person; who answers for it is an
office or a post."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict


class SurveyClosed(TypedDict):
    """A quarter's figures, frozen. ``result``: as they were published; ``digest``: of the answers they were made of."""

    quarter: str
    version: int
    result: Mapping[str, Any]
    digest: str


class FollowupSet(TypedDict):
    """All of one follow-up; the same id again: it is another now. Days as ISO dates, instants nowhere."""

    id: str
    period: str
    element: str
    act: str
    who: str
    due: str
    agency: NotRequired[str]
    done: NotRequired[str]
    proof: NotRequired[str]


class PublicationSet(TypedDict):
    """All of one publication."""

    id: str
    period: str
    kind: str
    medium: str
    day: str
    proof: NotRequired[str]
