"""What the shapes of all documents share."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

State = Literal["waiting", "called", "serving", "held", "no_show", "completed", "cancelled", "expired"]
Class = Literal["regular", "priority", "booked"]


class Document(BaseModel):
    """Nothing but what is named here leaves the house."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Stamped(Document):
    """A state that a newer revision of the same epoch replaces."""

    epoch: int
    revision: int


class Estimate(Document):
    """A wait in seconds, as a range."""

    low_s: int = Field(ge=0)
    high_s: int = Field(ge=0)
