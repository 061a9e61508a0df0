"""What the machine does about booked places: a list is read in, and whoever has booked comes, in time or early."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.booking_lists import read_list
from queue_server.commands import checking_in, importing, ripening
from queue_server.domain.roles import SYSTEM
from tests.commands.hand_overs import PREFIX
from tests.commands.looking import BOOKED
from tests.world.hall import KIOSK, TUTI

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine


class Booking:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    @precondition(lambda self: self.busy > 6 and self.hall.now.hour < 14)
    @rule(minutes=st.sampled_from([-20, 10, 45, 45]), people=st.sampled_from([1, 1, 2]))
    def book_and_come(self: "HallMachine", minutes: int, people: int) -> None:
        """The code twice is one number; who comes early sits beside the line."""
        slot = (self.hall.now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        code = f"{len(self.model.visitors):03d}{self.days[-1]:%Y%m%d}"
        lines = f"date,time,service,code,people\n{slot:%Y-%m-%d,%H:%M},{BOOKED},{code},{people}"
        self.hall.do(TUTI, importing.import_bookings, read_list(lines.encode()))
        callable_from = slot - timedelta(minutes=30)
        visitor = self.model.check_in(BOOKED, PREFIX[BOOKED], people, callable_from, self.hall.now)
        self.both(visitor is not None, KIOSK, checking_in.check_in, code)
        if visitor is not None:
            with self.hall.changes_nothing():
                assert self.hall.do(KIOSK, checking_in.check_in, code).number == visitor.number

    def time_passes(self: "HallMachine") -> None:
        """What the server's clock does every few seconds."""
        self.hall.do(SYSTEM, ripening.ripen)
        self.model.ripen(self.hall.now)
