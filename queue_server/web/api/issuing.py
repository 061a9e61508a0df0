"""A ticket is issued, by an enrolled kiosk or by staff."""

from typing import Any, Literal

from flask import Blueprint
from pydantic import Field

from ...commands import visitor
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.roles import Role
from ...perform import Answer
from ...queries.snapshot import inside
from ...queries.ticket import ticket
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, REASON, SAID, Asked, Because, endpoint

bp = Blueprint("issuing", __name__, url_prefix=PREFIX)


class Issue(Because):
    """Which service, which class; everything else may stay away.

    ``booking`` and ``origin`` are refused like any unknown key until something is done with them: who sends a code
    shall not believe that it was looked at.
    """

    service: str = Field(min_length=1, max_length=64)
    class_: Literal["regular", "priority", "booked"] = Field("regular", alias="class")
    language: Literal["id", "en", "su"] | None = None
    people: int = Field(1, ge=1, le=100, description="that come with the number; above the site's group_max by staff")
    escort: bool = Field(False, description="somebody shall guide the visitor to the counter")
    reason: str | None = Field(
        None,
        min_length=1,
        max_length=REASON,
        pattern=SAID,
        description="of staff: why somebody without a code is given the class booked",
    )


_CODES = (
    Code.IDEMPOTENCY_KEY_MISSING,
    Code.IDEMPOTENCY_KEY_REUSED,
    Code.SERVICE_CLOSED,
    Code.QUOTA_FULL,
    Code.SERVICE_INTERRUPTED,
    Code.NOT_AT_KIOSK,
    Code.CLASS_NOT_OFFERED,
    Code.GROUP_TOO_LARGE,
    Code.UNKNOWN_SERVICE,
)


@endpoint(bp, "POST", "/sites/<site>/tickets", act=Act.ISSUE, body=Issue, reply="ticket", codes=_CODES)
def issue(asked: Asked, site: str) -> Any:
    """Take a number. The same ``Idempotency-Key`` and body again answers 200 with the same ticket."""
    house, body = asked.house, asked.body

    if body.reason is not None and (asked.actor.has({Role.KIOSK}) or body.class_ != "booked"):
        raise QueueError(Code.INVALID, field="reason")

    def command(tx: Transaction) -> Any:
        more = {"language": body.language, "people": body.people, "escort": body.escort, "reason": body.reason}
        return visitor.issue(tx, body.service, body.class_, **more)

    def reply(tx: Transaction, issued: Any) -> Answer:
        return Answer(201, ticket(inside(tx), issued), issued.id) if issued else Answer(409, None)

    done = asked.perform(site, command, reply, key_required=True)
    if asked.actor.has({Role.KIOSK}):
        house.issued_at_kiosk(asked.actor.id)
    return house.with_token(done.body), done.status
