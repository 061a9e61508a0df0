"""What the machine's officers say of a visit as it ends: several transactions, and a note, which others open."""

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import officer, reading_notes
from queue_server.domain.transactions import Transacted
from tests.commands.overseeing import OFFICERS
from tests.world.hall import RATNA, SARI, Hall
from tests.world.model import Model

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

TRANSACTIONS = {  # what is told -> whether it may be
    "one": ({"done": [Transacted("selesai", 3)]}, True),
    "two": ({"done": [Transacted("selesai"), Transacted("selesai", 2)]}, True),
    "of another service": ({"done": [Transacted("selesai"), Transacted("paspor-rusak")]}, False),
    "said twice": ({"done": [Transacted("selesai")], "outcome": "selesai"}, False),
}
AT_A_DESK = {**OFFICERS, "ratna": RATNA}  # of another agency


class LastWords:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    hall: Hall
    model: Model
    opened: int = 0  # times that a note was

    @rule(data=st.data(), told=st.sampled_from([*TRANSACTIONS]), note=st.sampled_from([None, "datang lagi"]))
    def end_with_words(self: "HallMachine", data: st.DataObject, told: str, note: str | None) -> None:
        """A visit ends with its transactions, perhaps with a note."""
        counter, (body, fits) = self.somewhere(data), TRANSACTIONS[told]
        who, here = self.sitter(counter), self.model.here(counter)
        allowed = fits and who is not None and self.model.verb("finish", counter, self.hall.now, missing=())
        if allowed and here is not None:
            here.noted = here.noted or note is not None
        self.both(allowed, who or SARI, lambda tx: officer.finish(tx, counter, note=note, **body))

    @precondition(lambda self: self.model.visitors)
    @rule(who=st.sampled_from(sorted(AT_A_DESK)), data=st.data())
    def open_notes(self: "HallMachine", who: str, data: st.DataObject) -> None:
        """Somebody who does not serve the visitor opens what was noted: recorded where there is something."""
        noted = [v for v in self.model.visitors if v.noted]
        visitor = data.draw(st.sampled_from([*self.model.visitors, *noted * 5]))
        allowed = who != "ratna"
        self.opened += allowed and visitor.noted
        self.both(allowed, AT_A_DESK[who], reading_notes.open_notes, visitor.number)
        assert len(self.hall.events("note_read")) == self.opened, "as often as there were some, and no oftener"
