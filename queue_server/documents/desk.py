"""What an officer is told at the counter."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from ..domain.staffing_events import BreakReason
from ..domain.verbs import Verb
from .interruptions import Interruption
from .shared import Document, Instant, OfClass, Stamped
from .ticket import AsideTicket, DeskTicket, HeldTicket


class DeskWaiting(Document):
    """One of the counter's services."""

    service: str
    count: int
    longest_wait_s: int


class Upcoming(OfClass, Document):
    """One whom the counter would call."""

    number: str
    service: str
    people: int
    escort: bool
    waited_s: Annotated[int, Field(description="when the document was written")]
    wish: Annotated[str | None, Field(description="the counter that a transfer wished for")]
    can: Annotated[list[Verb], Field(description="what can be done with it at that counter now")]


class Early(Document):
    """One who has booked, came early, and sits beside the line: nobody is to call them before their time."""

    number: str
    service: str
    callable_from: Instant


class Served(Document):
    """One of the officer's last tickets."""

    number: str
    outcome: str | None
    service_s: int


class Mine(Document):
    """The officer's own day."""

    served: int
    median_service_s: int | None
    within_target: float | None
    within_target_percent: int | None
    last: Annotated[list[Served], Field(description="newest first")]


class Overseen(Document):
    """What a colleague, a supervisor or the front desk last did at a counter of somebody else's.

    Until that one acts there again.
    """

    verb: Literal["close", "take-over", "hold", "return", "no-show", "cancel"]
    number: str | None
    by: str | None
    by_id: str | None
    officer_id: Annotated[str | None, Field(description="whose counter it was")]
    reason: Annotated[str | None, Field(description="told to the one whose counter it was, and to who acted")]
    at: Instant
    revision: int


class Break(Document):
    """The break that a counter's officer is on."""

    since: Instant
    until: Annotated[Instant | None, Field(description="when the officer means to be back")]
    reason: BreakReason


class Note(Document):
    """What a colleague wrote about the visitor."""

    at: Instant
    by: str | None
    counter: str | None
    text: str


class Notes(Document):
    """All that is still kept of one number, the first one first."""

    notes: list[Note]


class Coming(Document):
    """The one who comes to a counter that asked for help, and since when that is known."""

    by: str | None
    at: Instant


class Help(Document):
    """A counter's officer has asked for help; told to staff alone."""

    id: str
    counter: str
    since: Instant
    acknowledged: Annotated[Coming | None, Field(description="who comes; null: nobody has said so")]


_WithBreak = TypedDict("_WithBreak", {"break": Break | None})  # a key that is a word of Python's


class Desk(_WithBreak, Stamped):
    """What an officer needs at one glance."""

    site: str
    counter: str
    open: bool
    officer: Annotated[str | None, Field(description="the name of whoever has it open")]
    officer_id: Annotated[str | None, Field(description="whose account that is: two may bear one name")]
    ticket: DeskTicket | None
    since: Instant | None
    waiting: list[DeskWaiting]
    upcoming: list[Upcoming]
    early: Annotated[list[Early], Field(description="of its services, whose time comes first; not in `waiting`")]
    held: list[HeldTicket]
    no_shows: list[AsideTicket]
    can: Annotated[list[Verb], Field(description="by whoever has the counter open, or may open a closed one")]
    overseer_can: Annotated[list[Verb], Field(description="by a supervisor, while somebody else has the counter open")]
    colleague_can: Annotated[list[Verb], Field(description="by any officer, while somebody else has the counter open")]
    undo_until: Instant | None
    undo_number: Annotated[str | None, Field(description="whose call or transfer that is")]
    undo_left_s: Annotated[int | None, Field(description="seconds until then, when the document was written")]
    recalls: int
    notes: Annotated[
        list[Note] | None, Field(description="about the visitor there; null: there are some, told to the officer alone")
    ]
    help: Help | None
    break_longest_s: Annotated[int, Field(description="how long a break may last that begins now, or has begun")]
    mine: Annotated[Mine, Field(description="of whoever has the counter open")]
    interruptions: Annotated[list[Interruption], Field(description="of the counter, or of what it serves")]
    overseen: Overseen | None
    close_reason: Annotated[bool, Field(description="people wait within hours: whoever closes it says why")]
    shut: Annotated[str | None, Field(description="why nobody can come to this counter any more today")]
    recorded: NotRequired[
        Annotated[bool, Field(description="only where a key was asked for: was its request carried out?")]
    ]
