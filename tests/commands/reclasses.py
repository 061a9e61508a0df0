"""What the machine does about classes: of anybody, at any counter, mostly where it may be done."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import reclassing
from tests.world.hall import SARI


class Reclassing:
    """A visitor's class was wrong."""

    @precondition(lambda self: self.busy > 2 and self.model.visitors)
    @rule(data=st.data(), class_=st.sampled_from(["regular", "priority", "priority"]))
    def reclass(self, data: st.DataObject, class_: str) -> None:
        """By number, at a counter that serves them; down from priority is for supervisors, and none is here."""
        counter, visitor = self.somewhere(data), self.somebody(data)
        who = self.sitter(counter)
        here = visitor.state in ("waiting", "held") or visitor.counter == counter
        served = visitor.service in self.model.serves[counter]
        fitting = visitor.state in ("waiting", "held", "called", "serving") and served
        allowed = who is not None and here and fitting and not (visitor.class_ == "priority" != class_)
        if allowed and visitor.class_ != class_:
            allowed = self.model.reclass(visitor, class_)
        self.both(allowed, who or SARI, reclassing.reclass, counter, class_, "asked", visitor.number)
