"""A caller who tries wrong codes is slowed down, and never locked out: others stand at the same device.

In memory and for each process by itself, as all that is counted of callers.
"""

import threading
import time
from collections.abc import Callable
from math import ceil

from ...domain.errors import Code, QueueError

FREE = 3  # wrong codes in a row that cost nothing: people mistype
LONGEST_S = 10.0
_FORGOTTEN_S = 300.0


class Slowness:
    """How long each caller has to wait before another try: 1, 2, 4, 8, then always ten seconds after a wrong one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._missed: dict[str, tuple[int, float]] = {}  # caller -> wrong codes in a row, when the last was

    def refuse_hurry(self, caller: str) -> None:
        """Raises ``too_many_requests`` for one who has to wait; a right code would be refused as well."""
        with self._lock:
            missed, last = self._missed.get(caller, (0, 0.0))
            wait = min(LONGEST_S, 2.0 ** (missed - FREE)) if missed >= FREE else 0.0
            left = last + wait - self._clock()
        if left > 0:
            raise QueueError(Code.TOO_MANY_REQUESTS, retry_after_s=ceil(left))

    def was_wrong(self, caller: str) -> None:
        """Another wrong code."""
        with self._lock:
            now = self._clock()
            self._missed = {who: one for who, one in self._missed.items() if now - one[1] < _FORGOTTEN_S}
            self._missed[caller] = (self._missed.get(caller, (0, 0.0))[0] + 1, now)

    def was_right(self, caller: str) -> None:
        """All is forgiven."""
        with self._lock:
            self._missed.pop(caller, None)
