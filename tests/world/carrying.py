"""What the model of the hall knows of the end of a day, and of one that is given up."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world.model import Model, Visitor


AT_DAY_S_END = {"waiting": "expired", "held": "expired", "called": "no_show", "serving": "completed"}


class Carrying:
    """Verbs of the model."""

    def carry_over(self: "Model", services: Iterable[str], prefixes: Mapping[str, str], now: datetime) -> bool:
        """The hall gives up: whoever waits for these, or was set aside, has the next numbers of the next day."""
        there = [v for v in self.visitors if v.state in ("waiting", "held") and v.service in services]
        for v in there:
            so_far = sum(bool(other.kept) and other.service == v.service for other in self.visitors)
            v.kept = f"{prefixes[v.service]}{so_far + 1:03d}"
            v.state, v.since = "expired", now
        return bool(there)

    def release(self: "Model", visitor: "Visitor") -> bool:
        """The place that was kept for the next day is given up; its number stays unused."""
        before, visitor.released = visitor.released, True
        return not before

    def next_day(self: "Model") -> "Model":
        """The hall on the next morning: whoever was carried over is let in, in the order in which they came."""
        new = type(self)()
        for id, place in self.places.items():
            new.places[id].pointer = place.pointer
        for v in (one for one in self.visitors if one.kept):
            new.issued[v.service] = new.issued.get(v.service, 0) + 1
            if v.released:
                continue
            new.visitors.append(type(v)(v.kept, v.service, v.class_, v.people, v.guided))
            new.visitors[-1].places[v.service] += 1
            new.quotas[v.service].put(v.class_, v.people)
        return new

    def end_day(self: "Model", now: datetime) -> None:
        """Everybody goes home."""
        for v in self.visitors:
            has_place = bool(v.kept) and not v.released
            v.guided, v.escort = has_place and (v.guided or v.escort), False  # a day may end twice
            if v.state in AT_DAY_S_END:
                v.lapsed = v.state == "held" and bool(v.papers)
                v.state, v.since = AT_DAY_S_END[v.state], now
        for place in self.places.values():
            place.officer, place.rests, place.undo, place.undo_sent = None, None, (), ()
            place.asks, place.helped = False, None
