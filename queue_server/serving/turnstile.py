"""The turnstile: after a power cut every screen and phone comes back in the same second, and officers work on."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

# Of what the door may say; whoever else is known is a phone, or a browser that somebody signed in with before.
STAFF, DEVICE, STRANGER = "staff", "device", "stranger"
_LONGEST_LINE_S = 15.0
_GIVEN_UP_S = 20.0  # a phone waits no longer, another screen 8 s: those are few, and stand in a line of their own
_MADE_UP_FOR_S = 1.0  # so much lateness: until then one passes right after the other
_OF_LATE = 50  # so many passes tell the pace of a line; of fewer nothing is believed


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody in a line."""

    line: deque["_Waiting"]
    since: float
    first: threading.Event = field(default_factory=threading.Event)  # nobody is before them any more


class Turnstile:
    """Lets so many handshakes a second in at the most: staff at once, then devices, then phones, then strangers.

    One passes after the other: only the first in line is awake to the clock, and wakes the next one. So however far
    behind a slow machine is, it greets one at a time and looks after officers in between. Places in time that are given
    out beforehand cannot do that: all that have come due are greeted in one go, and each delay makes the next longer.

    So it is with green threads, where a turn of the hub lies between one and the next. With threads of the system it is
    a limit of so many a second and no more.

    Devices and phones stand in lines of their own, which those behind never lengthen, however many they are.
    """

    def __init__(
        self,
        per_second: int,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._step, self._sleep, self._clock = 1 / per_second, sleep, clock
        self._devices: deque[_Waiting] = deque()
        self._phones: deque[_Waiting] = deque()
        self._strangers: deque[_Waiting] = deque()
        self._first: _Waiting | None = None  # who keeps the time
        self._free = 0.0  # when the next one may pass
        self._passes: deque[float] = deque(maxlen=_OF_LATE)  # when the last of this line passed
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many stand in line now."""
        return sum(map(len, self._lines))

    @property
    def _lines(self) -> tuple[deque[_Waiting], ...]:
        return self._devices, self._phones, self._strangers

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
            self._free = max(self._free, now)
            self._passes.clear()
        if standing == STAFF:  # a line that nobody could join grows no longer
            self._free = min(max(self._free, now) + self._step, now + _LONGEST_LINE_S + self._step)
            return None
        place = {DEVICE: 0, STRANGER: 2}.get(standing, 1)
        before = sum(map(len, self._lines[: place + 1]))
        if max(self._free - now, 0) + before * self._pace() > _LONGEST_LINE_S:
            return None
        me = _Waiting(self._lines[place], now)
        me.line.append(me)
        if self._first is None:
            self._call_first()
        return me

    def _pass(self, me: _Waiting) -> bool:
        """Go through when it is time, and reckon when the next one may."""
        early = self._free - self._clock()
        if early > 0 and not self._is_gone(me):
            self._sleep(early)
        with self._lock:
            if self._is_gone(me):
                return False
            now = self._clock()
            self._passes.append(now)
            self._free = max(self._free, now - _MADE_UP_FOR_S) + self._step
        return True

    def _is_gone(self, me: _Waiting) -> bool:
        return self._clock() - me.since > _GIVEN_UP_S

    def _pace(self) -> float:
        """Seconds from one to the next, by the last passes of this line."""
        if len(self._passes) < _OF_LATE:
            return self._step
        return max((self._passes[-1] - self._passes[0]) / (_OF_LATE - 1), self._step)

    def _leave(self, me: _Waiting) -> None:
        """Through it, or gone for good; the next one is first."""
        with self._lock:
            me.line.remove(me)
            if self._first is me:
                self._call_first()

    def _call_first(self) -> None:
        self._first = next((line[0] for line in self._lines if line), None)
        if self._first is not None:
            self._first.first.set()
