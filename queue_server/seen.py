"""Which enrolled screens were heard, and when: in memory, one line a device, nothing written."""

from collections.abc import Callable
from datetime import datetime

from .domain.absence import Place


class Seen:
    """The screens that this server heard, or was told of by the other processes of the hall."""

    def __init__(self, clock: Callable[[], datetime], note: Callable[[Place, datetime], None]) -> None:
        self._clock, self._note = clock, note
        self._heard: dict[str, tuple[Place, datetime]] = {}  # by device
        self.tell: Callable[[Place], None] = lambda place: None  # the other processes

    def hear(self, *places: Place) -> None:
        """An enrolled screen has said something to this process."""
        for place in places:
            self.heard_elsewhere(place)
            self.tell(place)

    def heard_elsewhere(self, place: Place) -> None:
        """An enrolled screen has said something to another process."""
        now = self._clock()
        self._heard[place.device] = (place, now)
        self._note(place, now)

    def of(self, site: str) -> dict[Place, datetime]:
        """The site's screens, and when each was last heard."""
        return {place: at for place, at in list(self._heard.values()) if place.site == site}
