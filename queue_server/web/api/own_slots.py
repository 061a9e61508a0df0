"""A hall's own slots: anybody sees and books them, without a name; whoever has the link confirms or gives back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from flask import Blueprint, current_app, request
from pydantic import Field

from ...commands import own_booking as commands
from ...domain.bookings import Booking
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.roles import Actor, Role
from ...domain.site import GROUP_MOST
from ...perform import Answer
from ...queries.own_booking import own_booking, slots
from ...queries.snapshot import inside
from ...store.ids import token_hash
from ...store.transaction import Transaction
from ..http.auth import keep_booker, known_booker
from ..http.endpoint import HH_MM, PREFIX, Asked, Body, Empty, endpoint

bp = Blueprint("own_slots", __name__, url_prefix=PREFIX)

_SHORTEST_KEY = 16  # of a browser that is not known again: nobody shall guess it, and be told the code


class Book(Body):
    """Which service, which day and which slot, and for how many people. Nobody is asked who they are."""

    service: str = Field(min_length=1, max_length=64)
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    time: str = Field(pattern=HH_MM)
    people: int = Field(1, ge=1, le=GROUP_MOST)


@endpoint(
    *(bp, "GET", "/sites/<site>/slots"),
    act=Act.PUBLIC,
    reply="slots",
    codes=(Code.INVALID, Code.UNKNOWN_SERVICE),
)
def get_slots(asked: Asked, site: str) -> Any:
    """The slots of a service that can be booked: of ``date``, or of the first day with a place left."""
    service = request.args.get("service", "")
    if not 0 < len(service) <= 64 or "\0" in service:
        raise QueueError(Code.INVALID, field="service")
    day = _date(said) if (said := request.args.get("date")) else None
    return asked.house.read(site, lambda view: slots(view, service, day))


@endpoint(
    *(bp, "POST", "/sites/<site>/bookings"),
    act=Act.BOOK,
    body=Book,
    reply="own_booking",
    codes=(
        *(Code.IDEMPOTENCY_KEY_MISSING, Code.IDEMPOTENCY_KEY_REUSED, Code.INVALID, Code.UNKNOWN_SERVICE),
        *(Code.GROUP_TOO_LARGE, Code.SLOT_FULL, Code.SLOT_GONE, Code.BOOKINGS_HELD, Code.TOO_MANY_REQUESTS),
    ),
    status=201,
)
def book_slot(asked: Asked, site: str) -> Any:
    """Book a place of a slot. The same ``Idempotency-Key`` and body again answers 200 with the same place."""
    house, body, browser = asked.house, asked.body, known_booker()
    wish = commands.Wish(body.service, _date(body.date), time.fromisoformat(body.time), body.people)
    scope = f"book {token_hash(browser) if browser else '-'}"
    key = replace(asked, actor=Actor(scope, Role.VISITOR.only)).key(required=True)
    if browser is None and key is not None and len(key.key) < _SHORTEST_KEY:
        raise QueueError(Code.INVALID, field="Idempotency-Key")
    by = commands.Booker(keep_booker(), current_app.extensions["door"].booking_address(request.environ))

    def reply(tx: Transaction, made: Booking) -> Answer:
        return Answer(201, own_booking(inside(tx), made), made.id)

    done = house.perform(
        house.site(site).id, lambda tx: commands.book(tx, wish, by), actor=_visitor(site), key=key, reply=reply
    )
    if done.ticket is None:
        raise LookupError("a stored booking without its id")
    return house.with_code(done.body, done.ticket), done.status


@endpoint(
    *(bp, "POST", "/bookings/<token>/cancel"),
    act=Act.HOLD_BOOKING,
    body=Empty,
    reply="own_booking",
    codes=(Code.ILLEGAL_TRANSITION,),
)
def cancel_booking(asked: Asked, token: str) -> Any:
    """Its holder gives a booked place back."""
    return _by_holder(asked, token, commands.give_back)


@endpoint(
    *(bp, "POST", "/bookings/<token>/confirm"),
    act=Act.HOLD_BOOKING,
    body=Empty,
    reply="own_booking",
    codes=(Code.ILLEGAL_TRANSITION,),
)
def confirm_booking(asked: Asked, token: str) -> Any:
    """Its holder says, the day before, that they will come: else the place is free again when the day begins."""
    return _by_holder(asked, token, commands.confirm)


def _by_holder(asked: Asked, token: str, command: Callable[[Transaction, str], Booking]) -> Any:
    house = asked.house
    found = house.booking_of(token)
    if found is None:
        house.refuse_unknown()
    done = house.perform(
        found.site,
        lambda tx: command(tx, found.id),
        actor=_visitor(found.site),
        reply=lambda tx, now: Answer(200, own_booking(inside(tx), now)),
    )
    return house.with_code(done.body, found.id)


def _visitor(site: str) -> Actor:
    return Actor("visitor", Role.VISITOR.only, frozenset({site}))


def _date(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise QueueError(Code.INVALID, field="date") from None
