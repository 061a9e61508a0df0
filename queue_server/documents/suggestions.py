"""What a supervisor might do about a long line, and what came of what was done."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from ..domain.suggesting import Act
from .shared import Count, Document, Instant


class Why(Document):
    """How it stands now."""

    waiting: Annotated[Count, Field(description="how many wait for the service")]
    counters_open: Annotated[Count, Field(description="counters that call for it now")]
    person: Annotated[
        str | None, Field(description="who can do it: planned at the closed counter, or on a break there")
    ]
    back_at: Annotated[Instant | None, Field(description="of a break: until when it was announced")]


class Expected(Document):
    """Minutes within which nine of ten who wait now are called, from when they came."""

    before: Annotated[Count, Field(description="if nothing is done")]
    after: Annotated[Count, Field(description="if it is done")]


class How(Document):
    """How it was reckoned: the hall was played on so many times, each time with the same people and the same luck."""

    plays: Count
    near_percent: Annotated[int, Field(description="of the plays that ended within `within_percent` of `after`")]
    within_percent: int
    minutes_each: Annotated[float, Field(description="what one person of the service takes, of late and before")]
    opened_minutes: Annotated[int | None, Field(description="for how long a closed counter was opened in them")]


class Happened(Document):
    """What came of one that was taken."""

    done: Annotated[bool, Field(description="whether the record has it that the counter did so, or another served")]
    called: Annotated[Count, Field(description="how many of those who waited then have been called")]
    of: Count
    minutes: Annotated[
        int | None, Field(description="within which nine of ten of them were called; null while somebody still waits")
    ]


class Taken(Document):
    """That it was taken: by whom, when, and what came of it."""

    at: Instant
    by: str | None
    happened: Happened


class Suggestion(Document):
    """One to be taken or declined, or (`taken`) one that was taken today."""

    id: str
    act: Act
    counter: str
    service: str
    services: Annotated[list[str], Field(description="what the counter would serve")]
    why: Why | None
    expected: Expected
    how: How | None
    taken: Taken | None


# At most two to be answered, the best first; then those that were taken today, the latest first.
Suggestions = TypeAliasType("Suggestions", list[Suggestion])
