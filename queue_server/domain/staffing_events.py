"""What events tell of people at work, beside their own columns: rosters, hand-overs, help, alarms taken by name."""

from typing import Literal, NotRequired, TypedDict

from .reasons import Reasoned


class RosterSet(TypedDict):
    """``shifts``: ``[counter, account, from, to]`` of a day, at the counters that are the writer's to see to."""

    day: str
    shifts: list[list[str]]


class AlarmTaken(TypedDict):
    """``alarm``: its id; ``level``: how bad it was (``domain/alarms.py``)."""

    alarm: str
    level: int


class TakenOver(Reasoned):
    """A counter changed hands, with whoever is called or served there; ``was``: whose it was."""

    was: str


class OfHelp(TypedDict):
    """An officer asks for help, or somebody comes: which of the askings."""

    help: str


class Overseen(TypedDict):
    """A supervisor or the front desk acted at a counter that somebody else had open: ``at`` is whose it was."""

    verb: str
    number: str | None
    at: NotRequired[str | None]


BreakReason = Literal["rest", "meal", "prayer", "other"]


class BreakBegun(TypedDict):
    """A counter's officer rests, or says anew how long; ``until``: an instant in ISO 8601."""

    reason: BreakReason
    until: NotRequired[str]
