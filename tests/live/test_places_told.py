"""The place that a phone shows is the place that its holder has, whoever's turn moved it."""

import random
import time
from dataclasses import replace

import pytest

from queue_server.commands import officer, structuring
from queue_server.domain.errors import QueueError
from queue_server.live.publish import SitePublisher
from queue_server.queries.waits import queue
from tests.world.hall import DEDI, SARI, Hall
from tests.world.halls import prepare

SERVICES = ("ktp-perekaman", "ktp-cetak", "kk-akta")  # counter 5 calls of the first two, counter 6 of the last two
SEATS = ((SARI, "5"), (DEDI, "6"))
VERBS = (officer.call_next, officer.call_next, officer.serve, officer.finish, officer.undo, officer.no_show)
VERBS += (officer.hold, officer.open_counter, officer.open_counter, officer.close_counter)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """The telling is the same on every store."""
    return prepare(tmp_path_factory)


class Phones:
    """What the phones of each service were told last."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.shown = hall, {s: hall.read(lambda view, s=s: queue(view, s)) for s in SERVICES}
        read = lambda site, query: hall.read(query)  # noqa: E731
        self.worker = SitePublisher(hall.id, hall.perform.sites, self.hear, read, lambda d: d, lambda s: None)
        hall.perform.publish = lambda done: self.worker.put(done.events)

    def hear(self, message: str, document: dict, room: str) -> None:
        if message == "queue":
            self.shown[document["service"]] = document

    def wrong(self) -> list[str]:
        """The services whose phones show another place than the one they have."""
        while self.worker._committed or self.worker._touched.anything:
            self.worker.step()
            time.sleep(0.001)
        true = {s: self.hall.read(lambda view, s=s: queue(view, s)) for s in SERVICES}
        return [s for s in SERVICES if any(true[s][what] != self.shown[s][what] for what in ("order", "places"))]


def test_who_waits_for_another_service_of_a_counter_hears_that_its_turn_has_moved_on(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak"), hall.issue("ktp-perekaman")
    phones = Phones(hall)
    assert phones.shown["ktp-perekaman"]["places"] == [1]
    hall.do(SARI, officer.call_next, "5")
    assert phones.wrong() == [] and phones.shown["ktp-perekaman"]["places"] == [0]


def test_a_place_told_by_a_counter_that_is_not_open_yet_moves_with_the_line_that_it_shares(hall):
    hall.do(DEDI, officer.open_counter, "6")
    hall.issue("ktp-cetak"), hall.issue("ktp-perekaman")
    phones = Phones(hall)
    hall.do(DEDI, officer.call_next, "6")
    assert phones.wrong() == []


def step(hall: Hall, chance: random.Random) -> None:
    """Somebody does something; what the rules refuse changes nothing."""
    if chance.random() < 0.45:
        hall.issue(chance.choice(SERVICES), chance.choice(("regular", "regular", "priority")))
        return
    (who, seat), verb = chance.choice(SEATS), chance.choice(VERBS)
    try:
        if chance.random() < 0.15:
            hall.do(who, officer.transfer, seat, chance.choice(SERVICES), confirm=True)
        else:
            hall.do(who, verb, seat)
    except QueueError:
        pass


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_no_phone_is_left_with_a_place_of_before(hall, seed, monkeypatch):
    monkeypatch.setattr("queue_server.live.publish.DOCUMENTS_EVERY_S", 0.0)
    phones, chance = Phones(hall), random.Random(seed)
    for n in range(60):
        hall.later(seconds=chance.randrange(20))
        step(hall, chance)
        assert phones.wrong() == [], f"step {n}"


def test_whoever_looks_at_a_hall_that_was_changed_is_told_all_of_it_anew(hall):
    """Any name may be another: every desk, every line."""
    told = []

    def hear(message: str, document: dict, room: str) -> None:
        told.append((message, document.get("counter") or document.get("service")))

    read = lambda site, query: hall.read(query)  # noqa: E731
    worker = SitePublisher(hall.id, hall.perform.sites, hear, read, lambda d: d, lambda s: None)
    hall.perform.publish = lambda done: worker.put(done.events)
    hall.perform(hall.id, lambda tx: structuring.configure(tx, replace(tx.config, name="Balai baru"), tx.structure + 1))
    worker.step()
    assert {id for message, id in told if message == "desk"} == set(hall.site.counters)
    assert {id for message, id in told if message == "queue"} == set(hall.site.services)
