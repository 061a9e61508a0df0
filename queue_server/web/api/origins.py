"""From where visitors come: said by a ticket's holder; and what an office knows of the kecamatan."""

from typing import Annotated, Any

from flask import Blueprint
from pydantic import Field

from ...commands import origins, registering
from ...domain.districts import MOST, District
from ...domain.errors import Code
from ...domain.rights import Act
from ...perform import Answer
from ...queries.origins import districts
from ...queries.snapshot import inside
from ...queries.survey import Urn, survey_day
from ..http.endpoint import PREFIX, Asked, Body, endpoint

bp = Blueprint("origins", __name__, url_prefix=PREFIX)


class Origin(Body):
    """One of the site's districts, by its id, or ``other``. A visitor who skips sends nothing."""

    origin: str = Field(min_length=1, max_length=64)


class DistrictBody(Body):
    """What is known of one; null: nothing."""

    id: str = Field(min_length=1, max_length=64)
    distance_km: float | int | None = Field(None, description="by road, to the hall")
    population: int | None = None


class SetDistricts(Body):
    """All of them, as they shall be."""

    districts: Annotated[list[DistrictBody], Field(max_length=MOST)]
    source: str | None = Field(None, max_length=800, description="from which the figures are taken")
    year: int | None = Field(None, description="of the figures")
    based_on: str | None = Field(None, max_length=40, description="the version that was looked at")


@endpoint(
    *(bp, "POST", "/tickets/<token>/origin"),
    act=Act.HOLD,
    body=Origin,
    codes=(Code.ALREADY_ANSWERED, Code.INVALID),
    status=201,
    keyless=True,
    reply="said",
)
def tell_origin(asked: Asked, token: str) -> Any:
    """Say from which kecamatan one comes, once, where the number is asked; nobody can tell whose the answer is."""
    house = asked.house
    found = house.ticket_of(token)
    if found is None:
        house.refuse_unknown()
    today = house.read(found.site, survey_day)
    with house.perform.aside() as conn:
        origins.tell(Urn(conn, house.urn_keys, house.site(found.site), today), found.id, asked.body.origin)
    return {"said": True}, 201


@endpoint(bp, "GET", "/sites/<site>/districts", act=Act.SEE_PERIOD, reply="districts")
def get_districts(asked: Asked, site: str) -> Any:
    """How far each is and how many live there, as far as it is written down."""
    return asked.house.read(site, districts)


@endpoint(
    *(bp, "PUT", "/sites/<site>/districts"),
    act=Act.SET_DISTRICTS,
    body=SetDistricts,
    reply="districts",
    codes=(Code.INVALID, Code.DISTRICTS_CHANGED),
)
def put_districts(asked: Asked, site: str) -> Any:
    """Write them down, all anew."""
    body = asked.body
    said = [District(one.id, one.distance_km, one.population) for one in body.districts]
    return asked.perform(
        site,
        lambda tx: registering.set_districts(tx, said, body.source, body.year, body.based_on),
        lambda tx, _: Answer(200, districts(inside(tx))),
    ).body
