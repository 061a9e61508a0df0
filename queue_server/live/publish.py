"""After the commit: tell the rooms. Calls at once and never merged; the newest documents at most every 50 ms.

An emitted message waits in each socket's own queue until its writer runs, so the worker steps aside after every call
and every set of documents: a call is on its way before the documents that follow it are made, and an officer's request
is answered between the two. How long that took is how long the fan-out took, and documents keep to a quarter of the
time.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from ..documents.ticket import Ticket, TicketWithoutToken
from ..domain.events import ISSUES, OF_INTERRUPTIONS, OF_LEVERS, OF_NOTICES, Kind, facts
from ..domain.fold import Event
from ..domain.site import Site
from ..queries.board import board
from ..queries.calls import call
from ..queries.desk import desk
from ..queries.snapshot import Snapshot
from ..queries.ticket import current, ticket
from ..queries.waits import Waits, queue
from ..store import tickets
from ..store.database_errors import code_of
from . import rooms

DOCUMENTS_EVERY_S = 0.05
_REST = 3  # times as long as the last documents took to go out
_AGAIN_S = 1.0  # after a failure: soon enough for a hall, seldom enough for the log

Emit = Callable[[str, Any, str], None]  # (message, document, room)
Read = Callable[[str, Callable[[Snapshot], Any]], Any]
log = structlog.get_logger()

_TOLD_TO_ALL = (*OF_INTERRUPTIONS, *OF_LEVERS, *OF_NOTICES)


@dataclass
class Touched:
    """What has changed since documents were last sent."""

    anything: bool = False
    services: set[str] = field(default_factory=set)
    counters: set[str] = field(default_factory=set)
    tickets: set[str] = field(default_factory=set)

    def join(self, other: "Touched") -> None:
        """Remember what the other remembers."""
        self.anything = self.anything or other.anything
        self.services |= other.services
        self.counters |= other.counters
        self.tickets |= other.tickets

    def add(self, events: list[Event], site: Site) -> None:
        """Remember what the events touch."""
        self.anything = True
        for event in events:
            if event.kind == Kind.CONFIGURED:  # any name may be another now
                self.services.update(site.services, site.former)
                self.counters.update(site.counters)
            if event.kind in _TOLD_TO_ALL:  # who waits and who serves are told what goes on now
                self.services.update(site.services, site.former)
                self.counters.update(site.counters)
            if event.kind in (Kind.COUNTER_OPENED, Kind.COUNTER_CLOSED) and event.counter in site.counters:
                self.services.update(site.counters[event.counter].services)  # who waits learns that somebody can call
            self.services.update(s for s in (event.service, event.detail.get("to")) if s)
            if event.counter:
                self.counters.add(event.counter)
            if event.ticket and event.kind not in ISSUES:  # nobody can listen to a ticket that was not yet told
                self.tickets.add(event.ticket)
            if before := event.detail.get("carried_from"):  # its holder listens to the number that they had
                self.tickets.add(before)


class SitePublisher:
    """One worker for one site: what it is handed in the order of commits goes out in that order."""

    def __init__(
        self,
        id: str,
        sites: Mapping[str, Site],
        emit: Emit,
        read: Read,
        holder: Callable[[TicketWithoutToken], Ticket],
        sleep: Callable[[float], None] = time.sleep,
        heard: Callable[[str], bool] = lambda room: True,
    ) -> None:
        self.id, self._sites = id, sites
        self._emit, self._read, self._holder, self._sleep = emit, read, holder, sleep
        self._heard = heard  # whether anybody may be in a room; what nobody hears is not made
        self._committed: deque[list[Event]] = deque()
        self._wake = threading.Event()
        self._touched = Touched()
        self._due_at = 0.0  # monotonic: the earliest that documents are sent again

    @property
    def site(self) -> Site:
        """The site as it is now."""
        return self._sites[self.id]

    def put(self, events: list[Event]) -> None:
        """Take over a commit's events; returns at once."""
        self._committed.append(events)
        self._wake.set()

    def run(self) -> None:
        """Work for ever. A failure to tell is logged and never undoes or delays what was committed."""
        while True:
            due_in = max(self._due_at - time.monotonic(), 0.001)
            self._wake.wait(due_in if self._touched.anything else None)
            self._wake.clear()
            try:
                self.step()
            except Exception:
                log.exception("publish_failed", site=self.id)

    def step(self) -> None:
        """Send the calls that are waiting, and the documents if it is time."""
        while self._committed:
            events = self._committed.popleft()
            self._touched.add(events, self.site)  # first: should a call not go out, the board that follows tells of it
            for event in events:
                if facts(event.kind).announced:
                    self._emit("call", call(self.site, event), rooms.board(self.site.id))
                    self._sleep(0)
        began = time.monotonic()
        if self._touched.anything and began >= self._due_at:
            touched, self._touched = self._touched, Touched()
            try:
                self._tell(touched)
            except Exception:
                self._touched.join(touched)
                self._due_at = began + _AGAIN_S
                raise
            now = time.monotonic()
            self._due_at = max(began + DOCUMENTS_EVERY_S, now + _REST * (now - began))

    def _tell(self, touched: Touched) -> None:
        for message, document, room in self._read(self.site.id, lambda view: self._documents(view, touched)):
            self._emit(message, document, room)
        self._sleep(0)

    def _documents(self, view: Snapshot, touched: Touched) -> list[tuple[str, Any, str]]:
        """The newest state of all that was touched, from one snapshot."""
        return [made for make in self._makers(view, touched) if (made := self._made(*make)) is not None]

    def _made(self, message: str, room: str, make: Callable[[], Any]) -> tuple[str, Any, str] | None:
        """One document; one that cannot be made keeps no other from its screens. Raises what the database raises."""
        if not self._heard(room):
            return None
        try:
            document = make()
        except Exception as error:
            if code_of(error) is not None:
                raise  # it passes, and all are told again
            log.exception("document_failed", site=self.id, document=message)
            return None
        return (message, document, room) if document is not None else None

    def _makers(self, view: Snapshot, touched: Touched) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        """What is to be told, where, and how it is made."""
        site, waits = view.site, Waits(view)
        yield "board", rooms.board(site.id), lambda: board(view)
        for id in touched.tickets:
            yield "ticket", rooms.ticket(id), lambda id=id: self._ticket(view, id, waits)
        for id in self._queues(waits, touched):
            yield "queue", rooms.queue(site.id, id), lambda id=id: queue(view, id, waits)
        for id in self._desks(waits, touched):
            yield "desk", rooms.desk(site.id, id), lambda id=id: desk(view, id)

    def _ticket(self, view: Snapshot, id: str, waits: Waits) -> Ticket | None:
        found = tickets.by_id(view.conn, id)
        return self._holder(ticket(view, current(view, found), waits)) if found else None

    def _queues(self, waits: Waits, touched: Touched) -> set[str]:
        """The services that changed, dropped ones too, and those whose people stand in lines that moved with them."""
        acted = (self.site.counters.get(id) for id in touched.counters)
        moved = touched.services.union(*(counter.services for counter in acted if counter))
        heard = (id for id in waits.waited_for() if self._heard(rooms.queue(self.site.id, id)))
        return touched.services | {id for id in heard if waits.stands_with(id, moved)}

    def _desks(self, waits: Waits, touched: Touched) -> list[str]:
        """The counters that changed, and the open ones that serve a service that changed."""
        found = []
        for counter in self.site.counters.values():
            theirs = (*counter.services, *self.site.former_of((counter.agency,)))
            concerned = counter.id in waits.open and touched.services.intersection(theirs)
            if counter.id in touched.counters or concerned:
                found.append(counter.id)
        return found
