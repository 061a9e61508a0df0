"""Visitors of the machine who were set aside or missed, and come back."""

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.commands.overseeing import OFFICERS
from tests.world.model import SERVES, Visitor

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine


class StandingAside:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    def aside(self: "HallMachine") -> list[Visitor]:
        """All who were set aside or missed; those missed thrice, because they are few and all may come back."""
        there = [v for v in self.model.visitors if v.state in ("held", "no_show")]
        return [v for v in there for _ in range(3 if v.state == "no_show" else 1)]

    @precondition(lambda self: self.aside())
    @rule(data=st.data())
    def come_back(self: "HallMachine", data: st.DataObject) -> None:
        """One who was set aside or missed is called again, waits again, or gives up."""
        visitor_ = data.draw(st.sampled_from(self.aside()))
        there = [id for id in sorted(SERVES) if visitor_.service in self.model.serves[id]]
        counter = data.draw(st.sampled_from(there or sorted(SERVES)))  # by a lever it may be served nowhere today
        if data.draw(st.booleans()):
            self.sit(data.draw(st.sampled_from(sorted(OFFICERS))), counter)
        ways = [self.call_number, self.return_number, lambda _, data, visitor_: self.give_up_by_phone(visitor_)]
        data.draw(st.sampled_from(ways))(counter, data, visitor_)

    @rule(
        counter=st.sampled_from(["5", "6"]),
        verbs=st.sampled_from([("serve", "hold"), ("hold",), ("recall", "no_show"), ("serve", "transfer")]),
        again=st.booleans(),
        data=st.data(),
    )
    def stand_aside_and_come_back(
        self: "HallMachine", counter: str, verbs: tuple[str, ...], again: bool, data: st.DataObject
    ) -> None:
        """One is called, set aside or missed, and is there again: short runs would meet that too seldom by chance."""
        self.call_next(counter, data)
        visitor_ = self.model.here(counter)
        for verb in verbs:
            self.transfer(counter, data) if verb == "transfer" else self.do(counter, verb, data)
        if visitor_ is not None:
            (self.call_number if again else self.return_number)(counter, data, visitor_)
