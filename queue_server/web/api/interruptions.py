"""What cannot work, since when, and what else one can do: begun, confirmed, ended, and looked up later."""

from datetime import date, datetime
from typing import Annotated, Any, cast

from flask import Blueprint, request
from pydantic import BeforeValidator, Field

from ...commands import interrupting
from ...domain.errors import Code, QueueError
from ...domain.interruption import Interruption, Issuing, Reason, Scope
from ...domain.plain_text import is_blank
from ...domain.rights import Act
from ...perform import Answer
from ...queries.interruptions import document, register
from ..http.endpoint import PREFIX, Asked, Body, Empty, endpoint

bp = Blueprint("interruptions", __name__, url_prefix=f"{PREFIX}/sites/<site>/interruptions")
_MOST_DAYS = 366


def _moment(written: object) -> datetime:
    """Raises ValueError for what is no instant in ISO 8601 with an offset, of these centuries."""
    at = datetime.fromisoformat(written) if isinstance(written, str) else None
    if at is None or at.tzinfo is None or not 2000 <= at.year < 2200:
        raise ValueError("is no instant in ISO 8601 with an offset")
    return at


Moment = Annotated[datetime, BeforeValidator(_moment)]


class InterruptionOf(Body):
    """What it concerns: one of the three, or none for the whole site."""

    agency: str | None = Field(None, min_length=1, max_length=64)
    service: str | None = Field(None, min_length=1, max_length=64)
    counter: str | None = Field(None, min_length=1, max_length=64)


class Interrupt(Body):
    """What cannot work, why, and what becomes of numbers; instants in ISO 8601 with an offset."""

    scope: InterruptionOf
    reason: Reason
    issuing: Issuing = "warn"
    notice: str | None = Field(None, max_length=200)
    since: Moment | None = None
    until: Moment | None = None


class End(Body):
    """``at``: when it worked again, left out: now."""

    at: Moment | None = None


def _on_one(asked: Asked, site: str, id: str, verb: Any) -> Any:
    """Act on one of today; the answer is as it was left."""

    def command(tx: Any) -> Interruption:
        interrupting.recent(tx, id)
        verb(tx)
        return interrupting.recent(tx, id)

    return asked.perform(site, command, lambda _, one: Answer(200, document(one))).body


@endpoint(
    bp,
    "POST",
    "",
    act=Act.INTERRUPT,
    body=Interrupt,
    reply="interruption",
    status=201,
    codes=(Code.ALREADY_INTERRUPTED, Code.DAY_CLOSED, Code.INVALID),
)
def begin(asked: Asked, site: str) -> Any:
    """Say that something cannot work: kiosks, walls and phones tell it at once."""
    body = asked.body
    scope = cast(Scope, body.scope.model_dump(exclude_none=True))

    def command(tx: Any) -> Interruption:
        notice = None if is_blank(body.notice or "") else " ".join((body.notice or "").split())
        return interrupting.begin(
            tx, scope, body.reason, body.issuing, notice=notice, since=body.since, until=body.until
        )

    done = asked.perform(site, command, lambda _, one: Answer(201, document(one)))
    return done.body, done.status


@endpoint(bp, "POST", "/<interruption>/end", act=Act.INTERRUPT, body=End, reply="interruption", codes=(Code.INVALID,))
def end(asked: Asked, site: str, interruption: str) -> Any:
    """Say that it works again."""
    return _on_one(asked, site, interruption, lambda tx: interrupting.end(tx, interruption, asked.body.at))


@endpoint(bp, "POST", "/<interruption>/confirm", act=Act.CONFIRM_INTERRUPTION, body=Empty, reply="interruption")
def confirm(asked: Asked, site: str, interruption: str) -> Any:
    """Stand for what an officer said; from then on it excuses waits."""
    return _on_one(asked, site, interruption, lambda tx: interrupting.confirm(tx, interruption))


@endpoint(
    bp,
    "POST",
    "/<interruption>/reject",
    act=Act.CONFIRM_INTERRUPTION,
    body=Empty,
    reply="interruption",
    codes=(Code.ILLEGAL_TRANSITION,),
)
def reject(asked: Asked, site: str, interruption: str) -> Any:
    """Not stand for what an officer said: it was looked at, and excuses no wait."""
    return _on_one(asked, site, interruption, lambda tx: interrupting.reject(tx, interruption))


@endpoint(bp, "GET", "", act=Act.SEE_INTERRUPTIONS, reply="interruptions", codes=(Code.INVALID,))
def past(asked: Asked, site: str) -> Any:
    """Those from one service day to another (``from``, ``to``; left out: today's), the latest first."""
    today = asked.house.clock().astimezone(asked.house.site(site).timezone).date()
    first, last = _day("from", today), _day("to", today)
    if not 0 <= (last - first).days <= _MOST_DAYS:
        raise QueueError(Code.INVALID, field="to")
    return asked.house.read(site, lambda view: register(view, first, last, asked.actor.agencies))


def _day(name: str, otherwise: date) -> date:
    written = request.args.get(name)
    if not written:
        return otherwise
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise QueueError(Code.INVALID, field=name) from None
