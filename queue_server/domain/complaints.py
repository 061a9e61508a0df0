"""The register of complaints: how many came in a month, by which way, and how far they are. Of no single one a word.

The complaints themselves are written where they are worked on (SP4N-LAPOR, the agency); here are counts alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NotRequired, TypedDict, get_args

from .errors import Code, QueueError

Channel = Literal["desk", "lapor", "phone", "letter", "online"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
MOST = 1_000_000


class ComplaintsCounted(TypedDict):
    """Of those received in a month: how many in all, in work, done. ``agency``: whose they are, none: the hall's."""

    month: str
    channel: str
    received: int
    in_work: int
    done: int
    agency: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the register."""

    month: str  # YYYY-MM
    channel: str
    agency: str | None
    received: int
    in_work: int
    done: int


def checked(count: Count, agencies: Iterable[str], today: date) -> ComplaintsCounted:
    """The detail of its event. Raises ``invalid``: for a month to come, and for more at work or done than came."""
    if count.month > f"{today:%Y-%m}":
        raise QueueError(Code.INVALID, field="month", reason="month_ahead")
    if count.agency is not None and count.agency not in set(agencies):
        raise QueueError(Code.INVALID, field="agency")
    if count.in_work + count.done > count.received:
        raise QueueError(Code.INVALID, field="done", reason="more_than_received")
    detail = ComplaintsCounted(
        month=count.month,
        channel=count.channel,
        received=count.received,
        in_work=count.in_work,
        done=count.done,
    )
    if count.agency is not None:
        detail["agency"] = count.agency
    return detail


def read(detail: Mapping[str, Any]) -> Count:
    """The line that an event leaves; it takes the place of the one before of its month, way and agency."""
    counts = (detail["received"], detail["in_work"], detail["done"])
    return Count(detail["month"], detail["channel"], detail.get("agency"), *counts)
