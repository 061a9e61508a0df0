"""Levers for today, which end when the next day opens; and what is suggested about a long line."""

from typing import Any

from flask import Blueprint
from pydantic import Field

from ...commands import answering, steering
from ...domain.errors import Code
from ...domain.rights import Act
from ...perform import Answer, Command
from ...queries.hall import hall
from ...queries.snapshot import inside
from ..http.endpoint import PREFIX, Asked, BecauseNeeded, Body, endpoint

bp = Blueprint("steering", __name__, url_prefix=f"{PREFIX}/sites/<site>")

_MOST = 9999  # places of a day


class SetServices(BecauseNeeded):
    """What the counter serves today, and why."""

    services: list[str] = Field(min_length=1, max_length=200)
    confirm: bool = Field(False, description="although people wait for what nobody would call any more")


class SetQuota(BecauseNeeded):
    """How many places a service's day has: of a class, or of all together; null: as many as come. A class that is
    not named keeps its own."""

    total: int | None = Field(None, ge=0, le=_MOST)
    regular: int | None = Field(None, ge=0, le=_MOST)
    priority: int | None = Field(None, ge=0, le=_MOST)
    booked: int | None = Field(None, ge=0, le=_MOST)


def _on_hall(asked: Asked, site: str, command: Command) -> Any:
    """The hall as the lever leaves it, within the caller's agencies."""
    heard, agencies = asked.house.seen.of(site), asked.actor.agencies
    return asked.perform(site, command, lambda tx, _: Answer(200, hall(inside(tx), agencies, heard))).body


@endpoint(
    bp,
    "PUT",
    "/counters/<counter>/services",
    act=Act.STEER,
    body=SetServices,
    reply="hall",
    codes=(Code.INVALID, Code.UNKNOWN_SERVICE, Code.LAST_COUNTER, Code.DAY_CLOSED),
)
def put_services(asked: Asked, site: str, counter: str) -> Any:
    """Say what a counter serves until the next day opens."""
    said = asked.body
    return _on_hall(
        asked, site, lambda tx: steering.set_services(tx, counter, said.services, said.reason, confirm=said.confirm)
    )


@endpoint(
    bp,
    "PUT",
    "/services/<service>/quota",
    act=Act.STEER,
    body=SetQuota,
    reply="hall",
    codes=(Code.INVALID, Code.CLASS_NOT_OFFERED, Code.DAY_CLOSED),
)
def put_quota(asked: Asked, site: str, service: str) -> Any:
    """Say how many numbers a service gives until the next day opens."""
    said = asked.body.model_dump(exclude_unset=True, exclude={"reason_code"})
    reason = said.pop("reason")
    return _on_hall(asked, site, lambda tx: steering.set_quota(tx, service, said, reason))


class AnswerTo(Body):
    """Whether it is taken; otherwise it is declined, and not suggested for half an hour."""

    taken: bool = Field(description="it is being done; what comes of it is then told beside what was expected")


@endpoint(bp, "GET", "/suggestions", act=Act.SEE_HALL, reply="suggestions")
def get_suggestions(asked: Asked, site: str) -> Any:
    """At most two acts that would shorten a long line, within the account's agencies; then those taken today."""
    house = asked.house
    house.site(site)
    return house.suggestions.of(site, house.read, house.off_hub, asked.actor.agencies)


@endpoint(
    bp,
    "POST",
    "/suggestions/<suggestion>/answer",
    act=Act.STEER,
    body=AnswerTo,
    reply="suggestions",
    codes=(Code.DAY_CLOSED,),
)
def answer_suggestion(asked: Asked, site: str, suggestion: str) -> Any:
    """Take or decline one. It pulls no lever: opening a counter is a person's walk, the rest has its own commands."""
    house, agencies = asked.house, asked.actor.agencies
    found, among = house.suggestions.find(site, suggestion, house.read, house.off_hub)
    asked.perform(
        site,
        lambda tx: answering.answer(tx, found, among, taken=asked.body.taken),
        lambda tx, _: Answer(200, None),
    )
    return house.suggestions.of(site, house.read, house.off_hub, agencies)
