"""The figures of a period (``reports/measure_table.py`` says which), and the numbers behind them."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from ..domain.complaints import Channel
from .shared import Count, Document, Instant, Words

Why = Literal["paper", "date", "reopening", "restore", "interruption"]


class Measured(Document):
    """Every measure; null: there is none, or such rows cannot have it. Times in whole seconds, shares from 0 to 1."""

    issued: int | None
    called: int | None
    begun: int | None
    served: int | None
    people: int | None
    no_show: int | None
    no_show_share: float | None
    given_up: int | None
    papers: int | None
    carried: int | None
    refused: int | None
    refused_quota: int | None
    refused_closed: int | None
    refused_interruption: int | None
    missing: int | None
    waits: int | None
    wait_p50_s: int | None
    wait_p90_s: int | None
    wait_in_promise: float | None
    wait_in_promise_without: float | None
    walk_p50_s: int | None
    walk_p90_s: int | None
    service_p50_s: int | None
    service_p90_s: int | None
    service_s: int | None
    service_in_promise: float | None
    service_in_promise_without: float | None
    hold_s: int | None
    wait_left_out_s: int | None
    left_out_s: int | None
    open_s: int | None
    break_s: int | None
    idle_s: int | None
    utilisation: float | None
    overtaken: int | None
    overtook: int | None
    booked: int | None
    came: int | None
    came_late: int | None
    missed: int | None
    given_back: int | None
    foretold: int | None
    as_told: float | None


_From = TypedDict("_From", {"from": str})  # a key that is a word of Python's


class Target(_From, Document):
    """What a hall set itself for a measure: seconds, or from 0 to 1; null: from then on nothing.

    ``at``: when it was written down, which may be after it begins.
    """

    measure: str
    value: float | None
    at: Instant


class Targets(Document):
    """All of them, by measure and day. The version is what a change is based on."""

    site: str
    version: str
    targets: list[Target]


class JudgedTarget(Target):
    """One that holds on the last day of a period; ``met``: by the period's figure, null: there is none."""

    met: bool | None


class ComplaintsLine(Document):
    """Of those that came in a month by one way; ``agency``: whose they are, null: the hall's."""

    month: str
    channel: Channel
    agency: str | None
    received: Count
    in_work: Count
    done: Count
    at: Instant


class ComplaintsTotal(Document):
    """All of them together."""

    received: Count
    in_work: Count
    done: Count


class Complaints(Document):
    """The register of complaints: counts alone, the latest months first."""

    site: str
    totals: ComplaintsTotal
    complaints: list[ComplaintsLine]


class PeriodRow(Measured):
    """One line; ``key``: the id, date, hour or weekday (0 is Monday) that it is of; ``name``: of that day."""

    key: str | int | None
    name: Words | None


class PeriodFigures(_From, Document):
    """A period, in all and line by line."""

    to: str
    days: Annotated[Count, Field(description="on which numbers were taken")]
    totals: Measured
    rows: list[PeriodRow]
    targets: list[JudgedTarget]


class Corrected(Document):
    """What was put right of a day afterwards, when last, and how many things."""

    day: str
    at: Instant
    why: Why
    n: Count


_Class = TypedDict("_Class", {"class": str | None})


class Filters(_Class, Document):
    """What the figures are limited to; null: to nothing."""

    agency: str | None
    service: str | None
    counter: str | None
    weekday: int | None
    hour: int | None
    segment: str | None
    outcome: str | None


class OfficersFilters(Filters):
    """The same; ``officer``: an account's id."""

    officer: str | None


class ComparedSite(Document):
    """One hall; ``targets``: its own, that hold on the period's last day."""

    site: str
    name: str
    days: Count
    totals: Measured
    targets: list[JudgedTarget]


class ComparedBefore(_From, Document):
    """The halls in the period before."""

    to: str
    sites: list[ComparedSite]


class Comparison(_From, Document):
    """Halls beside one another, within the reader's agencies."""

    to: str
    made_at: Instant
    filters: Filters
    sites: list[ComparedSite]
    previous: ComparedBefore


class PeriodReport(PeriodFigures):
    """A period's figures, beside those of the period before."""

    site: str
    name: str
    by: str | None
    made_at: Instant
    filters: Filters
    previous: PeriodFigures
    corrected: list[Corrected]


class OfficersFigures(_From, Document):
    """A period, line by line."""

    to: str
    rows: list[PeriodRow]
    few: Annotated[Count, Field(description="lines that are held back: fewer than ten visitors stand behind them")]


class OfficersReport(OfficersFigures):
    """Figures by officer: the reader's own (``own``: those alone), or of the officers of their agencies."""

    site: str
    name: str
    by: str
    made_at: Instant
    filters: OfficersFilters
    own: bool
    previous: OfficersFigures


class WaitBin(Document):
    """How many waits lasted from so many seconds to less than so many; null: or longer."""

    from_s: Count
    to_s: Count | None
    n: Count


class WaitsReport(_From, Document):
    """How the waits of a period spread."""

    site: str
    to: str
    filters: Filters
    waits: Count
    wait_p50_s: int | None
    wait_p90_s: int | None
    bins: list[WaitBin]


class NumberBehind(_Class, Document):
    """A number that a figure is made of; ``seconds``: what it brought to a figure of times."""

    day: str
    number: str
    service: str
    counter: str | None
    hour: int
    people: Count
    outcome: str
    seconds: int | None


class NumbersBehind(_From, Document):
    """The numbers behind a figure: of times the longest first, else the latest first."""

    site: str
    to: str
    filters: Filters
    measure: str
    total: Count
    page: Count
    tickets: list[NumberBehind]


class Definition(Document):
    """What a measure is: its unit, how it is reckoned, and which rule or law asks for it, in words."""

    unit: Literal["count", "seconds", "share"]
    title: Words
    formula: Words
    source: Words


class Definitions(Document):
    """Of every measure, under its name."""

    issued: Definition
    called: Definition
    begun: Definition
    served: Definition
    people: Definition
    no_show: Definition
    no_show_share: Definition
    given_up: Definition
    papers: Definition
    carried: Definition
    refused: Definition
    refused_quota: Definition
    refused_closed: Definition
    refused_interruption: Definition
    missing: Definition
    waits: Definition
    wait_p50_s: Definition
    wait_p90_s: Definition
    wait_in_promise: Definition
    wait_in_promise_without: Definition
    walk_p50_s: Definition
    walk_p90_s: Definition
    service_p50_s: Definition
    service_p90_s: Definition
    service_s: Definition
    service_in_promise: Definition
    service_in_promise_without: Definition
    hold_s: Definition
    wait_left_out_s: Definition
    left_out_s: Definition
    open_s: Definition
    break_s: Definition
    idle_s: Definition
    utilisation: Definition
    overtaken: Definition
    overtook: Definition
    booked: Definition
    came: Definition
    came_late: Definition
    missed: Definition
    given_back: Definition
    foretold: Definition
    as_told: Definition
