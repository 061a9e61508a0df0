"""The calls to all who wait, played out: in what order each counter would take whom if nobody else came.

Each service has a line for each class, and a counter takes the earliest arrival among its lines of the class that its
wheel gives. Counters call at an even pace, so the order in which they call is known beforehand: a stretch of it at a
time is sorted. Where a stretch begins, the state is remembered: who comes last in a line changes nothing before their
own call, so with one more the play goes on from there instead of from the beginning.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice

from .site import CLASSES, Class
from .turns import KIND, ORDINARY, Caller, Waiting, wheels

Lines = Mapping[str, Sequence[Sequence[int]]]  # service -> class by class (as ``CLASSES``) the arrivals, earliest first

_NOBODY = 1 << 62  # an arrival that never was
_SHORTEST = 32  # calls of a stretch
_BITS = tuple(1 << kind for kind in range(len(CLASSES)))
_ALL = sum(_BITS)


def lines_of(people: Iterable[Waiting]) -> Lines:
    """The lines in which people stand, given in any order."""
    lines: dict[str, tuple[list[int], ...]] = {}
    for arrival, service, class_ in sorted(people):
        lines.setdefault(service, tuple([] for _ in CLASSES))[KIND[class_]].append(arrival)
    return lines


@dataclass(slots=True)
class _State:
    """Where a play stands. A line is numbered by its service's place, times the classes, plus its class."""

    due: list[int]  # counter -> when it calls next (a time and the counter's place in one: both order calls)
    pointers: list[int]  # counter -> the slot where its wheel stands
    taken: list[int]  # line -> how many of it were called
    unmet: list[int]  # group -> the classes of which a newcomer's call is not known yet, as bits
    calls: int = 0  # how many were called
    met: int = 0  # of how many lines a newcomer's call is known

    def copy(self) -> "_State":
        due, pointers, taken, unmet = map(list, (self.due, self.pointers, self.taken, self.unmet))
        return _State(due, pointers, taken, unmet, self.calls, self.met)


class Play:
    """Played at once. ``callers``: counters that hang together; ``lines``: of all services that they call from."""

    def __init__(self, weights: Mapping[Class, int], callers: Sequence[Caller], lines: Lines) -> None:
        self._weights, self._wheels, self._callers, self._lines = weights, wheels(weights), tuple(callers), lines
        self._services = {s: n for n, s in enumerate(sorted({s for c in callers for s in c.services}))}
        groups = {services: n for n, services in enumerate({c.services: None for c in callers})}
        self._group = [groups[c.services] for c in callers]  # counter -> counters with the same services
        # group -> class -> the lines it calls from
        self._from = [
            [[self._services[s] * len(CLASSES) + kind for s in services] for kind in range(len(CLASSES))]
            for services in groups
        ]
        self._groups_of = [
            [group for group, services in enumerate(groups) if service in services]
            for service in self._services
            for _ in CLASSES
        ]
        nobody: Sequence[Sequence[int]] = ((),) * len(CLASSES)
        self._people = [line for s in self._services for line in lines.get(s, nobody)]
        self._by: list[int] = []  # call -> counter
        self._whose: list[int] = []  # call -> line
        self._met: dict[int, int] = {}  # line -> after how many calls a newcomer to it is called
        self._begun: list[_State] = []  # each stretch, as it began
        self._places: dict[int, int] | None = None
        self._run(self._first_state())

    def _first_state(self) -> _State:
        due = [c.free_s * len(self._callers) + n for n, c in enumerate(self._callers)]
        pointers = [c.pointer for c in self._callers]
        return _State(due, pointers, [0] * len(self._people), [_ALL] * len(self._from))

    def _run(self, state: _State) -> None:
        heads = [line[at] if at < len(line) else _NOBODY for line, at in zip(self._people, state.taken, strict=True)]
        present = [_present(heads, lines) for lines in self._from]
        everybody = sum(map(len, self._people))
        while state.calls < everybody:
            state.met = len(self._met)
            self._begun.append(state.copy())
            self._play(state, heads, present, self._stretch(state, present, everybody - state.calls))
        for line in range(len(self._people)):
            self._met.setdefault(line, state.calls)

    def _stretch(self, state: _State, present: Sequence[int], left: int) -> list[int]:
        """Which counters call next, one after another; as many as half of those who wait, or a handful."""
        size, working = len(self._callers), [n for n, g in enumerate(self._group) if present[g] or state.unmet[g]]
        steps = {n: self._callers[n].turn_s * size for n in working}
        pace = sum(size / steps[n] for n in working)  # calls a second
        seconds = max(left // 2, _SHORTEST) / pace
        until = min(state.due[n] for n in working) + size + int(seconds * size)
        turns = [range(state.due[n], until, steps[n]) for n in working]
        for n, turn in zip(working, turns, strict=True):
            state.due[n] += len(turn) * steps[n]
        return [at % size for at in sorted(chain.from_iterable(turns))]

    def _play(self, state: _State, heads: list[int], present: list[int], stretch: Sequence[int]) -> None:
        """``heads``: line -> the arrival that is next; ``present``: group -> the classes that have somebody left."""
        wheels, group, lines_of, people = self._wheels, self._group, self._from, self._people
        pointers, taken, unmet, by, whose = state.pointers, state.taken, state.unmet, self._by, self._whose
        for n in stretch:
            g = group[n]
            waiting = present[g]
            if unmet[g] & ~waiting:
                unmet[g] = self._meet(g, waiting, pointers[n], unmet[g])
            if not waiting:
                continue
            slots = wheels[waiting]
            kind, pointers[n] = slots[pointers[n] % len(slots)]
            first = _NOBODY
            for each in lines_of[g][kind]:
                if heads[each] < first:
                    first, line = heads[each], each
            by.append(n)
            whose.append(line)
            taken[line] = at = taken[line] + 1
            if at < len(people[line]):
                heads[line] = people[line][at]
            else:
                heads[line] = _NOBODY
                for other in self._groups_of[line]:
                    if all(heads[each] == _NOBODY for each in lines_of[other][kind]):
                        present[other] &= ~_BITS[kind]
        state.calls = len(by)

    def _meet(self, group: int, waiting: int, pointer: int, unmet: int) -> int:
        """Note for which newcomers a counter of the group would now have a turn; the classes that are left."""
        for kind, bit in enumerate(_BITS):
            if unmet & bit & ~waiting:
                slots = self._wheels[waiting | bit]
                if slots[pointer % len(slots)][0] == kind:
                    unmet &= ~bit
                    for line in self._from[group][kind]:
                        self._met.setdefault(line, len(self._by))
        return unmet

    def newcomer(self, service: str, class_: Class = ORDINARY) -> int:
        """How many are called before one who comes now, by the counters that serve them."""
        if service not in self._services:
            return sum(map(len, self._lines.get(service, ())))
        met = self._met[self._services[service] * len(CLASSES) + KIND[class_]]
        theirs = [service in c.services for c in self._callers]
        return sum(map(theirs.__getitem__, self._by[:met]))

    def weight_before(self, service: str, class_: Class, weights: Mapping[int, int]) -> int:
        """As ``newcomer``, but each who is called before counts by the weight of their arrival (default 0)."""
        if service not in self._services:
            return sum(weights.get(arrival, 0) for arrival in chain(*self._lines.get(service, ())))
        met = self._met[self._services[service] * len(CLASSES) + KIND[class_]]
        theirs = [service in c.services for c in self._callers]
        return sum(weights.get(arrival, 0) for n, _, arrival in islice(self._called(), met) if theirs[n])

    def _called(self) -> Iterator[tuple[int, int, int]]:
        """Each call: the counter, the line, the arrival."""
        arrivals = [iter(line) for line in self._people]
        return ((n, line, next(arrivals[line])) for n, line in zip(self._by, self._whose, strict=True))

    def weights_before(self, weights: Mapping[int, int]) -> Mapping[int, int]:
        """As ``places``, but each who is called before counts by the weight of their arrival (default 0)."""
        return self._counted(weights)

    @property
    def places(self) -> Mapping[int, int]:
        """arrival -> how many are called before, by the counters that serve them, of all who wait."""
        if self._places is None:
            self._places = self._counted()
        return self._places

    def _counted(self, weights: Mapping[int, int] | None = None) -> dict[int, int]:
        """Where no counter serves, the order is that of arrival."""
        places: dict[int, int] = {}
        for service in self._lines.keys() - self._services.keys():
            before = 0
            for arrival in merge(*self._lines[service]):
                places[arrival] = before
                before += 1 if weights is None else weights.get(arrival, 0)
        called, own = [0] * len(self._services), [[self._services[s] for s in c.services] for c in self._callers]
        for n, line, arrival in self._called():
            places[arrival] = called[line // len(CLASSES)]
            weight = 1 if weights is None else weights.get(arrival, 0)
            for each in own[n] if weight else ():
                called[each] += weight
        return places

    def followed_by(self, one: Waiting) -> "Play":
        """The play with one more, who came after all others, of a class that has a weight."""
        kind, lines = KIND[one.class_], self._lines.get(one.service, ((),) * len(CLASSES))
        own = tuple((*line, one.arrival) if n == kind else line for n, line in enumerate(lines))
        all_lines = {**self._lines, one.service: own}
        if not self._weights.get(ORDINARY):  # the wheel would be longer for a newcomer: not what was played before
            return Play(self._weights, self._callers, all_lines)
        last = object.__new__(Play)
        last.__dict__ |= self.__dict__ | {"_places": None, "_lines": all_lines}
        if one.service in self._services:
            last._go_on(self._services[one.service] * len(CLASSES) + kind, own[kind])
        return last

    def _go_on(self, line: int, people: Sequence[int]) -> None:
        """Play again from the last stretch that began before the call of the one who was added to a line."""
        before = sum(state.calls < self._met[line] for state in self._begun)
        self._people = [people if n == line else others for n, others in enumerate(self._people)]
        state = self._begun[before - 1].copy() if before else self._first_state()
        self._begun = self._begun[: max(before - 1, 0)]
        self._by, self._whose = self._by[: state.calls], self._whose[: state.calls]
        self._met = dict(islice(self._met.items(), state.met))
        self._run(state)


def _present(heads: Sequence[int], lines: Sequence[Sequence[int]]) -> int:
    """The classes of which a group of counters has somebody left, as bits."""
    return sum(bit for bit, own in zip(_BITS, lines, strict=True) if any(heads[line] != _NOBODY for line in own))
