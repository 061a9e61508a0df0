"""The power fails in the machine's hall, and it gives up for the day."""

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import carrying, interrupting
from tests.commands.hand_overs import PREFIX
from tests.world.hall import SARI, WATI

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

OF_SOME = st.sampled_from([["ktp-cetak"], ["kk-akta"], ["ktp-perekaman"], ["kk-akta", "ktp-cetak"], None])


class GivingUp:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    busy: int

    @precondition(lambda self: self.busy > 14 and not self.model.dark and not self.model.day_closed)
    @rule(counter=st.sampled_from(["5", "6"]), at_once=st.booleans(), data=st.data())
    def power_fails(self: "HallMachine", counter: str, at_once: bool, data: st.DataObject) -> None:
        """Nothing that is done is another for it; but a hall that was interrupted may give up, with one set aside."""
        self.model.dark = True
        self.both(True, WATI, interrupting.begin, {}, "power")
        self.call_next(counter, data)
        self.do(counter, "hold", data)
        if at_once:
            self.hall_gives_up(WATI, list(self.model.serves[counter]))

    @precondition(lambda self: self.busy > 14)
    @rule(who=st.sampled_from([WATI, WATI, WATI, SARI]), services=OF_SOME)
    def give_up_for_today(self: "HallMachine", who, services: list[str] | None) -> None:
        """Those who wait for some services have a place on the next day: by a supervisor, of a hall that went dark."""
        self.hall_gives_up(who, services)

    def hall_gives_up(self: "HallMachine", who, services: list[str] | None) -> None:
        """By a supervisor, of a hall that went dark today."""
        may = who is WATI and self.model.dark and not self.model.day_closed
        allowed = may and self.model.carry_over(services or sorted(PREFIX), PREFIX, self.hall.now)
        self.both(allowed, who, carrying.carry_over, "listrik padam", services)
