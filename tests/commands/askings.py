"""What the machine does about help: officers ask, and whoever helps says that they come."""

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from queue_server.commands import asking_help
from tests.commands.helping import TUTI
from tests.world.hall import SARI, WATI, Hall
from tests.world.model import SERVES, Model

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine


class Asking:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    hall: Hall
    model: Model
    busy: int

    @precondition(lambda self: self.busy > 6)
    @rule(data=st.data())
    def ask_help(self: "HallMachine", data: st.DataObject) -> None:
        """Also from a break, and where nobody sits, who may not."""
        counter = self.somewhere(data)
        who = self.holder(counter)
        if who is not None:
            place = self.model.places[counter]
            place.asks, place.helped = True, None
        self.both(who is not None, who or SARI, asking_help.ask, counter)

    @precondition(lambda self: any(place.asks or place.helped for place in self.model.places.values()))
    @rule(data=st.data(), who=st.sampled_from([TUTI, WATI, SARI]))
    def come(self: "HallMachine", data: st.DataObject, who) -> None:
        """An officer does not: they have a counter of their own."""
        asked = [id for id, place in self.model.places.items() if place.asks or place.helped]
        counter = data.draw(st.sampled_from(sorted(asked)))
        help = self.hall.counter(counter).help
        if who is not SARI:
            place = self.model.places[counter]
            place.asks, place.helped = False, place.helped or who.id  # the first who says so comes
        self.both(who is not SARI, who, asking_help.come, help)

    @invariant()
    def who_asks_is_the_model_s(self) -> None:
        """And who comes."""
        told = {id: (state.asks_help, state.helper) for id, state in self.hall.counters().items() if id in SERVES}
        assert told == {id: (place.asks, place.helped) for id, place in self.model.places.items()}
