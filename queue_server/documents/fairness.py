"""The order of a period: who was overtaken, and every turn that came out of it."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from .figures import OutOfOrder
from .shared import OF_THE_LIST, Count, Document, Instant, Overtakes, ReasonCode, Words

_From = TypedDict("_From", {"from": str})  # a key that is a word of Python's


class FairnessDay(Document):
    """A service's visitors of one day: how often they were overtaken, and how often they overtook."""

    day: str
    service: str
    name: Annotated[Words, Field(description="what the service was called on that day")]
    overtakes: Overtakes
    out_of_order: Annotated[Count, Field(description="of those suffered: by a turn that the wheels did not give")]


class TurnOutOfOrder(OutOfOrder):
    """With who gave the turn, and why in their words: for those who answer for the hall, else null."""

    day: str
    by: str | None
    reason: Annotated[str | None, Field(description="null, too, once it was purged")]
    reason_code: Annotated[ReasonCode | None, Field(description=OF_THE_LIST)]


class FairnessReport(_From, Document):
    """How often somebody was called before one who had come earlier; a pair of visitors counts once a day."""

    site: str
    to: str
    agency: str | None
    service: str | None
    made_at: Instant
    days: Annotated[Count, Field(description="on which anything is recorded")]
    overtakes: Overtakes
    out_of_order: Count
    visitors: Annotated[Count, Field(description="who were overtaken at least once")]
    most: Annotated[Count, Field(description="how often the one was that was overtaken most")]
    rows: list[FairnessDay]
    calls: Annotated[list[TurnOutOfOrder], Field(description="oldest first")]
