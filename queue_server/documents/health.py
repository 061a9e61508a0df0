"""What the doctor finds, as things to do."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from .shared import Document, Instant


class HealthEntry(Document):
    """One finding; of those that are well there is nothing to do."""

    id: Annotated[str, Field(description="the question that found it")]
    level: Literal["ok", "warn", "bad"]
    what: str
    since: Instant | None
    todo: str
    command: Annotated[str | None, Field(description="that puts it right, typed on the server")]


# The gravest first.
Health = TypeAliasType("Health", list[HealthEntry])
