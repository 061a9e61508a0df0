"""What those who keep a hall's kiosks and displays are told of them, and what each of these is told itself."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from ..domain.absence import Screen
from ..domain.devices import Act, State, Test
from .shared import Document, Instant


class LastTest(Document):
    """The last test that somebody asked for from afar."""

    at: Instant
    kind: Test
    ok: Annotated[bool | None, Field(description="null: it has not answered")]
    value: Annotated[int | None, Field(description="clock: s ahead; network: ms; picture: pictures a second")]


class Registered(Document):
    """An enrolled kiosk or display, and how it is."""

    id: str
    name: str
    kind: Literal["kiosk", "display"]
    state: State
    since: Annotated[Instant | None, Field(description="when that state began")]
    seen: Annotated[Instant | None, Field(description="last heard; null: never, or by another process right now")]
    build: Annotated[str | None, Field(description="of the page that it shows")]
    sound: Annotated[bool | None, Field(description="null: it is not meant to speak")]
    screen: Annotated[str | None, Field(description="its size in pixels: 1920x1080")]
    printer: Literal["ok", "trouble"] | None
    paper: Literal["ok", "low", "out"] | None
    video: Annotated[Literal["ok", "no", "slow"] | None, Field(description="whether it can play one; null: none was")]
    clock_s: Annotated[int | None, Field(description="how far its own clock is ahead")]
    shows: Screen | None
    counter: Annotated[str | None, Field(description="of a counter's display")]
    zone: str | None
    last_test: LastTest | None


# A site's enrolled kiosks and displays, by name.
Devices = TypeAliasType("Devices", list[Registered])


class Enrolled(Document):
    """As what a screen is enrolled."""

    id: str
    name: str
    kind: Literal["kiosk", "display"]
    site: str


class Pairing(Document):
    """A new screen's code, which it shows, and its secret, which it keeps."""

    code: str
    poll: str
    expires_at: Instant


class PairingWaits(Document):
    """Nobody has typed its code yet."""

    expires_at: Instant


class Paired(Enrolled):
    """What it has become, and the page to show."""

    path: str


class Ask(Document):
    """Somebody wants an enrolled screen to do something where it stands; an occurrence, told once."""

    id: int
    act: Act
    test: Test | None
