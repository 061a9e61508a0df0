"""What was written on paper while nothing worked is entered."""

from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal

from flask import Blueprint
from pydantic import Field

from ...commands import outage
from ...domain.errors import Code
from ...domain.numbering import normalise
from ...domain.outage import MOST, Entry
from ...domain.rights import Act
from ...perform import Answer
from ...queries.desk import desk_ticket
from ...queries.snapshot import inside
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from .interruptions import Moment

bp = Blueprint("outage", __name__, url_prefix=f"{PREFIX}/sites/<site>/outage")

_Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3])[:.][0-5]\d$")]
When = Moment | _Clock  # an instant, or a time of the open day at the site


class EntryBody(Body):
    """One line of the paper. Of a visit that is over all times are told, and the counter; else the first alone."""

    number: str = Field(min_length=1, max_length=16)
    service: str = Field(min_length=1, max_length=64)
    class_: Literal["regular", "priority", "booked"] = Field("regular", alias="class")
    people: int = Field(1, ge=1, le=100)
    issued_at: When
    called_at: When | None = None
    served_at: When | None = None
    finished_at: When | None = None
    counter: str | None = Field(None, min_length=1, max_length=64)


class EnterOutage(Body):
    """All that is entered together: all of it or nothing."""

    entries: list[EntryBody] = Field(min_length=1, max_length=MOST)


@endpoint(
    *(bp, "POST", ""),
    act=Act.ENTER_OUTAGE,
    body=EnterOutage,
    reply="found_tickets",
    codes=(Code.IDEMPOTENCY_KEY_MISSING, Code.IDEMPOTENCY_KEY_REUSED, Code.INVALID),
    status=201,
)
def enter_outage(asked: Asked, site: str) -> Any:
    """Enter an outage's paper; the tickets in the order of the entries."""

    def command(tx: Transaction) -> Any:
        return outage.enter(tx, [_entry(tx, one) for one in asked.body.entries])

    def reply(tx: Transaction, made: Any) -> Answer:
        view = inside(tx)
        documents = [desk_ticket(view, one) for one in made]
        return Answer(201, {"tickets": documents, "total": len(documents)})

    done = asked.perform(site, command, reply, key_required=True)
    return done.body, done.status


def _entry(tx: Transaction, one: EntryBody) -> Entry:
    instants = [_instant(tx, at) for at in (one.called_at, one.served_at, one.finished_at)]
    came = _instant(tx, one.issued_at)
    number = normalise(one.number) or one.number
    return Entry(number, one.service, one.class_, one.people, came or tx.now, *instants, one.counter)


def _instant(tx: Transaction, at: datetime | str | None) -> datetime | None:
    """In UTC, as all instants of the record."""
    if isinstance(at, str):
        hour, minute = at.replace(".", ":").split(":")
        at = datetime.combine(tx.today, time(int(hour), int(minute)), tzinfo=tx.config.timezone)
    return at.astimezone(UTC) if at else None
