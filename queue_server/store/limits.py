"""How long a database that says nothing is waited for: in force for whoever waits in the same (green) thread.

A host that is gone without a word refuses nothing and closes nothing: only a clock of our own tells.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

LOCK_WAIT_S = 5.0  # how long a command waits for a database held by someone else before it answers 503
STATEMENT_S = 6.0  # how long one statement of a command may take: more than a lock is waited for
ANSWER_S = 7.0  # how long its answer is waited for: the server's own word comes first, where there is a server


class _Limits(threading.local):
    until: float | None = None  # monotonic: not beyond this, however many answers came
    silent_s: float | None = None  # each answer for itself


_own = _Limits()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All waiting inside ends by then; where a limit is in force that ends sooner, by that."""
    before, ends = _own.until, time.monotonic() + seconds
    _own.until = ends if before is None else min(before, ends)
    try:
        yield
    finally:
        _own.until = before


@contextmanager
def each_answer_within(seconds: float) -> Iterator[None]:
    """No answer inside is waited for longer, but there may be many."""
    before, _own.silent_s = _own.silent_s, seconds
    try:
        yield
    finally:
        _own.silent_s = before


def until() -> float | None:
    """When (monotonic) an answer that is asked for now is given up; None: when the connection itself breaks."""
    silent = None if _own.silent_s is None else time.monotonic() + _own.silent_s
    ends = [end for end in (_own.until, silent) if end is not None]
    return min(ends, default=None)
