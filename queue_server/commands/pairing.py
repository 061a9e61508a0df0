"""A new screen says that it is there. No command of the record: nothing has happened until somebody approves it."""

from datetime import datetime
from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.pairing import ALPHABET, LENGTH, Kind
from ..store import pairings
from ..store.ids import new_code

_AGAIN_S = 60  # some code is over by then, or was typed


def begin(conn: Any, poll: str, kind: Kind, address: str, now: datetime) -> str:
    """The code that the screen with this secret is to show; ``conn``: of ``Performer.aside``.

    Raises ``too_many_requests`` while too many wait.
    """
    code = new_code(ALPHABET, LENGTH)
    while pairings.by_code(conn, code) is not None:
        code = new_code(ALPHABET, LENGTH)
    if not pairings.begin(conn, poll, code, kind, address, now):
        raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=_AGAIN_S)
    return code
