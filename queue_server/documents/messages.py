"""What is said over a socket, both ways."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field

from ..domain.errors import Code
from .board import Beat, Board, Call, Queue
from .desk import Desk
from .devices import Ask, Enrolled
from .shared import Document
from .ticket import Ticket


class Greeting(Document):
    """What a screen says of itself when it connects; the rooms that it may hear are the server's choice."""

    screen: Literal["wall", "counter", "device", "supervisor", "overview", "desk", "phone"]
    site: NotRequired[Annotated[str, Field(description="of all but phones, whose ticket knows it")]]
    counter: NotRequired[Annotated[str, Field(description="of an officer's page and a counter's display")]]
    zone: NotRequired[Annotated[str | None, Field(description="of a wall that shows one zone")]]
    token: NotRequired[Annotated[str, Field(description="of a phone: the secret in its ticket's link")]]


class Refusal(Document):
    """Why a screen is not connected."""

    message: Code


class TestResult(Document):
    """What came of a test that it was asked for."""

    id: Annotated[int, Field(ge=0, lt=2**31, description="of the asking")]
    ok: bool
    value: NotRequired[Annotated[int | None, Field(ge=-(2**31), lt=2**31)]]


class Seen(Document):
    """A display's answer to a beat; a screen of an older release says no more than the first two."""

    revision: Annotated[int, Field(ge=0, lt=2**63, description="the newest that it has shown")]
    sound: Annotated[bool | str | None, Field(description="does its sound work? null: it is not meant to have any")]
    build: NotRequired[Annotated[str, Field(max_length=32, description="of its page")]]
    screen: NotRequired[Annotated[str, Field(max_length=32, description="its size in pixels: 1920x1080")]]
    clock_s: NotRequired[Annotated[int, Field(ge=-(2**31), lt=2**31, description="how far its own clock is ahead")]]
    printer: NotRequired[Literal["ok", "trouble"]]
    paper: NotRequired[Literal["ok", "low", "out"]]
    test: NotRequired[TestResult]


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
    "device": Message(Enrolled, "What an enrolled screen is enrolled as, as soon as it is connected."),
    "ask": Message(Ask, "An enrolled screen is to do something where it stands; nobody else hears it."),
    "beat": Message(Beat, "Every ten seconds, so that a lost last message is noticed."),
    "connect_error": Message(Refusal, "In the place of all others: the greeting is refused."),
    "connect": Message(Greeting, "The data of Socket.IO's CONNECT packet.", tells=False),
    "seen": Message(Seen, "A display answers a beat. Who says anything else is hung up on.", tells=False),
}
