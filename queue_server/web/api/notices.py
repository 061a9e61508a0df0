"""What screens tell visitors: notices are made, changed, ended, and looked through by those who write them."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any

from flask import Blueprint, request
from pydantic import Field

from ...commands import noticing
from ...domain.day import local_date
from ...domain.errors import Code, QueueError
from ...domain.notice import PLACES, Place, Said
from ...domain.rights import Act
from ...domain.site import Site
from ...perform import Answer
from ...queries.notices import one_kept, register
from ...queries.snapshot import inside
from ...store.transaction import Transaction
from ..http.endpoint import PREFIX, Asked, Body, endpoint
from .interruptions import Moment

bp = Blueprint("notices", __name__, url_prefix=f"{PREFIX}/sites/<site>/notices")

_TIME = r"([01]\d|2[0-3]):[0-5]\d|24:00"
_Local = Annotated[str, Field(pattern=rf"^(\d{{4}}-\d{{2}}-\d{{2}}T)?({_TIME})$")]
When = Moment | _Local  # an instant; or a time of today, or of a date, at the site
_Text = Annotated[str, Field(max_length=20_000)]  # what is too long for a screen is told in words, not by the schema


class Tell(Body):
    """What is told, where, and when; an urgent one in every place."""

    text: dict[str, _Text] = Field(min_length=1, max_length=10, description="one line by language; id is required")
    where: list[Place] = Field(max_length=len(PLACES))
    begins: When | None = Field(None, alias="from", description="left out: from now on")
    until: When | None = Field(None, description="left out: until somebody ends it")
    urgent: bool = False
    agency: str | None = Field(None, min_length=1, max_length=64, description="whose it is; left out: the whole hall's")
    zones: list[str] = Field(default_factory=list, max_length=50, description="on whose walls; none: on all")


class TellAnew(Tell):
    """All of it as it shall be; ``from`` left out: as it was."""

    based_on: int | None = Field(None, ge=0, description="the version that was looked at; left out: whichever it is")


_CODES = (Code.INVALID, Code.NOTICES_FULL)


@endpoint(bp, "GET", "", act=Act.SEE_NOTICES, reply="notices")
def get_notices(asked: Asked, site: str) -> Any:
    """All that are on show, to come, or over for no longer than a month, within the caller's agencies."""
    return asked.house.read(site, lambda view: register(view, asked.actor))


@endpoint(bp, "POST", "", act=Act.NOTIFY, body=Tell, reply="notice", codes=_CODES, status=201)
def make_notice(asked: Asked, site: str) -> Any:
    """Tell visitors something: each screen shows it in its time, by itself."""
    reader = asked.actor

    def reply(tx: Transaction, id: str) -> Answer:
        return Answer(201, one_kept(inside(tx), id, reader))

    done = asked.perform(site, lambda tx: noticing.make(tx, _said(tx, asked.body)), reply)
    return done.body, done.status


@endpoint(
    *(bp, "PUT", "/<notice>"), act=Act.NOTIFY, body=TellAnew, reply="notice", codes=(*_CODES, Code.NOTICE_CHANGED)
)
def change_notice(asked: Asked, site: str, notice: str) -> Any:
    """Change what it says, where and when, all together."""
    body, reader = asked.body, asked.actor

    def command(tx: Transaction) -> None:
        noticing.change(tx, notice, _said(tx, body), body.based_on, begins=body.begins is not None)

    return asked.perform(site, command, lambda tx, _: Answer(200, one_kept(inside(tx), notice, reader))).body


@endpoint(bp, "DELETE", "/<notice>", act=Act.NOTIFY, reply="notices", codes=(Code.INVALID, Code.NOTICE_CHANGED))
def end_notice(asked: Asked, site: str, notice: str) -> Any:
    """Take it from every screen; ``based_on``: the version that was looked at, left out: whichever it is."""
    based_on, reader = _version(), asked.actor
    return asked.house.perform(
        asked.house.site(site).id,
        lambda tx: noticing.end(tx, notice, based_on),
        actor=reader,
        reply=lambda tx, _: Answer(200, register(inside(tx), reader)),
    ).body


def _version() -> int | None:
    said = request.args.get("based_on")
    if said is None:
        return None
    if not said.isascii() or not said.isdigit() or len(said) > 12:
        raise QueueError(Code.INVALID, field="based_on")
    return int(said)


def _said(tx: Transaction, body: Tell) -> Said:
    return Said(
        text=body.text,
        where=body.where,
        begins=at_hall(tx.config, tx.now, "from", body.begins) or tx.now,
        ends=at_hall(tx.config, tx.now, "until", body.until),
        urgent=body.urgent,
        agency=body.agency,
        zones=body.zones,
    )


def at_hall(site: Site, now: datetime, field: str, said: datetime | str | None) -> datetime | None:
    """The instant that is meant. Raises ``invalid`` for a date that there is not."""
    if said is None or isinstance(said, datetime):
        return said.astimezone(UTC) if said else None
    day, _, clock = said.rpartition("T")
    midnight = clock == "24:00"
    try:
        date = datetime.fromisoformat(day).date() if day else local_date(site, now)
        at = datetime.combine(date, time() if midnight else time.fromisoformat(clock), site.timezone)
        at = (at + timedelta(days=1) if midnight else at).astimezone(UTC)
    except (ValueError, OverflowError):
        raise QueueError(Code.INVALID, field=field) from None
    if not 2000 <= at.year < 2200:
        raise QueueError(Code.INVALID, field=field)
    return at
