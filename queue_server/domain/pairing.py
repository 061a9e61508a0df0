"""How a new screen becomes a device without a keyboard: it shows a code, and somebody who keeps devices types it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from .errors import Code, QueueError
from .site import Site

Kind = Literal["kiosk", "display"]

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 that nobody reads as another: no 0 and O, no 1 and I
LENGTH = 6
LASTS = timedelta(minutes=10)
MOST_OF_ADDRESS = 5  # codes alive at one time
MOST = 200
WRONG_PER_MINUTE = 5  # codes that one account may type wrongly


def read_code(typed: str) -> str:
    """The code as it was typed, with or without its gap, in letters of any size. Raises ``not_found`` for no code."""
    code = "".join(typed.upper().split()).replace("-", "")
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise QueueError(Code.NOT_FOUND)
    return code


def is_alive(begun: datetime, now: datetime) -> bool:
    """Whether a code that was shown first at ``begun`` can still be typed."""
    return now - LASTS < begun <= now + LASTS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device is wanted; ``counter``: whose display it is, ``zone`` and ``voice``: of a wall."""

    kind: Kind
    zone: str | None = None
    counter: str | None = None
    voice: bool = False

    def check(self, site: Site) -> None:
        """Raises ``invalid`` for a place that the hall does not have."""
        if self.counter is not None and (self.kind == "kiosk" or self.counter not in site.counters):
            raise QueueError(Code.INVALID, field="counter")
        if self.zone is not None and (self.kind == "kiosk" or self.counter or self.zone not in site.wall.zones):
            raise QueueError(Code.INVALID, field="zone")
        if self.voice and (self.kind == "kiosk" or self.counter):
            raise QueueError(Code.INVALID, field="voice")
