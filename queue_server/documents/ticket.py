"""One ticket: as its holder may see it, and as its officer sees it."""

from typing import Annotated

from pydantic import Field

from ..domain.ticket import State
from ..domain.verbs import Verb
from .carrying import CarriedFrom, KeptPlace
from .interruptions import Interruption
from .notices import Notice
from .shared import Count, Estimate, Instant, OfClass, Stamped
from .site import SitePaper


class BareTicket(OfClass, Stamped):
    """A ticket's own facts: what both may see."""

    id: str
    number: str
    site: str
    service: str
    people: Annotated[Count, Field(description="that came with it")]
    state: State
    issued_at: Instant
    since: Annotated[Instant, Field(description="when it came into its state: for one that is called, when that was")]
    called_at: Annotated[Instant | None, Field(description="by whomever it was called first")]
    counter: str | None
    calls: Annotated[Count, Field(description="how often the last counter that called it did so; 0: never")]
    ahead: int | None
    estimate: Estimate | None
    callable_from: Annotated[
        Instant | None, Field(description="booked, and here before that: not called earlier; null from then on")
    ]
    return_until: Annotated[
        Instant | None,
        Field(description="who was missed, or fetches missing papers, and is back by then, keeps their place"),
    ]
    missing: Annotated[list[SitePaper], Field(description="the papers that were found missing last")]
    carried: Annotated[KeptPlace | None, Field(description="it ended, for its holder has a place on another day")]


class TicketWithoutToken(BareTicket):
    """A ticket as its holder may see it, but for the secret that proves who holds it."""

    people_ahead: Annotated[int | None, Field(description="as ahead, but of people: a group's number is one")]
    counters_open: Annotated[int | None, Field(description="that serve it, while it waits; 0: nobody can call it now")]
    back_at: Annotated[Instant | None, Field(description="when the first of them is back, if all that are open rest")]
    last_called: Annotated[str | None, Field(description="while it waits: the number of its service called last today")]
    carried_from: Annotated[
        CarriedFrom | None, Field(description="what its holder had when a hall gave up for the day")
    ]
    escort: Annotated[bool, Field(description="its holder asked to be guided to the counter")]
    can: Annotated[list[Verb], Field(description="what its holder can do with it now")]
    asks_origin: Annotated[bool, Field(description="its holder may be asked from where they come (site.origins)")]
    interruptions: Annotated[list[Interruption], Field(description="those because of which it may wait longer")]
    notices: Annotated[list[Notice], Field(description="for its holder's phone")]


class Ticket(TicketWithoutToken):
    """A ticket, as its holder may see it."""

    token: str
    url: str
    word: Annotated[
        str, Field(description="four letters by which a tablet in the hall knows its holder, with the number")
    ]


class DeskTicket(BareTicket):
    """A ticket as its officer sees it: no token, no link."""

    served_at: Instant | None
    escort: Annotated[bool, Field(description="the visitor asked to be guided to the counter; for staff alone")]
    wish: Annotated[str | None, Field(description="the counter that a transfer wished for")]
    target_s: int | None


class AsideTicket(DeskTicket):
    """One that was set aside or missed, in the lists of a counter."""

    can: Annotated[list[Verb], Field(description="what can be done with it at that counter now")]


class HeldTicket(AsideTicket):
    """One that its officer has set aside."""

    held_at: Instant
