"""What is written down beside a hall's days: targets, and how many complaints came and how far they are."""

from datetime import date
from typing import Annotated, Any

from flask import Blueprint
from pydantic import Field

from ...commands import registering
from ...domain.complaints import MOST, Channel, Count
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.targets import MOST as MOST_TARGETS
from ...domain.targets import Target
from ...perform import Answer
from ...queries.registers import complaints, targets
from ...queries.snapshot import inside
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from ..http.query_values import text

bp = Blueprint("registers", __name__, url_prefix=f"{PREFIX}/sites/<site>")

_MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"
_Many = Annotated[int, Field(ge=0, le=MOST)]


class TargetBody(Body):
    """From a day on; no value: from then on there is none."""

    measure: str = Field(max_length=64)
    begins: str = Field(alias="from", pattern=r"^\d{4}-\d\d-\d\d$")
    value: float | int | None = Field(description="seconds, or a share from 0 to 1")


class SetTargets(Body):
    """All targets, as they shall be."""

    targets: list[TargetBody] = Field(max_length=MOST_TARGETS)
    based_on: str | None = Field(None, max_length=40, description="the version that was looked at")


class CountComplaints(Body):
    """Of those that came in a month by one way, so many are in work and done."""

    month: str = Field(pattern=_MONTH)
    channel: Channel
    agency: str | None = Field(None, min_length=1, max_length=64, description="whose they are; left out: the hall's")
    received: _Many
    in_work: _Many
    done: _Many


@endpoint(bp, "GET", "/targets", act=Act.SEE_PERIOD, reply="targets")
def get_targets(asked: Asked, site: str) -> Any:
    """All targets, those that are over and to come too."""
    return asked.house.read(site, targets)


@endpoint(
    *(bp, "PUT", "/targets"),
    act=Act.SET_TARGETS,
    body=SetTargets,
    reply="targets",
    codes=(Code.INVALID, Code.TARGETS_CHANGED),
)
def put_targets(asked: Asked, site: str) -> Any:
    """Set all targets anew, dated, per measure."""
    body = asked.body
    wanted = [Target(one.measure, _day(n, one.begins), one.value) for n, one in enumerate(body.targets)]
    return asked.perform(
        site,
        lambda tx: registering.set_targets(tx, wanted, body.based_on),
        lambda tx, _: Answer(200, targets(inside(tx))),
    ).body


@endpoint(bp, "GET", "/complaints", act=Act.SEE_COMPLAINTS, reply="complaints", codes=(Code.INVALID,))
def get_complaints(asked: Asked, site: str) -> Any:
    """The register (``from``, ``to``: months, left out: all), within the caller's agencies."""
    first, last = _month("from", "2000-01"), _month("to", "2099-12")
    return asked.house.read(site, lambda view: complaints(view, first, last, asked.actor.agencies))


@endpoint(
    *(bp, "POST", "/complaints"),
    act=Act.COUNT_COMPLAINTS,
    body=CountComplaints,
    reply="complaints",
    codes=(Code.INVALID,),
)
def count_complaints(asked: Asked, site: str) -> Any:
    """Write a line of the register, or write it anew; the answer is its month."""
    said, agencies = asked.body, asked.actor.agencies
    count = Count(said.month, said.channel, said.agency, said.received, said.in_work, said.done)
    return asked.perform(
        site,
        lambda tx: registering.count_complaints(tx, count),
        lambda tx, _: Answer(200, complaints(inside(tx), said.month, said.month, agencies)),
    ).body


def _day(n: int, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise QueueError(Code.INVALID, field=f"targets.{n}.from", reason="same_day_twice") from None


def _month(name: str, usual: str) -> str:
    said = text(name)
    if said is None:
        return usual
    try:
        date.fromisoformat(f"{said}-01")
    except ValueError:
        raise QueueError(Code.INVALID, field=name) from None
    return said
