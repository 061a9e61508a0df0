"""The study of need: who asked for a service, when, from where, and how many were refused."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from .reports import Filters
from .shared import Count, Document, Instant, Words

_From = TypedDict("_From", {"from": str})  # a key that is a word of Python's
_Told = Annotated[int | None, Field(description="rounded to five; null: fewer than five, perhaps none")]


class District(Document):
    """What an office wrote down of a kecamatan; null: not known. ``distance_km``: by road, to the hall."""

    id: str
    name: str
    distance_km: float | None
    population: Annotated[int | None, Field(description="inhabitants")]


class Districts(Document):
    """All of the site's; ``at``: when it was written down, null: never. The version is what a change is based on."""

    site: str
    version: str
    at: Instant | None
    source: str | None
    year: int | None
    districts: list[District]


class Requested(Document):
    """Requests for a number: ``issued`` and ``refused``, by why."""

    asked: Count
    issued: Count
    refused: Count
    refused_quota: Count
    refused_closed: Count
    refused_interruption: Count


class AskedService(Requested):
    """Of one service."""

    id: str
    agency: str
    name: Words


class AskedHour(Requested):
    """In the hour that begins so."""

    hour: int


class AskedWeekday(Requested):
    """On a weekday (0 is Monday); ``days``: of the period on which anybody asked."""

    weekday: int
    days: Count


class AskedCell(Document):
    """On a weekday in an hour."""

    weekday: int
    hour: int
    issued: Count
    refused: Count


class OriginRow(Document):
    """One kecamatan; ``share``: of all answers; ``visits``: that share of the numbers given in these months."""

    id: str
    name: str
    answers: _Told
    share: float | None
    visits: int | None
    distance_km: float | None
    population: int | None
    visits_per_10000: Annotated[float | None, Field(description="visits to ten thousand inhabitants")]


class OriginsTold(Document):
    """From where visitors came: of the whole months of the period that are over, rounded.

    ``months``: the first and the last, null: there is none; ``issued``: numbers that the asking services gave in them;
    ``unlisted``: answers that name none of the districts.
    """

    on: Annotated[bool, Field(description="whether anybody is asked now")]
    one_in: Count
    months: list[str] | None
    issued: Count
    answers: _Told
    rows: list[OriginRow]
    unlisted: _Told


class Demand(_From, Document):
    """The study of need of a period; ``summary``: the same in sentences, made of these figures by fixed rules."""

    site: str
    name: str
    to: str
    days: Count
    made_at: Instant
    filters: Filters
    totals: Requested
    services: list[AskedService]
    hours: list[AskedHour]
    weekdays: list[AskedWeekday]
    cells: list[AskedCell]
    origins: OriginsTold
    districts: Districts
    summary: Annotated[dict[str, list[str]], Field(description="by language")]
