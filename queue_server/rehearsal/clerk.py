"""The front desk, when nothing works: begins with paper in time, and enters what was written when the power is back."""

import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .caller import Caller
from .hall import Hall
from .paper import Line, Outage

_ENTRIES = 300  # that the form takes at a time


def paperwork(hall: Hall, outage: Outage, front_desk: Caller) -> None:
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
    if line.finished_s == math.inf:
        return came | who
    over = {"called_at": line.called_s, "served_at": line.served_s, "finished_at": line.finished_s}
    return came | who | {name: instant(at) for name, at in over.items()} | {"counter": line.counter}
