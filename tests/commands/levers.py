"""What the machine sets for today: other services for a counter, other places for a service."""

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.commands import steering
from tests.world.hall import SARI, WATI

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

COUNTERS = st.sampled_from(["5", "6", "7"])
SERVICES = ["kk-akta", "ktp-cetak", "ktp-perekaman"]
PLACES = st.sampled_from([None, 0, 2, 5, 8])


class Steering:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    busy: int

    @precondition(lambda self: self.busy > 8)
    @rule(
        who=st.sampled_from([WATI, WATI, WATI, SARI]),
        counter=COUNTERS,
        services=st.lists(st.sampled_from(SERVICES), min_size=2, max_size=3, unique=True),
        confirm=st.booleans(),
    )
    def assign(self: "HallMachine", who, counter: str, services: list[str], confirm: bool) -> None:
        """Other services for a counter; asked once more where that leaves people alone."""
        steers = who is WATI and not self.model.day_closed
        allowed = steers and self.model.assign(counter, tuple(services), confirm)
        self.both(
            allowed, who, lambda tx: steering.set_services(tx, counter, services, "antrean panjang", confirm=confirm)
        )

    @precondition(lambda self: self.busy > 8)
    @rule(who=st.sampled_from([WATI, WATI, WATI, SARI]), service=st.sampled_from(SERVICES), total=PLACES, own=PLACES)
    def limit(self: "HallMachine", who, service: str, total: int | None, own: int | None) -> None:
        """Other places for a service, in all and for the regular class; who has one keeps it."""
        steers = who is WATI and not self.model.day_closed
        if steers:
            self.model.quotas[service].limit(total, {"regular": own})
        places = {"total": total, "regular": own}
        self.both(steers, who, steering.set_quota, service, places, "persediaan berubah")
