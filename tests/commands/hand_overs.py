"""What the machine does about hand-overs and walk-ins, where they may be and where not."""

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import taking_over, walking_in
from queue_server.domain.errors import QueueError
from tests.commands.overseeing import OFFICERS
from tests.world.hall import SARI, Hall
from tests.world.model import Model

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine


PREFIX = {"ktp-perekaman": "R", "ktp-cetak": "J", "kk-akta": "D"}


class HandingOver:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    hall: Hall
    model: Model
    busy: int

    @precondition(lambda self: self.busy > 8)
    @rule(data=st.data(), who=st.sampled_from(sorted(OFFICERS)), reason=st.sampled_from([None, "ganti giliran"]))
    def take_over(self: "HallMachine", data: st.DataObject, who: str, reason: str | None) -> None:
        """With whoever is called or served there."""
        counter = self.somewhere(data)
        here = self.model.here(counter)
        allowed = self.model.take_over(counter, who, reason)
        self.both(allowed, OFFICERS[who], taking_over.take_over, counter, reason)
        if allowed:
            assert self.hall.at_hand(counter) == (here.number if here else None)

    @precondition(lambda self: self.busy > 4)
    @rule(
        data=st.data(),
        service=st.sampled_from(sorted(PREFIX)),
        class_=st.sampled_from(["regular", "priority"]),
        reason=st.sampled_from([None, "pertanyaan singkat", "pertanyaan singkat"]),
    )
    def walk_in(self: "HallMachine", data: st.DataObject, service: str, class_: str, reason: str | None) -> None:
        """Somebody without a number stands at a counter; a full quota turns them away on record, as at the kiosk."""
        counter = self.somewhere(data)
        who = self.sitter(counter) or SARI
        said = self.model.walk_in(counter, service, class_, PREFIX[service], reason, self.hall.now)
        command = partial(walking_in.walk_in, counter_id=counter, service=service, class_=class_, reason=reason)
        if said == "full":
            before = self.hall.marks()
            with pytest.raises(QueueError):
                self.hall.do(who, command)
            assert self.hall.marks() == (before[0] + 1, before[1] + 1)
            return
        self.both(said != "no", who, command)
        if said != "no":
            assert self.hall.at_hand(counter) == said
