"""What the machine enters of an outage's paper: who still waits joins the line, who was served is counted."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import outage
from queue_server.domain.outage import Entry, sheet
from tests.commands.hand_overs import PREFIX
from tests.world.hall import SARI, TUTI
from tests.world.model import Visitor

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

LINES = st.lists(
    st.tuples(
        st.sampled_from(["regular", "regular", "priority"]),
        st.sampled_from([1, 1, 3]),  # people
        st.sampled_from([0, 5, 40]),  # minutes ago that they came
        st.booleans(),  # served by now
    ),
    min_size=1,
    max_size=3,
)
WRONG = ("", "", "", "", "said twice", "entered before", "to come", "half told")


class Papering:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    busy: int

    @precondition(lambda self: self.busy > 8 and not self.model.day_closed)
    @rule(
        who=st.sampled_from([TUTI, TUTI, TUTI, SARI]),
        service=st.sampled_from(sorted(PREFIX)),
        lines=LINES,
        wrong=st.sampled_from(WRONG),
    )
    def enter_paper(self: "HallMachine", who, service: str, lines: list[tuple], wrong: str) -> None:
        """All lines or none: a fault of one enters nobody, and no quota turns anybody away."""
        numbers = sheet(self.hall.site, service, 99)
        before = [v.number for v in self.model.visitors if v.number in numbers]
        there = [id for id, own in self.model.serves.items() if service in own]
        now, entries = self.hall.now, []
        for n, (class_, people, ago, served) in enumerate(lines):
            came = now - timedelta(minutes=ago)
            times = [came + (now - came) * part / 3 for part in (1, 2, 3)] if served and there else ()
            counter = there[0] if times else None
            entries.append(Entry(numbers[len(before) + n], service, class_, people, came, *times, counter=counter))
        entries, faulty = self._spoilt(entries, wrong, before)
        allowed = who is TUTI and not faulty
        if allowed:
            for one in sorted(entries, key=lambda one: (one.came_at, one.seq)):
                self._join(one)
        self.both(allowed, who, outage.enter, entries)

    def _join(self: "HallMachine", one: Entry) -> None:
        visitor = Visitor(one.number, one.service, one.class_, one.people)
        visitor.places[one.service] += 1
        self.model.quotas[one.service].put(one.class_, one.people)
        if one.over:
            visitor.state, visitor.since = "completed", self.hall.now
        self.model.visitors.append(visitor)

    def _spoilt(self: "HallMachine", entries: list[Entry], wrong: str, before: list[str]) -> tuple[list[Entry], bool]:
        """The lines as they were written, and whether one of them is at fault."""
        first = entries[0]
        told = (first.service, first.class_, first.people)
        if wrong == "said twice":
            return [*entries, first], True
        if wrong == "entered before" and before:
            return [*entries, Entry(before[0], *told, first.came_at)], True
        if wrong == "to come":
            later = self.hall.now + timedelta(minutes=1)
            return [Entry(first.number, *told, later), *entries[1:]], True
        if wrong == "half told":
            return [*entries[1:], Entry(first.number, *told, first.came_at, self.hall.now)], True
        return entries, False
