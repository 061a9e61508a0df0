"""What events tell of numbers that were given, or were not, beside their own columns."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from .booking_events import OfBooking
from .reasons import Reasoned

OfClass = TypedDict("OfClass", {"class": str})  # a key that is a word of Python's
# … and the wait that was said, from and to, in seconds; None: nothing was known
OfIssue = TypedDict("OfIssue", {"class": str, "told": NotRequired[list[int] | None]})


class Issued(OfIssue, Reasoned):
    """A number was given; ``by``: the role of who gave it; ``people``: for how many, if for more than one.

    ``walk_in``: to one who is served without a call. ``came_at``: when a number of an outage's paper was taken; its
    ``seq`` is below 0, for it is of no series of the day. ``booking``: of one who had booked; ``callable_from``: who
    came before they can be called, and from when they can (ISO 8601). ``told``: the wait in seconds that was told,
    from and to (None: nothing was known); ``expected_s``: of which it was made (``calibration.py``).
    ``carried_from``: to the holder of that ticket of an earlier day, for whom number and place were kept.
    """

    seq: int
    number: str
    by: str
    people: NotRequired[int]
    came_at: NotRequired[str]
    origin: NotRequired[str]
    language: NotRequired[str]
    walk_in: NotRequired[bool]
    booking: NotRequired[OfBooking]
    callable_from: NotRequired[str]
    expected_s: NotRequired[int]
    carried_from: NotRequired[str]


class OutageEntered(Issued):
    """A visit that was over before it was entered, from the paper of an outage: when it went on, in ISO 8601."""

    called_at: str
    served_at: str
    finished_at: str


class Refused(OfClass):
    """No number was given: unmet demand; ``people``: of how many, if of more than one."""

    code: str
    reason: str | None
    people: NotRequired[int]


class Reclassed(OfClass):
    """``was``: the class before; ``places``: the services in whose quota its places move with it,
    as often as it holds one there.
    """

    was: str
    places: list[str]


class Regrouped(TypedDict):
    """Another number of people came: ``was`` before; ``places``: the services in whose quota they have places."""

    people: int
    was: int
    places: list[str]


def counted(detail: Mapping[str, Any]) -> bool:
    """Whether the number was the next of its series when it was given: one of an outage's paper is of no series, and
    one that was kept for its holder was taken before."""
    return detail["seq"] > 0 and "carried_from" not in detail
