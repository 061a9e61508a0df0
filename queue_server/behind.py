"""A process that works beside the hall steps back: the hall comes first."""

import contextlib
import os
import resource
from collections.abc import Mapping
from pathlib import Path


def step_back(steps: int, bounds: Mapping[int, int]) -> None:
    """So many steps back in line for the processor (19: last), within ``bounds`` of the kernel's (setrlimit(2)).

    A process for whose answer somebody waits stays near: at the end of the line a busy PC lets it do next to nothing.
    """
    os.nice(steps)
    for what, most in {**bounds, resource.RLIMIT_CORE: 0}.items():
        resource.setrlimit(what, (most, most))


def end_first() -> None:
    """Where memory is short the kernel ends this process before any other."""
    with contextlib.suppress(OSError):  # no Linux, or none that lets us: the memory is bounded all the same
        Path("/proc/self/oom_score_adj").write_text("1000")
