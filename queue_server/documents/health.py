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
    since: Annotated[Instant | None, Field(description="when the running server found it first")]
    todo: str
    text: Annotated[str, Field(description="the name of what is said, for other languages; empty if all is well")]
    about: Annotated[dict[str, str | int], Field(description="its values; `site`: the one hall that it concerns")]
    command: Annotated[str | None, Field(description="that puts it right, typed on the server")]


# The gravest first.
Health = TypeAliasType("Health", list[HealthEntry])
