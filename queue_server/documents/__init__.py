"""The shapes of the documents that leave the house, for the OpenAPI and for tests that hold every answer to them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from .hall import Hall, Today
from .shared import Class, Document, Estimate, Stamped, State


class Ticket(Stamped):
    """A ticket, as its holder may see it."""

    id: str
    token: str
    url: str
    number: str
    site: str
    service: str
    class_: Class = Field(alias="class")
    state: State
    issued_at: datetime
    since: datetime
    called_at: datetime | None
    counter: str | None
    calls: int = Field(ge=0)
    ahead: int | None
    estimate: Estimate | None
    counters_open: int | None = Field(description="that serve it, while it waits; 0: nobody can call it now")
    return_until: datetime | None


class DeskTicket(Stamped):
    """A ticket as its officer sees it: no token, no link."""

    id: str
    number: str
    site: str
    service: str
    class_: Class = Field(alias="class")
    state: State
    issued_at: datetime
    called_at: datetime | None
    served_at: datetime | None
    since: datetime
    counter: str | None
    ahead: int | None
    estimate: Estimate | None
    calls: int
    wish: str | None
    target_s: int | None
    held_at: datetime | None = None
    return_until: datetime | None = None


class Clips(Document):
    """Names of the voice clips of a call, full and short."""

    id: list[str]
    id_short: list[str]


class Call(Stamped):
    """One occurrence: a number is called to a counter."""

    previous: int
    number: str
    counter: str
    counter_name: str
    service: str
    kind: Literal["call", "recall"]
    called_at: datetime
    expires_at: datetime
    clips: Clips


class Calls(Stamped):
    """Today's calls after a revision, oldest first."""

    last_call: int
    calls: list[Call]


class BoardCounter(Document):
    """What a counter does now."""

    id: str
    name: str
    open: bool
    state: Literal["idle", "called", "serving", "closed"]
    number: str | None


class BoardService(Document):
    """How many wait for a service."""

    id: str
    name: str
    prefix: str
    waiting: int
    open: bool
    estimate: Estimate | None


class Board(Stamped):
    """What a wall shows."""

    site: str
    last_call: int
    now: datetime
    counters: list[BoardCounter]
    recent: list[Call]
    services: list[BoardService]


class Queue(Stamped):
    """The waiting numbers of a service in the order of arrival; ``places``: how many are called before each."""

    site: str
    service: str
    order: list[str]
    places: list[int]
    counters_open: int
    estimates: list[tuple[int, int] | None]


class DeskWaiting(Document):
    """One of the counter's services."""

    service: str
    count: int
    longest_wait_s: int


class Upcoming(Document):
    """One whom the counter would call."""

    number: str
    service: str
    class_: Class = Field(alias="class")
    waited_s: int
    wish: str | None


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
    last: list[Served]


class Overseen(Document):
    """What a supervisor last did at the counter while somebody else had it open."""

    verb: Literal["close", "hold", "return", "no-show"]
    number: str | None
    by: str | None
    by_id: str | None
    officer_id: str | None
    reason: str | None = Field(description="told to the one whose counter it was, and to who acted")
    at: datetime
    revision: int


class Desk(Stamped):
    """What an officer needs at one glance."""

    site: str
    counter: str
    open: bool
    officer: str | None
    officer_id: str | None
    ticket: DeskTicket | None
    since: datetime | None
    waiting: list[DeskWaiting]
    upcoming: list[Upcoming]
    held: list[DeskTicket]
    no_shows: list[DeskTicket]
    undo_until: datetime | None
    undo_number: str | None
    recalls: int
    mine: Mine
    overseen: Overseen | None
    shut: str | None = Field(description="why nobody can come to this counter any more today")
    recorded: bool | None = Field(None, description="only where a key was asked for: was its request carried out?")


class Beat(Stamped):
    """The heartbeat."""

    last_call: int
    now: datetime
    build: str


class SiteAgency(Document):
    """An office at the site."""

    id: str
    name: str
    short_name: str
    task: dict[str, str]
    icon: str | None
    color: str | None


class SiteService(Document):
    """A service, with open or why not."""

    id: str
    agency: str
    prefix: str
    zone: str
    name: dict[str, str]
    target_minutes: int | None
    kiosk: bool
    classes: list[Class]
    open: bool
    reason: str | None
    reason_detail: dict[str, Any]
    waiting: int
    estimate: Estimate | None
    quota: dict[str, int]
    quota_total: int | None
    quota_reserved: dict[str, int]
    quota_left: dict[str, int | None]
    quota_total_left: int | None
    numbers_again_at: datetime | None
    requirements: dict[str, list[str]] | None
    cost: dict[str, str] | None
    outcomes: list[str]
    next: list[str]
    days: list[str] | None
    hours: dict[str, list[str]] | None


class SiteFormer(Document):
    """A service that the site file no longer has; people may still hold its numbers."""

    id: str
    agency: str
    agency_name: str
    prefix: str
    name: dict[str, str]
    target_minutes: int | None
    zone: None
    classes: list[Class]
    requirements: None


class SiteCounter(Document):
    """A counter of the site."""

    id: str
    name: str
    tile: str = Field(description="what stands in its tile: 5 of a Loket 5, else the whole name")
    agency: str
    zone: str
    services: list[str]
    open: bool


class Site(Document):
    """A whole site."""

    id: str
    name: str
    short_name: str
    address: str | None
    timezone: str
    timezone_name: str = Field(description="its short name now: WIB, WITA or WIT")
    demo: bool
    owner: str | None
    languages: list[str]
    day: str | None
    now: datetime
    epoch: int
    revision: int
    wall: dict[str, Any]
    missed_call: dict[str, int]
    order: dict[str, int]
    finish_on_next: bool
    hours: dict[str, list[str]] | Literal["always"]
    cutoff_minutes: int
    agencies: list[SiteAgency]
    services: list[SiteService]
    former: list[SiteFormer]
    counters: list[SiteCounter]


class Sites(Document):
    """The sites of this server."""

    sites: list[Site]


class Device(Document):
    """What a device's token or cookie stands for now."""

    kind: Literal["kiosk", "display"] | None
    site: str | None


class ErrorBody(Document):
    """What went wrong."""

    code: str
    message: str
    details: dict[str, Any] | None = None


class Error(Document):
    """The one shape of an error."""

    error: ErrorBody


DOCUMENTS: dict[str, type[Document]] = {
    "ticket": Ticket,
    "board": Board,
    "call": Call,
    "calls": Calls,
    "queue": Queue,
    "desk": Desk,
    "desk_ticket": DeskTicket,
    "hall": Hall,
    "today": Today,
    "beat": Beat,
    "sites": Sites,
    "site": Site,
    "device": Device,
    "error": Error,
}
