"""Whether a video flashes so that somebody may have a seizure: WCAG 2.2, 2.3.1 "Three flashes or below threshold"."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

COLUMNS, ROWS = 32, 18
_STEP = 0.1  # of the greatest luminance: a smaller change is none
_DARK = 0.8  # the darker of the two is below that
_MOST = 3  # flashes, each a pair of opposing changes, within any second
_AREA = 0.25  # of 10 degrees of sight, which is what a wall's picture fills from three metres


class Flashes:
    """Fed with small grey pictures in the order of time, it says whether they flash."""

    def __init__(self, rate: int) -> None:
        self._turns: deque[NDArray[np.bool_]] = deque(maxlen=rate)  # of a second: where a change began
        self._extreme: NDArray[np.float64] | None = None
        self._rising = np.zeros((ROWS, COLUMNS), dtype=bool)
        self._falling = np.zeros((ROWS, COLUMNS), dtype=bool)

    def add(self, grey: NDArray[np.uint8]) -> bool:
        """Take the next picture, ``ROWS`` × ``COLUMNS``. True: with it, there are too many flashes in a second."""
        light = (grey / 255.0) ** 2.2  # relative luminance
        if self._extreme is None:
            self._extreme = light
            return False
        change, darker = light - self._extreme, np.minimum(light, self._extreme)
        up = (change >= _STEP) & (darker < _DARK) & ~self._rising
        down = (change <= -_STEP) & (darker < _DARK) & ~self._falling
        self._turns.append(up | down)
        self._rising, self._falling = (self._rising & ~down) | up, (self._falling & ~up) | down
        # The extreme goes on with the way the light goes, and begins anew where it turned.
        further = (self._rising & (change > 0)) | (self._falling & (change < 0))
        self._extreme = np.where(up | down | further, light, self._extreme)
        often = np.sum(np.stack(self._turns), axis=0) > 2 * _MOST
        return bool(np.mean(often) > _AREA)
