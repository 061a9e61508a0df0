"""How often something happened within the last so many seconds: a moving window for each key, in memory only.

Its cost does not grow with the number of keys, and no key outlives its window: guesses may come from a million
addresses, and each of them is one.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So often within so many seconds."""

    most: int
    seconds: float


class RateLimits:
    """The windows of all keys; a key belongs to one limit."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self.reset()

    def test(self, limit: Limit, *key: str) -> bool:
        """Whether it may happen once more; nothing is counted."""
        with self._lock:
            return len(self._recent(limit, key)) < limit.most

    def hit(self, limit: Limit, *key: str) -> bool:
        """Count it, if it may happen once more; False if not."""
        with self._lock:
            self._sweep()
            times = self._recent(limit, key)
            if len(times) >= limit.most:
                return False
            times.append(self._clock())
            self._held[key] = limit, times
            return True

    def reset(self) -> None:
        """Forget everything."""
        self._held: dict[tuple[str, ...], tuple[Limit, deque[float]]] = {}
        self._until_sweep = 0

    def __len__(self) -> int:
        return len(self._held)

    def _recent(self, limit: Limit, key: tuple[str, ...]) -> deque[float]:
        _, times = self._held.get(key, (limit, deque()))
        while times and times[0] <= self._clock() - limit.seconds:
            times.popleft()
        return times

    def _sweep(self) -> None:
        """Forget keys whose window is empty: once in as many hits as there are keys, so a hit costs the same always."""
        self._until_sweep -= 1
        if self._until_sweep <= 0:
            self._held = {k: held for k, held in self._held.items() if self._recent(held[0], k)}
            self._until_sweep = max(1000, len(self._held))
