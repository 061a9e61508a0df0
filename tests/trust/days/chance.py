"""Where a simulated day's chance comes from: the system's own sources of randomness and time, answered from a seed.

The product draws ids and epochs from the system, in one way; so that a day can be repeated byte for byte it is the
system that is replaced here, not the product.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock


@contextmanager
def seeded(seed: int, clock: Callable[[], datetime]) -> Iterator[None]:
    """Inside, ``os.urandom``, ``secrets`` and ``time.time_ns`` follow from the seed and the clock alone."""
    source = random.Random(seed)
    with (
        mock.patch.object(os, "urandom", source.randbytes),
        mock.patch.object(random, "_urandom", source.randbytes),
        mock.patch.object(time, "time_ns", lambda: int(clock().timestamp() * 1_000_000) * 1_000),
    ):
        yield
