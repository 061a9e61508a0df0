"""Interruptions: those that last, for everybody; and those of past days, for staff."""

from typing import Annotated, NotRequired

from pydantic import Field

from ..domain.interruption import Issuing, Reason
from .shared import Document, Instant


class InterruptionScope(Document):
    """What it concerns: one of the three, or none for the whole site."""

    agency: NotRequired[str]
    service: NotRequired[str]
    counter: NotRequired[str]


class Interruption(Document):
    """Something that cannot work; it lasts."""

    id: str
    scope: InterruptionScope
    reason: Reason
    notice: Annotated[str | None, Field(description="in staff's own words, for everybody")]
    since: Instant
    until: Annotated[Instant | None, Field(description="what is announced; it ends nothing")]
    issuing: Annotated[Issuing, Field(description="whether numbers are given: as ever, with a warning, or not at all")]
    confirmed: Annotated[bool, Field(description="a supervisor stands for it")]
    rejected: Annotated[bool, Field(description="a supervisor looked at it, and does not stand for it")]


class PastInterruption(Interruption):
    """One of the record, with its end."""

    day: str
    ended_at: Annotated[Instant | None, Field(description="null: it lasts")]
    entered_later: bool
    by: Annotated[str | None, Field(description="who began it; null: their name is not for the reader")]


class Interruptions(Document):
    """A site's interruptions from one day to another, the latest first."""

    site: str
    interruptions: list[PastInterruption]
