"""Short replies that are no state of the hall."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from ..domain.errors import Code
from .shared import Class, Document, Instant


class Device(Document):
    """What a device's token or cookie stands for now."""

    kind: Literal["kiosk", "display"] | None
    site: str | None


_Span = TypedDict("_Span", {"from": Instant, "until": Instant})  # a key that is a word of Python's
_From = TypedDict("_From", {"from": NotRequired[Annotated[Instant, Field(description="when the hall lets one in")]]})


class Problem(Document):
    """One thing that is wrong: where, and why, in the words of ``queue-server check``."""

    key: str
    reason: str
    line: NotRequired[Annotated[int, Field(description="of a list of bookings; 0: all of it")]]
    sheet: NotRequired[Annotated[str, Field(description="of a workbook")]]


class DoorRule(_Span):
    """When one who has booked comes in time."""


_OfAClass = TypedDict("_OfAClass", {"class": NotRequired[Class]})  # a key that is a word of Python's


class ErrorDetails(_OfAClass, _From, Document, total=False):
    """What a page may need to know of a refusal; which of it is there depends on the code."""

    field: Annotated[str, Field(description="of what was sent")]
    problem: Annotated[str, Field(description="what is wrong with it, in the words of the validation")]
    reason: str
    service: str
    services: Annotated[list[str], Field(description="that nobody would call from")]
    waiting: Annotated[int, Field(description="how many would be left waiting")]
    site: str
    counter: str
    number: str
    action: Annotated[str, Field(description="what is not done to a ticket in this state")]
    state: Annotated[str | None, Field(description="of the ticket; null: there is none")]
    opens_at: Annotated[Instant, Field(description="when numbers are given again")]
    since: Instant
    until: Instant
    holiday: str
    interruption: Annotated[str, Field(description="the one that lasts already")]
    hours_today: bool
    counters_open: int
    left: Annotated[int, Field(description="numbers that can still be given")]
    people: Annotated[int, Field(description="for how many a number was asked")]
    most: Annotated[int, Field(description="for how many one may be given")]
    clock: Annotated[str, Field(description="the date that the server would go by")]
    retry_after_s: int
    limit: Annotated[int, Field(description="how many it is at least")]
    paths: Annotated[list[str], Field(description="what somebody else has changed meanwhile, in the structure")]
    version: Annotated[int, Field(description="the version of the structure that holds")]
    slot: Annotated[Instant, Field(description="the time that was booked")]
    rule: DoorRule
    alternatives: Annotated[list[str], Field(description="the classes of which a number can be taken, and front_desk")]
    total: Annotated[int, Field(description="how many problems there are, if not all are listed")]
    problems: Annotated[list[Problem], Field(description="everything that is wrong with what was sent")]


class ErrorBody(Document):
    """What went wrong."""

    code: Code
    message: str
    details: NotRequired[ErrorDetails]


class Error(Document):
    """The one shape of an error."""

    error: ErrorBody
