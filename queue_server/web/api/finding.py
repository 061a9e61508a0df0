"""Numbers of a day are found, and looked at."""

from datetime import date
from typing import Any

from flask import Blueprint, request

from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.ticket import State
from ...queries import finding
from ..http.endpoint import PREFIX, Asked, endpoint

bp = Blueprint("finding", __name__, url_prefix=f"{PREFIX}/sites/<site>/tickets")

_LONGEST = 32  # characters of what is searched for
_MOST_PAGES = 10_000


@endpoint(bp, "GET", "", act=Act.FIND, reply="found_tickets", codes=(Code.INVALID,))
def find_tickets(asked: Asked, site: str) -> Any:
    """The day's numbers that fit, within the caller's agencies, fifty a page, the newest first."""
    wanted = {"day": _day(), "q": _text("q") or "", "service": _text("service"), "state": _state(), "page": _page()}
    return asked.house.read(site, lambda view: finding.found(view, asked.actor, **wanted))


@endpoint(bp, "GET", "/by-number/<number>", act=Act.FIND, reply="ticket_story", codes=(Code.INVALID,))
def look_at_number(asked: Asked, site: str, number: str) -> Any:
    """One number of a day: where it is, its stays, calls and changes of class, and what can be done with it."""
    day = _day()
    found = asked.house.read(site, lambda view: finding.story(view, asked.actor, number, day))
    return found or asked.house.refuse_unknown()


def _text(name: str) -> str | None:
    said = request.args.get(name)
    if said is not None and (len(said) > _LONGEST or "\0" in said):
        raise QueueError(Code.INVALID, field=name)
    return said or None


def _day() -> date | None:
    said = _text("day")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise QueueError(Code.INVALID, field="day") from None


def _state() -> State | None:
    said = _text("state")
    try:
        return State(said) if said else None
    except ValueError:
        raise QueueError(Code.INVALID, field="state") from None


def _page() -> int:
    said = _text("page") or "1"
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= _MOST_PAGES):
        raise QueueError(Code.INVALID, field="page")
    return int(said)
