"""What a hall is made of, looked at and changed: versions of its structure."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from pydantic import Field

from ...commands import structuring
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.structure import digest_of
from ...perform import Answer
from ...queries import structure
from ...queries.snapshot import inside
from ..http.endpoint import PREFIX, Asked, Body, endpoint

bp = Blueprint("structure", __name__, url_prefix=f"{PREFIX}/sites/<site>/structure")

_MOST_BYTES = 4_000_000  # a hall of 230 services with texts in three languages has 1


class Save(Body):
    """The whole structure again, as it shall be; ``from``: the day with which it takes effect, left out: at once."""

    structure: dict[str, Any]
    based_on: int = Field(ge=0)
    from_day: str | None = Field(None, alias="from", pattern=r"^\d{4}-\d{2}-\d{2}$")
    reason: str | None = Field(None, max_length=500)


class Withdraw(Body):
    """Why, if anything is to be said."""

    reason: str | None = Field(None, max_length=500)


@endpoint(bp, "GET", "", act=Act.SEE_STRUCTURE, reply="structure", codes=(Code.INVALID,))
def get_structure(asked: Asked, site: str) -> Any:
    """The version in force, or (``at``) the one that a day ended with or will begin with."""
    day = _date("at", request.args.get("at"))
    found = asked.house.read(site, lambda view: structure.version(view, day))
    return found or asked.house.refuse_unknown()


@endpoint(bp, "GET", "/versions", act=Act.SEE_STRUCTURE, reply="structure_versions")
def get_versions(asked: Asked, site: str) -> Any:
    """Every version that was saved, the latest first."""
    return asked.house.read(site, structure.versions)


@endpoint(
    bp,
    "PUT",
    "",
    act=Act.CHANGE_STRUCTURE,
    body=Save,
    reply="structure",
    codes=(Code.INVALID, Code.STRUCTURE_CHANGED),
    body_bytes=_MOST_BYTES,
)
def put_structure(asked: Asked, site: str) -> Any:
    """Save a structure, which is in force at once or from a day that is named."""
    from_day = _date("from", asked.body.from_day)
    document = asked.body.structure
    new = structuring.New(document, digest_of(document), asked.house.structured(site, document), "screen")

    def command(tx: Any) -> int:
        return structuring.save(tx, new, asked.body.based_on, from_day, asked.body.reason)

    def reply(tx: Any, number: int) -> Answer:
        found: Any = structure.numbered(inside(tx), number)
        return Answer(200, found | {"doubts": asked.house.doubts(new.site)})

    return asked.perform(site, command, reply).body


@endpoint(
    bp,
    "POST",
    "/versions/<version>/withdraw",
    act=Act.CHANGE_STRUCTURE,
    body=Withdraw,
    reply="structure_versions",
    codes=(Code.INVALID, Code.STRUCTURE_CHANGED),
)
def withdraw_version(asked: Asked, site: str, version: str) -> Any:
    """A version that waits for its day never takes effect."""

    number = int(version) if version.isdecimal() and len(version) < 10 else 0

    def reply(tx: Any, _: Any) -> Answer:
        return Answer(200, structure.versions(inside(tx)))

    return asked.perform(site, lambda tx: structuring.withdraw(tx, number, asked.body.reason), reply).body


def _date(field: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise QueueError(Code.INVALID, field=field) from None
