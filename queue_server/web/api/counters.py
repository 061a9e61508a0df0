"""The officer's verbs at a counter. Each answers with the desk as it is afterwards."""

from collections.abc import Callable
from datetime import time
from typing import Any, Literal

from flask import Blueprint, request
from pydantic import Field

from ...commands import asking_help, officer, reclassing, resting, taking_over, walking_in
from ...domain.errors import Code, QueueError
from ...domain.fold import Ticket
from ...domain.rights import Act, require
from ...domain.staffing_events import BreakReason
from ...domain.transactions import MOST, Transacted
from ...domain.verbs import Verb
from ...perform import Answer
from ...queries.desk import desk, recorded
from ...queries.snapshot import inside
from ...store.transaction import Transaction
from ..http.endpoint import HH_MM, PREFIX, REASON, Asked, Because, BecauseNeeded, Body, Empty, endpoint
from .by_number import Missing, by_number

bp = Blueprint("counters", __name__, url_prefix=f"{PREFIX}/sites/<site>/counters/<counter>")

_TEXT = REASON  # characters of a note
_OPEN = (Code.COUNTER_CLOSED, Code.NOT_YOUR_COUNTER, Code.COUNTER_ON_BREAK)
_LEGAL = (*_OPEN, Code.ILLEGAL_TRANSITION)
_AT_HAND = (*_LEGAL, Code.OTHER_NUMBER)
_RECLASS = (Code.CLASS_NOT_OFFERED, Code.QUOTA_FULL)
_ISSUE = (
    *(Code.IDEMPOTENCY_KEY_MISSING, Code.IDEMPOTENCY_KEY_REUSED, Code.SERVICE_CLOSED, Code.SERVICE_INTERRUPTED),
    *(Code.QUOTA_FULL, Code.CLASS_NOT_OFFERED, Code.GROUP_TOO_LARGE, Code.UNKNOWN_SERVICE),
)
_TRANSFER = (Code.QUOTA_FULL, Code.NO_COUNTER, Code.CLASS_NOT_OFFERED, Code.UNKNOWN_SERVICE, Code.UNKNOWN_COUNTER)


class Reason(Because):
    """A supervisor at somebody's counter says why; so does whoever closes one while people wait for its services."""


class Close(Reason):
    """``officer``: the ``officer_id`` that the caller saw at the counter; if another is there now, nothing is done."""

    officer: str | None = Field(None, min_length=1, max_length=64)


class Break(Body):
    """``until``: a time of day at the site; why is told to staff alone."""

    reason: BreakReason
    until: str | None = Field(None, pattern=HH_MM, description="its next one, no later than a break may last")
    confirm: bool = Field(False, description="although services would be left without a counter")


class AtHand(Body):
    """``at_hand``: the number that the caller saw at the counter; if another is there now, nothing is done."""

    at_hand: str | None = Field(None, min_length=1, max_length=16)


class AtHandReason(Reason, AtHand):
    """As both."""


class Hold(Missing, AtHandReason):
    """Perhaps for the visitor to fetch papers; with a note for whoever goes on."""

    note: str | None = Field(None, max_length=_TEXT)


class CallNumber(BecauseNeeded):
    """A number, and why it is called out of turn."""

    number: str = Field(min_length=1, max_length=16)


class Done(Missing):
    """One of several transactions of a visit."""

    outcome: str | None = Field(None, max_length=64)
    quantity: int = Field(1, ge=1, le=999)


class Finish(Missing, AtHand):
    """How it ended; at ``call-next``, of the visitor whom it finishes."""

    outcome: str | None = Field(None, max_length=64)
    quantity: int | None = Field(None, ge=1, le=999)
    note: str | None = Field(None, max_length=_TEXT)


class FinishVisit(Finish):
    """``transactions``: several, each with its outcome; then none is said beside."""

    transactions: list[Done] = Field(default_factory=list, max_length=MOST)


class Return(AtHandReason):
    """The called ticket, or a held or missed one by number."""

    number: str | None = Field(None, min_length=1, max_length=16)


class Cancel(BecauseNeeded, AtHand):
    """The called ticket, or a waiting or held one by number; always with a reason."""

    number: str | None = Field(None, min_length=1, max_length=16)


class WalkIn(Reason):
    """Which of the counter's services; why, while anybody waits for one of them."""

    service: str = Field(min_length=1, max_length=64)
    class_: Literal["regular", "priority", "booked"] = Field("regular", alias="class")
    people: int = Field(1, ge=1, le=100, description="that come with the number")


class Transfer(AtHand):
    """Where to; ``counter`` is a wish and reserves nothing."""

    service: str = Field(min_length=1, max_length=64)
    counter: str | None = Field(None, min_length=1, max_length=64)
    note: str | None = Field(None, max_length=_TEXT)
    confirm: bool = Field(False, description="send there although nobody could call the visitor today")


class ReclassNumber(Body):
    """Which class, and why: never a text, for it would be about somebody's health."""

    class_: Literal["regular", "priority", "booked"] = Field(alias="class")
    reason: Literal["wrong_button", "asked", "entitled", "not_entitled"]


class Reclass(ReclassNumber, AtHand):
    """The counter's ticket, or a waiting or held one by number."""

    number: str | None = Field(None, min_length=1, max_length=16)


def _verb(verb: Verb, body: type[Body], *codes: Code) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Declare a verb: the decorated function carries it out within the transaction."""

    def declare(command: Callable[..., None]) -> Callable[..., Any]:
        def handler(asked: Asked, site: str, counter: str) -> Any:
            done = asked.perform(
                site,
                lambda tx: command(tx, counter, asked.body),
                lambda tx, _: Answer(200, desk(inside(tx), counter, asked.actor)),
            )
            return done.body, done.status

        handler.__name__, handler.__doc__ = command.__name__, command.__doc__
        return endpoint(bp, "POST", f"/{verb}", act=Act.WORK, body=body, reply="desk", codes=codes)(handler)

    return declare


@endpoint(bp, "GET", "/desk", act=Act.SEE_DESK, reply="desk", codes=(Code.INVALID,))
def get_desk(asked: Asked, site: str, counter: str) -> Any:
    """The desk document; with ``?key=`` of one's own request whose reply was lost, also whether that was recorded."""
    found = asked.house.site(site).counters.get(counter)
    if found is None:
        asked.house.refuse_unknown()
    require(asked.actor, Act.SEE_DESK, site, found.agency)
    key = request.args.get("key")
    if key is None:
        return asked.house.read(site, lambda view: desk(view, counter, asked.actor))
    if not 0 < len(key) <= 255 or "\0" in key:
        raise QueueError(Code.INVALID, field="key")
    me = asked.actor
    return asked.house.read(site, lambda view: {**desk(view, counter, me), "recorded": recorded(view, me.id, key)})


@_verb(Verb.OPEN, Empty, Code.COUNTER_TAKEN, Code.OFFICER_BUSY, Code.COUNTER_ON_BREAK)
def open_counter(tx: Transaction, counter: str, body: Empty) -> None:
    """Sit down at the counter."""
    officer.open_counter(tx, counter)


@_verb(Verb.CLOSE, Close, *_OPEN, Code.COUNTER_BUSY, Code.OTHER_OFFICER, Code.REASON_MISSING)
def close_counter(tx: Transaction, counter: str, body: Close) -> None:
    """Leave the counter."""
    officer.close_counter(tx, counter, body.reason, body.officer)


@_verb(
    *(Verb.TAKE_OVER, Reason, Code.COUNTER_CLOSED, Code.OFFICER_BUSY, Code.REASON_MISSING),
)
def take_over(tx: Transaction, counter: str, body: Reason) -> None:
    """Go on where another officer sits, with the visitor at hand."""
    taking_over.take_over(tx, counter, body.reason)


@_verb(Verb.HELP, Empty, *_OPEN)
def ask_help(tx: Transaction, counter: str, body: Empty) -> None:
    """Ask those who help in the hall to come, without a word."""
    asking_help.ask(tx, counter)


@_verb(Verb.BREAK, Break, *_OPEN, Code.COUNTER_BUSY, Code.LAST_COUNTER)
def begin_break(tx: Transaction, counter: str, body: Break) -> None:
    """Take a break, or say anew until when it lasts."""
    until = time.fromisoformat(body.until) if body.until else None
    resting.begin(tx, counter, body.reason, until, confirm=body.confirm)


@_verb(Verb.RESUME, Empty, *_LEGAL)
def resume(tx: Transaction, counter: str, body: Empty) -> None:
    """Come back from a break."""
    resting.resume(tx, counter)


@_verb(Verb.CALL_NEXT, Finish, *_OPEN, Code.COUNTER_BUSY, Code.OTHER_NUMBER, Code.UNKNOWN_PAPER)
def call_next(tx: Transaction, counter: str, body: Finish) -> None:
    """Call the next visitor; the desk's ticket stays null when nobody waits."""
    officer.call_next(tx, counter, body.outcome, body.quantity, body.note, body.at_hand, body.missing)


@_verb(Verb.CALL, CallNumber, *_LEGAL, Code.COUNTER_BUSY, Code.UNKNOWN_NUMBER)
def call(tx: Transaction, counter: str, body: CallNumber) -> None:
    """Call one number, with a reason."""
    officer.call(tx, counter, body.number, body.reason)


@endpoint(
    *(bp, "POST", f"/{Verb.WALK_IN}"),
    act=Act.WORK,
    body=WalkIn,
    reply="desk",
    codes=(*_OPEN, Code.COUNTER_BUSY, Code.REASON_MISSING, *_ISSUE),
    status=201,
)
def walk_in(asked: Asked, site: str, counter: str) -> Any:
    """Serve at once who has no number: one is given, nobody is called."""
    body = asked.body

    def command(tx: Transaction) -> bool:
        return walking_in.walk_in(tx, counter, body.service, body.class_, body.reason, body.people)

    def reply(tx: Transaction, served: bool) -> Answer:
        return Answer(201, desk(inside(tx), counter, asked.actor)) if served else Answer(409, None)

    done = asked.perform(site, command, reply, key_required=True)
    return done.body, done.status


@_verb(Verb.RECALL, AtHand, *_AT_HAND)
def recall(tx: Transaction, counter: str, body: AtHand) -> None:
    """Announce the called ticket again."""
    officer.recall(tx, counter, body.at_hand)


@_verb(Verb.SERVE, AtHand, *_AT_HAND)
def serve(tx: Transaction, counter: str, body: AtHand) -> None:
    """Service begins."""
    officer.serve(tx, counter, body.at_hand)


@_verb(Verb.FINISH, FinishVisit, *_AT_HAND, Code.UNKNOWN_PAPER, Code.UNKNOWN_OUTCOME)
def finish(tx: Transaction, counter: str, body: FinishVisit) -> None:
    """Service is over."""
    done = [Transacted(one.outcome, one.quantity, tuple(one.missing)) for one in body.transactions]
    officer.finish(tx, counter, body.outcome, body.quantity, body.note, body.at_hand, body.missing, done)


@_verb(Verb.NO_SHOW, AtHandReason, *_AT_HAND)
def no_show(tx: Transaction, counter: str, body: AtHandReason) -> None:
    """The called visitor did not come."""
    officer.no_show(tx, counter, body.reason, body.at_hand)


@_verb(Verb.HOLD, Hold, *_AT_HAND, Code.UNKNOWN_PAPER)
def hold(tx: Transaction, counter: str, body: Hold) -> None:
    """Set the visitor aside, perhaps to fetch papers."""
    officer.hold(tx, counter, body.reason, body.at_hand, body.missing, body.note)


@_verb(Verb.RETURN, Return, *_AT_HAND, Code.UNKNOWN_NUMBER)
def return_ticket(tx: Transaction, counter: str, body: Return) -> None:
    """Back into the queue, arrival kept."""
    officer.return_ticket(tx, counter, body.number, body.reason, body.at_hand)


@_verb(Verb.TRANSFER, Transfer, *_AT_HAND, *_TRANSFER)
def transfer(tx: Transaction, counter: str, body: Transfer) -> None:
    """Pass the visitor on with the same number."""
    officer.transfer(tx, counter, body.service, body.counter, body.note, body.confirm, body.at_hand)


@_verb(Verb.RECLASS, Reclass, *_AT_HAND, *_RECLASS, Code.UNKNOWN_NUMBER)
def reclass(tx: Transaction, counter: str, body: Reclass) -> None:
    """Another class: of the counter's ticket, or of a waiting or held one by number."""
    reclassing.reclass(tx, counter, body.class_, body.reason, body.number, body.at_hand)


@by_number(f"/{Verb.RECLASS}", ReclassNumber, *_RECLASS)
def reclass_number(tx: Transaction, number: str, body: ReclassNumber) -> Ticket:
    """Another class for a visitor, away from any counter."""
    return reclassing.reclass_number(tx, number, body.class_, body.reason)


@_verb(Verb.UNDO, AtHand, *_AT_HAND)
def undo(tx: Transaction, counter: str, body: AtHand) -> None:
    """Take back the last call or transfer within 15 s."""
    officer.undo(tx, counter, body.at_hand)


@_verb(Verb.CANCEL, Cancel, *_AT_HAND, Code.UNKNOWN_NUMBER)
def cancel(tx: Transaction, counter: str, body: Cancel) -> None:
    """Cancel a ticket, with a reason."""
    officer.cancel(tx, counter, body.reason, body.number, body.at_hand)
