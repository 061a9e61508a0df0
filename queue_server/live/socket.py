"""Connections: the server picks the rooms, tells the current documents, and listens to nothing but ``seen``."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, disconnect, emit, join_room

from ..documents.devices import Ask
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
from ..web.http.auth import device, device_token, identify, session_token, signed_in
from ..web.screens.registry import LIVE, Screen
from . import rooms
from .revocation import Leases
from .seen_words import read_seen

NAMESPACE = "/live"
_KINDS = {"wall": Role.DISPLAY, "counter": Role.DISPLAY, "device": Role.KIOSK}  # what a screen is enrolled as
_REVOKED: Ask = {"id": 0, "act": "revoked", "test": None}
DISPLAYS = tuple(word for word, screen in LIVE.items() if screen.live and screen.live.display)

log = structlog.get_logger()


@dataclass
class Screens:
    """The sockets that are connected now, and what displays last said they rendered."""

    kinds: dict[str, str] = field(default_factory=dict)  # sid -> screen
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)  # sid -> revision, sound, at
    enrolled: dict[str, Place] = field(default_factory=dict)  # sid -> which enrolled display it is
    zones: dict[str, str] = field(default_factory=dict)  # sid -> of an enrolled wall that shows one
    leases: Leases = field(default_factory=Leases)  # sid -> the session or device it stands on


def attach(sio: SocketIO, house: House) -> Screens:
    """Register what a socket may do; returns the live list of screens."""
    screens, boards = Screens(), Boards()

    @sio.on("connect", namespace=NAMESPACE)
    def connected(auth: Any = None) -> None:
        auth = auth if isinstance(auth, dict) else {}
        try:
            own = device(house) if auth.get("screen") in DISPLAYS else None
            screens.leases.take(
                request.sid, _credential(house, auth, own)
            )  # before it is looked at: then nothing slips by
            screen = _welcome(house, boards, auth)
        except Exception as error:  # whatever it was: who is not answered waits, and never comes again by themselves
            screens.leases.give_back(request.sid)
            raise ConnectionRefusedError(_why(house, error).value) from None
        screens.kinds[request.sid] = screen
        if (place := _place(own, auth, screen)) is not None:
            screens.enrolled[request.sid] = place
            if auth.get("zone") is not None:
                screens.zones[request.sid] = auth["zone"]
            house.seen.hear(place)
            join_room(rooms.device(place.device))
            emit("device", {"id": own.id, "name": own.name, "kind": own.role.value, "site": place.site})
        elif own is None and screen in DISPLAYS and device_token():
            emit("ask", _REVOKED)  # while it was away

    @sio.on("disconnect", namespace=NAMESPACE)
    def disconnected(*_reason: Any) -> None:
        screens.kinds.pop(request.sid, None)
        screens.seen.pop(request.sid, None)
        screens.enrolled.pop(request.sid, None)
        screens.zones.pop(request.sid, None)
        screens.leases.give_back(request.sid)

    @sio.on("seen", namespace=NAMESPACE)
    def seen(said: Any = None, *_more: Any) -> None:
        heard = read_seen(said) if screens.kinds.get(request.sid) in DISPLAYS else None
        if heard is None:
            disconnect()
            return
        screens.seen[request.sid] = {**said, "at": house.clock()}
        if (place := screens.enrolled.get(request.sid)) is not None:
            house.seen.hear(place, said=replace(heard[0], zone=screens.zones.get(request.sid)), tested=heard[1])

    @sio.on("*", namespace=NAMESPACE)
    def anything_else(*_said: Any) -> None:
        disconnect()

    return screens


def hang_up(sio: SocketIO, screens: Screens, sid: str) -> None:
    """End a socket whose session or device has ended. An enrolled screen is told so first, by whoever cuts it off: a
    word that went by the record's way came after the cut once in some hundred times."""
    if sid in screens.enrolled:
        sio.server.emit("ask", _REVOKED, to=sid, namespace=NAMESPACE, ignore_queue=True)
    sio.server.disconnect(sid, namespace=NAMESPACE, ignore_queue=True)


def _why(house: House, error: Exception) -> Code:
    """What a screen that cannot be greeted is told; it comes again within seconds."""
    if isinstance(error, QueueError):
        return error.code
    if (code := house.met(error)) is not None:
        log.warning("greeting_put_off", code=code.value)
        return code
    log.exception("greeting_failed")
    return Code.INTERNAL


def _place(own: Actor | None, auth: dict[str, Any], word: str) -> Place | None:
    """Which enrolled screen connects by that word; None for one that is not enrolled as such here."""
    kind = _KINDS.get(word)
    if own is None or kind is None or not own.has(kind.only) or not own.at(auth["site"]):
        return None
    if kind is Role.KIOSK:
        return Place(own.id, auth["site"], "kiosk")
    if word == "counter":
        return Place(own.id, auth["site"], "counter", auth.get("counter"))
    return Place(own.id, auth["site"], "wall")


def _credential(house: House, auth: dict[str, Any], own: Actor | None) -> str | None:
    """What the socket ends with: the session, or the device that it came from. A phone has its own token."""
    screen = _screen(auth)
    if screen is not None and screen.live is not None and screen.live.act not in (Act.PUBLIC, Act.HOLD):
        return session_token() if signed_in(house) is not None else device_token()
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
    actor = _known(house) if act is not Act.PUBLIC else None
    counter = _counter(house, site, auth.get("counter")) if "<counter>" in screen.path else None
    if actor is not None:
        require(actor, act, site.id, counter.agency if counter else None)
    elif counter is None and auth.get("zone") not in (None, *site.wall.zones):
        house.refuse_unknown()  # as the page does: a wall of a zone that is no more would wait for calls in vain
    return Where(site.id, counter.id if counter else "")


def _known(house: House) -> Actor:
    actor = identify(house)
    if actor is None or not actor.has(STAFF | {Role.DISPLAY}):
        house.refuse_unauthorized()
    return actor


def _counter(house: House, site: Site, id: Any) -> Counter:
    found = site.counters.get(id) if isinstance(id, str) else None
    return found if found is not None else house.refuse_unknown()


def _ticket(house: House, token: Any) -> Ticket:
    found = house.ticket_of(token) if isinstance(token, str) and token.isascii() else None
    return found if found is not None else house.refuse_unknown()
