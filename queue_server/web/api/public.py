"""What anybody may read: sites, boards, calls; and a ticket, for whoever holds its token."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from ...commands import escorting, forgetting, visitor
from ...domain.errors import Code, QueueError
from ...domain.fold import Ticket
from ...domain.rights import Act
from ...domain.roles import Actor, Role
from ...perform import Answer
from ...queries import calls
from ...queries.board import board
from ...queries.site import site_info
from ...queries.snapshot import inside
from ...queries.ticket import current, ticket
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Body, Empty, endpoint

bp = Blueprint("public", __name__, url_prefix=PREFIX)


@endpoint(bp, "GET", "/sites", act=Act.PUBLIC, reply="sites")
def list_sites(asked: Asked) -> Any:
    """The sites this server serves, each as its own document says it."""
    return {"sites": [asked.house.read(id, site_info) for id in asked.house.settings.sites]}


@endpoint(bp, "GET", "/sites/<site>", act=Act.PUBLIC, reply="site")
def get_site(asked: Asked, site: str) -> Any:
    """A site: agencies, services with open-or-why-not, waiting, quota left; counters, hours."""
    return asked.house.read(site, site_info)


@endpoint(bp, "GET", "/sites/<site>/board", act=Act.PUBLIC, reply="board")
def get_board(asked: Asked, site: str) -> Any:
    """The board document."""
    return asked.house.read(site, board)


@endpoint(bp, "GET", "/sites/<site>/calls", act=Act.PUBLIC, reply="calls", codes=(Code.INVALID,))
def get_calls(asked: Asked, site: str) -> Any:
    """Today's calls newer than ``?after=``, oldest first."""
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) <= 12):
        raise QueueError(Code.INVALID, field="after")
    return asked.house.read(site, lambda view: calls.after(view, int(after)))


@endpoint(bp, "GET", "/tickets/<token>", act=Act.HOLD, reply="ticket")
def get_ticket(asked: Asked, token: str) -> Any:
    """A ticket, as its holder may see it."""
    house = asked.house
    found = house.ticket_of(token)
    if found is None:
        house.refuse_unknown()
    document = house.read(found.site, lambda view: ticket(view, current(view, found)))
    return _with_etag(house.with_token(document))


def _with_etag(document: dict[str, Any]) -> Response:
    """Answers 304 while nothing of the ticket has changed; the revision of others' doings does not count."""
    own = {k: v for k, v in document.items() if k != "revision"}
    response = jsonify(document)
    response.set_etag(hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


@endpoint(
    bp, "POST", "/tickets/<token>/cancel", act=Act.GIVE_UP, body=Empty, reply="ticket", codes=(Code.ILLEGAL_TRANSITION,)
)
def cancel_own(asked: Asked, token: str) -> Any:
    """Its holder gives a waiting or held ticket up."""
    return _by_holder(asked, token, visitor.cancel_own)


class Escort(Body):
    """Whether somebody shall guide the visitor to the counter."""

    escort: bool


@endpoint(
    *(bp, "POST", "/tickets/<token>/escort"),
    act=Act.HOLD,
    body=Escort,
    reply="ticket",
    codes=(Code.ILLEGAL_TRANSITION,),
)
def ask_escort(asked: Asked, token: str) -> Any:
    """Its holder asks to be guided to the counter, or needs nobody after all. Gone when the day closes."""
    return _by_holder(asked, token, lambda tx, id: escorting.own_escort(tx, id, asked.body.escort))


@endpoint(bp, "DELETE", "/tickets/<token>/private", act=Act.HOLD, reply="ticket")
def erase_own(asked: Asked, token: str) -> Any:
    """Its holder has erased at once what is kept of them: notes, and the code that they booked with."""
    return _by_holder(asked, token, forgetting.erase_own)


def _by_holder(asked: Asked, token: str, command: Callable[[Transaction, str], Ticket]) -> Any:
    house = asked.house
    found = house.ticket_of(token)
    if found is None:
        house.refuse_unknown()
    done = house.perform(
        found.site,
        lambda tx: command(tx, found.id),
        actor=Actor("visitor", Role.VISITOR.only, frozenset({found.site})),
        reply=lambda tx, now: Answer(200, ticket(inside(tx), now)),
    )
    return house.with_token(done.body)
