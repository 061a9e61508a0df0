"""What the machine does about booked places: a list is read in, and whoever has booked comes, in time or early."""

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.booking_lists import read_list
from queue_server.commands import checking_in, importing, own_booking, ripening
from queue_server.commands.own_booking import Booker, Wish
from queue_server.domain.own_codes import own_code
from queue_server.domain.roles import SYSTEM
from tests.commands.hand_overs import PREFIX
from tests.commands.looking import BOOKED
from tests.world.hall import KIOSK, TUTI
from tests.world.own_slots import HOLDER

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

_BROWSERS = itertools.count()


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

    @precondition(lambda self: self.busy > 6 and self.hall.now.hour < 14)
    @rule(
        minutes=st.sampled_from([10, 45]), then=st.lists(st.sampled_from(["confirm", "give_back", "come"]), max_size=4)
    )
    def book_a_slot(self: "HallMachine", minutes: int, then: list[str]) -> None:
        """On the hall's own page: whoever came gives nothing back, and whoever gave it back does not come with it."""
        slot = self.hall.now + timedelta(minutes=minutes - self.hall.now.minute % 5)
        slot = slot.replace(second=0, microsecond=0)
        wish, booker = Wish(BOOKED, slot.date(), slot.time()), Booker(f"browser {next(_BROWSERS)}", None)
        allowed = self.model.book(BOOKED)
        if not allowed:
            self.both(False, HOLDER, own_booking.book, wish, booker)
            return
        booked = self.hall.do(HOLDER, own_booking.book, wish, booker)
        code, came, gone = own_code(self.hall.perform.secret, booked.id), None, False
        for act in (*then, *(() if "come" in then else ("give_back",))):  # or ripening would miss it
            if act == "confirm":  # it is for today: nobody has to say more
                self.both(not gone and came is None, HOLDER, own_booking.confirm, booked.id)
            elif act == "give_back":
                self.both(came is None, HOLDER, own_booking.give_back, booked.id)
                self.model.give_slot_back(BOOKED, came is None and not gone)
                gone = gone or came is None
            else:
                if came is None and not gone:
                    early = slot - timedelta(minutes=30)
                    came = self.model.come_with_slot(BOOKED, PREFIX[BOOKED], early, self.hall.now)
                self.both(came is not None, KIOSK, checking_in.check_in, code)

    def time_passes(self: "HallMachine") -> None:
        """What the server's clock does every few seconds."""
        self.hall.do(SYSTEM, ripening.ripen)
        self.model.ripen(self.hall.now)
