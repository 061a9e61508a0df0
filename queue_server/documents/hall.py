"""What only supervisors are told of a hall."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from ..domain.absence import Screen
from .board import Standing
from .bookings import Went
from .carrying import KeptPlaces
from .interruptions import Interruption
from .shared import OF_THE_LIST, Class, Count, Document, Estimate, Instant, ReasonCode, Stamped

AlarmKind = Literal[
    "help",
    "over_target",
    "stuck_call",
    "nobody_open",
    "unstaffed",
    "device",
    "break_over",
    "left_open",
    "wait_over",
    "idle",
    "out_of_order",
    "quota",
]


class Left(Document):
    """How a counter was closed while people waited for its services."""

    at: Instant
    by: Annotated[str | None, Field(description="the name of who closed it")]
    waiting: Annotated[int, Field(description="how many waited for its services then")]
    reason: Annotated[str | None, Field(description="in their words; null once it was purged")]
    reason_code: Annotated[ReasonCode | None, Field(description=OF_THE_LIST)]


class ReasonedAct(Document):
    """What somebody did today that asked for a reason, and the reason; ``kind``: the word of the event."""

    at: Instant
    kind: str
    number: str | None
    counter: str | None
    service: str | None
    waiting: Annotated[int | None, Field(description="how many waited there, where a counter was closed over them")]
    by: str | None
    reason: str
    reason_code: Annotated[ReasonCode | None, Field(description=OF_THE_LIST)]


class SetToday(Document):
    """A lever that holds until the next day opens: of a counter its services, of a service its quota."""

    counter: str | None
    service: str | None
    services: list[str] | None
    quota: Annotated[
        dict[str, int | None] | None, Field(description="what differs from the structure; null: unlimited")
    ]
    declared_services: list[str] | None
    declared_quota: Annotated[dict[str, int | None] | None, Field(description="by class and in total, as ever")]
    at: Instant
    by: str | None
    reason: str | None
    reason_code: Annotated[ReasonCode | None, Field(description=OF_THE_LIST)]


class HallCounter(Document):
    """A counter, as a supervisor sees it; ``waiting``: people for any of its services."""

    id: str
    name: str
    officer: Annotated[str | None, Field(description="the name of whoever has it open")]
    open: bool
    state: Standing
    number: str | None
    service: str | None
    since: Annotated[Instant | None, Field(description="when the number was called, its service or the break began")]
    until: Annotated[Instant | None, Field(description="of a break: when the officer means to be back")]
    target_s: int | None
    waiting: int
    interruption: Annotated[str | None, Field(description="because of which it cannot work")]
    left: Annotated[Left | None, Field(description="of a closed one: that people waited for its services, and why")]


class BookedToday(Document):
    """What of a service was booked for today."""

    early: Annotated[Count, Field(description="here before their booked time, and not among those who wait")]
    bookings: Annotated[Went | None, Field(description="null: none was made, and none can be")]


class HallService(BookedToday):
    """A service, as a supervisor sees it; ``first``: the earliest issue among those who wait.

    ``former``: the site file no longer has it, and no counter's queue; who waits is called by number.
    """

    id: str
    name: str
    former: bool
    open: bool
    reason: str | None
    counters_open: int
    waiting: int
    people_waiting: Annotated[int, Field(description="waiting counts numbers; a group's number is one")]
    first: Instant | None
    estimate: Estimate | None
    interruption: Annotated[str | None, Field(description="because of which one may wait longer")]


_OfOneClass = TypedDict("_OfOneClass", {"class": Class | None})  # a key that is a word of Python's


class Acknowledged(Document):
    """A supervisor sees to it."""

    by: Annotated[str | None, Field(description="their name")]
    at: Instant


class Alarm(_OfOneClass, Document):
    """Something to see to, from ``at`` on: a document may tell of it ahead."""

    id: Annotated[str, Field(description="the same for the same trouble, as long as it lasts")]
    kind: AlarmKind
    at: Instant
    since: Instant | None
    counter: str | None
    service: str | None
    left: int | None
    quota: int | None
    device: str | None
    name: Annotated[str | None, Field(description="what the device was called when it was added")]
    screen: Screen | None
    fault: Annotated[Literal["dead", "mute"] | None, Field(description="of a device")]
    person: Annotated[str | None, Field(description="who should sit at the counter, by the roster")]
    number: Annotated[str | None, Field(description="of a call: whose; of calls out of order, whose was the last")]
    value: Annotated[int | None, Field(description="of a device, a wait: how many seconds; of calls: how many")]
    limit: int | None
    level: Annotated[int, Field(description="how bad it is; one more whenever its time has doubled")]
    acknowledged: Annotated[
        Acknowledged | None, Field(description="who sees to it; null again once it is worse than they knew")
    ]


# What a site's supervisors should see to now, the gravest first.
Alarms = TypeAliasType("Alarms", list[Alarm])


class ForecastHour(Document):
    """An hour of the day; ``expected``: how many come in it on the same weekdays, null where too few are known."""

    hour: int
    expected: int | None
    arrived: int


class Hall(Stamped):
    """A whole site at one glance, for its supervisors."""

    site: str
    now: Instant
    day: str | None
    day_closed: bool
    open_until: Annotated[
        Instant | None, Field(description="numbers are given until then, whatever hours and calendar say")
    ]
    counters: list[HallCounter]
    services: list[HallService]
    interruptions: list[Interruption]
    carried: Annotated[list[KeptPlaces], Field(description="places that are kept on days to come")]
    set_today: Annotated[list[SetToday], Field(description="the latest first")]
    forecast: Annotated[list[ForecastHour], Field(description="the hours in which anybody comes, or usually does")]
    alarms: list[Alarm]


class Step(Document):
    """A revision of a day: what it began with."""

    epoch: int
    revision: int
    at: Instant
    kind: str
    number: str | None
    counter: str | None


class OutOfOrder(Document):
    """A call by number of somebody who waited; ``passed``: how many turns of others came later than theirs would."""

    at: Instant
    number: str
    counter: str | None
    service: str | None
    by: Annotated[str | None, Field(description="the name of who called")]
    passed: int
    reason: Annotated[str | None, Field(description="in their words; null once it was purged")]
    reason_code: Annotated[ReasonCode | None, Field(description=OF_THE_LIST)]


class Steps(Document):
    """The revisions of a day that a slider walks, the first one first; and its calls out of order."""

    site: str
    day: str
    steps: list[Step]
    out_of_order: list[OutOfOrder]
