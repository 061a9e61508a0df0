"""A hall gives up for the day: whoever waits has a place at the front of the next one."""

from typing import Annotated, Any

from flask import Blueprint
from pydantic import Field

from ...commands import carrying
from ...domain.errors import Code
from ...domain.rights import Act
from ...perform import Answer
from ...queries.carrying import carry_over, would_carry
from ..http.endpoint import PREFIX, Asked, BecauseNeeded, endpoint

bp = Blueprint("carrying", __name__, url_prefix=f"{PREFIX}/sites/<site>/carry-over")


class GiveUp(BecauseNeeded):
    """Why; ``services``: of these alone, left out: of all that something interrupted today."""

    services: list[Annotated[str, Field(min_length=1, max_length=64)]] | None = Field(
        None, min_length=1, max_length=500
    )


_CODES = (Code.DAY_CLOSED, Code.NOT_INTERRUPTED, Code.NOBODY_WAITING, Code.NO_NEXT_DAY, Code.UNKNOWN_SERVICE)


@endpoint(bp, "GET", "", act=Act.CARRY_OVER, reply="carry_over")
def look(asked: Asked, site: str) -> Any:
    """The places that would be kept now, and on which days, within the account's agencies."""
    known = asked.house.perform.sites
    return asked.house.read(site, lambda view: would_carry(view, known, asked.actor))


@endpoint(bp, "POST", "", act=Act.CARRY_OVER, body=GiveUp, reply="carry_over", codes=_CODES)
def give_up(asked: Asked, site: str) -> Any:
    """Give up for today: whoever waits or is set aside has a place at the front of their service's next day."""
    return asked.perform(
        site,
        lambda tx: carrying.carry_over(tx, asked.body.reason, asked.body.services),
        lambda _, places: Answer(200, carry_over([*places])),
    ).body
