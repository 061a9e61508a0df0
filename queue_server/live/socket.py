"""Connections: the server picks the rooms, tells the current documents, and listens to nothing but ``seen``."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, disconnect, emit, join_room

from ..domain.absence import Place
from ..domain.errors import Code, QueueError
from ..domain.fold import Ticket
from ..domain.rights import Act, require
from ..domain.roles import STAFF, Actor, Role
from ..domain.site import Counter, Site
from ..house import House
from ..queries.board import Boards
from ..queries.desk import desk
from ..queries.snapshot import Snapshot
from ..queries.ticket import current, ticket
from ..queries.waits import queue
from ..web.http.auth import device, device_token, identify, session_token
from ..web.screens.registry import LIVE, Screen
from . import rooms
from .revocation import Leases

NAMESPACE = "/live"
DISPLAYS = tuple(word for word, screen in LIVE.items() if screen.live and screen.live.display)
_LONGEST_WORD = 32  # of what is kept for each socket
_NO_REVISION = 2**63  # what no database counts up to

log = structlog.get_logger()


@dataclass
class Screens:
    """The sockets that are connected now, and what displays last said they rendered."""

    kinds: dict[str, str] = field(default_factory=dict)  # sid -> screen
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)  # sid -> revision, sound, at
    enrolled: dict[str, Place] = field(default_factory=dict)  # sid -> which enrolled display it is
    leases: Leases = field(default_factory=Leases)  # sid -> the session or device it stands on


def attach(sio: SocketIO, house: House) -> Screens:
    """Register what a socket may do; returns the live list of screens."""
    screens, boards = Screens(), Boards()

    @sio.on("connect", namespace=NAMESPACE)
    def connected(auth: Any = None) -> None:
        auth = auth if isinstance(auth, dict) else {}
        try:
            own = device(house) if auth.get("screen") in DISPLAYS else None
            screens.leases.take(request.sid, _credential(auth, own))  # before it is looked at: then nothing slips by
            screen = _welcome(house, boards, auth)
        except Exception as error:  # whatever it was: who is not answered waits, and never comes again by themselves
            screens.leases.give_back(request.sid)
            raise ConnectionRefusedError(_why(house, error).value) from None
        screens.kinds[request.sid] = screen
        if own and own.has({Role.DISPLAY}) and own.at(auth["site"]):
            place = Place(own.id, auth["site"], screen, auth.get("counter") if screen == "counter" else None)
            screens.enrolled[request.sid] = place
            house.seen.hear(place)

    @sio.on("disconnect", namespace=NAMESPACE)
    def disconnected(*_reason: Any) -> None:
        screens.kinds.pop(request.sid, None)
        screens.seen.pop(request.sid, None)
        screens.enrolled.pop(request.sid, None)
        screens.leases.give_back(request.sid)

    @sio.on("seen", namespace=NAMESPACE)
    def seen(said: Any = None, *_more: Any) -> None:
        if screens.kinds.get(request.sid) not in DISPLAYS or not _is_seen(said):
            disconnect()
            return
        screens.seen[request.sid] = {**said, "at": house.clock()}
        if (place := screens.enrolled.get(request.sid)) is not None:
            house.seen.hear(place)

    @sio.on("*", namespace=NAMESPACE)
    def anything_else(*_said: Any) -> None:
        disconnect()

    return screens


def _why(house: House, error: Exception) -> Code:
    """What a screen that cannot be greeted is told; it comes again within seconds."""
    if isinstance(error, QueueError):
        return error.code
    if (code := house.met(error)) is not None:
        log.warning("greeting_put_off", code=code.value)
        return code
    log.exception("greeting_failed")
    return Code.INTERNAL


def _is_seen(said: Any) -> bool:
    if not isinstance(said, dict) or said.keys() != {"revision", "sound"}:
        return False
    revision, sound = said["revision"], said["sound"]
    known = isinstance(sound, bool | None) or (isinstance(sound, str) and len(sound) <= _LONGEST_WORD)
    return isinstance(revision, int) and 0 <= revision < _NO_REVISION and known


def _credential(auth: dict[str, Any], own: Actor | None) -> str | None:
    """What the socket ends with: staff's session, or the device that it came from. A phone has its own token."""
    screen = _screen(auth)
    if screen is not None and screen.live is not None and screen.live.act not in (Act.PUBLIC, Act.HOLD):
        return session_token()
    return device_token() if own else None


def _screen(auth: dict[str, Any]) -> Screen | None:
    """The row of the screen that connects."""
    word = auth.get("screen")
    return LIVE.get(word) if isinstance(word, str) else None


@dataclass(frozen=True, slots=True)
class Where:
    """What a connection is about."""

    site: str
    counter: str = ""
    ticket: Ticket | None = None


def _welcome(house: House, boards: Boards, auth: dict[str, Any]) -> str:
    """Join the rooms that the identity may hear and say what is true now. Raises QueueError if it may not."""
    screen = _screen(auth)
    if screen is None or screen.live is None:
        house.refuse_unknown()
    where = _admitted(house, screen, screen.live.act, auth)
    for heard in screen.live.hears:
        join_room(_ROOMS[heard](where))
    for message, document in house.read(where.site, lambda view: _documents(house, boards, screen, view, where)):
        emit(message, document)
    join_room(rooms.beat(where.site, random.randrange(rooms.BEATS)))
    return screen.live.word


_ROOMS: dict[str, Callable[[Where], str]] = {
    "board": lambda where: rooms.board(where.site),
    "desk": lambda where: rooms.desk(where.site, where.counter),
    "ticket": lambda where: rooms.ticket(where.ticket.id),
    "queue": lambda where: rooms.queue(where.site, where.ticket.service),
}


def _documents(house: House, boards: Boards, screen: Screen, view: Snapshot, where: Where) -> list[tuple[str, Any]]:
    """What is true now of all that it hears."""
    now = current(view, where.ticket) if where.ticket else None
    made: dict[str, Callable[[], Any]] = {
        "board": lambda: boards(view),
        "desk": lambda: desk(view, where.counter),
        "ticket": lambda: house.with_token(ticket(view, now)),
        "queue": lambda: queue(view, now.service),
    }
    return [(heard, made[heard]()) for heard in screen.live.hears]


def _admitted(house: House, screen: Screen, act: Act, auth: dict[str, Any]) -> Where:
    """What it may hear about. Raises QueueError if that is nothing."""
    if act is Act.HOLD:
        found = _ticket(house, auth.get("token"))
        return Where(found.site, ticket=found)
    site = house.site(auth.get("site"))
    actor = _staff(house) if act is not Act.PUBLIC else None
    counter = _counter(house, site, auth.get("counter")) if "<counter>" in screen.path else None
    if actor is not None:
        require(actor, act, site.id, counter.agency if counter else None)
    elif counter is None and auth.get("zone") not in (None, *site.wall.zones):
        house.refuse_unknown()  # as the page does: a wall of a zone that is no more would wait for calls in vain
    return Where(site.id, counter.id if counter else "")


def _staff(house: House) -> Actor:
    actor = identify(house)
    if actor is None or not actor.has(STAFF):
        house.refuse_unauthorized()
    return actor


def _counter(house: House, site: Site, id: Any) -> Counter:
    found = site.counters.get(id) if isinstance(id, str) else None
    return found if found is not None else house.refuse_unknown()


def _ticket(house: House, token: Any) -> Ticket:
    found = house.ticket_of(token) if isinstance(token, str) and token.isascii() else None
    return found if found is not None else house.refuse_unknown()
