"""Notices: those that screens tell, for everybody; and all that are kept, for those who write them."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ..domain.notice import Place
from .shared import Count, Document, Instant, Words

NoticeState = Literal["running", "planned", "over"]

# "from" is a word of Python's
_Begins = TypedDict("_Begins", {"from": Instant})


class Notice(_Begins, Document):
    """What visitors are told. A screen shows it between its two times by the server's clock, and of itself."""

    id: str
    text: Annotated[Words, Field(description="one line by language; who has none of their own reads id")]
    where: list[Place]
    zones: Annotated[list[str], Field(description="of the hall on whose walls it stands; empty: on all")]
    agency: Annotated[str | None, Field(description="whose it is; null: the whole hall's")]
    until: Annotated[Instant | None, Field(description="null: until somebody ends it")]
    urgent: Annotated[bool, Field(description="told before all else, in every place")]


class KeptNotice(Notice):
    """One as those who write them see it."""

    version: Annotated[Count, Field(description="a change says which it is based on")]
    state: NoticeState
    by: Annotated[str | None, Field(description="who left it so, by name")]
    at: Instant
    can: Annotated[bool, Field(description="the reader may change and end it")]


class Notices(Document):
    """A site's notices: those on show, those to come, and those that were over no longer than a month ago."""

    site: str
    notices: list[KeptNotice]
