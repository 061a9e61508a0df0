"""The turnstile: after a power cut every screen and phone comes back in the same second, and officers work on."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

STAFF, STRANGER = "staff", "stranger"  # of what the door may say; whoever else is known is a screen or a phone
_LONGEST_LINE_S = 15.0
_GIVEN_UP_S = 20.0  # socket.io's clients wait no longer
_LONGEST_REST_S = 0.5  # also after the machine stood still for a minute
_LATELY = 0.1  # how much whoever passed last counts in the pace that is expected


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody in a line."""

    line: deque["_Waiting"]
    since: float
    first: threading.Event = field(default_factory=threading.Event)  # nobody is before them any more


class Turnstile:
    """Lets so many handshakes a second in at the most: staff at once, then known screens and phones, then strangers.

    One passes after the other. The first keeps the time for all: if it is late when they wake, the machine has
    not yet done what came before, and the next one rests for as much longer. So a slow machine lets in as many as it
    can greet, and answers officers in between. Places given out beforehand cannot do that: on a machine that greets
    more slowly than they come due, all that are due are greeted first, and each delay makes the next one longer.

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
        self._pace = self._step  # seconds from one to the next, as it was of late
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
            self._free, self._pace = max(self._free, now), self._step  # what an earlier line was like is over
        if standing == STAFF:  # a line that nobody could join grows no longer
            self._free = min(max(self._free, now) + self._step, now + _LONGEST_LINE_S + self._step)
            return None
        line = self._strange if standing == STRANGER else self._known
        before = self.waiting if standing == STRANGER else len(self._known)
        if max(self._free - now, 0) + before * self._pace > _LONGEST_LINE_S:
            return None
        me = _Waiting(line, now)
        line.append(me)
        if self._first is None:
            self._call_first()
        return me

    def _pass(self, me: _Waiting) -> bool:
        """Go through when it is time, and reckon when the next one may."""
        now, due = self._clock(), self._free
        if due > now:
            self._sleep(due - now)
        with self._lock:
            now = self._clock()
            if now - me.since > _GIVEN_UP_S:
                return False
            rest = self._step + min(max(now - due, 0), _LONGEST_REST_S)
            self._pace += _LATELY * (rest - self._pace)
            self._free = max(self._free, now) + rest
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
