"""The real commands beside a model, for Hypothesis to play with in any order; the invariants hold after every step."""

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from queue_server.commands import officer, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import Actor, Role
from tests.commands.askings import Asking
from tests.commands.booked import Booking
from tests.commands.giving_up import GivingUp
from tests.commands.hand_overs import PREFIX, HandingOver
from tests.commands.helping import Helping
from tests.commands.lacking import lacked, papers_are_the_model_s
from tests.commands.last_words import LastWords
from tests.commands.levers import Steering
from tests.commands.looking import Looking, limited
from tests.commands.overseeing import OFFICERS, Overseeing
from tests.commands.papers_entered import Papering
from tests.commands.reclasses import Reclassing
from tests.commands.rests import Resting
from tests.commands.standing_aside import StandingAside
from tests.commands.steps import VERBS
from tests.commands.telling import Notices, Telling
from tests.world.every_document import what_is_kept_is_what_is_there
from tests.world.fairness import calls_are_in_the_published_order
from tests.world.hall import SARI, SITE, TUTI, WATI, Hall
from tests.world.halls import copied, leave
from tests.world.invariants import (
    Seen,
    end_of_a_day,
    i1_numbers_are_unique_and_without_gap,
    i2_calls_of_a_ticket_are_disjoint,
    i3_one_ticket_per_counter_and_one_counter_per_officer,
    i7_nobody_is_lost,
    i9_states_are_the_model_s,
    i11_revisions_have_no_gap_and_calls_are_chained,
)
from tests.world.model import ENDED, SERVES, Model, Visitor
from tests.world.model import VERBS as VERB_TABLE
from tests.world.story import taken
from tests.world.values import at

PEOPLE = st.sampled_from([1, 1, 1, 2, 4])
COUNTERS, SERVICES = st.sampled_from(sorted(SERVES)), st.sampled_from(sorted(PREFIX))


class HallMachine(
    *(Asking, Booking, GivingUp, Looking, Overseeing, Reclassing, Resting, Helping, HandingOver, Steering),
    *(Papering, Telling),
    StandingAside,
    LastWords,
    RuleBasedStateMachine,
):
    """Two officers, three counters, three services that overlap, and a clock that only goes forward."""

    prepared: ClassVar[tuple]
    steps: ClassVar[int]  # how often a person did something, over all examples
    hit: ClassVar[Counter[tuple[str, str]]]  # transitions of the contract's table that happened
    refused: ClassVar[Counter[str]]  # codes of the refusals

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="antrean-machine-"))
        told = limited(copied(self.prepared, self.folder / "data"))
        self.hall, self.model = Hall(self.folder / "data", told), Model()
        self.declared = told.sites[SITE]  # without what is set for a day
        self.days: list = [self.hall.row().day]
        self.told = Notices()
        self.busy = 0  # steps since the doors opened: what ends a day waits until something has happened

    # -- doing both

    def both(self, allowed: bool, who: Actor, command, *args: object) -> None:
        """The real hall does what the model did, or refuses and leaves nothing (I-9)."""
        before = self.hall.marks()
        try:
            self.hall.do(who, command, *args)
            done = True
        except QueueError as error:
            assert error.code is not Code.INTERNAL
            self.refused[error.code.value] += 1
            done = False
        assert done == allowed, (command, args, "was done" if done else "was refused")
        if not allowed:
            assert self.hall.marks() == before

    def sitter(self, counter: str) -> Actor | None:
        """The officer at the counter; nobody during a break."""
        return self.holder(counter) if self.model.places[counter].rests is None else None

    def somewhere(self, data: st.DataObject) -> str:
        """A counter: mostly one where somebody sits, so that there is something to refuse or do."""
        taken = [id for id, place in self.model.places.items() if place.officer]
        return data.draw(st.sampled_from([*sorted(SERVES), *taken, *taken, *taken]))

    def somebody(self, data: st.DataObject) -> Visitor:
        """A visitor: mostly one whose visit is not over, often one who was set aside."""
        present = [v for v in self.model.visitors if v.state in ("waiting", "held", "no_show", "called")]
        return data.draw(st.sampled_from([*self.model.visitors, *present, *self.aside() * 3]))

    @initialize()
    def begin(self) -> None:
        """Both officers sit down, and people have come."""
        self.sit("sari", "5")
        self.sit("dedi", "6")
        for service in PREFIX:
            self.issue(service, "regular")
            self.issue(service, "priority")

    @rule(who=st.sampled_from(sorted(OFFICERS)), counter=COUNTERS)
    def sit(self, who: str, counter: str) -> None:
        """Open a counter: free, and one per officer (I-3)."""
        place = self.model.places[counter]
        elsewhere = any(p.officer == who for id, p in self.model.places.items() if id != counter)
        mine = place.officer == who and place.rests is None
        allowed = mine or (place.officer is None and not elsewhere)
        if allowed:
            place.officer = who
        self.both(allowed, OFFICERS[who], officer.open_counter, counter)

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        """An officer does something at a counter: mostly what makes sense there, often enough what does not."""
        self.move(self.somewhere(data), data)

    @rule(data=st.data())
    def work_at_five(self, data: st.DataObject) -> None:
        """And mostly they work: a hall where people sit down and leave all day never serves anybody."""
        self.move("5", data)

    @rule(data=st.data())
    def work_at_six(self, data: st.DataObject) -> None:
        """The same at the next counter."""
        self.move("6", data)

    @rule(data=st.data())
    def see_somebody_through(self, data: st.DataObject) -> None:
        """Call, serve, and perhaps whatever ends a service."""
        counter = self.somewhere(data)
        for step in (self.call_next, self.serve, self.verb)[: data.draw(st.integers(2, 3))]:
            step(counter, data)

    def move(self, counter: str, data: st.DataObject) -> None:
        """One thing at a counter."""
        anything = [self.call_next, self.call_number, self.verb, self.transfer, self.undo, self.return_number]
        if self.model.here(counter) is None:
            fitting = [self.call_next] * 6 + [self.call_number, self.return_number] * 2
        else:
            fitting = [self.verb] * 6 + [self.transfer, self.undo] * 2
        data.draw(st.sampled_from([*anything, *fitting]))(counter, data)

    @precondition(lambda self: self.busy > 12)
    @rule(counter=COUNTERS, reason=st.sampled_from([None, "rapat"]))
    def leave(self, counter: str, reason: str | None) -> None:
        """Close a counter that has nobody; where people wait for its services, only with a reason."""
        who = self.holder(counter)
        allowed = who is not None and self.model.leave(counter, reason is not None)
        self.both(allowed, who or SARI, officer.close_counter, counter, reason)

    @rule(service=SERVICES, class_=st.sampled_from(["regular", "regular", "priority"]), people=PEOPLE)
    def issue(self, service: str, class_: str, people: int = 1) -> None:
        """A visitor, or a family, takes a number, or is turned away on record."""
        number = self.model.issue(service, class_, PREFIX[service], people)
        if number is None:
            before = self.hall.marks()
            with pytest.raises(QueueError):
                self.hall.issue(service, class_, TUTI, people=people)
            assert self.hall.marks() == (before[0] + 1, before[1] + 1)
            return
        told, newest = self.hall.told_at_issue(service, class_, TUTI, people=people), self.model.visitors[-1]
        places = (self.model.place_of(newest), self.model.people_before(newest))
        assert (told["number"], told["ahead"], told["people_ahead"]) == (number, *places)

    def call_next(self, counter: str, data: st.DataObject) -> None:
        """I-5, I-6: exactly whom the model's wheel says."""
        who = self.sitter(counter)
        if who is None or self.model.here(counter) is not None:
            self.both(False, who or SARI, officer.call_next, counter)
            return
        chosen = self.model.next_of(counter)
        if chosen is None:
            with self.hall.changes_nothing():
                self.hall.do(who, officer.call_next, counter)
            return
        self.model.call(counter, *chosen, self.hall.now)
        self.both(True, who, officer.call_next, counter)
        assert self.hall.at_hand(counter) == chosen[0].number
        assert self.hall.counter(counter).wheel == chosen[1]

    def call_number(self, counter: str, data: st.DataObject, visitor_: Visitor | None = None) -> None:
        """Call somebody by number."""
        if not self.model.visitors:
            return
        visitor_ = visitor_ or self.somebody(data)
        who = self.sitter(counter)
        free = who is not None and self.model.here(counter) is None
        allowed = free and self.model.may_call(counter, visitor_, self.hall.now)
        if allowed:
            self.model.call(counter, visitor_, self.model.places[counter].pointer, self.hall.now)
        self.both(allowed, who or SARI, officer.call, counter, visitor_.number, "datang kembali")

    def serve(self, counter: str, data: st.DataObject) -> None:
        """Service begins, if somebody was called."""
        who = self.sitter(counter)
        allowed = who is not None and self.model.verb("serve", counter, self.hall.now)
        self.both(allowed, who or SARI, officer.serve, counter)

    def verb(self, counter: str, data: st.DataObject) -> None:
        """Any verb on the counter's ticket: mostly one that may be."""
        here = self.model.here(counter)
        fitting = [v for v in sorted(VERBS) if here is not None and here.state in VERB_TABLE[v][0]]
        self.do(counter, data.draw(st.sampled_from([*sorted(VERBS), *fitting * 4])), data)

    def do(self, counter: str, verb: str, data: st.DataObject) -> None:
        """That verb on the counter's ticket."""
        here = self.model.here(counter)
        who, papers = self.sitter(counter), lacked(verb, here, data)
        allowed = who is not None and self.model.verb(verb, counter, self.hall.now, **papers)
        self.both(allowed, who or SARI, partial(VERBS[verb], **papers), counter)

    def transfer(self, counter: str, data: st.DataObject) -> None:
        """Pass the counter's visitor on."""
        service = data.draw(SERVICES)
        who, confirm = self.sitter(counter), data.draw(st.booleans())
        reached = who is not None and (confirm or self.model.reaches(service))
        allowed = reached and self.model.verb("transfer", counter, self.hall.now, service)
        self.both(allowed, who or SARI, officer.transfer, counter, service, None, None, confirm)
        if allowed and data.draw(st.booleans()):
            self.undo(counter, data)

    def undo(self, counter: str, data: st.DataObject) -> None:
        """Take the last call or transfer back: the ticket and the wheel are as before."""
        who = self.sitter(counter)
        allowed = who is not None and self.model.undo(counter, self.hall.now)
        self.both(allowed, who or SARI, officer.undo, counter)
        assert self.hall.counter(counter).wheel == self.model.places[counter].pointer

    def return_number(self, counter: str, data: st.DataObject, visitor_: Visitor | None = None) -> None:
        """A held or missed visitor waits again, with the old arrival."""
        if not self.model.visitors:
            return
        visitor_ = visitor_ or self.somebody(data)
        who = self.sitter(counter)
        mine = visitor_.state == "called" and visitor_.counter == counter
        aside = visitor_.state in ("held", "no_show") and self.model.may_call(counter, visitor_, self.hall.now)
        kept = visitor_.state == "held" and visitor_.counter == counter  # whatever the counter serves by now
        allowed = who is not None and (aside or kept or (mine and visitor_.service in self.model.serves[counter]))
        if allowed:
            if mine:
                self.model.places[counter].undo, self.model.places[counter].undo_sent = (), ()
            visitor_.state, visitor_.counter, visitor_.since = "waiting", None, self.hall.now
        self.both(allowed, who or SARI, officer.return_ticket, counter, visitor_.number)

    @precondition(lambda self: self.busy > 4 and self.model.visitors)
    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        """A visitor cancels by phone."""
        self.give_up_by_phone(self.somebody(data))

    def give_up_by_phone(self, visitor_: Visitor) -> None:
        """That is allowed while they wait or are held."""
        real = next(t for t in self.hall.tickets() if t.number == visitor_.number and t.day == self.days[-1])
        allowed = self.model.give_up(visitor_, self.hall.now)
        self.both(allowed, Actor("visitor", Role.VISITOR.only, frozenset({SITE})), visitor.cancel_own, real.id)

    @rule(seconds=st.sampled_from([0, 1, 14, 15, 16, 60, 29 * 60, 31 * 60]))
    def wait(self, seconds: int) -> None:
        """Time passes, but not past the last number of the day."""
        self.hall.now = min(self.hall.now + timedelta(seconds=seconds), at(f"{self.days[-1]} 14:59"))
        self.time_passes()

    @precondition(lambda self: len(self.days) < 3 and self.busy > 20)
    @rule()
    def night(self) -> None:
        """The next morning: what was open has ended, counters are closed, numbers begin at 1."""
        tomorrow = self.days[-1] + timedelta(days=1)
        self.hall.now = at(f"{tomorrow} 09:00")
        self.hall.do(WATI, lambda tx: None)
        self.model.end_day(self.hall.now)
        papers_are_the_model_s(self.hall, self.model, self.days[-1])
        self.model, self.busy = self.model.next_day(), 0
        self.days.append(tomorrow)
        assert all(t.state.value in ENDED for t in self.hall.tickets() if t.day < tomorrow)

    @precondition(lambda self: self.busy % 6 == 5)
    @rule()
    def restart(self) -> None:
        """The server is stopped and started: everything goes on."""
        before = self.hall.marks()
        self.hall.stop()
        self.hall.start()
        assert self.hall.marks() == before

    # -- what is always true

    @invariant()
    def all_is_as_promised(self) -> None:
        """I-1, I-2, I-3, I-7, I-9, I-11 after every step."""
        HallMachine.steps += 1
        self.busy += 1
        seen = self.seen()
        i1_numbers_are_unique_and_without_gap(seen)
        i2_calls_of_a_ticket_are_disjoint(seen)
        i3_one_ticket_per_counter_and_one_counter_per_officer(seen)
        i7_nobody_is_lost(seen)
        i9_states_are_the_model_s(seen, self.model, self.days[-1])
        papers_are_the_model_s(self.hall, self.model, self.days[-1])
        i11_revisions_have_no_gap_and_calls_are_chained(seen)
        if HallMachine.steps % 5 == 0:  # what is kept stays wrong for longer than that
            what_is_kept_is_what_is_there(self.hall)

    def seen(self) -> Seen:
        """The tables as they are."""
        return Seen(self.hall.tickets(), self.hall.events(), dict(self.hall.counters()), self.hall.row())

    def teardown(self) -> None:
        """All the rest at the end: I-5, I-6, I-8, I-10, I-13, and what was tried is counted."""
        try:
            seen, site = self.seen(), self.declared
            end_of_a_day(seen, site, self.hall.rows())
            calls_are_in_the_published_order(seen.events, site)
            self.hit.update(taken(seen.events))
        finally:
            leave(self.hall, self.prepared[2])
            shutil.rmtree(self.folder)
