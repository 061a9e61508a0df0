"""Satisfaction: the public index, what staff read beside it, and the registers."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ..domain.survey import CostScale, Element, Letter
from .shared import Count, Document

Figure = Annotated[float | None, Field(description="rounded once, half up, to two decimals; null: not told")]
Month = Annotated[str, Field(description="YYYY-MM-DD, whole months")]
_Span = TypedDict("_Span", {"from": str, "to": str})  # a key that is a word of Python's


class Period(_Span):
    """Whole months that are over, both days within."""


class ElementIndex(Document):
    """One of the nine."""

    key: Element
    n: Count
    nrr: Annotated[float | None, Field(description="the mean of 1 to 4 (nilai rata-rata), for the eye: two decimals")]
    index: Figure
    letter: Letter | None
    skipped: Annotated[Count, Field(description="who left this question out, of all who began")]


class Scored(Document):
    """An index with what it was made of."""

    ikm: Figure
    letter: Letter | None
    n: Annotated[Count, Field(description="respondents: who answered all nine")]
    n_incomplete: Annotated[Count, Field(description="who answered fewer; in no index")]
    withheld: Annotated[bool, Field(description="fewer than ten, or another figure would show such a one")]


class Unit(Scored):
    """A part: an agency of a hall, a service of an agency, a hall of several."""

    id: str
    name: str


class Ikm(Scored):
    """The index of a hall, of one of its agencies or services, or of several halls (``site`` null)."""

    site: str | None
    agency: str | None
    service: str | None
    period: Period
    version: Annotated[Count, Field(description="of the frozen quarter; 0: worked out now from the same answers")]
    pooled: Annotated[float | None, Field(description="of all respondents together; the letter is that of this one")]
    mean_of_units: Annotated[float | None, Field(description="the simple mean of the units that are told")]
    units: list[Unit]
    elements: list[ElementIndex]
    weight: Annotated[Literal["1/9"], Field(description="of each element, exactly")]
    cost_scale: Annotated[
        CostScale | Literal["both"] | None, Field(description="in which words the cost was asked about")
    ]


class SaidSo(Document):
    """It was taken; nothing of it can be asked for again."""

    said: Literal[True]


class SurveyTicket(Document):
    """Whom a tablet has before it: what is asked depends on the service."""

    service: str
    cost_scale: CostScale
    fee: Annotated[dict[str, str] | None, Field(description="what it costs officially, by language")]


class Followup(Document):
    """What is done about an element."""

    id: str
    period: str
    element: Element
    act: str
    who: Annotated[str, Field(description="an office or a post, never a person")]
    due: str
    agency: str | None
    done: str | None
    proof: str | None
    state: Literal["planned", "late", "done"]


class Followups(Document):
    """The register of follow-up, the latest period first."""

    site: str
    followups: list[Followup]


class Publication(Document):
    """Where the result was published."""

    id: str
    period: str
    kind: Literal["print", "screen", "social", "website", "app", "billboard", "other"]
    medium: str
    day: str
    proof: str | None


class Publications(Document):
    """The register of publications, the latest first."""

    site: str
    publications: list[Publication]


class ClosedQuarter(Document):
    """A quarter whose figures are frozen."""

    quarter: str
    version: Count
    closed_at: str
    result: Ikm
