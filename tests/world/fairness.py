"""I-5 and I-6, and overtakes, from the events alone: who waited at each call, and what every turn of a wheel gave."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from queue_server.domain.fold import Event
from queue_server.domain.overtakes import Ledger
from queue_server.domain.site import Site
from tests.world.story import Visit, steps


@dataclass(frozen=True)
class Turn:
    """One call by a counter's wheel: the slots it passed are ``(start, end]``, counted on without end."""

    revision: int
    class_: str
    waiting: frozenset[str]  # the classes that had somebody
    start: int
    end: int


class Serving:
    """What each counter serves as the day goes on: what the site says, but where something was set for today."""

    def __init__(self, site: Site) -> None:
        self.site, self.today = site, {}

    def hear(self, event: Event) -> None:
        """Go on by one event."""
        if event.kind == "day_opened":
            self.today = {}
        elif event.kind == "services_set":
            self.today[event.counter] = event.detail["services"]

    def of(self, counter: str) -> Collection[str]:
        """The counter's services now."""
        return self.today.get(counter, self.site.counters[counter].services)


def i5_first_come_first_called(events: list[Event], site: Site) -> None:
    """I-5: nobody of the same class who had come earlier waited for that counter."""
    serves = Serving(site)
    for event, visits, waiting in steps(events):
        serves.hear(event)
        if _by_the_wheel(event):
            called = visits[event.ticket]
            passed_over = [
                v.number
                for v in _candidates(waiting, serves, event)
                if v.class_ == called.class_ and v.arrival < called.arrival
            ]
            assert not passed_over, f"{called.number} was called before {passed_over}"


def i6_every_full_turn_gives_each_class_its_share(events: list[Event], site: Site) -> None:
    """I-6: of Σw slots in a row, a class that waited throughout was called in exactly w; nobody starves."""
    size = sum(site.order.values())
    for counter, stretches in _turns(events, site, size).items():
        for turns in stretches:
            for start in sorted({t.end for t in turns} | {turns[0].start} if turns else ()):
                _check_turn([t for t in turns if t.end > start and t.start < start + size], start, size, site, counter)


def calls_are_in_the_published_order(events: list[Event], site: Site) -> None:
    """All of them, and what the order cost each visitor is what is counted."""
    i5_first_come_first_called(events, site)
    i6_every_full_turn_gives_each_class_its_share(events, site)
    overtakes_are_those_of_the_calls(events, site)


def overtakes_are_those_of_the_calls(events: list[Event], site: Site) -> None:
    """Each pair of visitors of whom the later one had a turn first, counted anew, turn by turn; an undone call not."""
    passed: dict[int, tuple[str, set[str]]] = {}  # the call's revision -> who was called, who had come earlier
    serves = Serving(site)
    for event, visits, waiting in steps(events):
        serves.hear(event)
        walked_in = event.kind == "served" and visits[event.ticket].state == "waiting"
        if event.kind == "called" or walked_in:
            called = visits[event.ticket]
            earlier = {v.id for v in _candidates(waiting, serves, event) if v.arrival < called.arrival}
            passed[event.revision] = called.id, earlier
        if event.kind == "undone":
            del passed[event.detail["call"]]
    pairs = {(who, whom) for who, earlier in passed.values() for whom in earlier}
    for day in {event.day for event in events}:
        own = [event for event in events if event.day == day]
        ledger = Ledger({c.id: c.services for c in site.counters.values()}).after(own)
        for id in {event.ticket for event in own if event.ticket}:
            expected = (sum(whom == id for _, whom in pairs), sum(who == id for who, _ in pairs))
            assert (ledger.of(id).suffered, ledger.of(id).made) == expected


def _check_turn(turns: list[Turn], start: int, size: int, site: Site, counter: str) -> None:
    if not turns or turns[-1].end < start + size:
        return  # not a full turn yet
    given = Counter(t.class_ for t in turns if t.end <= start + size)
    for class_ in frozenset.intersection(*(t.waiting for t in turns)):
        assert given[class_] == site.order[class_], f"counter {counter}: {dict(given)} in one turn, {class_} waiting"


def _turns(events: list[Event], site: Site, size: int) -> dict[str, list[list[Turn]]]:
    """counter -> its calls by the wheel, in stretches between two changes of the order; undone ones are left out.

    Each call begins where the last one that stood left the wheel: the pointer lives in the events.
    """
    found: dict[str, list[list[Turn]]] = {}
    serves = Serving(site)
    for event, visits, waiting in steps(events):
        serves.hear(event)
        if event.kind == "configured" and event.detail.get("weights"):
            for stretches in found.values():
                stretches.append([])
        if event.counter is None:
            continue
        turns = found.setdefault(event.counter, [[]])[-1]
        before = turns[-1].end if turns else 0
        if event.kind == "undone" and turns and turns[-1].revision == event.detail["call"]:
            turns.pop()
        elif event.kind == "called":
            at, to = event.detail["wheel"]
            assert at == before % size, f"counter {event.counter}'s wheel stood at {before % size}, not at {at}"
            if not _by_the_wheel(event):
                assert to == at, "a call by number turned the wheel"
                continue
            classes = frozenset(v.class_ for v in _candidates(waiting, serves, event))
            end = before + ((to - at) % size or size)
            turns.append(Turn(event.revision, visits[event.ticket].class_, classes, before, end))
    return found


def _by_the_wheel(event: Event) -> bool:
    return event.kind == "called" and event.detail["by"] == "next"


def _candidates(waiting: dict[str, Visit], serves: "Serving", event: Event) -> list[Visit]:
    return [v for v in waiting.values() if v.service in serves.of(event.counter)]
