"""What the machine does away from any counter: of anybody, by the front desk, mostly where it may be done."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import escorting, helping
from queue_server.queries import standing
from tests.world.hall import TUTI
from tests.world.model import PAPERS


class Helping:
    """The front desk helps a visitor by number."""

    @precondition(lambda self: self.busy > 4 and self.model.visitors)
    @rule(data=st.data(), wanted=st.booleans())
    def guide(self, data: st.DataObject, wanted: bool) -> None:
        """A visitor asks to be guided; who did is known, and nobody else is taken for one.

        A day that goes on after its end still knows whose wish waits with a place of the next.
        """
        visitor = self.somebody(data)
        self.both(self.model.guide(visitor, wanted), TUTI, escorting.escort_number, visitor.number, wanted)
        asked = self.hall.read(lambda view: standing.escorts(view))
        known = {t.number for t in self.hall.tickets() if t.id in asked}
        assert known == {v.number for v in self.model.visitors if v.escort or v.guided}

    @precondition(lambda self: self.busy > 4 and self.model.visitors)
    @rule(data=st.data(), people=st.sampled_from([1, 2, 3, 5]))
    def so_many_came(self, data: st.DataObject, people: int) -> None:
        """More, or fewer, than was said: their places of the quota follow."""
        visitor = self.somebody(data)
        self.both(self.model.regroup(visitor, people), TUTI, helping.regroup, visitor.number, people)

    @precondition(lambda self: self.busy > 4 and self.model.visitors)
    @rule(data=st.data(), verb=st.sampled_from(["return", "return", "hold", "cancel", "reprint"]))
    def help_by_number(self, data: st.DataObject, verb: str) -> None:
        """Where somebody is called or served, their counter is let go of."""
        visitor, now = self.somebody(data), self.hall.now
        papers = data.draw(st.sampled_from([(), PAPERS[visitor.service]])) if verb == "hold" else ()
        allowed = self.model.help(verb, visitor, now, papers)
        commands = {
            "return": helping.return_number,
            "hold": helping.hold_number,
            "cancel": helping.cancel_number,
            "reprint": helping.reprint,
        }
        missing = (papers,) if verb == "hold" else ()
        self.both(allowed, TUTI, commands[verb], visitor.number, "dibantu meja depan", *missing)
