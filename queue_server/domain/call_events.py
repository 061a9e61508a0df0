"""What events of a call tell beside their own columns: called, called again, undone, begun to be served."""

from typing import Literal, NotRequired, TypedDict

from .transfer_events import Before


class Called(TypedDict):
    """``previous``: the revision of the call before; ``wheel``: where the counter's stood, and stands now."""

    number: str
    previous: int
    by: Literal["next", "number"]
    wheel: list[int]
    before: Before
    reason_code: NotRequired[str]


class Served(TypedDict):
    """``reason_code``: of one who came without a number, while others waited."""

    reason_code: NotRequired[str]


class Recalled(TypedDict):
    """As of a call."""

    number: str
    previous: int


class Undone(TypedDict):
    """``call``: the revision of the call that was taken back; ``wheel``: where the counter's stands again."""

    before: Before
    wheel: int
    call: int
