"""A day's roster, for those who see to it."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from .shared import Document

# "from" is a word of Python's
_Times = TypedDict("_Times", {"from": str, "to": str})


class Shift(_Times, Document):
    """An account at a counter, from when to when (``HH:MM`` at the site; the end of the day is ``24:00``)."""

    counter: str
    account: str
    name: Annotated[str | None, Field(description="of the account")]


# Those of one day at a site, within the reader's agencies. The version stands in the answer's ETag.
Roster = TypeAliasType("Roster", list[Shift])


class Sitting(_Times, Document):
    """Where one's own account sits today."""

    site: str
    counter: str
