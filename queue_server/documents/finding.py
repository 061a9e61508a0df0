"""Numbers of a day, found and looked at by staff."""

from typing import Annotated, Literal

from pydantic import Field

from ..domain.verbs import Verb
from .carrying import CarriedFrom
from .shared import Class, Count, Document, Estimate, Instant, Overtakes
from .ticket import DeskTicket

StayKind = Literal["early", "wait", "walk", "service", "hold", "away"]


class FoundTickets(Document):
    """A page of the tickets that fit, the newest first; ``total``: how many fit."""

    tickets: list[DeskTicket]
    total: Count


class Stay(Document):
    """A stretch of a ticket's life: ``end`` null: it still lasts."""

    kind: StayKind
    start: Instant
    end: Instant | None
    counter: str | None
    service: str | None


class CallOfTicket(Document):
    """A time that the number was announced; ``taken_back``: it was undone."""

    at: Instant
    kind: Literal["call", "recall"]
    counter: str | None
    taken_back: bool


class ClassChange(Document):
    """Another class; never why."""

    at: Instant
    was: Class
    to: Class


class TicketStory(Document):
    """One ticket of a day, all that staff may know of it; place and estimate only while it waits."""

    ticket: DeskTicket
    carried_from: Annotated[
        CarriedFrom | None, Field(description="what its holder had when a hall gave up for the day")
    ]
    ahead: int | None
    people_ahead: int | None
    estimate: Estimate | None
    counters_open: Annotated[int | None, Field(description="that serve it, while it waits")]
    stays: list[Stay]
    calls: list[CallOfTicket]
    classes: list[ClassChange]
    overtakes: Overtakes
    notes: Annotated[bool, Field(description="whether somebody wrote a note about it")]
    can: Annotated[list[Verb], Field(description="what the reader can do with it by number now")]
