"""Connections: the server picks the rooms, tells the current documents, and listens to nothing but ``seen``."""

import random
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, disconnect, emit, join_room

from ..documents.board import Queue
from ..documents.ticket import Ticket
from ..domain.absence import Place
from ..domain.errors import Code, QueueError
from ..domain.roles import STAFF, WATCHES, Actor, Role, require
from ..domain.site import Counter, Site
from ..house import House
from ..queries.board import Boards
from ..queries.desk import desk
from ..queries.snapshot import Snapshot
from ..queries.ticket import current, ticket
from ..queries.waits import queue
from ..web.http.auth import device, device_token, identify, session_token
from . import rooms
from .revocation import Leases

NAMESPACE = "/live"
DISPLAYS = ("wall", "counter")
STAFF_SCREENS = ("desk", "supervisor")
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
    if auth.get("screen") in STAFF_SCREENS:
        return session_token()
    return device_token() if own else None


def _welcome(house: House, boards: Boards, auth: dict[str, Any]) -> str:
    """Join the rooms that the identity may hear and say what is true now. Raises QueueError if it may not."""
    screen, site = auth.get("screen"), auth.get("site")
    if screen == "phone":
        site = _phone(house, auth.get("token"))
    elif screen in DISPLAYS:
        _display(house, boards, house.site(site), auth)
    elif screen in STAFF_SCREENS:
        _staff(house, boards, house.site(site), screen, auth.get("counter"))
    else:
        house.refuse_unknown()
    join_room(rooms.beat(site, random.randrange(rooms.BEATS)))
    return screen


def _display(house: House, boards: Boards, site: Site, auth: dict[str, Any]) -> None:
    if auth["screen"] == "counter":
        _counter(house, site, auth.get("counter"))
    elif auth.get("zone") not in (None, *site.wall.zones):
        house.refuse_unknown()  # as the page does: a wall of a zone that is no more would wait for calls in vain
    join_room(rooms.board(site.id))
    emit("board", house.read(site.id, boards))


def _staff(house: House, boards: Boards, site: Site, screen: str, counter: Any) -> None:
    actor = identify(house)
    if actor is None or not actor.has(STAFF):
        house.refuse_unauthorized()
    if screen == "supervisor":
        require(actor, site.id)
        if not actor.has(WATCHES):
            house.refuse_forbidden()
        join_room(rooms.board(site.id))
        emit("board", house.read(site.id, boards))
        return
    require(actor, site.id, _counter(house, site, counter).agency)
    join_room(rooms.desk(site.id, counter))
    emit("desk", house.read(site.id, lambda view: desk(view, counter)))


def _counter(house: House, site: Site, id: Any) -> Counter:
    found = site.counters.get(id) if isinstance(id, str) else None
    return found if found is not None else house.refuse_unknown()


def _phone(house: House, token: Any) -> str:
    found = house.ticket_of(token) if isinstance(token, str) and token.isascii() else None
    if found is None:
        house.refuse_unknown()
    join_room(rooms.ticket(found.id))
    join_room(rooms.queue(found.site, found.service))

    def documents(view: Snapshot) -> tuple[Ticket, Queue]:
        now = current(view, found)
        return house.with_token(ticket(view, now)), queue(view, now.service)

    own, line = house.read(found.site, documents)
    emit("ticket", own)
    emit("queue", line)
    return found.site
