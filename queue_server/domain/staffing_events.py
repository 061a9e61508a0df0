"""What events tell of people at work, beside their own columns: rosters, and alarms that somebody sees to."""

from typing import TypedDict


class RosterSet(TypedDict):
    """``shifts``: ``[counter, account, from, to]`` of a day, at the counters that are the writer's to see to."""

    day: str
    shifts: list[list[str]]


class AlarmTaken(TypedDict):
    """``alarm``: its id; ``level``: how bad it was (``domain/alarms.py``)."""

    alarm: str
    level: int
