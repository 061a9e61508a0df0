"""What is done to a waiting visitor by number, away from any counter."""

from collections.abc import Callable
from typing import Annotated, Any

from flask import Blueprint
from pydantic import Field

from ...commands import escorting, helping, reading_notes, transferring
from ...domain.errors import Code
from ...domain.fold import Ticket
from ...domain.papers import MOST
from ...domain.rights import Act
from ...perform import Answer
from ...queries.desk import desk_ticket
from ...queries.notes import notes_of
from ...queries.snapshot import inside
from ...queries.ticket import ticket
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Because, BecauseNeeded, Body, Empty, endpoint

bp = Blueprint("by_number", __name__, url_prefix=f"{PREFIX}/sites/<site>/tickets/by-number/<number>")


class Move(Body):
    """Where to; ``counter`` is a wish and reserves nothing."""

    service: str = Field(min_length=1, max_length=64)
    counter: str | None = Field(None, min_length=1, max_length=64)
    note: str | None = Field(None, max_length=500)
    confirm: bool = Field(False, description="send there although nobody could call the visitor today")


_CODES = (
    Code.NO_COUNTER,
    Code.QUOTA_FULL,
    Code.CLASS_NOT_OFFERED,
    Code.UNKNOWN_SERVICE,
    Code.UNKNOWN_COUNTER,
)


ByNumber = Callable[[Transaction, str, Any], Ticket]


def by_number(path: str, body: type[Body], *codes: Code) -> Callable[[ByNumber], Callable[..., Any]]:
    """Declare what is done to a number: the decorated function does it within the transaction."""

    def declare(command: ByNumber) -> Callable[..., Any]:
        def handler(asked: Asked, site: str, number: str) -> Any:
            done = asked.perform(
                site,
                lambda tx: command(tx, number, asked.body),
                lambda tx, ticket: Answer(200, desk_ticket(inside(tx), ticket)),
            )
            return done.body, done.status

        handler.__name__, handler.__doc__ = command.__name__, command.__doc__
        declared = (Code.ILLEGAL_TRANSITION, *codes)
        return endpoint(bp, "POST", path, act=Act.BY_NUMBER, body=body, reply="desk_ticket", codes=declared)(handler)

    return declare


class Missing(Body):
    """``missing``: the papers that were, by their ids in the service's own list."""

    missing: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(default_factory=list, max_length=MOST)


class WithReason(Because):
    """Why; needed where the visitor is called or served at somebody's counter."""


class Hold(Missing, WithReason):
    """Perhaps for the visitor to fetch papers."""


class Cancel(BecauseNeeded):
    """Why the number is given up for its holder."""


class People(Body):
    """How many came with the number."""

    people: int = Field(ge=1, le=100)


@by_number("/people", People, Code.QUOTA_FULL, Code.GROUP_TOO_LARGE)
def people_by_number(tx: Transaction, number: str, body: People) -> Ticket:
    """Another number of people came than was said; their places of the quota follow."""
    return helping.regroup(tx, number, body.people)


class Escort(Body):
    """Whether somebody shall guide the visitor to the counter."""

    escort: bool


@by_number("/escort", Escort)
def escort_by_number(tx: Transaction, number: str, body: Escort) -> Ticket:
    """A visitor asks to be guided to the counter, or needs nobody after all. Gone when the day closes."""
    return escorting.escort_number(tx, number, body.escort)


@by_number("/return", WithReason)
def return_by_number(tx: Transaction, number: str, body: WithReason) -> Ticket:
    """A called, held or missed visitor waits again, arrival kept."""
    return helping.return_number(tx, number, body.reason)


@by_number("/hold", Hold, Code.UNKNOWN_PAPER)
def hold_by_number(tx: Transaction, number: str, body: Hold) -> Ticket:
    """A called or served visitor is set aside, perhaps to fetch papers."""
    return helping.hold_number(tx, number, body.reason, body.missing)


@by_number("/cancel", Cancel)
def cancel_by_number(tx: Transaction, number: str, body: Cancel) -> Ticket:
    """A waiting, held or called number is given up for its holder, or the place kept for them on another day."""
    return helping.cancel_number(tx, number, body.reason)


@endpoint(bp, "POST", "/reprint", act=Act.BY_NUMBER, body=WithReason, reply="ticket", codes=(Code.ILLEGAL_TRANSITION,))
def reprint(asked: Asked, site: str, number: str) -> Any:
    """Another slip: the ticket with its link, as it was when it was issued."""
    done = asked.perform(
        site,
        lambda tx: helping.reprint(tx, number, asked.body.reason),
        lambda tx, found: Answer(200, ticket(inside(tx), found), found.id),
    )
    return asked.house.with_token(done.body), done.status


@endpoint(bp, "POST", "/notes/open", act=Act.BY_NUMBER, body=Empty, reply="notes")
def open_notes(asked: Asked, site: str, number: str) -> Any:
    """What was written about a visitor, for whoever does not serve them: that it was read is recorded."""
    done = asked.perform(
        site,
        lambda tx: reading_notes.open_notes(tx, number),
        lambda tx, found: Answer(200, {"notes": notes_of(inside(tx), found.id)}),
    )
    return done.body, done.status


@by_number("/transfer", Move, *_CODES)
def move(tx: Transaction, number: str, body: Move) -> Ticket:
    """A waiting visitor goes to another service: a wrong transfer is put right. Number and arrival are kept."""
    return transferring.bring_back(tx, number, body.service, body.counter, body.note, body.confirm)
