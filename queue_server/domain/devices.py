"""How an enrolled screen is, by what it last said of itself and when it was last heard."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from .absence import ABSENT_AFTER, DOUBTED_AFTER

State = Literal["well", "late", "dead", "mute", "old", "paper_low", "paper_out", "trouble", "unknown"]
Act = Literal["reload", "identify", "test", "revoked"]
Test = Literal["sound", "picture", "clock", "network"]

MUTE_AFTER = timedelta(seconds=30)  # a sound device, and a browser that may use it, take their moment to wake
_CLOCK_STEP_S = 10  # a device's clock that is read once more differs by as much as the line was slow


@dataclass(frozen=True, slots=True)
class Said:
    """What a screen says of itself beside that it is there; None: nothing, as of a release before.

    ``sound``: False where it should speak and cannot. ``screen``: its size in pixels (``1920x1080``). ``clock_s``: how
    far its own clock is ahead of the server's. ``video``: whether a wall can play one; ``slow``: too haltingly.
    """

    sound: bool | None = None
    zone: str | None = None
    build: str | None = None
    screen: str | None = None
    clock_s: int | None = None
    printer: Literal["ok", "trouble"] | None = None
    paper: Literal["ok", "low", "out"] | None = None
    video: Literal["ok", "no", "slow"] | None = None

    def is_as(self, other: "Said") -> bool:
        """Whether there is nothing new in it: a clock that is read a moment later is the same clock."""
        ours, theirs = self.clock_s or 0, other.clock_s or 0
        if (self.clock_s is None) != (other.clock_s is None) or abs(ours - theirs) >= _CLOCK_STEP_S:
            return False
        return self._but_clock() == other._but_clock()

    def _but_clock(self) -> tuple[object, ...]:
        return (self.sound, self.zone, self.build, self.screen, self.printer, self.paper, self.video)


@dataclass(frozen=True, slots=True)
class DeviceTest:
    """What came of a test that somebody asked for from afar; ``value``: ms, s, or pictures a second, by its kind."""

    id: int
    ok: bool
    value: int | None = None


def is_gone(heard_at: datetime, now: datetime) -> bool:
    """Whether a screen that was last heard then is taken for switched off or cut off."""
    return now - heard_at >= ABSENT_AFTER


def state_of(said: Said, heard_at: datetime | None, now: datetime, build: str) -> State:
    """The one word for a screen, the gravest first; ``build``: of the server, which every screen should come to."""
    if heard_at is None:
        return "unknown"
    if is_gone(heard_at, now):
        return "dead"
    if said.printer == "trouble":
        return "trouble"
    if said.paper == "out":
        return "paper_out"
    if said.sound is False:
        return "mute"
    if said.paper == "low":
        return "paper_low"
    if now - heard_at >= DOUBTED_AFTER:
        return "late"
    return "old" if said.build not in (None, build) else "well"
