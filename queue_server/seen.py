"""Which enrolled screens were heard, when, and what they said of themselves: in memory, one line a device."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .domain.absence import Place
from .domain.devices import DeviceTest, Said


@dataclass(frozen=True, slots=True)
class Heard:
    """A screen that speaks to this very process."""

    place: Place
    at: datetime
    said: Said


class Seen:
    """The screens that this server heard, or was told of by the other processes of the hall."""

    def __init__(self, clock: Callable[[], datetime], note: Callable[[Place, datetime], None]) -> None:
        self._clock, self._note = clock, note
        self._heard: dict[str, tuple[Place, datetime]] = {}  # by device
        self._here: dict[str, Heard] = {}  # by device, of those that spoke to this process
        self._tested: list[tuple[str, DeviceTest]] = []
        self.tell: Callable[[Place], None] = lambda place: None  # the other processes

    def hear(self, *places: Place, said: Said | None = None, tested: DeviceTest | None = None) -> None:
        """An enrolled screen has said something to this process; ``said``: None if nothing of itself."""
        for place in places:
            self.heard_elsewhere(place)
            before = self._here.get(place.device)
            self._here[place.device] = Heard(place, self._clock(), said or (before.said if before else Said()))
            if tested is not None:
                self._tested.append((place.device, tested))
            self.tell(place)

    def heard_elsewhere(self, place: Place) -> None:
        """An enrolled screen has said something to another process."""
        self.expect(place, self._clock())

    def expect(self, place: Place, at: datetime) -> None:
        """Take a screen for last heard at that instant, unless it was heard later."""
        known = self._heard.get(place.device)
        if known is None or known[1] <= at:
            self._heard[place.device] = (place, at)
            self._note(place, at)

    def of(self, site: str) -> dict[Place, datetime]:
        """The site's screens, and when each was last heard."""
        return {place: at for place, at in list(self._heard.values()) if place.site == site}

    def last_heard(self, device: str) -> datetime | None:
        """When a screen was last heard, by whichever process that says so."""
        known = self._heard.get(device)
        return known[1] if known else None

    def here(self) -> list[Heard]:
        """The screens that spoke to this process since its start."""
        return list(self._here.values())

    def take_tested(self) -> list[tuple[str, DeviceTest]]:
        """(device, what came of its test), each handed out once."""
        taken, self._tested = self._tested, []
        return taken
