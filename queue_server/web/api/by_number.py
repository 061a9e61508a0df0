"""What is done to a waiting visitor by number, away from any counter."""

from typing import Any

from flask import Blueprint
from pydantic import Field

from ...commands import transferring
from ...domain.errors import Code
from ...domain.fold import Ticket
from ...perform import Answer
from ...queries.desk import desk_ticket
from ...queries.snapshot import inside
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Body, Who, endpoint

bp = Blueprint("by_number", __name__, url_prefix=f"{PREFIX}/sites/<site>/tickets/by-number/<number>")


class Move(Body):
    """Where to; ``counter`` is a wish and reserves nothing."""

    service: str = Field(min_length=1, max_length=64)
    counter: str | None = Field(None, min_length=1, max_length=64)
    note: str | None = Field(None, max_length=500)
    confirm: bool = Field(False, description="send there although nobody could call the visitor today")


_CODES = (
    Code.ILLEGAL_TRANSITION,
    Code.NO_COUNTER,
    Code.QUOTA_FULL,
    Code.CLASS_NOT_OFFERED,
    Code.UNKNOWN_SERVICE,
    Code.UNKNOWN_COUNTER,
)


@endpoint(bp, "POST", "/transfer", who=Who.OFFICER, body=Move, reply="desk_ticket", codes=_CODES)
def move(asked: Asked, site: str, number: str) -> Any:
    """A waiting visitor goes to another service: a wrong transfer is put right. Number and arrival are kept."""
    asked.house.site(site)
    body = asked.body

    def command(tx: Transaction) -> Ticket:
        return transferring.bring_back(tx, number, body.service, body.counter, body.note, body.confirm)

    def reply(tx: Transaction, moved: Ticket) -> Answer:
        return Answer(200, desk_ticket(inside(tx), moved))

    done = asked.house.perform(site, command, actor=asked.actor, key=asked.key(), reply=reply)
    return done.body, done.status
