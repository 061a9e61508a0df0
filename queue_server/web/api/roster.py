"""A day's roster: looked at, and written anew."""

from datetime import date
from typing import Any

from flask import Blueprint, jsonify, request
from pydantic import Field, RootModel

from ...commands import rostering
from ...domain.day import local_date
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.roster import Shift
from ...perform import Answer
from ...queries.roster import roster
from ...queries.snapshot import inside
from ..http.endpoint import PREFIX, Asked, Body, endpoint

bp = Blueprint("roster", __name__, url_prefix=f"{PREFIX}/sites/<site>/roster")

_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_MOST = 500  # shifts of a day


class ShiftBody(Body):
    """An account at a counter, from when to when."""

    counter: str = Field(max_length=64)
    account: str = Field(max_length=64)
    begins: str = Field(alias="from", pattern=f"^{_TIME}$")
    ends: str = Field(alias="to", pattern=f"^({_TIME}|24:00)$")


class WriteRoster(RootModel[list[ShiftBody]]):
    """The whole day again, as it shall be, at the counters that are the caller's to see to."""

    root: list[ShiftBody] = Field(max_length=_MOST)


@endpoint(bp, "GET", "", act=Act.SEE_ROSTER, reply="roster", codes=(Code.INVALID,))
def get_roster(asked: Asked, site: str) -> Any:
    """A day's shifts (``day``; left out: today's), within the caller's agencies; the ETag is their version."""
    day = _day(asked, site)
    return _answered(*asked.house.read(site, lambda view: roster(view, day, asked.actor.agencies)))


@endpoint(bp, "PUT", "", act=Act.ASSIGN, body=WriteRoster, reply="roster", codes=(Code.INVALID, Code.ROSTER_CHANGED))
def put_roster(asked: Asked, site: str) -> Any:
    """Write a day's shifts anew; ``based_on``: the version that was looked at, left out: whichever it is."""
    day, based_on = _day(asked, site), request.args.get("based_on")
    shifts = [Shift(one.counter, one.account, one.begins, one.ends) for one in asked.body.root]
    done = asked.perform(
        site,
        lambda tx: rostering.write(tx, day, shifts, based_on),
        lambda tx, _: Answer(200, roster(inside(tx), day, asked.actor.agencies)),
    )
    return _answered(*done.body)


def _answered(document: Any, version: str) -> Any:
    response = jsonify(document)
    response.set_etag(version)
    return response


def _day(asked: Asked, site: str) -> date:
    said = request.args.get("day")
    if said is None:
        return local_date(asked.house.site(site), asked.house.clock())
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise QueueError(Code.INVALID, field="day") from None
