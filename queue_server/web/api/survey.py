"""What visitors say of the service: by the ticket's link, at a tablet, at the front desk; and the public index."""

from typing import Annotated, Any

from flask import Blueprint, current_app, request
from pydantic import Field

from ...commands import surveying
from ...commands.surveying import Said
from ...domain.errors import Code, QueueError
from ...domain.fold import Ticket
from ...domain.rights import Act
from ...domain.roles import Role
from ...domain.survey import ELEMENTS, AgeBand, Channel, Education, Occupation, Sex
from ...domain.survey_period import Months, asked
from ...house import House
from ...queries import survey
from ...queries.survey import Urn
from ...store.ids import WORD_LETTERS, token, word
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from ..http.period_query import day_of
from ..http.query_values import text
from ..http.slowness import Slowness

bp = Blueprint("survey", __name__, url_prefix=PREFIX)
of_all = Blueprint("survey_of_all", __name__, url_prefix=PREFIX)

Score = Annotated[int, Field(ge=1, le=4)]
_MOST_HALLS = 20


class Answers(Body):
    """By element; null or left out: skipped, or never tried."""

    requirements: Score | None = None
    procedure: Score | None = None
    time: Score | None = None
    cost: Score | None = None
    product: Score | None = None
    competence: Score | None = None
    conduct: Score | None = None
    complaints: Score | None = None
    facilities: Score | None = None


class Profile(Body):
    """A little about the respondent; each may be left out."""

    sex: Sex | None = None
    age_band: AgeBand | None = None
    education: Education | None = None
    occupation: Occupation | None = None


class Survey(Body):
    """The nine answers."""

    answers: Answers
    profile: Profile | None = None
    comment: str | None = Field(None, max_length=2000, description="no name, no identity number; deleted after 90 days")


class Rating(Body):
    """One touch."""

    score: Score


class AtTablet(Body):
    """By whom a tablet is used: the number, and the word on the slip."""

    number: str = Field(min_length=1, max_length=16)
    word: str = Field(min_length=1, max_length=16)


class SurveyAtTablet(Survey, AtTablet):
    """The nine answers of who stands there."""

    assisted: bool = Field(False, description="read out by the front desk; never by who served")


_CODES = (Code.NOT_FINISHED, Code.ALREADY_ANSWERED, Code.INVALID)


@endpoint(
    *(bp, "POST", "/tickets/<token>/rating"),
    act=Act.HOLD,
    body=Rating,
    codes=_CODES,
    status=201,
    keyless=True,
    reply="said",
)
def rate(asked: Asked, token: str) -> Any:
    """One touch after the visit; it is no survey, and in no index."""
    return _by_holder(asked, token, lambda urn, id: surveying.rate(urn, id, asked.body.score))


@endpoint(
    *(bp, "POST", "/tickets/<token>/survey"),
    act=Act.HOLD,
    body=Survey,
    codes=_CODES,
    status=201,
    keyless=True,
    reply="said",
)
def answer(asked: Asked, token: str) -> Any:
    """The nine questions, once for each ticket that was served; nobody can tell whose the answers are."""
    return _by_holder(asked, token, lambda urn, id: surveying.answer(urn, id, _said(asked.body), "phone"))


@endpoint(
    *(bp, "POST", "/sites/<site>/survey/ticket"),
    act=Act.ANSWER,
    body=AtTablet,
    codes=_CODES[:2],
    keyless=True,
    reply="survey_ticket",
)
def find_for_survey(asked: Asked, site: str) -> Any:
    """Whom a tablet has before it, before anything is asked: every miss 404, and slower each time."""
    house = asked.house
    found = _at_tablet(asked, site, asked.body)
    with house.perform.aside() as conn:
        surveying.may_answer(_urn(house, site, conn), found.id, "survey")
    return survey.asked_of(house.site(site), found.service)


@endpoint(
    *(bp, "POST", "/sites/<site>/survey"),
    act=Act.ANSWER,
    body=SurveyAtTablet,
    codes=(*_CODES, Code.FORBIDDEN),
    status=201,
    keyless=True,
    reply="said",
)
def answer_at_tablet(asked: Asked, site: str) -> Any:
    """The nine questions at a tablet of the hall, or read out at the front desk (``assisted``)."""
    house, body = asked.house, asked.body
    found = _at_tablet(asked, site, body)
    by_staff = asked.actor.has({Role.FRONT_DESK})
    if by_staff != body.assisted:
        raise QueueError(Code.FORBIDDEN)  # staff answer for nobody but as helpers, and no device helps
    channel: Channel = "assisted" if body.assisted else "tablet"
    with house.perform.aside() as conn:
        if body.assisted:
            surveying.refuse_server(_urn(house, site, conn), found, asked.actor.id)
        surveying.answer(_urn(house, site, conn), found.id, _said(body), channel)
    return {"said": True}, 201


def _at_tablet(asked: Asked, site: str, body: AtTablet) -> Ticket:
    """The ticket of today with that number, if the word is its own. Raises ``not_found``, ``too_many_requests``."""
    house, who = asked.house, f"survey {asked.actor.id}"
    tries: Slowness = current_app.extensions["door"].slowness
    tries.refuse_hurry(who)

    found = house.read(site, lambda view: survey.of_number(view, body.number))
    own = word(token(house.secret, found.id)) if found else ""
    if found is None or body.word.strip().upper() != own or len(own) != WORD_LETTERS:
        tries.was_wrong(who)
        raise QueueError(Code.NOT_FOUND)
    tries.was_right(who)
    return found


def _by_holder(asked: Asked, token: str, command: Any) -> Any:
    house = asked.house
    found = house.ticket_of(token)
    if found is None:
        house.refuse_unknown()
    with house.perform.aside() as conn:
        command(_urn(house, found.site, conn), found.id)
    return {"said": True}, 201


def _urn(house: House, site: str, conn: Any) -> Urn:
    today = house.read(site, survey.survey_day)
    return Urn(conn, house.urn_keys, house.site(site), today)


def _said(body: Survey) -> Said:
    answers: dict[str, int | None] = {element: getattr(body.answers, element) for element in ELEMENTS}
    return Said(answers, body.profile.model_dump() if body.profile else {}, body.comment)


@endpoint(bp, "GET", "/sites/<site>/ikm", act=Act.PUBLIC, reply="ikm", codes=(Code.INVALID,))
def get_ikm(asked: Asked, site: str) -> Any:
    """The index of whole months that are over: ``?from=&to=&agency=&service=``."""
    agency, service = text("agency"), text("service")

    def look(view: Any) -> Any:
        of = survey.cells(view, asked.house.urn_keys)
        return survey.frozen_or_now(view, of, _months(of), agency, service)

    return asked.house.read(site, look)


@endpoint(of_all, "GET", "/ikm", act=Act.PUBLIC, reply="ikm", codes=(Code.INVALID,))
def get_ikm_of_halls(asked: Asked) -> Any:
    """The index of several halls together: ``?sites=a,b&from=&to=&agency=``."""
    house = asked.house
    named = [one for one in (request.args.get("sites") or "").split(",") if one][:_MOST_HALLS]
    sites = named or list(house.settings.sites)
    halls = {}
    for id in dict.fromkeys(sites):
        if house.perform.sites.get(id) is None:
            raise QueueError(Code.INVALID, field="sites")
        of = house.read(id, lambda view: survey.cells(view, house.urn_keys))
        halls[id] = (of, _months(of))
    return survey.of_halls(halls, text("agency"))


def _months(of: survey.Cells) -> Months:
    return asked(day_of("from"), day_of("to", last=True), of.today, of.months)
