"""What events of a call tell beside their own columns: called, called again, undone, begun to be served."""

from typing import Literal, TypedDict

from .reasons import Reasoned
from .transfer_events import Before


class Called(Reasoned):
    """``previous``: the revision of the call before; ``wheel``: where the counter's stood, and stands now."""

    number: str
    previous: int
    by: Literal["next", "number"]
    wheel: list[int]
    before: Before


class Served(Reasoned):
    """For a reason where somebody came without a number, while others waited."""


class Recalled(TypedDict):
    """As of a call."""

    number: str
    previous: int


class Undone(TypedDict):
    """``call``: the revision of the call that was taken back; ``wheel``: where the counter's stands again."""

    before: Before
    wheel: int
    call: int
