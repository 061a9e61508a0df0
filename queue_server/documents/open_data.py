"""A closed month for everybody: its rows, what they come to, and what each column means."""

from typing import Annotated, Literal

from pydantic import Field

from ..domain.open_beside import BesideKind, Verdict
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
    foretold: Annotated[Literal["within", "outside", ""], Field(description="the range of waits told with the number")]


class OpenBeside(Document):
    """What is no number: days, refused requests, an interruption, corrections; ``count`` of them."""

    kind: BesideKind
    cause: Annotated[str, Field(description="of a refusal or an interruption; of a correction, what it was")]
    count: Count
    verdict: Annotated[Verdict, Field(description="whether a supervisor stands for an interruption")]
    minutes: Annotated[Count | None, Field(description="how long an interruption lasted")]
    service: Annotated[str, Field(description="of refusals; empty of all else")]
    hour_from: Count | None
    hour_to: Count | None


class OpenBesideFigures(Document):
    """What those rows come to."""

    days: Annotated[Count, Field(description="on which numbers were taken")]
    refused: Count
    interruptions: Count
    interrupted_min: Count
    interruptions_confirmed: Count
    interruptions_rejected: Count
    corrected_paper: Count
    corrected_date: Annotated[Count, Field(description="days")]
    corrected_reopening: Annotated[Count, Field(description="days")]
    corrected_restore: Annotated[Count, Field(description="days")]
    corrected_interruption: Count


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
    foretold: Annotated[Count, Field(description="called first after a range of waits had been told")]
    as_told: Count | None
    as_told_percent: Count | None


class OpenService(OpenFigures):
    """The same of one service, or of all that too few came for."""

    service: str
    name: Words | None


class OpenColumn(Document):
    """What a column means."""

    unit: Literal["id", "month", "hour", "word", "minutes", "count"]
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
    beside: list[OpenBeside]
    beside_figures: OpenBesideFigures
