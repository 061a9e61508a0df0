"""Nothing works for a while: numbers come from the printed sheet, and what was written is entered afterwards."""

import math
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import plan
from .caller import Caller

if TYPE_CHECKING:
    from .hall import Hall

_ENTRIES = 300  # that the form takes at a time


@dataclass
class Line:
    """One line of the paper; times are virtual seconds of the day."""

    number: str
    visitor: plan.Visitor
    came_s: float
    counter: str | None = None
    called_s: float = math.inf
    served_s: float = math.inf
    finished_s: float = math.inf


@dataclass
class Outage:
    """The paper of a whole hall. ``settled``: it is over, and all of it is entered."""

    planned: plan.Outage
    prefixes: dict[str, str]  # service -> what its numbers on paper begin with
    lines: list[Line] = field(default_factory=list)
    over: bool = False
    settled: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def lasts(self, now_s: float) -> bool:
        """Whether nothing works now."""
        return self.planned.begins_s <= now_s and not self.over

    def took_paper(self, hall: "Hall", visitor: plan.Visitor) -> bool:
        """Whether the visitor has a number on paper, since nothing else was to be had."""
        with self._lock:
            prefix = self.prefixes.get(visitor.service)
            if not self.lasts(hall.now_s()) or prefix is None:
                return False
            number = f"{prefix}{sum(line.visitor.service == visitor.service for line in self.lines) + 1:03d}"
            self.lines.append(Line(number, visitor, hall.now_s()))
            return True

    def next_for(self, counter: str, services: Collection[str], now_s: float) -> Line | None:
        """The first who waits for these services with a paper comes to the counter; None: nobody, or it is over."""
        with self._lock:
            waiting = (line for line in self.lines if line.counter is None and line.visitor.service in services)
            line = next(waiting, None) if self.lasts(now_s) else None
            if line is not None:
                line.counter, line.called_s = counter, now_s
            return line

    def busy(self) -> bool:
        """Whether somebody is still served by hand."""
        return any(line.counter is not None and line.finished_s == math.inf for line in self.lines)

    def end(self) -> None:
        """The power is back."""
        with self._lock:
            self.over = True


def paperwork(hall: "Hall", outage: Outage, front_desk: Caller) -> None:
    """Begin with paper in time, go back when the power does, and enter what was written."""
    board = f"/sites/{hall.site['id']}/board"
    hall.wait(outage.planned.begins_s - hall.now_s())
    dark_s, dark = hall.now_s(), datetime.fromisoformat(front_desk.get(board)["now"])
    hall.wait(outage.planned.ends_s - outage.planned.begins_s)
    outage.end()
    while outage.busy():
        hall.wait(30)
    light_s, light = hall.now_s(), datetime.fromisoformat(front_desk.get(board)["now"])

    def instant(virtual_s: float) -> str:
        share = min(max((virtual_s - dark_s) / max(light_s - dark_s, 1e-6), 0.0), 1.0)
        return (dark + (light - dark) * share).isoformat()

    for some in _at_a_time(outage.lines):
        hall.visitors |= {line.number: line.visitor for line in some}
        entries = [_entry(line, instant) for line in some]
        for ticket in front_desk.post(f"/sites/{hall.site['id']}/outage", {"entries": entries})["tickets"]:
            hall.tickets[ticket["number"]] = ticket
            hall.count("paper")
            if ticket["state"] == "completed":
                hall.acknowledged[ticket["number"]] = "completed"
    outage.settled.set()


def _at_a_time(lines: list[Line]) -> Iterator[list[Line]]:
    for first in range(0, len(lines), _ENTRIES):
        yield lines[first : first + _ENTRIES]


def _entry(line: Line, instant: Any) -> dict[str, Any]:
    came = {"number": line.number, "service": line.visitor.service, "issued_at": instant(line.came_s)}
    who = {"class": line.visitor.class_, "people": line.visitor.people}
    if line.counter is None:
        return came | who
    over = {"called_at": line.called_s, "served_at": line.served_s, "finished_at": line.finished_s}
    return came | who | {name: instant(at) for name, at in over.items()} | {"counter": line.counter}
