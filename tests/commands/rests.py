"""What the machine does about breaks: officers rest where they may and where they may not, and come back."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from queue_server.commands import resting
from queue_server.domain.roles import Actor
from tests.commands.overseeing import OFFICERS
from tests.world.hall import SARI, Hall
from tests.world.model import SERVES, Model
from tests.world.values import WIB

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine


class Resting:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    hall: Hall
    model: Model
    busy: int

    def holder(self, counter: str) -> Actor | None:
        """The officer who has the counter open."""
        return OFFICERS.get(self.model.places[counter].officer or "")

    @precondition(lambda self: self.busy > 4)
    @rule(data=st.data(), minutes=st.sampled_from([None, 5, 30, 55, 75]), confirm=st.booleans())
    def rest(self: "HallMachine", data: st.DataObject, minutes: int | None, confirm: bool) -> None:
        """An officer takes a break, or says anew how long; mostly where somebody sits."""
        counter, now = self.somewhere(data), self.hall.now.astimezone(WIB)
        until = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes) if minutes else None
        who = self.holder(counter)
        allowed = who is not None and self.model.rest(counter, until, confirm, self.hall.now)
        clock = until.time() if until else None
        self.both(allowed, who or SARI, lambda tx: resting.begin(tx, counter, "meal", clock, confirm=confirm))
        if allowed and data.draw(st.booleans()):
            self.call_next(counter, data)  # whoever rests calls nobody

    @precondition(lambda self: any(place.rests for place in self.model.places.values()))
    @rule(counter=st.sampled_from(sorted(SERVES)))
    def come_back_to_work(self: "HallMachine", counter: str) -> None:
        """Somebody comes back, or was never away."""
        who, place = self.holder(counter), self.model.places[counter]
        allowed = place.rests is not None
        place.rests = None
        self.both(allowed, who or SARI, resting.resume, counter)

    @invariant()
    def who_rests_is_the_model_s(self) -> None:
        """And since when."""
        rests = {id: state.break_since for id, state in self.hall.counters().items() if id in SERVES}
        assert rests == {id: place.rests for id, place in self.model.places.items()}
