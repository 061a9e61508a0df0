"""Booked places: a list is read in, a day's are looked at, and whoever has booked is let in by the code."""

from datetime import date
from typing import Any, Literal

from flask import Blueprint, current_app, request
from pydantic import Field

from ...booking_lists import CSV, MOST_BYTES, XLSX, read_list
from ...commands import checking_in, importing
from ...domain.bookings import MOST_LETTERS
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.roles import Role
from ...perform import Answer
from ...queries import bookings
from ...queries.snapshot import inside
from ...queries.ticket import ticket
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Because, endpoint

bp = Blueprint("bookings", __name__, url_prefix=f"{PREFIX}/sites/<site>")


class CheckIn(Because):
    """The code as it was typed or scanned. ``reason``: of the front desk, for one who comes too late."""

    code: str = Field(min_length=1, max_length=4 * MOST_LETTERS)
    language: Literal["id", "en", "su"] | None = None


@endpoint(bp, "GET", "/bookings", act=Act.SEE_BOOKINGS, reply="bookings", codes=(Code.INVALID,))
def get_bookings(asked: Asked, site: str) -> Any:
    """A day's bookings, within the caller's agencies: when, for what, how many, and who came."""
    day, service = _date(), _service()
    return asked.house.read(site, lambda view: bookings.of_day(view, asked.actor, day, service))


@endpoint(
    *(bp, "POST", "/bookings/import"),
    act=Act.IMPORT_BOOKINGS,
    raw=(CSV, XLSX),
    body_bytes=MOST_BYTES,
    reply="imported_bookings",
    codes=(Code.IDEMPOTENCY_KEY_MISSING, Code.INVALID),
    status=201,
)
def import_bookings(asked: Asked, site: str) -> Any:
    """Read a list of booked places in, all of it or nothing; it replaces the one before of its days and services.

    With ``service`` and ``date`` a heading alone cancels all that is booked of them.
    """
    listed = asked.house.off_hub(read_list, asked.body, request.mimetype, _service(), _date())

    def reply(tx: Transaction, done: importing.Imported) -> Answer:
        lists = [(one.day, one.service, one.added, one.changed, one.gone, one.unchanged) for one in done.lists]
        return Answer(201, bookings.imported(inside(tx), lists, done.doubled, done.ignored))

    done = asked.perform(site, lambda tx: importing.import_bookings(tx, listed), reply, key_required=True)
    return done.body, done.status


@endpoint(
    *(bp, "POST", "/check-in"),
    act=Act.CHECK_IN,
    body=CheckIn,
    reply="ticket",
    codes=(
        *(Code.IDEMPOTENCY_KEY_MISSING, Code.IDEMPOTENCY_KEY_REUSED, Code.UNKNOWN_BOOKING, Code.BOOKING_CANCELLED),
        *(Code.TOO_EARLY, Code.TOO_LATE, Code.SERVICE_CLOSED),
    ),
    status=201,
)
def check_in(asked: Asked, site: str) -> Any:
    """Let in who has booked; the same code again answers 200 with the same ticket."""
    house, body, slow = asked.house, asked.body, current_app.extensions["door"].slowness
    slow.refuse_hurry(asked.actor.id)

    def reply(tx: Transaction, found: Any) -> Answer:
        return Answer(201 if tx.events else 200, ticket(inside(tx), found), found.id)

    def command(tx: Transaction) -> Any:
        return checking_in.check_in(tx, body.code, body.language, body.reason)

    try:
        done = asked.perform(site, command, reply, key_required=True)
    except QueueError as error:
        if error.code is Code.UNKNOWN_BOOKING:
            slow.was_wrong(asked.actor.id)
        raise
    slow.was_right(asked.actor.id)
    if done.status == 201 and asked.actor.has({Role.KIOSK}):
        house.issued_at_kiosk(asked.actor.id)
    return house.with_token(done.body), done.status


def _date() -> date | None:
    said = request.args.get("date")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise QueueError(Code.INVALID, field="date") from None


def _service() -> str | None:
    said = request.args.get("service")
    if said is not None and (len(said) > 64 or "\0" in said):
        raise QueueError(Code.INVALID, field="service")
    return said or None
