"""The record as those see it who check it."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field

from ..domain.roles import Role
from .shared import Count, Document, Instant


class AuditEntry(Document):
    """An act: who did what, when, where, why. A refused sign-in is no event: a count of an hour, without a place."""

    at: Instant
    day: Annotated[str, Field(description="the service day; of what the whole server did the date at the site")]
    kind: str
    epoch: int | None
    revision: int | None
    n: int | None
    who: Annotated[str | None, Field(description="the name of whoever did it; null: nobody known, visitor or clock")]
    who_id: str | None
    what: Annotated[
        Literal["account", "kiosk", "display", "visitor", "system"] | None,
        Field(description="what did it; null: the release of that time did not say, or nobody known"),
    ]
    roles: Annotated[list[Role], Field(description="those that the account had then")]
    officer: Annotated[str | None, Field(description="whose work it counts as, if somebody else's")]
    about: Annotated[str | None, Field(description="the account that something was done to")]
    number: str | None
    service: str | None
    service_name: str | None
    counter: str | None
    counter_name: str | None
    device: str | None
    address: str | None
    browser: str | None
    reason_code: str | None
    reason: str | None
    noted: Annotated[bool, Field(description="a note was written, which is opened by number and not told here")]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    count: NotRequired[Count]
    clock_suspect: Annotated[bool, Field(description="the clock of that moment was not to be believed")]


class DaySeal(Document):
    """A closed day's digest, hexadecimal; of a day that a supervisor went back to there are several."""

    day: str
    digest: str
    events: Annotated[Count, Field(description="so many it covers")]
    at: Instant


class Audit(Document):
    """A page of it, the latest first; ``next``: where to go on (``before``), null at the end."""

    entries: list[AuditEntry]
    seals: Annotated[list[DaySeal], Field(description="those of the entries' days that are over")]
    next: str | None
    looked_until: Annotated[str | None, Field(description="how far back was looked, where there is more")]
