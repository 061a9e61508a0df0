"""Places that are kept on days to come, for whoever waited when a hall gave up for the day."""

from typing import Annotated

from pydantic import Field

from .shared import Count, Document, Instant


class KeptPlaces(Document):
    """The places of a service on a day: how many numbers, and people with them."""

    service: str
    day: str
    opens_at: Annotated[Instant, Field(description="when they are let in, ahead of everybody else")]
    numbers: Count
    people: Count
    since: Annotated[str, Field(description="the day on which they waited in vain")]


class CarryOver(Document):
    """The places that are kept by giving up for the day, or would be now."""

    places: list[KeptPlaces]
    numbers: Count
    people: Count


class KeptPlace(Document):
    """The place of one whose number ended."""

    day: str
    number: str
    callable_from: Annotated[Instant | None, Field(description="when it is let in; null: it was, or nobody knows yet")]


class CarriedFrom(Document):
    """The number that its holder had on an earlier day."""

    day: str
    number: str
