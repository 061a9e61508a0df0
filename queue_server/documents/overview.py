"""What leaders are told of a hall: figures alone. No officer, no visitor, no number, nothing that somebody wrote."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .shared import Class, Count, Document, Instant, Stamped, Words

TopicKind = Literal["over_target", "nobody_open", "quota"]


class OverviewLine(Document):
    """The people who wait for one service; ``first``: the earliest issue among them."""

    service: str
    name: Words
    waiting: Count
    first: Instant


class OverviewAgency(Document):
    """An agency's lines and counters."""

    id: str
    name: Annotated[str, Field(description="the short one")]
    color: str | None
    waiting: Count
    people_waiting: Annotated[Count, Field(description="waiting counts numbers; a group's number is one")]
    first: Annotated[Instant | None, Field(description="the earliest issue among those who wait")]
    counters: Count
    counters_open: Annotated[Count, Field(description="with an officer who is on no break")]
    lines: Annotated[list[OverviewLine], Field(description="of services that somebody waits for, the longest first")]


_OfOneClass = TypedDict("_OfOneClass", {"class": Class | None})  # a key that is a word of Python's


class Topic(_OfOneClass, Document):
    """Something that the hall will be asked about; of a service, never of a counter or whoever sits there."""

    id: Annotated[str, Field(description="the same for the same matter, as long as it lasts")]
    kind: TopicKind
    service: str
    name: Words
    since: Instant | None
    count: Annotated[Count, Field(description="people who wait, or are served longer than promised; numbers left")]
    quota: int | None


class Overview(Stamped):
    """A whole site at one glance, for its leaders and for a lobby."""

    site: str
    now: Instant
    day: str | None
    day_closed: bool
    open_until: Annotated[
        Instant | None, Field(description="numbers are given until then, whatever hours and calendar say")
    ]
    waiting: Count
    people_waiting: Annotated[Count, Field(description="waiting counts numbers; a group's number is one")]
    first: Annotated[Instant | None, Field(description="the earliest issue among those who wait")]
    serving: Annotated[Count, Field(description="counters with somebody served")]
    counters: Count
    counters_open: Annotated[Count, Field(description="with an officer who is on no break")]
    agencies: list[OverviewAgency]
    topics: list[Topic]
