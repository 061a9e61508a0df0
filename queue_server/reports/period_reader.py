"""A period's figures are asked for one after another, and nobody in the hall waits for any of them."""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from ..domain.site import Site
from ..queries.snapshot import Reader
from ..store.structures import Structures
from . import sheets
from .calendar import Period
from .sheet import Sheet

T = TypeVar("T")


class PeriodReader:
    """Reads sheets and makes figures of them, one question after another, beside the green hub."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()

    def ask(
        self,
        reader: Reader,
        site: Site,
        structures: Structures,
        off_hub: Callable[..., Any],
        periods: list[Period],
        make: Callable[[list[list[Sheet]]], T],
    ) -> T:
        """What is made of the sheets of some periods."""
        url = reader.url.render_as_string(hide_password=False)

        def answer() -> T:
            return make(sheets.read_period(url, site, structures, [(one.first, one.last) for one in periods]))

        with self._one_at_a_time:
            found: T = off_hub(answer)
        return found
