"""The registers of a survey: read by anybody, written by staff; a quarter's figures frozen."""

from datetime import date
from typing import Annotated, Any

from flask import Blueprint
from pydantic import AfterValidator, Field

from ...commands import following_up
from ...domain.errors import Code
from ...domain.followups import Followup, PublicationKind, Published
from ...domain.rights import Act
from ...domain.survey import Element
from ...domain.survey_period import quarter
from ...perform import Answer
from ...queries import followups, survey
from ...queries.snapshot import inside
from ..http.endpoint import PREFIX, SAID, Asked, Body, endpoint

bp = Blueprint("followups", __name__, url_prefix=f"{PREFIX}/sites/<site>")


def _real(said: str) -> str:
    date.fromisoformat(said)
    return said


Quarter = Annotated[str, Field(pattern=r"^20\d\d-Q[1-4]$")]
Day = Annotated[str, Field(pattern=r"^20\d\d-\d\d-\d\d$"), AfterValidator(_real)]
Line = Annotated[str, Field(min_length=1, max_length=1200, pattern=SAID)]
_Id = Annotated[str | None, Field(max_length=36, description="of one that is written anew; left out: a new one")]


class SetFollowup(Body):
    """What is done about an element, by when, and by which office."""

    id: _Id = None
    period: Quarter
    element: Element
    act: Line
    who: Line = Field(description="an office or a post, never a person")
    due: Day
    agency: str | None = Field(None, min_length=1, max_length=64)
    done: Day | None = None
    proof: Line | None = Field(None, description="an address, or where it lies")


class SetPublication(Body):
    """Where a result was published."""

    id: _Id = None
    period: Quarter
    kind: PublicationKind
    medium: Line
    day: Day
    proof: Line | None = None


class CloseQuarter(Body):
    """Which quarter."""

    quarter: Quarter


@endpoint(bp, "GET", "/followups", act=Act.PUBLIC, reply="followups")
def get_followups(asked: Asked, site: str) -> Any:
    """What is done about the results, the latest period first."""
    return asked.house.read(site, followups.followups)


@endpoint(
    *(bp, "POST", "/followups"), act=Act.KEEP_REGISTERS, body=SetFollowup, reply="followups", codes=(Code.INVALID,)
)
def set_followup(asked: Asked, site: str) -> Any:
    """Write a follow-up down, or one anew that stands already."""
    body, house = asked.body, asked.house
    done = date.fromisoformat(body.done) if body.done else None
    said = Followup(
        body.period, body.element, body.act, body.who, date.fromisoformat(body.due), body.agency, done, body.proof
    )
    today = house.read(site, survey.survey_day)
    return asked.perform(
        site,
        lambda tx: following_up.set_followup(tx, said, today, body.id),
        lambda tx, _: Answer(200, followups.followups(inside(tx))),
    ).body


@endpoint(bp, "GET", "/publications", act=Act.PUBLIC, reply="publications")
def get_publications(asked: Asked, site: str) -> Any:
    """Where the results were published, the latest first."""
    return asked.house.read(site, followups.publications)


@endpoint(
    *(bp, "POST", "/publications"),
    act=Act.KEEP_REGISTERS,
    body=SetPublication,
    reply="publications",
    codes=(Code.INVALID,),
)
def set_publication(asked: Asked, site: str) -> Any:
    """Write a publication down, or one anew that stands already."""
    body, house = asked.body, asked.house
    said = Published(body.period, body.kind, body.medium, date.fromisoformat(body.day), body.proof)
    today = house.read(site, survey.survey_day)
    return asked.perform(
        site,
        lambda tx: following_up.set_publication(tx, said, today, body.id),
        lambda tx, _: Answer(200, followups.publications(inside(tx))),
    ).body


@endpoint(*(bp, "POST", "/survey/close"), act=Act.CLOSE_SURVEY, body=CloseQuarter, reply="ikm", codes=(Code.INVALID,))
def close_quarter(asked: Asked, site: str) -> Any:
    """Freeze a quarter that is over: its figures are told so from then on, and a later closing is another version."""
    house, name = asked.house, asked.body.quarter
    months = quarter(name)

    def look(view: Any) -> Any:
        of = survey.cells(view, house.urn_keys)
        over = months.is_over(of.today)
        return of.today, survey.ikm(of, months), survey.respondents(view, house.urn_keys, months) if over else []

    today, result, answers = house.read(site, look)

    def reply(tx: Any, version: int) -> Answer:
        return Answer(200, {**result, "version": version})

    return asked.perform(site, lambda tx: following_up.close_quarter(tx, name, today, result, answers), reply).body
