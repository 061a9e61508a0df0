"""What events tell of a visitor who is sent on to another service, beside their own columns."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

Before = Mapping[str, Any]  # the ticket's values that a call or a transfer overwrites (``fold.before_call``)


class Transferred(TypedDict):
    """``before``: of a transfer from a counter; ``back``: of a move by number, whether a place is given back.

    ``held``: the ticket had a place in the target's quota already, and takes none.
    """

    to: str
    wish: str | None
    before: NotRequired[Before]
    back: NotRequired[bool]
    held: NotRequired[bool]
    noted: NotRequired[bool]


class TransferUndone(TypedDict):
    """``transfer``: the revision of the one that was taken back; ``held``: as it said."""

    before: Before
    transfer: int
    held: NotRequired[bool]
