"""The turnstile: after a power cut every screen and phone comes back in the same second, and officers work on."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

STAFF, STRANGER = "staff", "stranger"  # of what the door may say; whoever else is known is a screen or a phone
_LONGEST_LINE_S = 15.0
_GIVEN_UP_S = 20.0  # socket.io's clients wait no longer
_MADE_UP_FOR_S = 1.0  # so much lateness: until then one passes right after the other


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody in a line."""

    line: deque["_Waiting"]
    since: float
    first: threading.Event = field(default_factory=threading.Event)  # nobody is before them any more


class Turnstile:
    """Lets so many handshakes a second in at the most: staff at once, then known screens and phones, then strangers.

    One passes after the other: only the first in line is awake to the clock, and wakes the next one. So however far
    behind a slow machine is, it greets one at a time and looks after officers in between. Places in time that are given
    out beforehand cannot do that: all that have come due are greeted in one go, and each delay makes the next longer.

    Known callers stand in a line of their own, which strangers never lengthen, however many they are.
    """

    def __init__(
        self,
        per_second: int,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._step, self._sleep, self._clock = 1 / per_second, sleep, clock
        self._known: deque[_Waiting] = deque()
        self._strange: deque[_Waiting] = deque()
        self._first: _Waiting | None = None  # who keeps the time
        self._free = 0.0  # when the next one may pass
        self._began, self._through = 0.0, 0  # since when there is a line, and how many have passed since
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many stand in line now."""
        return len(self._known) + len(self._strange)

    def admit(self, standing: str) -> bool:
        """Wait for one's turn; False, without waiting, if it is so far off that nobody would still be there.

        False as well if it comes so late that the client has given up: then it costs the next one no rest.
        """
        with self._lock:
            me = self._come(standing, self._clock())
        if me is None:
            return standing == STAFF
        try:
            me.first.wait()
            return self._pass(me)
        finally:
            self._leave(me)

    def _come(self, standing: str, now: float) -> _Waiting | None:
        """Stand in line; None for whoever does not."""
        if self._first is None:
            self._free, self._began, self._through = max(self._free, now), now, 0
        if standing == STAFF:  # a line that nobody could join grows no longer
            self._free = min(max(self._free, now) + self._step, now + _LONGEST_LINE_S + self._step)
            return None
        line = self._strange if standing == STRANGER else self._known
        before = self.waiting if standing == STRANGER else len(self._known)
        pace = max((now - self._began) / self._through, self._step) if self._through else self._step
        if max(self._free - now, 0) + before * pace > _LONGEST_LINE_S:
            return None
        me = _Waiting(line, now)
        line.append(me)
        if self._first is None:
            self._call_first()
        return me

    def _pass(self, me: _Waiting) -> bool:
        """Go through when it is time, and reckon when the next one may."""
        early = self._free - self._clock()
        if early > 0:
            self._sleep(early)
        with self._lock:
            now = self._clock()
            if now - me.since > _GIVEN_UP_S:
                return False
            self._through += 1
            self._free = max(self._free, now - _MADE_UP_FOR_S) + self._step
        return True

    def _leave(self, me: _Waiting) -> None:
        """Through it, or gone for good; the next one is first."""
        with self._lock:
            me.line.remove(me)
            if self._first is me:
                self._call_first()

    def _call_first(self) -> None:
        line = self._known or self._strange
        self._first = line[0] if line else None
        if self._first is not None:
            self._first.first.set()
