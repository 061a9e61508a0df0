"""A closed month for everybody: its rows, what they come to, and what each column means."""

from typing import Annotated, Literal

from pydantic import Field

from .shared import Count, Document, Words


class OpenRow(Document):
    """One number; whoever knows its service and hour finds at least ``least`` rows that fit as well."""

    service: str
    hour_from: Count
    hour_to: Count
    outcome: str
    wait_min: Count | None
    service_min: Count | None
    promise: Literal["kept", "broken", ""]


class OpenFigures(Document):
    """What rows come to; null where fewer than ``least`` tell it."""

    numbers: Count
    served: Count
    no_show: Count
    given_up: Count
    waits: Count
    half_under_min: Count | None
    nine_under_min: Count | None
    promised: Count
    kept: Count | None
    kept_percent: Count | None


class OpenService(OpenFigures):
    """The same of one service, or of all that too few came for."""

    service: str
    name: Words | None


class OpenColumn(Document):
    """What a column means."""

    unit: Literal["id", "month", "hour", "word", "minutes"]
    meaning: Words


class OpenData(Document):
    """A closed month."""

    site: str
    month: str
    first_day: str
    last_day: str
    days: Annotated[Count, Field(description="on which numbers were taken")]
    least: Count
    withheld: Annotated[bool, Field(description="fewer numbers than that were taken in all: nothing is told")]
    columns: dict[str, OpenColumn]
    figures: OpenFigures
    services: list[OpenService]
    rows: list[OpenRow]
