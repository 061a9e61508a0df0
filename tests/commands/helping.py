"""What the machine does away from any counter: of anybody, by the front desk, mostly where it may be done."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import helping
from queue_server.domain.roles import Actor, Role
from tests.world.hall import SITE
from tests.world.model import PAPERS

TUTI = Actor("tuti", Role.FRONT_DESK.only, frozenset({SITE}))


class Helping:
    """The front desk helps a visitor by number."""

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
