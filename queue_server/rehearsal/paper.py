"""Nothing works for a while: numbers come from the printed sheet, and what was written is entered afterwards."""

import math
import threading
from collections.abc import Collection
from dataclasses import dataclass, field

from . import plan


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

    def took_paper(self, visitor: plan.Visitor, now_s: float) -> bool:
        """Whether the visitor has a number on paper, since nothing else was to be had."""
        with self._lock:
            prefix = self.prefixes.get(visitor.service)
            if not self.lasts(now_s) or prefix is None:
                return False
            number = f"{prefix}{sum(line.visitor.service == visitor.service for line in self.lines) + 1:03d}"
            self.lines.append(Line(number, visitor, now_s))
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
