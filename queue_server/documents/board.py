"""What everybody in the hall may see: calls, counters, queues."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from ..domain.events import CallKind
from .carrying import KeptPlaces
from .interruptions import Interruption
from .notices import Notice
from .shared import At, Boxes, Document, Estimate, Instant, Range, Stamped

Standing = TypeAliasType("Standing", Literal["idle", "called", "serving", "break", "closed"])


class Clips(Document):
    """Names of the voice clips of a call: the whole announcement, and number and counter only."""

    id: list[str]
    id_short: list[str]


class Call(At):
    """One occurrence: a number is called to a counter. Announced once, never replaced."""

    previous: Annotated[int, Field(description="revision of the call before this one; 0: there was none")]
    number: str
    counter: str
    counter_name: str
    service: str
    kind: CallKind
    called_at: Instant
    expires_at: Instant
    clips: Clips


class Calls(Stamped):
    """Today's calls after a revision, oldest first."""

    last_call: int
    calls: list[Call]


class BoardCounter(Document):
    """What a counter does now."""

    id: str
    name: str
    open: bool
    state: Standing
    number: str | None
    interruption: Annotated[str | None, Field(description="because of which it cannot work")]
    until: Annotated[Instant | None, Field(description="of a break: when the officer means to be back")]


class BoardService(Document):
    """How many wait for a service."""

    id: str
    name: str
    prefix: str
    waiting: int
    people_waiting: Annotated[int, Field(description="waiting counts numbers; a group's number is one")]
    open: bool
    estimate: Estimate | None


class Board(Stamped):
    """What a wall shows."""

    site: str
    last_call: int
    now: Instant
    counters: list[BoardCounter]
    recent: Annotated[list[Call], Field(description="newest first, each number once")]
    services: list[BoardService]
    interruptions: list[Interruption]
    notices: Annotated[list[Notice], Field(description="that are not over, in the order in which they are told")]
    carried: Annotated[list[KeptPlaces], Field(description="places that are kept on days to come")]


class Queue(Stamped):
    """The waiting numbers of a service in the order of arrival; ``places``: how many are called before each."""

    site: str
    service: str
    order: list[str]
    places: list[int]
    people_places: Annotated[list[int], Field(description="as places, but of people: a group's number is one")]
    counters_open: Annotated[int, Field(description="that serve it; 0: nobody can call now")]
    back_at: Annotated[Instant | None, Field(description="when the first of them is back, if all that are open rest")]
    estimates: Annotated[list[Range | None], Field(description="of each: from, to, in seconds")]
    minutes: Annotated[list[Range | None], Field(description="the same as people are told them")]
    boxes: Annotated[list[Boxes | None], Field(description="of each: as in an estimate")]
    last_called: Annotated[str | None, Field(description="the number of the service that was called last today")]
    interruptions: Annotated[list[Interruption], Field(description="those because of which they may wait longer")]
    notices: Annotated[list[Notice], Field(description="for the phones of those who wait")]


class Beat(Stamped):
    """The heartbeat."""

    last_call: int
    now: Instant
    build: str
