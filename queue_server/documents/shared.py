"""What the shapes of all documents share.

A shape is a ``TypedDict``: it costs nothing where a document is made, the type checker holds whoever makes one to it,
and schemas and the browser's types follow from it (``schemas.py``).
"""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, with_config
from typing_extensions import TypeAliasType, TypedDict

from ..domain import reasons, site


def _instant(text: str) -> str:
    """Raises ValueError for what is no ISO 8601 date and time with an offset."""
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("has no offset")
    return text


Class = TypeAliasType("Class", site.Class)
ReasonCode = TypeAliasType("ReasonCode", reasons.ReasonCode)
OF_THE_LIST = "the reason as a word of the published list, which is kept; null: in words of one's own, if any"
Instant = Annotated[str, AfterValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
Count = Annotated[int, Field(ge=0)]
Words = TypeAliasType("Words", dict[str, str])  # the same text in several languages; "id" is always there


@with_config(ConfigDict(extra="forbid", strict=True))
class Document(TypedDict):
    """Nothing but what is named here leaves the house."""


class At(Document):
    """A point of the site's history."""

    epoch: int
    revision: int


class Stamped(At):
    """A state that a newer revision of the same epoch replaces; ``structure``: the version of the site's structure.

    ``levers``: the revision at which something was last set for today alone, 0 where nothing is.
    """

    structure: Count
    levers: Count


OfClass = TypedDict("OfClass", {"class": Class})  # a key that is a word of Python's


# A pair; this way of writing it is understood by every draft of JSON Schema.
_PAIR = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
Range = Annotated[tuple[int, int], WithJsonSchema(_PAIR)]


class Overtakes(Document):
    """How often somebody else's turn came first though they had come later, and how often one's own did."""

    suffered: Count
    made: Count


# Edges in minutes; the last box has no upper one.
_RUN = {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}, "minItems": 2, "maxItems": 2}
Boxes = Annotated[tuple[int, int | None], WithJsonSchema(_RUN)]


class Estimate(Document):
    """A wait in seconds, as a range: right four times in five."""

    low_s: Count
    high_s: Count
    minutes: Annotated[Range, Field(description="the same in whole minutes, rounded outwards")]
    boxes: Annotated[
        Boxes,
        Field(description="as people are told it: edges, in minutes, of the fewest boxes that hold it; null: none"),
    ]
