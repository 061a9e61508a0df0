"""Suggestions of each hall, worked out beside the green threads, and at most every twenty seconds."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..documents.suggestions import Suggestions
from ..domain.errors import Code, QueueError
from ..domain.suggesting import Suggestion, suggestions
from .snapshot import Snapshot
from .suggesting import Read, read
from .suggestions import suggested

EVERY_S = 20.0
KEPT_S = 15 * 60.0  # so long one that was on a screen can be answered

Reading = Callable[[str, Callable[[Snapshot], Any]], Any]


@dataclass(frozen=True, slots=True)
class _Made:
    made_at: float  # monotonic
    of: Read
    found: tuple[Suggestion, ...]


class SuggestionCache:
    """The newest of each site; and those that were shown lately, so that what somebody reads can be answered."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._made: dict[str, _Made] = {}
        self._shown: dict[tuple[str, str], tuple[float, Suggestion]] = {}
        self._busy: set[str] = set()

    def of(self, site: str, reading: Reading, off_hub: Callable[..., Any], agencies: frozenset[str]) -> Suggestions:
        """The document; while it is worked out anew others get what was worked out before."""
        made = self._newest(site, reading, off_hub)
        document: Suggestions = reading(site, lambda view: suggested(view, made.of, made.found, agencies))
        return document

    def find(
        self, site: str, id: str, reading: Reading, off_hub: Callable[..., Any]
    ) -> tuple[Suggestion, tuple[int, ...]]:
        """One that is suggested now or was lately, and the arrivals of those who wait for it. Raises ``not_found``."""
        made = self._newest(site, reading, off_hub)
        shown = self._shown.get((site, id))
        if shown is None:
            raise QueueError(Code.NOT_FOUND)
        among: tuple[int, ...] = reading(site, lambda view: read(view).among.get(shown[1].service, ()))
        return shown[1], among or made.of.among.get(shown[1].service, ())

    def _newest(self, site: str, reading: Reading, off_hub: Callable[..., Any]) -> _Made:
        made = self._made.get(site)
        if made and (site in self._busy or self._clock() < made.made_at + EVERY_S):
            return made
        self._busy.add(site)
        try:
            of: Read = reading(site, read)
            found = tuple(off_hub(suggestions, of.hall, of.options, of.promised.get))
            now = self._clock()
            made = self._made[site] = _Made(now, of, found)
            self._shown = {key: one for key, one in self._shown.items() if one[0] > now - KEPT_S}
            self._shown |= {(site, one.id): (now, one) for one in found}
        finally:
            self._busy.discard(site)
        return made
