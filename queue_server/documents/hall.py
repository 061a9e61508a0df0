"""The shapes of what only supervisors are told."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from .shared import Class, Document, Estimate, Stamped


class HallCounter(Document):
    """A counter, as a supervisor sees it; ``waiting``: people for any of its services."""

    id: str
    name: str
    officer: str | None
    open: bool
    state: Literal["idle", "called", "serving", "closed"]
    number: str | None
    service: str | None
    since: datetime | None
    target_s: int | None
    waiting: int


class HallService(Document):
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
    first: datetime | None
    estimate: Estimate | None


class Alarm(Document):
    """Something to see to, from ``at`` on: a document may tell of it ahead."""

    id: str = Field(description="the same for the same trouble, as long as it lasts")
    kind: Literal["over_target", "stuck_call", "nobody_open", "device", "idle", "quota"]
    at: datetime
    since: datetime | None
    counter: str | None
    service: str | None
    class_: Class | None = Field(alias="class")
    left: int | None
    quota: int | None
    device: str | None
    name: str | None = Field(description="what the device was called when it was added")
    screen: Literal["kiosk", "wall", "counter"] | None
    value: int | None = Field(description="of a device: the seconds since it was last heard")
    limit: int | None


class Hall(Stamped):
    """A whole site at one glance, for its supervisors."""

    site: str
    now: datetime
    day: str | None
    day_closed: bool
    open_until: datetime | None = Field(description="numbers are given until then, whatever hours and calendar say")
    counters: list[HallCounter]
    services: list[HallService]
    alarms: list[Alarm]


class Spread(Document):
    """How durations spread, in seconds."""

    n: int
    sum_s: int
    median_s: int | None
    p90_s: int | None
    median_min: int | None
    p90_min: int | None


class TodayService(Document):
    """A service's wait today, and the share of its services within the promise."""

    id: str
    wait: Spread
    within_target: float | None
    within_target_percent: int | None


class Today(Stamped):
    """The day's figures so far, made at most every fifteen seconds."""

    site: str
    now: datetime
    completed: int
    wait: Spread
    within_target: float | None
    within_target_percent: int | None
    services: list[TodayService]
