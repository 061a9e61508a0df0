"""Where work is done that would hold up whoever shares a process with it: a period's figures, a year of open data."""

from collections.abc import Callable
from typing import Any, Protocol

Job = Callable[[], Any]


class Apart(Protocol):
    """A place for such work."""

    def __call__(self, job: Job) -> Any:
        """What the work comes to."""

    def prepare(self) -> None:
        """Somebody is about to ask."""


class Here:
    """This process: of a command, which has no counters to serve."""

    def __call__(self, job: Job) -> Any:
        """What the work comes to."""
        return job()

    def prepare(self) -> None:
        """Nothing is to be prepared."""


here = Here()
