"""What the machine does across the counters: a wrong transfer is put right, a supervisor ends the day."""

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import day, transferring
from tests.world.hall import DEDI, RATNA, SARI, WATI, Hall
from tests.world.model import Model

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

SERVICES = st.sampled_from(["kk-akta", "ktp-cetak", "ktp-perekaman"])
OFFICERS = {"sari": SARI, "dedi": DEDI}


class Overseeing:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    hall: Hall
    model: Model
    busy: int

    @precondition(lambda self: self.model.visitors)
    @rule(data=st.data(), service=SERVICES, confirm=st.booleans())
    def bring_back(self: "HallMachine", data: st.DataObject, service: str, confirm: bool) -> None:
        """Somebody who waits is sent to another service by number: a wrong transfer is put right."""
        waiting = [v for v in self.model.visitors if v.state == "waiting"]
        visitor_ = data.draw(st.sampled_from([*self.model.visitors, *waiting * 3]))
        who = data.draw(st.sampled_from([SARI, DEDI, WATI, RATNA]))
        at = next((id for id, place in self.model.places.items() if OFFICERS.get(place.officer or "") is who), None)
        reached = confirm or self.model.reaches(service)
        allowed = reached and self.model.bring_back(visitor_, service, at, who is WATI, self.hall.now)
        self.both(allowed, who, transferring.bring_back, visitor_.number, service, None, None, confirm)

    @precondition(lambda self: self.busy > 20 and not self.model.day_closed)
    @rule()
    def close_day(self) -> None:
        """A supervisor ends the day."""
        self.model.end_day(self.hall.now)
        self.model.day_closed = True
        self.hall.do(WATI, day.close_day)

    @precondition(lambda self: self.busy > 6)
    @rule()
    def open_numbers(self) -> None:
        """A supervisor lets numbers be given, whatever the hours or the calendar say; a closed day opens again."""
        self.model.day_closed = False
        self.hall.do(WATI, day.open_numbers, "hari kerja")

    @precondition(lambda self: self.model.day_closed)
    @rule()
    def reopen_day(self) -> None:
        """And takes that back."""
        self.model.day_closed = False
        self.hall.do(WATI, day.reopen_day)
