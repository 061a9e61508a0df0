"""The day's figures: what supervisors see while it lasts, and the day's report."""

from typing import Annotated, Literal

from pydantic import Field

from .bookings import BookingsOfService
from .interruptions import PastInterruption
from .shared import Count, Document, Instant, Overtakes, Stamped, Words


class Spread(Document):
    """How durations spread, in seconds, and in minutes as pages write them; nulls: there is none."""

    n: int
    sum_s: int
    median_s: int | None
    p90_s: int | None
    median_min: int | None
    p90_min: int | None


class Promise(Document):
    """The share of visits within the promised time; null: nothing was promised or served."""

    within_target: float | None
    within_target_percent: int | None


class PromiseBothWays(Promise):
    """The share with all that happened, and without what interruptions took; ``left_out_s``: how much that was."""

    within_target_without_percent: int | None
    left_out_s: Count


class TodayService(Promise):
    """A service's wait today, and the share of its services within the promise."""

    id: str
    wait: Spread


class TodayFigures(Promise):
    """What the day came to so far."""

    completed: int
    wait: Spread
    services: list[TodayService]


class TodayHead(Stamped):
    """The site of the figures, and their moment."""

    site: str
    now: Instant


class Today(TodayFigures, TodayHead):
    """The day's figures so far, made at most every fifteen seconds."""


class Counts(Document):
    """How many tickets stand where; ``people``: that came with the completed ones."""

    people: int
    waiting: int
    called: int
    serving: int
    held: int
    no_show: int
    completed: int
    cancelled: int
    expired: Annotated[
        int, Field(description="when the day closed; but for those that lacked papers or were carried over")
    ]
    papers: Annotated[int, Field(description="expired when the day closed, their holders not back with missing papers")]
    carried: Annotated[int, Field(description="ended when the hall gave up; their holders have a place on another day")]


class Times(Document):
    """How long it took: until the call, to the counter, at the counter."""

    wait: Spread
    walk: Spread
    service: Spread


class Issued(Document):
    """How many numbers were given, and how many of each class that they are of now; a class of none is left out."""

    issued: int
    issued_by_class: dict[str, int]


class ReportTotals(Issued, Counts, Times, PromiseBothWays):
    """All services together."""

    refused: int


class MissingPaper(Document):
    """A paper, and of how many numbers it was missing."""

    id: str
    name: Words
    count: Count


class OutcomeCount(Document):
    """How often a transaction ended so; null: nobody said how."""

    outcome: str | None
    count: Count


class ReportService(ReportTotals):
    """One service's day; ``missing``: the paper missed most first; ``outcomes``: of all transactions, most first."""

    missing: list[MissingPaper]
    outcomes: list[OutcomeCount]

    id: str
    name: Words
    agency: str
    target_s: int | None


class ReportCounter(PromiseBothWays):
    """One counter's day."""

    id: str
    name: str
    agency: str
    served: int
    no_show: int
    walk: Spread
    service: Spread


class ReportFigures(Document):
    """A day per service, per counter and in total."""

    services: list[ReportService]
    counters: list[ReportCounter]
    totals: ReportTotals


class OutOfOrder(Document):
    """A turn that came by number, or without a call, while others who had come earlier waited."""

    at: Instant
    number: str
    service: str
    counter: str
    how: Literal["number", "walk_in"]
    passed: Annotated[list[str], Field(description="the numbers that saw it pass, in the order of arrival")]


class FairnessService(Document):
    """One service's visitors: how often they were overtaken, and how often they overtook."""

    id: str
    overtakes: Overtakes


class Fairness(Document):
    """How often somebody was called before one who had come earlier; a pair of visitors counts once."""

    overtakes: Overtakes
    out_of_order: Annotated[Count, Field(description="of those suffered: by a turn that the wheels did not give")]
    visitors: Annotated[Count, Field(description="who were overtaken at least once")]
    most: Annotated[Count, Field(description="how often the one was that was overtaken most")]
    services: list[FairnessService]
    calls: Annotated[list[OutOfOrder], Field(description="oldest first")]


class Report(ReportFigures, Stamped):
    """The open service day's report."""

    site: str
    day: str | None
    now: Instant
    interruptions: list[PastInterruption]
    fairness: Fairness
    bookings: Annotated[list[BookingsOfService], Field(description="of services that have, or may have, any")]
