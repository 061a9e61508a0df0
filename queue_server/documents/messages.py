"""What is said over a socket, both ways."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field

from ..domain.errors import Code
from .board import Beat, Board, Call, Queue
from .desk import Desk
from .shared import Document
from .ticket import Ticket


class Greeting(Document):
    """What a screen says of itself when it connects; the rooms that it may hear are the server's choice."""

    screen: Literal["wall", "counter", "supervisor", "desk", "phone"]
    site: NotRequired[Annotated[str, Field(description="of all but phones, whose ticket knows it")]]
    counter: NotRequired[Annotated[str, Field(description="of an officer's page and a counter's display")]]
    zone: NotRequired[Annotated[str | None, Field(description="of a wall that shows one zone")]]
    token: NotRequired[Annotated[str, Field(description="of a phone: the secret in its ticket's link")]]


class Refusal(Document):
    """Why a screen is not connected."""

    message: Code


class Seen(Document):
    """A display's answer to a beat."""

    revision: Annotated[int, Field(ge=0, lt=2**63, description="the newest that it has shown")]
    sound: Annotated[bool | str | None, Field(description="does its sound work? null: it is not meant to have any")]


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message. ``tells``: the server says it, else a screen does."""

    shape: Any
    summary: str
    tells: bool = True


MESSAGES: dict[str, Message] = {
    "board": Message(Board, "What a wall shows, whole; a newer revision replaces it."),
    "queue": Message(Queue, "The line of a service, to the phones of those who stand in it."),
    "ticket": Message(Ticket, "A ticket, to its holder's phone."),
    "desk": Message(Desk, "A counter's desk, to its officer's page."),
    "call": Message(Call, "A number is called: told at once, never merged, to everybody who hears the board."),
    "beat": Message(Beat, "Every ten seconds, so that a lost last message is noticed."),
    "connect_error": Message(Refusal, "In the place of all others: the greeting is refused."),
    "connect": Message(Greeting, "The data of Socket.IO's CONNECT packet.", tells=False),
    "seen": Message(Seen, "A display answers a beat. Who says anything else is hung up on.", tells=False),
}
